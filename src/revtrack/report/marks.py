"""Words with their fate: kept, deleted, inserted or struck out. What each format prints."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import assert_never

import attrs

from revtrack.diff.ops import Delete, Equal, Insert, Replace, TextOp

__all__ = ["Mark", "Run", "apart", "runs_of", "sides"]


class Mark(Enum):
    """What happened to a run of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    STRUCK = "struck"


@attrs.frozen
class Run:
    """Words that share one fate.

    `move` is the index in `Revision.moves` where the words were moved. A `pilcrow` stands for a
    paragraph break that was deleted or inserted: it is not part of either text. `technical` words are
    in one capture only for a reason that is no edit: extraction, or how much was captured.
    """

    mark: Mark
    text: str
    move: int | None = None
    pilcrow: bool = False
    technical: bool = False

    @property
    def note(self) -> str:
        """What is to be read before the words, where they were neither kept nor edited."""
        if self.mark is Mark.STRUCK:
            return "struck out on the page"
        if self.technical:
            return "not in the new capture" if self.mark is Mark.DELETED else "not in the old capture"
        return ""


def runs_of(old: str | None, new: str | None, ops: Iterable[TextOp]) -> tuple[Run, ...]:
    """The runs of two short texts that *ops* tile; without fitting ops, both sides whole."""
    old, new, ops = old or "", new or "", tuple(ops)
    runs: list[Run] = []
    place = 0
    for op in ops:
        match op:
            case Equal():
                runs.append(Run(Mark.KEPT, new[place : place + len(op.new)]))
            case Insert():
                runs.append(Run(Mark.INSERTED, op.inserted))
            case Delete():
                runs.append(Run(Mark.DELETED, op.deleted))
            case Replace():
                runs += [Run(Mark.DELETED, op.deleted), Run(Mark.INSERTED, op.inserted)]
            case _:
                assert_never(op)
        place += len(op.new)
    joined = "".join([run.text for run in runs if run.mark is not Mark.DELETED])
    fits = (sum([len(op.old) for op in ops]), place, joined) == (len(old), len(new), new)
    if not runs or not fits:
        runs = [Run(Mark.DELETED, old), Run(Mark.INSERTED, new)]
    return tuple([run for run in runs if run.text])


def apart(runs: tuple[Run, ...]) -> bool:
    """Whether *runs* are two sides without a word in common, better shown one after the other."""
    return [run.mark for run in runs] == [Mark.DELETED, Mark.INSERTED]


def sides(old: str, new: str) -> str:
    """Two sides in quotation marks on one line: ``“45” → “54”``; ``added “54”`` without an old side."""
    if old and new:
        return f"“{old}” → “{new}”"
    return f"removed “{old}”" if old else f"added “{new}”"
