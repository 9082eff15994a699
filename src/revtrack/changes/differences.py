"""Differences: the single differences that an edit consists of, and the edit that makes each alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

import attrs

from revtrack import facts
from revtrack.changes.edit import WORD, Edit, key
from revtrack.diff import Equal, TextOp
from revtrack.facts import FactKind
from revtrack.model import Span

__all__ = ["MANY", "Part", "hull", "parts"]

MANY = 24
"""Up to how many single differences an edit is taken apart (range 8 to 60): past that it is a text
written anew, and to judge each alone costs its length times their number."""

NEAR = 3
"""Below how many characters between them two operations in Chinese, Japanese or Korean are one
difference (range 2 to 5): they part the characters of one word."""

_ROOT = 5
"""How many first letters make two forms of a name one (range 4 to 6)."""

_WHOLE = frozenset(
    {FactKind.QUANTITY, FactKind.DURATION, FactKind.AGE, FactKind.DATE, FactKind.TIME, FactKind.NAME}
)
"""Facts that are one thing: what changes inside one of them is one difference."""


@attrs.frozen(eq=False)
class Part:
    """One difference: its operations in the whole edit, and an edit that makes it and no other."""

    ops: tuple[TextOp, ...]
    alone: Edit

    def placed(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans of the new side of `alone`, as spans of the new side of the whole edit."""
        shifted = [
            (mine.new, whole.new.start - mine.new.start)
            for mine, whole in zip(self.alone.ops, self.ops, strict=True)
        ]
        return tuple(
            [
                Span(span.start + by, span.stop + by)
                for span in spans
                for by in [next((by for at, by in shifted if at.start <= span.start < at.stop), None)]
                if by is not None
            ]
        )


def parts(edit: Edit) -> tuple[Part, ...]:
    """The differences of *edit* in reading order: each operation that is not `Equal` is in exactly one.

    One difference are operations with no word between them, those inside one name, number or date, and
    those between which a word only changed its place.
    """
    ops = [op for op in edit.ops if not isinstance(op, Equal)]
    if len(ops) < 2:
        return (Part(tuple(ops), edit),)
    groups = _joined(len(ops), [*_beside(edit, ops), *_of_one_fact(edit, ops), *_moved(edit, ops)])
    if len(groups) == 1 or len(groups) > MANY:
        return (Part(tuple(ops), edit),)
    return tuple([_part(edit, [ops[n] for n in group]) for group in groups])


def hull(spans: Sequence[Span]) -> Span:
    """The shortest span that holds all of some spans, which are in order."""
    return Span(min(map(attrgetter("start"), spans)), max(map(attrgetter("stop"), spans)))


def _part(edit: Edit, ops: Sequence[TextOp]) -> Part:
    """The old text with these operations alone."""
    pieces: list[str] = []
    alone: list[TextOp] = []
    done = length = 0
    for op in ops:
        kept, come = edit.old[done : op.old.start], op.new.of(edit.new)
        pieces += [kept, come]
        start = length + len(kept)
        length = start + len(come)
        alone.append(attrs.evolve(op, new=Span(start, length)))
        done = op.old.stop
    new = "".join([*pieces, edit.old[done:]])
    return Part(tuple(ops), attrs.evolve(edit, new=new, ops=tuple(alone)))


def _joined(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Numbers in the groups that the links make of them, in order."""
    leader = list(range(size))

    def lead(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for one, other in links:
        a, b = sorted((lead(one), lead(other)))
        leader[b] = a
    groups: dict[int, list[int]] = {}
    for n in range(size):
        groups.setdefault(lead(n), []).append(n)
    return list(groups.values())


def _beside(edit: Edit, ops: Sequence[TextOp]) -> Iterable[tuple[int, int]]:
    """Neighbours with no word between them; few characters, where words do not stand apart."""
    for n, (one, other) in enumerate(pairwise(ops)):
        start, stop = one.old.stop, other.old.start
        if stop - start < NEAR if not edit.words.spaced else not WORD.search(edit.old, start, stop):
            yield n, n + 1


def _of_one_fact(edit: Edit, ops: Sequence[TextOp]) -> Iterable[tuple[int, int]]:
    """Neighbours inside one name, number or date of either side."""
    for side, span_of in ((edit.old, attrgetter("old")), (edit.new, attrgetter("new"))):
        for fact in facts.counted_and_named(side, language=edit.language):
            if fact.kind in _WHOLE:
                inside = [n for n, op in enumerate(ops) if _meets(span_of(op), fact.span)]
                yield from pairwise(inside)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < max(one.stop, one.start + 1)


def _moved(edit: Edit, ops: Sequence[TextOp]) -> Iterable[tuple[int, int]]:
    """Operations of which one takes away the word of content that the other brings."""
    language = edit.words
    gone: dict[str, int] = {}
    for word, at in edit.gone_words:
        name = _moving(word)
        if name not in language.function or name in language.negations:
            gone[name] = next(n for n, op in enumerate(ops) if op.old.start <= at < op.old.stop)
    for word, at in edit.come_words:
        name = _moving(word)
        if name in gone:
            yield gone[name], next(n for n, op in enumerate(ops) if op.new.start <= at < op.new.stop)


def _moving(word: str) -> str:
    """A word as it is found again elsewhere: a name in another form too (*Mexican*, *of Mexico*)."""
    return key(word)[:_ROOT] if word[0].isupper() else key(word)
