"""Moves: sentences that the alignment in order left over, and that stand at another place.

A sentence has moved when it reads the same elsewhere and is no common phrase, or when it was edited on
the way, is much alike and shares a mark of fact: a name, a number or a quotation. In a text about one
subject sentences resemble each other; a mark of fact ties two of them to the same statement (Spangher
et al. 2022 match sentences of news versions without order).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from revtrack.diff.chains import Step, greedy, heaviest_chain, once, runs
from revtrack.diff.likeness import Lexicon, Reading, likeness
from revtrack.diff.ops import Move
from revtrack.model import Span
from revtrack.text.lexing import lexemes

__all__ = [
    "exact_moves",
    "labelled_pairs",
    "lightest_moves",
    "moved_neighbours",
    "moved_runs",
    "moved_sentences",
]

_DISTINCTIVE_WEIGHT = 40
"""What a sentence must weigh to move alone: five or six words of middle length.

Range 20 to 80; lower lets stock phrases ("He did not elaborate.") move about.
"""
_MOVED_LIKENESS = 0.5
"""Log-odds from which an edited sentence that shares a fact is taken as moved.

Range -1 to 3. From -1 to 0.5 F1 on NewsEdits is .987 (1.0: .961, 2.0: .933) and ArgRewrite does not
fall; on 966 other pairs of revisions 0.5 finds the same moves as 1.0.
"""
_SURE_LIKENESS = 3.0
"""Log-odds from which it is taken as moved without one, nearly all its words being the same.

Range 2 to 5. All 18 such pairs of the essays are moves that were edited; the essays' links know none.
"""
_SHARED_TRIPLES = 3
"""Runs of three words that suggest a moved and edited sentence; fewer are chance."""
_NEIGHBOUR_LIKENESS = 1.0
"""Log-odds from which a sentence went along with a moved neighbour; range 0 to 5."""
_NEARBY = 8
"""Leftover sentences on each side of a moved one among which its neighbours are looked for."""
_INERTIA = 0.001
"""What a moved sentence weighs less than one in order, so that equal parts stay as they are."""
_TRIPLE_HOLDERS = 8
"""A run of three words that stands in more leftover sentences than this suggests nothing."""


def exact_moves(
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    old_ids: Sequence[int],
    new_ids: Sequence[int],
    *,
    all_moves: bool = False,
) -> list[tuple[int, int]]:
    """Pairs of leftover sentences that read the same, with what reads the same beside them.

    *old* and *new* are the leftovers by index; the ids give one number per distinct sentence. One
    sentence of a run must occur once among the leftovers of each side, and the run must be long enough
    to be no common phrase, unless *all_moves* are wanted.
    """
    places = once(new_ids, new)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for number, start in once(old_ids, old).items():
        if number not in places or start in pairs or places[number] in taken:
            continue
        run = {start: places[number]}
        for by in (1, -1):
            i, j = start + by, places[number] + by
            while (
                i in old and j in new and old_ids[i] == new_ids[j] and i not in pairs and j not in taken
            ):
                run[i] = j
                i, j = i + by, j + by
        if all_moves or sum([old[i].weight for i in run]) >= _DISTINCTIVE_WEIGHT:
            pairs |= run
            taken.update(run.values())
    return sorted(pairs.items())


def labelled_pairs(
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    old_labels: Sequence[str | None],
    new_labels: Sequence[str | None],
) -> list[tuple[int, int]]:
    """Pairs of leftover texts with the same label, which no other text of either side bears."""
    olds, news = (
        {label: at for at, label in enumerate(labels) if label and counts[label] == 1}
        for labels in (old_labels, new_labels)
        for counts in (Counter(labels),)
    )
    pairs = [(at, news[label]) for label, at in olds.items() if label in news]
    return sorted([(i, j) for i, j in pairs if i in old and j in new])


def moved_sentences(
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    lexicon: Lexicon,
    *,
    all_moves: bool = False,
) -> list[tuple[int, int]]:
    """Pairs of leftover sentences that moved and were edited, the most alike first served.

    With *all_moves* those that are surely the same need no mark of fact in common.
    """
    ranked: list[tuple[float, int, int]] = []
    for i, j in _suggested(old, new):
        alike = likeness(old[i], new[j], lexicon)
        if (all_moves and alike >= _SURE_LIKENESS) or (
            alike >= _MOVED_LIKENESS and _share_facts(old[i].sentence, new[j].sentence)
        ):
            ranked.append((-alike, i, j))
    return greedy([(i, j) for _, i, j in sorted(ranked)])


def _suggested(old: Mapping[int, Reading], new: Mapping[int, Reading]) -> Iterator[tuple[int, int]]:
    """The pairs of distinctive sentences that share runs of three words enough."""
    olds = {i: reading for i, reading in old.items() if reading.weighs(_DISTINCTIVE_WEIGHT)}
    news = {j: reading for j, reading in new.items() if reading.weighs(_DISTINCTIVE_WEIGHT)}
    if not olds or not news:
        return
    common = _triples(olds.values()) & _triples(news.values())
    holders: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for j, reading in news.items():
        for triple in reading.triples & common:
            holders[triple].append(j)
    for i, reading in olds.items():
        suggesting = [holders[triple] for triple in reading.triples & common]
        shared = Counter([j for js in suggesting if len(js) <= _TRIPLE_HOLDERS for j in js])
        yield from [(i, j) for j, count in shared.items() if count >= _SHARED_TRIPLES]


def _triples(readings: Iterable[Reading]) -> set[tuple[int, int, int]]:
    return set().union(*[reading.triples for reading in readings])


def moved_neighbours(
    moved: Iterable[tuple[int, int]],
    old: Mapping[int, Reading],
    new: Mapping[int, Reading],
    lexicon: Lexicon,
) -> list[tuple[int, int]]:
    """Leftover sentences near moved ones that are much like each other, in order: they went along."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for start in moved:
        for by in (1, -1):
            olds = [i for i in _stretch(start[0], by, old) if i not in pairs]
            news = [j for j in _stretch(start[1], by, new) if j not in taken]
            likely = [
                Step(i, j, i + 1, j + 1, alike)
                for i in olds
                for j in news
                if (alike := likeness(old[i], new[j], lexicon)) >= _NEIGHBOUR_LIKENESS
            ]
            for step in heaviest_chain(likely):
                pairs[step.old] = step.new
                taken.add(step.new)
    return sorted(pairs.items())


