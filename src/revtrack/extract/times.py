"""Times as pages state them: ISO 8601 and what passes for it, mail's form, numbers; dates in words.

What is written for readers is found inside a line, in the months of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import attrs

from revtrack.extract.labels import tables
from revtrack.notices.lexicon import choose, lexicon
from revtrack.notices.phrases import fold

__all__ = ["Dated", "dates_in", "read_time"]

# The longest statement that is looked at, in characters, and the years that an article may be of:
# others stand for *not known* (year 1), are numbers of something else, or are mistakes.
_LONGEST = 100
_LINE = 300
# Without a year, or a day and its month in numbers, there is no date: nearly all lines.
_MAY_DATE = re.compile(r"\d(?:\d{3}|\d?[./-]\s?\d)")
_FIRST_YEAR, _LAST_YEAR = 1600, 2200
# Seconds since 1970 have ten digits from 2001 on; thousandths of them have thirteen.
_SECONDS, _MILLISECONDS = 10, 13
# Years of two digits that readers see are of this century.
_CENTURY = 2000
# Where English puts the month before the day between strokes, and where the day before the month.
_MONTH_FIRST = frozenset(["en-us", "en-ca", "en-ph"])
_ENGLISH = "en"

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
    r"(?P<late>午後|下午|오후)?\s?"
    r"(?P<hour>\d{1,2})(?:[:時时시]|\s?h)\s?(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s?(?:(?P<half>[ap])\.?m\.?(?![a-z]))?"
    r"\s?(?:(?:gmt|utc)?(?P<sign>[+-])(?P<east>\d{1,2}):?(?P<past>\d{2})?|(?P<zone>"
    + "|".join(_ZONES)
    + r")\b)?"
)
# Between a day and its clock: signs, and one short word such as *at*, *um*, *kl.*, *à*.
_BEFORE_CLOCK = (
    r"(?:(?:t|[^\w\n]{0,6}(?:(?!午後|下午|오후)[^\W\d]{1,6}\.?[^\w\n]{1,3})?(?=[\d午下오]))"
    + _CLOCK
    + r")?"
)
_YEAR_FIRST = (
    r"(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
)
_NUMBERS = (
    r"(?P<day>\d{1,2})(?P<stroke>[./-])\s?(?P<month>\d{1,2})(?P=stroke)\s?"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
_ORDINAL = r"(?:st|nd|rd|th|er|[.º°ª])?"
_YEAR_BEHIND = r"[.,]{0,2}[\s-]{0,2}(?:(?:de|del|of)\s)?(?P<year>\d{4})(?!\d)"
_DIGITS = re.compile(r"\d{12}(?:\d{2})?")
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s)?"


@attrs.frozen
class Dated:
    """A date inside a line: where it stands, and the time that it states."""

    start: int
    stop: int
    moment: datetime


def read_time(text: str | None, *, language: str | None = None) -> datetime | None:
    """The time that *text* states, with its zone or none; None where it states none.

    A day alone is its beginning. What could be the tenth of May or the fifth of October is neither,
    where *language* (a tag) does not say which it is.
    """
    if not text:
        return None
    text = text.strip()[:_LONGEST]
    if len(text) not in (_SECONDS, _MILLISECONDS) or not text.isdecimal():  # else a day and an hour
        try:
            return _plausible(datetime.fromisoformat(text))
        except ValueError:
            pass
    text = fold(" ".join(text.split()))
    if text.isdecimal():
        try:
            return _plausible(_of_number(text))
        except (ValueError, OverflowError):
            return None
    for form in _forms(_spoken(language), _WEEKDAY):
        if (found := form.match(text)) is not None:
            return _moment(found, language)
    return None


def dates_in(line: str, *, language: str | None = None) -> Iterator[Dated]:
    """The dates that readers see in a *line*, in its order; *language* is the page's tag."""
    folded = fold(line[:_LINE])
    if _MAY_DATE.search(folded) is None:
        return
    found: dict[int, Dated] = {}
    for form in _forms(_spoken(language), r"(?<![\w.,/-])"):
        for match in form.finditer(folded):
            moment = _moment(match, language)
            if moment is not None and not any(
                one.start < match.end() and match.start() < one.stop for one in found.values()
            ):
                found[match.start()] = Dated(match.start(), match.end(), moment)
    for start in sorted(found):
        yield found[start]


