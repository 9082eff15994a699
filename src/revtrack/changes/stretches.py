"""Stretches of two texts: what a tiling is made of, and the notices that stand inside a block.

*The accident hurt four people [an earlier version said nine], two of them badly.* The words in brackets
are a notice; what is around them is one sentence of the article, and is compared as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import attrs

from revtrack.diff import Equal, Move, TextOp
from revtrack.diff.ops import contents, operation
from revtrack.model import Article, Span

__all__ = [
    "Belongs",
    "Inset",
    "Loose",
    "Moved",
    "Tiling",
    "Wording",
    "around",
    "block_at",
    "cut_ops",
    "insets_of",
    "places_of",
    "without",
]


class Belongs(Enum):
    """What a stretch without partner belongs to."""

    MOVE = "move"
    NOTICE = "notice"
    REPEATED = "repeated"
    MARKER = "marker"
    BLOCK = "block"


@attrs.frozen
class Loose:
    """Neighbouring passages of one side without partner that belong together.

    `spans` are where they stand in their own text, without the notices inside them; `place` is the
    position of them in the new text; `number` says which move, notice or block they belong to.
    """

    belongs: Belongs
    number: int
    spans: tuple[Span, ...]
    place: int

    def words(self, text: str) -> str:
        """What they read in their own *text*."""
        return "".join([span.of(text) for span in self.spans])


@attrs.frozen
class Wording:
    """Passages of both sides that found each other; `ops` tile their two texts, from 0.

    The spans of a side are several where a notice inside it is left out: its text is theirs, joined.
    """

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    ops: tuple[TextOp, ...]
    belongs: Belongs = Belongs.BLOCK

    def words(self, old: str, new: str) -> tuple[str, str]:
        """What the two sides read in their texts *old* and *new*."""
        return (
            "".join([span.of(old) for span in self.old]),
            "".join([span.of(new) for span in self.new]),
        )

    @property
    def differs(self) -> bool:
        """Whether a reader sees a difference."""
        return any(not isinstance(op, Equal) for op in self.ops)


@attrs.frozen
class Moved:
    """Passages that stand at another place; `upward` seen from the text that stayed.

    `carried` says that they went with the entry of a live blog that they are part of.
    """

    wording: Wording
    upward: bool
    carried: bool = False


@attrs.frozen
class Tiling:
    """Operations over both whole texts, and what they are made of, in reading order.

    `moves` are in characters; each pairs one Delete with one Insert of `ops`. `moved[k]` tells
    of `moves[k]`.
    """

    ops: tuple[TextOp, ...]
    edited: tuple[Wording, ...]
    deleted: tuple[Loose, ...]
    inserted: tuple[Loose, ...]
    moves: tuple[Move, ...]
    moved: tuple[Moved, ...]


# ------------------------------------------------------------------------- notices inside a block

_CLOSING = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕"}
_DASHES = frozenset("-–—―")
_ENDS = " .!?…。！？"


class Inset(NamedTuple):
    """Characters `[start, stop)` that belong to the notice of this number, its brackets too."""

    start: int
    stop: int
    notice: int

    def shifted(self, by: int) -> Inset:
        """The same stretch, *by* characters further on."""
        return Inset(self.start + by, self.stop + by, self.notice)


def without(
    words: str, stretches: Sequence[Inset | Span], *, start: int = 0
) -> tuple[str, Sequence[int]]:
    """*words* from *start* on without *stretches*, and where each character of that stood."""
    if not stretches:
        return words[start:], range(start, len(words))
    hidden = bytearray(len(words))
    for inset in stretches:
        hidden[inset.start : inset.stop] = b"\1" * (inset.stop - inset.start)
    places = [at for at in range(start, len(words)) if not hidden[at]]
    return "".join([words[at] for at in places]), places


def block_at(article: Article, position: int) -> int:
    """The number of the block that begins at a position of the text, or last before it."""
    return bisect_right(article.block_spans, position, key=lambda span: span.start) - 1


def insets_of(article: Article, markers: Sequence[int]) -> dict[int, list[Inset]]:
    """The notices inside a block, by the number of the block; one that fills its block is none.

    *markers* are the lengths of the markers of list items, which belong to no notice.
    """
    found: dict[int, list[Inset]] = {}
    spans = article.block_spans
    placed = [(notice.span, number) for number, notice in enumerate(article.notices)]
    for span, number in sorted([(span, number) for span, number in placed if span is not None]):
        block = max(0, block_at(article, span.start))
        while block < len(spans) and (base := spans[block].start) < span.stop:
            words, own = article.blocks[block].text, found.setdefault(block, [])
            least = own[-1].stop if own else markers[block]
            start, stop = max(span.start - base, least), min(span.stop - base, len(words))
            around_it = words[markers[block] : start], words[stop:]
            if start < stop and any(map(_speaks, around_it)):
                start, stop = _widened(words, start, stop)
                own.append(Inset(max(start, least), stop, number))
            block += 1
    return {block: own for block, own in found.items() if own}


def _speaks(words: str) -> bool:
    return any(map(str.isalnum, words))


def _widened(words: str, start: int, stop: int) -> tuple[int, int]:
    """The stretch with the brackets or dashes around it, and with the space before it."""
    before, after = words[:start].rstrip(), words[stop:].lstrip()
    opening, closing = before[-1:], after[:1]
    bracketed = bool(opening) and _CLOSING.get(opening) == closing
    if bracketed or (opening in _DASHES and closing in _DASHES):
        start, stop = len(before) - 1, len(words) - len(after) + 1
    elif opening in _DASHES and not _speaks(after):
        start = len(before) - 1
    start = len(words[:start].rstrip()) if _speaks(words[:start]) else 0
    if not _speaks(words[stop:]) and words[stop:].strip(_ENDS):
        stop = len(words)
    return start, stop


def around(whole: Span, insets: Sequence[Inset]) -> tuple[Span, ...]:
    """What is left of a stretch of a text without *insets*."""
    starts = [whole.start, *[inset.stop for inset in insets]]
    stops = [*[inset.start for inset in insets], whole.stop]
    return tuple([Span(i, j) for i, j in zip(starts, stops, strict=True)])


def places_of(whole: Span, insets: Sequence[Inset]) -> list[int]:
    """Where each of *insets* is in what is left of a stretch without them, from its start."""
    places: list[int] = []
    removed = whole.start
    for inset in insets:
        places.append(inset.start - removed)
        removed += inset.stop - inset.start
    return places


def cut_ops(
    ops: Sequence[TextOp], old_places: Sequence[int], new_places: Sequence[int]
) -> Iterator[TextOp]:
    """*ops*, cut so that each of the places is between two of them or at an end."""
    if not old_places and not new_places:
        yield from ops
        return
    for whole in ops:
        op = whole
        while True:
            at = [
                next((place - span.start for place in places if span.start < place < span.stop), None)
                for span, places in ((op.old, old_places), (op.new, new_places))
            ]
            if at == [None, None]:
                break
            first, op = _halves(op, *at)
            yield first
        yield op


def _halves(op: TextOp, old_at: int | None, new_at: int | None) -> tuple[TextOp, TextOp]:
    """An operation in two: *old_at* or *new_at* characters from its start, whichever is nearer."""
    if isinstance(op, Equal):
        size = min([at for at in (old_at, new_at) if at is not None])
        sizes = min(size, len(op.old)), min(size, len(op.new))
    else:
        sizes = (len(op.old), new_at) if new_at is not None else (old_at or 0, len(op.new))
    old_mid, new_mid = op.old.start + sizes[0], op.new.start + sizes[1]
    first = Span(op.old.start, old_mid), Span(op.new.start, new_mid)
    second = Span(old_mid, op.old.stop), Span(new_mid, op.new.stop)
    gone, come = contents(op)
    if gone is None or come is None:
        return Equal(*first), Equal(*second)
    make = Equal if isinstance(op, Equal) else operation
    return (
        make(*first, gone[: sizes[0]], come[: sizes[1]]),
        make(*second, gone[sizes[0] :], come[sizes[1] :]),
    )
