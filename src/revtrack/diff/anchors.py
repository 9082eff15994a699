"""Exact anchors: sentences that read the same on both sides and stand in the same order.

Patience anchors (Bram Cohen's patience diff): what is the same at both ends, then what occurs once
on each side, taken as the heaviest chain by length so that of two swapped parts the longer stays in
place, then the same again inside each gap, where more sentences are unique. A large gap in which
every common sentence is repeated is matched by its longest common subsequence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from revtrack.diff.chains import Step, heaviest_chain, longest_chain

__all__ = ["exact_anchors"]

_MANY_REPEATS = 32
"""Sentences on both sides from which a gap of repeated sentences is matched here.

Range 2 to 64; below, likeness decides which of the repeated ones belong together.
"""


def exact_anchors(
    old: Sequence[int], new: Sequence[int], weights: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs (old index, new index) of equal sentences, in order and without crossings.

    *old* and *new* hold one number per distinct folded sentence; *weights* gives, for each such
    number, how much it counts (its length).
    """
    found: list[tuple[int, int]] = []
    gaps = [(0, len(old), 0, len(new))]
    while gaps:
        i, i_stop, j, j_stop = gaps.pop()
        while i < i_stop and j < j_stop and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_stop and j < j_stop and old[i_stop - 1] == new[j_stop - 1]:
            i_stop, j_stop = i_stop - 1, j_stop - 1
            found.append((i_stop, j_stop))
        if i == i_stop or j == j_stop:
            continue
        chain = _unique_chain(old, new, (i, i_stop, j, j_stop), weights)
        if not chain and min(i_stop - i, j_stop - j) >= _MANY_REPEATS:
            chain = _repeats(old, new, (i, i_stop, j, j_stop))
        found.extend(chain)
        if chain:
            for a, b in [*chain, (i_stop, j_stop)]:
                if i < a and j < b:
                    gaps.append((i, a, j, b))
                i, j = a + 1, b + 1
    return sorted(found)


def _unique_chain(
    old: Sequence[int], new: Sequence[int], gap: tuple[int, int, int, int], weights: Sequence[int]
) -> list[tuple[int, int]]:
    i, i_stop, j, j_stop = gap
    olds, news = _once(old, i, i_stop), _once(new, j, j_stop)
    common = [(a, b) for number, a in olds.items() if a >= 0 and (b := news.get(number, -1)) >= 0]
    if all(one[1] < two[1] for one, two in pairwise(common)):
        return common  # nothing changed places: the usual case
    return [pair for run in heaviest_chain(_joined(common, old, weights)) for pair in run.diagonal()]


def _joined(pairs: Sequence[tuple[int, int]], old: Sequence[int], weights: Sequence[int]) -> list[Step]:
    """Pairs that follow each other on both sides as one step: what crosses one of them crosses all."""
    runs: list[Step] = []
    for a, b in pairs:
        weight = float(weights[old[a]])
        if runs and runs[-1].old_stop == a and runs[-1].new_stop == b:
            i, j, _, _, before = runs.pop()
            runs.append(Step(i, j, a + 1, b + 1, before + weight))
        else:
            runs.append(Step(a, b, a + 1, b + 1, weight))
    return runs


def _once(side: Sequence[int], start: int, stop: int) -> dict[int, int]:
    """Where each number stands; -1 for one that stands twice."""
    places: dict[int, int] = {}
    for index in range(start, stop):
        number = side[index]
        places[number] = -1 if number in places else index
    return places


def _repeats(
    old: Sequence[int], new: Sequence[int], gap: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Repeated sentences in order; past a bound on size, the k-th of a kind stands as the k-th."""
    i, i_stop, j, j_stop = gap
    longest = longest_chain(old[i:i_stop], new[j:j_stop])
    if longest is not None:
        return [(i + a, j + b) for a, b in longest]
    places = {key: b for b, key in _counted(new, j, j_stop)}
    steps = [
        Step(a, places[key], a + 1, places[key] + 1, 1.0)
        for a, key in _counted(old, i, i_stop)
        if key in places
    ]
    return [(step.old, step.new) for step in heaviest_chain(steps)]


def _counted(side: Sequence[int], start: int, stop: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each index with its number and how often that number has stood before."""
    seen: dict[int, int] = {}
    for index in range(start, stop):
        number = side[index]
        seen[number] = seen.get(number, -1) + 1
        yield index, (number, seen[number])
