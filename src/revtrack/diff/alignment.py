"""Alignment: which sentences of one text stand as which sentences of another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import attrs

from revtrack.diff.anchors import exact_anchors
from revtrack.diff.arguments import checked_strings
from revtrack.diff.chains import Step
from revtrack.diff.gaps import Limits, gap_steps
from revtrack.diff.likeness import Lexicon, Reading
from revtrack.diff.moves import (
    exact_moves,
    lightest_moves,
    moved_neighbours,
    moved_runs,
    moved_sentences,
)
from revtrack.diff.ops import Move
from revtrack.diff.paragraphs import Paragraphs
from revtrack.model import Span
from revtrack.text import fold

__all__ = ["Alignment", "Group", "align"]


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

    `pairs` are (old index, new index); a split or merge gives several. Pairs in order never cross;
    those of sentences that moved are there too, and `moves` tells which they are, as runs. A sentence
    that was edited and is known again only because its neighbours moved stands in the run and not in
    `pairs`. `groups` tile both sides in order: a moved sentence stands in a group that has no other
    side, once where it went away and once where it came. `bounded` says that a limit on size left
    possible pairs unseen; limits count sentences and words, never time.
    """

    pairs: frozenset[tuple[int, int]]
    moves: tuple[Move, ...]
    groups: tuple[Group, ...]
    bounded: bool = False


def align(
    old: Sequence[str],
    new: Sequence[str],
    *,
    old_blocks: Sequence[int] | None = None,
    new_blocks: Sequence[int] | None = None,
) -> Alignment:
    """Align the sentences (or any short texts) *old* with *new*.

    *old_blocks* and *new_blocks* give for each sentence the number of the paragraph it stands in:
    two sentences whose paragraphs are both known, by kept sentences, to stand elsewhere are less
    likely each other's. Raises `TypeError` naming the argument when a
    side is not a sequence of strings, `ValueError` when there is not one block number per sentence.
    """
    sides = checked_strings("old", old), checked_strings("new", new)
    support = Paragraphs(old_blocks, new_blocks, len(sides[0]), len(sides[1]))
    numbers: dict[str, int] = {}
    distinct = dict.fromkeys([*sides[0], *sides[1]])
    number_of = {each: numbers.setdefault(fold(each), len(numbers)) for each in distinct}
    ids = [[number_of[sentence] for sentence in side] for side in sides]
    keys = list(numbers)
    anchors = exact_anchors(ids[0], ids[1], [len(key) + 1 for key in keys])
    steps = [Step(i, j, i + 1, j + 1, 0.0) for i, j in anchors]
    if len(anchors) == len(sides[0]) == len(sides[1]):
        return _alignment(steps, (), sides, carried=frozenset(), bounded=False)
    lexicon = Lexicon()
    rest = [
        {i: Reading(keys[number], lexicon) for i, number in enumerate(side) if i not in kept}
        for side, kept in zip(ids, ({i for i, _ in anchors}, {j for _, j in anchors}), strict=True)
    ]
    moved = exact_moves(rest[0], rest[1], ids[0], ids[1])
    _drop(rest, moved)
    support.learn(anchors)
    found, bounded = _steps_in_gaps(rest, steps, lexicon, support)
    _drop(
        rest,
        [(i, j) for s in found for i in range(s.old, s.old_stop) for j in range(s.new, s.new_stop)],
    )
    moved += moved_sentences(rest[0], rest[1], lexicon)
    _drop(rest, moved)
    carried = frozenset(moved_neighbours(moved, rest[0], rest[1], lexicon))
    steps = sorted([*steps, *found])
    if moved:
        weights = [len(keys[number]) for number in ids[0]]
        steps, moved = lightest_moves(steps, sorted([*moved, *carried]), weights)
    return _alignment(steps, moved, sides, carried=carried, bounded=bounded)


def _drop(rest: list[dict[int, Reading]], pairs: Iterable[tuple[int, int]]) -> None:
    for i, j in pairs:
        rest[0].pop(i, None)
        rest[1].pop(j, None)


def _steps_in_gaps(
    rest: list[dict[int, Reading]], anchors: Sequence[Step], lexicon: Lexicon, support: Paragraphs
) -> tuple[list[Step], bool]:
    """Align what is left between each two anchors; also whether a limit was met."""
    olds, news = (sorted(side) for side in rest)
    steps: list[Step] = []
    bounded = False
    i = j = 0
    for anchor in [*anchors, None]:
        a = bisect_left(olds, anchor.old, i) if anchor else len(olds)
        b = bisect_left(news, anchor.new, j) if anchor else len(news)
        if i < a and j < b:
            gap = (olds[i:a], news[j:b])
            readings = [[rest[side][index] for index in gap[side]] for side in (0, 1)]
            found, cut = gap_steps(readings[0], readings[1], gap, lexicon, _LIMITS, support.of_pair)
            bounded |= cut
            steps += [
                Step(
                    gap[0][s.old],
                    gap[1][s.new],
                    gap[0][s.old_stop - 1] + 1,
                    gap[1][s.new_stop - 1] + 1,
                    s.gain,
                )
                for s in found
            ]
        i, j = a, b
    return steps, bounded


def _alignment(
    steps: Sequence[Step],
    moved: Sequence[tuple[int, int]],
    sides: tuple[Sequence[str], Sequence[str]],
    *,
    carried: frozenset[tuple[int, int]],
    bounded: bool,
) -> Alignment:
    pairs: list[tuple[int, int]] = []
    for old, new, old_stop, new_stop, _ in steps:
        if old_stop - old == new_stop - new == 1:
            pairs.append((old, new))
        else:
            pairs += [(i, j) for i in range(old, old_stop) for j in range(new, new_stop)]
    groups = tuple(_groups(steps, len(sides[0]), len(sides[1])))
    known = [*pairs, *[pair for pair in moved if pair not in carried]]
    return Alignment(frozenset(known), moved_runs(moved), groups, bounded)


def _groups(steps: Iterable[Step], old_length: int, new_length: int) -> Iterator[Group]:
    """The steps and what lies between them, in order; a gap gives what went, then what came."""
    old_at = new_at = 0
    for old, new, old_stop, new_stop, _ in steps:
        if old_at < old:
            yield Group(Span(old_at, old), Span(new_at, new_at))
        if new_at < new:
            yield Group(Span(old, old), Span(new_at, new))
        old_at, new_at = old_stop, new_stop
        stands = Span(old, old_stop)
        same = (old, old_stop) == (new, new_stop)
        yield Group(stands, stands if same else Span(new, new_stop))
    if old_at < old_length:
        yield Group(Span(old_at, old_length), Span(new_at, new_at))
    if new_at < new_length:
        yield Group(Span(old_length, old_length), Span(new_at, new_length))
