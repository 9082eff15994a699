"""How an article stood over time: versions, the intervals between them, captures that show none."""

from __future__ import annotations

from datetime import datetime

import attrs

from revtrack.model import Article, Capture, ScreenReason

__all__ = ["Interval", "Screened", "Version"]


@attrs.frozen
class Interval:
    """After the last capture without something, up to the first with it."""

    after: datetime | None = None
    until: datetime | None = None


@attrs.frozen
class Screened:
    """A capture that shows no version of the article, with the reason; kept, never a removal."""

    capture: Capture
    reason: ScreenReason
    detail: str


@attrs.frozen
class Version:
    """One distinct state of an article, with every capture that showed it, in time order."""

    number: int
    article: Article
    captures: tuple[Capture, ...]

    @property
    def first_seen(self) -> datetime | None:
        """The time of the earliest capture that showed this version."""
        return self.captures[0].captured_at if self.captures else None

    @property
    def last_seen(self) -> datetime | None:
        """The time of the latest capture that showed this version."""
        return self.captures[-1].captured_at if self.captures else None
