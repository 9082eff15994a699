"""One regular expression for many phrases: a tree of shared beginnings, each place decided once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

__all__ = ["alternation"]

# A tree of phrases by their characters; a key that begins with _END closes a phrase.
_Tree: TypeAlias = "dict[str, _Tree]"
_END = "\0"


def alternation(whole: Iterable[str], stems: Iterable[str], *, ends: tuple[str, str]) -> str:
    """The expression that matches the longest of the phrases that stand at a place.

    *ends* are the expressions for what follows a whole phrase and what follows a stem.
    """
    tree: _Tree = {}
    for phrases, end in zip((whole, stems), ends, strict=True):
        for phrase in phrases:
            node = tree
            for character in phrase:
                node = node.setdefault(character, {})
            node[_END + end] = {}
    return _branch(tree)


def _branch(node: _Tree) -> str:
    longer = [
        re.escape(character) + _branch(node[character])
        for character in sorted(node)
        if not character.startswith(_END)
    ]
    ends = [name.removeprefix(_END) for name in sorted(node) if name.startswith(_END)]
    options = longer + ends
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
