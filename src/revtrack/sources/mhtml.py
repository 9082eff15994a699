"""Web pages that a browser saved as one file (MHTML, RFC 2557): the page, when and from where.

A saved page of a web archive is a capture of the page it shows, at the time of the archive's capture;
when it was saved is not a time of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from revtrack.http import http_date
from revtrack.urls.replay import Replay, stated_replay

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["SavedPage", "is_mhtml", "replay_of", "saved_page"]

_HEAD = 4_096
_FIELDS = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_RELATED = re.compile(
    rb"^content-type:\s*multipart/(?:related|mixed|alternative)", re.IGNORECASE | re.MULTILINE
)
# Without pictures the page is the message itself; its other fields distinguish it from other text.
_SINGLE = re.compile(
    rb"^content-type:\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE | re.MULTILINE
)
_OF_MAIL = re.compile(
    rb"^(?:mime-version|content-transfer-encoding|content-location|x-mimeole):",
    re.IGNORECASE | re.MULTILINE,
)
_CID = re.compile(rb"cid:([\w.@+%-]{1,200})")
# What browsers and archives write into a page about where and when they saved or captured it.
_SAVED_FROM = re.compile(rb"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000}?)\s{0,9}-->")
_CANONICAL = re.compile(
    rb"<link\b[^>]{0,500}?\bhref=[\"']?([^\s\"'>]{1,2000})[^>]{0,500}>", re.IGNORECASE
)
_PAGE_HEAD = 65_536
_DEPTH = 5
"""Nested parts that are read (range 3 to 20): browsers write one level, mail three."""


@attrs.frozen
class SavedPage:
    """The page in a file; `url` and `saved_at` are None where the file does not state them.

    `replay` is the capture in a web archive that it shows, if any; `is_whole` is False for a file that
    is cut off.
    """

    body: bytes
    url: str | None = None
    saved_at: datetime | None = None
    content_type: str | None = None
    replay: Replay | None = None
    is_whole: bool = True


def is_mhtml(body: bytes) -> bool:
    """Whether *body* begins like MHTML: with the fields of a message, one of which states its type."""
    fields = _FIELDS.match(body[:_HEAD])
    if fields is None:
        return False
    is_page = _SINGLE.search(fields[0]) is not None and _OF_MAIL.search(fields[0]) is not None
    return is_page or _RELATED.search(fields[0]) is not None


def saved_page(body: bytes) -> SavedPage | None:
    """The page in an MHTML file, without its pictures and styles; None where there is none."""
    message, inside = _parts(body)
    parts = [part for part in inside if part.get_content_type() in _PAGES]
    if not parts:
        return None
    location = _field(message, "snapshot-content-location") or _field(message, "content-location")
    root = next((part for part in parts if location and _field(part, "content-location") == location),
                parts[0])  # fmt: skip
    content = root.get_payload(decode=True)
    content = _with_addresses(content if isinstance(content, bytes) else b"", inside)
    charset = root.get_param("charset")
    kind = root.get_content_type()
    url = location or _field(root, "content-location")
    boundary = message.get_boundary()
    return SavedPage(
        content,
        url,
        http_date(_field(message, "date")),
        f"{kind}; charset={charset}" if isinstance(charset, str) else kind,
        stated_replay(url) or replay_of(content),
        boundary is None or f"--{boundary}--".encode("utf-8", "replace") in body,
    )


def _parts(body: bytes, depth: int = 0) -> tuple[Message, list[Message]]:
    """The head of a message, and its innermost parts, split at its own boundary.

    A parser of mail compares each line with the boundaries of all open parts, and so takes
    lines times depth; here each level is split once, down to `_DEPTH`.
    """
    from email.parser import BytesParser  # noqa: PLC0415 # loads sockets, for one kind of file

    message = BytesParser().parsebytes(body, headersonly=True)
    boundary = message.get_boundary()
    if not message.is_multipart() and message.get_content_maintype() != "multipart":
        return message, [message]
    if boundary is None or depth == _DEPTH:
        return message, []
    line = re.compile(
        rb"^--%b(?:--)?[ \t]*\r?(?:\n|\Z)" % re.escape(boundary.encode("utf-8", "replace")),
        re.MULTILINE,
    )
    pieces = line.split(body)[1:]
    return message, [
        part
        for piece in pieces
        for part in _parts(piece.removesuffix(b"\n").removesuffix(b"\r"), depth + 1)[1]
    ]


def _with_addresses(page: bytes, parts: Iterable[Message]) -> bytes:
    """The page, with the names that its parts have in the file replaced by their addresses."""
    if b"cid:" not in page:
        return page
    addresses = {
        (_field(part, "content-id") or "").strip("<>").encode(): _field(part, "content-location")
        for part in parts
    }

    def address(found: re.Match[bytes]) -> bytes:
        known = addresses.get(found[1])
        return known.encode("utf-8", "replace") if known and known.startswith("http") else found[0]

    return _CID.sub(address, page)


def replay_of(page: bytes) -> Replay | None:
    """The capture in a web archive that a saved *page* shows; None where it states none."""
    head = page[:_PAGE_HEAD]
    saved = _SAVED_FROM.search(head)
    stated = [saved[1]] if saved else []
    stated += [one[1] for one in _CANONICAL.finditer(head) if b"canonical" in one[0].lower()]
    for written in stated:
        replay = stated_replay(written.decode("utf-8", "replace"))
        if replay is not None:
            return replay
    return None


_PAGES = frozenset(["text/html", "application/xhtml+xml"])


def _field(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
