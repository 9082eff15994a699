"""Alignment inside a gap between exact anchors: edited, split and merged sentences, in order.

Each step of the chain (one to one, one to several, several to one) gains the log-odds of its
likeness; steps that follow each other directly support each other, and so do the anchors that bound
the gap, which is why a lone sentence between two kept ones is taken for an edit of its counterpart.
One-to-many steps go back to Gale and Church (1993); likeness takes the place of their lengths.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from revtrack.diff.chains import Step, heaviest_chain
from revtrack.diff.likeness import Lexicon, Reading, handed_on, likeness, share_beside, shares_ends

__all__ = ["Limits", "gap_steps"]

_NEIGHBOURS = 1.0
"""Log-odds that two steps gain by following each other directly.

Range 0 to 2.5; higher links more of what stands alone between kept sentences. Best of 0.4 to 2.2 on
each half of ArgRewrite; an independent regression puts it at 2.2 where rivals do not compete.
"""
_FORMS = -1.0
"""Log-odds, by the stems of two lone sentences, from which one is the other's revision (-2 to 0)."""
_SHORT = range(2, 9)
"""How many words such sentences have (to 6 to 12): in longer ones enough words keep their endings."""
_SURE = -2.0
"""Log-odds, by what two sentences share at both ends alone, from which nothing else is weighed."""
_PART_COST = 3.5
_PART_RELIEF = 2.0
"""Log-odds that each further part of a split or merge costs, and how much of that is given back when
all of the least part stands in the whole.

A flat cost of 2.5 measured the same in all and worse on the weaker half; costs from 2.5 to 5 with
relief from 0 to 4 were within .004.
"""
_PART_SHARE = 0.4
"""Share of each part that must stand in the whole and in no other part; 0.3 to 0.4 measured alike."""
_PART_OTHERWISE = 0.34
"""Share of the items, by weight, that their sentence may lack; range 0 to 0.4."""
_FEWEST_ITEMS = 3
"""Items that make a list (range 2 to 4): two are a split."""
_MOST_PARTS = 3
"""Sentences that one sentence may be split into; of 36 splits and merges in ArgRewrite 3 have three."""


@attrs.frozen
class Limits:
    """Bounds on the work in a gap, by size alone, so that results are the same everywhere.

    `sharers`: a word that stands in more sentences of a side of the gap suggests no pair.
    `rivals`: at most so many new sentences are weighed for each old one, those that share most.
    """

    sharers: int = 64
    rivals: int = 24


class GapSteps(NamedTuple):
    """What aligns the sentences of a gap.

    `apart` are pairs that share a step of several to several and do not stand for each other;
    `bounded` says that a limit left possible pairs unseen.
    """

    steps: list[Step]
    apart: Sequence[tuple[int, int]] = ()
    bounded: bool = False


def gap_steps(
    old: Sequence[Reading],
    new: Sequence[Reading],
    places: tuple[Sequence[int], Sequence[int]],
    lexicon: Lexicon,
    limits: Limits,
) -> GapSteps:
    """The steps that align the sentences of a gap.

    Positions count from the start of the gap, both ends of which lie beside anchors; *places* are
    the positions in the text, where sentences that moved away may be missing: no split spans them.
    """
    lone = [[k for k, one in enumerate(side) if not one.aside] for side in (old, new)]
    if [*map(len, lone)] == [1, 1] and 1 in {len(old), len(new)}:  # the commonest gap
        i, j = lone[0][0], lone[1][0]
        enough = -2 * _NEIGHBOURS
        alike = (
            shares_ends(old[i], new[j], enough)
            or likeness(old[i], new[j], lexicon) > enough
            or _same_but_for_endings(old[i], new[j], lexicon)
        )
        return GapSteps([Step(i, j, i + 1, j + 1, 0.0)] if alike else [])
    first, last = _sure_ends(old, new)
    if first or last:
        i_stop, j_stop = len(old) - last, len(new) - last
        inner = GapSteps([])
        if first < i_stop and first < j_stop:
            rest = places[0][first:i_stop], places[1][first:j_stop]
            inner = gap_steps(old[first:i_stop], new[first:j_stop], rest, lexicon, limits)
        return GapSteps(
            [
                *[Step(k, k, k + 1, k + 1, 0.0) for k in range(first)],
                *[s.shifted(first) for s in inner.steps],
                *[
                    Step(i_stop + k, j_stop + k, i_stop + k + 1, j_stop + k + 1, 0.0)
                    for k in range(last)
                ],
            ],
            [(i + first, j + first) for i, j in inner.apart],
            inner.bounded,
        )
    rivals, bounded = _rivals(old, new, lexicon, limits)
    scores = {
        (i, j): likeness(old[i], new[j], lexicon)
        for i, js in rivals.items()
        for j in js
        if old[i].aside == new[j].aside
    }
    steps = [Step(i, j, i + 1, j + 1, score) for (i, j), score in scores.items()]
    steps += [
        step
        for step in (*_splits(old, new, scores, lexicon), *_lists(old, new, scores, lexicon))
        if places[0][step.old_stop - 1] - places[0][step.old] == step.old_stop - 1 - step.old
        and places[1][step.new_stop - 1] - places[1][step.new] == step.new_stop - 1 - step.new
    ]
    lowest = -2 * _NEIGHBOURS
    before, after = (
        Step(-1, -1, 0, 0, -lowest),
        Step(len(old), len(new), len(old) + 1, len(new) + 1, 0.0),
    )
    moved = [step.shifted(1) for step in (before, *[s for s in steps if s.gain > lowest], after)]
    found = heaviest_chain(moved, neighbours=_NEIGHBOURS)
    chain = [s.shifted(-1) for s in found if 0 < s.old <= len(old) and 0 < s.new <= len(new)]
    return GapSteps(*_joined(chain, old, new, places, lexicon), bounded)


