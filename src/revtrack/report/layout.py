"""The full text of a revision with its marks: rows of kept, deleted and inserted words.

Operations tile the two texts; a reader wants paragraphs. `rows` cuts the operations where a block
begins or ends on either side and gathers the pieces into rows: one for each block of the new
article, with what was deleted in it, and one for each block that was removed, where it was.
Kept and inserted runs, read in order, are the new text; kept and deleted ones the old text (in the
new spelling where the two differ by spelling only).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

import attrs

from revtrack.changes.kinds import HeadlineChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal, Replace, TextOp
from revtrack.model import Article, BlockKind, Span, Struck
from revtrack.report.marks import Mark, Run

__all__ = ["Row", "Stretch", "rows", "stretches"]

CONTEXT_ROWS = 1
"""Unchanged rows shown next to a changed one: 0 hides where the change is, 2 and more make the
report of a long article hard to scan. Chosen by eye on reports of 20 to 60 paragraphs."""

LEAST_FOLDED = 3
"""Unchanged rows that are worth folding away; folding one or two hides more than it saves."""


@attrs.frozen
class Row:
    """One block with its marks; `changes` are the indices of the changes that touch it."""

    kind: BlockKind
    level: int | None
    runs: tuple[Run, ...]
    changes: tuple[int, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the row reads the same on both sides and no change has evidence in it."""
        return not self.changes and all(run.mark in (Mark.KEPT, Mark.STRUCK) for run in self.runs)


@attrs.frozen
class Stretch:
    """Neighbouring rows; `folded` ones are unchanged and far from any change."""

    rows: tuple[Row, ...]
    folded: bool


def rows(revision: Revision) -> tuple[Row, ...]:
    """The blocks of both sides of *revision* in reading order, with their marks."""
    drafts = _split_rewritten(_gather(_pieces(revision)))
    touches = _Touches(revision)
    return tuple([_row(revision, group, touches) for group in _grouped(drafts)])


def stretches(all_rows: Iterable[Row]) -> tuple[Stretch, ...]:
    """The rows; long unchanged runs, but for a little context, are set apart as folded."""
    found: list[Stretch] = []
    parts = [tuple(group) for _, group in groupby(all_rows, key=lambda row: row.unchanged)]
    for index, part in enumerate(parts):
        head = CONTEXT_ROWS if index else 0
        tail = len(part) - (CONTEXT_ROWS if index + 1 < len(parts) else 0)
        if not part[0].unchanged or tail - head < LEAST_FOLDED:
            found.append(Stretch(part, folded=False))
            continue
        cut = ((part[:head], False), (part[head:tail], True), (part[tail:], False))
        found += [Stretch(some, folded) for some, folded in cut if some]
    return tuple(found)


# ---------------------------------------------------------------------------------------------
# operations cut at block borders


@attrs.frozen
class _Piece:
    mark: Mark
    text: str
    old: Span | None
    new: Span | None
    block: int  # in the new article, or in the old one for a deleted piece
    old_block: int | None = None  # of a kept piece
    move: int | None = None
    technical: bool = False


class _Touching:
    """Spans with their numbers; asked for in text order, so that each is passed once."""

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        self.spans = sorted([(span, number) for span, number in spans if len(span)])
        self.passed = 0

    def all(self, span: Span) -> Iterator[int]:
        """The numbers of the spans that overlap this one."""
        while self.passed < len(self.spans) and self.spans[self.passed][0].stop <= span.start:
            self.passed += 1
        for place, number in islice(self.spans, self.passed, None):
            if place.start >= span.stop:
                return
            if place.overlaps(span):
                yield number

    def first(self, span: Span) -> int | None:
        """The number of the first span that overlaps this one."""
        return next(self.all(span), None)


