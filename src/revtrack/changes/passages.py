"""Passages: the units of two articles that are aligned, and where they stand.

A block that reads the same on both sides is one passage; every other block is cut into sentences.
So only what changed is ever segmented, and a block that moved as a whole is found as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

import attrs

from revtrack import text
from revtrack.diff import Alignment, align
from revtrack.model import Article, Notice, Span

__all__ = ["Passage", "Side", "align_articles", "sides"]


@attrs.frozen
class Passage:
    """A sentence or an unchanged block: `span` in the article's text, number of its block.

    `notice` is the number of the article's notice that the passage belongs to, None for the story.
    """

    span: Span
    block: int
    notice: int | None


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
        return Span(self.passages[indexes.start].span.start, self.passages[indexes.stop - 1].span.stop)

    def edge(self, index: int) -> int:
        """Where passage *index* begins: 0 for the first, the end of the text after the last."""
        if index == 0:
            return 0
        return self.passages[index].span.start if index < len(self.passages) else len(self.text)

    def passage_at(self, position: int) -> Passage:
        """The passage that begins at a position of the text, or the last one that began before it."""
        index = bisect_right(self.passages, position, key=lambda passage: passage.span.start) - 1
        return self.passages[index]

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
    old_texts = {block.text for block in old.blocks}
    new_texts = {block.text for block in new.blocks}
    shared = old_texts & new_texts
    if len(shared) < len(old_texts) or len(shared) < len(new_texts):
        old_keys, new_keys = ({w: text.fold(w) for w in texts} for texts in (old_texts, new_texts))
        keys = set(old_keys.values()) & set(new_keys.values())
        shared = {words for words, key in (*old_keys.items(), *new_keys.items()) if key in keys}
    return _side(old, shared), _side(new, shared)


def _side(article: Article, shared: set[str]) -> Side:
    passages: list[Passage] = []
    placed = _placed(article.notices)
    for number, (block, span) in enumerate(zip(article.blocks, article.block_spans, strict=True)):
        if block.text in shared:
            pieces = [span] if block.text else []
        else:
            pieces = [
                piece.shifted(span.start)
                for piece in text.sentences(block.text, language=article.language)
            ]
        passages += [Passage(piece, number, _notice_of(piece, placed)) for piece in pieces]
    return Side(article, article.text, tuple(passages))


_Placed = list[tuple[int, int, int]]
"""Start, stop and number of each notice that stands in the text, in order."""


def _placed(notices: tuple[Notice, ...]) -> _Placed:
    spans = [(notice.span, number) for number, notice in enumerate(notices)]
    return sorted([(span.start, span.stop, number) for span, number in spans if span is not None])


def _notice_of(piece: Span, placed: _Placed) -> int | None:
    """Number of the notice that holds more than half of a passage."""
    index = max(0, bisect_right(placed, piece.start, key=itemgetter(0)) - 1)
    while index < len(placed) and placed[index][0] < piece.stop:
        start, stop, number = placed[index]
        if 2 * (min(piece.stop, stop) - max(piece.start, start)) > len(piece):
            return number
        index += 1
    return None


def align_articles(old: Side, new: Side) -> Alignment:
    """Align the passages of two articles, with the block each stands in as evidence."""
    return align(
        [passage.span.of(old.text) for passage in old.passages],
        [passage.span.of(new.text) for passage in new.passages],
        old_blocks=[passage.block for passage in old.passages],
        new_blocks=[passage.block for passage in new.passages],
    )
