"""The index of a file of records: its captures in one pass, and the body of each on request.

A record is a *capture* when it is the answer of a server for a web address (``response``, ``revisit``),
or a thing stored without its answer (``resource``). Requests, notes and conversions are not; nor are
answers to a form or to a script, which are no states of the page. A body is taken out of its chunks
(RFC 9112, section 7.1), unpacked, and compared with its digest.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import IO, TypeAlias

import attrs

from revtrack.errors import AddressError, SourceError
from revtrack.http import Headers, http_date, iso_date, value_of
from revtrack.network.unpacking import BETWEEN, BetweenError, PackedError, unpacked
from revtrack.sources.files import BODY_LIMIT, too_large
from revtrack.sources.warc.files import Member, RecordFile, Stream
from revtrack.sources.warc.records import (
    DamagedRecordError,
    Gap,
    Record,
    block,
    read_record,
    records,
    stream_at,
)
from revtrack.urls import identify

__all__ = ["Entry", "Index", "Left", "read_answer", "read_index"]


_KINDS = frozenset(["response", "revisit", "resource"])
_DIGITS = re.compile(r"\d{4}(?:\d\d){2,5}")
_PART_OF_A_DATE = re.compile(r"(\d{4})(?:-(\d\d))?Z?")
_STATUS = re.compile(r"[0-9]{3}")
_PAGE_METHODS = frozenset(["GET"])
_BY_SCRIPT = (("x-requested-with", "xmlhttprequest"), ("sec-fetch-dest", "empty"))


@attrs.frozen
class Entry:
    """One capture: its address and time, the answer of the server, and the position of its record.

    `key` is what all addresses of the article share. `moment` is None where the `date` of the record is
    not a time. `digest` is the record's own digest of the body. For a revisit, `seen_at` and `seen_url`
    are the time and address of the capture with the same body, where stated. `target` is the target of
    a redirect. `names` are the identifiers of the record and of those it belongs to.
    """

    url: str
    key: str
    moment: datetime | None
    date: str
    kind: str
    status: int | None
    digest: str | None
    media_type: str
    target: str | None
    seen_url: str | None
    seen_at: datetime | None
    file: RecordFile
    offset: int
    inner: int
    wrong_length: bool
    names: frozenset[str]

    @property
    def location(self) -> str:
        """The position of the record, as in `Capture.location`."""
        return f"{self.file}#{self.offset}" + (f"+{self.inner}" if self.inner else "")


@attrs.frozen
class Index:
    """The captures of some files, their gaps, and the names of records of other requests than pages."""

    entries: tuple[Entry, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    other_requests: frozenset[str] = frozenset()


def read_index(files: Iterable[RecordFile]) -> Index:
    """All captures of *files*, in their order. A file that cannot be read is a gap."""
    entries: list[Entry] = []
    gaps: list[tuple[str, str]] = []
    other_requests: set[str] = set()
    for file in files:
        try:
            for one in _records(file):
                if isinstance(one, Gap):
                    reason = (
                        f"{file} is damaged or not a web archive at byte {one.offset:,}: {one.reason}"
                    )
                    gaps.append((f"{file}#{one.offset}", reason))
                elif one.kind == "request":
                    other_requests |= _names(one) if _is_other_request(one) else set()
                elif one.kind in _KINDS and not _address(one):
                    reason = f"the record at byte {one.offset:,} of {file} has no address"
                    gaps.append((f"{file}#{one.offset}", reason))
                elif one.kind in _KINDS and (entry := _entry(one, file)) is not None:
                    entries.append(entry)
        except SourceError as error:
            gaps.append((str(file), str(error)))
    return Index(tuple(entries), tuple(gaps), frozenset(other_requests))


def _records(file: RecordFile) -> Iterator[Record | Gap]:
    with file.opened() as stream:
        try:
            yield from records(stream)
        except (zlib.error, EOFError) as error:
            yield Gap(0, f"it is packed and damaged ({error})")


def _is_other_request(request: Record) -> bool:
    """Whether the request was not for a page: a form was sent, or a script requested it."""
    reason = {name.lower(): value.strip().lower() for name, value in request.answer or ()}
    is_by_script = any(reason.get(name) == value for name, value in _BY_SCRIPT)
    return request.method is not None and (request.method not in _PAGE_METHODS or is_by_script)


def _names(record: Record) -> frozenset[str]:
    """What connects a request and its answer: identifiers, or else the address and the time."""
    own, others = record.field("WARC-Record-ID"), tuple(record.all_fields("WARC-Concurrent-To"))
    if own is None or not others:
        others = (*others, f"{record.field('WARC-Date')} {_address(record)}")
    return frozenset([name for name in (own, *others) if name])


def _address(record: Record, name: str = "WARC-Target-URI") -> str:
    return (record.field(name) or "").strip("<> ")  # old writers put it in angle brackets


@lru_cache(maxsize=1024)  # an archive has many captures of one address
def _key(url: str) -> str:
    return identify(url).key


def _entry(record: Record, file: RecordFile) -> Entry | None:
    url = _address(record)
    try:
        key = _key(url)
    except AddressError:
        return None  # dns:, metadata: and the like
    status = record.status or ""
    answer = {name.lower(): value for name, value in reversed(record.answer or ())}
    return Entry(
        url=url,
        key=key,
        moment=_moment(record.field("WARC-Date")),
        date=record.field("WARC-Date") or "",
        kind=record.kind,
        status=int(status) if _STATUS.fullmatch(status) else None,
        digest=record.field("WARC-Payload-Digest") or None,
        media_type=_media_type(record, answer),
        target=answer.get("location"),
        seen_url=_address(record, "WARC-Refers-To-Target-URI") or None,
        seen_at=_moment(record.field("WARC-Refers-To-Date")),
        file=file,
        offset=record.offset,
        inner=record.inner,
        wrong_length=record.wrong_length,
        names=_names(record),
    )


def _media_type(record: Record, answer: dict[str, str]) -> str:
    """The media type that the answer states; empty where it does not."""
    reason = record.field("Content-Type") if record.kind == "resource" else answer.get("content-type")
    return (reason or "").partition(";")[0].strip().lower()


def _moment(value: str | None) -> datetime | None:
    """A time of WARC 1.0 (whole seconds) or 1.1, which may be a year, a month or a day; or of ARC.

    A period is read as its first instant. The form of mail is read too: some writers use it.
    """
    if not value:
        return None
    try:
        if _DIGITS.fullmatch(value):
            return datetime.strptime(value, "%Y%m%d%H%M%S"[: len(value) - 2]).replace(tzinfo=UTC)
        if (part := _PART_OF_A_DATE.fullmatch(value)) is not None:
            return datetime(int(part[1]), int(part[2] or 1), 1, tzinfo=UTC)
    except ValueError:
        return None
    return iso_date(value) or http_date(value)


# ------------------------------------------------------------------------------------------- bodies

_DIGESTS = frozenset(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,15})[^\n]{0,999}\n")
_LINE_END = re.compile(rb"\r?\n?")


Left: TypeAlias = dict[tuple[RecordFile, int], Member]
"""Members of gzip that were read in part, by their file and their offset in it."""
_LEFT = 64
"""So many are kept (range 1 to 256), each with a hundred kilobytes."""


def read_answer(entry: Entry, left: Left) -> tuple[bytes, Headers]:
    """The body of an entry, unpacked by its headers and compared with its digests, and the headers.

    *left* has the members of gzip that were read last, and gets that of the entry: an archive that was
    packed as a whole is unpacked once for records in their order.
    """
    place = f"the capture of {entry.url} in {entry.file}"
    with entry.file.opened() as file:
        try:
            stream = _stream_of(entry, file, left)
            record = read_record(stream, entry.offset, entry.inner)
            content = bytearray()
            for piece in () if entry.kind == "revisit" else block(record, stream):
                content += piece
                if len(content) > BETWEEN:
                    raise too_large(place, entry.file)
            body = _body(attrs.evolve(record, wrong_length=entry.wrong_length), bytes(content))
        except (DamagedRecordError, PackedError, zlib.error, EOFError) as error:
            raise SourceError(f"{place} is damaged: {error}", location=str(entry.file)) from error
    if body is None:
        raise too_large(place, entry.file)
    fields = list(record.answer or ())
    if record.answer is None and entry.kind == "resource":
        fields.append(("Content-Type", record.field("Content-Type") or ""))
    for name in ("WARC-Truncated", "WARC-Date"):
        value = record.field(name)  # an imprecise time is kept, so that readers can see it
        if value and (name == "WARC-Truncated" or len(value) < len("2024-01-05T12:30")):
            fields.append((name, value))
    return body, tuple(fields)


def _stream_of(entry: Entry, file: IO[bytes], left: Left) -> Stream:
    """The stream of an entry's *file* with its record; a member goes on where it was left."""
    key = entry.file, entry.offset
    member = left.pop(key, None)
    stream = stream_at(file, entry.offset) if member is None else member.continued(file)
    if isinstance(stream, Member):
        left[key] = stream
        while len(left) > _LEFT:
            del left[next(iter(left))]
    return stream