def _spoken(language: str | None) -> str:
    """The language whose months are read beside those of English."""
    own = (language or "")[:2].lower()
    others = tables("labels")["months"]  # of languages whose notices are not read
    return (choose(language, "") if language else None) or (own if own in others else _ENGLISH)


@cache
def _months(language: str) -> dict[str, int]:
    others = tables("labels")["months"].get(language, "").split()
    own = {name: number for number, names in enumerate(others, 1) for name in names.split("/")}
    return {**lexicon(_ENGLISH).months, "sept": 9, **(own or lexicon(language).months)}


@cache
def _forms(language: str, before: str) -> tuple[re.Pattern[str], ...]:
    """The forms of a date in *language*, the surest first; *before* is what may precede one."""
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    name = rf"(?P<name>{names})(?![^\W\d_])"
    written = (
        rf"(?P<day>\d{{1,2}}){_ORDINAL}[\s-]{{0,2}}(?:(?:de|of)\s)?{name}{_YEAR_BEHIND}",
        rf"{name}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s(?:de\s)?(?P<year>\d{{4}})(?!\d)",
        rf"(?P<year>\d{{4}})\.?\s{name}\.?\s(?P<day>\d{{1,2}})(?!\d)",
    )
    forms = (*_YEAR_FIRST, *written, _NUMBERS)
    return tuple([re.compile(before + form + _BEFORE_CLOCK) for form in forms])


def _moment(found: re.Match[str], language: str | None) -> datetime | None:
    part = found.groupdict()
    try:
        return _plausible(_of_parts(part, language))
    except (ValueError, OverflowError):
        return None


def _plausible(moment: datetime | None) -> datetime | None:
    """*moment* where an article may be of it: not where it is a clock that was never set."""
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return None if moment.replace(tzinfo=None) == datetime(1970, 1, 1) else moment


def _of_number(digits: str) -> datetime | None:
    if len(digits) in (_SECONDS, _MILLISECONDS):
        return datetime.fromtimestamp(int(digits[:_SECONDS]), UTC)
    if _DIGITS.fullmatch(digits):
        return datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}")
    return None


def _of_parts(part: dict[str, str | None], language: str | None) -> datetime | None:
    day, year = int(part["day"] or 0), int(part["year"] or 0)
    name = part.get("name")
    month = _months(_spoken(language))[name] if name else int(part["month"] or 0)
    if stroke := part.get("stroke"):
        ordered = _ordered(day, month, stroke, (language or "").lower().replace("_", "-"))
        if ordered is None:
            return None
        day, month = ordered
        year += _CENTURY if year < 100 else 0
    hour = int(part["hour"] or 0)
    if half := part["half"] or (part["late"] and "p"):
        hour = hour % 12 + (12 if half == "p" else 0)
    moment = datetime(
        year,
        month,
        day,
        hour,
        int(part["minute"] or 0),
        int(part["second"] or 0),
        int((part["part"] or "0").ljust(6, "0")[:6]),
    )
    return moment.replace(tzinfo=_zone(part)) if part["hour"] else moment


def _ordered(first: int, second: int, stroke: str, language: str) -> tuple[int, int] | None:
    """Day and month of two numbers, as their values or else the language say; None in doubt."""
    if stroke != "/" or first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    if not language.startswith(_ENGLISH):
        return (first, second) if language else None
    if language in _MONTH_FIRST:
        return second, first
    return (first, second) if "-" in language else None


def _zone(part: dict[str, str | None]) -> timezone | None:
    if sign := part["sign"]:
        east = timedelta(hours=int(part["east"] or 0), minutes=int(part["past"] or 0))
        return timezone(east if sign == "+" else -east)
    hours = _ZONES.get(part["zone"] or "")
    return None if hours is None else timezone(timedelta(hours=hours))