class _Side:
    """One article's text: where its blocks are, and what of it was moved or is no edit."""

    def __init__(self, article: Article, moved: list[Span], technical: Iterable[Span]) -> None:
        self.text, self.blocks = article.text, article.block_spans
        self.starts = [span.start for span in self.blocks]
        self.moved = _Touching([(span, number) for number, span in enumerate(moved)])
        self.technical = _Touching([(span, 0) for span in technical])

    def block_at(self, place: int) -> int:
        """The block that begins at a position, or the last one that began before it."""
        return bisect_right(self.starts, place) - 1

    def cut(self, span: Span) -> Iterator[tuple[int | None, Span]]:
        """The parts of *span*: those in a block with its index, those between blocks with None."""
        place, index = span.start, self.block_at(span.start)
        while place < span.stop:
            if index >= 0 and place < self.blocks[index].stop:
                stop = min(span.stop, self.blocks[index].stop)
                yield index, Span(place, stop)
            else:
                index += 1
                stop = min(span.stop, self.starts[index] if index < len(self.starts) else span.stop)
                if stop > place:
                    yield None, Span(place, stop)
            place = stop

    def changed(self, whole: Span, mark: Mark) -> Iterator[_Piece | Mark]:
        """The pieces of a stretch that is on this side only."""
        for block, span in self.cut(whole):
            if block is None:
                yield mark
                continue
            old, new = (span, None) if mark is Mark.DELETED else (None, span)
            moved, technical = self.moved.first(span), self.technical.first(span) is not None
            yield _Piece(mark, span.of(self.text), old, new, block, move=moved, technical=technical)


def _pieces(revision: Revision) -> Iterator[_Piece | Mark]:
    """The pieces of both texts; a bare mark among them is a paragraph break with that mark."""
    moves, technical = revision.moves, revision.technical
    old_apart = [span for change in technical for span in change.old_spans]
    new_apart = [span for change in technical for span in change.new_spans]
    old = _Side(revision.old, [move.old for move in moves], old_apart)
    new = _Side(revision.new, [move.new for move in moves], new_apart)
    for op in revision.ops or _whole(old.text, new.text):
        if isinstance(op, Equal):
            yield from _kept(op, old, new)
            continue
        deleted = list(old.changed(op.old, Mark.DELETED))
        inserted = list(new.changed(op.new, Mark.INSERTED))
        yield from deleted
        if deleted and inserted and any(isinstance(one, Mark) for one in (*deleted, *inserted)):
            yield Mark.KEPT  # rewritten across blocks: the old blocks whole, then the new ones
        yield from inserted


def _kept(op: Equal[str], old: _Side, new: _Side) -> Iterator[_Piece | Mark]:
    same_length = len(op.old) == len(op.new)
    parts = list(new.cut(op.new))
    breaks = any(block is None for block, _ in parts)
    if not same_length and not breaks and any(block is None for block, _ in old.cut(op.old)):
        yield Mark.DELETED  # a paragraph break that became a space, or nothing
    for block, span in parts:
        if block is None:
            yield Mark.KEPT if len(op.old) else Mark.INSERTED
            continue
        place = op.old.start + (span.start - op.new.start if same_length else 0)
        yield _Piece(Mark.KEPT, span.of(new.text), None, span, block, old.block_at(place))


def _whole(old: str, new: str) -> tuple[TextOp, ...]:
    old_span, new_span = Span(0, len(old)), Span(0, len(new))
    if old == new:
        return (Equal(old_span, new_span),)
    return (Replace(old_span, new_span, old, new),)


# ---------------------------------------------------------------------------------------------
# pieces gathered into rows


@attrs.define
class _Draft:
    """A row that is being gathered; `cut` says which side's break began it."""

    pieces: list[_Piece] = attrs.field(factory=list)
    cut: Mark = Mark.KEPT

    @property
    def new_block(self) -> int | None:
        return next((p.block for p in self.pieces if p.mark is not Mark.DELETED), None)


def _gather(stream: Iterable[_Piece | Mark]) -> Iterator[_Draft]:
    draft = _Draft()
    for piece in stream:
        if isinstance(piece, _Piece):
            draft.pieces.append(piece)
        elif draft.pieces:
            yield draft
            draft = _Draft(cut=piece)
        else:
            draft.cut = piece
    if draft.pieces:
        yield draft


def _split_rewritten(drafts: Iterable[_Draft]) -> Iterator[_Draft]:
    """A block without one kept word reads better as the old block, then the new one."""
    for draft in drafts:
        deleted = [piece for piece in draft.pieces if piece.mark is Mark.DELETED]
        rest = [piece for piece in draft.pieces if piece.mark is not Mark.DELETED]
        kept = any(piece.mark is Mark.KEPT and piece.text.strip() for piece in rest)
        if deleted and rest and not kept:
            yield _Draft(deleted, draft.cut)
            yield _Draft(rest, Mark.KEPT)
        else:
            yield draft