def _same_but_for_endings(old: Reading, new: Reading, lexicon: Lexicon) -> bool:
    """Whether two short sentences are alike by what their words begin with: *дом*, *домов*."""
    short = len(old.chunks) in _SHORT and len(new.chunks) in _SHORT
    return short and likeness(old.stems, new.stems, lexicon) > _FORMS


def _sure_ends(old: Sequence[Reading], new: Sequence[Reading]) -> tuple[int, int]:
    """How many sentences at the beginning and at the end of a gap surely stand for each other in order.

    They share nearly all, and neither shares as much with the next one. Where only one side has
    sentences left, what borders on them is not sure: they may be parts of it.
    """
    size = min(len(old), len(new))

    def sure(i: int, j: int, by: int) -> bool:
        return shares_ends(old[i], new[j], _SURE) and not (
            (0 <= i + by < len(old) and shares_ends(old[i + by], new[j], _SURE))
            or (0 <= j + by < len(new) and shares_ends(old[i], new[j + by], _SURE))
        )

    first = 0
    while first < size and sure(first, first, 1):
        first += 1
    last = 0
    while last < size - first and sure(len(old) - 1 - last, len(new) - 1 - last, -1):
        last += 1
    if first + last == size < max(len(old), len(new)):
        return max(0, first - 1), max(0, last - 1)
    return first, last


def _rivals(
    old: Sequence[Reading], new: Sequence[Reading], lexicon: Lexicon, limits: Limits
) -> tuple[dict[int, list[int]], bool]:
    """For each old sentence the new ones that share words with it, through an inverted index."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for j, reading in enumerate(new):
        for word in reading.bag:
            holders[word].append(j)
    spread = Counter([word for reading in old for word in reading.bag])
    common = {
        word
        for word, places in holders.items()
        if len(places) > limits.sharers or (len(places) > 1 and spread[word] > limits.sharers)
    }
    bounded = bool(common)
    rivals: dict[int, list[int]] = {}
    for i, reading in enumerate(old):
        shared: defaultdict[int, int] = defaultdict(int)
        for word in reading.bag:
            if word not in common:
                weight = lexicon.weights[word]
                for j in holders.get(word, ()):
                    shared[j] += weight
        if len(shared) > limits.rivals:
            bounded = True
            ranked = sorted(shared, key=lambda j: (-shared[j] / (reading.weight + new[j].weight), j))
            rivals[i] = ranked[: limits.rivals]
        else:
            rivals[i] = list(shared)
    return rivals, bounded


def _splits(
    old: Sequence[Reading],
    new: Sequence[Reading],
    scores: dict[tuple[int, int], float],
    lexicon: Lexicon,
) -> Iterator[Step]:
    """The steps in which one sentence stands as several neighbours, in either direction."""
    for i, j in scores:
        for size in range(2, _MOST_PARTS + 1):
            if (i, j + size - 1) in scores:
                gain = _split_gain(old[i], new[j : j + size], lexicon)
                if gain is not None:
                    yield Step(i, j, i + 1, j + size, gain)
            if (i + size - 1, j) in scores:
                gain = _split_gain(new[j], old[i : i + size], lexicon)
                if gain is not None:
                    yield Step(i, j, i + size, j + 1, gain)


def _lists(
    old: Sequence[Reading],
    new: Sequence[Reading],
    scores: dict[tuple[int, int], float],
    lexicon: Lexicon,
) -> Iterator[Step]:
    """The steps in which one sentence stands as the items of a list, in either direction.

    The items are neighbours, each with `_PART_SHARE` of its own in the sentence, together all but
    `_PART_OTHERWISE`, and all of the sentence in its order.
    """
    inside: list[defaultdict[int, list[int]]] = [defaultdict(list), defaultdict(list)]
    for i, j in scores:
        for side, (one, two) in enumerate([(i, j), (j, i)]):
            whole, part = (new[one], old[two]) if side else (old[one], new[two])
            if len(part.words) < len(whole.words) and (
                share_beside(part, (), whole, lexicon) >= _PART_SHARE
            ):
                inside[side][one].append(two)
    for side, wholes, parts in ((0, old, new), (1, new, old)):
        for at, places in inside[side].items():
            for start, stop in _runs(sorted(places)):
                if stop - start < _FEWEST_ITEMS:
                    continue
                run = Reading.of_run(parts[start:stop], lexicon)
                if share_beside(run, (), wholes[at], lexicon) < 1 - _PART_OTHERWISE:
                    continue
                gain = likeness(wholes[at], run, lexicon)
                if side:
                    yield Step(start, at, stop, at + 1, gain)
                else:
                    yield Step(at, start, at + 1, stop, gain)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of neighbouring places."""
    start = 0
    for k in range(1, len(places) + 1):
        if k == len(places) or places[k] != places[k - 1] + 1:
            yield places[start], places[k - 1] + 1
            start = k


