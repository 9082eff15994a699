"""What a file of records holds: its captures in one pass, and the body of each when it is asked for.

A record is a *capture* when it is what a server answered for a web address (``response``, ``revisit``),
or a thing kept without its answer (``resource``). Questions, notes and what was converted are not; nor
is what a server answered to a form or to a script: that is no state of the page. A body is taken out of
its chunks (RFC 9112, section 7.1), unpacked, and compared with its digest.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import attrs

from revtrack.errors import AddressError, SourceError
from revtrack.http import Headers, http_date, iso_date, value_of
from revtrack.network.unpacking import BETWEEN, BetweenError, PackedError, unpacked
from revtrack.sources.files import BODY_LIMIT, too_large
from revtrack.sources.warc.files import RecordFile
from revtrack.sources.warc.records import DamagedRecordError, Gap, Record, block, read_record, records
from revtrack.urls import identify

__all__ = ["Entry", "Index", "read_answer", "read_index"]


_KINDS = frozenset(["response", "revisit", "resource"])
_DIGITS = re.compile(r"\d{4}(?:\d\d){2,5}")
_PART_OF_A_DATE = re.compile(r"(\d{4})(?:-(\d\d))?Z?")
_STATUS = re.compile(r"[0-9]{3}")
_ASKED_FOR_PAGES = frozenset(["GET"])
_BY_SCRIPT = (("x-requested-with", "xmlhttprequest"), ("sec-fetch-dest", "empty"))


@attrs.frozen
class Entry:
    """One capture: what was captured when, what the server answered, and where the record stands.

    `key` is what all addresses of the article share. `moment` is None, and `date` is what stands in its
    place, where it is no time. `digest` is the record's own digest of the body. For a revisit,
    `seen_at` and `seen_url` are the time and address of the capture with the same body, where it says
    so. `target` is where a redirect leads. `names` are the identifiers of the record and of those it
    belongs to.
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
    misfits: bool
    names: frozenset[str]

    @property
    def location(self) -> str:
        """Where the record stands, as `Capture.location` has it."""
        return f"{self.file}#{self.offset}" + (f"+{self.inner}" if self.inner else "")


@attrs.frozen
class Index:
    """The captures of some files, the gaps in them, and the names of what no page was asked with."""

    entries: tuple[Entry, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    asked_otherwise: frozenset[str] = frozenset()


def read_index(files: Iterable[RecordFile]) -> Index:
    """All captures of *files*, in their order. A file that cannot be read is a gap."""
    entries: list[Entry] = []
    gaps: list[tuple[str, str]] = []
    asked: set[str] = set()
    for file in files:
        try:
            for one in _records(file):
                if isinstance(one, Gap):
                    said = f"{file} is damaged or no web archive at byte {one.offset:,}: {one.reason}"
                    gaps.append((f"{file}#{one.offset}", said))
                elif one.kind == "request":
                    asked |= _names(one) if _is_no_page(one) else set()
                elif one.kind in _KINDS and not _address(one):
                    said = f"the record at byte {one.offset:,} of {file} bears no address"
                    gaps.append((f"{file}#{one.offset}", said))
                elif one.kind in _KINDS and (entry := _entry(one, file)) is not None:
                    entries.append(entry)
        except SourceError as error:
            gaps.append((str(file), str(error)))
    return Index(tuple(entries), tuple(gaps), frozenset(asked))


def _records(file: RecordFile) -> Iterator[Record | Gap]:
    with file.opened() as stream:
        try:
            yield from records(stream)
        except (zlib.error, EOFError) as error:
            yield Gap(0, f"it is packed and damaged ({error})")


def _is_no_page(question: Record) -> bool:
    """Whether something else than a page was asked for: a form was sent, or a script asked."""
    said = {name.lower(): value.strip().lower() for name, value in question.answer or ()}
    is_by_script = any(said.get(name) == value for name, value in _BY_SCRIPT)
    return question.method is not None and (question.method not in _ASKED_FOR_PAGES or is_by_script)


def _names(record: Record) -> frozenset[str]:
    """What joins a question and its answer: identifiers, or else the address and the time."""
    own, others = record.said("WARC-Record-ID"), tuple(record.all_said("WARC-Concurrent-To"))
    if own is None or not others:
        others = (*others, f"{record.said('WARC-Date')} {_address(record)}")
    return frozenset([name for name in (own, *others) if name])


def _address(record: Record, name: str = "WARC-Target-URI") -> str:
    return (record.said(name) or "").strip("<> ")  # old writers put it in angle brackets


def _entry(record: Record, file: RecordFile) -> Entry | None:
    url = _address(record)
    try:
        key = identify(url).key
    except AddressError:
        return None  # dns:, metadata: and the like
    status = record.status or ""
    answer = {name.lower(): value for name, value in reversed(record.answer or ())}
    return Entry(
        url=url,
        key=key,
        moment=_moment(record.said("WARC-Date")),
        date=record.said("WARC-Date") or "",
        kind=record.kind,
        status=int(status) if _STATUS.fullmatch(status) else None,
        digest=record.said("WARC-Payload-Digest") or None,
        media_type=_media_type(record, answer),
        target=answer.get("location"),
        seen_url=_address(record, "WARC-Refers-To-Target-URI") or None,
        seen_at=_moment(record.said("WARC-Refers-To-Date")),
        file=file,
        offset=record.offset,
        inner=record.inner,
        misfits=record.misfits,
        names=_names(record),
    )


def _media_type(record: Record, answer: dict[str, str]) -> str:
    """What kind of thing was captured, as the answer says; empty where it does not."""
    said = record.said("Content-Type") if record.kind == "resource" else answer.get("content-type")
    return (said or "").partition(";")[0].strip().lower()


def _moment(written: str | None) -> datetime | None:
    """A time of WARC 1.0 (whole seconds) or 1.1, which may be a year, a month or a day; or of ARC.

    What is a longer time is its first instant. Mail's form is read too: some writers use it.
    """
    if not written:
        return None
    try:
        if _DIGITS.fullmatch(written):
            return datetime.strptime(written, "%Y%m%d%H%M%S"[: len(written) - 2]).replace(tzinfo=UTC)
        if (part := _PART_OF_A_DATE.fullmatch(written)) is not None:
            return datetime(int(part[1]), int(part[2] or 1), 1, tzinfo=UTC)
    except ValueError:
        return None
    return iso_date(written) or http_date(written)


# ------------------------------------------------------------------------------------------- bodies

_KNOWN = frozenset(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,15})[^\n]{0,999}\n")
_LINE_END = re.compile(rb"\r?\n?")


