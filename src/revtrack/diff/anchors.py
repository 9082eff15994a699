"""Exact anchors: sentences that read the same on both sides and stand in the same order.

Patience anchors (Bram Cohen's patience diff): what is the same at both ends, then what occurs once
on each side, taken as the heaviest chain by length so that of two swapped parts the longer stays in
place, then the same again inside each gap, where more sentences are unique.
"""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.diff.chains import Step, heaviest_chain

__all__ = ["exact_anchors"]


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
        found.extend(chain)
        if chain:
            for a, b in [*chain, (i_stop, j_stop)]:
                gaps.append((i, a, j, b))
                i, j = a + 1, b + 1
    return sorted(found)


def _unique_chain(
    old: Sequence[int], new: Sequence[int], gap: tuple[int, int, int, int], weights: Sequence[int]
) -> list[tuple[int, int]]:
    i, i_stop, j, j_stop = gap
    olds, news = _once(old, i, i_stop), _once(new, j, j_stop)
    steps = [
        Step(a, b, a + 1, b + 1, float(weights[number]))
        for number, a in olds.items()
        if a >= 0 and (b := news.get(number, -1)) >= 0
    ]
    return [(step.old, step.new) for step in heaviest_chain(steps)]


def _once(side: Sequence[int], start: int, stop: int) -> dict[int, int]:
    """Where each number stands; -1 for one that stands twice."""
    places: dict[int, int] = {}
    for index in range(start, stop):
        number = side[index]
        places[number] = -1 if number in places else index
    return places
