"""Alignment: which sentences of one text stand as which sentences of another.

Exact anchors are sentences that read the same on both sides and stand in the same order (Bram Cohen's
patience diff): what is the same at both ends, then what occurs once on each side, taken as the heaviest
chain by length so that of two swapped parts the longer stays in place, then the same again inside each
gap, where more sentences are unique. A large gap in which every common sentence is repeated is matched
by its longest common subsequence. What lies between them is aligned in `revtrack.diff.gaps`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import attrs

from revtrack.diff.chains import Step, heaviest_chain, longest_chain, once, runs
from revtrack.diff.gaps import Limits, gap_steps
from revtrack.diff.likeness import Lexicon, Reading
from revtrack.diff.moves import (
    exact_moves,
    labelled_pairs,
    lightest_moves,
    moved_neighbours,
    moved_runs,
    moved_sentences,
)
from revtrack.diff.ops import Move, checked_strings
from revtrack.model import Span
from revtrack.text import fold

__all__ = ["Alignment", "Group", "align", "align_folded"]

_LIMITS = Limits()


@attrs.frozen
class Group:
    """Old sentences and new sentences that stand for each other; spans count sentences.

    One side is empty where sentences came or went.
    """

    old: Span
    new: Span


@attrs.frozen
class Alignment:
    """Which sentences stand as which.

    `steps` say what stands for what in order, each sentence in one step at most; between two steps
    lies what came or went. `moves` are runs that stand at another place. `apart` are pairs that share a
    step or a run and do not stand for each other: in a rewritten paragraph the sentences between which
    no word went over, and a sentence that went along with neighbours that moved, where it was edited.
    `carried` are runs at another place because what they are part of stands there, such as an entry of
    a live blog; their sides need not be as long. `lengths` count the sentences of both sides. `bounded`
    says that a limit on size left possible pairs unseen; limits count sentences and words, never time.
    """

    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    lengths: tuple[int, int]
    apart: frozenset[tuple[int, int]] = frozenset()
    bounded: bool = False
    carried: tuple[Move, ...] = ()

    @cached_property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """All (old index, new index) that stand for each other; a split or a merge gives several.

        Pairs in order never cross; those of sentences that moved are there too.
        """
        kept = [pair for step in self.steps for pair in step.pairs()]
        moved = [pair for move in (*self.moves, *self.carried) for pair in move.pairs()]
        return frozenset([*kept, *moved]) - self.apart

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The steps and what lies between them: they tile both sides in order.

        A moved sentence stands in a group that has no other side, once where it went away and once
        where it came.
        """
        return tuple(_groups(self.steps, *self.lengths))


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """Align the sentences (or any short texts) *old* with *new*.

    Raises `TypeError` naming the argument when a side is not a sequence of strings.
    """
    sides = checked_strings("old", old), checked_strings("new", new)
    folded = {each: fold(each) for each in dict.fromkeys([*sides[0], *sides[1]])}
    keys = [[folded[sentence] for sentence in side] for side in sides]
    return align_folded(*keys)


def align_folded(
    old: Sequence[str],
    new: Sequence[str],
    *,
    labels: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
    all_moves: bool = False,
    aside: tuple[Container[int], Container[int]] = ((), ()),
) -> Alignment:
    """Align sentences that are folded already, as `align` does.

    *labels* say for both sides what some of the texts are about: two that alone bear a label are each
    other's, wherever they stand and however little else they share. *all_moves* takes for moved what is
    short and reads the same, and what shares nearly all its words and no name or number: people who
    link the sentences of drafts seldom link across others. *aside* are the numbers of those that only
    pair with each other unless they read the same, such as notices.
    """
    lengths = len(old), len(new)
    number_of = {key: number for number, key in enumerate(dict.fromkeys([*old, *new]))}
    ids = [[number_of[key] for key in side] for side in (old, new)]
    anchors = _exact_anchors(ids[0], ids[1], [len(key) + 1 for key in number_of])
    steps = [Step(i, j, i + 1, j + 1, 0.0) for i, j in anchors]
    if len(anchors) == len(old) == len(new):
        return Alignment(tuple(steps), (), lengths)
    lexicon = Lexicon()
    rest = [
        {i: Reading(key, lexicon, aside=i in own) for i, key in enumerate(side) if i not in kept}
        for side, kept, own in zip(
            (old, new), ({i for i, _ in anchors}, {j for _, j in anchors}), aside, strict=True
        )
    ]
    moved = exact_moves(rest[0], rest[1], ids[0], ids[1], all_moves=all_moves)
    _drop(rest, moved)
    if labels is not None and (labelled := labelled_pairs(rest[0], rest[1], *labels)):
        weights = [len(key) for key in old]
        steps, moved = lightest_moves(steps, sorted([*moved, *labelled]), weights)
        _drop(rest, labelled)
    found, apart, bounded = _steps_in_gaps(rest, steps, lexicon)
    _drop(rest, [pair for step in found for pair in step.pairs()])
    moved += moved_sentences(rest[0], rest[1], lexicon, all_moves=all_moves)
    _drop(rest, moved)
    carried = moved_neighbours(moved, rest[0], rest[1], lexicon)
    steps = sorted([*steps, *found])
    if moved:
        weights = [len(key) for key in old]
        steps, moved = lightest_moves(steps, sorted([*moved, *carried]), weights)
        apart += {*carried} & {*moved}
    steps = list(_over_borders(steps, old, new, moved))
    return Alignment(tuple(steps), moved_runs(moved), lengths, frozenset(apart), bounded)


