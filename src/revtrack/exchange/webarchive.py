"""WARC: captures as web archives keep them (ISO 28500), for pywb and every other tool that reads it.

The file is the same on every machine: the identifiers of its records follow from what they hold, and no
time in it is that of writing. Bodies are written as they are known, unpacked, and once: a capture that
shows what one before showed is a revisit. Needs the extra `archive`.
"""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import attrs

from revtrack.errors import ExchangeError, MissingExtraError
from revtrack.http import NOT_MODIFIED
from revtrack.model import Snapshot
from revtrack.versions import Screened

__all__ = ["write_records"]

_SERVER_SAID_SO = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_OF_THE_WAY = frozenset(
    ["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "trailer"]
)
"""Headers that describe how a body was sent, which is not how it is written."""


_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A field's name in HTTP (RFC 9110, 5.6.2); a name that is none could end the head."""
_CONTROLS = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]")


@attrs.frozen
class _Written:
    """A body in the file, and the capture it was written with."""

    digest: str
    url: str
    date: str


def write_records(observed: Iterable[Snapshot | Screened], *, packed: bool = True) -> Iterator[bytes]:
    """The records, one after another, each gzipped by itself where *packed*, as readers expect.

    Looks that failed (`Screened`) have no form in a web archive and are left out. Raises
    `ExchangeError` for a capture without an address or a time, and `MissingExtraError` without the
    package.
    """
    try:
        from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # noqa: PLC0415 # no types; an extra
    except ImportError as error:
        raise MissingExtraError(
            extra="archive", package="warcio", purpose="writing WARC files"
        ) from error
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed, warc_version="WARC/1.1")
    seen: dict[str, _Written] = {}
    begun = False
    for one in observed:
        if isinstance(one, Screened):
            continue
        date = _date(one)
        if not begun:
            writer.write_record(_about(writer, date))
            begun = True
        for record in _records(writer, one, date, seen):
            writer.write_record(record)
            yield _taken(stream)


def _taken(stream: io.BytesIO) -> bytes:
    written = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return written


def _about(writer: Any, date: str) -> Any:
    """The record that says what wrote the file."""
    said = f"software: revtrack/{version('revtrack')}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = {"WARC-Record-ID": _identifier("warcinfo", date), "WARC-Date": date}
    return writer.create_warc_record(
        "", "warcinfo", payload=io.BytesIO(said), length=len(said), warc_headers_dict=headers
    )


def _records(writer: Any, one: Snapshot, date: str, seen: dict[str, _Written]) -> Iterator[Any]:
    """The redirects before a snapshot's page, then the page, or a reference to an equal one."""
    url = _on_a_line(_url(one))
    for step in one.redirects:
        fields = [
            ("Location", quote(step.target, safe="%/:?#[]@!$&'()*+,;=~", errors="backslashreplace"))
        ]
        asked = _on_a_line(step.url)
        yield _record(writer, "response", asked, date, b"", _head(step.status, fields))
        url = _on_a_line(step.target)
    head, fields = None, []
    if one.status is not None:
        fields = [field for field in one.headers if field[0].lower() not in _OF_THE_WAY]
        if one.content_type and not any(name.lower() == "content-type" for name, _ in fields):
            fields.append(("Content-Type", one.content_type))
        head = _head(one.status, fields)
    known = seen.get(one.digest)
    if known is not None:
        yield _revisit(writer, url, date, known, head, one.status)
        return
    if one.status == NOT_MODIFIED:
        head = _head(200, fields)  # what this says is unchanged was not written: now it is
    record = _record(writer, "response" if head else "resource", url, date, one.body, head)
    if head is None:
        record.content_type = _CONTROLS.sub(" ", one.content_type or "application/octet-stream")
    seen[one.digest] = _Written(record.rec_headers.get_header("WARC-Payload-Digest"), url, date)
    yield record


def _record(writer: Any, kind: str, url: str, date: str, body: bytes, head: Any) -> Any:
    if head is not None and body:
        head.headers.append(("Content-Length", str(len(body))))
    headers = {"WARC-Record-ID": _identifier(kind, url, date), "WARC-Date": date}
    return writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=head,
        warc_headers_dict=headers,
    )


def _revisit(writer: Any, url: str, date: str, known: _Written, head: Any, status: int | None) -> Any:
    headers = {"WARC-Record-ID": _identifier("revisit", url, date), "WARC-Date": date}
    record = writer.create_revisit_record(
        url, known.digest, known.url, known.date, http_headers=head, warc_headers_dict=headers
    )
    if status == NOT_MODIFIED:
        record.rec_headers.replace_header("WARC-Profile", _SERVER_SAID_SO)
    return record


def _on_a_line(url: str) -> str:
    """*url* with what would end a line, or is no character, written by percent signs."""
    return _CONTROLS.sub(lambda found: quote(found[0], errors="backslashreplace"), url)


def _head(status: int, fields: list[tuple[str, str]]) -> Any:
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # noqa: PLC0415 # no types; an extra

    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    sound = [
        (name, " ".join(_CONTROLS.sub(" ", value).split()))
        for name, value in fields
        if _FIELD_NAME.fullmatch(name)
    ]
    return StatusAndHeaders(f"{status} {phrase}".strip(), sound, protocol="HTTP/1.1")


def _identifier(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts))}>"


def _url(one: Snapshot) -> str:
    if not one.url:
        raise ExchangeError(
            "a web archive needs the address of each capture, and one has none",
            location=str(one.capture.location),
        )
    return one.url


def _date(one: Snapshot) -> str:
    moment: datetime | None = one.captured_at
    if moment is None:
        raise ExchangeError(
            f"a web archive needs the time of each capture, and one of {one.url} has none",
            location=str(one.capture.location),
        )
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
