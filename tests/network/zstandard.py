"""Zstandard, from wherever this Python has it."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import compress
else:
    from backports.zstd import compress


def zstd(data: bytes) -> bytes:
    """*data* packed."""
    return compress(data)
