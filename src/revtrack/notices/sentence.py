"""One sentence of a paragraph with the lexicon's words in it, grouped by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from revtrack.facts.vocabulary import words_of
from revtrack.notices.dates import has_date
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.text.segment import sentence_ranges

__all__ = ["Sentence", "sentences"]

# What stands before a notice; a bracket or quotation mark in it would hold all of it together.
_ORNAMENT = re.compile(r"[^\w\n]{1,40}")
_QUESTION_MARKS = frozenset("?？؟")
_BRACKET = re.compile(r"\(([^()]{4,80})\)")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


@attrs.frozen
class Sentence:
    """A sentence: its place in the paragraph, its text, and its marks by class.

    Marks count from the start of the sentence. `first` is true of the paragraph's first; `cites` when a
    bracket in it gives an issue's date or page; `later` holds the classes of the sentences that follow,
    and *righted* where one of them says that something was put right and nothing else;
    `dense` is true of a script that writes without spaces: there distances are a third.
    """

    start: int
    stop: int
    text: str
    folded: str
    marks: dict[str, tuple[Mark, ...]]
    first: bool
    cites: bool
    later: frozenset[str]
    dense: bool
    words: Lexicon = attrs.field(repr=False)

    @property
    def is_dated(self) -> bool:
        """Whether it gives a day, or a month with its year."""
        return has_date(self.folded, self.words)

    @property
    def asks(self) -> bool:
        """Whether it is a question, as in *An error in this article?*, which is said to readers."""
        return self.text.rstrip(" *_")[-1:] in _QUESTION_MARKS

    def after(self, cut: int) -> Sentence:
        """What stands of it behind its first *cut* characters, with the words that stand there."""
        if cut <= 0:
            return self
        kept = {
            name: tuple([m.shifted(-cut) for m in group if m.start >= cut])
            for name, group in self.marks.items()
        }
        marks = {name: group for name, group in kept.items() if group}
        return attrs.evolve(
            self,
            start=self.start + cut,
            text=self.text[cut:],
            folded=self.folded[cut:],
            marks=marks,
        )

    def of(self, *classes: str) -> Iterator[Mark]:
        """The marks of any of these classes, class by class."""
        for name in classes:
            yield from self.marks.get(name, ())

    def has(self, *classes: str) -> bool:
        """Whether it holds a word of any of these classes."""
        return not self.marks.keys().isdisjoint(classes)

    def near(self, one: str, other: str, within: int) -> bool:
        """Whether a word of *one* and another of *other* stand at most *within* characters apart."""
        return self.then(one, other, within) or self.then(other, one, within)

    def then(self, one: str, other: str, within: int) -> bool:
        """Whether a word of *other* follows a word of *one* at most *within* characters later."""
        first, second = self.marks.get(one), self.marks.get(other)
        if not first or not second:
            return False
        within = within // 3 if self.dense else within
        place = 0
        for mark in first:  # in order and apart, so the next one after each is the nearest
            while place < len(second) and second[place].start < mark.stop:
                place += 1
            if place == len(second):
                return False
            if second[place].start - mark.stop <= within:
                return True
        return False


def sentences(
    text: str, folded: str, words: Lexicon, marks: Sequence[Mark] | None = None
) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, each with the lexicon's words in it.

    *marks* are the words, where they were looked up before.
    """
    marks = words.marks(folded) if marks is None else marks
    at = len(marks)
    found: list[Sentence] = []
    later: frozenset[str] = frozenset()
    for start, stop in reversed([*_split(text, words)]):
        first = at
        while first and marks[first - 1].start >= start:
            first -= 1
        by_class = _by_class(marks[first:at], start)
        at = first
        part = folded[start:stop]
        found.append(
            Sentence(
                start=start,
                stop=stop,
                text=text[start:stop],
                folded=part,
                marks=by_class,
                first=start == 0,
                cites=_cites(part, words),
                later=later,
                dense=not words.spaced,
                words=words,
            )
        )
        later = later | by_class.keys()
        if _only_rights(found[-1]):
            later |= {"righted"}
    return tuple(reversed(found))


def _only_rights(s: Sentence) -> bool:
    """Whether a sentence says that something was put right and nothing else: *This was corrected*."""
    if not s.has("corrected", "changed"):
        return False
    known = [mark for group in s.marks.values() for mark in group]
    small = words_of(s.words.language).function
    return all(
        found.group() in small or any(one.start <= found.start() < one.stop for one in known)
        for found in _WORD.finditer(s.folded)
    )


def _split(text: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph as `(start, stop)`; together they tile it."""
    bare = _ORNAMENT.sub(lambda m: " " * len(m[0]), text, count=1) if _ORNAMENT.match(text) else text
    starts = [start for start, _ in sentence_ranges(bare, language=words.language)][1:]
    yield from pairwise([0, *starts, len(text)] if text else [])


def _by_class(marks: Sequence[Mark], start: int) -> dict[str, tuple[Mark, ...]]:
    grouped: dict[str, list[Mark]] = {}
    for mark in marks:
        shifted = mark.shifted(-start)
        for name in mark.classes:
            grouped.setdefault(name, []).append(shifted)
    return {name: tuple(group) for name, group in grouped.items()}


def _cites(folded: str, words: Lexicon) -> bool:
    """Whether a bracket names the issue that is meant: *(22 July, page 5)*."""
    return any(
        _DIGIT.search(bracket) and any(word in words.months for word in _WORD.findall(bracket))
        for bracket in _BRACKET.findall(folded)
    )
