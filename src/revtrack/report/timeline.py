"""The headline over time: each headline with the interval in which it appeared, and a time line."""

from __future__ import annotations

from datetime import datetime

import attrs

from revtrack.history import HeadlineLife, History
from revtrack.model import Article, Attested, NoticeTarget
from revtrack.report.marks import Mark, Run, runs_of
from revtrack.text import fold
from revtrack.versions import Interval

__all__ = [
    "Bar",
    "HeadlineStage",
    "Strip",
    "Tick",
    "attested_headlines",
    "attested_wordings",
    "headline_stages",
    "strip",
]


@attrs.frozen
class HeadlineStage:
    """A headline as neighbouring versions show it.

    `runs` show it against the headline it followed (all kept for the first). `revision` is the index
    of the revision that brought it, None for the first. `attested` says whether a notice of the last
    version speaks of it too.
    """

    life: HeadlineLife
    first_seen: datetime | None
    runs: tuple[Run, ...]
    revision: int | None
    attested: bool

    @property
    def text(self) -> str:
        """The headline; empty where the article has none."""
        return self.life.text

    @property
    def appeared(self) -> Interval:
        """The interval in which it appeared."""
        return self.life.interval

    @property
    def last_seen(self) -> datetime | None:
        """The latest capture that showed it."""
        return self.life.last_seen.after


@attrs.frozen
class Tick:
    """A capture on the strip: its place from 0 to 100."""

    place: float


@attrs.frozen
class Bar:
    """A stretch of the strip, from 0 to 100; `number` counts headlines or revisions from 1."""

    start: float
    stop: float
    number: int

    @property
    def length(self) -> float:
        """How long it is, at least a hair."""
        return round(max(self.stop - self.start, 0.1), 2)


@attrs.frozen
class Strip:
    """The time from the first to the last capture as places from 0 to 100."""

    first: datetime
    last: datetime
    ticks: tuple[Tick, ...]
    headlines: tuple[Bar, ...]
    revisions: tuple[Bar, ...]


def headline_stages(history: History) -> tuple[HeadlineStage, ...]:
    """The headlines in time order; one that returns is listed again."""
    last = history.versions[-1].article if history.versions else Article()
    attested = {fold(one.text) for one in last.attested if one.target is NoticeTarget.HEADLINE}
    return tuple([_stage(history, life, attested) for life in history.headlines])


def attested_headlines(history: History) -> tuple[Attested, ...]:
    """The earlier headlines that the last version's notices speak of and no capture shows."""
    return tuple([one for one in history.attested if one.target is NoticeTarget.HEADLINE])


def attested_wordings(history: History) -> tuple[Attested, ...]:
    """The earlier wordings of the text that notices speak of and no capture shows."""
    return tuple([one for one in history.attested if one.target is not NoticeTarget.HEADLINE])


def strip(history: History) -> Strip | None:
    """Captures, headlines and revisions on a line of time; None without two different times."""
    times = [c.captured_at for v in history.versions for c in v.captures if c.captured_at]
    if not times or min(times) == max(times):
        return None
    first, last = min(times), max(times)

    def place(value: datetime) -> float:
        return round(100 * ((value - first) / (last - first)), 2)

    headlines = [
        Bar(place(stage.first_seen), place(stage.last_seen), number)
        for number, stage in enumerate(headline_stages(history), 1)
        if stage.first_seen and stage.last_seen
    ]
    revisions = [
        Bar(place(revision.interval.after), place(revision.interval.until), number)
        for number, revision in enumerate(history.revisions, 1)
        if revision.interval.after and revision.interval.until
    ]
    ticks = [Tick(place(time)) for time in sorted(set(times))]
    return Strip(first, last, tuple(ticks), tuple(headlines), tuple(revisions))


def _stage(history: History, life: HeadlineLife, attested: set[str]) -> HeadlineStage:
    index = next(i for i, version in enumerate(history.versions) if version.number == life.versions[0])
    runs: tuple[Run, ...] = (Run(Mark.KEPT, life.text),)
    if index:
        step = history.revisions[index - 1]
        earlier = history.versions[index - 1].article.headline
        change = step.headline
        fits = change is not None and (change.old, change.new) == (earlier, life.text)
        runs = runs_of(earlier, life.text, change.ops if change and fits else ())
    return HeadlineStage(
        life=life,
        first_seen=history.versions[index].first_seen,
        runs=runs,
        revision=index - 1 if index else None,
        attested=fold(life.text) in attested,
    )
