"""Dates, in full or in part, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from revtrack.facts.clocks import clocks, spoken_clocks
from revtrack.facts.eras import eras
from revtrack.facts.kinds import Clock, Day, Fact, FactKind
from revtrack.facts.numerals import DECIMAL_POINT, KOREAN, SCALES, han
from revtrack.facts.pieces import Piece, neighbours, pieces, small, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["dates"]

_ISO = re.compile(r"(?<![\d-])((?:1[5-9]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])")
_EAST = re.compile(
    r"(?:(\d{4}) ?[年년] ?)?(?:(\d{1,2}|十[一二]?|[一二三四五六七八九]) ?[月월] ?)"
    r"(?:(\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号일])?"
    r"|(\d{4}) ?[年년]|(\d{1,2}) ?[日号일]"
    rf"|(?<!\w)([일이삼사오유칠팔구시]|십[일이])월 ([{KOREAN[:9]}]|[이삼]?십[{KOREAN[:9]}]?)일"
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")


def dates(text: str, words: Words) -> Iterator[Fact]:
    """The dates and times of *text*, in order of kind; none overlaps another."""
    taken = bytearray(len(text))
    for reader in (eras, _written_dates, _short_dates, _month_dates, spoken_clocks, clocks, _loose):
        for fact in reader(text, words):
            start, stop = fact.span.start, fact.span.stop
            if not any(taken[start:stop]):
                taken[start:stop] = b"\1" * (stop - start)
                yield fact


def _written_dates(text: str, words: Words) -> Iterator[Fact]:
    """Dates in digits: 2025-05-06, 06.05.2025, 5/6/2025, 2025年5月6日."""
    if words.spaced and not any(map(str.isdigit, text)):
        return
    for match in _ISO.finditer(text):
        yield from _day(match, int(western(match[1])), int(western(match[2])), int(western(match[3])))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        if words.language == "en" and match[2] == "/":
            first, second = second, first
        if second > 12:
            first, second = second, first
        yield from _day(match, year, second, first)
    if not words.spaced:
        for match in _EAST.finditer(text):
            said = [_east(part) if part else None for part in match.groups()]
            yield from _day(
                match, said[0] or said[3], said[1] or said[5], said[2] or said[4] or said[6]
            )


def _short_dates(text: str, words: Words) -> Iterator[Fact]:
    """A day and its month in digits: *am 13.6.*, *le 11/06*, *06.13.* in Hungarian.

    A slash is a fraction's too: one date of the text must be led as dates are, and nothing be parted.
    """
    found = list(_SHORT.finditer(text)) if words.spaced and any(map(str.isdigit, text)) else []
    led = any(neighbours(text, match)[0] in words.date_leads for match in found)
    for match in found:
        before, behind = neighbours(text, match)
        if match[2] == "/":
            date = led and behind not in _PARTED
        else:
            clocked = before in words.hour_leads | words.clock_leads or behind in words.clock_nouns
            counted = behind in words.units or behind in words.hour_nouns
            dotted = words.language not in DECIMAL_POINT and (match[4] or len(match[3]) == 2)
            date = bool(dotted and words.days_dotted and not clocked and not counted)
        day, month = int(match[1]), int(match[3])
        if words.language in _MONTH_FIRST or (month > 12 and match[2] == "/"):
            day, month = month, day
        if date and day and month:
            yield from _day(match, None, month, day)


_SHORT = re.compile(r"(?<![\d./:,-])(\d{1,2})([./])(\d{1,2})(\.?)(?![\d/:–-]|[.,]\d)")
_MONTH_FIRST = frozenset({"en", "hu"})
_PARTED = frozenset(["de", "d'", "des", "du", "del", "di", "do", "da", "dos", "das", "van", "of", "av"])
"""What leads to the whole that a fraction is part of."""


def _day(match: re.Match[str], year: int | None, month: int | None, day: int | None) -> Iterator[Fact]:
    if (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31):
        yield Fact(FactKind.DATE, Day(year, month, day), Span(*match.span()))


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


def _east(number: str) -> int:
    """A small number in digits or in East Asian numerals; two months of Korean have their own words."""
    return {"유": 6, "시": 10}.get(number) or int(han(number) or 0)


def _loose(text: str, words: Words) -> Iterator[Fact]:
    """Weekdays, words such as *yesterday* and *noon*, and years by themselves."""
    if not words.spaced:
        for word in words.date_words:
            place = text.find(word)
            if place >= 0:
                value = _named_day(word, words)
                yield Fact(FactKind.DATE, value, Span(place, place + len(word)))
        return
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
            value = _named_day(piece.key, words)  # segunda-feira
            yield Fact(FactKind.DATE, value, Span(piece.start, run[at + 1].stop))
        elif piece.key in words.date_words and piece.key not in words.months_by_name:
            value = _named_day(piece.key, words)
            yield Fact(FactKind.DATE, value, Span(piece.start, piece.stop))


def _named_day(word: str, words: Words) -> Day:
    weekday = words.weekdays.get(word)
    return Day(weekday=weekday) if weekday else Day(word=word)
