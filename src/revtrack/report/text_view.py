"""What the HTML templates print of the full text: rows with their anchors and the links of moves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import attrs

from revtrack.model import BlockKind
from revtrack.report.layout import Row, Stretch
from revtrack.report.marks import Mark, Run
from revtrack.report.nouns import counted
from revtrack.report.standing import Blocks

__all__ = [
    "GroupView",
    "RowView",
    "RunView",
    "StretchView",
    "anchors_of",
    "standing_view",
    "text_view",
    "unmoved",
]


@attrs.frozen
class RunView:
    """A run of words; `name` is its own anchor and `link` the other end of its move, if it has one."""

    mark: str
    text: str
    pilcrow: bool = False
    moved: bool = False
    name: str | None = None
    link: str | None = None
    arrow: str = ""
    note: str = ""


@attrs.frozen
class RowView:
    """A block with its marks; `refs` are the changes that touch it: (number, anchor)."""

    kind: str
    anchor: str
    fate: str
    runs: tuple[RunView, ...]
    refs: tuple[tuple[int, str], ...]


@attrs.frozen
class GroupView:
    """Neighbouring rows that form one element: a list, or single blocks."""

    listed: bool
    rows: tuple[RowView, ...]


@attrs.frozen
class StretchView:
    """Rows in groups; `folded` is the line that stands for them while they are folded away.

    Rows that are printed elsewhere in the report are no groups here but `ranges`: the numbers of the
    first and the last block.
    """

    groups: tuple[GroupView, ...]
    folded: str
    ranges: tuple[tuple[int, int], ...] = ()


def unmoved(runs: Iterable[Run]) -> tuple[RunView, ...]:
    """Runs of a list: shown as they are, without anchors."""
    return tuple([RunView(run.mark.value, run.text, run.pilcrow, note=run.note) for run in runs])


_ANCHORED = "b"


def anchors_of(folded: Iterable[Stretch], anchor: str) -> dict[int, str]:
    """The anchor of the first row that each change touches."""
    places: dict[int, str] = {}
    number = 0
    for stretch in folded:
        for row in stretch.rows:
            number += 1
            for change in row.changes:
                places.setdefault(change, f"{anchor}-{_ANCHORED}{number}")
    return places


def text_view(
    folded: tuple[Stretch, ...], anchor: str, blocks: Blocks | None = None
) -> tuple[StretchView, ...]:
    """The stretches of a revision's text; rows are numbered through as `anchors_of` does.

    With *blocks*, folded rows are numbers of those.
    """
    moves = _Moves(folded, anchor)
    views = []
    number = 0
    for stretch in folded:
        found = []
        ranges = blocks.ranges(stretch.rows) if blocks is not None and stretch.folded else ()
        for row in stretch.rows:
            number += 1
            if ranges:
                continue
            found.append(_row(row, f"{anchor}-{_ANCHORED}{number}", anchor, moves))
        grouped = groupby(found, key=lambda row: row.kind == BlockKind.LIST_ITEM.value)
        groups = tuple([GroupView(listed, tuple(part)) for listed, part in grouped])
        words = sum(len(run.text.split()) for row in stretch.rows for run in row.runs)
        count = counted(len(stretch.rows), "unchanged paragraph")
        title = f"{count}, {counted(words, 'word')}" if stretch.folded else ""
        views.append(StretchView(groups, title, ranges))
    return tuple(views)


def standing_view(blocks: Iterable[Row], prefix: str, first: int) -> tuple[GroupView, ...]:
    """Unchanged rows with the anchors of their numbers, counted from *first*."""
    made = [
        RowView(row.kind.value, f"{prefix}t{number}", "kept", unmoved(row.runs), ())
        for number, row in enumerate(blocks, first)
    ]
    grouped = groupby(made, key=lambda row: row.kind == BlockKind.LIST_ITEM.value)
    return tuple([GroupView(listed, tuple(part)) for listed, part in grouped])


def _row(row: Row, anchor: str, base: str, moves: _Moves) -> RowView:
    return RowView(
        kind=row.kind.value,
        anchor=anchor,
        fate="technical"
        if all(run.technical for run in row.runs)
        else row.fate.value
        if row.fate
        else "mixed",
        runs=tuple([moves.view(run) for run in row.runs]),
        refs=tuple([(index + 1, f"{base}-c{index + 1}") for index in row.changes]),
    )


class _Moves:
    """The two ends of each move: the first run on either side carries the anchor and the link."""

    def __init__(self, folded: tuple[Stretch, ...], anchor: str) -> None:
        self.anchor = anchor
        runs = [run for stretch in folded for row in stretch.rows for run in row.runs]
        self.first: dict[tuple[int, Mark], int] = {}
        for place, run in enumerate(runs):
            if run.move is not None:
                self.first.setdefault((run.move, run.mark), place)
        self.seen: set[tuple[int, Mark]] = set()

    def view(self, run: Run) -> RunView:
        if run.move is None:
            return RunView(run.mark.value, run.text, run.pilcrow, note=run.note)
        end = (run.move, run.mark)
        other = (run.move, Mark.INSERTED if run.mark is Mark.DELETED else Mark.DELETED)
        if end in self.seen or other not in self.first:
            return RunView(run.mark.value, run.text, run.pilcrow, moved=True)
        self.seen.add(end)
        down = self.first[other] > self.first[end]
        return RunView(
            run.mark.value,
            run.text,
            moved=True,
            name=self._name(end),
            link=self._name(other),
            arrow="↓" if down else "↑",
        )

    def _name(self, end: tuple[int, Mark]) -> str:
        return f"{self.anchor}-m{end[0] + 1}-{'old' if end[1] is Mark.DELETED else 'new'}"
