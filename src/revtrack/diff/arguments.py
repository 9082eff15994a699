"""Checks of what callers hand in, the same for every entry of this package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["checked_strings"]


def checked_strings(name: str, side: Sequence[str]) -> tuple[str, ...]:
    """The *side* as a tuple; `TypeError` naming the argument unless it is a sequence of strings."""
    if isinstance(side, str) or not isinstance(side, Iterable):
        raise TypeError(f"{name} must be a sequence of strings, not {type(side).__name__}")
    strings = tuple(side)
    for item in strings:
        if not isinstance(item, str):
            raise TypeError(f"{name} must hold strings only, not {type(item).__name__}")
    return strings