def _drop(rest: list[dict[int, Reading]], pairs: Iterable[tuple[int, int]]) -> None:
    for i, j in pairs:
        rest[0].pop(i, None)
        rest[1].pop(j, None)


def _steps_in_gaps(
    rest: list[dict[int, Reading]], anchors: Sequence[Step], lexicon: Lexicon
) -> tuple[list[Step], list[tuple[int, int]], bool]:
    """Align what is left between each two anchors: steps, pairs left apart, whether a limit was met."""
    olds, news = (sorted(side) for side in rest)
    steps: list[Step] = []
    apart: list[tuple[int, int]] = []
    bounded = False
    old_at = new_at = 0
    end = (olds[-1] + 1 if olds else 0), (news[-1] + 1 if news else 0)
    for anchor in [*anchors, Step(*end, *end, 0.0)]:
        gap: tuple[list[int], list[int]] = [], []
        if old_at < anchor.old and new_at < anchor.new:
            gap = _between(olds, old_at, anchor.old), _between(news, new_at, anchor.new)
        old_at, new_at = anchor.old_stop, anchor.new_stop
        if gap[0] and gap[1]:
            readings = [[rest[side][index] for index in gap[side]] for side in (0, 1)]
            found = gap_steps(readings[0], readings[1], gap, lexicon, _LIMITS)
            bounded |= found.bounded
            apart += [(gap[0][one], gap[1][two]) for one, two in found.apart]
            steps += [
                Step(
                    gap[0][s.old],
                    gap[1][s.new],
                    gap[0][s.old_stop - 1] + 1,
                    gap[1][s.new_stop - 1] + 1,
                    s.gain,
                )
                for s in found.steps
            ]
    return steps, apart, bounded


def _over_borders(
    steps: Sequence[Step], old: Sequence[str], new: Sequence[str], moved: Iterable[tuple[int, int]]
) -> Iterator[Step]:
    """The steps, each with the neighbours without partner that its other side begins or ends with.

    Only the border between two sentences changed: a heading was joined to its paragraph, a full stop
    was left out.
    """
    gone, come = ({pair[side] for pair in moved} for side in (0, 1))
    at = (0, 0)
    for step, after in pairwise([*steps, Step(len(old), len(new), 0, 0, 0.0)]):
        olds, news = Span(step.old, step.old_stop), Span(step.new, step.new_stop)
        if (step[:2], step[2:4]) != (at, after[:2]):
            own = f" {' '.join(old[olds.start : olds.stop])} "
            other = f" {' '.join(new[news.start : news.stop])} "
            olds = _over(old, olds, Span(at[0], after.old), gone, own, other)
            news = _over(new, news, Span(at[1], after.new), come, other, own)
        at = olds.stop, news.stop
        yield Step(olds.start, news.start, *at, step.gain)


def _over(
    side: Sequence[str], stands: Span, free: Span, moved: Container[int], own: str, other: str
) -> Span:
    """*stands*, grown inside *free* by what the *other* side begins or ends with, and its *own* not."""
    start, stop = stands.start, stands.stop
    if free.start < start and start - 1 not in moved:
        first = f" {side[start - 1]} "
        start -= other.startswith(first) and not own.startswith(first)
    if stop < free.stop and stop not in moved:
        last = f" {side[stop]} "
        stop += other.endswith(last) and not own.endswith(last)
    return Span(start, stop)


def _between(places: Sequence[int], start: int, stop: int) -> list[int]:
    return list(places[bisect_left(places, start) : bisect_left(places, stop)])


def _groups(steps: Iterable[Step], old_length: int, new_length: int) -> Iterator[Group]:
    """The steps and what lies between them, in order; a gap gives what went, then what came."""
    old_at = new_at = 0
    ends = old_length, new_length
    for old, new, old_stop, new_stop, _ in [*steps, Step(*ends, *ends, 0.0)]:
        if old_at < old:
            yield Group(Span(old_at, old), Span(new_at, new_at))
        if new_at < new:
            yield Group(Span(old, old), Span(new_at, new))
        old_at, new_at = old_stop, new_stop
        if old < old_stop:
            yield Group(Span(old, old_stop), Span(new, new_stop))


# --------------------------------------------------------------------------------------- exact anchors

_MANY_REPEATS = 32
"""Sentences on both sides from which a gap of repeated sentences is matched here.

Range 2 to 64; below, likeness decides which of the repeated ones belong together.
"""


def _exact_anchors(
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
    olds, news = once(old, range(i, i_stop)), once(new, range(j, j_stop))
    common = [(a, news[number]) for number, a in olds.items() if number in news]
    if all(one[1] < two[1] for one, two in pairwise(common)):
        return common  # nothing changed places: the usual case
    # neighbours are one step: what crosses one of them crosses all
    steps = [
        Step(*run, float(sum([weights[old[a]] for a in range(run[0], run[2])]))) for run in runs(common)
    ]
    return [pair for step in heaviest_chain(steps) for pair in step.diagonal()]


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
