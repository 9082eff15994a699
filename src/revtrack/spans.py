"""Spans: positions in a text or a sequence."""

from __future__ import annotations

import attrs

__all__ = ["Span"]


@attrs.frozen(order=True)
class Span:
    """A half-open range `[start, stop)` of positions, in characters unless said otherwise."""

    start: int
    stop: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, got [{self.start}, {self.stop})")

    def __len__(self) -> int:
        return self.stop - self.start

    def __bool__(self) -> bool:
        return True  # an empty span is still a position

    def of(self, text: str) -> str:
        """The characters of *text* that this span covers."""
        return text[self.start : self.stop]

    def shifted(self, by: int) -> Span:
        """The same range, *by* positions further on."""
        return Span(self.start + by, self.stop + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a position."""
        return self.start < other.stop and other.start < self.stop
