"""What the name of a file says: when the capture in it was made, and of what kind it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePath

from revtrack.errors import CaptureDateError

__all__ = ["EXPECTED_FORMS", "captured_at", "content_type_of"]

EXPECTED_FORMS = "20240105T123000Z, 20240105123000, 2024-01-05T12-30-00Z, 2024-01-05 or 20240105"
"""The forms of a time in a file name, for messages."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATE = _YEAR + r"(?P<month>\d\d)(?P<day>\d\d)"
_DASHED = _YEAR + r"-(?P<month>\d\d)-(?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
_SPACED = r"(?P<hour>\d\d)[-:._]?(?P<minute>\d\d)(?:[-:._]?(?P<second>\d\d))?"

_FORMS = (
    re.compile(rf"(?<!\d){_DASHED}[Tt_ ]{_SPACED}(?!\d)"),
    re.compile(rf"(?<!\d){_DATE}[Tt_-]?{_CLOCK}(?!\d)"),
    re.compile(rf"(?<!\d){_DASHED}(?!\d)"),
    re.compile(rf"(?<!\d){_DATE}(?!\d)"),
)
"""The forms, the fullest first: a name that holds a time and a date is dated by the time."""

_CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".mdx": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
}


def content_type_of(name: str) -> str | None:
    """What a file of this *name* holds by its ending (before ``.gz``); None where it does not say."""
    path = PurePath(name)
    return _CONTENT_TYPES.get(
        PurePath(path.stem if path.suffix.lower() == ".gz" else path).suffix.lower()
    )


def captured_at(name: str) -> datetime:
    """The time that a file *name* bears, in UTC; midnight where it bears a date alone.

    The time may stand anywhere in the name (`story-2024-01-05`, `20240105123000-story`). Raises
    `CaptureDateError` for a name without a time, with an impossible one (`20241399`), or with one
    that bears an offset other than `Z`, rather than guess.
    """
    for form in _FORMS:
        found = form.search(name)
        if found is None:
            continue
        if name[found.end() : found.end() + 1] == "+":
            raise CaptureDateError(
                f"the time in the file name {name!r} bears an offset: times in names are UTC, "
                f"written as {EXPECTED_FORMS}",
                location=name,
            )
        numbers = {part: int(digits) for part, digits in found.groupdict().items() if digits}
        try:
            return datetime(**numbers, tzinfo=UTC)
        except ValueError as error:
            raise CaptureDateError(
                f"{found.group()!r} in the file name {name!r} is no real date ({error}): "
                f"expected a time such as {EXPECTED_FORMS}",
                location=name,
            ) from error
    raise CaptureDateError(
        f"no date in the file name {name!r}: expected a time such as {EXPECTED_FORMS} "
        "in the name, or a sidecar file that says captured_at, or let file times count",
        location=name,
    )
