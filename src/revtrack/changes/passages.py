"""Passages: the units of two articles that are aligned, and where they stand.

A block that reads the same on both sides is one passage; every other block is cut into sentences.
So only what changed is ever segmented, and a block that moved as a whole is found as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import NamedTuple

import attrs

from revtrack import text
from revtrack.diff.alignment import Alignment, align_folded
from revtrack.model import Article, Notice, Span
from revtrack.text.segment import sentence_ranges

__all__ = ["Passage", "Side", "align_articles", "sides"]


class Passage(NamedTuple):
    """A sentence or an unchanged block: `[start, stop)` in the article's text, number of its block.

    `key` is how it reads, folded. `notice` is the number of the article's notice that the passage
    belongs to, None for the story.
    """

    start: int
    stop: int
    key: str
    block: int
    notice: int | None

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""
        return Span(self.start, self.stop)


@attrs.frozen
class Side:
    """One article as passages in reading order."""

    article: Article
    text: str
    passages: tuple[Passage, ...]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The article's notices; `Passage.notice` is a place among them."""
        return self.article.notices

    def hull(self, indexes: Span) -> Span:
        """The characters from the first to the last of a run of passages; empty where none is."""
        if not len(indexes):
            edge = self.edge(indexes.start)
            return Span(edge, edge)
        return Span(self.passages[indexes.start].start, self.passages[indexes.stop - 1].stop)

    def edge(self, index: int) -> int:
        """Where passage *index* begins: 0 for the first, the end of the text after the last."""
        if index == 0:
            return 0
        return self.passages[index].start if index < len(self.passages) else len(self.text)

    def passage_at(self, position: int) -> Passage:
        """The passage that begins at a position of the text, or the last one that began before it."""
        return self.passages[bisect_right(self.passages, position, key=itemgetter(0)) - 1]

    def in_notice(self, indexes: Span) -> bool:
        """Whether a run of passages lies in a notice, in whole or in part."""
        return any(
            passage.notice is not None for passage in self.passages[indexes.start : indexes.stop]
        )

    def tile(self, indexes: Span) -> Span:
        """The stretch that a run of passages owns: white space up to the next passage included."""
        return Span(self.edge(indexes.start), self.edge(indexes.stop))


def sides(old: Article, new: Article) -> tuple[Side, Side]:
    """Cut two articles into passages: blocks that both have stay whole, the others become sentences."""
    texts = [dict.fromkeys([block.text for block in article.blocks]) for article in (old, new)]
    keys = {words: text.fold(words) for words in texts[0] | texts[1]}
    shared = {keys[words] for words in texts[0]} & {keys[words] for words in texts[1]}
    return _side(old, keys, shared), _side(new, keys, shared)


def _side(article: Article, keys: Mapping[str, str], shared: Collection[str]) -> Side:
    passages: list[Passage] = []
    placed = _placed(article.notices)
    at = 0
    for number, block in enumerate(article.blocks):
        words, key = block.text, keys[block.text]
        if key not in shared:
            for start, stop in sentence_ranges(words, language=article.language):
                notice = _notice_of(at + start, at + stop, placed) if placed else None
                key = text.fold(words[start:stop])
                passages.append(Passage(at + start, at + stop, key, number, notice))
        elif words:
            notice = _notice_of(at, at + len(words), placed) if placed else None
            passages.append(Passage(at, at + len(words), key, number, notice))
        at += len(words) + 2  # the blank line between blocks
    return Side(article, article.text, tuple(passages))


_Placed = list[tuple[int, int, int]]
"""Start, stop and number of each notice that stands in the text, in order."""


def _placed(notices: tuple[Notice, ...]) -> _Placed:
    spans = [(notice.span, number) for number, notice in enumerate(notices)]
    return sorted([(span.start, span.stop, number) for span, number in spans if span is not None])


def _notice_of(piece: int, piece_stop: int, placed: _Placed) -> int | None:
    """Number of the notice that holds more than half of a passage."""
    index = max(0, bisect_right(placed, piece, key=itemgetter(0)) - 1)
    while index < len(placed) and placed[index][0] < piece_stop:
        start, stop, number = placed[index]
        if 2 * (min(piece_stop, stop) - max(piece, start)) > piece_stop - piece:
            return number
        index += 1
    return None


def align_articles(old: Side, new: Side) -> Alignment:
    """Align the passages of two articles, with the block each stands in as evidence."""
    return align_folded(
        [passage.key for passage in old.passages],
        [passage.key for passage in new.passages],
        old_blocks=[passage.block for passage in old.passages],
        new_blocks=[passage.block for passage in new.passages],
    )
