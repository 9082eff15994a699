"""Candidates: the differences that a notice may explain, by what of them it may name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import combinations, count
from operator import itemgetter

import attrs

from revtrack import facts
from revtrack.changes.claims import Claim, content, plain, stems, values, worded
from revtrack.changes.kinds import (
    Change,
    Difference,
    HeadlineChanged,
    LinkChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.words import Placed, changed_words, key
from revtrack.facts.vocabulary import UNSPACED
from revtrack.model import NoticeTarget, Span

__all__ = ["KINDS", "Candidate", "Index", "candidates", "whole_difference"]

KINDS = {
    NoticeTarget.NUMBER: {Nature.NUMBER, Nature.AMOUNT, Nature.PERCENTAGE},
    NoticeTarget.DATE: {Nature.DATE, Nature.NUMBER},
    NoticeTarget.NAME: {Nature.NAME, Nature.PLACE, Nature.TYPO},
    NoticeTarget.QUOTE: {Nature.QUOTE, Nature.ATTRIBUTION},
}
"""The natures that a notice on a kind of fact can mean."""

_QUOTED = 16
"""Characters of a quoted text, in a script without spaces, whose parts may differ (range 8 to 32)."""
_COMMON = 64
"""A word in more differences than these points at none of them (range 16 to 256): a bound on work."""


@attrs.frozen(slots=False, eq=False)  # what is read off it is kept in its dictionary
class Whole:
    """A change with what all of its differences ask for."""

    change: Change
    language: str

    @cached_property
    def plain(self) -> tuple[str, str]:
        """Both sides without punctuation and letter case."""
        return plain(self.change.old), plain(self.change.new)

    @cached_property
    def context(self) -> frozenset[str]:
        """What the content words of both sides begin with."""
        return content(self.change.old, self.language) | content(self.change.new, self.language)

    @cached_property
    def differing(self) -> tuple[Placed, Placed] | None:
        """The words that went and those that were added, where operations say which."""
        change = self.change
        if not isinstance(change, HeadlineChanged | TextEdited | TextMoved) or not change.ops:
            return None
        return changed_words(change.old or "", change.new or "", change.ops)


def _within(words: Placed, span: Span) -> Placed:
    start, stop = (bisect_left(words, at, key=itemgetter(1)) for at in (span.start, span.stop))
    return words[start:stop]


@attrs.frozen(slots=False, eq=False)
class Candidate:
    """One difference of a change as a notice could speak of it; `number` counts the changes from 0."""

    number: int
    whole: Whole
    difference: Difference

    @property
    def change(self) -> Change:
        """The change that holds the difference."""
        return self.whole.change

    @cached_property
    def parts(self) -> tuple[str, str]:
        """What went and what was added instead, as it is written."""
        one, change = self.difference, self.change
        return one.old.of(change.old or ""), one.new.of(change.new or "")

    @cached_property
    def differing(self) -> tuple[Placed, Placed]:
        """The words that went and those that were added, each with its position in its side."""
        spans = self.difference.old, self.difference.new
        if self.whole.differing is not None:
            old, new = map(_within, self.whole.differing, spans)
        else:
            old, new = (
                tuple([(word, at + span.start) for word, at in worded(part)])
                for part, span in zip(self.parts, spans, strict=True)
            )
        return old, new

    @cached_property
    def keys(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that went, and those that were added, as they are compared."""
        gone, come = self.differing
        return frozenset([key(word) for word, _ in gone]), frozenset([key(word) for word, _ in come])

    @cached_property
    def values(self) -> tuple[facts.Keys, facts.Keys]:
        """The facts that went, and those that were added, each read in its whole side."""
        one, change, language = self.difference, self.change, self.whole.language
        return (
            values(change.old or "", language, one.old),
            values(change.new or "", language, one.new),
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the content words that differ begin with."""
        return stems(self.keys[0] | self.keys[1], self.whole.language)


def candidates(changes: Sequence[Change], language: str) -> list[Candidate]:
    """The differences of *changes* that a notice may explain, in order.

    What a notice says needs no other notice; neither does a link, or text that only moved.
    """
    return [
        Candidate(number, whole, difference)
        for number, change in enumerate(changes)
        if not isinstance(change, NoticeAdded | NoticeRemoved | UpdateAdded | LinkChanged)
        and (isinstance(change, TextRemoved) or change.nature not in {Nature.ORDER, Nature.NOTICE})
        for whole in [Whole(change, language)]
        for difference in change.differences
    ]


def whole_difference(change: Change) -> Difference:
    """A change that was not taken apart as one difference."""
    return Difference(
        old=Span(0, len(change.old or "")),
        new=Span(0, len(change.new or "")),
        nature=change.nature,
        substantive=change.substantive,
        rule=change.rule,
    )


class Index:
    """Candidates by what a notice may name of them; in a history some join and others leave."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._met = count()
        self._held: dict[int, Candidate] = {}
        self._places: dict[Candidate, int] = {}
        self._differing = _Features(lambda one: one.stems.union(*one.keys, *one.values))
        self._around = _Features(lambda one: one.whole.context)
        self.add(candidates)

    def __len__(self) -> int:
        return len(self._held)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Take in *candidates*, which follow those that are there."""
        for one, place in zip(candidates, self._met, strict=False):
            self._held[place], self._places[one] = one, place
            self._differing.unread[place] = self._around.unread[place] = one

    def drop(self, candidates: Iterable[Candidate]) -> None:
        """Leave *candidates* out from now on."""
        for one in candidates:
            place = self._places.pop(one)
            del self._held[place]
            self._differing.drop(place, one)
            self._around.drop(place, one)

    def named_by(self, claim: Claim) -> list[Candidate]:
        """The candidates that share anything with what the notice says, in order."""
        quoted = {*claim.said.split(), *claim.says.split()}
        if claim.notice.language in UNSPACED:  # a difference may be a part of what is quoted
            texts = (claim.said[:_QUOTED], claim.says[:_QUOTED])
            quoted |= {text[a:b] for text in texts for a, b in combinations(range(len(text) + 1), 2)}
        found = self._differing.of(claim.stems.union(claim.names, quoted, claim.values))
        if not KINDS.keys().isdisjoint(claim.notice.targets):
            found += self._around.of(claim.stems)
        near = {place for places in found if len(places) <= _COMMON for place in places}
        return [self._held[place] for place in sorted(near)]


class _Features:
    """The places of the candidates that have each feature, which are read when they are asked for."""

    def __init__(self, read: Callable[[Candidate], Iterable[Hashable]]) -> None:
        self._read = read
        self._places: dict[Hashable, set[int]] = defaultdict(set)
        self.unread: dict[int, Candidate] = {}

    def drop(self, place: int, one: Candidate) -> None:
        if self.unread.pop(place, None) is None:
            for feature in self._read(one):
                self._places[feature].discard(place)

    def of(self, wanted: Iterable[Hashable]) -> list[set[int]]:
        """The places for each feature that is *wanted* and is there."""
        for place, one in self.unread.items():
            for feature in self._read(one):
                self._places[feature].add(place)
        self.unread.clear()
        return [self._places[one] for one in wanted if one in self._places]
