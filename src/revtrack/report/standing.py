"""The newest text and every other unchanged block, once per report, with anchors to link to.

A revision of a long history repeats most of the article. Its unchanged blocks are printed here, and
the revision links to them.
"""

from __future__ import annotations

from bisect import bisect_right

import attrs

from revtrack.blame import blame
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.history import History
from revtrack.model import Article, BlockKind, Span
from revtrack.report.layout import Row, rows
from revtrack.report.marks import Mark, Run

__all__ = ["Blocks", "StandingBlock"]


@attrs.frozen
class StandingBlock:
    """A block as a row without changes; `origins` are the versions that brought its words."""

    row: Row
    origins: tuple[int, ...] = ()


class Blocks:
    """The blocks of a report that are printed once, numbered from 1: the newest text, then the rest."""

    def __init__(self, history: History) -> None:
        newest = history.versions[-1].article if history.versions else Article()
        self.newest = _newest(history, newest)
        self.earlier: list[StandingBlock] = []
        self._numbers: dict[tuple[BlockKind, int | None, str], int] = {}
        for number, block in enumerate(self.newest, 1):
            self._numbers.setdefault(_key(block.row), number)

    def number(self, row: Row) -> int:
        """The number of the block that reads as *row*, which is added where it is new."""
        key = _key(row)
        if key not in self._numbers:
            self.earlier.append(StandingBlock(row))
            self._numbers[key] = len(self.newest) + len(self.earlier)
        return self._numbers[key]

    def ranges(self, unchanged: tuple[Row, ...]) -> tuple[tuple[int, int], ...]:
        """The numbers of rows, neighbouring ones as a range: its first and its last number."""
        found: list[tuple[int, int]] = []
        for row in unchanged:
            number = self.number(row)
            if found and found[-1][1] + 1 == number:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
        return tuple(found)


def _key(row: Row) -> tuple[BlockKind, int | None, str]:
    return row.kind, row.level, "\0".join([f"{run.mark.value} {run.text}" for run in row.runs])


def _newest(history: History, article: Article) -> tuple[StandingBlock, ...]:
    if not article.text:
        return ()
    whole = Span(0, len(article.text))
    unchanged = rows(Revision(old=article, new=article, ops=(Equal(whole, whole),)))
    spans = [
        span for span, block in zip(article.block_spans, article.blocks, strict=True) if block.text
    ]
    if len(spans) != len(unchanged):
        return tuple([StandingBlock(row) for row in unchanged])
    stretches = blame(history)
    starts = [one.span.start for one in stretches]
    made = []
    for row, span in zip(unchanged, spans, strict=True):
        at = max(0, bisect_right(starts, span.start) - 1)
        found: set[int] = set()
        while at < len(stretches) and stretches[at].span.start < span.stop:
            found.add(stretches[at].version)
            at += 1
        standing = Row(row.kind, row.level, tuple([_kept(run) for run in row.runs]))
        made.append(StandingBlock(standing, tuple(sorted(found))))
    return tuple(made)


def _kept(run: Run) -> Run:
    return run if run.mark is Mark.STRUCK else attrs.evolve(run, mark=Mark.KEPT)
