"""The heaviest chain of steps that never cross: the monotone heart of the alignment.

A maximum over prefixes in a binary indexed tree (Fenwick 1994) gives the best chain of K steps in
O(K log n) time and O(K + n) memory, where the usual table of dynamic programming takes n × m.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

__all__ = ["Step", "heaviest_chain"]


@attrs.frozen(order=True)
class Step:
    """Old sentences `[old, old_stop)` stand as new sentences `[new, new_stop)`; `gain` is its worth."""

    old: int
    new: int
    old_stop: int
    new_stop: int
    gain: float


def heaviest_chain(steps: Iterable[Step]) -> list[Step]:
    """The chain of steps with the highest total gain, in order; no two of them overlap or cross.

    Of chains that weigh the same, the one that stands first wins, so the answer does not depend on
    the order of *steps*.
    """
    ordered = sorted(steps)
    if not ordered:
        return []
    size = max([step.new_stop for step in ordered]) + 1
    tree: list[int] = [-1] * (size + 1)  # 1-based; holds the index of the best step that ends by there
    totals = [0.0] * len(ordered)
    previous = [-1] * len(ordered)
    waiting = sorted(range(len(ordered)), key=lambda index: (ordered[index].old_stop, index))
    entered = 0
    for index, step in enumerate(ordered):
        while entered < len(waiting) and ordered[waiting[entered]].old_stop <= step.old:
            _enter(tree, waiting[entered], ordered[waiting[entered]].new_stop + 1, totals)
            entered += 1
        best, at = -1, step.new + 1
        while at:
            candidate = tree[at]
            if candidate >= 0 and (best < 0 or totals[candidate] > totals[best]):
                best = candidate
            at -= at & -at
        previous[index] = best
        totals[index] = step.gain + (totals[best] if best >= 0 else 0.0)
    last = max(range(len(ordered)), key=lambda index: (totals[index], -index))
    chain: list[Step] = []
    while last >= 0:
        chain.append(ordered[last])
        last = previous[last]
    return chain[::-1]


def _enter(tree: list[int], index: int, at: int, totals: list[float]) -> None:
    """Offer the step *index*, which ends at new position *at* - 1, to every later start."""
    while at < len(tree):
        if tree[at] < 0 or totals[index] > totals[tree[at]]:
            tree[at] = index
        at += at & -at
