"""Dates and clock times, in full or in part, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from revtrack.facts.kinds import Clock, Day, Fact, FactKind
from revtrack.facts.numerals import SCALES, han, spelt
from revtrack.facts.pieces import Piece, pieces, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["dates"]

_ISO = re.compile(r"(?<![\d-])((?:1[5-9]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])")
_EAST = re.compile(
    r"(?:(\d{4}) ?[年년] ?)?(?:(\d{1,2}|十[一二]?|[一二三四五六七八九]) ?[月월] ?)"
    r"(?:(\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号일])?"
    r"|(\d{4}) ?[年년]|(\d{1,2}) ?[日号일]"
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_CLOCK = re.compile(
    r"(?<![\d.,:/$€£])(2[0-4]|[01]?\d)(?!\d)"
    r"(?:[:.h]([0-5]\d)(?![\d.,]\d|[%\d]))?(?::[0-5]\d)?"
    r"(?: ?([ap])\.? ?m\b\.?)?",
    re.IGNORECASE,
)
_HALF_DAYS = {
    **dict.fromkeys("午前 上午 오전 早上 凌晨 清晨 朝 새벽 아침".split(), 0),  # noqa: SIM905 - shorter
    **dict.fromkeys("午後 下午 오후 晚上 傍晚 夜 夕方 저녁 밤".split(), 12),  # noqa: SIM905 - shorter
}
_EAST_NUMBER = r"\d{1,2}|[二三]?十[一二两三四五六七八九]?|[一二两三四五六七八九]"
_EAST_CLOCK = re.compile(
    rf"({'|'.join(_HALF_DAYS)})? ?({_EAST_NUMBER}) ?[時时点點시](?!間|间|間)"
    rf"(?: ?({_EAST_NUMBER}) ?[分분]|半)?"
)
_ZONE = re.compile(r"\.? ?(GMT|UTC|[ECMP][SD]?T|BST|CES?T|JST|IST)\b")
_MIDDAY = 12
_PART = 24
"""Characters behind a clock time that may name the part of the day (range 15 to 40)."""


def dates(text: str, words: Words) -> Iterator[Fact]:
    """The dates and times of *text*, in order of kind; none overlaps another."""
    taken = bytearray(len(text))
    for reader in (_written_dates, _month_dates, _clocks, _spoken_clocks, _loose):
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
            yield from _day(match, said[0] or said[3], said[1], said[2] or said[4])


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
            day, last = _day_behind(text, run, at)
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
    day = int(named) if named and named.isdigit() else _small(run[place])
    return (day, place) if day is not None and 1 <= day <= 31 else (None, at)


def _day_behind(text: str, run: Sequence[Piece], at: int) -> tuple[int | None, int]:
    if at + 1 >= len(run) or text[run[at].stop : run[at + 1].start].strip(" .\u00a0"):
        return None, at
    day = _small(run[at + 1])
    if day is None or not 1 <= day <= 31:
        return None, at
    ending = at + 2 < len(run) and run[at + 2].glued and run[at + 2].key in {"st", "nd", "rd", "th"}
    return day, at + 1 + ending


def _small(piece: Piece) -> int | None:
    return (
        int(western(piece.text))
        if piece.kind == "number" and piece.text.isdigit() and len(piece.text) <= 2
        else None
    )


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


def _clocks(text: str, words: Words) -> Iterator[Fact]:
    """*4 p.m.*, *16:00*, *16 Uhr*, *kl. 16*, *午後4時*, *noon*."""
    text = western(text)
    for match in _EAST_CLOCK.finditer(text) if not words.spaced else ():
        if not (match[2].isdigit() or match[1] or match[3]):
            continue  # 一点 is a little
        hour = _east(match[2])
        hour = hour % _MIDDAY + _HALF_DAYS[match[1]] if match[1] and hour <= _MIDDAY else hour
        minute = 30 if match.group().endswith("半") else _east(match[3] or "0")
        if hour <= 24:
            yield Fact(FactKind.TIME, Clock(hour % 24, minute), Span(*match.span()))
    for match in _CLOCK.finditer(text) if any(map(str.isdigit, text)) else ():
        hour, half = int(match[1]), match[3]
        before, behind = _neighbours(text, match)
        part, stop = (None, match.end()) if half else _part_of_day(text, match.end(), words)
        hours = behind in words.hour_nouns and before in words.hour_leads
        counted = behind in words.units and behind not in words.hour_nouns
        dotted = match[2] and before in words.hour_leads and not counted  # a las 21.40
        marked = hours or dotted or before in words.clock_leads or behind in words.clock_nouns
        colon = match[2] and ("h" in match.group().casefold() or ":" in match.group())
        if not (half or marked or colon or part) or (half and not 0 < hour <= _MIDDAY):
            continue
        if half or (part and hour <= _MIDDAY):
            hour = hour % _MIDDAY + (_MIDDAY if half in ("p", "P") or part == "afternoons" else 0)
        if (hours or behind in words.clock_nouns) and not part:
            stop = text.casefold().find(behind, stop) + len(behind)
        zone = _ZONE.match(text, stop)
        value = Clock(hour % 24, int(match[2] or 0), zone[1] if zone else "")
        yield Fact(FactKind.TIME, value, Span(match.start(), zone.end() if zone else stop))


def _east(number: str) -> int:
    """A small number in digits or in East Asian numerals."""
    return int(han(number) or 0)


def _part_of_day(text: str, at: int, words: Words) -> tuple[str | None, int]:
    """The half of the day that words behind a clock time name, and where they end."""
    behind = text[at : at + _PART].casefold()
    nouns = "|".join(words.clock_nouns | words.hour_nouns) or " "
    for half, phrases in words.parts_of_day.items():
        for phrase in phrases:
            found = re.match(rf"(?:\s|\s(?:{nouns})\s|\.)*{phrase}\b", behind)
            if found:
                return half, at + found.end()
    return None, at


def _spoken_clocks(text: str, words: Words) -> Iterator[Fact]:
    """*Half past nine in the evening*, *halb zehn abends*, *nueve de la noche*."""
    run = pieces(text) if words.spaced else ()
    for at, piece in enumerate(run):
        past = at >= 1 and f"{run[at - 1].key} {piece.key}" in words.half_past
        if not past and piece.key not in words.half_before:
            said, (part, end) = words.numbers.get(piece.key, ""), _part_of_day(text, piece.stop, words)
            if part and said.isdigit() and int(said) <= _MIDDAY:
                value = Clock(int(said) % _MIDDAY + (_MIDDAY if part == "afternoons" else 0))
                yield Fact(FactKind.TIME, value, Span(piece.start, end))
            continue
        number, used = spelt(run[at + 1 : at + 2], words)
        if number is None or not 1 <= number <= _MIDDAY:
            continue
        stop = run[at + used].stop
        part, end = _part_of_day(text, stop, words)
        hour = (int(number) - (not past)) % _MIDDAY + (_MIDDAY if part == "afternoons" else 0)
        start = run[at - 1].start if past else piece.start
        yield Fact(FactKind.TIME, Clock(hour, 30), Span(start, end))


def _neighbours(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The word before a clock time, and the one behind it."""
    before = text[max(0, match.start() - 12) : match.start()].casefold().rstrip(" .")
    behind = text[match.end() : match.end() + 12].casefold().lstrip(" ")
    return re.split(r"[\s(]", before)[-1], re.split(r"[^\w']", behind)[0]


def _counts(run: Sequence[Piece], at: int, words: Words) -> bool:
    """Whether a scale or a unit follows: *a fund of 1500 thousand crowns* names no year."""
    if at >= len(run):
        return False
    following = run[at].key
    return words.numbers.get(following, "") in SCALES or following in words.units


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
