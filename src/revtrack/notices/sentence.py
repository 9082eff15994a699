"""One sentence of a paragraph with the lexicon's words in it, grouped by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from revtrack.notices.dates import has_date
from revtrack.notices.lexicon import Lexicon, Mark

__all__ = ["Sentence", "sentences", "split"]

# A sentence ends at . ! ? and closing quotes before white space and something that can begin one …
_STOP = re.compile(
    r"[.!?…]{1,3}[\"'”’»)\]]{0,3}\s{1,3}(?=[^\s\Wa-zà-ÿа-я_]|[\"'“„«‘\[(*–—-])"
    r"|[。！？]{1,3}[」』）】]{0,2}|\n"
)
# … unless the word before the full stop is an initial or one of the usual abbreviations.
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|dr|mr|mrs|ms|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|nr|vs|ca"
    r"|va|pa|calif|ind|mass|conn|fla|gen|sen|rep|gov|lt|sgt|col|prof|stellv|bzw|kl|pág|pag|anm|red)\.$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]{4,80})\)")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"[^\W\d_a-z]\.[^\W\d_a-z]\.$")
# A day before a month that is written large: *16. Februar* is no end of a sentence.
_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\.$")
_MONTHS = frozenset(
    {"Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"}
    | {"Oktober", "November", "Dezember"}
)
_BEGINNERS = frozenset(
    ["The", "It", "He", "She", "They", "This", "That", "A", "And", "An", "In", "We", "His", "Her"]
)
_ACRONYM = re.compile(r"[^\W\d_a-z]{2,6}\s{1,2}$")


@attrs.frozen
class Sentence:
    """A sentence: its place in the paragraph, its text, and its marks by class.

    Marks stand at positions of the paragraph. `first` is true of its first sentence; `cites` when a
    bracket in it gives an issue's date or page; `later` holds the classes of the sentences that follow;
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

    def after(self, place: int) -> Sentence:
        """What stands of it from this place of the paragraph on, with the words that stand there."""
        if place <= self.start:
            return self
        cut = place - self.start
        kept = {
            name: tuple([m for m in group if m.start >= place]) for name, group in self.marks.items()
        }
        marks = {name: group for name, group in kept.items() if group}
        return attrs.evolve(
            self, start=place, text=self.text[cut:], folded=self.folded[cut:], marks=marks
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
        return self._beside(one, other, within) or self._beside(other, one, within)

    def then(self, one: str, other: str, within: int) -> bool:
        """Whether a word of *other* follows a word of *one* at most *within* characters later."""
        return self._beside(one, other, within)

    def _beside(self, one: str, other: str, within: int) -> bool:
        """The marks stand in order and apart, so the next one after each is the nearest."""
        first, second = self.marks.get(one), self.marks.get(other)
        if not first or not second:
            return False
        within = within // 3 if self.dense else within
        place = 0
        for mark in first:
            while place < len(second) and second[place].start < mark.stop:
                place += 1
            if place == len(second):
                return False
            if second[place].start - mark.stop <= within:
                return True
        return False

    def acronym_before(self, name: str) -> bool:
        """Whether an outlet's acronym stands right before a word of this class: *XYZ regrets*."""
        places = [mark.start - self.start for mark in self.of(name)]
        return any(_ACRONYM.search(self.text[max(0, place - 9) : place]) for place in places)


def split(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph as `(start, stop)`; together they tile it."""
    start = 0
    for stop in _STOP.finditer(text):
        head = text[max(start, stop.start() - 8) : stop.start() + 1]
        dot = stop.group()[0] == "."
        if (
            dot
            and (_ORDINAL.search(head) or _SHORT.search(head))
            and not _begins(text, stop.end(), head)
        ):
            continue
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _begins(text: str, place: int, head: str) -> bool:
    """After initials (*N.J. The*) or a number (*16. The*), whether a new sentence begins."""
    found = _WORD.match(text, place)
    word = found.group() if found else ""
    if _ORDINAL.search(head):
        return word not in _MONTHS
    return bool(_INITIALS.search(head)) and word in _BEGINNERS


def sentences(
    text: str, folded: str, words: Lexicon, marks: Sequence[Mark] | None = None
) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, each with the lexicon's words in it.

    *marks* are the words, where they were looked up before.
    """
    marks = words.marks(folded) if marks is None else marks
    dense = not words.spaced
    at = len(marks)
    found: list[Sentence] = []
    later: frozenset[str] = frozenset()
    for start, stop in reversed([*split(text)]):
        first = at
        while first and marks[first - 1].start >= start:
            first -= 1
        by_class = _by_class(marks[first:at])
        at = first
        part = folded[start:stop]
        cites = _cites(part, words)
        found.append(
            Sentence(
                start, stop, text[start:stop], part, by_class, start == 0, cites, later, dense, words
            )
        )
        later = later | by_class.keys()
    return tuple(reversed(found))


def _by_class(marks: Sequence[Mark]) -> dict[str, tuple[Mark, ...]]:
    grouped: dict[str, list[Mark]] = {}
    for mark in marks:
        for name in mark.classes:
            grouped.setdefault(name, []).append(mark)
    return {name: tuple(group) for name, group in grouped.items()}


def _cites(folded: str, words: Lexicon) -> bool:
    """Whether a bracket names the issue that is meant: *(22 July, page 5)*."""
    return any(
        _DIGIT.search(bracket) and any(word in words.months for word in _WORD.findall(bracket))
        for bracket in _BRACKET.findall(folded)
    )
