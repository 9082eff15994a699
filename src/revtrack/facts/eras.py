"""Eras: centuries and decades, in words, digits and Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from revtrack.facts.kinds import Era, Fact, FactKind
from revtrack.facts.numerals import KOREAN, han, spelt
from revtrack.facts.ordinals import ordinal, roman
from revtrack.facts.pieces import Piece, pieces
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["eras"]

_DENSE = re.compile(
    rf"(?<!\d)(\d{{1,4}}|[一二三四五六七八九十]{{1,3}}|(?<!\w)[{KOREAN[:10]}]{{1,3}}) ?"
    r"(?:(世[纪紀]|세기)|年代|년대)"
)
_APOSTROPHES = frozenset("'’‘`")
_JOINED = frozenset("-‐‑:'’")
_WORDS = 3  # of the longest place in an order before its noun: *vingt et unième*
_LATEST = 21
"""The last century that is read (range 21 to 30)."""


def eras(text: str, words: Words) -> Iterator[Fact]:
    """The centuries and decades of *text*: *XIXe siècle*, *the 1980s*, *anni Ottanta*, *80年代*."""
    if not words.spaced:
        for match in _DENSE.finditer(text):
            number = int(han(match[1]) or 0)
            yield from _era(number, Span(*match.span()), century=bool(match[2]))
        return
    run = pieces(text)
    for at, piece in enumerate(run):
        if piece.key in words.centuries:
            yield from _century(text, run, at, words)
        elif piece.key in words.centuries_before:
            number, stop = _place(text, run, at + 1, words)
            yield from _era(number, Span(piece.start, run[stop - 1].stop), century=True)
        elif (named := piece.text[-len(piece.key) :]) in words.named_centuries:
            century = words.named_centuries[named]
            yield from _era(century, Span(piece.start, piece.stop), century=True)
        elif piece.kind == "number":
            yield from _in_digits(text, run, at, words)
        elif piece.key in words.decades:
            yield from _era(10 * words.decades[piece.key], Span(piece.start, piece.stop))
        elif piece.key in words.decade_nouns:
            yield from _behind(text, run, at, words)


def _era(
    number: int, span: Span, *, century: bool = False, kind: FactKind = FactKind.DATE
) -> Iterator[Fact]:
    """The century of this number, or the decade that begins with this year; nothing else."""
    if century:
        if 1 <= number <= _LATEST:
            yield Fact(kind, Era(100 * (number - 1), 100), span)
    elif number >= 1000 and number % 100 == 0:  # the 1800s
        yield Fact(kind, Era(number, 100), span)
    elif number % 10 == 0 and (10 <= number <= 90 or 1000 < number < 2100):
        yield Fact(kind, Era(number, 10), span)


def _century(text: str, run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """A place in an order right before the noun: *19th century*, *XIX secolo*, *19-м веке*."""
    for first in range(max(0, at - _WORDS), at):
        number, stop = _place(text, run, first, words, cardinal=False)
        if stop == at:
            yield from _era(number, Span(run[first].start, run[at].stop), century=True)
            return


def _place(
    text: str, run: Sequence[Piece], at: int, words: Words, *, cardinal: bool = True
) -> tuple[int, int]:
    """The place in an order that begins at a piece, 0 for none, and where it ends."""
    if at >= len(run):
        return 0, at
    number = roman(run[at].text, words.ordinal_endings)
    if number:
        return number, at + 1
    found = ordinal(text, run, at, words)
    if found is not None and isinstance(found[0].value, Fraction):
        return int(found[0].value), at + found[1]
    if not cardinal:
        return 0, at
    if run[at].kind == "number" and run[at].text.isdigit():
        return int(run[at].text), at + 1
    value, used = spelt(run[at : at + _WORDS], words)
    return int(value or 0), at + used


def _in_digits(text: str, run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """*1980s*, *'80s*, *1980er*, *1980-talet*, *80-х*: a number of tens and what makes it a decade."""
    piece = run[at]
    if not piece.text.isdigit() or piece.text[-1] != "0" or len(piece.text) > 4:
        return
    marked = text[piece.start - 1 : piece.start] in _APOSTROPHES and piece.start > 0
    if len(piece.text) == 3:
        if marked and words.named_centuries:  # il '400
            yield from _era(1000 + int(piece.text), Span(piece.start - 1, piece.stop))
        return
    behind = run[at + 1] if at + 1 < len(run) else None
    gap = text[piece.stop : behind.start] if behind is not None else " "
    if behind is None or gap not in {"", *_JOINED}:
        return
    years = at + 2 < len(run) and run[at + 2].key in words.decade_nouns
    led = at > 0 and run[at - 1].key in words.decade_leads
    long = len(piece.text) > 2 or not words.decade_leads
    if years or (behind.key in words.decade_endings and (long or led or marked)):
        aged = not long and not marked and run[at - 1].key not in words.articles
        kind = FactKind.AGE if aged else FactKind.DATE
        yield from _era(int(piece.text), Span(piece.start, behind.stop), kind=kind)


def _behind(text: str, run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """*Années 80*, *años ochenta*, *década de los 80*, *lata osiemdziesiąte*: a noun and a number."""
    first = at + 1
    while first < len(run) and first - at <= _WORDS and run[first].key in words.decade_joints:
        first += 1
    if first >= len(run) or (at > 0 and run[at - 1].kind == "number"):
        return
    if text[run[at].stop : run[first].start].strip(" '’\u00a0") and first == at + 1:
        return
    number, stop = _place(text, run, first, words)
    if stop > first:
        yield from _era(number, Span(run[at].start, run[stop - 1].stop))