def _body(record: Record, block: bytes) -> bytes | None:
    """The body in *block*, None where it is larger than a page may be.

    Raises `DamagedRecordError` where it is not what was captured.
    """
    if record.kind == "revisit":
        return b""
    headers = record.answer or ()
    raw_body = block[record.body - record.start :]
    content = raw_body
    if (value_of(headers, "transfer-encoding") or "").strip().lower() == "chunked":
        content = _dechunked(raw_body)
    body = _unpacked(content, value_of(headers, "content-encoding") or "")
    if len(body) > BODY_LIMIT:
        return None
    # writers digest the body as it was sent, out of its chunks, or unpacked
    stated_digest = record.field("WARC-Payload-Digest")
    matches = [_has_digest(stated_digest, one) for one in (raw_body, content, body)]
    is_proven, block_matches = True in matches, _has_digest(record.field("WARC-Block-Digest"), block)
    # a proven body counts: tools that rewrite the heads of old records leave the digest of the block
    if not is_proven and block_matches is False:
        raise DamagedRecordError("the digest of its block does not match")
    if not is_proven and block_matches is None and False in matches:
        raise DamagedRecordError("the digest of its body does not match")
    stated = (value_of(headers, "content-length") or "").strip()
    if record.wrong_length and not is_proven and stated != str(len(raw_body)):
        raise DamagedRecordError("its stated length is wrong")
    return body


