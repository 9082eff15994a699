"""Differences between texts as positions: aligned sentences, moved sentences, word operations.

Nothing here knows of articles or news.
"""

from revtrack.diff.alignment import Alignment, Group, align
from revtrack.diff.ops import (
    Delete,
    Equal,
    Insert,
    Move,
    Op,
    Replace,
    TextOp,
    TokenOp,
    apply,
    check,
    compose,
    invert,
    merge,
)
from revtrack.diff.patching import Patch, PatchHunk, patch
from revtrack.diff.wording import text, tokens

__all__ = [
    "Alignment",
    "Delete",
    "Equal",
    "Group",
    "Insert",
    "Move",
    "Op",
    "Patch",
    "PatchHunk",
    "Replace",
    "TextOp",
    "TokenOp",
    "align",
    "apply",
    "check",
    "compose",
    "invert",
    "merge",
    "patch",
    "text",
    "tokens",
]
