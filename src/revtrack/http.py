"""HTTP for all modules: redirect statuses, headers, and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

__all__ = [
    "NOT_MODIFIED",
    "OK",
    "REDIRECTS",
    "Headers",
    "decoded",
    "http_date",
    "in_utc",
    "iso_date",
    "retry_after",
    "text_of",
    "value_of",
]

Headers = tuple[tuple[str, str], ...]

REDIRECTS = frozenset([301, 302, 303, 307, 308])
"""The redirect statuses."""

OK = 200
"""The status of a page that was served."""

NOT_MODIFIED = 304
"""The status of an unchanged page: an observation without a body."""


def value_of(headers: Headers, name: str) -> str | None:
    """The value of the first header called *name*, in any case; None where there is none."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def in_utc(moment: datetime) -> datetime:
    """*moment* in UTC; one without a zone is treated as UTC.

    Raises `OverflowError` where it is outside the calendar there: the last day of 9999, an hour west.
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def http_date(value: str | None) -> datetime | None:
    """The moment of an HTTP or mail date, in UTC; None for anything else."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 # loads sockets, for few programs

    try:
        return None if value is None else in_utc(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def iso_date(value: object) -> datetime | None:
    """The moment of an ISO 8601 time or day, in UTC; None for anything else."""
    try:
        return in_utc(datetime.fromisoformat(value.strip())) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def decoded(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names and values as text. Values are UTF-8 where they can be, else bytes of Latin-1."""
    return tuple([(name.decode("ascii", "replace"), text_of(value)) for name, value in raw])


def text_of(value: bytes) -> str:
    """A line of a head as text: UTF-8 where it can be, else bytes of Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def retry_after(headers: Headers, *, now: datetime) -> float | None:
    """The seconds until the server allows another request, None where it does not state them."""
    value = (value_of(headers, "retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())
