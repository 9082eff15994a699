"""Pair: two articles as passages, and the operations that lead from one to the other."""

from __future__ import annotations

import attrs

from revtrack.changes.live import Entries, align_entries, pair_entries
from revtrack.changes.passages import Side, align_articles, sides
from revtrack.changes.stretches import Tiling
from revtrack.changes.tiling import tile
from revtrack.diff import Alignment
from revtrack.model import Article

__all__ = ["Pair"]


@attrs.frozen(eq=False)
class Pair:
    """Two sides, aligned and tiled; `entries` are those of a live blog that stand as each other."""

    old: Side
    new: Side
    entries: Entries | None
    alignment: Alignment
    tiling: Tiling

    @classmethod
    def of(cls, old_article: Article, new_article: Article) -> Pair:
        """Cut two articles into passages, align these, and cover both texts with operations."""
        old, new = sides(old_article, new_article)
        entries = pair_entries(old, new)
        aligned = align_entries(old, new, entries) if entries else align_articles(old, new)
        return cls(old, new, entries, aligned, tile(old, new, aligned))
