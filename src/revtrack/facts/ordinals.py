"""Ordinals: places in an order, in words, in digits with a sign or an ending, and in Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from revtrack.facts.kinds import Fact, FactKind
from revtrack.facts.numerals import fraction
from revtrack.facts.pieces import Piece
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["ordinal", "roman", "rulers"]

_ROMAN = r"(?=[IVX])(X{0,2}(?:IX|IV|V?I{0,3}))"
_RULER = re.compile(rf"(?<=[^\W\d_] ){_ROMAN}(?![^\W_])")
_ENDED = re.compile(rf"{_ROMAN}(\w*)")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_GAP = frozenset({"", "-", "‐", "‑", ":", ".-"})
"""What may part a number from the ending of its ordinal: *4th*, *4-я*, *4:e*."""


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
    if (
        behind is not None
        and behind.key in words.ordinal_endings
        and text[first.stop : behind.start] in _GAP
    ):
        span = Span(first.start, behind.stop)
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), span), 2
    dotted = words.dotted_ordinals and len(first.text) <= 2 and text.startswith(". ", first.stop)
    signed = _SIGNED.match(text, first.stop)
    if signed and signed[0].endswith("°"):
        signed = signed if words.degrees_order and len(first.text) < 3 else None
    if signed or (dotted and text[first.stop + 2 : first.stop + 3].isalpha()):
        stop = signed.end() if signed else first.stop + 1
        used = 1 + (behind is not None and behind.start < stop)
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), Span(first.start, stop)), used
    return None


_SIGNED = re.compile(r"\.?[ºª]|°(?= [^\W\d_]{4})")
"""The sign of an ordinal, or the one of degrees in its place before a noun: *4.º*, *il 3° restauro*."""


def _unit_of_ordinal(
    text: str, run: Sequence[Piece], at: int, ten: str, words: Words
) -> tuple[Fact, int] | None:
    """*Twenty-first*, *двадцать первый*, *التاسع عشر*: a ten and an ordinal below it."""
    if not ten.isdigit() or at + 1 >= len(run):
        return None
    behind = run[at + 1].key
    gap = text[run[at].stop : run[at + 1].start]
    if words.attached and int(ten) < 10 and words.numbers.get(behind) == "10" and gap == " ":
        ten, unit = "10", ten
    else:
        unit = "" if behind in words.numbers else words.ordinals.get(behind) or ""
    joined = gap == ("-" if words.language in {"en", "fr"} else " ")
    least = 20 if words.numbers.get(run[at].key) == ten and words.language != "fr" else 10
    if not joined or not unit or int(unit) >= 10 or int(ten) < least or int(ten) % 10:
        return None
    span = Span(run[at].start, run[at + 1].stop)
    return Fact(FactKind.ORDINAL, Fraction(int(ten) + int(unit)), span), 2


def rulers(text: str) -> Iterator[Fact]:
    """*Harald III*: the number of a ruler, a congress or a war."""
    for match in _RULER.finditer(text):
        if match[1] != "I":
            yield Fact(FactKind.ORDINAL, Fraction(_of_letters(match[1])), Span(*match.span(1)))


def roman(written: str, endings: Collection[str]) -> int:
    """The number of a Roman numeral, alone or with the ending of an ordinal (*XIXe*); 0 for none."""
    match = _ENDED.fullmatch(written)
    return _of_letters(match[1]) if match and (not match[2] or match[2] in endings) else 0


def _of_letters(numeral: str) -> int:
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    return sum(
        [-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)]
    )
