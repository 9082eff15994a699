"""Normalising with a way back: the form that is compared, and where each part of it stands.

`fold` gives the same form, quickly and without the places. Here it is made rule by rule, in the order
of `RULES`, and every rule says which characters it replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import attrs

from revtrack.model import Span
from revtrack.text.faults import FAULTS, PASSES, Edit
from revtrack.text.folding import IDLE_JOINER, INVISIBLE, REPLACED, TYPED_DASH, fold

__all__ = ["RULES", "Normal", "normalize"]

_SPELT = re.compile("[" + "".join(REPLACED) + "]")
_UNSEEN = re.compile("[" + INVISIBLE + "]+")
_SPACES = re.compile(r"\A\s+|\s+\Z|\s+")
# How much of a sequence is looked at to see whether the next character joins it, in characters: the
# longest that composes has three.
_JOINS = 8


@attrs.frozen
class Normal:
    """A text as it is compared, and where it comes from.

    `text` is `fold` of `source`. `starts` and `stops` are, for each character of it, the part of the
    source that it stands for; several characters may stand for the same part (a ligature).
    """

    source: str
    text: str
    starts: tuple[int, ...] = attrs.field(repr=False)
    stops: tuple[int, ...] = attrs.field(repr=False)

    def of_source(self, span: Span) -> Span:
        """The smallest part of the source that holds what *span* of `text` stands for.

        An empty span is a place between two characters. Raises `ValueError` where it lies outside.
        """
        if span.stop > len(self.text):
            raise ValueError(f"the text has {len(self.text)} characters, the span ends at {span.stop}")
        if not len(span):
            place = self.starts[span.start] if span.start < len(self.starts) else len(self.source)
            return Span(place, place)
        return Span(self.starts[span.start], self.stops[span.stop - 1])


def normalize(text: str) -> Normal:
    """The form of *text* that is compared for equality, with the places of its characters in *text*.

    Raises `TypeError` when *text* is not a string.
    """
    wanted = fold(text)
    whole = _Mapped.of(text)
    plain = found = _applied(whole, _SPELLING)
    for start in (whole, plain):
        read = start
        for _ in range(PASSES):
            if found.text == wanted:
                break
            for _ in range(PASSES):
                read = _applied(read, FAULTS)
            found = read = _applied(read, _SPELLING)
    found = found if found.text == wanted else plain
    return Normal(text, found.text, tuple(found.starts), tuple(found.stops))


@attrs.frozen
class _Mapped:
    """A text on its way, with the part of the source of each of its characters."""

    text: str
    starts: list[int]
    stops: list[int]

    @classmethod
    def of(cls, text: str) -> _Mapped:
        return cls(text, list(range(len(text))), list(range(1, len(text) + 1)))

    def edited(self, edits: Iterable[Edit]) -> _Mapped:
        """The text after *edits*, which are in order: their characters stand for all they replace."""
        parts: list[str] = []
        starts: list[int] = []
        stops: list[int] = []
        done = 0
        for start, stop, words in edits:
            parts += [self.text[done:start], words]
            starts += self.starts[done:start] + [self.starts[start]] * len(words)
            stops += self.stops[done:start] + [self.stops[stop - 1]] * len(words)
            done = stop
        if not parts:
            return self
        return _Mapped(
            "".join([*parts, self.text[done:]]),
            starts + self.starts[done:],
            stops + self.stops[done:],
        )


Rule = Callable[[str], Iterable[Edit]]


def _applied(mapped: _Mapped, rules: Iterable[tuple[str, Rule]]) -> _Mapped:
    for _, rule in rules:
        mapped = mapped.edited(rule(mapped.text))
    return mapped


def _spelt(text: str) -> Iterator[Edit]:
    """Curly quotes, ligatures, the ellipsis, hyphens that print alike."""
    for found in _SPELT.finditer(text):
        yield found.start(), found.end(), REPLACED[found[0]]


def _dashes(text: str) -> Iterator[Edit]:
    """Two or three hyphens that stand for an em dash."""
    for found in TYPED_DASH.finditer(text):
        yield found.start(), found.end(), "—"


def _unseen(text: str) -> Iterator[Edit]:
    """Soft hyphens, zero-width spaces, direction marks."""
    for found in _UNSEEN.finditer(text):
        yield found.start(), found.end(), ""


def _joiners(text: str) -> Iterator[Edit]:
    """Joiners and non-joiners where they join nothing, and all but one of a run."""
    for found in IDLE_JOINER.finditer(text):
        yield found.start(), found.end(), ""


def _composed(text: str) -> Iterator[Edit]:
    """Unicode's composed form, NFC (UAX 15)."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and _joins(text[max(start, place - _JOINS) : place], text[place]):
            continue
        part = text[start:place]
        if (composed := unicodedata.normalize("NFC", part)) != part:
            yield start, place, composed
        start = place


def _joins(before: str, char: str) -> bool:
    """Whether *char* may be composed with what stands before it, or be put in order with it."""
    if unicodedata.combining(char):
        return True
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", char)
    return unicodedata.normalize("NFC", before + char) != apart


def _spaces(text: str) -> Iterator[Edit]:
    """Every kind and run of white space is one space, and none stands at the ends."""
    for found in _SPACES.finditer(text):
        space = " " if found.start() and found.end() < len(text) else ""
        if found[0] != space:
            yield found.start(), found.end(), space


_SPELLING: list[tuple[str, Rule]] = [
    ("spelling", _spelt),
    ("invisible", _unseen),
    ("joiners", _joiners),
    ("composed", _composed),
    ("dashes", _dashes),
    ("spaces", _spaces),
]

RULES: list[tuple[str, Rule]] = [*FAULTS, *_SPELLING]
"""The rules by name, in order; they are applied again as long as a fault is left."""
