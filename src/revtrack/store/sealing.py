"""Seals: what a row says is compared with a digest whenever it is read, so a flipped bit never speaks.

Observations are chained: the seal of one is the SHA-256 of what it says and of the seal before it, so
that a row that was altered, taken out or put in breaks the seals from there on. The rows that join
addresses to articles, and the histories that are kept, have a digest of their own; that of a history
covers the seal of the last observation it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from revtrack.errors import CodecError, StoreError, StoreFault

__all__ = ["Row", "damaged", "digest_of", "must_be_sealed", "seal", "sound"]


@attrs.frozen
class Row:
    """What is written of an observation, beside the numbers that point to other tables."""

    captured_at: int
    outcome: str
    described: str
    digest: bytes | None


def seal(before: bytes, row: Row) -> bytes:
    """The seal of a row that comes after the one with the seal *before* (empty for the first)."""
    fields = json.dumps(
        [row.captured_at, row.outcome, row.described, row.digest.hex() if row.digest else None]
    )
    return hashlib.sha256(before + fields.encode("ascii")).digest()


def must_be_sealed(number: int, before: bytes | None, row: Row, sealed: bytes) -> None:
    """Raise `ValueError` where observation *number* is not what was stored.

    *before* is the seal of the observation before it, None where there is none.
    """
    if (before is None) is not (number == 1) or seal(before or b"", row) != sealed:
        raise ValueError(f"observation {number}, or the one before it, is not what was stored")


def digest_of(*fields: str | int | bytes) -> bytes:
    """The digest of a row's *fields*."""
    found = hashlib.sha256()
    for field in fields:
        written = field if isinstance(field, bytes) else str(field).encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(written) + written)
    return found.digest()


_OF_DAMAGE = (
    *(CodecError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError),
    AttributeError,  # a value of another type than was written
)


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """What is read from rows of the store at *path* in the context is what was written into them.

    Raises `StoreError` where it is not: a damaged disk, or something else than revtrack, wrote there.
    """
    try:
        yield
    except _OF_DAMAGE as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, why: str) -> StoreError:
    """That a row of the store at *path* is not what was stored."""
    return StoreError(
        f"an observation in the store {path} is damaged ({why}); `revtrack verify` says which",
        location=str(path),
        fault=StoreFault.DAMAGED,
    )