def _split_gain(whole: Reading, parts: Sequence[Reading], lexicon: Lexicon) -> float | None:
    """The worth of *whole* standing as *parts*; None when a part does not bring words of its own."""
    share = min(
        [
            share_beside(part, [*parts[:index], *parts[index + 1 :]], whole, lexicon)
            for index, part in enumerate(parts)
        ]
    )
    if share < _PART_SHARE:
        return None
    cost = _PART_COST - _PART_RELIEF * share
    return likeness(whole, Reading.of_run(parts, lexicon), lexicon) - cost * (len(parts) - 1)


_SHARE = 0.3
"""Share of the lighter sentence that must have gone over the border; range 0.2 to 0.55."""
_AGREEMENT = 0.75
"""How alike what one sentence lost and the other won must be; range 0.65 to 0.85.

In the essays, the news versions and 1,400 other pairs of revisions the two together join one place,
rightly. Without the second they join one more, a clause rewritten on its way, which the people who
aligned the essays did not link; without the first one more, where a single word was shortened.
"""


def _joined(
    steps: Sequence[Step],
    old: Sequence[Reading],
    new: Sequence[Reading],
    places: tuple[Sequence[int], Sequence[int]],
    lexicon: Lexicon,
) -> tuple[list[Step], list[tuple[int, int]]]:
    """The steps of a gap with those joined over whose border a clause went, and the pairs left apart.

    *places* are the positions in the text: steps between which a sentence moved away are not joined.
    """
    found: list[Step] = []
    apart: list[tuple[int, int]] = []
    links: list[tuple[int, int]] = []
    last: Step | None = None
    for step in steps:
        over = None
        if last is not None and _touch(last, step, places):
            over = _border_pair(last, step, old, new, lexicon)
        last = step
        if over is None:
            found.append(step)
            links = [*step.pairs()]
            continue
        before = found.pop()
        whole = Step(before.old, before.new, step.old_stop, step.new_stop, before.gain + step.gain)
        links = [*links, over, *step.pairs()]
        found.append(whole)
        apart = [pair for pair in apart if pair[0] < whole.old]
        apart += sorted({*whole.pairs()} - {*links})
    return found, apart


def _touch(one: Step, two: Step, places: tuple[Sequence[int], Sequence[int]]) -> bool:
    """Whether nothing stands between two steps, on either side."""
    return (
        (one.old_stop, one.new_stop) == (two.old, two.new)
        and places[0][two.old] - places[0][one.old_stop - 1] == 1
        and places[1][two.new] - places[1][one.new_stop - 1] == 1
    )


def _border_pair(
    one: Step, two: Step, old: Sequence[Reading], new: Sequence[Reading], lexicon: Lexicon
) -> tuple[int, int] | None:
    """The pair over the border of two steps of which one handed on to the other a good part of it."""
    olds = old[one.old : one.old_stop], old[two.old : two.old_stop]
    news = new[one.new : one.new_stop], new[two.new : two.new_stop]
    later = handed_on(olds[0][-1], news[1][0], news[0], olds[1], lexicon)
    sooner = handed_on(olds[1][0], news[0][-1], news[1], olds[0], lexicon)
    share, agreement = max(later, sooner)
    if share < _SHARE or agreement < _AGREEMENT:
        return None
    return (one.old_stop - 1, two.new) if later >= sooner else (two.old, one.new_stop - 1)
