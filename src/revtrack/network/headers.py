"""The headers of answers as text, and when a server wants to be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from revtrack.http import http_date, value_of

__all__ = ["Headers", "decoded", "http_date", "retry_after", "value_of"]

Headers = tuple[tuple[str, str], ...]


def decoded(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names and values as text. Values are UTF-8 where they can be, else bytes of Latin-1."""
    return tuple([(name.decode("ascii", "replace"), _text(value)) for name, value in raw])


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def retry_after(headers: Headers, *, now: datetime) -> float | None:
    """The seconds after which a server wants to be asked again, None where it does not say."""
    value = (value_of(headers, "retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())
