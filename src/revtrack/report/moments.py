"""When and where in words: moments in UTC, intervals in which something happened, captures."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import PurePath

from revtrack.model import Capture
from revtrack.versions import Interval

__all__ = ["day", "memento_of", "moment", "place_of", "span_of_time", "stated", "when"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


UNKNOWN = "at an unknown time"
"""What is said of an interval without bounds."""


def day(value: date) -> str:
    """A day in words: ``5 January 2024``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None, *, seconds: bool = False) -> str:
    """A moment in words and in UTC: ``5 January 2024, 12:30 UTC``; a naive time keeps no zone."""
    if value is None:
        return "time unknown"
    zone = " UTC" if value.tzinfo else ""
    value = value.astimezone(UTC) if value.tzinfo else value
    clock = f"{value.hour:02}:{value.minute:02}" + (f":{value.second:02}" if seconds else "")
    return f"{day(value)}, {clock}{zone}"


def when(interval: Interval) -> str:
    """The interval in which something happened, in words that claim no more than the captures do."""
    after, until = interval.after, interval.until
    if after is not None and until is not None and after > until:
        return UNKNOWN
    if after is None and until is None:
        return UNKNOWN
    if after is None:
        return f"by {moment(until)}, the first capture"
    if until is None:
        return f"after {moment(after)}"
    seconds = moment(after) == moment(until)
    return f"between {moment(after, seconds=seconds)} and {moment(until, seconds=seconds)}"


def place_of(capture: Capture) -> str:
    """Where a capture came from: a file by its name alone, anything else by its address."""
    if capture.source == "file" and capture.location:
        return PurePath(capture.location).name
    return capture.location or capture.url or ""


_RAW = re.compile(r"(/\d{14})id_/")  # the page as it was served; readers want it with its pictures
_ARCHIVES = frozenset({"memento", "wayback", "cdx"})


def memento_of(capture: Capture) -> str | None:
    """The address under which an archive keeps *capture*; None where its source has none."""
    place = capture.location or ""
    if capture.source not in _ARCHIVES or not place.startswith(("https://", "http://")):
        return None
    if any(mark.isspace() or not mark.isprintable() for mark in place):
        return None
    return _RAW.sub(r"\1/", place)


def stated(value: str, *, seconds: bool = True) -> str:
    """A time as a page states it (ISO 8601), in words and in the page's own zone; else unchanged."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) <= len("2024-01-05"):
        return day(at)
    offset = at.strftime("%z")
    zone = f" (UTC{offset[:3]}:{offset[3:5]})" if offset else ""
    return f"{day(at)}, {at.hour:02}:{at.minute:02}{f':{at.second:02}' if seconds else ''}{zone}"


def span_of_time(first: datetime | None, last: datetime | None) -> str:
    """From the first to the last sighting, in words; one moment is said once."""
    if first is None and last is None:
        return "not dated"
    if first == last or first is None or last is None:
        return moment(first or last)
    return f"{moment(first)} to {moment(last)}"
