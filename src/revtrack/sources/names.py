"""The name of a file: the time of the capture in it, and its content type."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

from revtrack.errors import CaptureDateError

__all__ = ["EXPECTED_FORMS", "captured_at", "content_type_of"]

EXPECTED_FORMS = (
    "20240105T123000Z, 20240105123000, 20240105T143000+0200, 2024-01-05T12-30-00Z, 2024-01-05 "
    "or 20240105"
)
"""The forms of a time in a file name, for messages."""

_DATE = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:(?P<parted>[-._])(?P<month>\d\d)(?P=parted)(?P<day>\d\d)|(?P<month2>\d\d)(?P<day2>\d\d))"
)
_HALVES = "上午|下午|午前|午後|오전|오후"
# Between a date and its time of day there is nothing, a sign, or a word that programs write.
_JOIN = (
    r"(?:[Tt]|[-_ ,]{0,2}(?:(?:at|um|à|om|kl\.?|alle|klo)[ _])?"
    rf"(?:(?P<half>{_HALVES})[ _]?)?)(?!(?:19|20)\d\d[-._]?\d\d[-._]?\d\d(?!\d))"
)
_CLOCK = (
    r"(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
    r"|(?P<hour2>\d\d?)[-:._h](?P<minute2>\d\d)(?:[-:._](?P<second2>\d\d))?"
    # an hour alone, where AM or PM follows it and not the German word *am*
    r"|(?P<hour3>\d\d?)(?=[ _.-]?(?:[Pp]\.?[ _]?[Mm]|[Aa]\.?[ _]?[Mm](?![ _-][^\W\d_]))(?![^\W\d_])))"
    r"(?!\d)(?:[.,]\d{1,9}(?!\d))?"
)
_TIME_OF_DAY = re.compile(_DATE + _JOIN + _CLOCK)
# Four digits after a day are its hour and minute where they can be, otherwise a number of the file.
_COUNTER = re.compile(r"\d[-_ ,]\d{4}\Z")
_DAY = re.compile(rf"{_DATE}(?!\d)")
_HALF = re.compile(
    rf"[ _.-]?(?:(?P<half>{_HALVES}|[صم](?!\w))|(?P<letter>[APap])\.?[ _]?[Mm](?![^\W\d_])\.?)"
)
_AFTERNOON = frozenset(["p", "下午", "午後", "오후", "م"])
_ZONE = re.compile(
    r"[ _]?(?:(?P<utc>[Zz](?![^\W\d_])|(?:UTC|GMT)(?![^\W\d_]|[+\-\u2212]\d))"
    r"|(?:UTC|GMT)?(?P<offset>[+\-\u2212](?:0\d|1[0-4])[-:._]?(?:00|15|30|45)(?!\d)|\+(?:0\d|1[0-4])(?!:?\d))"
    r"|(?P<unclear>(?:UTC|GMT)[+\-\u2212]\d|[\-\u2212](?:0\d|1[0-4])(?!\d)|\+\d|(?:[ECMP][SD]T|CES?T|EES?T|WES?T|BST|IST|MSK"
    r"|JST|KST|HKT|SGT|A[CEW][SD]T|NZ[SD]T)(?![^\W\d_])))"
)

_CONTENT_TYPES = {
    **dict.fromkeys((".html", ".htm"), "text/html"),
    ".xhtml": "application/xhtml+xml",
    **dict.fromkeys((".md", ".markdown", ".mdx", ".mkd", ".mdown"), "text/markdown"),
    **dict.fromkeys((".txt", ".text", ".textile", ".wiki", ".mediawiki", ".creole"), "text/plain"),
    **dict.fromkeys((".tex", ".rdoc", ".pod"), "text/plain"),
    **dict.fromkeys((".rst", ".rest"), "text/x-rst"),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), "text/asciidoc"),
    ".org": "text/org",
}


def content_type_of(name: str) -> str | None:
    """The content type of a file by its ending (before ``.gz``); None where it is not known."""
    path = PurePath(name)
    return _CONTENT_TYPES.get(
        PurePath(path.stem if path.suffix.lower() == ".gz" else path).suffix.lower()
    )


def captured_at(name: str) -> datetime:
    """The time in a file *name*, in UTC; midnight where it has a date alone.

    The time may be anywhere in the name (`story-2024-01-05`, `20240105123000-story`), with an offset or
    AM and PM; in a name with a time and a date the time counts. Raises `CaptureDateError` for a name
    without a time, with an impossible one (`20241399`), with two, or with an ambiguous offset.
    """
    for form in (_TIME_OF_DAY, _DAY):
        moments, failure = set(), None
        for found in form.finditer(name):
            try:
                moments.add(_moment(found, name))
            except (ValueError, OverflowError) as error:
                if _COUNTER.search(found[0]):
                    continue
                failure = _unreadable(f"{found[0]!r} in the file name {name!r} is not a valid date "
                                      f"({error})", name)  # fmt: skip
        if len(moments) == 1:
            return moments.pop()
        if moments:
            raise _unreadable(f"the file name {name!r} has two times", name)
        if failure is not None:
            raise failure
    raise CaptureDateError(
        f"no date in the file name {name!r}: expected a time such as {EXPECTED_FORMS} "
        "in the name, or a sidecar file that says captured_at, or let file times count",
        location=name,
    )


def _moment(found: re.Match[str], name: str) -> datetime:
    """The moment at one match in a name. Raises `ValueError` for an impossible one."""
    part = {key.rstrip("23"): int(value) for key, value in found.groupdict().items()
            if value and value.isdecimal()}  # fmt: skip
    day = datetime(part["year"], part["month"], part["day"], tzinfo=UTC)
    if "hour" not in part:
        return day
    half = _HALF.match(name, found.end())
    marker = found["half"] or (half and (half["half"] or half["letter"].lower()))
    hour = part["hour"]
    if marker and hour <= 12 and not (half and _is_german_am(half, name)):
        hour = hour % 12 + 12 * (marker in _AFTERNOON)
    moment = day.replace(hour=hour, minute=part.get("minute", 0), second=part.get("second", 0))
    zone = _ZONE.match(name, half.end() if half else found.end())
    if zone is None or zone["utc"]:
        return moment
    if zone["unclear"]:
        raise _unreadable(
            f"the time in the file name {name!r} has an ambiguous offset, "
            f"{zone['unclear']!r}", name,
        )  # fmt: skip
    digits = re.sub(r"\D", "", zone["offset"]).ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return moment - offset if zone["offset"][0] == "+" else moment + offset


def _is_german_am(half: re.Match[str], name: str) -> bool:
    """Whether *half* is the German word *am*, which words follow: at noon the two would differ."""
    return half[0].strip(" _.-") == "am" and re.match(r"[ _-][^\W\d_]", name[half.end() :]) is not None


def _unreadable(marker: str, name: str) -> CaptureDateError:
    return CaptureDateError(f"{marker}: expected one time such as {EXPECTED_FORMS}", location=name)
