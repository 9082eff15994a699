"""The records of one file, as far as they can be read: a damaged part is a gap, and reading continues.

WARC 1.0 and 1.1 (ISO 28500) and ARC, plain or in members of gzip. After a gap the next record is looked
for: in a plain file the next lines that begin one, in a packed file the next member that contains one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

import attrs

from revtrack.http import Headers, text_of, value_of
from revtrack.sources.warc.files import GZIP, Member, Plain, Stream, next_member

__all__ = ["DamagedRecordError", "Gap", "Record", "block", "read_record", "records", "stream_at"]

_HEAD = 2**20
"""Bytes that the head of a record, or of the answer in it, may have (range 64 KiB to 8 MiB): an endless
head would fill the memory."""

_RECORD_START = re.compile(
    rb"WARC/\d\.\d\r?\n(?=[A-Za-z][\w-]{0,60}:)"
    rb"|(?<=\n)[a-z]{3,10}://\S{1,2000} [0-9a-fA-F.:]{3,45} \d{14} \S{1,100} \d{1,18}\r?\n"
)
_CUT_OFF = re.compile(rb"WARC/\d\.\d\s{1,9}\Z")
_VERSION = re.compile(rb"WARC/\d\.\d\s*")
_ARC = re.compile(
    rb"(?P<url>[a-z][a-z0-9+.-]{1,30}:\S.*) (?P<ip>[0-9a-fA-F.:]{3,45}) (?P<date>\d{8,14}) "
    rb"(?P<rest>\S.*) (?P<length>\d{1,18})\s*"
)
_LENGTH = re.compile(r"\d{1,18}")
_STATUS_LINE, _REQUEST_LINE = re.compile(r"HTTP/\S+\s+(\S+)"), re.compile(r"([A-Za-z]{1,20}) \S")
_WINDOW, _OVERLAP = 2**16, 2**12
_PADDING = b"\0 \t\r\n"
_END = b"\r\n\r\n"
_RECORD_STARTS = (b"WARC/", b"filedesc:", b"http:", b"https:")


class DamagedRecordError(Exception):
    """A record that cannot be read, and why."""


@attrs.frozen
class Gap:
    """A part of a file, from *offset* on, that could not be read as a record, and why."""

    offset: int
    reason: str


@attrs.frozen
class Record:
    """One record: its position, its fields, and those of the answer or request in it.

    It begins at *offset* of the file, for a packed one *inner* bytes into the unpacked member. Its
    block of *length* bytes begins at *start*, the body in it at *body*. `answer` is None where there is
    none, `method` is that of a request. `wrong_length`: no record begins where its length ends.
    """

    offset: int
    inner: int
    fields: Headers
    start: int
    length: int
    body: int
    status: str | None = None
    answer: Headers | None = None
    method: str | None = None
    wrong_length: bool = False

    def field(self, name: str) -> str | None:
        """The value of the first field called *name*."""
        return value_of(self.fields, name)

    def all_fields(self, name: str) -> Iterator[str]:
        """The values of all fields called *name*."""
        wanted = name.lower()
        return (value for field, value in self.fields if field.lower() == wanted)

    @property
    def kind(self) -> str:
        """The type of the record, in lower case."""
        return (self.field("WARC-Type") or "").lower()


def records(file: IO[bytes]) -> Iterator[Record | Gap]:
    """All records of a file in its order, and the gaps between them."""
    file.seek(0)
    if file.read(len(GZIP)) == GZIP:
        yield from _packed(file, 0)
        return
    plain = Plain(file)
    if plain.skip(_PADDING) and not _is_record_start(plain.peek(_OVERLAP)):
        place = next_member(file, 0, _RECORD_STARTS)
        if place is not None:  # damage to its first member would show there
            yield Gap(0, "no record begins there")
            yield from _packed(file, place)
            return
    plain.seek(0)
    yield from _records_in(plain, None)


def stream_at(file: IO[bytes], offset: int) -> Stream:
    """The stream with the record or the member of records that begins at *offset* of a file."""
    file.seek(offset)
    return Member(file, offset) if file.read(len(GZIP)) == GZIP else Plain(file)


def read_record(stream: Stream, offset: int, inner: int) -> Record:
    """The record at a place that `records` gave, in its stream.

    Raises `DamagedRecordError` where there is none.
    """
    is_packed = isinstance(stream, Member)
    stream.seek(inner if is_packed else offset)
    return _read(stream, offset if is_packed else None)


def block(record: Record, stream: Stream) -> Iterator[bytes]:
    """The block of a *record* in pieces. Raises `DamagedRecordError` where it ends too early."""
    stream.seek(record.start)
    remaining = record.length
    try:
        while remaining and (piece := stream.read(remaining)):
            remaining -= len(piece)
            yield piece
        if remaining:
            raise DamagedRecordError("it is cut off")
        stream.peek(_WINDOW)  # so that the checksum at the end of a packed one is compared
    except (zlib.error, EOFError) as error:
        raise DamagedRecordError(f"it is packed and damaged ({error})") from error


def _packed(file: IO[bytes], first: int) -> Iterator[Record | Gap]:
    place: int | None = first
    while place is not None:
        member = Member(file, place)
        found = 0
        try:
            for one in _records_in(member, place):
                found += 1
                yield one
            while member.read(_WINDOW):
                pass
        except (zlib.error, EOFError) as error:
            if found != 1:  # otherwise the record is damaged, which is reported when it is fetched
                yield Gap(place, f"its gzip data are damaged ({error})")
            after, place = place + 1, next_member(file, place + 1, _RECORD_STARTS)
            continue
        after = member.end if member.end is not None else place + 1
        file.seek(after)
        if file.read(len(GZIP)) == GZIP:
            place = after
            continue
        following = Plain(file)
        following.seek(after)
        place = next_member(file, after, _RECORD_STARTS)
        if following.skip(_PADDING) and following.tell() != place:
            yield Gap(following.tell(), "no record begins there")


def _records_in(stream: Stream, offset: int | None) -> Iterator[Record | Gap]:
    """The records in a *stream*: a file, or the content of the member at *offset* of a file."""
    while stream.skip(_PADDING):
        place = stream.tell()
        try:
            record = _read(stream, offset)
        except DamagedRecordError as error:
            yield Gap(place if offset is None else offset, str(error))
            if not _seek_record(stream, place + 1):
                return
            continue
        try:
            stream.seek(record.start + record.length)
            fits = stream.tell() == record.start + record.length and _is_at_boundary(stream)
        except (zlib.error, EOFError):
            yield record
            raise
        yield attrs.evolve(record, wrong_length=not fits)
        # where its length is wrong, other records may begin inside it
        if not fits and not _seek_record(stream, record.start):
            return


def _is_at_boundary(stream: Stream) -> bool:
    """Whether a record may be followed by what is here: the end, line ends, or another record."""
    if stream.peek(len(_END)) == _END:
        return True
    ahead = stream.peek(_WINDOW).lstrip(_PADDING)
    return not ahead or _is_record_start(ahead)


def _is_record_start(ahead: bytes) -> bool:
    return ahead.startswith(b"WARC/") or _ARC.match(ahead[:_OVERLAP].partition(b"\n")[0]) is not None


def _seek_record(stream: Stream, place: int) -> bool:
    """Whether a record begins at *place* or after it; *stream* continues there."""
    stream.seek(max(place - 1, 0))  # an address begins a record of ARC only after the end of a line
    while ahead := stream.peek(_WINDOW):
        found = _RECORD_START.search(ahead, 0 if stream.tell() >= place else 1)
        if found is not None:
            stream.seek(stream.tell() + found.start())
            return True
        if len(ahead) < _WINDOW:
            return False
        stream.read(_WINDOW - _OVERLAP)
    return False


def _read(stream: Stream, offset: int | None) -> Record:
    """The record that begins here, its block not read."""
    place = stream.tell()
    first = stream.line(_HEAD)
    if first is not None and _VERSION.fullmatch(first):
        fields = _fields(stream, _HEAD)
    elif first is not None and (arc := _ARC.fullmatch(first)):
        fields = _fields_of_arc(arc)
    else:
        raise DamagedRecordError("no record begins there")
    stated = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not _LENGTH.fullmatch(stated):
        raise DamagedRecordError(f"a record has no valid length: {stated[:40]!r}")
    start = stream.tell()
    record = Record(
        place if offset is None else offset,
        0 if offset is None else place,
        fields,
        start,
        int(stated),
        start,
    )
    return _with_answer(record, stream)


def _with_answer(record: Record, stream: Stream) -> Record:
    """*record* with the head of the answer, or of the request, in it."""
    if record.kind not in {"response", "revisit", "request"}:
        return record
    limit = min(record.length, _HEAD)
    if record.kind == "request":
        request_line = _REQUEST_LINE.match(stream.peek(min(limit, 64)).decode("latin-1"))
        if request_line is None:
            return record
        stream.line(limit)
        return attrs.evolve(record, method=request_line[1].upper(), answer=_fields(stream, limit))
    if stream.peek(min(limit, 5)) != b"HTTP/":
        return record
    begins = stream.tell()
    first = stream.line(limit) or b""
    status_line = _STATUS_LINE.match(first.decode("latin-1"))
    answer = _fields(stream, limit - len(first))
    ends = stream.tell()
    return attrs.evolve(
        record,
        status=status_line[1] if status_line else None,
        answer=answer,
        body=record.start + min(ends - begins, record.length),
    )


def _fields(stream: Stream, limit: int) -> Headers:
    """The fields up to the empty line, *limit* bytes at most; a line that is not a field is skipped."""
    found: list[tuple[str, list[str]]] = []
    is_bounded = limit < _HEAD
    while limit > 0:
        line = stream.line(limit)
        if line is None:
            if is_bounded:
                break  # the block ends in the head of the answer
            raise DamagedRecordError("the head of a record has no end")
        if not is_bounded and _CUT_OFF.search(line):
            raise DamagedRecordError("the head of a record is cut off by the next")
        limit -= len(line)
        text = text_of(line).rstrip("\r\n")
        if not text.strip():
            break
        name, colon, value = text.partition(":")
        if text[0] in " \t" and found:
            found[-1][1].append(text.strip())
        elif colon and name.strip():
            found.append((name.strip(), [value.strip()]))
    return tuple([(name, " ".join(lines)) for name, lines in found])


def _fields_of_arc(line: re.Match[bytes]) -> Headers:
    url = text_of(line["url"])
    return (
        ("WARC-Type", "warcinfo" if url.startswith("filedesc:") else "response"),
        ("WARC-Target-URI", url),
        ("WARC-Date", line["date"].decode("ascii")),
        ("Content-Length", line["length"].decode("ascii")),
    )
