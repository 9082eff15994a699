"""Compounds: a name that became a part of a longer word, or was one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from revtrack.changes.edit import Edit, Finding, Placed
from revtrack.changes.kinds import Nature
from revtrack.model import Span

__all__ = ["qualified"]

_HYPHEN = r"[-‐‑]"
_JOINT = re.compile(_HYPHEN)
_COMPOUND = re.compile(rf"[^\W\d_]+(?:{_HYPHEN}[^\W\d_]+)+")

_COMPOUNDING = frozenset({"de", "nl", "sv", "no", "da"})


def qualified(edit: Edit) -> Finding | None:
    """A name became part of a compound, or left one: *US forces*, *US-backed forces*.

    A compound whose parts stood beside each other already (*US backed*) is only spelt otherwise. In
    languages that make compounds of all nouns, one says no more than its words.
    """
    if edit.language in _COMPOUNDING or not (_JOINT.search(edit.old) or _JOINT.search(edit.new)):
        return None
    come = _joined(edit.new, edit.come, edit.gone_words, edit.old)
    gone = _joined(edit.old, edit.gone, edit.come_words, edit.new)
    return Finding(Nature.NAME, gone, come) if gone or come else None


def _joined(side: str, spans: Iterable[Span], others: Placed, other_side: str) -> Placed:
    bare = {word for word, _ in others if word[0].isupper()}
    if not bare:
        return ()
    return tuple(
        [
            (match.group(), match.start())
            for span in spans
            for match in _COMPOUND.finditer(side, span.start, span.stop)
            if not bare.isdisjoint(parts := _JOINT.split(match.group()))
            and not any(mark.join(parts).casefold() in other_side.casefold() for mark in " -‐‑")
        ]
    )
