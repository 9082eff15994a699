"""What a record says of its own bytes, and whether they are so."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import attrs

from revtrack.sources.warc.records import Record

__all__ = ["Digests"]

_KNOWN = frozenset(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])


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
class Digests:
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
    def of(cls, record: Record) -> Digests:
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
