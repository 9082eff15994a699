"""Places: which of many spans of a text hold or touch a given one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from revtrack.model import Span

__all__ = ["Evidence", "Places"]


class Places:
    """Which of several spans, apart from one another, holds a given one."""

    def __init__(self, spans: list[Span]) -> None:
        self.order = sorted(range(len(spans)), key=lambda index: spans[index])
        self.spans = [spans[index] for index in self.order]
        self.starts = [span.start for span in self.spans]

    def at(self, span: Span) -> int | None:
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
        while self.passed < len(self.spans) and self.spans[self.passed][0].stop <= span.start:
            self.passed += 1
        for place, index in islice(self.spans, self.passed, None):
            if place.start >= span.stop:
                return
            if place.overlaps(span):
                yield index
