"""Doubts: what limits a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revtrack.changes.kinds import Change, TextAdded, TextRemoved
from revtrack.changes.linking import NOTICES
from revtrack.changes.stretches import Belongs
from revtrack.changes.tiling import Pair
from revtrack.changes.words import is_read
from revtrack.model import Article
from revtrack.remarks import PARTIAL, Remark, RemarkKind

__all__ = ["doubts"]

_MOST = 0.5
"""The share of each side that has no partner from which a story counts as rewritten; range .4 to .8."""
_FEWEST = 3
"""Stretches without partner on each side that make a story of it; range 2 to 6."""


def doubts(pair: Pair, changes: Sequence[Change], reasons: Sequence[Remark]) -> tuple[Remark, ...]:
    """What limits the comparison; *reasons* are why some of what differs is no edit."""
    old, new = pair.old.article, pair.new.article
    # that a capture may be a part matters beside one that is not, which has a remark of its own
    textless = not old.blocks and not new.blocks
    own = [one for one in (*old.remarks, *new.remarks) if textless or one.kind not in PARTIAL]
    found = dict.fromkeys([*own, *_of_extraction(pair, changes)])
    another = any(remark.kind is RemarkKind.OTHER_PAGE for remark in reasons)
    return (*found, *reasons, *(() if another else _rewritten(pair)), *_unread(changes, new))


def _of_extraction(pair: Pair, changes: Sequence[Change]) -> Iterator[Remark]:
    """What the two articles were made by differs, or a bound was met as they were aligned."""
    old, new = pair.old.article, pair.new.article
    if old.extractor != new.extractor:
        rules = " and ".join([f"{one.name} {one.version}" for one in (old.extractor, new.extractor)])
        yield Remark(
            RemarkKind.DIFFERENT_EXTRACTORS,
            f"the two articles were extracted by different rules ({rules}): "
            "some changes may come from extraction, not from the page",
        )
    resized = any(isinstance(change, TextAdded | TextRemoved) for change in changes)
    if resized and old.container and new.container and old.container != new.container:
        yield Remark(
            RemarkKind.ANOTHER_CONTAINER,
            f"the text was taken from another element of the page ({old.container}, then "
            f"{new.container}): some of what was added or removed may come from that, not from an edit",
        )
    if pair.alignment.bounded:
        yield Remark(
            RemarkKind.BOUND_REACHED,
            "a size bound was reached in alignment: some edited text may appear as removed and added",
        )
    if len(new.notices) > NOTICES:
        yield Remark(
            RemarkKind.BOUND_REACHED,
            f"the article has {len(new.notices):,} notices: only the first {NOTICES:,} were held "
            "against its changes",
        )


def _rewritten(pair: Pair) -> Iterator[Remark]:
    """Most of the story is new (a write-through): no change of it is silent by itself."""
    shares = []
    for loose, side in ((pair.tiling.deleted, pair.old), (pair.tiling.inserted, pair.new)):
        story = [one for one in loose if one.belongs is Belongs.BLOCK]
        length = sum([len(span) for one in story for span in one.spans])
        if pair.entries or len(story) < _FEWEST or length < _MOST * len(side.text):
            return
        shares.append(length / len(side.text))
    yield Remark(
        RemarkKind.REWRITTEN,
        f"the story was rewritten: {shares[0]:.0%} of the old text has no counterpart in the new one, "
        f"and {shares[1]:.0%} of the new text none in the old one",
    )


def _unread(changes: Sequence[Change], new: Article) -> Iterator[Remark]:
    """The article's notices are not read, and something of substance was changed."""
    if not is_read(new) and any(change.substantive for change in changes):
        said = f"the article's language ({new.language})" if new.language else "the article's language"
        yield Remark(
            RemarkKind.LANGUAGE_NOT_READ,
            f"{said} is not one whose notices are read: a notice may have been overlooked",
        )
