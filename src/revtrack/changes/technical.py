"""Technical differences: what extraction made, and not the page.

Furniture is what stays when the article changes. When a text went from the article and still stands
on the new page, outside the body, or came to the article and stood on the old page already, then the
extraction chose otherwise; nobody edited anything.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from revtrack import text
from revtrack.changes.kinds import Change, TextAdded, TextRemoved
from revtrack.changes.struck import holds_struck
from revtrack.model import Article, Span

__all__ = ["SHORTEST", "part_technical"]

SHORTEST = 25
"""Folded characters from which a text that was left out is remembered, as `Article.left_out` says."""


def part_technical(
    changes: Sequence[Change], old: Article, new: Article
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Part *changes* into those of the page and those of extraction, each in order."""
    if not old.left_out and not new.left_out:
        return tuple(changes), ()
    marks = [_is_technical(change, old, new) for change in changes]
    _spread(changes, marks, range(1, len(changes)), -1)
    _spread(changes, marks, range(len(changes) - 2, -1, -1), 1)
    marked = list(zip(changes, marks, strict=True))
    return tuple([c for c, t in marked if not t]), tuple([c for c, t in marked if t])


def _spread(changes: Sequence[Change], marks: list[bool], order: range, beside: int) -> None:
    """A text too short to have a sum goes with its neighbour: a box is taken or left as a whole."""
    for number in order:
        change, neighbour = changes[number], changes[number + beside]
        if marks[number + beside] and type(change) is type(neighbour) and not marks[number]:
            marks[number] = _short(change)


def _short(change: Change) -> bool:
    words = change.old if isinstance(change, TextRemoved) else change.new
    return isinstance(change, TextRemoved | TextAdded) and len(words or "") < SHORTEST


def _is_technical(change: Change, old: Article, new: Article) -> bool:
    match change:
        case TextRemoved():
            return _left_out(change.old_spans, old, new)
        case TextAdded():
            return _left_out(change.new_spans, new, old)
        case _:
            return False


def _left_out(spans: Sequence[Span], taken: Article, left: Article) -> bool:
    """Whether the spans are whole blocks that stand on the other page, outside its body.

    A text that stood outside on both pages as well is no sign: the body's own copy came or went.
    """
    for span in spans:
        words = span.of(taken.text)
        if holds_struck(left, words):
            return False  # the page shows it, as withdrawn
        known = _sum(words)
        if known not in left.left_out or known in taken.left_out or span not in taken.block_spans:
            return False
    return bool(spans)


def _sum(words: str) -> int:
    return zlib.crc32(text.fold(words).encode("utf-8", "surrogatepass"))