def _unpacked(content: bytes, encodings: str) -> bytes:
    """The unpacked *content*, up to one byte more than the limit.

    Archives keep the headers of bodies that were unpacked long ago: content that does not begin like
    its stated packing is the body itself.
    """
    body = bytearray()
    packed = iter((content,))
    try:
        for piece in unpacked(packed, encodings):
            body += piece
            if len(body) > BODY_LIMIT:
                break
    except PackedError as error:
        is_known = next(packed, None) is None  # otherwise nothing here can unpack it
        if body or not is_known or isinstance(error, BetweenError):
            raise
        return content
    return bytes(body)


def _dechunked(raw_body: bytes) -> bytes:
    """The content of chunks; *raw_body* where it does not begin with one, as in many archives.

    Raises `DamagedRecordError` where a chunk ends too early, or is followed by anything but a chunk.
    """
    content = bytearray()
    place = 0
    while (size := _SIZE.match(raw_body, place)) is not None:
        start, length = size.end(), int(size[1], 16)
        if not length:
            return bytes(content)
        content += raw_body[start : start + length]
        if len(raw_body) < start + length:
            raise DamagedRecordError("it is cut off in a chunk")
        end = _LINE_END.match(raw_body, start + length)
        place = end.end() if end else start + length
    if place and raw_body[place:].strip():
        raise DamagedRecordError("its chunks are damaged")
    return bytes(content) if place else raw_body


def _has_digest(value: str | None, content: bytes) -> bool | None:
    """Whether *content* has the digest that a field states, in base 32, base 64 or hexadecimal.

    None where it states none, or one of an unknown kind.
    """
    name, _, stated = (value or "").partition(":")
    name, stated = name.strip().lower().replace("-", ""), stated.strip().rstrip("=")
    if name not in _DIGESTS or not stated:
        return None
    raw = hashlib.new(name, content).digest()
    if stated == base64.b64encode(raw).decode().rstrip("="):
        return True
    return stated.upper() in {base64.b32encode(raw).decode().rstrip("="), raw.hex().upper()}
