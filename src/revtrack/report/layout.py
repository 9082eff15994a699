"""The full text of a revision with its marks: rows of kept, deleted and inserted words.

Operations tile the two texts; readers need paragraphs. `rows` cuts the operations at the block borders
of both sides and gathers the pieces into rows: one for each block of the new article, with the words
deleted from it, and one for each removed block, at its old position.
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
report of a long article hard to scan. Chosen on reports of 20 to 60 paragraphs."""

LEAST_FOLDED = 3
"""The least number of unchanged rows that are folded; folding one or two saves no space."""


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
    changes_by_row = _ChangesByRow(revision)
    return tuple([_row(revision, group, changes_by_row) for group in _grouped(drafts)])


def stretches(all_rows: Iterable[Row]) -> tuple[Stretch, ...]:
    """The rows in stretches; long unchanged runs are folded, except for rows of context."""
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


class _Overlaps:
    """Spans with their numbers; must be queried in text order, so that each is visited once."""

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        self.spans = sorted([(span, number) for span, number in spans if len(span)])
        self.next_index = 0

    def all(self, span: Span) -> Iterator[int]:
        """The numbers of the spans that overlap this one."""
        while self.next_index < len(self.spans) and self.spans[self.next_index][0].stop <= span.start:
            self.next_index += 1
        for place, number in islice(self.spans, self.next_index, None):
            if place.start >= span.stop:
                return
            if place.overlaps(span):
                yield number

    def first(self, span: Span) -> int | None:
        """The number of the first span that overlaps this one."""
        return next(self.all(span), None)


class _Side:
    """One article's text with its blocks, its moved spans and its technical spans."""

    def __init__(self, article: Article, moved: list[Span], technical: Iterable[Span]) -> None:
        self.text, self.blocks = article.text, article.block_spans
        self.starts = [span.start for span in self.blocks]
        self.moved = _Overlaps([(span, number) for number, span in enumerate(moved)])
        self.technical = _Overlaps([(span, 0) for span in technical])

    def block_at(self, place: int) -> int:
        """The last block that begins at or before a position."""
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

    def pieces(self, whole: Span, mark: Mark) -> Iterator[_Piece | Mark]:
        """The pieces of a span that is on this side only."""
        for block, span in self.cut(whole):
            if block is None:
                yield mark
                continue
            old, new = (span, None) if mark is Mark.DELETED else (None, span)
            moved, technical = self.moved.first(span), self.technical.first(span) is not None
            yield _Piece(mark, span.of(self.text), old, new, block, move=moved, technical=technical)


def _pieces(revision: Revision) -> Iterator[_Piece | Mark]:
    """The pieces of both texts; a `Mark` alone is a paragraph break with that mark."""
    moves, technical = revision.moves, revision.technical
    old_technical = [span for change in technical for span in change.old_spans]
    new_technical = [span for change in technical for span in change.new_spans]
    old = _Side(revision.old, [move.old for move in moves], old_technical)
    new = _Side(revision.new, [move.new for move in moves], new_technical)
    for op in revision.ops or _single_operation(old.text, new.text):
        if isinstance(op, Equal):
            yield from _equal_pieces(op, old, new)
            continue
        deleted = list(old.pieces(op.old, Mark.DELETED))
        inserted = list(new.pieces(op.new, Mark.INSERTED))
        yield from deleted
        if deleted and inserted and any(isinstance(one, Mark) for one in (*deleted, *inserted)):
            yield Mark.KEPT  # rewritten across blocks: the old blocks whole, then the new ones
        yield from inserted


def _equal_pieces(op: Equal[str], old: _Side, new: _Side) -> Iterator[_Piece | Mark]:
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


def _single_operation(old: str, new: str) -> tuple[TextOp, ...]:
    old_span, new_span = Span(0, len(old)), Span(0, len(new))
    if old == new:
        return (Equal(old_span, new_span),)
    return (Replace(old_span, new_span, old, new),)


# ---------------------------------------------------------------------------------------------
# pieces gathered into rows


@attrs.define
class _Draft:
    """A row under construction; `cut` is the mark of the break before it."""

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
    """A block in which no word was kept is shown as the old block, then the new one."""
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
    """Drafts of one block of the new article form a group, with all drafts between them."""
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


def _row(revision: Revision, group: list[_Draft], changes_by_row: _ChangesByRow) -> Row:
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
    if changes_by_row.splits(group):
        runs.insert(0, Run(Mark.INSERTED, "¶", pilcrow=True))
    pieces = [piece for draft in group for piece in draft.pieces]
    return Row(block.kind, block.level, _joined(runs), changes_by_row.of(pieces))


def _with_struck(piece: _Piece, article: Article) -> Iterator[_Piece]:
    """A piece of the new text, with the words that the page shows struck out inserted."""
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
            yield attrs.evolve(piece, mark=Mark.STRUCK, text=_with_space(struck), move=None)
            at = struck.at
    if at < stop:
        yield attrs.evolve(piece, text=piece.text[at - start :])


def _with_space(struck: Struck) -> str:
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


class _ChangesByRow:
    """The changes with evidence in each row; rows must be queried in reading order."""

    def __init__(self, revision: Revision) -> None:
        in_text = [
            (index, change)
            for index, change in enumerate(revision.changes)
            if not isinstance(change, HeadlineChanged | MetadataChanged)
        ]
        self.old = _Overlaps([(span, i) for i, change in in_text for span in change.old_spans])
        self.new = _Overlaps([(span, i) for i, change in in_text for span in change.new_spans])
        self.last_kept: int | None = None

    def of(self, pieces: list[_Piece]) -> tuple[int, ...]:
        found = {i for piece in pieces if piece.old for i in self.old.all(piece.old)}
        found |= {i for piece in pieces if piece.new for i in self.new.all(piece.new)}
        return tuple(sorted(found))

    def splits(self, group: list[_Draft]) -> bool:
        """Whether an inserted break separates this row from the other row of the same old block."""
        kept = [p.old_block for draft in group for p in draft.pieces if p.mark is Mark.KEPT]
        split = bool(kept) and kept[0] == self.last_kept and group[0].cut is Mark.INSERTED
        self.last_kept = kept[-1] if kept else self.last_kept
        return split
