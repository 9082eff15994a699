"""WARC: captures as web archives store them (ISO 28500), for pywb and every other tool that reads it.

The file is the same on every machine: the identifiers of its records are derived from their content,
and it has no time of writing. Bodies are written unpacked, and once: a capture with the body of an
earlier one is a revisit.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import quote

import attrs

from revtrack.errors import ExchangeError
from revtrack.http import NOT_MODIFIED
from revtrack.model import Screened, Snapshot

__all__ = ["write_records"]

_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
_GZIP = 16 + zlib.MAX_WBITS
_ANSWER = "application/http; msgtype=response"
_OF_THE_WAY = frozenset(
    ["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "trailer"]
)
"""Headers that describe how a body was sent, not how it is written."""


_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A field's name in HTTP (RFC 9110, 5.6.2); an invalid name could end the head."""
_CONTROLS = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]")


@attrs.frozen
class _Written:
    """A body in the file, and the capture it was written with."""

    digest: str
    url: str
    date: str


def write_records(observed: Iterable[Snapshot | Screened], *, packed: bool = True) -> Iterator[bytes]:
    """The records, one after another, each gzipped by itself where *packed*, as readers expect.

    Failures (`Screened`) have no form in a web archive and are left out. Raises
    `ExchangeError` for a capture without an address or a time.
    """
    seen: dict[str, _Written] = {}
    has_info = False
    made = f"software: revtrack/{version('revtrack')}\r\nformat: WARC File Format 1.1\r\n".encode()
    for one in observed:
        if isinstance(one, Screened):
            continue
        url, moment = one.url, one.captured_at
        if not url or moment is None:
            needed, of = "time" if moment is None else "address", f" of {url}" if url else ""
            message = f"a web archive needs the {needed} of each capture, and one{of} has none"
            raise ExchangeError(message, location=str(one.capture.location))
        date = moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
        about = b"" if has_info else _record("warcinfo", "", date, made, "application/warc-fields")
        for record in _records(one, _on_a_line(url), date, seen):
            parts = [part for part in (about, record) if part]
            yield b"".join([zlib.compress(part, 9, _GZIP) if packed else part for part in parts])
            about = b""
        has_info = True


def _records(one: Snapshot, url: str, date: str, seen: dict[str, _Written]) -> Iterator[bytes]:
    """The redirects before a snapshot's page, then the page, or a reference to an equal one."""
    for step in one.redirects:
        target = quote(step.target, safe="%/:?#[]@!$&'()*+,;=~", errors="backslashreplace")
        head = _head(step.status, [("Location", target)])
        yield _record("response", _on_a_line(step.url), date, head, _ANSWER, payload=b"")
        url = _on_a_line(step.target)
    fields = [field for field in one.headers if field[0].lower() not in _OF_THE_WAY]
    if one.content_type and not any(name.lower() == "content-type" for name, _ in fields):
        fields.append(("Content-Type", one.content_type))
    known = seen.get(one.digest)
    if known is not None:
        head = b"" if one.status is None else _head(one.status, fields)
        way = "server-not-modified" if one.status == NOT_MODIFIED else "identical-payload-digest"
        more = [
            ("WARC-Profile", _REVISIT + way),
            ("WARC-Refers-To-Target-URI", known.url),
            ("WARC-Refers-To-Date", known.date),
            ("WARC-Payload-Digest", known.digest),
        ]
        yield _record("revisit", url, date, head, _ANSWER, more=more)
        return
    seen[one.digest] = _Written(_sha1(one.body), url, date)
    if one.status is None:
        media = _CONTROLS.sub(" ", one.content_type or "application/octet-stream")
        yield _record("resource", url, date, one.body, media, payload=one.body)
        return
    # an unchanged page whose body was not written earlier is written now
    status = 200 if one.status == NOT_MODIFIED else one.status
    if one.body:
        fields.append(("Content-Length", str(len(one.body))))
    yield _record("response", url, date, _head(status, fields) + one.body, _ANSWER, payload=one.body)


def _record(
    kind: str,
    url: str,
    date: str,
    block: bytes,
    media: str,
    *,
    payload: bytes | None = None,
    more: Iterable[tuple[str, str]] = (),
) -> bytes:
    fields = [("WARC-Type", kind), ("WARC-Date", date)]
    fields += [("WARC-Target-URI", url)] if url else []
    fields += more
    fields += [("WARC-Payload-Digest", _sha1(payload))] if payload is not None else []
    fields += [("WARC-Block-Digest", _sha1(block)), ("Content-Type", media)]
    fields.append(("Content-Length", str(len(block))))
    # two captures of one second may differ in their blocks alone, whose digest is among the fields
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, repr(fields))
    fields.insert(1, ("WARC-Record-ID", f"<urn:uuid:{identifier}>"))
    return b"WARC/1.1\r\n" + _lines(fields) + block + b"\r\n\r\n"


def _lines(fields: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{name}: {value}\r\n" for name, value in fields]
    return "".join([*lines, "\r\n"]).encode("utf-8", "replace")


def _sha1(content: bytes) -> str:
    made = hashlib.sha1(content, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(made).decode('ascii')}"


def _on_a_line(url: str) -> str:
    """*url* with percent escapes for what would end a line or is not a character."""
    return _CONTROLS.sub(lambda found: quote(found[0], errors="backslashreplace"), url)


def _head(status: int, fields: Iterable[tuple[str, str]]) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    sound = [
        (name, " ".join(_CONTROLS.sub(" ", value).split()))
        for name, value in fields
        if _FIELD_NAME.fullmatch(name)
    ]
    return f"HTTP/1.1 {status} {phrase}".strip().encode() + b"\r\n" + _lines(sound)
