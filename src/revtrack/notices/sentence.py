"""One sentence of a paragraph with the lexicon's words in it, grouped by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from revtrack.notices.lexicon import Lexicon, Mark

__all__ = ["Sentence", "sentences", "split"]

# A sentence ends at . ! ? and closing quotes before white space and a capital, digit or quote …
_STOP = re.compile(
    r"[.!?…]{1,3}[\"'”’»)\]]{0,3}\s{1,3}(?=[^\s\Wa-zà-ÿ_]|[\"“„«\[(*])|[。！？]{1,3}[」』）】]{0,2}|\n"
)
# … unless the word before the full stop is an initial or one of the usual abbreviations.
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|dr|mr|mrs|ms|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|nr|vs|ca"
    r"|va|pa|gen|sen|rep|gov|lt|sgt|col|prof|stellv|bzw|kl|pág|pag)\.$",
    re.IGNORECASE,
)


@attrs.frozen
class Sentence:
    """A sentence: its place in the paragraph, its folded text, and its marks by class.

    Marks stand at positions of the paragraph.
    """

    start: int
    stop: int
    folded: str
    marks: dict[str, tuple[Mark, ...]]
    first: bool

    def of(self, *classes: str) -> Iterator[Mark]:
        """The marks of any of these classes, class by class."""
        for name in classes:
            yield from self.marks.get(name, ())

    def has(self, *classes: str) -> bool:
        """Whether it holds a word of any of these classes."""
        return any(name in self.marks for name in classes)

    def near(self, one: str, other: str, within: int) -> bool:
        """Whether a word of *one* and a word of *other* stand at most *within* characters apart."""
        return any(
            _gap(a, b) <= within for a in self.of(one) for b in self.of(other) if a.start != b.start
        )

    def then(self, one: str, other: str, within: int) -> bool:
        """Whether a word of *other* follows a word of *one* at most *within* characters later."""
        return any(0 <= b.start - a.stop <= within for a in self.of(one) for b in self.of(other))


def _gap(a: Mark, b: Mark) -> int:
    return max(b.start - a.stop, a.start - b.stop)


def split(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph as `(start, stop)`; together they tile it."""
    start = 0
    for stop in _STOP.finditer(text):
        head = text[max(start, stop.start() - 8) : stop.start() + 1]
        if stop.group()[0] == "." and _SHORT.search(head):
            continue
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def sentences(text: str, folded: str, words: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, each with the lexicon's words in it."""
    marks = words.marks(folded)
    found, at = [], 0
    for start, stop in split(text):
        grouped: dict[str, list[Mark]] = {}
        while at < len(marks) and marks[at].start < stop:
            for name in marks[at].classes:
                grouped.setdefault(name, []).append(marks[at])
            at += 1
        by_class = {name: tuple(group) for name, group in grouped.items()}
        found.append(Sentence(start, stop, folded[start:stop], by_class, first=start == 0))
    return tuple(found)
