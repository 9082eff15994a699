"""Operations: the position-level difference between two texts, as a closed union.

A tuple of operations *tiles* both sides: the old spans cover the old text without gap or overlap,
the new spans the new text. Operations carry the characters (or tokens) they take away and bring, so
that they can be applied to the old side alone, inverted and composed.
"""

from __future__ import annotations

from typing import Generic, TypeAlias, TypeVar

import attrs

from revtrack.model import Span

__all__ = ["Delete", "Equal", "Insert", "Move", "Op", "Replace", "TextOp", "TokenOp"]

S = TypeVar("S", str, tuple[str, ...])
"""What a side is made of: characters (`str`) or tokens (a tuple of strings)."""


@attrs.frozen
class Equal(Generic[S]):
    """Both sides read the same.

    `deleted` and `inserted` are None, unless the sides are spelt with other characters that read the
    same (curly and straight quotes, kinds of spaces, Unicode normal forms): then they hold both
    spellings, and applying the operation still gives the new side to the letter.
    """

    old: Span
    new: Span
    deleted: S | None = None
    inserted: S | None = None


@attrs.frozen
class Insert(Generic[S]):
    """The new side has something that the old side has not; `old` is the empty span where it goes."""

    old: Span
    new: Span
    inserted: S


@attrs.frozen
class Delete(Generic[S]):
    """The old side has something that the new side has not; `new` is the empty span it left."""

    old: Span
    new: Span
    deleted: S


@attrs.frozen
class Replace(Generic[S]):
    """One stretch of the old side stands as another on the new side."""

    old: Span
    new: Span
    deleted: S
    inserted: S


Op: TypeAlias = Equal[S] | Insert[S] | Delete[S] | Replace[S]
TextOp: TypeAlias = Equal[str] | Insert[str] | Delete[str] | Replace[str]
TokenOp: TypeAlias = (
    Equal[tuple[str, ...]]
    | Insert[tuple[str, ...]]
    | Delete[tuple[str, ...]]
    | Replace[tuple[str, ...]]
)


@attrs.frozen
class Move:
    """An overlay on operations: what `old` lost by a Delete stands again at `new` by an Insert."""

    old: Span
    new: Span
