"""Packing one body small: zstandard, or zlib where that is missing, both against an earlier body.

Captures of one article are mostly the same page, so a body is written as its difference from the body
before it. Zstandard takes the earlier body as a *prefix*, the way of its ``--patch-from``: matches may
reach back into all of it. Zlib's window ends after 32 KiB, so without zstandard only the end of the
earlier body helps. On 136 pairs of real captures (130 kB, a day apart) a body takes .020 of its size by
zstandard with the earlier body, .196 without, .204 by zlib with it.
"""

from __future__ import annotations

import sys
import zlib
from types import ModuleType

from revtrack.errors import MissingExtraError

__all__ = ["PLAIN", "ZLIB", "ZSTD", "has_zstd", "pack", "unpack"]

PLAIN, ZLIB, ZSTD = "plain", "zlib", "zstd"
"""The names of the forms as they stand in the file. They never change their meaning."""

_LEVEL = 9
"""Zstandard level, 1 to 19: greater is smaller and slower. Against an earlier body 3 gives .024 in
.2 ms a page, 9 gives .020 in 1 ms, 19 gives .018 in 14 ms (the pairs named above)."""

_ZLIB_LEVEL = 9
_ZLIB_WINDOW = 32 * 1024
_GREATEST = 2**40
"""Bytes that a body can have: more is a damaged number, and no decoder takes any number."""

_LEAST_WINDOW, _GREATEST_WINDOW = 10, 27
"""Logarithms of zstandard's window; every decoder takes up to 27 (128 MiB), twice two large pages."""


def _zstd() -> ModuleType | None:
    try:
        if sys.version_info >= (3, 14):
            import compression.zstd  # noqa: PLC0415 - an optional part of Python

            return compression.zstd
        import backports.zstd  # noqa: PLC0415 - an optional package
    except ModuleNotFoundError:
        return None
    return backports.zstd


def has_zstd() -> bool:
    """Whether zstandard is there to pack with."""
    return _zstd() is not None


def pack(body: bytes, base: bytes | None) -> tuple[str, bytes]:
    """The name of the form and *body* in that form, against *base* where there is one."""
    zstd = _zstd()
    if zstd is not None:
        # the window must hold both, or the beginning of the base is out of reach
        window = (len(body) + len(base or b"")).bit_length()
        parameter = zstd.CompressionParameter
        options = {
            parameter.compression_level: _LEVEL,
            parameter.window_log: min(max(window, _LEAST_WINDOW), _GREATEST_WINDOW),
        }
        known = zstd.ZstdDict(base, is_raw=True).as_prefix if base and len(base) > 8 else None
        form, packed = ZSTD, zstd.compress(body, options=options, zstd_dict=known)
    else:
        packer = zlib.compressobj(
            _ZLIB_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY,
            *([base[-_ZLIB_WINDOW:]] if base else []),
        )  # fmt: skip
        form, packed = ZLIB, packer.compress(body) + packer.flush()
    return (form, packed) if len(packed) < len(body) else (PLAIN, body)


def unpack(form: str, packed: bytes, base: bytes | None, *, size: int) -> bytes:
    """The body that `pack` was given, of *size* bytes; no more than that is ever unpacked.

    Raises `ValueError` when *packed* is not what `pack` made, or made against another *base*, as far
    as that shows, and `MissingExtraError` when it needs zstandard and there is none.
    """
    if not 0 <= size <= _GREATEST:
        raise ValueError(f"its size is said to be {size}")
    if form == PLAIN:
        return packed
    if form == ZLIB:
        unpacker = (
            zlib.decompressobj(zlib.MAX_WBITS, base[-_ZLIB_WINDOW:]) if base else zlib.decompressobj()
        )
        try:
            return unpacker.decompress(packed, size + 1)
        except zlib.error as error:
            raise ValueError(str(error)) from error
    if form != ZSTD:
        raise ValueError(f"unknown form {form!r}")
    zstd = _zstd()
    if zstd is None:
        raise MissingExtraError(
            extra="store", package="backports.zstd", purpose="reading a page that zstandard packed"
        )
    known = zstd.ZstdDict(base, is_raw=True).as_prefix if base and len(base) > 8 else None
    options = {zstd.DecompressionParameter.window_log_max: _GREATEST_WINDOW}
    try:
        body: bytes = zstd.ZstdDecompressor(zstd_dict=known, options=options).decompress(
            packed, size + 1
        )
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    return body
