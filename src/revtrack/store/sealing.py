"""Seals: each row is compared with a digest whenever it is read, so flipped bits are detected.

Observations are chained: the seal of one is the SHA-256 of its content and of the previous seal, so
that a row that was altered, deleted or inserted breaks the seals from there on. The rows that join
addresses to articles, and the stored histories, have a digest of their own; that of a history
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

__all__ = ["Row", "check_seal", "checked_rows", "damaged", "digest_of", "seal"]


@attrs.frozen
class Row:
    """The content of an observation's row, without the numbers that refer to other tables."""

    captured_at: int
    outcome: str
    described: str
    digest: bytes | None


def seal(before: bytes, row: Row) -> bytes:
    """The seal of a row after the one with the seal *before* (empty for the first)."""
    fields = json.dumps(
        [row.captured_at, row.outcome, row.described, row.digest.hex() if row.digest else None]
    )
    return hashlib.sha256(before + fields.encode("ascii")).digest()


def check_seal(number: int, before: bytes | None, row: Row, sealed: bytes) -> None:
    """Raise `ValueError` where observation *number* does not match its seal.

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
def checked_rows(path: Path) -> Iterator[None]:
    """Check that rows of the store at *path* are read in the context as they were written.

    Raises `StoreError` where they are not: a damaged disk, or another program, wrote there.
    """
    try:
        yield
    except _OF_DAMAGE as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, why: str) -> StoreError:
    """The error for a damaged row of the store at *path*."""
    return StoreError(
        f"an observation in the store {path} is damaged ({why}); `revtrack verify` shows which",
        location=str(path),
        fault=StoreFault.DAMAGED,
    )