def _stretch(start: int, by: int, rest: Mapping[int, Reading]) -> list[int]:
    """The leftover sentences that follow *start* without a break, in one direction."""
    stretch: list[int] = []
    while (start := start + by) in rest and len(stretch) < _NEARBY:
        stretch.append(start)
    return stretch


def lightest_moves(
    steps: list[Step], moved: list[tuple[int, int]], weights: Sequence[int]
) -> tuple[list[Step], list[tuple[int, int]]]:
    """Let the lighter part of each swap be the one that moved, its edited sentences counted.

    The anchors were chosen by exact sentences only; with all that is known now the heaviest chain may
    be another. *moved* is not empty; *weights* are the lengths of the old sentences. A split or merge
    never moves: where it would have to, all stays as it is.
    """
    first = min([i for i, _ in moved]), min([j for _, j in moved])
    last = max([i for i, _ in moved]), max([j for _, j in moved])
    low = sum([step.old_stop <= first[0] and step.new_stop <= first[1] for step in steps])
    high = low + sum([step.old <= last[0] or step.new <= last[1] for step in steps[low:]])
    crossed = sum([sum(weights[step.old : step.old_stop]) for step in steps[low:high]])
    one_run = last[0] - first[0] == last[1] - first[1] == len(moved) - 1
    if one_run and crossed >= sum([weights[i] for i, _ in moved]):
        return steps, moved  # the usual case: each of the steps crosses the run, and all weigh more
    staying = [Step(i, j, k, m, float(sum(weights[i:k]))) for i, j, k, m, _ in steps[low:high]]
    moving = [Step(i, j, i + 1, j + 1, weights[i] - _INERTIA) for i, j in moved]
    chain = heaviest_chain([*staying, *moving])
    held = {(step.old, step.new) for step in chain}
    gone = [step for step in staying if (step.old, step.new) not in held]
    if any(step.old_stop - step.old + step.new_stop - step.new > 2 for step in gone):
        return steps, moved
    return [*steps[:low], *chain, *steps[high:]], [
        *[pair for pair in moved if pair not in held],
        *[(step.old, step.new) for step in gone],
    ]


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
    return tuple(
        [Move(Span(i, i_stop), Span(j, j_stop)) for i, j, i_stop, j_stop in runs(sorted(pairs))]
    )
