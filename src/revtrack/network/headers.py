"""The headers of answers: looked up without regard to case, and the few whose values are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["decoded", "http_date", "in_utc", "retry_after", "value_of"]

Headers = tuple[tuple[str, str], ...]


def decoded(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names and values as text. Values are UTF-8 where they can be, else bytes of Latin-1."""
    return tuple([(name.decode("ascii", "replace"), _text(value)) for name, value in raw])


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def value_of(headers: Headers, name: str) -> str | None:
    """The value of the first header called *name*, None where there is none."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def http_date(value: str | None) -> datetime | None:
    """The moment that an HTTP date names, in UTC; None for anything else."""
    if value is None:
        return None
    try:
        return in_utc(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_utc(moment: datetime) -> datetime:
    """*moment* in UTC; one without a zone is taken for UTC.

    Raises `OverflowError` where it lies outside the calendar there: the last day of 9999, an hour west.
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def retry_after(headers: Headers, *, now: datetime) -> float | None:
    """The seconds after which a server wants to be asked again, None where it does not say."""
    value = (value_of(headers, "retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())
