"""What a record holds: the body, out of its chunks and unpacked, and whether it is what was captured.

Chunks are those of RFC 9112, section 7.1, as archives keep them.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import Any

import attrs

from revtrack.errors import SourceError
from revtrack.http import value_of
from revtrack.network.unpacking import BetweenError, PackedError, unpacked
from revtrack.sources.files import BODY_LIMIT
from revtrack.sources.warc.index import Entry
from revtrack.sources.warc.records import DamagedRecordError, Record, block, read_record

__all__ = ["Answer", "read_answer"]

_KNOWN = frozenset(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,15})[^\n]{0,999}\n")
_LONGEST = 1_024


@attrs.frozen
class Answer:
    """What a record holds: the body, decoded as its headers say, and the headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """The value of the first header called *name*."""
        return value_of(self.headers, name)


def read_answer(entry: Entry) -> Answer:
    """The record of an entry, its body unpacked as its headers say, its digests checked."""
    place = f"the capture of {entry.url} in {entry.file}"
    with entry.file.opened() as file:
        try:
            record, stream = read_record(file, entry.offset, entry.inner)
            record = attrs.evolve(record, misfits=entry.misfits)
            body = _body(entry, record, block(record, stream), place)
        except (DamagedRecordError, PackedError, zlib.error, EOFError) as error:
            raise SourceError(f"{place} is damaged: {error}", location=str(entry.file)) from error
    fields = list(record.answer or ())
    if record.answer is None and entry.kind == "resource":
        fields.append(("Content-Type", record.said("Content-Type") or ""))
    for name in ("WARC-Truncated", "WARC-Date"):
        said = record.said(name)
        if said and (name == "WARC-Truncated" or len(said) < len("2024-01-05T12:30")):
            fields.append((name, said))  # a month is no time: who reads the capture can see it
    return Answer(body, tuple(fields))


def _body(entry: Entry, record: Record, pieces: Iterator[bytes], place: str) -> bytes:
    """The body of a record, unpacked; raises `DamagedRecordError` where it is not what was captured."""
    if entry.kind == "revisit":
        return b""
    answer = Answer(b"", record.answer or ())
    digests = _Digests.of(record)
    sent = digests.noted(pieces)
    if (answer.header("transfer-encoding") or "").strip().lower() == "chunked":
        sent = digests.noted(_dechunked(sent), unpacked=True)
    held: list[bytes] = []
    size = 0
    for piece in _unpacked(sent, answer.header("content-encoding") or ""):
        held.append(piece)
        size += len(piece)
        if size > BODY_LIMIT:
            raise SourceError(
                f"{place} is larger than {BODY_LIMIT / 2**20:.0f} MiB, the most that one page may hold",
                location=str(entry.file),
            )
    for _ in sent:
        pass  # so that the digests are those of the whole record
    body = b"".join(held)
    wrong = digests.problem(body)
    if wrong is None and record.misfits and not digests.is_proven(body):
        stated = (answer.header("content-length") or "").strip()
        if stated != str(record.length - (record.body - record.start)):
            wrong = "the length that it states is not its own"
    if wrong is not None:
        raise DamagedRecordError(wrong)
    return body


def _unpacked(pieces: Iterator[bytes], encodings: str) -> Iterator[bytes]:
    """The content of *pieces*; as they are where they do not begin as they are said to be packed.

    Archives keep the headers of bodies that they unpacked long ago.
    """
    taken: list[bytes] = []
    is_begun = False

    def noted() -> Iterator[bytes]:
        for piece in pieces:
            if not is_begun:
                taken.append(piece)
            yield piece

    try:
        for content in unpacked(noted(), encodings):
            is_begun = is_begun or bool(content)
            yield content
    except PackedError as error:
        if is_begun or not taken or isinstance(error, BetweenError):
            raise
        yield from taken
        yield from pieces


def _dechunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The content of *pieces*; as they are where they do not begin with a chunk, as many archives have.

    Raises `DamagedRecordError` where a chunk ends too early, or what follows it is none.
    """
    held, is_begun = b"", False
    while True:
        while len(held) < _LONGEST and (piece := next(pieces, b"")):
            held += piece
        size = _SIZE.match(held)
        if size is None:
            if is_begun and held.strip():
                raise DamagedRecordError("its chunks are out of step")
            yield held
            yield from pieces
            return
        is_begun = True
        left, held = int(size[1], 16), held[size.end() :]
        if not left:
            return
        while left:
            if not held and not (held := next(pieces, b"")):
                raise DamagedRecordError("it ends in the middle of a chunk")
            yield held[:left]
            left, held = left - len(held[:left]), held[left:]
        held = held or next(pieces, b"")
        held = held.removeprefix(b"\r").removeprefix(b"\n")


@attrs.define
class _Sum:
    """A digest as it is stated, and the sum of what has been read."""

    name: str
    stated: str
    sum: Any

    @classmethod
    def read(cls, written: str | None) -> _Sum | None:
        """The digest that a field states, by whatever algorithm; None where it states none."""
        name, colon, stated = (written or "").strip().partition(":")
        name = name.strip().lower().replace("-", "")
        if not colon or not stated.strip():
            return None
        return cls(name, stated.strip(), hashlib.new(name) if name in _KNOWN else None)

    def fits(self, made: Any) -> bool:
        """Whether *made* is the digest that is stated, in base 32, base 64 or hexadecimal."""
        raw = made.digest()
        forms = {base64.b32encode(raw).decode().rstrip("="), raw.hex().upper()}
        plain = {base64.b64encode(raw).decode().rstrip("=")}
        stated = self.stated.rstrip("=")
        return stated.upper() in forms or stated in plain


@attrs.define
class _Digests:
    """The digests of a *record*: that of its block, and that of the body in it.

    A body that is proven counts, whatever the other says: tools that rewrite the heads of old records
    leave the digest of the block as it was. Writers take the body as it was sent, out of its chunks, or
    unpacked.
    """

    record: Record
    block: _Sum | None
    body: _Sum | None
    _unpacked: Any = None

    @classmethod
    def of(cls, record: Record) -> _Digests:
        """What *record* states."""
        return cls(
            record,
            _Sum.read(record.said("WARC-Block-Digest")),
            _Sum.read(record.said("WARC-Payload-Digest")),
        )

    def noted(self, pieces: Iterator[bytes], *, unpacked: bool = False) -> Iterator[bytes]:
        """The body in *pieces* of the block, which are summed; *unpacked* ones came out of chunks."""
        if unpacked:
            self._unpacked = hashlib.new(self.body.name) if self.body and self.body.sum else None
            for piece in pieces:
                if self._unpacked:
                    self._unpacked.update(piece)
                yield piece
            return
        head = self.record.body - self.record.start
        for piece in pieces:
            if self.block is not None and self.block.sum:
                self.block.sum.update(piece)
            own, head = piece[head:], max(head - len(piece), 0)
            if self.body is not None and self.body.sum:
                self.body.sum.update(own)
            if own:
                yield own

    def is_proven(self, unpacked: bytes) -> bool:
        """Whether the body is what its own digest says; *unpacked* is what became of it."""
        if self.body is None or self.body.sum is None:
            return False
        made = [self.body.sum, self._unpacked, hashlib.new(self.body.name, unpacked)]
        return any(self.body.fits(one) for one in made if one is not None)

    def problem(self, unpacked: bytes) -> str | None:
        """What is wrong with the bytes, None where nothing proves it. Sums are complete by then."""
        if self.block is None or self.block.sum is None or self.block.fits(self.block.sum):
            return None
        return None if self.is_proven(unpacked) else "the digest of its block is another"
