"""Tiling: an alignment of two articles becomes operations that cover both texts to the letter.

Each group of the alignment owns its passages and the white space up to the next passage. What found
a partner and reads differently becomes a `Wording`; what found none becomes a `Loose` stretch, parted
by what it belongs to: a move, a notice, words that the other side still holds, or else the block it
stands in. A notice inside a sentence is laid where it stands; the sentence around it is one `Wording`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest

import attrs

from revtrack import text
from revtrack.changes.live import Entries, align_entries, pair_entries
from revtrack.changes.passages import Held, Side, align_articles, sides
from revtrack.changes.stretches import (
    Belongs,
    Inset,
    Loose,
    Moved,
    Tiling,
    Wording,
    around,
    cut_ops,
    places_of,
)
from revtrack.diff import Alignment, Delete, Equal, Group, Insert, Move, TextOp
from revtrack.diff import text as word_ops
from revtrack.diff.ops import operation
from revtrack.model import Article, Span

__all__ = ["Pair", "tile"]


@attrs.frozen(eq=False)
class Pair:
    """Two sides, aligned and tiled; `entries` are those of a live blog that stand as each other."""

    old: Side
    new: Side
    entries: Entries | None
    alignment: Alignment
    tiling: Tiling

    @classmethod
    def of(cls, old_article: Article, new_article: Article) -> Pair:
        """Cut two articles into passages, align these, and cover both texts with operations."""
        old, new = sides(old_article, new_article)
        entries = pair_entries(old, new)
        aligned = align_entries(old, new, entries) if entries else align_articles(old, new)
        return cls(old, new, entries, aligned, tile(old, new, aligned))


def tile(old: Side, new: Side, alignment: Alignment) -> Tiling:
    """Cover both texts with operations, step by step."""
    moves, carried = (
        [move for move in found if not _strangers(old, new, move, moved=True)]
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
            if _strangers(old, new, group):
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
                    _wording(old, new, [old.hull(move.old)], [new.hull(move.new)]),
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


def _strangers(old: Side, new: Side, group: Group | Move, *, moved: bool = False) -> bool:
    """Neither a notice nor a line on the page is the story edited or moved, whatever words they share.

    A sentence that moved takes the notice inside it along, or counts as one that did not move.
    """
    if not (
        (moved and (old.in_hull(group.old) or new.in_hull(group.new)))
        or old.in_notice(group.old) != new.in_notice(group.new)
        or old.in_status(group.old) != new.in_status(group.new)
    ):
        return False
    old_text, new_text = old.hull(group.old).of(old.text), new.hull(group.new).of(new.text)
    return text.fold(old_text) != text.fold(new_text)


def _wording(old: Side, new: Side, old_spans: Sequence[Span], new_spans: Sequence[Span]) -> Wording:
    whole = Wording(tuple(old_spans), tuple(new_spans), ())
    return attrs.evolve(whole, ops=word_ops(*whole.words(old.text, new.text)))


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
        self.old_moves, self.new_moves = (
            {i: k for k, span in enumerate(spans) for i in range(span.start, span.stop)}
            for spans in ([move.old for move in moves], [move.new for move in moves])
        )
        self.old_holds, self.new_holds = Held(old), Held(new)
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
            self._marker(group)
            holes = self.old.in_hull(group.old), self.new.in_hull(group.new)
            self._words(Span(self.old_stop, old_hull.stop), Span(self.new_stop, new_hull.stop), *holes)
        self.white(self.old.edges[group.old.stop], self.new.edges[group.new.stop])

    def _marker(self, group: Group) -> None:
        """Cover the markers of two points of a list: a point says the same wherever it is."""
        lengths = self.old.marker(group.old.start), self.new.marker(group.new.start)
        old = Span(self.old_stop, self.old_stop + lengths[0])
        new = Span(self.new_stop, self.new_stop + lengths[1])
        if lengths == (0, 0) or self.same(old.stop, new.stop):
            return
        words = old.of(self.old.text), new.of(self.new.text)
        if all(lengths):
            whole = operation(Span(0, len(old)), Span(0, len(new)), *words)
            self.edited.append(Wording((old,), (new,), (whole,), Belongs.MARKER))
        elif lengths[0]:
            self.deleted.append(Loose(Belongs.MARKER, group.old.start, (old,), new.start))
        else:
            self.inserted.append(Loose(Belongs.MARKER, group.new.start, (new,), new.start))
        self._lay(operation(old, new, *words))
        self.white(self.old.spoken(group.old.start), self.new.spoken(group.new.start))

    def _words(
        self, old: Span, new: Span, old_holes: Sequence[Inset], new_holes: Sequence[Inset]
    ) -> None:
        """Cover two sentences word by word, and the notices inside them where they stand."""
        wording = _wording(self.old, self.new, around(old, old_holes), around(new, new_holes))
        if wording.differs:
            self.edited.append(wording)
        insets = list(old_holes), list(new_holes)
        places = places_of(old, old_holes), places_of(new, new_holes)
        for op in cut_ops(wording.ops, *places):
            if any(insets):
                self._insets(*_before(op, insets, places))
            stops = self.old_stop + len(op.old), self.new_stop + len(op.new)
            if not (isinstance(op, Equal) and self.same(*stops)):
                self._lay(_shifted(op, self.old_stop - op.old.start, self.new_stop - op.new.start))
        self._insets(*insets)

    def _insets(self, old: Sequence[Inset], new: Sequence[Inset]) -> None:
        """Cover notices inside a sentence: those that read the same stayed, the others are loose."""
        for gone, come in zip_longest(old, new):
            stops = gone.stop if gone else self.old_stop, come.stop if come else self.new_stop
            if gone and come:
                if not self.same(*stops):
                    self._notice(Span(gone.start, gone.stop), Span(come.start, come.stop))
                continue
            if gone:
                hull = Span(gone.start, gone.stop)
                self.deleted.append(Loose(Belongs.NOTICE, gone.notice, (hull,), self.new_stop))
                self._delete(hull)
            if come:
                hull = Span(come.start, come.stop)
                self.inserted.append(Loose(Belongs.NOTICE, come.notice, (hull,), self.new_stop))
                self._insert(hull)

    def _notice(self, old: Span, new: Span) -> None:
        """Cover a notice inside a sentence that was worded anew."""
        wording = attrs.evolve(_wording(self.old, self.new, [old], [new]), belongs=Belongs.NOTICE)
        if wording.differs:
            self.edited.append(wording)
        for op in wording.ops:
            self._lay(_shifted(op, old.start, new.start))

    def part(self, group: Group) -> None:
        """Cover passages that do not stand for each other: the old ones went, the new ones came."""
        for run in _runs(self.old, group.old, self.old_moves, self.new_holds):
            for stretch in _loosened(self.old, run, self.deleted, self.new_stop):
                self._delete(stretch)
        for run in _runs(self.new, group.new, self.new_moves, self.old_holds):
            for stretch in _loosened(self.new, run, self.inserted, self.new_stop):
                self._insert(stretch)

    def finished(self) -> tuple[TextOp, ...]:
        """All the operations."""
        self._lay_same()
        return tuple(self.ops)

    def _delete(self, gone: Span) -> None:
        self._lay(Delete(gone, Span(self.new_stop, self.new_stop), gone.of(self.old.text)))

    def _insert(self, come: Span) -> None:
        self._lay(Insert(Span(self.old_stop, self.old_stop), come, come.of(self.new.text)))

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


def _before(
    op: TextOp, insets: tuple[list[Inset], list[Inset]], places: tuple[list[int], list[int]]
) -> tuple[list[Inset], list[Inset]]:
    """Take out the insets that are to be laid before an operation."""
    counts = [
        sum([place <= start for place in side])
        for side, start in zip(places, (op.old.start, op.new.start), strict=True)
    ]
    taken = insets[0][: counts[0]], insets[1][: counts[1]]
    for side in (0, 1):
        del insets[side][: counts[side]], places[side][: counts[side]]
    return taken


def _loosened(
    side: Side, run: tuple[Belongs, int, Span], loose: list[Loose], place: int
) -> Iterator[Span]:
    """Note passages without partner, and the notices inside them; what they own, part by part.

    Notices in sentences that moved went along.
    """
    belongs, number, passages = run
    whole = side.tile(passages)
    insets = () if belongs is Belongs.MOVE else side.in_hull(passages)
    loose.append(Loose(belongs, number, around(side.hull(passages), insets), place))
    at = whole.start
    for inset in insets:
        if at < inset.start:
            yield Span(at, inset.start)
        at = inset.stop
        loose.append(Loose(Belongs.NOTICE, inset.notice, (Span(inset.start, at),), place))
        yield Span(inset.start, at)
    if at < whole.stop:
        yield Span(at, whole.stop)


def _runs(
    side: Side, passages: Span, moves: Mapping[int, int], held: Held
) -> Iterator[tuple[Belongs, int, Span]]:
    """Part passages without partner by what they belong to; *held* is what the other side holds."""

    def owner(index: int) -> tuple[Belongs, int]:
        if index in moves:
            return Belongs.MOVE, moves[index]
        if index in side.notices:
            return Belongs.NOTICE, side.notices[index]
        repeated = side.is_whole(index) and held.holds(side.keys[index])
        return Belongs.REPEATED if repeated else Belongs.BLOCK, side.blocks[index]

    for (belongs, number), members in groupby(range(passages.start, passages.stop), key=owner):
        indexes = list(members)
        yield belongs, number, Span(indexes[0], indexes[-1] + 1)


def _shifted(op: TextOp, old: int, new: int) -> TextOp:
    """The same operation, its spans counted from further up."""
    return attrs.evolve(op, old=op.old.shifted(old), new=op.new.shifted(new))
