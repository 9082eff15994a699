"""Notices that are known by their values, however they are worded.

A short new passage that holds both the value that was replaced and the one that took its place is very
likely the notice of that change: in a language that is not read by its place alone, at the top or at
the end; in any other if it also sets the two against each other (*four, not nine*) or has a word by
which a publication speaks of its errors or of an earlier version. Where somebody of the story says so,
or a sentence within a paragraph, the change is possibly disclosed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import attrs

from revtrack import facts
from revtrack.changes.candidates import Candidate, candidates
from revtrack.changes.claims import content, plain, values
from revtrack.changes.detect import notice_added
from revtrack.changes.disclosure import BY_VALUES
from revtrack.changes.kinds import Change, HeadlineChanged, Nature, TextAdded, TextEdited
from revtrack.changes.words import is_read, key, spoken, words_in
from revtrack.facts.statements import QUOTED
from revtrack.facts.vocabulary import Words, words_of
from revtrack.model import Article, Notice, NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.contrast import contrasts
from revtrack.notices.enclosed import UNLABELLED
from revtrack.notices.lexicon import Lexicon, lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.reading import read
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.subject import own_piece

__all__ = ["with_notices_by_value"]

_FIRST, _LAST = 2, 3
"""Among how many paragraphs at the top and at the end a notice is looked for where its language is not
read (range 1 to 5)."""
_LONGEST = 400
"""Characters of such a notice (range 200 to 600): longer paragraphs are the story."""
_PHRASE = 6
"""Words of a wording that a notice may repeat, where no value differs (range 3 to 10)."""
_DENIED = 3
"""Words between a denial and the value that it denies (range 2 to 5): *not, as we wrote, nine*."""
_SAID = "a sentence that was added with it gives the old and the new value"

# With one of these a sentence speaks of the page, or of what it said before …
_OF_PAGE = ("earlier", "versions", "before", "we_stated", "telltale")
# … and with one of these of an error, or of what is right.
_AMISS = (
    *("wrong", "wrongly", "misstated", "corrected", "changed", "right", "actually", "originally"),
    *("apologise", "clarify"),
)
_RIGHTED = ("corrected", "changed")
# What only joins words, and says nothing of a text.
_JOINING = frozenset({"of", "that", "as", "with", "but", "like", "purpose", "it_is"})
# Languages whose sentences may begin with a verb, and their subjects with an article.
_VERB_FIRST = frozenset({"es", "pt", "it"})
_NOUN = re.compile(r"[^\W\d_]{3,}")
_CLAUSE = re.compile(r"[,;:–—،؛，；：、。]")


def with_notices_by_value(changes: Sequence[Change], new: Article) -> tuple[Change, ...]:
    """The changes; an added passage that holds both values of another and says so is a notice.

    Where it may say so, the differences that have these values bear the reason for the doubt.
    """
    added = [one for one in changes if _may_be_notice(one)]
    replaced = _Replaced(changes, spoken(new)) if added else None
    if not replaced:
        return tuple(changes)
    told = {id(one): one for one in changes}
    for change in added:
        found = _judged(change, replaced, new)
        if isinstance(found, Notice):
            told[id(change)] = notice_added(found, BY_VALUES, new_spans=change.new_spans)
        for one in found if isinstance(found, list) else ():
            told[id(one.change)] = _doubted(told[id(one.change)], one)
    return tuple([told[id(one)] for one in changes])


def _may_be_notice(change: Change) -> bool:
    content = isinstance(change, TextAdded) and change.nature is Nature.CONTENT
    return content and len(change.new or "") <= _LONGEST


def _doubted(change: Change, one: Candidate) -> Change:
    mine = one.difference
    return attrs.evolve(
        change,
        differences=tuple(
            [
                attrs.evolve(d, reason=_SAID) if (d.old, d.new) == (mine.old, mine.new) else d
                for d in change.differences
            ]
        ),
    )


class _Replaced:
    """The differences in which one value took the place of another, by the values that went."""

    def __init__(self, changes: Sequence[Change], language: str) -> None:
        self.language = language
        self._by_value: dict[Hashable, list[tuple[Candidate, frozenset[Hashable]]]] = defaultdict(list)
        self._worded: list[tuple[Candidate, str, str]] = []
        for one in candidates(changes, language):
            if isinstance(one.change, TextEdited | HeadlineChanged) and all(one.parts):
                self._add(one)

    def __bool__(self) -> bool:
        return bool(self._by_value or self._worded)

    def _add(self, one: Candidate) -> None:
        if not one.difference.substantive:
            return
        named = [facts.values(part, language=self.language) for part in one.parts]
        gone, come = (a | b for a, b in zip(one.values, named, strict=True))
        gone, come = gone - come, come - gone
        for value in gone if come else ():
            self._by_value[value].append((one, come))
        old, new = map(plain, one.parts)
        function = words_of(self.language).function
        if (
            not (gone and come)
            and all(len(words.split()) <= _PHRASE for words in (old, new))
            and not any(function.issuperset(words.split()) for words in (old, new))
        ):
            self._worded.append((one, old, new))

    def named_in(self, text: str) -> Iterator[Candidate]:
        """The differences of which *text* holds both values, or both wordings."""
        named = facts.values(text, language=self.language) | values(text, self.language)
        met = {id(one): one for v in named for one, come in self._by_value.get(v, ()) if come & named}
        yield from met.values()
        whole = f" {plain(text)} " if self._worded else ""
        for one, old, new in self._worded:
            if f" {old} " in whole and f" {new} " in whole.replace(f" {old} ", " ", 1):
                yield one


def _judged(change: Change, replaced: _Replaced, new: Article) -> Notice | list[Candidate]:
    """The notice that an added passage is; else the differences of which it may speak."""
    text = change.new or ""
    named = [*replaced.named_in(text)]
    if not named:
        return []
    span = attrs.evolve(change.new_spans[0], stop=change.new_spans[-1].stop)
    if not is_read(new):
        place = bisect_right(new.block_spans, span.start, key=lambda one: one.start)
        if _FIRST < place <= len(new.blocks) - _LAST:
            return []
        return _notice(named[0], text, span, new.language)
    words = lexicon(replaced.language)
    own = any(block.start == span.start and block.stop == span.stop for block in new.block_spans)
    speech = _Speech(text, words)
    told = [(one, speech.of(one)) for one in named]
    one = next((one for one, how in told if how is True and (own or speech.ours)), None)
    if one is None:
        return [one for one, how in told if how is not None]
    return _read(one, text, span, words)


def _notice(one: Candidate, text: str, span: Span, language: str | None) -> Notice:
    return Notice(
        kind=NoticeKind.CORRECTION,
        target=NoticeTarget.BODY,
        text=text,
        span=span,
        said=one.parts[0],
        says=one.parts[1],
        language=language,
        acts=(NoticeAct.CORRECTED,),
    )


def _read(one: Candidate, text: str, span: Span, words: Lexicon) -> Notice:
    """The notice as its words are read, with the values of the difference that it is about."""
    found = read(text, span, UNLABELLED, "piece was wrong", words)
    said, says = one.parts
    targets = found.targets
    if isinstance(one.change, HeadlineChanged) and NoticeTarget.HEADLINE not in targets:
        targets = (NoticeTarget.HEADLINE, *[t for t in targets if t is not NoticeTarget.BODY])
    return attrs.evolve(
        found,
        kind=NoticeKind.CORRECTION,
        target=targets[0],
        targets=targets,
        said=said,
        says=says,
        candidates=((said, says), *found.candidates),
        wide=False,
        acts=found.acts or (NoticeAct.CORRECTED,),
    )


class _Speech:
    """What an added passage says of the page, of errors, and who says so."""

    def __init__(self, text: str, words: Lexicon) -> None:
        bare = QUOTED.sub(lambda found: " " * len(found.group()), text)
        self.text, self.words = text, words
        self.facts: Words = words_of(words.language)
        self.inside = sentences(bare, fold(bare), words)
        self.whole = sentences(text, fold(text), words)
        self.attributed = [self._is_attributed(s) for s in self.inside]
        self.ours = any(map(_is_ours, self.inside)) and not any(self.attributed)
        self.amiss = any(s.has(*_AMISS) for s in self.inside)
        self.refused = any(s.has("refuse") for s in self.inside)

    def of(self, one: Candidate) -> bool | None:
        """Whether it is a notice of this difference; None where it says nothing of the kind."""
        against = self._contrasts(one)
        if self.refused or not (self.ours or self.amiss or against):
            return None
        if self.ours:
            return True
        if not self._is_about(one):
            return None
        values = self._keys(" ".join(one.parts))
        holding = [place for place, s in enumerate(self.whole) if values & self._keys(s.text)]
        told = any(self.attributed[place] for place in holding)
        agent = any(self._has_agent(self.whole[place], one, values) for place in holding)
        if agent and not (told or self.amiss):
            return None  # *The society wants seven, not eleven*
        return not told and not agent

    def _is_attributed(self, s: Sentence) -> bool:
        """Whether somebody of the story says so: a clause with a verb of saying and none of ours."""
        start = 0
        for clause in [*_CLAUSE.split(s.text)]:
            stop = start + len(clause)
            said = [w for w in words_in(clause) if key(w) in self.facts.attributions]
            if not self.words.spaced:
                said = [w for w in self.facts.attributions if w in clause]
            if said and not any(
                start <= m.start < stop
                for m in s.of(*_OF_PAGE, "originally", "we", "own", "piece", "noun", "page", "part")
            ):
                return True
            start = stop + 1
        return False

    def _contrasts(self, one: Candidate) -> bool:
        """Whether it sets the two values against each other."""
        gone, come = self._keys(one.parts[0]), self._keys(one.parts[1])
        kinds = ["changed", "contrast", "instead", "loose"]
        kinds += ["from_to"] if any(s.has(*_RIGHTED) for s in self.whole) else []
        for said, says in contrasts(self.whole, kinds):
            if gone & self._keys(said or "") and come & self._keys(says or ""):
                return True
        return self._denies(gone)

    def _keys(self, text: str) -> frozenset[Hashable]:
        return facts.values(text, language=self.words.language).union(plain(text).split())

    def _denies(self, gone: frozenset[Hashable]) -> bool:
        """Whether a denial stands right before the value that went."""
        if not self.words.spaced:
            return False
        for s in self.whole:
            run = words_in(s.text)
            for at, word in enumerate(run):
                denied = run[at + 1 : at + 2 + _DENIED] if key(word) in self.facts.negations else ()
                if gone & self._keys(" ".join(denied)):
                    return True
        return False

    def _is_about(self, one: Candidate) -> bool:
        """Whether it shares a word with the sentence of the difference, or has no other word."""
        mine = content(self.text, self.words.language) - content(
            " ".join(one.parts), self.words.language
        )
        return bool(mine & one.context) or len(mine) <= 2

    def _has_agent(self, s: Sentence, one: Candidate, values: frozenset[Hashable]) -> bool:
        """Whether a sentence begins with somebody of whom neither page nor notice speaks."""
        if not self.words.spaced:
            return False
        marks = [m for group in s.marks.values() for m in group if not _JOINING.issuperset(m.classes)]
        for match in _NOUN.finditer(s.folded):
            if any(m.start <= match.start() < m.stop for m in marks):
                return False
            word = match.group()
            if not match.start() and self.words.language in _VERB_FIRST:
                continue
            if word not in self.facts.function and not values & self._keys(word):
                return not content(word, self.words.language) <= one.context
        return False


def _is_ours(s: Sentence) -> bool:
    """Whether a sentence speaks of the page, or *we* of an error or of what was written."""
    if s.has("future"):
        return False
    of_something = s.then("earlier", "of", 1) and not (s.then("of", "own", 1) or own_piece(s))
    if s.has(*_OF_PAGE) and not of_something:
        return True
    if not s.has(*_AMISS):
        return False
    return own_piece(s) or s.has("we", "headline") or s.then("own", "page", 2)
