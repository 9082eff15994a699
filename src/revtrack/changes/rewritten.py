"""Rewritten: a story of which most is new (a write-through), so that its sentences have no partners."""

from __future__ import annotations

from collections.abc import Iterable

from revtrack.changes.stretches import Belongs, Loose, Tiling
from revtrack.model import Article
from revtrack.remarks import Remark, RemarkKind

__all__ = ["partnerless", "rewritten"]

_MOST = 0.5
"""The share of each side that has no partner from which a story counts as rewritten; range .4 to .8."""
_FEWEST = 3
"""Stretches without partner on each side that make a story of it; range 2 to 6."""


def partnerless(tiling: Tiling, old: Article, new: Article) -> tuple[float, float]:
    """The shares of the old text and of the new one whose sentences have no partner, by their length.

    Notices, list markers and words that the other side holds as well do not count.
    """
    return (
        _length(tiling.deleted) / max(1, len(old.text)),
        _length(tiling.inserted) / max(1, len(new.text)),
    )


def rewritten(tiling: Tiling, old: Article, new: Article) -> Remark | None:
    """The remark that most of the story is new, where it is: no change of it is silent by itself."""
    counts = [len(list(_of_story(side))) for side in (tiling.deleted, tiling.inserted)]
    shares = partnerless(tiling, old, new)
    if min(counts) < _FEWEST or min(shares) < _MOST:
        return None
    return Remark(
        RemarkKind.REWRITTEN,
        f"the story was rewritten: {shares[0]:.0%} of the old text has no counterpart in the new one, "
        f"and {shares[1]:.0%} of the new text none in the old one",
    )


def _of_story(loose: Iterable[Loose]) -> Iterable[Loose]:
    return [one for one in loose if one.belongs is Belongs.BLOCK]


def _length(loose: Iterable[Loose]) -> int:
    return sum([len(span) for one in _of_story(loose) for span in one.spans])
