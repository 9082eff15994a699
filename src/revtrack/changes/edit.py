"""Edit: two wordings of one passage, the words between them, and the single differences in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

import attrs

from revtrack import facts
from revtrack.changes.kinds import Nature
from revtrack.changes.words import KEPT_KEYS, WORD, Placed, changed_words, key
from revtrack.diff import Equal, Replace, TextOp
from revtrack.facts import FactKind
from revtrack.facts.quantities import counts
from revtrack.facts.vocabulary import DEFAULT, Words, words_of
from revtrack.model import Span

__all__ = ["Edit", "Finding", "hull"]

MANY = 24
"""Up to how many single differences an edit is taken apart (range 8 to 60): past that it is a text
written anew, and to judge each alone costs its length times their number."""

NEAR = 3
"""Below how many characters between them two operations in Chinese, Japanese or Korean are one
difference (range 2 to 5): they part the characters of one word."""

_ROOT = 5
"""How many first letters make two forms of a word one (range 4 to 6)."""

_NAMES = 6
"""Up to how many capitalised words in a row are one name (range 3 to 8)."""

_SYMBOL = 4
"""Letters of the longest symbol of a unit, sign of scale or numeral of a ruler (range 3 to 6)."""

_WHOLE = frozenset({FactKind.QUANTITY, FactKind.DURATION, FactKind.AGE, FactKind.DATE, FactKind.TIME})
"""Facts that are one thing: what changes inside one of them is one difference."""


@attrs.frozen
class Finding:
    """What a rule saw: a nature, and the words that went and came by which it was decided.

    `doubt` says in words why it may be wording after all, so that nobody is accused by it.
    """

    nature: Nature
    gone: Placed = ()
    come: Placed = ()
    doubt: str = attrs.field(default="", kw_only=True)


@attrs.define(eq=False)  # read once when it is made: each rule asks for all of it
class Edit:
    """Two wordings of one passage and the operations between them; never written after it was made.

    `quoted` says that the whole passage is a quotation; `language` is that of the article, as `spoken`
    names it, `known` are words of names elsewhere in it. `rendered` says that readers see the tags in
    it. A part of an edit has its two sides, and only some of its operations.

    `changed` are the operations that change something, `spans` the stretches that they touch,
    `gone_words` and `come_words` are the words that went and came, with their positions in their side;
    `lost` and `fresh` are those among them that did not only change places, `lost_keys` and
    `fresh_keys` these as they are compared, and `keys` both: by them most rules can say no at once.
    """

    old: str
    new: str
    ops: tuple[TextOp, ...]
    quoted: bool = False
    language: str = DEFAULT
    known: frozenset[str] = frozenset()
    rendered: bool = False
    words: Words = attrs.field(init=False)
    changed: list[TextOp] = attrs.field(init=False)
    spans: tuple[list[Span], list[Span]] = attrs.field(init=False)
    gone_words: Placed = attrs.field(init=False)
    come_words: Placed = attrs.field(init=False)
    lost: Placed = attrs.field(init=False)
    fresh: Placed = attrs.field(init=False)
    lost_keys: frozenset[str] = attrs.field(init=False)
    fresh_keys: frozenset[str] = attrs.field(init=False)
    keys: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.words = words_of(self.language)
        ops = self.changed = [op for op in self.ops if not isinstance(op, Equal)]
        self.spans = [op.old for op in ops if len(op.old)], [op.new for op in ops if len(op.new)]
        self.gone_words, self.come_words = self.lost, self.fresh = changed_words(
            self.old, self.new, ops, rendered=self.rendered
        )
        self.lost_keys = frozenset([key(word) for word, _ in self.lost])
        self.fresh_keys = frozenset([key(word) for word, _ in self.fresh])
        if not self.lost_keys.isdisjoint(self.fresh_keys):
            gone, come = self.swapped()
            self.lost = tuple([placed for placed in self.lost if key(placed[0]) in gone])
            self.fresh = tuple([placed for placed in self.fresh if key(placed[0]) in come])
            self.lost_keys, self.fresh_keys = frozenset(gone), frozenset(come)
        self.keys = self.lost_keys | self.fresh_keys

    @property
    def sides(self) -> tuple[tuple[str, Placed], tuple[str, Placed]]:
        """Each side, and the words of it that were lost or are fresh."""
        return (self.old, self.lost), (self.new, self.fresh)

    def chosen(self, test: Callable[[str, str, int], bool]) -> tuple[Placed, Placed]:
        """Which words were lost and are fresh that pass a test of their side, word and position."""
        lost, fresh = (
            tuple([(word, at) for word, at in placed if test(side, word, at)])
            for side, placed in self.sides
        )
        return lost, fresh

    @property
    def around(self) -> tuple[str, str]:
        """What differs with the characters beside it, where words do not stand apart."""
        old, new = hull([op.old for op in self.changed]), hull([op.new for op in self.changed])
        return (
            self.old[max(0, old.start - NEAR) : old.stop + NEAR],
            self.new[max(0, new.start - NEAR) : new.stop + NEAR],
        )

    def swapped(self) -> tuple[Counter[str], Counter[str]]:
        """How often words went and came, as they are compared, but for those that changed places."""
        gone = Counter([key(word) for word, _ in self.gone_words])
        come = Counter([key(word) for word, _ in self.come_words])
        return gone - come, come - gone

    @cached_property
    def may_count(self) -> bool:
        """Whether a word that went or came can be a part of a value: most edits touch none."""
        return any(_may_count(self.words, word) for word, _ in (*self.gone_words, *self.come_words))

    def parts(self) -> list[Edit]:
        """The differences in reading order: each operation that changes something is in exactly one.

        One difference are operations with no word between them, those inside one name, number or date,
        and those between which a word only changed its place. Values and words beside each other that
        each gave way to one of their kind are several (*82 men*, *28 women*).
        """
        ops = [part for op in self.changed for part in _apart(self, op)]
        if len(ops) < 2:
            return [self]
        links = [*_adjacent(self, ops), *_of_one_fact(self, ops), *_exchanged(self, ops)]
        groups = _joined(len(ops), links)
        if len(groups) == 1 or len(groups) > MANY:
            return [self]
        rest = self.quoted, self.language, self.known, self.rendered
        return [Edit(self.old, self.new, tuple([ops[n] for n in group]), *rest) for group in groups]


@lru_cache(maxsize=KEPT_KEYS)
def _may_count(words: Words, word: str) -> bool:
    name = key(word)
    if not words.spaced:
        return True
    if len(word) <= _SYMBOL or any(map(str.isdigit, word)):
        return name not in words.function or name in words.ones
    ordinal = words.ordinals.get(name) is not None
    return name in words.counting or ordinal or counts(name, words) is not None


def hull(spans: Sequence[Span]) -> Span:
    """The shortest span that holds all of some spans."""
    return Span(min(map(attrgetter("start"), spans)), max(map(attrgetter("stop"), spans)))


def _joined(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Numbers in the groups that the links make of them, in order."""
    leader = list(range(size))
    for one, other in links:
        low, high = sorted((leader[one], leader[other]))
        if low != high:
            leader = [low if at == high else at for at in leader]
    return [[n for n in range(size) if leader[n] == first] for first in sorted({*leader})]


