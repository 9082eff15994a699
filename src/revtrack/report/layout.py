"""The full text of a revision with its marks: rows of kept, deleted and inserted words.

Operations tile the two texts; a reader wants paragraphs. `rows` cuts the operations where a block
begins or ends on either side and gathers the pieces into rows: one for each block of the new
article, with what was deleted in it, and one for each block that is gone, where it stood.
Kept and inserted runs, read in order, are the new text; kept and deleted ones the old text (in the
new spelling where the two differ by spelling only).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from revtrack.changes.kinds import HeadlineChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal, Replace, TextOp
from revtrack.model import Article, Block, BlockKind, Span, Struck
from revtrack.report.marks import Mark, Run
from revtrack.report.places import BlockText, Evidence, Places

__all__ = ["Row", "Stretch", "rows", "stretches"]

CONTEXT_ROWS = 1
"""Unchanged rows shown next to a changed one: 0 hides where the change is, 2 and more make the
report of a long article hard to scan. Chosen by eye on reports of 20 to 60 paragraphs."""

LEAST_FOLDED = 3
"""Unchanged rows that are worth folding away; folding one or two hides more than it saves."""


_STANDING = (Mark.KEPT, Mark.STRUCK)


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
        return not self.changes and all(run.mark in _STANDING for run in self.runs)

    @property
    def fate(self) -> Mark | None:
        """The mark that the whole row bears, None where its runs differ."""
        marks = {run.mark for run in self.runs}
        return marks.pop() if len(marks) == 1 else None


@attrs.frozen
class Stretch:
    """Neighbouring rows; `folded` ones are unchanged and far from any change."""

    rows: tuple[Row, ...]
    folded: bool


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


@attrs.define
class _Draft:
    """A row that is being gathered; `cut` says which side's break began it."""

    pieces: list[_Piece] = attrs.field(factory=list)
    cut: Mark = Mark.KEPT

    @property
    def new_block(self) -> int | None:
        return next((p.block for p in self.pieces if p.mark is not Mark.DELETED), None)


def rows(revision: Revision) -> tuple[Row, ...]:
    """The blocks of both sides of *revision* in reading order, with their marks."""
    drafts = _split_rewritten(_gather(_pieces(revision)))
    touches = _Touches(revision)
    return tuple([_row(revision, group, touches) for group in _grouped(drafts)])


def stretches(
    all_rows: Iterable[Row], *, context: int = CONTEXT_ROWS, least: int = LEAST_FOLDED
) -> tuple[Stretch, ...]:
    """The rows; unchanged runs of *least* and more, but for *context* rows, are set apart as folded."""
    found: list[Stretch] = []
    parts = [tuple(group) for _, group in groupby(all_rows, key=lambda row: row.unchanged)]
    for index, part in enumerate(parts):
        if not part[0].unchanged:
            found.append(Stretch(part, folded=False))
            continue
        head = context if index else 0
        tail = context if index + 1 < len(parts) else 0
        middle = part[head : len(part) - tail]
        if len(middle) < least:
            found.append(Stretch(part, folded=False))
            continue
        lead, rest = part[:head], part[len(part) - tail :]
        found += [Stretch(lead, False)] * bool(lead) + [Stretch(middle, True)]
        found += [Stretch(rest, False)] * bool(rest)
    return tuple(found)


# ---------------------------------------------------------------------------------------------
# operations cut at block borders


def _pieces(revision: Revision) -> Iterator[_Piece | Mark]:
    """The pieces of both texts; a bare mark among them is a paragraph break with that fate."""
    old = BlockText(revision.old.text, revision.old.block_spans)
    new = BlockText(revision.new.text, revision.new.block_spans)
    moved_old = Places([move.old for move in revision.moves])
    moved_new = Places([move.new for move in revision.moves])
    apart_old = Places([span for change in revision.technical for span in change.old_spans])
    apart_new = Places([span for change in revision.technical for span in change.new_spans])
    for op in revision.ops or _whole(old.text, new.text):
        if isinstance(op, Equal):
            yield from _kept(op, old, new)
            continue
        gone = list(old.cut(op.old))
        came = list(new.cut(op.new))
        for block, span in gone:
            yield (
                Mark.DELETED
                if block is None
                else _Piece(
                    Mark.DELETED,
                    span.of(old.text),
                    span,
                    None,
                    block,
                    move=moved_old.at(span),
                    technical=apart_old.at(span) is not None,
                )
            )
        if gone and came and any(block is None for block, _ in (*gone, *came)):
            yield Mark.KEPT  # rewritten across blocks: the old blocks whole, then the new ones
        for block, span in came:
            yield (
                Mark.INSERTED
                if block is None
                else _Piece(
                    Mark.INSERTED,
                    span.of(new.text),
                    None,
                    span,
                    block,
                    move=moved_new.at(span),
                    technical=apart_new.at(span) is not None,
                )
            )


def _kept(op: Equal[str], old: BlockText, new: BlockText) -> Iterator[_Piece | Mark]:
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
        gone = [piece for piece in draft.pieces if piece.mark is Mark.DELETED]
        rest = [piece for piece in draft.pieces if piece.mark is not Mark.DELETED]
        kept = any(piece.mark is Mark.KEPT and piece.text.strip() for piece in rest)
        if gone and rest and not kept:
            yield _Draft(gone, draft.cut)
            yield _Draft(rest, Mark.KEPT)
        else:
            yield draft


def _grouped(drafts: Iterable[_Draft]) -> list[list[_Draft]]:
    """Drafts that belong to one block of the new article stand together, with all between them."""
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
    first = next((d for d in group if d.new_block is not None), None)
    block: Block
    if first is None or first.new_block is None:
        block = revision.old.blocks[group[0].pieces[0].block]
    else:
        block = revision.new.blocks[first.new_block]
    runs: list[Run] = []
    for number, draft in enumerate(group):
        if number and draft.cut is Mark.DELETED:
            runs.append(Run(Mark.DELETED, "¶", pilcrow=True))
        runs += [
            Run(part.mark, part.text, part.move, technical=part.technical)
            for piece in _deleted_first(draft.pieces)
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


def _deleted_first(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Between two kept pieces, what went before what came."""
    gap: list[_Piece] = []
    for piece in pieces:
        if piece.mark is Mark.KEPT:
            yield from sorted(gap, key=lambda one: one.mark is Mark.INSERTED)
            yield piece
            gap = []
        else:
            gap.append(piece)
    yield from sorted(gap, key=lambda one: one.mark is Mark.INSERTED)


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
        self.old = Evidence([(s, i) for i, change in placed for s in change.old_spans if len(s)])
        self.new = Evidence([(s, i) for i, change in placed for s in change.new_spans if len(s)])
        self.last_kept: int | None = None

    def of(self, pieces: list[_Piece]) -> tuple[int, ...]:
        found = {i for piece in pieces if piece.old for i in self.old.touching(piece.old)}
        found |= {i for piece in pieces if piece.new for i in self.new.touching(piece.new)}
        return tuple(sorted(found))

    def splits(self, group: list[_Draft]) -> bool:
        """Whether an inserted break parts this row from the row that holds the same old block."""
        kept = [p.old_block for draft in group for p in draft.pieces if p.mark is Mark.KEPT]
        split = bool(kept) and kept[0] == self.last_kept and group[0].cut is Mark.INSERTED
        self.last_kept = kept[-1] if kept else self.last_kept
        return split