def _grouped(drafts: Iterable[_Draft]) -> list[list[_Draft]]:
    """Drafts that belong to one block of the new article form a group, with all between them."""
    groups: list[list[_Draft]] = []
    blocks: list[int | None] = []
    last = -1  # the latest group that holds new text
    for draft in drafts:
        block = draft.new_block
        if block is not None and last >= 0 and blocks[last] == block:
            between = [one for group in groups[last + 1 :] for one in group]
            groups[last] += [*between, draft]
            del groups[last + 1 :], blocks[last + 1 :]
            continue
        groups.append([draft])
        blocks.append(block)
        if block is not None:
            last = len(groups) - 1
    return groups


def _row(revision: Revision, group: list[_Draft], touches: _Touches) -> Row:
    place = next((draft.new_block for draft in group if draft.new_block is not None), None)
    if place is None:
        block = revision.old.blocks[group[0].pieces[0].block]
    else:
        block = revision.new.blocks[place]
    runs: list[Run] = []
    for number, draft in enumerate(group):
        if number and draft.cut is Mark.DELETED:
            runs.append(Run(Mark.DELETED, "¶", pilcrow=True))
        runs += [
            Run(part.mark, part.text, part.move, technical=part.technical)
            # between two kept pieces, the deleted words before the inserted ones
            for _, pieces in groupby(draft.pieces, key=lambda one: one.mark is Mark.KEPT)
            for piece in sorted(pieces, key=lambda one: one.mark is Mark.INSERTED)
            for part in _with_struck(piece, revision.new)
        ]
    if touches.splits(group):
        runs.insert(0, Run(Mark.INSERTED, "¶", pilcrow=True))
    pieces = [piece for draft in group for piece in draft.pieces]
    return Row(block.kind, block.level, _joined(runs), touches.of(pieces))


def _with_struck(piece: _Piece, article: Article) -> Iterator[_Piece]:
    """A piece of the new text, cut where the page shows words struck out, with those words."""
    if piece.new is None or not article.blocks[piece.block].struck:
        yield piece
        return
    base = article.block_spans[piece.block].start
    start, stop = piece.new.start - base, piece.new.stop - base
    last = stop == len(article.blocks[piece.block].text)
    at = start
    for struck in article.blocks[piece.block].struck:
        if start <= struck.at < stop or (last and struck.at == stop):
            if at < struck.at:
                yield attrs.evolve(piece, text=piece.text[at - start : struck.at - start])
            yield attrs.evolve(piece, mark=Mark.STRUCK, text=_parted(struck), move=None)
            at = struck.at
    if at < stop:
        yield attrs.evolve(piece, text=piece.text[at - start :])


def _parted(struck: Struck) -> str:
    return f" {struck.text}" if struck.at else f"{struck.text} "


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and attrs.evolve(last, text="") == attrs.evolve(run, text=""):
            joined[-1] = attrs.evolve(last, text=last.text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


class _Touches:
    """Which changes have their evidence in which row; rows are asked for in reading order."""

    def __init__(self, revision: Revision) -> None:
        placed = [
            (index, change)
            for index, change in enumerate(revision.changes)
            if not isinstance(change, HeadlineChanged | MetadataChanged)
        ]
        self.old = _Touching([(span, i) for i, change in placed for span in change.old_spans])
        self.new = _Touching([(span, i) for i, change in placed for span in change.new_spans])
        self.last_kept: int | None = None

    def of(self, pieces: list[_Piece]) -> tuple[int, ...]:
        found = {i for piece in pieces if piece.old for i in self.old.all(piece.old)}
        found |= {i for piece in pieces if piece.new for i in self.new.all(piece.new)}
        return tuple(sorted(found))

    def splits(self, group: list[_Draft]) -> bool:
        """Whether an inserted break separates this row from the row that holds the same old block."""
        kept = [p.old_block for draft in group for p in draft.pieces if p.mark is Mark.KEPT]
        split = bool(kept) and kept[0] == self.last_kept and group[0].cut is Mark.INSERTED
        self.last_kept = kept[-1] if kept else self.last_kept
        return split
