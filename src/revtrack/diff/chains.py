"""The heaviest chain of steps that never cross: the monotone heart of the alignment.

A sorted frontier of the chains that none beats (Hunt and Szymanski 1977, here with weights) gives the
best chain of K steps in O(K log K) comparisons and O(K) memory, where the usual table of dynamic
programming takes n × m.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

__all__ = ["Step", "greedy", "heaviest_chain", "longest_chain", "once", "runs"]

_SUBSEQUENCE_CELLS = 100_000_000
"""Old times new items up to which the longest common subsequence is taken: 12 MB of bits."""


class Step(NamedTuple):
    """Old items `[old, old_stop)` stand as new items `[new, new_stop)`; `gain` is its worth."""

    old: int
    new: int
    old_stop: int
    new_stop: int
    gain: float

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each old item with each new one that it stands as."""
        return product(range(self.old, self.old_stop), range(self.new, self.new_stop))

    def diagonal(self) -> Iterator[tuple[int, int]]:
        """The pairs of a step as long on both sides in which each item stands as one."""
        return zip(range(self.old, self.old_stop), range(self.new, self.new_stop), strict=True)

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
    totals: list[float] = []
    previous: list[int] = []
    frontier = _Frontier()
    ends: dict[tuple[int, int], int] = {}
    waiting = sorted(range(len(ordered)), key=[step.old_stop for step in ordered].__getitem__)
    entered = 0
    for old, new, _, _, gain in ordered:
        while (step := ordered[ready := waiting[entered]]).old_stop <= old:
            frontier.enter(step.new_stop, totals[ready], ready)
            if neighbours:
                end = (step.old_stop, step.new_stop)
                if end not in ends or totals[ready] > totals[ends[end]]:
                    ends[end] = ready
            entered += 1
        before, total = frontier.best(new)
        beside = ends.get((old, new), -1)
        if beside >= 0 and totals[beside] + neighbours >= total:
            before, total = beside, totals[beside] + neighbours
        previous.append(before)
        totals.append(gain + total)
    last = max(range(len(ordered)), key=totals.__getitem__)
    chain: list[Step] = []
    while last >= 0:
        chain.append(ordered[last])
        last = previous[last]
    return chain[::-1]


def _is_chain(ordered: list[Step]) -> bool:
    """Whether all the steps together are a chain to which each adds: nothing to choose."""
    old_at = new_at = 0
    for old, new, old_stop, new_stop, gain in ordered:
        if old < old_at or new < new_at or gain <= 0:
            return False
        old_at, new_at = old_stop, new_stop
    return True


class _Frontier:
    """The chains so far that none beats which ends no later; further ends weigh more."""

    def __init__(self) -> None:
        self._stops: list[int] = [0]
        self._chains: list[tuple[float, int]] = [(0.0, -1)]

    def enter(self, new_stop: int, total: float, index: int) -> None:
        """Offer the chain that ends with step *index* before new position *new_stop*."""
        at = bisect_right(self._stops, new_stop)
        if self._chains[at - 1][0] >= total:
            return
        if self._stops[at - 1] == new_stop:
            at -= 1
        beaten = at
        while beaten < len(self._stops) and self._chains[beaten][0] <= total:
            beaten += 1
        self._stops[at:beaten] = [new_stop]
        self._chains[at:beaten] = [(total, index)]

    def best(self, new: int) -> tuple[int, float]:
        """The last step of the heaviest chain that ends by new position *new*, and its total."""
        total, index = self._chains[bisect_right(self._stops, new) - 1]
        return index, total


def greedy(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of *pairs*, best first, those that leave each item in one, in order."""
    olds: set[int] = set()
    news: set[int] = set()
    found = []
    for i, j in pairs:
        if i not in olds and j not in news:
            olds.add(i)
            news.add(j)
            found.append((i, j))
    return sorted(found)


def once(numbers: Sequence[int], places: Iterable[int]) -> dict[int, int]:
    """Where each number is, of those that are at one of *places* alone, in order."""
    found: dict[int, int] = {}
    twice: set[int] = set()
    for place in places:
        number = numbers[place]
        if number in found:
            twice.add(number)
        found[number] = place
    return {number: place for number, place in found.items() if number not in twice}


def runs(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Pairs in order; those that follow each other on both sides as one: both starts, both stops."""
    found: list[tuple[int, int, int, int]] = []
    for i, j in pairs:
        if found and found[-1][2:] == (i, j):
            found[-1] = (*found[-1][:2], i + 1, j + 1)
        else:
            found.append((i, j, i + 1, j + 1))
    return found


def longest_chain(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]] | None:
    """The longest common subsequence as pairs of places; None where it would take too much memory."""
    if len(old) * len(new) > _SUBSEQUENCE_CELLS:
        return None
    blocks = LCSseq.editops(old, new).as_matching_blocks()
    return [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
