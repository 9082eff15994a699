"""Clock times, in digits and in words, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from revtrack.facts.kinds import Clock, Fact, FactKind
from revtrack.facts.numerals import spelt
from revtrack.facts.pieces import Piece, neighbours, pieces, small, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["clocks", "spoken_clocks"]

_CLOCK = re.compile(
    r"(?<![\d.,:/$€£])(2[0-4]|[01]?\d)(?!\d)"
    r"(?:(?:[:.]| ?h ?)([0-5]\d)(?![\d.,]\d|[%\d]))?(?::[0-5]\d)?"
    r"(?: ?([ap])\.? ?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\.? ?(GMT|UTC|[ECMP][SD]?T|BST|CES?T|JST|IST)\b")
_MIDDAY, _HOURS = 12, 24
_PART = 24
"""Characters behind a clock time that may name the part of the day (range 15 to 40)."""


def clocks(text: str, words: Words) -> Iterator[Fact]:
    """*4 p.m.*, *16:00*, *16 Uhr*, *kl. 16*."""
    text = western(text)
    for match in _CLOCK.finditer(text) if any(map(str.isdigit, text)) else ():
        hour, half = int(match[1]), match[3]
        before, behind = neighbours(text, match)
        added, stop = _minutes_behind(text, match.end(), words) if not match[2] else (0, match.end())
        part, stop = (None, stop) if half else _part_of_day(text, stop, words)
        hours = behind in words.hour_nouns and before in words.hour_leads
        if hours and _lasts(text, text.casefold().find(behind, match.end()) + len(behind)) and not part:
            continue
        counted = behind in words.units and behind not in words.hour_nouns
        dotted = match[2] and before in words.hour_leads and not counted  # a las 21.40
        alone = before in words.hours_alone and (not behind or behind in words.function)
        marked = hours or dotted or alone or before in words.clock_leads or behind in words.clock_nouns
        spaced = " h" in match.group() or "h " in match.group()
        if match[2] and spaced and "h" not in words.hour_nouns:
            continue  # 5 h 30 min
        colon = match[2] and ("h" in match.group().casefold() or ":" in match.group())
        if not (half or marked or colon or part) or (half and not 0 < hour <= _MIDDAY):
            continue
        if half or (part and hour <= _MIDDAY):
            hour = hour % _MIDDAY + (_MIDDAY if half in ("p", "P") or part == "afternoons" else 0)
        if (hours or behind in words.clock_nouns) and not part:
            stop = text.casefold().find(behind, match.end()) + len(behind)
            added, stop = _minutes_behind(text, stop, words)
        zone = _ZONE.match(text, stop)
        past = 60 * hour + int(match[2] or 0) + added
        value = Clock(past // 60 % _HOURS, past % 60, zone[1] if zone else "")
        yield Fact(FactKind.TIME, value, Span(match.start(), zone.end() if zone else stop))


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


def spoken_clocks(text: str, words: Words) -> Iterator[Fact]:
    """*Half past nine in the evening*, *halb 10*, *nueve y media*, *vingt heures*, *o szesnastej*.

    A number of hours in words is a time of day where something around it says so.
    """
    run = pieces(text)
    at = 0
    while at < len(run):
        hour, used = _hour(run, at, words)
        at += max(1, used)
        if not used or hour > _HOURS:
            continue
        before, start = _minutes_before(run, at - used, words)
        if run[at - used].kind == "number" and before is None:
            continue
        lead = run[at - used - 1].key if at > used else ""
        stop = run[at - 1].stop
        noun = run[at].key if at < len(run) and text[stop : run[at].start].isspace() else ""
        hours = noun in words.hour_nouns and lead in words.hour_leads and not _lasts(text, run[at].stop)
        in_order = run[at - used].key not in words.numbers
        alone = lead in words.clock_leads or lead in words.hours_alone
        marked = (in_order or alone) and not _goes_on(run, at, words)
        named = hours or noun in words.clock_nouns
        end = run[at].stop if named else stop
        minutes, end = _minutes_behind(text, end, words)
        leads = words.clock_leads | words.hour_leads
        part, behind = _part_of_day(text, end if minutes else stop, words)
        end = max(end, behind) if part else end
        if (before is None and not (named or marked or part)) and not (minutes and lead in leads):
            continue
        if part and hour <= _MIDDAY:
            hour = hour % _MIDDAY + (_MIDDAY if part == "afternoons" else 0)
        past = 60 * hour + (before or 0) + minutes
        yield Fact(FactKind.TIME, Clock(past // 60 % _HOURS, past % 60), Span(start, end))


def _hour(run: Sequence[Piece], at: int, words: Words) -> tuple[int, int]:
    """The hour that words name from a piece on, and how many they are."""
    piece = run[at]
    if piece.kind == "number":
        hour = small(piece)
        return hour or 0, int(hour is not None)
    said = words.numbers.get(piece.key, "")
    if said.isdigit() or piece.key in words.number_phrases:
        for size in (4, 1):  # *nueve y media* is no nine and a half here
            number, used = spelt(run[at : at + size], words)
            if number is not None and number.denominator == 1:
                return int(number), used
        return 0, 0
    if piece.key.endswith(words.hour_endings) and at > 0:
        led = run[at - 1].key in words.clock_leads | words.hour_leads
        hour = int(words.ordinals.get(piece.key) or 0) if led else 0
        return hour, int(hour > 0)
    return 0, 0


def _lasts(text: str, at: int) -> bool:
    """Whether hours last: *après trois heures de débat*; the part of a day is no debate."""
    return text.startswith((" de ", " d'", " d’"), at)


def _goes_on(run: Sequence[Piece], at: int, words: Words) -> bool:
    """Whether what is counted follows a number: *alle due donne*."""
    return at < len(run) and run[at].key not in words.function | words.date_words


def _minutes_before(run: Sequence[Piece], at: int, words: Words) -> tuple[int | None, int]:
    """The minutes that words before an hour add or take away, and where they begin."""
    for size in (1, 2):
        lead = " ".join([piece.key for piece in run[max(0, at - size) : at]])
        if lead in words.minutes_before:
            return words.minutes_before[lead], run[at - size].start
    return None, run[at].start


def _minutes_behind(text: str, at: int, words: Words) -> tuple[int, int]:
    """The same behind an hour: *et demie*, *y cuarto*; and where they end."""
    for phrase, minutes in words.minutes_behind.items():
        if text.startswith(f" {phrase}", at) and not text[at + len(phrase) + 1 :][:1].isalpha():
            return minutes, at + 1 + len(phrase)
    return 0, at
