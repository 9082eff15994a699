"""Times as pages state them for programs: ISO 8601 and what passes for it, mail's form, numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

__all__ = ["read_time"]

# The longest statement that is looked at, in characters, and the years that an article may be of:
# others stand for *not known* (year 1), are numbers of something else, or are mistakes.
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 1600, 2200
# Seconds since 1970 have ten digits from 2001 on; thousandths of them have thirteen.
_SECONDS, _MILLISECONDS = 10, 13

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Hours east of Greenwich by the names of RFC 822 and by others that mean one thing.
_ZONES = {
    name: hours
    for hours, names in (
        (0, "z ut utc gmt wet"),
        (1, "cet west"),
        (2, "eet cest"),
        (3, "msk eest"),
        (9, "jst kst"),
        (-4, "edt"),
        (-5, "est cdt"),
        (-6, "cst mdt"),
        (-7, "mst pdt"),
        (-8, "pst"),
    )
    for name in names.split()
}
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s?(?:(?P<half>[ap])\.?m\.?(?![a-z]))?"
    r"\s?(?:(?:gmt|utc)?(?P<sign>[+-])(?P<east>\d{1,2}):?(?P<past>\d{2})?|(?P<zone>[a-z]{1,5})\b)?"
)
_BEFORE_CLOCK = r"(?:(?:t|\s|,|at\b|\|){1,6}" + _CLOCK + r")?"
_FORMS = tuple(
    re.compile(form + _BEFORE_CLOCK)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
        r"(?:[a-z]{3,9},?\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{3,9})\.?,?[\s-](?P<year>\d{4})",
        r"(?:[a-z]{3,9},?\s)?(?P<name>[a-z]{3,9})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})",
    )
)
_DIGITS = re.compile(r"\d{12}(?:\d{2})?")


def read_time(text: str | None) -> datetime | None:
    """The time that *text* states, with its zone or none; None where it states none.

    A day alone is its beginning. What could be the tenth of May or the fifth of October is neither.
    """
    if not text:
        return None
    text = text.strip()[:_LONGEST]
    if len(text) not in (_SECONDS, _MILLISECONDS) or not text.isdecimal():  # else a day and an hour
        try:
            return _plausible(datetime.fromisoformat(text))
        except ValueError:
            pass
    text = " ".join(text.lower().split())
    try:
        if text.isdecimal():
            return _plausible(_of_number(text))
        for form in _FORMS:
            if (found := form.match(text)) is not None:
                return _plausible(_of_parts(found.groupdict()))
    except (ValueError, OverflowError):
        pass
    return None


def _plausible(moment: datetime | None) -> datetime | None:
    """*moment* where an article may be of it: not where it is a clock that was never set."""
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return None if moment.replace(tzinfo=None) == datetime(1970, 1, 1) else moment


def _of_number(digits: str) -> datetime | None:
    if len(digits) == _SECONDS:
        return datetime.fromtimestamp(int(digits), UTC)
    if len(digits) == _MILLISECONDS:
        return datetime.fromtimestamp(int(digits) // 1000, UTC)
    if _DIGITS.fullmatch(digits):
        return datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}")
    return None


def _of_parts(part: dict[str, str | None]) -> datetime | None:
    name = part.get("name")
    month = _month(name) if name else int(part["month"] or 0)
    hour = int(part["hour"] or 0)
    if half := part["half"]:
        hour = hour % 12 + (12 if half == "p" else 0)
    moment = datetime(
        int(part["year"] or 0),
        month,
        int(part["day"] or 0),
        hour,
        int(part["minute"] or 0),
        int(part["second"] or 0),
        int((part["part"] or "0").ljust(6, "0")[:6]),
    )
    return moment.replace(tzinfo=_zone(part)) if part["hour"] else moment


def _month(name: str) -> int:
    """The number of an English month by its name or the beginning of it, 0 where it is none."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _zone(part: dict[str, str | None]) -> timezone | None:
    if sign := part["sign"]:
        east = timedelta(hours=int(part["east"] or 0), minutes=int(part["past"] or 0))
        return timezone(east if sign == "+" else -east)
    hours = _ZONES.get(part["zone"] or "")
    return None if hours is None else timezone(timedelta(hours=hours))
