"""Live blogs: the entry that bears the same id is the same entry, wherever it stands on the page.

Its passages are aligned with those of its counterpart and with no others, so an entry that was
rewritten is edited, and one whose id is new is new however much it reads like its neighbour. What
stands in no entry (an introduction, the day, a list of key points) is aligned by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

import attrs

from revtrack.changes.passages import Side
from revtrack.changes.stretches import block_at
from revtrack.diff import Alignment, Move
from revtrack.diff.alignment import align_folded
from revtrack.diff.chains import Step, greedy, heaviest_chain
from revtrack.diff.moves import moved_runs
from revtrack.model import Article, BlockKind, LiveEntry, Span

__all__ = ["Entries", "Run", "align_entries", "entry_at", "pair_entries"]

_COPIES = 3
"""How often an entry may stand on its page; an id that more of them bear names none (range 2 to 10)."""


@attrs.frozen
class Run:
    """An entry of one side and the neighbouring passages that it is made of."""

    entry: LiveEntry
    passages: Span


@attrs.frozen
class Entries:
    """The entries of two captures of a live blog in page order, and which stand as which.

    `pairs` are numbers of entries, each in one pair at most. An entry may stand twice on its page,
    as one that is pinned does: what has a counterpart by its id and is in no pair is a copy.
    """

    old: tuple[Run, ...]
    new: tuple[Run, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def _sides(self) -> Iterator[tuple[tuple[Run, ...], set[int], set[str | None]]]:
        """The entries of each side, the numbers of those in a pair, and the ids of these."""
        for side, runs in enumerate((self.old, self.new)):
            paired = {pair[side] for pair in self.pairs}
            yield runs, paired, {runs[number].entry.id for number in paired}

    @property
    def unpaired(self) -> tuple[list[Run], list[Run]]:
        """The old entries that went and the new ones that came, in page order; copies are neither."""
        gone, come = ([run for run in runs if run.entry.id not in ids] for runs, _, ids in self._sides)
        return gone, come

    @property
    def copies(self) -> tuple[list[Run], list[Run]]:
        """The old and the new entries of which another one of the same page has the counterpart."""
        gone, come = (
            [run for k, run in enumerate(runs) if k not in paired and run.entry.id in ids]
            for runs, paired, ids in self._sides
        )
        return gone, come


def entry_at(span: Span, article: Article) -> LiveEntry | None:
    """The entry of the block in which *span* begins."""
    return article.blocks[block_at(article, span.start)].entry


def pair_entries(old: Side, new: Side) -> Entries | None:
    """Which entries stand as which; None where a side has none with an id, or ids mislead.

    Ids are believed unless most of the entries that read the same bear different ones: some pages
    number their entries from the top, or draw an id for each request.
    """
    olds, news = _runs(old), _runs(new)
    if not olds or not news:
        return None
    places = _once(new, news)
    alike = [(i, places[keys]) for keys, i in _once(old, olds).items() if keys in places]
    if 2 * sum(olds[i].entry.id == news[j].entry.id for i, j in alike) < len(alike):
        return None
    bearers: dict[str | None, list[int]] = {}
    for j, run in enumerate(news):
        bearers.setdefault(run.entry.id, []).append(j)
    old_ids = {run.entry.id for run in olds}
    pairs = [
        (_shared(old, new, run, news[j]), i, j)
        for i, run in enumerate(olds)
        for j in bearers.get(run.entry.id, ())
    ]
    # what was put up again under another id comes after what bears the same
    pairs += [
        (-1, i, j)
        for i, j in alike
        if olds[i].entry.id not in bearers and news[j].entry.id not in old_ids
    ]
    # of equal ones the lower: a pinned copy stands at the top
    return Entries(
        tuple(olds), tuple(news), tuple(greedy((i, j) for _, i, j in sorted(pairs, reverse=True)))
    )


def _runs(side: Side) -> list[Run]:
    """The entries with an id, in page order."""
    blocks = side.article.blocks
    if not any(map(attrgetter("entry"), blocks)):
        return []  # no live blog
    firsts = [
        k
        for k, (last, number) in enumerate(pairwise(side.blocks), 1)
        if last != number
        and (blocks[number].entry != blocks[last].entry or blocks[number].kind is BlockKind.LIVE_ENTRY)
    ]
    runs = [
        Run(entry, Span(start, stop))
        for start, stop in pairwise([0, *firsts, len(side)])
        if start < stop and (entry := blocks[side.blocks[start]].entry) is not None and entry.id
    ]
    times = Counter([run.entry.id for run in runs])
    return [run for run in runs if times[run.entry.id] <= _COPIES]


def _once(side: Side, runs: Sequence[Run]) -> dict[tuple[str, ...], int]:
    """The entries by how they read, without those that read like another."""
    read = [side.keys[run.passages.start : run.passages.stop] for run in runs]
    times = Counter(read)
    return {keys: number for number, keys in enumerate(read) if times[keys] == 1}


def _shared(old: Side, new: Side, one: Run, two: Run) -> int:
    """How many characters two entries have in common, in passages that read the same."""
    keys = {*new.keys[two.passages.start : two.passages.stop]}
    return sum([len(key) for key in old.keys[one.passages.start : one.passages.stop] if key in keys])


# ---------------------------------------------------------------------------------------------
# alignment


@attrs.frozen
class _Part:
    """Passages of both sides that are aligned with each other and with no others, by their numbers."""

    old: Sequence[int]
    new: Sequence[int]
    alignment: Alignment

    @classmethod
    def of(cls, sides: tuple[Side, Side], old: Sequence[int], new: Sequence[int]) -> _Part:
        keys = [[side.keys[k] for k in part] for side, part in zip(sides, (old, new), strict=True)]
        return cls(old, new, align_folded(*keys))

    @property
    def steps(self) -> list[Step]:
        """The steps between neighbouring passages: none reaches over an entry."""
        return [
            Step(olds.start, news.start, olds.stop, news.stop, step.gain)
            for step in self.alignment.steps
            if (olds := _neighbours(self.old, step.old, step.old_stop))
            and (news := _neighbours(self.new, step.new, step.new_stop))
        ]

    def pairs(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Pairs of the alignment by the numbers of their passages."""
        return [(self.old[i], self.new[j]) for i, j in pairs]

    @property
    def moved(self) -> list[tuple[int, int]]:
        """The pairs of passages that stand at another place among these."""
        return self.pairs([pair for move in self.alignment.moves for pair in move.pairs()])


