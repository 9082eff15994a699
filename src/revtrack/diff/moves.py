"""Moves: sentences that the alignment in order left over, and that stand at another place.

A sentence has moved when it reads the same elsewhere and is long enough not to be a common phrase,
or when it was edited on the way, is much alike and shares a mark of fact: a name, a number or a
quotation. In a text about one subject sentences resemble each other; a mark of fact ties two of
them to the same statement (Spangher et al. 2022 match sentences of news versions without order).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from revtrack.diff.chains import Step
from revtrack.diff.likeness import Lexicon, Reading, likeness
from revtrack.diff.ops import Move
from revtrack.model import Span
from revtrack.text.lexing import lexemes

__all__ = ["exact_moves", "lighter_moves", "moved_neighbours", "moved_runs", "moved_sentences"]

_DISTINCTIVE_WEIGHT = 40
"""What a sentence must weigh to move alone: five or six words of middle length.

Range 20 to 80; lower lets stock phrases ("He did not elaborate.") move about.
"""
_MOVED_LIKENESS = 1.0
"""Log-odds from which an edited sentence is taken as moved; range 0 to 3, see the explanation page."""
_SHARED_TRIPLES = 3
"""Runs of three words that suggest a moved and edited sentence; fewer are chance."""
_NEIGHBOUR_LIKENESS = 1.0
"""Log-odds from which a sentence went along with a moved neighbour; range 0 to 5."""
_MOST_RUNS = 64
"""Moved runs up to which it is weighed whether what they crossed should move instead."""
_TRIPLE_HOLDERS = 8
"""A run of three words that stands in more leftover sentences than this suggests nothing."""


def exact_moves(
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    old_ids: Sequence[int],
    new_ids: Sequence[int],
) -> list[tuple[int, int]]:
    """Pairs of leftover sentences that read the same, with what reads the same beside them.

    *old* and *new* are the leftovers by index; the ids give one number per distinct sentence. A
    sentence must occur once among the leftovers of each side and be long enough to stand alone; its
    neighbours may be short or repeated.
    """
    places = _once(new, new_ids)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for number, start in _once(old, old_ids).items():
        if number not in places or not _distinctive(old[start]):
            continue
        for by in (1, -1):
            i, j = start, places[number]
            while (i == start or i not in pairs) and i in old and j in new and old_ids[i] == new_ids[j]:
                if j in taken and pairs.get(i) != j:
                    break
                pairs[i] = j
                taken.add(j)
                i, j = i + by, j + by
    return sorted(pairs.items())


def _once(side: Mapping[int, Reading], ids: Sequence[int]) -> dict[int, int]:
    """Where each number stands that occurs once among the leftovers."""
    places: dict[int, int] = {}
    twice: set[int] = set()
    for index in side:
        if ids[index] in places:
            twice.add(ids[index])
        places[ids[index]] = index
    return {number: index for number, index in places.items() if number not in twice}


def _distinctive(reading: Reading) -> bool:
    """Whether a sentence is long enough to be recognised at another place."""
    return reading.weight >= _DISTINCTIVE_WEIGHT


def moved_sentences(
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    old_texts: Sequence[str],
    new_texts: Sequence[str],
    lexicon: Lexicon,
) -> list[tuple[int, int]]:
    """Pairs of leftover sentences that moved and were edited, the most alike first served."""
    holders: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for j, reading in new.items():
        for triple in reading.triples:
            holders[triple].append(j)
    ranked: list[tuple[float, int, int]] = []
    for i, reading in old.items():
        shared: defaultdict[int, int] = defaultdict(int)
        for triple in reading.triples:
            places = holders.get(triple, ())
            if len(places) <= _TRIPLE_HOLDERS:
                for j in places:
                    shared[j] += 1
        for j, count in shared.items():
            if count >= _SHARED_TRIPLES and _distinctive(reading) and _distinctive(new[j]):
                alike = likeness(reading, new[j], lexicon)
                if alike >= _MOVED_LIKENESS and _share_facts(old_texts[i], new_texts[j]):
                    ranked.append((-alike, i, j))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((i, j))
    return pairs


def moved_neighbours(
    moved: Iterable[tuple[int, int]],
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    lexicon: Lexicon,
) -> list[tuple[int, int]]:
    """Leftover sentences beside moved ones that are much like each other: they went along."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for start in moved:
        for by in (1, -1):
            i, j = start[0] + by, start[1] + by
            while i in old and j in new and i not in pairs and j not in taken:
                if likeness(old[i], new[j], lexicon) < _NEIGHBOUR_LIKENESS:
                    break
                pairs[i] = j
                taken.add(j)
                i, j = i + by, j + by
    return sorted(pairs.items())


def lighter_moves(
    steps: list[Step], moved: list[tuple[int, int]], weights: Sequence[int]
) -> tuple[list[Step], list[tuple[int, int]]]:
    """Let what was crossed move instead, where it is lighter than what moved across it.

    The anchors weigh exact sentences only; with its edited sentences a run may prove to be the
    heavier part of a swap. *weights* are the lengths of the old sentences.
    """
    runs = moved_runs(moved)
    if len(runs) > _MOST_RUNS:
        return steps, moved
    for run in sorted(runs, key=lambda run: -sum(weights[run.old.start : run.old.stop])):
        crossed = [step for step in steps if _crosses(run, step)]
        light = sum([sum(weights[step.old : step.old_stop]) for step in crossed])
        single = all(step.old_stop - step.old == step.new_stop - step.new == 1 for step in crossed)
        if single and light < sum(weights[run.old.start : run.old.stop]):
            stays = dict(zip(_indexes(run.old), _indexes(run.new), strict=True))
            steps = [step for step in steps if not _crosses(run, step)]
            steps = sorted([*steps, *[Step(i, j, i + 1, j + 1, 0.0) for i, j in stays.items()]])
            moved = [pair for pair in moved if pair[0] not in stays]
            moved += [(step.old, step.new) for step in crossed]
    return steps, moved


def _indexes(span: Span) -> range:
    return range(span.start, span.stop)


def _crosses(run: Move, step: Step) -> bool:
    return (step.old < run.old.start) != (step.new < run.new.start)


def _share_facts(old: str, new: str) -> bool:
    """Whether two sentences share a mark of fact; scripts without letter case always may."""
    if old.lower() == old.upper():
        return True
    return not _facts(old).isdisjoint(_facts(new))


def _facts(sentence: str) -> set[str]:
    """The numbers, the quotation mark, and the names: capitalised words that do not begin it."""
    marks: set[str] = set()
    for position, word in enumerate(lexemes(sentence)):
        named = position > 0 and len(word) > 1 and word[0].isupper()
        if named or word == '"' or any(map(str.isdigit, word)):
            marks.add(word.removesuffix("'s"))
    return marks


def moved_runs(pairs: Iterable[tuple[int, int]]) -> tuple[Move, ...]:
    """Moved sentences that follow each other on both sides, joined; in the order of the old side."""
    runs: list[list[int]] = []
    for i, j in sorted(pairs):
        if runs and runs[-1][1] == i and runs[-1][3] == j:
            runs[-1][1], runs[-1][3] = i + 1, j + 1
        else:
            runs.append([i, i + 1, j, j + 1])
    return tuple([Move(Span(i, i_stop), Span(j, j_stop)) for i, i_stop, j, j_stop in runs])
