"""Where in a live blog a change is: the entry of the block that its evidence stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

import attrs

from revtrack.changes.kinds import Change, MediaChanged
from revtrack.model import Article, LiveEntry, Span

__all__ = ["entry_at", "in_entries", "is_live"]

_ENTRY = attrgetter("entry")


def is_live(article: Article) -> bool:
    """Whether any of its blocks is in an entry of a live blog."""
    return any(map(_ENTRY, article.blocks))


def in_entries(changes: Sequence[Change], old: Article, new: Article) -> tuple[Change, ...]:
    """The *changes*, each with its entry: on the new side, or on the old one where nothing is new."""
    if not changes or not (is_live(old) or is_live(new)):
        return tuple(changes)
    return tuple([attrs.evolve(change, entry=_entry(change, old, new)) for change in changes])


def _entry(change: Change, old: Article, new: Article) -> LiveEntry | None:
    if isinstance(change, MediaChanged):
        return _of_medium(change.new, new) or _of_medium(change.old, old)
    for spans, article in ((change.new_spans, new), (change.old_spans, old)):
        if spans:
            return entry_at(spans[0], article)
    return None


def entry_at(span: Span, article: Article) -> LiveEntry | None:
    """The entry of the block in which *span* begins."""
    number = bisect_right(article.block_spans, span.start, key=lambda place: place.start) - 1
    return article.blocks[number].entry


def _of_medium(said: str | None, article: Article) -> LiveEntry | None:
    """The entry with the medium that has this address, or this caption."""
    return next(
        (b.entry for b in article.blocks for m in b.media if said and said in {m.src, m.caption}), None
    )
