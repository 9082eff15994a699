"""Reading: a text into the facts it states."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias

import attrs

from revtrack.facts.dates import dates
from revtrack.facts.kinds import Clock, Day, Era, Fact, Named, Quantity, Saying, Value
from revtrack.facts.names import compatible, names
from revtrack.facts.pieces import mask
from revtrack.facts.quantities import quantities
from revtrack.facts.statements import quotations, roles
from revtrack.facts.vocabulary import DEFAULT, LANGUAGES, primary, words_of
from revtrack.model import Span

__all__ = ["Keys", "counted", "read", "same", "values"]

Keys: TypeAlias = frozenset[tuple[Any, ...]]
"""What values are named by: each by a word for its kind, and by its parts."""

_KEPT = 2_048
"""How many texts are remembered with their facts: the sentences of a revision are asked for again by
nature, by disclosure and by the ledger."""

_LONGEST = 20_000
"""Characters of one text that are read: a long paragraph. What lies behind is not read."""

_CENTURY = 100

_AT_LEAST = 2
"""Letters of a name that another text is searched for (range 1 to 3)."""


def read(text: str, *, language: str | None = None) -> tuple[Fact, ...]:
    """The facts of *text* in order of their place: a sentence, a paragraph or a notice.

    *language* is a BCP 47 tag; None and languages without a word list are read by the English one.
    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    return _read(text[:_LONGEST], _language(language))


@lru_cache(maxsize=64)
def _language(tag: str | None) -> str:
    language = primary(tag or DEFAULT)
    return language if language in LANGUAGES else DEFAULT


def counted(text: str, *, language: str | None) -> tuple[Fact, ...]:
    """The quantities, ordinals, dates and times of *text* alone, in a fifth of the time of all."""
    return _counted(text[:_LONGEST], _language(language))


@lru_cache(maxsize=_KEPT)
def _counted(text: str, language: str) -> tuple[Fact, ...]:
    words = words_of(language)
    dated = list(dates(text, words))
    found = [*dated, *quantities(text, words, dated)]
    return tuple(sorted(found, key=attrgetter("span.start", "span.stop")))


@lru_cache(maxsize=_KEPT)
def _read(text: str, language: str) -> tuple[Fact, ...]:
    words = words_of(language)
    values = _counted(text, language)
    covered = mask(text, values)
    named = [
        fact
        for fact in names(text, words)
        if not (covered[fact.span.start] and covered[fact.span.stop - 1])
    ]
    found = [*values, *named, *quotations(text, words), *roles(text, words)]
    return tuple(sorted(found, key=attrgetter("span.start", "span.stop")))


def same(one: Fact, other: Fact) -> bool:
    """Whether two facts agree as far as both say: *Mr. Reed* and *Tomas Reed*, *May* and *6 May*.

    A quantity without a unit agrees with one of any unit; a time without a zone with one of any zone.
    """
    a, b = one.value, other.value
    if isinstance(a, Named) and isinstance(b, Named):
        return compatible(a, b)
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        alike = not a.unit or not b.unit or a.unit == b.unit
        return a.vague == b.vague and alike and bool(_numbers(a) & _numbers(b))
    if isinstance(a, Clock) and isinstance(b, Clock):
        return (a.hour, a.minute) == (b.hour, b.minute) and (
            not a.zone or not b.zone or a.zone == b.zone
        )
    if isinstance(a, Era) and isinstance(b, Era):
        return a.years == b.years and _agreed(a, b)
    if isinstance(a, Day) and isinstance(b, Day):
        parts = zip(attrs.astuple(a), attrs.astuple(b), strict=True)
        said = [(x, y) for x, y in parts if x and y]
        return bool(said) and all(x == y for x, y in said)
    return one.kind is other.kind and a == b


def _agreed(a: Era, b: Era) -> bool:
    """Whether the first years agree as far as both are given: *the 80s*, *the 1980s*."""
    short = min(a.first, b.first) < _CENTURY
    return a.first % _CENTURY == b.first % _CENTURY if short else a.first == b.first


def _numbers(value: Quantity) -> set[Fraction]:
    return {value.number} | ({value.written} if value.written is not None else set())


def values(
    text: str, *, language: str | None = None, within: Span | None = None, named: bool = True
) -> Keys:
    """What *text* names, as keys: two texts that share a key name one thing, in whatever notation.

    A quantity is named by its number with or without its unit, a person by each part of the name, a
    date by what is said of it. *within* leaves out what does not overlap this part of the text; where
    *named* is false, names and quotations are left out.
    """
    found = read(text, language=language) if named else counted(text, language=language)
    return frozenset(
        [key for fact in found if within is None or fact.span.overlaps(within) for key in _keys(fact)]
    )


def _keys(fact: Fact) -> Iterator[tuple[Any, ...]]:
    value: Value = fact.value
    if isinstance(value, Quantity):
        yield from [("number", number) for number in _numbers(value)]
        if value.unit == "m":
            yield "number", 10**6 * value.number  # 2.5m: metres, or millions
    elif isinstance(value, Fraction):
        yield ("order", value)
    elif isinstance(value, Named):
        yield from [("name", part) for part in (value.surname, *value.given) if len(part) >= _AT_LEAST]
    elif isinstance(value, Day):
        if value.year and not value.month:
            yield ("year", value.year)
        elif value.month or value.day:
            yield ("date", value.month, value.day)
        else:
            yield ("day", value.weekday, value.word)
    elif isinstance(value, Era) and value.years == _CENTURY:  # the XIX century, and not the XV
        yield ("order", Fraction(value.first // _CENTURY + 1))
    elif isinstance(value, Era):
        yield ("decade", value.first % _CENTURY)
    elif isinstance(value, Clock):
        yield ("time", value.hour, value.minute)
    elif isinstance(value, Saying):
        yield ("words", value.words)