def read_answer(entry: Entry) -> tuple[bytes, Headers]:
    """The body of an entry, unpacked as its headers say, its digests checked, and the headers."""
    place = f"the capture of {entry.url} in {entry.file}"
    with entry.file.opened() as file:
        try:
            record, stream = read_record(file, entry.offset, entry.inner)
            held = bytearray()
            for piece in () if entry.kind == "revisit" else block(record, stream):
                held += piece
                if len(held) > BETWEEN:
                    raise too_large(place, entry.file)
            body = _body(attrs.evolve(record, misfits=entry.misfits), bytes(held))
        except (DamagedRecordError, PackedError, zlib.error, EOFError) as error:
            raise SourceError(f"{place} is damaged: {error}", location=str(entry.file)) from error
    if body is None:
        raise too_large(place, entry.file)
    fields = list(record.answer or ())
    if record.answer is None and entry.kind == "resource":
        fields.append(("Content-Type", record.said("Content-Type") or ""))
    for name in ("WARC-Truncated", "WARC-Date"):
        said = record.said(name)
        if said and (name == "WARC-Truncated" or len(said) < len("2024-01-05T12:30")):
            fields.append((name, said))  # a month is no time: who reads the capture can see it
    return body, tuple(fields)


def _body(record: Record, held: bytes) -> bytes | None:
    """The body in the block that is *held*, None where it is larger than a page may be.

    Raises `DamagedRecordError` where it is not what was captured.
    """
    if record.kind == "revisit":
        return b""
    headers = record.answer or ()
    sent = held[record.body - record.start :]
    content = sent
    if (value_of(headers, "transfer-encoding") or "").strip().lower() == "chunked":
        content = _dechunked(sent)
    body = _unpacked(content, value_of(headers, "content-encoding") or "")
    if len(body) > BODY_LIMIT:
        return None
    # writers take the body as it was sent, out of its chunks, or unpacked
    fits = [_fits(record.said("WARC-Payload-Digest"), one) for one in (sent, content, body)]
    proven, whole = True in fits, _fits(record.said("WARC-Block-Digest"), held)
    # a proven body counts: tools that rewrite the heads of old records leave the digest of the block
    if not proven and whole is False:
        raise DamagedRecordError("the digest of its block is another")
    if not proven and whole is None and False in fits:
        raise DamagedRecordError("the digest of its body is another")
    stated = (value_of(headers, "content-length") or "").strip()
    if record.misfits and not proven and stated != str(len(sent)):
        raise DamagedRecordError("the length that it states is not its own")
    return body


def _unpacked(content: bytes, encodings: str) -> bytes:
    """What *content* unpacks to, no more than shows that it is too large.

    Archives keep the headers of bodies that they unpacked long ago: what does not begin as it is said
    to be packed is the body.
    """
    body = bytearray()
    packed = iter((content,))
    try:
        for piece in unpacked(packed, encodings):
            body += piece
            if len(body) > BODY_LIMIT:
                break
    except PackedError as error:
        is_known = next(packed, None) is None  # else nothing here can unpack it
        if body or not is_known or isinstance(error, BetweenError):
            raise
        return content
    return bytes(body)


def _dechunked(sent: bytes) -> bytes:
    """The content of chunks; *sent* where it does not begin with one, as in many archives.

    Raises `DamagedRecordError` where a chunk ends too early, or what follows it is none.
    """
    content = bytearray()
    place = 0
    while (size := _SIZE.match(sent, place)) is not None:
        start, length = size.end(), int(size[1], 16)
        if not length:
            return bytes(content)
        content += sent[start : start + length]
        if len(sent) < start + length:
            raise DamagedRecordError("it ends in the middle of a chunk")
        end = _LINE_END.match(sent, start + length)
        place = end.end() if end else start + length
    if place and sent[place:].strip():
        raise DamagedRecordError("its chunks are out of step")
    return bytes(content) if place else sent


def _fits(written: str | None, content: bytes) -> bool | None:
    """Whether *content* has the digest that a field states, in base 32, base 64 or hexadecimal.

    None where it states none, or one of a kind that is not known.
    """
    name, _, stated = (written or "").partition(":")
    name, stated = name.strip().lower().replace("-", ""), stated.strip().rstrip("=")
    if name not in _KNOWN or not stated:
        return None
    raw = hashlib.new(name, content).digest()
    if stated == base64.b64encode(raw).decode().rstrip("="):
        return True
    return stated.upper() in {base64.b32encode(raw).decode().rstrip("="), raw.hex().upper()}
