"""Stretches of two texts: what a tiling is made of, and what each part of it belongs to."""

from __future__ import annotations

from enum import Enum

import attrs

from revtrack.diff import Equal, Move, TextOp
from revtrack.model import Span

__all__ = ["Belongs", "Loose", "Moved", "Tiling", "Wording"]


class Belongs(Enum):
    """What a stretch without partner belongs to."""

    MOVE = "move"
    NOTICE = "notice"
    REPEATED = "repeated"
    MARKER = "marker"
    BLOCK = "block"


@attrs.frozen
class Loose:
    """Neighbouring passages of one side without partner that belong together.

    `spans` are where they stand in their own text, without the notices inside them; `place` is the
    position of them in the new text; `number` says which move, notice or block they belong to.
    """

    belongs: Belongs
    number: int
    spans: tuple[Span, ...]
    place: int

    def words(self, text: str) -> str:
        """What they read in their own *text*."""
        return "".join([span.of(text) for span in self.spans])


@attrs.frozen
class Wording:
    """Passages of both sides that found each other; `ops` tile their two texts, from 0.

    The spans of a side are several where a notice inside it is left out: its text is theirs, joined.
    """

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    ops: tuple[TextOp, ...]
    belongs: Belongs = Belongs.BLOCK

    def words(self, old: str, new: str) -> tuple[str, str]:
        """What the two sides read in their texts *old* and *new*."""
        return (
            "".join([span.of(old) for span in self.old]),
            "".join([span.of(new) for span in self.new]),
        )

    @property
    def differs(self) -> bool:
        """Whether a reader sees a difference."""
        return any(not isinstance(op, Equal) for op in self.ops)


@attrs.frozen
class Moved:
    """Passages that stand at another place; `upward` seen from the text that stayed.

    `carried` says that they went with the entry of a live blog that they are part of.
    """

    wording: Wording
    upward: bool
    carried: bool = False


@attrs.frozen
class Tiling:
    """Operations over both whole texts, and what they are made of, in reading order.

    `moves` are in characters; each pairs one Delete with one Insert of `ops`. `moved[k]` tells
    of `moves[k]`.
    """

    ops: tuple[TextOp, ...]
    edited: tuple[Wording, ...]
    deleted: tuple[Loose, ...]
    inserted: tuple[Loose, ...]
    moves: tuple[Move, ...]
    moved: tuple[Moved, ...]