def _adjacent(edit: Edit, ops: Sequence[TextOp]) -> Iterator[tuple[int, int]]:
    """Neighbours with no word between them; few characters, where words do not stand apart."""
    for n, (one, other) in enumerate(pairwise(ops)):
        start, stop = one.old.stop, other.old.start
        near = not WORD.search(edit.old, start, stop) if edit.words.spaced else stop - start < NEAR
        if near and not _of_two_kinds(edit, one, other):
            yield n, n + 1


def _of_two_kinds(edit: Edit, one: TextOp, other: TextOp) -> bool:
    """Whether two neighbours each replace one value, or words, by the like, and not both words."""
    if not edit.words.spaced or not edit.may_count:
        return False
    kinds = [
        [[kind for kind, _ in _units(edit, side, span)] for side, span in _sides(edit, op)]
        for op in (one, other)
    ]
    alike = all(old == new and len(old) == 1 for old, new in kinds)
    return alike and any(kind is not None for old, _ in kinds for kind in old)


def _sides(edit: Edit, op: TextOp) -> tuple[tuple[str, Span], tuple[str, Span]]:
    return (edit.old, op.old), (edit.new, op.new)


def _apart(edit: Edit, op: TextOp) -> list[TextOp]:
    """A replacement of several values, or of values and words, by as many of their kinds, in pairs."""
    if not isinstance(op, Replace) or not edit.words.spaced or not edit.may_count:
        return [op]
    olds, news = (_units(edit, side, span) for side, span in _sides(edit, op))
    if not 2 <= len(olds) == len(news) or [kind for kind, _ in olds] != [kind for kind, _ in news]:
        return [op]
    parts: list[TextOp] = []
    ends = (op.old.start, op.new.start)
    for n, ((_, old), (_, new)) in enumerate(zip(olds, news, strict=True)):
        # the words of grammar before the two may differ, too
        before = edit.old[ends[0] : old.start] != edit.new[ends[1] : new.start]
        starts = ends if before else (old.start, new.start)
        ends = (old.stop, new.stop) if n < len(olds) - 1 else (op.old.stop, op.new.stop)
        gone, come = Span(starts[0], ends[0]), Span(starts[1], ends[1])
        if gone.of(edit.old) != come.of(edit.new):
            parts.append(Replace(gone, come, gone.of(edit.old), come.of(edit.new)))
    return parts


