"""Dates and clock times in notices: what they say, and where a run of them ends."""

from __future__ import annotations

import re
from datetime import date, datetime

from revtrack.notices.lexicon import Lexicon

__all__ = ["date_run", "has_date", "has_words", "read_date"]

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|\s+|_")
_DIGITS = re.compile(r"\d+")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?::\d{2})?(?!\d)\s{0,2}([ap])?\.?m?(?![^\W\d_])")
_CLOCK_SIGN = re.compile(
    r"\d{1,2}:\d{2}|\d\s?[ap]\.?m(?![^\W\d_])|\d{1,2}時|\d{1,2}시|kl\.?\s?\d|\dh\d"
)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?!\d)")
_DENSE_DAY = re.compile(r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]")
# A day or year stands so many characters before or after its month: *3. of*, * de 2021*.
_DAY_BEFORE, _DAY_AFTER = 6, 9
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")

# Punctuation inside a date or time ("Mar. 4, 2011, 1:05 p.m. / 13:05"), and brackets round it.
_LIGHT = frozenset(",./-+@()|·'–[]［］（）年月日時分년월일시분")
# Longest run that is read as a date (characters): a bound on the work, far above any real one.
_LONGEST = 90
# Two-digit years below this belong to this century.
_CENTURY_TURN = 70


def date_run(folded: str, start: int, words: Lexicon) -> tuple[int, bool]:
    """Where the run of date and time words that begins at *start* ends, and whether it is a date.

    A colon ends the run unless it stands between digits.
    """
    position, dated = start, False
    while position < min(len(folded), start + _LONGEST):
        token = _TOKEN.match(folded, position)
        if token is None or not _is_date_token(token.group(), folded, position, words):
            break
        position = token.end()
    run = folded[start:position]
    dated = bool(_CLOCK_SIGN.search(run) or _ISO.search(run) or _NUMERIC.search(run)) or (
        bool(_DIGITS.search(run)) and any(word in words.months for word in _WORD.findall(run))
    )
    return position, dated


def _is_date_token(part: str, folded: str, position: int, words: Lexicon) -> bool:
    if part.isdigit() or part.isspace() or part in _LIGHT:
        return True
    if part == ":":
        around = folded[max(0, position - 1) : position] + folded[position + 1 : position + 2]
        return len(around) == 2 and around.isdigit()
    return part in words.months or part in words.filler


def has_date(folded: str, words: Lexicon) -> bool:
    """Whether a folded text gives a day in figures, a time, or a month with its day or year."""
    if any(form.search(folded) for form in (_ISO, _NUMERIC, _DENSE_DAY, _CLOCK_SIGN)):
        return True
    return any(
        word.group() in words.months
        and _DIGITS.search(folded[max(0, word.start() - _DAY_BEFORE) : word.end() + _DAY_AFTER])
        for word in _WORD.finditer(folded)
    )


def has_words(folded: str, words: Lexicon) -> bool:
    """Whether anything remains of a folded text once dates, times and their filler are taken out."""
    return any(
        word not in words.months and word not in words.filler and word not in words.labels
        for word in _WORD.findall(folded)
    )


def read_date(folded: str, words: Lexicon) -> date | datetime | None:
    """The date (with its clock time, if any) that a folded text gives in full; None without a year."""
    day = _read_day(folded, words)
    if day is None:
        return None
    clock = _CLOCK.search(folded)
    if clock is None:
        return day
    hour, minute = int(clock.group(1)), int(clock.group(2))
    if clock.group(3) and hour <= 12:
        hour = hour % 12 + (12 if clock.group(3) == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    return datetime(day.year, day.month, day.day, hour, minute)


def _read_day(folded: str, words: Lexicon) -> date | None:
    iso = _ISO.search(folded)
    if iso:
        return _day(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    numeric = _NUMERIC.search(folded)
    if numeric:
        first, second, year = (int(part) for part in numeric.groups())
        if year < 100:
            year += 2000 if year < _CENTURY_TURN else 1900
        if words.language == "en" and "/" in numeric.group():  # month first, unless it cannot be
            first, second = second, first
        return _day(year, second, first) or _day(year, first, second)
    for word in _WORD.finditer(folded):
        month = words.months.get(word.group())
        if month:
            return _day_near(folded, word.start(), word.end(), month)
    return None


def _day_near(folded: str, start: int, stop: int, month: int) -> date | None:
    """The day beside a month's name: before it (``3 May``) or after it (``May 3``), and the year."""
    year = _YEAR.search(folded, stop, stop + 16)
    before = _DAY.findall(folded[max(0, start - 8) : start])
    after = _DAY.search(folded, stop, stop + 6)
    day = int(before[-1]) if before else int(after.group(1)) if after else None
    if year is None or day is None:
        return None
    return _day(int(year.group(1)), month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
