"""Ordinals: the place in an order, of a point as of a ruler."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from revtrack.facts.kinds import Fact, FactKind
from revtrack.facts.numerals import fraction
from revtrack.facts.pieces import Piece
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["ordinal", "rulers"]

_ROMAN = re.compile(r"(?<=[^\W\d_] )(?=[IVX])(X{0,2}(?:IX|IV|V?I{0,3}))(?![^\W_])")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}


def ordinal(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[Fact, int] | None:
    """*Third*, *3rd*, *3.*, *3º*: the place in an order."""
    first = run[at]
    # *девять* begins like the ordinal *девятый*
    value = None if first.key in words.numbers else words.ordinals.get(first.key)
    unit = _unit_of_ordinal(text, run, at, value or words.numbers.get(first.key, ""), words)
    if unit is not None:
        return unit
    if value is not None:
        if text.startswith(",", first.stop):
            return None  # First, it was late
        if first.key in words.fractions and at and fraction(run, at - 1, words):
            return None
        return Fact(FactKind.ORDINAL, Fraction(int(value)), Span(first.start, first.stop)), 1
    if first.kind != "number" or not first.text.isdigit():
        return None
    behind = run[at + 1] if at + 1 < len(run) else None
    if behind is not None and behind.glued and behind.key in words.ordinal_endings:
        span = Span(first.start, behind.stop)
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), span), 2
    dotted = words.dotted_ordinals and len(first.text) <= 2 and text.startswith(". ", first.stop)
    if text.startswith(("º", "ª"), first.stop) or (
        dotted and text[first.stop + 2 : first.stop + 3].isalpha()
    ):
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), Span(first.start, first.stop + 1)), 1
    return None


def _unit_of_ordinal(
    text: str, run: Sequence[Piece], at: int, ten: str, words: Words
) -> tuple[Fact, int] | None:
    """*Twenty-first*, *двадцать первый*: a ten and an ordinal below it."""
    if not ten.isdigit() or int(ten) < 20 or int(ten) % 10 or at + 1 >= len(run):
        return None
    unit = words.ordinals.get(run[at + 1].key) or ""
    joined = text[run[at].stop : run[at + 1].start] == ("-" if words.language == "en" else " ")
    if not joined or not unit or int(unit) >= 10:
        return None
    span = Span(run[at].start, run[at + 1].stop)
    return Fact(FactKind.ORDINAL, Fraction(int(ten) + int(unit)), span), 2


def rulers(text: str) -> Iterator[Fact]:
    """*Harald III*: the number of a ruler, a congress or a war."""
    for match in _ROMAN.finditer(text):
        written = match.group(1)
        if written in {"", "I"}:
            continue
        values = [_ROMAN_VALUE[letter] for letter in written]
        number = sum(
            [-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)]
        )
        yield Fact(FactKind.ORDINAL, Fraction(number), Span(*match.span(1)))
