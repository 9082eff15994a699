"""Which of the blocks in the frame are the article: labels, captions and linked lists go."""

from __future__ import annotations

from revtrack.extract.body import Draft
from revtrack.extract.vocabulary import LABELS
from revtrack.model import Block, BlockKind

__all__ = ["chosen"]

# The share of a block's characters that are links from which it is a list of links (range .5 to 1).
_LINKED = 0.8


def chosen(drafts: list[Draft], *, headlines: frozenset[str]) -> tuple[Block, ...]:
    """The blocks of the article, in reading order."""
    kept = [draft for draft in drafts if not _is_label(draft, headlines)]
    return tuple([draft.block for draft in kept])


def _is_label(draft: Draft, headlines: frozenset[str]) -> bool:
    block = draft.block
    if draft.marked:
        return False
    if block.kind is BlockKind.CAPTION:
        return True
    if block.text.casefold().strip(" :.…|•*-–—") in LABELS:
        return True
    if block.text in headlines:
        return True
    return draft.linked > _LINKED * len(block.text) and block.kind is not BlockKind.HEADING
