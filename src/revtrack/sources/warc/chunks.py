"""Bodies that were sent in chunks (RFC 9112, section 7.1), as archives keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from revtrack.sources.warc.records import DamagedRecordError

__all__ = ["dechunked"]

_SIZE = re.compile(rb"\s{0,9}([0-9A-Fa-f]{1,15})[^\n]{0,999}\n")
_LONGEST = 1_024


def dechunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
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
