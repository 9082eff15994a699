"""Web pages that a browser saved as one file (MHTML, RFC 2557): the page, when and from where."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["SavedPage", "is_mhtml", "saved_page"]

_HEAD = 4_096
_FIELDS = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


@attrs.frozen
class SavedPage:
    """The page in an MHTML file; `url` and `saved_at` are None where the file does not say."""

    body: bytes
    url: str | None = None
    saved_at: datetime | None = None
    content_type: str | None = None


def is_mhtml(body: bytes) -> bool:
    """Whether *body* begins as MHTML does: the fields of a message, one of which says what it is."""
    fields = _FIELDS.match(body[:_HEAD])
    return fields is not None and _RELATED.search(fields[0]) is not None


def saved_page(body: bytes) -> SavedPage | None:
    """The page that an MHTML file holds beside its pictures and styles; None where it holds none."""
    from email import message_from_bytes  # noqa: PLC0415 # loads sockets, for one kind of file

    try:
        message = message_from_bytes(body)
        parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError:  # messages in messages, deeper than any browser writes them
        return None
    if not parts:
        return None
    location = _field(message, "snapshot-content-location") or _field(message, "content-location")
    root = next((part for part in parts if location and _field(part, "content-location") == location),
                parts[0])  # fmt: skip
    content = root.get_payload(decode=True)
    charset = root.get_param("charset")
    kind = root.get_content_type()
    return SavedPage(
        content if isinstance(content, bytes) else b"",
        location or _field(root, "content-location"),
        _moment(_field(message, "date")),
        f"{kind}; charset={charset}" if isinstance(charset, str) else kind,
    )


_PAGES = frozenset(["text/html", "application/xhtml+xml"])


def _field(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _moment(written: str | None) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 # as above

    try:
        moment = parsedate_to_datetime(written) if written else None
        if moment is None:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
