"""Content encodings of HTTP decoded in bounded pieces; a missing end is an error.

A packed page that is cut off unpacks to the beginning of a page, which would look like a removal. So
unlike the decoders of most HTTP libraries these require the end. Pieces are small whatever they
unpack to, so that a reader that counts them stops a bomb early. Where encodings are nested, each
counts its own output, and one that has ended reads no more from those around it.
"""

from __future__ import annotations

import sys
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator

import brotli  # type: ignore[import-untyped]  # has no types

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

__all__ = ["BETWEEN", "BetweenError", "CutOffError", "PackedError", "unpacked"]

_PIECE = 2**18
"""The most bytes of one piece (range 64 KiB to 4 MiB; large: fewer calls, small: bombs stop
earlier)."""

_STAGES = 3
"""Nested encodings that are decoded at most; misconfigured servers pack twice."""

BETWEEN = 64 * 2**20
"""The most bytes between two encodings (range 1 to 4 times the largest page): twice the most that is
read of a page, since packed data is at most slightly larger than its content."""

_MEMBERS = 10_000
"""Members of one gzip stream (range 1,000 to 100,000): packers of blocks write one for each 64 KiB.
Each takes the same time however little it contains."""

_WINDOW = 23
"""Logarithm of the window of zstandard: RFC 9659 allows no larger one (8 MiB)."""


class PackedError(ValueError):
    """The bytes are not packed in the stated encoding."""


class CutOffError(PackedError):
    """The packed bytes are cut off."""


class BetweenError(PackedError):
    """More than `BETWEEN` bytes in an encoding that is not the last: a bomb."""


class _Stage(ABC):
    """The decoder of one encoding. Bytes after its end are fed only where `goes_on` is true."""

    @abstractmethod
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    @abstractmethod
    def is_at_end(self) -> bool: ...

    def goes_on(self, data: bytes) -> bool:
        del data
        return False


class _Gzip(_Stage):
    """gzip, of one member or several."""

    _bits = zlib.MAX_WBITS | 16

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(self._bits)
        self._members = 1

    def goes_on(self, data: bytes) -> bool:
        return data.startswith(b"\x1f")  # otherwise it is padding

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                if not self.goes_on(data):
                    return
                self._inner = zlib.decompressobj(self._bits)
                self._members += 1
                if self._members > _MEMBERS:
                    raise PackedError(f"it has more than {_MEMBERS:,} members")
            yield self._inner.decompress(data, _PIECE)
            data = self._inner.unconsumed_tail or self._inner.unused_data

    def is_at_end(self) -> bool:
        return self._inner.eof


class _Deflate(_Stage):
    """deflate, in the wrapping of zlib or, as some servers send it, raw."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            is_wrapped = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
            self._inner = zlib.decompressobj(zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS)
        is_full = True
        while not self._inner.eof and (data or is_full):
            piece = self._inner.decompress(data, _PIECE)
            is_full = len(piece) == _PIECE  # more output may be pending, though all input was read
            yield piece
            data = self._inner.unconsumed_tail

    def is_at_end(self) -> bool:
        return self._inner is not None and self._inner.eof


class _Brotli(_Stage):
    """Brotli, RFC 7932."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while piece := self._inner.process(data, output_buffer_limit=_PIECE):
            yield piece
            data = b""

    def is_at_end(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd(_Stage):
    """Zstandard, RFC 8878; one frame."""

    def __init__(self) -> None:
        self._inner = ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW})

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._inner.eof:
            yield self._inner.decompress(data, _PIECE)
            data = b""
            if self._inner.needs_input:
                return

    def is_at_end(self) -> bool:
        return self._inner.eof


_STAGE_OF: dict[str, Callable[[], _Stage]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def unpacked(
    pieces: Iterable[bytes], encodings: str, *, between: Callable[[], object] = lambda: None
) -> Iterator[bytes]:
    """The bytes of *pieces* decoded by the header ``Content-Encoding``; pieces may be empty.

    *between* is called before each piece that any of the decoders takes, and may raise: work without
    output is limited too. Bytes after the end of the packed data are not read.

    Raises `PackedError` where they are not packed so or the encoding was not requested,
    `CutOffError` where the end is missing, `BetweenError` where more is between two encodings than a
    page may have.
    """
    names = [
        name for part in encodings.split(",") if (name := part.strip().lower()) not in ("", "identity")
    ]
    if len(names) > _STAGES:
        raise PackedError(f"packed {len(names)} times")
    for depth, name in enumerate(reversed(names)):
        if name not in _STAGE_OF:
            raise PackedError(f"the encoding {name[:40]!r} is not supported")
        pieces = _feed(_STAGE_OF[name](), pieces if depth == 0 else _counted(pieces), between)
    yield from pieces


def _counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > BETWEEN:
            raise BetweenError(f"more than {BETWEEN // 2**20} MiB are in an encoding inside it")
        yield piece


def _feed(stage: _Stage, pieces: Iterable[bytes], between: Callable[[], object]) -> Iterator[bytes]:
    is_empty = True
    try:
        for piece in pieces:
            between()
            is_empty = is_empty and not piece
            if piece and stage.is_at_end() and not stage.goes_on(piece):
                return
            yield from stage.feed(piece)
    except (zlib.error, brotli.error, ZstdError) as error:
        raise PackedError(str(error)) from error
    if not is_empty and not stage.is_at_end():
        raise CutOffError("it is cut off")
