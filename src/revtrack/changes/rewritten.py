"""Rewritten: a story of which most is new (a write-through), so that its sentences have no partners."""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.changes.pair import Pair
from revtrack.changes.stretches import Belongs
from revtrack.remarks import Remark, RemarkKind

__all__ = ["rewritten"]

_MOST = 0.5
"""The share of each side that has no partner from which a story counts as rewritten; range .4 to .8."""
_FEWEST = 3
"""Stretches without partner on each side that make a story of it; range 2 to 6."""


def rewritten(pair: Pair, reasons: Sequence[Remark]) -> tuple[Remark, ...]:
    """The remark that most of the story is new, where it is: no change of it is silent by itself.

    *reasons* are why some of it is no edit: another article was not rewritten. Nor is a live blog.
    """
    if pair.entries or any(remark.kind is RemarkKind.OTHER_PAGE for remark in reasons):
        return ()
    shares = []
    for loose, side in ((pair.tiling.deleted, pair.old), (pair.tiling.inserted, pair.new)):
        story = [one for one in loose if one.belongs is Belongs.BLOCK]
        length = sum([len(span) for one in story for span in one.spans])
        if len(story) < _FEWEST or length < _MOST * len(side.text):
            return ()
        shares.append(length / len(side.text))
    return (
        Remark(
            RemarkKind.REWRITTEN,
            f"the story was rewritten: {shares[0]:.0%} of the old text has no counterpart in the new "
            f"one, and {shares[1]:.0%} of the new text none in the old one",
        ),
    )
