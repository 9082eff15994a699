"""Several sentences that stand as several: a paragraph whose sentences were cut anew.

Steps of one to one, one to several and several to one never cross, so they cannot say that a clause
went over from one sentence to its neighbour. Two steps that follow each other directly are joined when
what one sentence lost is what a sentence of the other step won. The pairs of a joined step are those of
its parts and the one over the border: a staircase, which still never crosses.
"""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.diff.chains import Step
from revtrack.diff.likeness import Lexicon, Reading, handed_on

__all__ = ["joined"]

_SHARE = 0.3
"""Share of the lighter sentence that must have gone over the border; range 0.2 to 0.55."""
_AGREEMENT = 0.75
"""How alike what one sentence lost and the other won must be; range 0.65 to 0.85.

In the essays, the news versions and 1,400 other pairs of revisions the two together join one place,
rightly. Without the second they join one more, a clause rewritten on its way, which the people who
aligned the essays did not link; without the first one more, where a single word was shortened.
"""


def joined(
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
