"""Passages: the units of two articles that are aligned, and where they stand.

A block that reads the same on both sides is one passage; every other block is cut into sentences.
So only what changed is ever segmented, and a block that moved as a whole is found as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from revtrack import text
from revtrack.diff.alignment import Alignment, align_folded
from revtrack.model import Article, Notice, Span
from revtrack.text.segment import sentence_ranges

__all__ = ["Side", "align_articles", "sides"]


_SHORT = 2000
_KEPT = 4096
"""Characters of a block whose folded form is remembered, and how many such blocks: about 2 MB.

Each version of an article is compared twice, and most of its blocks stand in both others.
"""


@attrs.frozen
class Side:
    """One article as passages in reading order: sentences, and blocks that did not change.

    Passage *k* covers `[starts[k], stops[k])` of the text, reads `keys[k]` when folded, and stands in
    block `blocks[k]`; `notices[k]` is the number of the notice it belongs to, for those of a notice.
    What it owns begins at `edges[k]`: the first edge is 0, the last the end of the text.
    """

    article: Article
    text: str
    edges: tuple[int, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    keys: tuple[str, ...]
    blocks: tuple[int, ...]
    notices: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.starts)

    def hull(self, passages: Span) -> Span:
        """The characters from the first to the last of a run of passages; empty where none is."""
        if not len(passages):
            edge = self.edges[passages.start]
            return Span(edge, edge)
        return Span(self.starts[passages.start], self.stops[passages.stop - 1])

    def passage_at(self, position: int) -> int:
        """The passage that begins at a position of the text, or the last one that began before it."""
        return bisect_right(self.starts, position) - 1

    def in_notice(self, passages: Span) -> bool:
        """Whether a run of passages lies in a notice, in whole or in part."""
        return any(index in self.notices for index in range(passages.start, passages.stop))

    def tile(self, passages: Span) -> Span:
        """The stretch that a run of passages owns: white space up to the next passage included."""
        return Span(self.edges[passages.start], self.edges[passages.stop])


def sides(old: Article, new: Article) -> tuple[Side, Side]:
    """Cut two articles into passages: blocks that both have stay whole, the others become sentences."""
    texts = [dict.fromkeys([block.text for block in article.blocks]) for article in (old, new)]
    keys = {words: _key(words) for words in texts[0] | texts[1]}
    shared = {keys[words] for words in texts[0]} & {keys[words] for words in texts[1]}
    return _side(old, keys, shared), _side(new, keys, shared)


def _key(words: str) -> str:
    """How a block reads, folded."""
    return _short_key(words) if len(words) <= _SHORT else text.fold(words)


@lru_cache(maxsize=_KEPT)
def _short_key(words: str) -> str:
    return text.fold(words)


def _side(article: Article, keys: Mapping[str, str], shared: Collection[str]) -> Side:
    starts: list[int] = []
    stops: list[int] = []
    read: list[str] = []
    blocks: list[int] = []
    at = 0
    for number, block in enumerate(article.blocks):
        words, key = block.text, keys[block.text]
        if key not in shared:
            for start, stop in _cut(words, article.language):
                starts.append(at + start)
                stops.append(at + stop)
                read.append(text.fold(words[start:stop]))
                blocks.append(number)
        elif words:
            starts.append(at)
            stops.append(at + len(words))
            read.append(key)
            blocks.append(number)
        at += len(words) + 2  # the blank line between blocks
    return Side(
        article=article,
        text=article.text,
        edges=(0, *starts[1:], len(article.text)) if starts else (0,),
        starts=tuple(starts),
        stops=tuple(stops),
        keys=tuple(read),
        blocks=tuple(blocks),
        notices=_noticed(article.notices, starts, stops),
    )


def _cut(words: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block stand, each in one line: code and embedded posts have several."""
    at = 0
    for line in words.split("\n"):
        for start, stop in sentence_ranges(line, language=language):
            yield at + start, at + stop
        at += len(line) + 1


def _noticed(notices: Sequence[Notice], starts: Sequence[int], stops: Sequence[int]) -> dict[int, int]:
    """For each passage of which a notice holds more than half, the number of that notice.

    Of several the last that begins by its start, else the first.
    """
    found: dict[int, int] = {}
    placed = [(notice.span, number) for number, notice in enumerate(notices)]
    for span, number in sorted([(span, number) for span, number in placed if span is not None]):
        passage = bisect_right(stops, span.start)
        while passage < len(starts) and (start := starts[passage]) < span.stop:
            stop = stops[passage]
            held = min(stop, span.stop) - max(start, span.start)
            if 2 * held > stop - start and (span.start <= start or passage not in found):
                found[passage] = number
            passage += 1
    return found


def align_articles(old: Side, new: Side) -> Alignment:
    """Align the passages of two articles, with the block each stands in as evidence."""
    return align_folded(old.keys, new.keys, old_blocks=old.blocks, new_blocks=new.blocks)