def _units(edit: Edit, side: str, span: Span) -> list[tuple[FactKind | None, Span]]:
    """The values in a span of one side, each with its kind, and the words of content between them."""
    words = edit.words
    found: list[tuple[FactKind | None, Span]] = []
    values = [
        (fact.kind, fact.span)
        for fact in facts.counted(side, language=edit.language)
        if fact.kind in _WHOLE and fact.span.start < span.stop and span.start < fact.span.stop
    ]
    for match in WORD.finditer(side, span.start, span.stop):
        start, stop = match.span()
        kind = next((k for k, at in values if at.start < stop and start < at.stop), None)
        name = key(match.group())
        if kind is None and name in words.function and name not in words.negations:
            continue
        last = found[-1] if found else None
        in_one = last and any(at.start < last[1].stop and stop <= at.stop for _, at in values)
        if last and last[0] is kind and (kind is None or in_one):
            found[-1] = kind, Span(last[1].start, stop)
        else:
            found.append((kind, Span(start, stop)))
    return found


def _of_one_fact(edit: Edit, ops: Sequence[TextOp]) -> Iterator[tuple[int, int]]:
    """Neighbours inside one number or date of either side, or in one run of capitalised words."""
    for n, (one, other) in enumerate(pairwise(ops)):
        run = WORD.findall(edit.old, one.old.start, other.old.stop)
        named = edit.words.spaced and len(run) <= _NAMES and all(word[0].isupper() for word in run)
        if named and not _of_two_kinds(edit, one, other):
            yield n, n + 1
    if not edit.may_count:
        return
    for side, spans in ((edit.old, [op.old for op in ops]), (edit.new, [op.new for op in ops])):
        for fact in facts.counted(side, language=edit.language):
            if fact.kind in _WHOLE:
                at = fact.span
                yield from pairwise(
                    [
                        n
                        for n, span in enumerate(spans)
                        if span.start < at.stop and at.start < max(span.stop, span.start + 1)
                    ]
                )


def _exchanged(edit: Edit, ops: Sequence[TextOp]) -> Iterator[tuple[int, int]]:
    """Operations of which one takes away the word of content that the other brings.

    It is found in another form too (*Mexican*, *of Mexico*), and a denial in another word (*not any*,
    *no*).
    """
    words = edit.words

    def name_of(word: str) -> str:
        if key(word) in words.negations:
            return "not"
        return key(word)[:_ROOT]

    gone: dict[str, tuple[int, int]] = {}
    for word, at in edit.gone_words:
        name = name_of(word)
        if name == "not" or key(word) not in words.function or key(word) in words.attributions:
            went = (n for n, op in enumerate(ops) if op.old.start <= at < op.old.stop)
            gone[name] = next(went, 0), at
    for word, at in edit.come_words:
        name = name_of(word)
        if name in gone and not (word.isdigit() and _of_other_values(edit, gone[name][1], at)):
            came = (n for n, op in enumerate(ops) if op.new.start <= at < op.new.stop)
            yield gone[name][0], next(came, gone[name][0])


def _of_other_values(edit: Edit, old: int, new: int) -> bool:
    """Whether a figure is part of values of two kinds: *13 h* on the old side, *13 May* on the new."""
    kinds = {
        fact.kind
        for side, at in ((edit.old, old), (edit.new, new))
        for fact in facts.counted(side, language=edit.language)
        if fact.span.start <= at < fact.span.stop
    }
    return len(kinds) > 1
