"""Tiling: an alignment of two articles becomes operations that cover both texts to the letter.

Each group of the alignment owns its passages and the white space up to the next passage. What found
a partner and reads differently becomes a `Wording`; what found none becomes a `Loose` stretch, parted
by what it belongs to: a move, a notice, or else the block it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import assert_never

import attrs

from revtrack import text
from revtrack.changes.passages import Side
from revtrack.diff import Alignment, Delete, Equal, Group, Insert, Move, Replace, TextOp
from revtrack.diff import text as word_ops
from revtrack.model import Span

__all__ = ["Belongs", "Loose", "Moved", "Tiling", "Wording", "tile"]


class Belongs(Enum):
    """What a stretch without partner belongs to."""

    MOVE = "move"
    NOTICE = "notice"
    BLOCK = "block"


@attrs.frozen
class Loose:
    """Neighbouring passages of one side without partner that belong together.

    `hull` is where they stand in their own text, `place` the position of it in the new text;
    `number` says which move, notice or block they belong to.
    """

    belongs: Belongs
    number: int
    hull: Span
    place: int


@attrs.frozen
class Wording:
    """Passages of both sides that found each other; `ops` tile their two texts, from 0."""

    old: Span
    new: Span
    ops: tuple[TextOp, ...]

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


def tile(old: Side, new: Side, alignment: Alignment) -> Tiling:
    """Cover both texts with operations, step by step."""
    noticed = bool(old.notices or new.notices)
    moves, carried = (
        [move for move in found if not (noticed and _strangers(old, new, move))]
        for found in (alignment.moves, alignment.carried)
    )
    own = len(moves)
    moves += carried
    tiler = _Tiler(old, new, moves)
    old_at = new_at = 0
    for i, j, i_stop, j_stop, _ in alignment.steps:
        if old_at < i or new_at < j:
            tiler.part(Group(Span(old_at, i), Span(new_at, j)))
        old_at, new_at = i_stop, j_stop
        if not tiler.same(old.edges[i_stop], new.edges[j_stop]):
            group = Group(Span(i, i_stop), Span(j, j_stop))
            if noticed and _strangers(old, new, group):
                tiler.part(group)
            else:
                tiler.pair(group)
    tiler.part(Group(Span(old_at, len(old)), Span(new_at, len(new))))
    tiler.white(len(old.text), len(new.text))
    went, came = _places(tiler.deleted), _places(tiler.inserted)
    return Tiling(
        ops=tiler.finished(),
        edited=tuple(tiler.edited),
        deleted=tuple(tiler.deleted),
        inserted=tuple(tiler.inserted),
        moves=tuple([Move(old.tile(move.old), new.tile(move.new)) for move in moves]),
        moved=tuple(
            [
                Moved(
                    _wording(old, new, old.hull(move.old), new.hull(move.new)),
                    upward=came[k] < went[k],
                    carried=k >= own,
                )
                for k, move in enumerate(moves)
            ]
        ),
    )


def _places(loose: Sequence[Loose]) -> dict[int, int]:
    """Where in the new text each moved run went away, or came."""
    return {stretch.number: stretch.place for stretch in loose if stretch.belongs is Belongs.MOVE}


def _strangers(old: Side, new: Side, group: Group | Move) -> bool:
    """A notice is never the story edited or moved, whatever words they share."""
    if old.in_notice(group.old) == new.in_notice(group.new):
        return False
    old_text, new_text = old.hull(group.old).of(old.text), new.hull(group.new).of(new.text)
    return text.fold(old_text) != text.fold(new_text)


def _wording(old: Side, new: Side, old_hull: Span, new_hull: Span) -> Wording:
    return Wording(old_hull, new_hull, word_ops(old_hull.of(old.text), new_hull.of(new.text)))


def _spaced_otherwise(old: str, new: str) -> bool:
    """Only spaces beside marks of punctuation differ: templates drop and add them around tags."""
    if "".join(old.split()) != "".join(new.split()):
        return False
    return _BESIDE_MARKS.sub(r"\1", text.fold(old)) == _BESIDE_MARKS.sub(r"\1", text.fold(new))


_BESIDE_MARKS = re.compile(r" ?([^\w\s]) ?")


class _Tiler:
    """Lays operations one after the other and remembers how far each side is covered."""

    def __init__(self, old: Side, new: Side, moves: Sequence[Move]) -> None:
        self.old, self.new = old, new
        self.old_stop = self.new_stop = 0
        self.ops: list[TextOp] = []
        self.edited: list[Wording] = []
        self.deleted: list[Loose] = []
        self.inserted: list[Loose] = []
        self.old_moves = {
            i: k for k, move in enumerate(moves) for i in range(move.old.start, move.old.stop)
        }
        self.new_moves = {
            i: k for k, move in enumerate(moves) for i in range(move.new.start, move.new.stop)
        }
        self._same_from: tuple[int, int] | None = None  # since where both sides are equal to the letter

    def same(self, old_stop: int, new_stop: int) -> bool:
        """Cover both sides up to here if they are equal to the letter; whether they are."""
        gone, come = self.old.text[self.old_stop : old_stop], self.new.text[self.new_stop : new_stop]
        if gone != come:
            return False
        if gone and self._same_from is None:
            self._same_from = self.old_stop, self.new_stop
        self.old_stop, self.new_stop = old_stop, new_stop
        return True

    def white(self, old_stop: int, new_stop: int) -> None:
        """Cover what is white space, or differs by it: spelling, never a change."""
        if not self.same(old_stop, new_stop):
            old, new = Span(self.old_stop, old_stop), Span(self.new_stop, new_stop)
            self._lay(Equal(old, new, old.of(self.old.text), new.of(self.new.text)))

    def pair(self, group: Group) -> None:
        """Cover passages that stand for each other, word by word."""
        old_hull, new_hull = self.old.hull(group.old), self.new.hull(group.new)
        self.white(old_hull.start, new_hull.start)
        if _spaced_otherwise(old_hull.of(self.old.text), new_hull.of(self.new.text)):
            self.white(old_hull.stop, new_hull.stop)
        else:
            wording = _wording(self.old, self.new, old_hull, new_hull)
            if wording.differs:
                self.edited.append(wording)
            for op in wording.ops:
                stops = old_hull.start + op.old.stop, new_hull.start + op.new.stop
                if not (isinstance(op, Equal) and self.same(*stops)):
                    self._lay(_shifted(op, old_hull.start, new_hull.start))
        self.white(self.old.edges[group.old.stop], self.new.edges[group.new.stop])

    def part(self, group: Group) -> None:
        """Cover passages that do not stand for each other: the old ones went, the new ones came."""
        for belongs, number, run in _runs(self.old, group.old, self.old_moves):
            stretch = self.old.tile(run)
            self._lay(Delete(stretch, Span(self.new_stop, self.new_stop), stretch.of(self.old.text)))
            self.deleted.append(Loose(belongs, number, self.old.hull(run), self.new_stop))
        for belongs, number, run in _runs(self.new, group.new, self.new_moves):
            stretch = self.new.tile(run)
            self.inserted.append(Loose(belongs, number, self.new.hull(run), self.new_stop))
            self._lay(Insert(Span(self.old_stop, self.old_stop), stretch, stretch.of(self.new.text)))

    def finished(self) -> tuple[TextOp, ...]:
        """All the operations."""
        self._lay_same()
        return tuple(self.ops)

    def _lay(self, op: TextOp) -> None:
        self._lay_same()
        self.ops.append(op)
        self.old_stop, self.new_stop = op.old.stop, op.new.stop

    def _lay_same(self) -> None:
        """Lay what was equal to the letter so far as one operation."""
        if self._same_from is not None:
            old, new = self._same_from
            self.ops.append(Equal(Span(old, self.old_stop), Span(new, self.new_stop)))
            self._same_from = None


def _runs(side: Side, passages: Span, moves: dict[int, int]) -> Iterator[tuple[Belongs, int, Span]]:
    """Part passages without partner by what they belong to."""

    def owner(index: int) -> tuple[Belongs, int]:
        if index in moves:
            return Belongs.MOVE, moves[index]
        if index in side.notices:
            return Belongs.NOTICE, side.notices[index]
        return Belongs.BLOCK, side.blocks[index]

    for (belongs, number), members in groupby(range(passages.start, passages.stop), key=owner):
        indexes = list(members)
        yield belongs, number, Span(indexes[0], indexes[-1] + 1)


def _shifted(op: TextOp, old: int, new: int) -> TextOp:
    """The same operation, its spans counted from further up."""
    spans = op.old.shifted(old), op.new.shifted(new)
    match op:
        case Equal():
            return Equal(*spans, op.deleted, op.inserted)
        case Insert():
            return Insert(*spans, op.inserted)
        case Delete():
            return Delete(*spans, op.deleted)
        case Replace():
            return Replace(*spans, op.deleted, op.inserted)
        case _ as never:
            assert_never(never)
