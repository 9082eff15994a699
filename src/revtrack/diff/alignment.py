"""Alignment: which sentences of one text stand as which sentences of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from revtrack.diff.anchors import exact_anchors
from revtrack.diff.arguments import checked_strings
from revtrack.diff.chains import Step
from revtrack.diff.gaps import Limits, gap_steps
from revtrack.diff.likeness import Lexicon, Reading
from revtrack.diff.ops import Move
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

    `pairs` are (old index, new index) and never cross; a split or merge gives several pairs.
    `moves` pair unmatched sentences that stand at another place. `groups` tile both sides in order.
    `bounded` says that a limit on size left possible pairs unseen.
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

    *old_blocks* and *new_blocks* give for each sentence the number of the paragraph it stands in.
    Raises `TypeError` naming the argument when a side is not a sequence of strings.
    """
    olds, news = checked_strings("old", old), checked_strings("new", new)
    folded = [[fold(sentence) for sentence in side] for side in (olds, news)]
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(key, len(numbers)) for key in side] for side in folded]
    anchors = exact_anchors(ids[0], ids[1], [len(key) + 1 for key in numbers])
    steps: list[Step] = []
    lexicon = Lexicon()
    bounded = False
    i = j = 0
    for a, b in [*anchors, (len(olds), len(news))]:
        if i < a and j < b:
            readings = (
                [Reading.of(sentence, lexicon) for sentence in folded[0][i:a]],
                [Reading.of(sentence, lexicon) for sentence in folded[1][j:b]],
            )
            found, cut = gap_steps(*readings, lexicon, _LIMITS)
            steps += [Step(s.old + i, s.new + j, s.old_stop + i, s.new_stop + j, s.gain) for s in found]
            bounded |= cut
        if a < len(olds):
            steps.append(Step(a, b, a + 1, b + 1, 1.0))
        i, j = a + 1, b + 1
    pairs = [
        (a, b)
        for step in steps
        for a in range(step.old, step.old_stop)
        for b in range(step.new, step.new_stop)
    ]
    groups = tuple(_groups(steps, len(olds), len(news)))
    return Alignment(frozenset(pairs), (), groups, bounded)


def _groups(steps: Iterable[Step], old_length: int, new_length: int) -> Iterator[Group]:
    """The steps and what lies between them, in order; a gap gives what went, then what came."""
    old_at = new_at = 0
    for step in [*steps, Step(old_length, new_length, old_length, new_length, 0.0)]:
        if old_at < step.old:
            yield Group(Span(old_at, step.old), Span(new_at, new_at))
        if new_at < step.new:
            yield Group(Span(step.old, step.old), Span(new_at, step.new))
        old_at, new_at = step.old_stop, step.new_stop
        if step.old < old_at or step.new < new_at:
            yield Group(Span(step.old, old_at), Span(step.new, new_at))
