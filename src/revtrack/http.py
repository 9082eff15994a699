"""What HTTP says, by whoever speaks or keeps it: statuses that lead elsewhere, headers, and dates."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["NOT_MODIFIED", "REDIRECTS", "http_date", "in_utc", "iso_date", "value_of"]

REDIRECTS = frozenset([301, 302, 303, 307, 308])
"""The statuses that lead elsewhere."""

NOT_MODIFIED = 304
"""The status of a page that is what it was: an observation without a body."""


def value_of(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """The value of the first header called *name*, in any case; None where there is none."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def in_utc(moment: datetime) -> datetime:
    """*moment* in UTC; one without a zone is taken for UTC.

    Raises `OverflowError` where it lies outside the calendar there: the last day of 9999, an hour west.
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def http_date(value: str | None) -> datetime | None:
    """The moment that an HTTP or mail date names, in UTC; None for anything else."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 # loads sockets, for few programs

    try:
        return None if value is None else in_utc(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def iso_date(value: object) -> datetime | None:
    """The moment that an ISO 8601 time or day names, in UTC; None for anything else."""
    try:
        return in_utc(datetime.fromisoformat(value.strip())) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
