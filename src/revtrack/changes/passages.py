"""Passages: the units of two articles that are aligned, and where they stand.

A block that reads the same on both sides is one passage; every other block is cut into sentences.
So only what changed is ever segmented, and a block that moved as a whole is found as a whole.
"""

from __future__ import annotations

from bisect import bisect_right

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

    text: str
    passages: tuple[Passage, ...]
    notices: tuple[Notice, ...]

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

    def block_at(self, position: int) -> int:
        """Number of the block that the passage at a position of the text stands in."""
        index = bisect_right(self.passages, position, key=lambda passage: passage.span.start) - 1
        return self.passages[index].block

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
    old_keys = {text.fold(words): words for words in old_texts - new_texts}
    new_keys = {text.fold(words): words for words in new_texts - old_texts}
    alike = old_keys.keys() & new_keys.keys()
    shared = (old_texts & new_texts).union(*[(old_keys[key], new_keys[key]) for key in alike])
    return _side(old, shared), _side(new, shared)


def _side(article: Article, shared: set[str]) -> Side:
    passages = []
    for number, (block, span) in enumerate(zip(article.blocks, article.block_spans, strict=True)):
        if block.text in shared:
            pieces = [span] if block.text else []
        else:
            pieces = [
                piece.shifted(span.start)
                for piece in text.sentences(block.text, language=article.language)
            ]
        passages += [Passage(piece, number, _notice_of(piece, article.notices)) for piece in pieces]
    return Side(article.text, tuple(passages), article.notices)


def _notice_of(piece: Span, notices: tuple[Notice, ...]) -> int | None:
    """Number of the notice that holds more than half of a passage."""
    for number, notice in enumerate(notices):
        if notice.span is not None:
            shared = min(piece.stop, notice.span.stop) - max(piece.start, notice.span.start)
            if 2 * shared > len(piece):
                return number
    return None


def align_articles(old: Side, new: Side) -> Alignment:
    """Align the passages of two articles, with the block each stands in as evidence."""
    return align(
        [passage.span.of(old.text) for passage in old.passages],
        [passage.span.of(new.text) for passage in new.passages],
        old_blocks=[passage.block for passage in old.passages],
        new_blocks=[passage.block for passage in new.passages],
    )
