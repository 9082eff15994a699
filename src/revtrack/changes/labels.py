"""Labels: what a row of a table or an item of a list is about, whatever its figures say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from revtrack import text
from revtrack.model import Block, BlockKind

__all__ = ["row_labels"]

_LONGEST = 60
"""Characters of a label (range 30 to 100): a longer beginning of an item is a clause."""
_NAMED = re.compile(r"(?P<label>[^:：]{2,60}?)(?:\s?[:：]|\s[–—-])\s")
_FIGURES = re.compile(r"\S*\d\S*")


def row_labels(blocks: Sequence[Block]) -> dict[int, str]:
    """The labels of rows and list items, by the number of the block.

    Of a row it is its first cell with letters, of an item what stands before a colon or a dash; of
    others that hold figures it is the words among the figures.
    """
    found = {}
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW or block.kind is BlockKind.LIST_ITEM:
            label = _label(block)
            if label and any(map(str.isalpha, label)):
                found[number] = text.fold(label).casefold()
    return found


def _label(block: Block) -> str | None:
    if block.key:
        return block.key
    if block.kind is BlockKind.LIST_ITEM and (match := _NAMED.match(block.text)):
        return match["label"]
    words, figures = _FIGURES.subn("", block.text)
    words = " ".join(words.split())
    return words if figures and len(words) <= _LONGEST else None
