"""The heaviest chain of steps that never cross: the monotone heart of the alignment.

A maximum over prefixes in a binary indexed tree (Fenwick 1994) gives the best chain of K steps in
O(K log n) time and O(K + n) memory, where the usual table of dynamic programming takes n × m.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Step", "heaviest_chain"]


class Step(NamedTuple):
    """Old items `[old, old_stop)` stand as new items `[new, new_stop)`; `gain` is its worth."""

    old: int
    new: int
    old_stop: int
    new_stop: int
    gain: float

    def shifted(self, by: int) -> Step:
        """The same step *by* places further on both sides."""
        return Step(self.old + by, self.new + by, self.old_stop + by, self.new_stop + by, self.gain)


def heaviest_chain(steps: Iterable[Step], *, neighbours: float = 0.0) -> list[Step]:
    """The chain of steps with the highest total gain, in order; no two of them overlap or cross.

    Two steps that follow each other with nothing between them on either side add *neighbours*. Of
    chains that weigh the same one is chosen by the steps themselves, whatever their order here.
    """
    ordered = sorted(steps)
    if _is_chain(ordered):
        return ordered
    tree = [-1] * (max([step.new_stop for step in ordered]) + 2)
    totals = [0.0] * len(ordered)
    previous = [-1] * len(ordered)
    ends: dict[tuple[int, int], int] = {}
    waiting = sorted(range(len(ordered)), key=[step.old_stop for step in ordered].__getitem__)
    entered = 0
    for index, step in enumerate(ordered):
        while entered < len(waiting) and ordered[waiting[entered]].old_stop <= step.old:
            _enter(waiting[entered], ordered, totals, tree, ends)
            entered += 1
        before = _best(tree, step.new + 1, totals)
        total = totals[before] if before >= 0 and totals[before] > 0 else 0.0
        beside = ends.get((step.old, step.new), -1)
        if beside >= 0 and totals[beside] + neighbours >= total:
            before, total = beside, totals[beside] + neighbours
        elif total == 0.0:
            before = -1
        previous[index] = before
        totals[index] = step.gain + total
    last = max(range(len(ordered)), key=totals.__getitem__)
    chain: list[Step] = []
    while last >= 0:
        chain.append(ordered[last])
        last = previous[last]
    return chain[::-1]


def _is_chain(ordered: list[Step]) -> bool:
    """Whether all the steps together are a chain to which each adds: nothing to choose."""
    return all(step.gain > 0 for step in ordered) and all(
        one.old_stop <= two.old and one.new_stop <= two.new for one, two in pairwise(ordered)
    )


def _enter(
    index: int,
    ordered: list[Step],
    totals: list[float],
    tree: list[int],
    ends: dict[tuple[int, int], int],
) -> None:
    """Offer a finished step to every step that starts behind it."""
    step = ordered[index]
    end = (step.old_stop, step.new_stop)
    if end not in ends or totals[index] > totals[ends[end]]:
        ends[end] = index
    at = step.new_stop + 1
    while at < len(tree):
        if tree[at] < 0 or totals[index] > totals[tree[at]]:
            tree[at] = index
        at += at & -at


def _best(tree: list[int], at: int, totals: list[float]) -> int:
    """The step with the highest total among those that end before new position *at*; -1 for none."""
    best = -1
    while at:
        candidate = tree[at]
        if candidate >= 0 and (best < 0 or totals[candidate] > totals[best]):
            best = candidate
        at -= at & -at
    return best
