"""Bodies: each page once, found by its digest, packed against an earlier page of the same article.

To read a body that is packed against another, that other must be read, and so on: a *chain*. Chains are
bounded, so that any body is read in a bounded number of steps. On every read the unpacked body is
compared with its stored digest: a damaged page is always detected.

Captures of one article are mostly the same page, so a body is written as its difference from the
previous body. Zstandard takes the earlier body as a *prefix*, like its ``--patch-from``: matches may
reach back into all of it. Zlib's window ends after 32 KiB, so without zstandard only the end of the
earlier body helps. On 136 pairs of real captures (130 kB, a day apart) a body takes .020 of its size by
zstandard with the earlier body, .196 without, .204 by zlib with it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from revtrack.errors import MissingExtraError
from revtrack.store.schema import unlocked

__all__ = ["CHAIN", "PLAIN", "ZLIB", "ZSTD", "Bodies", "DamagedBodyError", "has_zstd", "pack", "unpack"]


PLAIN, ZLIB, ZSTD = "plain", "zlib", "zstd"
"""The names of the forms in the file. They never change their meaning."""

_LEVEL = 9
"""Zstandard level, 1 to 19: greater is smaller and slower. Against an earlier body 3 gives .024 in
.2 ms a page, 9 gives .020 in 1 ms, 19 gives .018 in 14 ms (the pairs named above)."""

_ZLIB_LEVEL = 9
_ZLIB_WINDOW = 32 * 1024
_LARGEST = 2**40
"""The greatest size of a body in bytes: more is a damaged number, and decoders have limits."""

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
    """Whether zstandard is installed."""
    return _zstd() is not None


def pack(body: bytes, base: bytes | None) -> tuple[str, bytes]:
    """The name of the form and *body* in that form, against *base* where there is one."""
    zstd = _zstd()
    if zstd is not None:
        # the window must cover both, or the beginning of the base is out of reach
        window = (len(body) + len(base or b"")).bit_length()
        parameter = zstd.CompressionParameter
        options = {
            parameter.compression_level: _LEVEL,
            parameter.window_log: min(max(window, _LEAST_WINDOW), _GREATEST_WINDOW),
        }
        dictionary = zstd.ZstdDict(base, is_raw=True).as_prefix if base and len(base) > 8 else None
        form, packed = ZSTD, zstd.compress(body, options=options, zstd_dict=dictionary)
    else:
        packer = zlib.compressobj(
            _ZLIB_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY,
            *([base[-_ZLIB_WINDOW:]] if base else []),
        )  # fmt: skip
        form, packed = ZLIB, packer.compress(body) + packer.flush()
    return (form, packed) if len(packed) < len(body) else (PLAIN, body)


def unpack(form: str, packed: bytes, base: bytes | None, *, size: int) -> bytes:
    """The body that was passed to `pack`, of *size* bytes; no more than that is ever unpacked.

    Raises `ValueError` when *packed* was not made by `pack` or was made against another *base*, as far
    as that can be detected, and `MissingExtraError` when it needs zstandard and there is none.
    """
    if not 0 <= size <= _LARGEST:
        raise ValueError(f"its stated size is {size}")
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
            extra="store", package="backports.zstd", purpose="reading a page packed by zstandard"
        )
    dictionary = zstd.ZstdDict(base, is_raw=True).as_prefix if base and len(base) > 8 else None
    options = {zstd.DecompressionParameter.window_log_max: _GREATEST_WINDOW}
    try:
        body: bytes = zstd.ZstdDecompressor(zstd_dict=dictionary, options=options).decompress(
            packed, size + 1
        )
    except zstd.ZstdError as error:
        raise ValueError(str(error)) from error
    return body


CHAIN = 16
"""Bodies in a chain, including its first; 1 or more. A longer chain makes a smaller file and slower
reading. With a body at .196 of its size whole and .020 as a difference, the mean is .031 at 16, .042 at
8 and .026 at 32; the last body of a chain of 16 is read in about 2 ms."""

CHAIN_LIMIT = 1_024
"""Links that are followed before a chain counts as endless: far more than any `CHAIN` writes."""

_CACHED = 32
"""Unpacked bodies in the cache of an open store: a chain read in order is unpacked
once. 32 is twice the chain."""
_CACHED_BYTES = 64 * 2**20
"""The most bytes in the cache: two of the largest pages."""


class DamagedBodyError(Exception):
    """A stored page does not match its digest: `digest` in hexadecimal."""

    def __init__(self, digest: str, reason: str) -> None:
        super().__init__(reason)
        self.digest = digest


class Bodies:
    """The bodies of one store; *row* runs a query and gives its first row."""

    def __init__(self, row: Callable[..., Any]) -> None:
        self._row = row
        self._cache: OrderedDict[int, bytes] = OrderedDict()
        self._size = 0

    def put(
        self, connection: sqlite3.Connection, body: bytes, digest: bytes, *, after: int | None
    ) -> int:
        """Store *body* in the transaction of *connection* unless it is stored; returns its number.

        A damaged stored copy is repaired.

        *after* is the number of the body that it is likely to resemble. When the transaction is not
        committed, `forget` must follow.
        """
        dictionary = connection.execute("SELECT id FROM bodies WHERE digest = ?", (digest,)).fetchone()
        if dictionary is not None:
            self._repair(connection, int(dictionary[0]), body)
            return int(dictionary[0])
        base, depth = self._base(connection, after)
        base_body = None
        with suppress(DamagedBodyError):  # a damaged base does not prevent storing the next capture
            base_body = None if base is None else self.get(base)
        form, packed = pack(body, base_body)
        if form == PLAIN:
            base, depth = None, 1
        cursor = connection.execute(
            "INSERT INTO bodies (digest, size, form, base, depth, packed) VALUES (?, ?, ?, ?, ?, ?)",
            (digest, len(body), form, base, depth, packed),
        )
        number = int(cursor.lastrowid or 0)
        self._cache_body(number, body)
        return number

    def get(self, number: int) -> bytes:
        """The body with this *number*, checked against its digest. Raises `DamagedBodyError`."""
        body, links = self._chain(number)
        for current, digest, size, form, base, packed in reversed(links):
            body = _checked(digest, size, form, packed, body if base is not None else None)
            self._cache_body(current, body)
        if body is None:
            raise DamagedBodyError("", "it is missing")
        return body

    def drop(self, connection: sqlite3.Connection, number: int) -> None:
        """Delete a body in the transaction of *connection*; those packed against it are written whole.

        The triggers that forbid it must be `unlocked`; `forget` must follow.
        """
        for (other,) in connection.execute(
            "SELECT id FROM bodies WHERE base = ?", (number,)
        ).fetchall():
            try:
                self._write_unbased(connection, other, self.get(other))
            except DamagedBodyError:  # it remains unreadable, and no longer refers to the deleted body
                connection.execute("UPDATE bodies SET base = NULL WHERE id = ?", (other,))
        connection.execute("DELETE FROM bodies WHERE id = ?", (number,))

    def _repair(self, connection: sqlite3.Connection, number: int, body: bytes) -> None:
        """Write *body* again where the stored one cannot be read."""
        try:
            self.get(number)
        except DamagedBodyError:
            with unlocked(connection, "bodies_stay"):
                self._write_unbased(connection, number, body)

    def _write_unbased(self, connection: sqlite3.Connection, number: int, body: bytes) -> None:
        form, packed = pack(body, None)
        connection.execute(
            "UPDATE bodies SET size = ?, form = ?, base = NULL, depth = 1, packed = ? WHERE id = ?",
            (len(body), form, packed, number),
        )
        self._cache_body(number, body)

    def forget(self) -> None:
        """Clear the cache: after a transaction that was not committed."""
        self._cache.clear()
        self._size = 0

    def _base(self, connection: sqlite3.Connection, after: int | None) -> tuple[int | None, int]:
        if after is not None:
            found = connection.execute("SELECT depth FROM bodies WHERE id = ?", (after,)).fetchone()
            if found is not None and found[0] < CHAIN:
                return after, found[0] + 1
        return None, 1

    def _chain(self, number: int) -> tuple[bytes | None, list[Any]]:
        """The cached body of a chain, if any, and the rows to unpack after it, last first."""
        links: list[Any] = []
        current: int | None = number
        while current is not None:
            if current in self._cache:
                self._cache.move_to_end(current)
                return self._cache[current], links
            link = self._row(
                "SELECT id, digest, size, form, base, packed FROM bodies WHERE id = ?", (current,)
            )
            digest = links[0][1].hex() if links else ""
            if link is None:
                raise DamagedBodyError(digest, "a page that it is packed against is missing")
            # a page is packed against an earlier one
            if (links and link[0] >= links[-1][0]) or len(links) == CHAIN_LIMIT:
                raise DamagedBodyError(digest, "it is packed against a loop of pages")
            links.append(link)
            current = link[4]
        return None, links

    def _cache_body(self, number: int, body: bytes) -> None:
        self._cache[number] = body
        self._size += len(body)
        while len(self._cache) > 1 and (len(self._cache) > _CACHED or self._size > _CACHED_BYTES):
            _, dropped = self._cache.popitem(last=False)
            self._size -= len(dropped)


def _checked(digest: bytes, size: int, form: str, packed: bytes, base: bytes | None) -> bytes:
    try:
        body = unpack(form, packed, base, size=size)
    except (ValueError, TypeError) as error:  # a value of another type than was written
        raise DamagedBodyError(bytes(digest).hex(), f"it cannot be unpacked ({error})") from error
    if len(body) != size:
        raise DamagedBodyError(digest.hex(), f"it has {len(body)} bytes, not the stored {size}")
    if hashlib.sha256(body).digest() != digest:
        raise DamagedBodyError(digest.hex(), "its digest does not match")
    return body
