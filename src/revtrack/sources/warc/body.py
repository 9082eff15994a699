"""What a record holds: the body, out of its chunks and unpacked, and whether it is what was captured.

Chunks are those of RFC 9112, section 7.1, as archives keep them.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib

import attrs

from revtrack.errors import SourceError
from revtrack.http import value_of
from revtrack.network.unpacking import BETWEEN, BetweenError, PackedError, unpacked
from revtrack.sources.files import BODY_LIMIT, too_large
from revtrack.sources.warc.index import Entry
from revtrack.sources.warc.records import DamagedRecordError, Record, block, read_record

__all__ = ["Answer", "read_answer"]

_KNOWN = frozenset(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,15})[^\n]{0,999}\n")
_LINE_END = re.compile(rb"\r?\n?")


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
    return Answer(body, tuple(fields))


def _body(record: Record, held: bytes) -> bytes | None:
    """The body in the block that is *held*, None where it is larger than a page may be.

    Raises `DamagedRecordError` where it is not what was captured.
    """
    if record.kind == "revisit":
        return b""
    answer = Answer(b"", record.answer or ())
    sent = held[record.body - record.start :]
    content = sent
    if (answer.header("transfer-encoding") or "").strip().lower() == "chunked":
        content = _dechunked(sent)
    body = _unpacked(content, answer.header("content-encoding") or "")
    if len(body) > BODY_LIMIT:
        return None
    # writers take the body as it was sent, out of its chunks, or unpacked
    proven = any(_fits(record.said("WARC-Payload-Digest"), one) for one in (sent, content, body))
    # a proven body counts: tools that rewrite the heads of old records leave the digest of the block
    if not proven and _fits(record.said("WARC-Block-Digest"), held) is False:
        raise DamagedRecordError("the digest of its block is another")
    stated = (answer.header("content-length") or "").strip()
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