def align_entries(old: Side, new: Side, entries: Entries) -> Alignment:
    """Align what stands in no entry, and each entry with its counterpart.

    Where entries stand in another order the heaviest of them stay in place, and the others are
    `Alignment.carried`: their words stand elsewhere because the entry does.
    """
    sides = old, new
    outside = _Part.of(sides, _outside(old, entries.old), _outside(new, entries.new))
    loose = [step._replace(gain=_weight(old, step.old, step.old_stop)) for step in outside.steps]
    inner = {}
    for i, j in entries.pairs:
        one, two = entries.old[i].passages, entries.new[j].passages
        hull = Step(one.start, two.start, one.stop, two.stop, _weight(old, one.start, one.stop))
        inner[hull] = _Part.of(sides, range(one.start, one.stop), range(two.start, two.stop))
    chain = heaviest_chain([*inner, *loose])
    staying = {*chain}
    parts = [outside, *inner.values()]
    moved = [pair for part in parts for pair in part.moved]
    moved += [pair for step in loose if step not in staying for pair in _one_to_one(step)]
    carried = [
        move
        for hull, part in inner.items()
        if hull not in staying
        for move in _carried(part.steps, sides)
    ]
    return Alignment(
        steps=tuple([step for one in chain for step in (inner[one].steps if one in inner else [one])]),
        moves=moved_runs(moved),
        lengths=(len(old), len(new)),
        apart=frozenset([pair for part in parts for pair in part.pairs(part.alignment.apart)]),
        bounded=any(part.alignment.bounded for part in parts),
        carried=tuple(carried),
    )


def _outside(side: Side, runs: Sequence[Run]) -> list[int]:
    """The passages that are in none of the entries."""
    stops = [0, *[run.passages.stop for run in runs]]
    starts = [*[run.passages.start for run in runs], len(side)]
    return [k for stop, start in zip(stops, starts, strict=True) for k in range(stop, start)]


def _weight(side: Side, start: int, stop: int) -> float:
    return 1.0 + sum([len(key) for key in side.keys[start:stop]])


def _neighbours(numbers: Sequence[int], start: int, stop: int) -> Span | None:
    """The passages at these places as a run; None where others stand between them."""
    first, last = numbers[start], numbers[stop - 1] + 1
    return Span(first, last) if last - first == stop - start else None


def _one_to_one(step: Step) -> list[tuple[int, int]]:
    return list(step.pairs()) if step.old_stop - step.old == step.new_stop - step.new == 1 else []


def _carried(steps: Iterable[Step], sides: tuple[Side, Side]) -> list[Move]:
    """What an entry that stands elsewhere is made of: what reads the same in runs, the rest alone."""
    same: list[tuple[int, int]] = []
    edited: list[Move] = []
    for step in steps:
        if (one := _one_to_one(step)) and sides[0].keys[step.old] == sides[1].keys[step.new]:
            same += one
            continue
        edited.append(Move(Span(step.old, step.old_stop), Span(step.new, step.new_stop)))
    return sorted([*moved_runs(same), *edited], key=lambda move: move.old)
