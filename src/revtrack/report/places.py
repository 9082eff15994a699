"""Places in a text: its blocks, and which of many spans hold or touch a given one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from revtrack.model import Span

__all__ = ["BlockText", "Evidence", "Places"]


class Places:
    """Which of several spans, apart from one another, holds a given one."""

    def __init__(self, spans: list[Span]) -> None:
        self.order = sorted(range(len(spans)), key=lambda index: spans[index])
        self.spans = [spans[index] for index in self.order]
        self.starts = [span.start for span in self.spans]

    def at(self, span: Span) -> int | None:
        """The number of the span that overlaps this one, if any."""
        index = bisect_right(self.starts, span.start) - 1
        if index >= 0 and span.overlaps(self.spans[index]):
            return self.order[index]
        return None


class Evidence:
    """The spans of one side's changes; asked for in text order, so that each is passed once."""

    def __init__(self, spans: list[tuple[Span, int]]) -> None:
        self.spans = sorted(spans)
        self.passed = 0

    def touching(self, span: Span) -> Iterator[int]:
        """The changes whose evidence overlaps a span."""
        while self.passed < len(self.spans) and self.spans[self.passed][0].stop <= span.start:
            self.passed += 1
        for place, index in islice(self.spans, self.passed, None):
            if place.start >= span.stop:
                return
            if place.overlaps(span):
                yield index


class BlockText:
    """One article's text and where its blocks stand in it."""

    def __init__(self, text: str, blocks: tuple[Span, ...]) -> None:
        self.text, self.blocks = text, blocks
        self.starts = [span.start for span in blocks]

    def block_at(self, place: int) -> int:
        """The block that begins at a position, or the last one that began before it."""
        return bisect_right(self.starts, place) - 1

    def cut(self, span: Span) -> Iterator[tuple[int | None, Span]]:
        """The parts of *span*: those in a block with its index, those between blocks with None."""
        place, index = span.start, self.block_at(span.start)
        while place < span.stop:
            if index >= 0 and place < self.blocks[index].stop:
                stop = min(span.stop, self.blocks[index].stop)
                yield index, Span(place, stop)
            else:
                index += 1
                stop = min(span.stop, self.starts[index] if index < len(self.starts) else span.stop)
                if stop > place:
                    yield None, Span(place, stop)
            place = stop
