"""Dates, in full or in part, centuries and decades, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from revtrack.facts.clocks import clocks, spoken_clocks
from revtrack.facts.east import dense_clocks, dense_dates, dense_eras, dense_words
from revtrack.facts.kinds import Clock, Day, Fact, FactKind, date, era
from revtrack.facts.numerals import SCALES, ordinal, roman, spelt
from revtrack.facts.pieces import Piece, neighbours, pieces, small, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["dates"]

_ISO = re.compile(r"(?<![\d-])((?:1[5-9]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")


def dates(text: str, words: Words) -> Iterator[Fact]:
    """The dates and times of *text*, in order of kind; none overlaps another."""
    taken = bytearray(len(text))
    for reader in _SPACED if words.spaced else _DENSE:
        for fact in reader(text, words):
            start, stop = fact.span.start, fact.span.stop
            if not any(taken[start:stop]):
                taken[start:stop] = b"\1" * (stop - start)
                yield fact


def _written_dates(text: str, words: Words) -> Iterator[Fact]:
    """Dates in digits: 2025-05-06, 06.05.2025, 5/6/2025."""
    if not any(map(str.isdigit, text)):
        return
    for match in _ISO.finditer(text):
        year, month, day = (int(western(part)) for part in match.groups())
        yield from date(year, month, day, Span(*match.span()))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        if "month_first" in words.traits and match[2] == "/":
            first, second = second, first
        if second > 12:
            first, second = second, first
        yield from date(year, second, first, Span(*match.span()))


def _short_dates(text: str, words: Words) -> Iterator[Fact]:
    """A day and its month in digits: *am 13.6.*, *le 11/06*, *06.13.* in Hungarian.

    A slash is a fraction's too: one date of the text must be led as dates are, and nothing be parted.
    """
    found = list(_SHORT.finditer(text)) if any(map(str.isdigit, text)) else []
    led = any(neighbours(text, match)[0] in words.date_leads for match in found)
    for match in found:
        before, behind = neighbours(text, match)
        if match[2] == "/":
            dated = led and behind not in words.partitives | words.partitive_articles
        else:
            clocked = before in words.hour_leads | words.clock_leads or behind in words.clock_nouns
            counted = behind in words.units or behind in words.hour_nouns
            dotted = "decimal_point" not in words.traits and (match[4] or len(match[3]) == 2)
            dated = bool(dotted and "dotted_days" in words.traits and not clocked and not counted)
        day, month = int(match[1]), int(match[3])
        if "month_first" in words.traits or (month > 12 and match[2] == "/"):
            day, month = month, day
        if dated and day and month:
            yield from date(None, month, day, Span(*match.span()))


_SHORT = re.compile(r"(?<![\d./:,-])(\d{1,2})([./])(\d{1,2})(\.?)(?![\d/:–-]|[.,]\d)")


def _month_dates(text: str, words: Words) -> Iterator[Fact]:
    """A month by its name, with day and year beside it: *6 May 2025*, *May 6*, *mayo de 2025*."""
    run = pieces(text) if words.months_by_name else ()
    for at, piece in enumerate(run):
        month = words.months_by_name.get(piece.key)
        if month is None:
            continue
        day, first = _day_before(text, run, at, words)
        last = at
        if day is None:
            day, last = _day_behind(text, run, at, words)
        year, last = _year_behind(text, run, last, words)
        led = at > 0 and run[at - 1].key in words.place_leads  # in March
        if led or piece.key in words.date_words or (day, year) != (None, None):
            value = Day(year, month, day)
            yield Fact(FactKind.DATE, value, Span(run[first].start, run[last].stop))


def _day_before(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[int | None, int]:
    place = at - 1
    while place >= 0 and at - place < 3 and run[place].key in words.date_joints:
        place -= 1
    joined = place < at - 1
    if place > 0 and run[place].glued and run[place].key in words.ordinal_endings:
        place -= 1  # the 4th of July
    if place < 0 or text[run[place].stop : run[place + 1].start].strip(" .\u00a0"):
        return None, at
    key = run[place].key
    named = words.ordinals.get(key) or (words.numbers.get(key) if joined else None)  # cuatro de julio
    day = int(named) if named and named.isdigit() else small(run[place])
    return (day, place) if day is not None and 1 <= day <= 31 else (None, at)


def _day_behind(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[int | None, int]:
    if at + 1 >= len(run) or text[run[at].stop : run[at + 1].start].strip(" .\u00a0"):
        return None, at
    named = run[at + 1].key
    ending = next((one for one in words.ordinal_endings if named.endswith(one)), "")
    said = words.ordinals.get(named.removesuffix(ending)) if ending else None  # tizenharmadikán
    day = int(said) if said else small(run[at + 1])
    if day is None or not 1 <= day <= 31:
        return None, at
    ended = at + 2 < len(run) and run[at + 2].glued and run[at + 2].key in words.ordinal_endings
    return day, at + 1 + ended


def _year_behind(text: str, run: Sequence[Piece], last: int, words: Words) -> tuple[int | None, int]:
    place = last + 1
    if place < len(run) and run[place].key in words.date_joints:
        place += 1
    if (
        place < len(run)
        and _YEAR.match(run[place].text)
        and not text[run[place - 1].stop : run[place].start].strip(" ,.\u00a0")
    ):
        return int(run[place].text), place
    return None, last


def _counts(run: Sequence[Piece], at: int, words: Words) -> bool:
    """Whether a scale or a unit follows: *a fund of 1500 thousand crowns* names no year."""
    if at >= len(run):
        return False
    following = run[at].key
    return words.numbers.get(following, "") in SCALES or following in words.units


def _loose(text: str, words: Words) -> Iterator[Fact]:
    """Weekdays, words such as *yesterday* and *noon*, and years by themselves."""
    run = pieces(text)
    for at, piece in enumerate(run):
        if (
            piece.kind == "number"
            and _YEAR.match(piece.text)
            and at
            and run[at - 1].key in words.year_leads
            and not _counts(run, at + 1, words)
        ):
            yield Fact(FactKind.DATE, Day(year=int(piece.text)), Span(piece.start, piece.stop))
        elif piece.key in words.clock_words:
            clock = Clock(int(words.clock_words[piece.key]))
            yield Fact(FactKind.TIME, clock, Span(piece.start, piece.stop))
        elif at + 1 < len(run) and f"{piece.key}-{run[at + 1].key}" in words.date_words:
            value = words.day_of(piece.key)  # segunda-feira
            yield Fact(FactKind.DATE, value, Span(piece.start, run[at + 1].stop))
        elif piece.key in words.date_words and piece.key not in words.months_by_name:
            value = words.day_of(piece.key)
            yield Fact(FactKind.DATE, value, Span(piece.start, piece.stop))


# ---------------------------------------------------------------------------------------------- eras

_APOSTROPHES = frozenset("'’‘`")
_JOINED = frozenset("-‐‑:'’")
_WORDS = 3  # of the longest place in an order before its noun: *vingt et unième*


def _eras(text: str, words: Words) -> Iterator[Fact]:
    """The centuries and decades of *text*: *XIXe siècle*, *the 1980s*, *anni Ottanta*."""
    run = pieces(text)
    for at, piece in enumerate(run):
        if piece.key in words.centuries:
            yield from _century(text, run, at, words)
        elif piece.key in words.centuries_before:
            number, stop = _place(text, run, at + 1, words)
            yield from era(number, Span(piece.start, run[stop - 1].stop), century=True)
        elif (named := piece.text[-len(piece.key) :]) in words.named_centuries:
            century = words.named_centuries[named]
            yield from era(century, Span(piece.start, piece.stop), century=True)
        elif piece.kind == "number":
            yield from _in_digits(text, run, at, words)
        elif piece.key in words.decades:
            yield from era(10 * words.decades[piece.key], Span(piece.start, piece.stop))
        elif piece.key in words.decade_nouns:
            yield from _behind(text, run, at, words)


def _century(text: str, run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """A place in an order right before the noun: *19th century*, *XIX secolo*, *19-м веке*."""
    for first in range(max(0, at - _WORDS), at):
        number, stop = _place(text, run, first, words, cardinal=False)
        if stop == at:
            yield from era(number, Span(run[first].start, run[at].stop), century=True)
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
            yield from era(1000 + int(piece.text), Span(piece.start - 1, piece.stop))
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
        yield from era(int(piece.text), Span(piece.start, behind.stop), kind=kind)


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
        yield from era(number, Span(run[at].start, run[stop - 1].stop))


_SPACED = (_eras, _written_dates, _short_dates, _month_dates, spoken_clocks, clocks, _loose)
_DENSE = (dense_eras, _written_dates, dense_dates, dense_clocks, clocks, dense_words)
"""The readers of dates and times, for words that are parted by spaces and for others, in order."""
