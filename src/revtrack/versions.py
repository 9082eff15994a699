"""The article over time: its versions, the intervals between them, captures that show none."""

from __future__ import annotations

from datetime import datetime

import attrs

from revtrack.model import Article, Capture, ScreenReason

__all__ = ["Interval", "Occurrence", "Screened", "Version", "WordHistory"]


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


@attrs.frozen
class Occurrence:
    """A stretch of time in which captures have some words.

    `interval` bounds when they appeared, `last_seen` when they were removed: after the last capture
    with them, up to the first without, which is None where the newest capture has them. `sentence` is
    the one with the words when they appeared.
    """

    interval: Interval
    last_seen: Interval
    sentence: str


@attrs.frozen
class WordHistory:
    """When an article had some words, by so many of its captures as were read."""

    words: str
    captures: int
    read: int
    occurrences: tuple[Occurrence, ...] = ()
