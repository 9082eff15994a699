"""What the HTML templates print: revisions and histories as plain values with their anchors.

Everything a template shows is decided here, so that a template holds no logic beyond loops. The
values are raw text; escaping is the template engine's, for every value without exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

import attrs

from revtrack.changes.kinds import Change, LinkChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import Article, Attested, BlockKind, Capture, Notice, Screened
from revtrack.report import phrases
from revtrack.report.excerpt import words_of
from revtrack.report.layout import Mark, Row, Run, Stretch, rows, stretches
from revtrack.report.moments import place_of, span_of_time, when
from revtrack.report.timeline import HeadlineStage, Strip, attested_headlines, headline_stages, strip

__all__ = ["ReportView", "RevisionView", "history_view", "revision_view"]


@attrs.frozen
class RunView:
    """A run of words; `name` is its own anchor and `link` the other end of its move, if it has one."""

    mark: str
    text: str
    pilcrow: bool = False
    moved: bool = False
    name: str | None = None
    link: str | None = None
    arrow: str = ""


@attrs.frozen
class RowView:
    """A block with its marks; `refs` are the changes that touch it: (number, anchor)."""

    kind: str
    anchor: str
    fate: str
    runs: tuple[RunView, ...]
    refs: tuple[tuple[int, str], ...]


@attrs.frozen
class GroupView:
    """Neighbouring rows that form one element: a list, or single blocks."""

    listed: bool
    rows: tuple[RowView, ...]


@attrs.frozen
class StretchView:
    """Rows in groups; `folded` is the line that stands for them while they are folded away."""

    groups: tuple[GroupView, ...]
    folded: str


@attrs.frozen
class ChangeView:
    """A change as the list shows it; `place` is the anchor of its evidence in the text."""

    number: int
    anchor: str
    kind: str
    words: phrases.ChangeWords
    runs: tuple[RunView, ...]
    label: str | None
    substantive: bool
    notices: tuple[Notice, ...]
    place: str | None


@attrs.frozen
class RevisionView:
    """One revision of the report."""

    number: int | None
    anchor: str
    when: str
    after: datetime | None
    until: datetime | None
    summary: str
    observed: str
    undisclosed: int
    changes: tuple[ChangeView, ...]
    stretches: tuple[StretchView, ...]
    remarks: tuple[str, ...]
    language: str | None


@attrs.frozen
class StageView:
    """A headline of the timeline; `brought_by` is the revision's number and anchor."""

    stage: HeadlineStage
    runs: tuple[RunView, ...]
    brought_by: tuple[int, str] | None


@attrs.frozen
class CaptureView:
    """A capture: its time and where its body came from, by a name that holds on any machine."""

    captured_at: datetime | None
    place: str


@attrs.frozen
class VersionView:
    """A version and every capture that showed it."""

    number: int
    headline: str | None
    seen: str
    captures: tuple[CaptureView, ...]


@attrs.frozen
class ReportView:
    """A history as the page shows it."""

    prefix: str
    title: str
    address: str | None
    language: str | None
    counts: tuple[tuple[str, int, str], ...]
    period: str
    stages: tuple[StageView, ...]
    attested: tuple[Attested, ...]
    strip: Strip | None
    revisions: tuple[RevisionView, ...]
    versions: tuple[VersionView, ...]
    screened: tuple[tuple[CaptureView, Screened], ...]
    rules: tuple[str, ...]


def history_view(history: History, *, title: str | None, prefix: str) -> ReportView:
    """*history* as the page shows it; every anchor begins with *prefix*."""
    last = history.versions[-1].article if history.versions else Article()
    revisions = tuple(
        [
            revision_view(revision, prefix=prefix, number=number)
            for number, revision in enumerate(history.revisions, 1)
        ]
    )
    stages = tuple(
        [
            StageView(
                stage,
                _plain(stage.runs),
                None
                if stage.revision is None
                else (stage.revision + 1, revisions[stage.revision].anchor),
            )
            for stage in headline_stages(history)
        ]
    )
    times = [c.captured_at for v in history.versions for c in v.captures if c.captured_at]
    return ReportView(
        prefix=prefix,
        title=title or last.headline or _address(history) or "An article without a headline",
        address=_address(history),
        language=language_tag(last),
        counts=_counts(history),
        period=span_of_time(min(times), max(times)) if times else "captures without dates",
        stages=stages,
        attested=attested_headlines(history),
        strip=strip(history),
        revisions=revisions,
        versions=tuple(
            [
                VersionView(
                    version.number,
                    version.article.headline,
                    span_of_time(version.first_seen, version.last_seen),
                    tuple([_capture(capture) for capture in version.captures]),
                )
                for version in history.versions
            ]
        ),
        screened=tuple([(_capture(one.capture), one) for one in history.screened]),
        rules=_rules(history),
    )


def revision_view(revision: Revision, *, prefix: str, number: int | None = None) -> RevisionView:
    """One revision as the page shows it."""
    anchor = f"{prefix}r{number or 1}"
    found = rows(revision)
    folded = stretches(found)
    placed = _places(folded, anchor)
    changes = tuple(
        [
            _change(change, revision, index, anchor, placed)
            for index, change in enumerate(revision.changes)
        ]
    )
    return RevisionView(
        number=number,
        anchor=anchor,
        when=when(revision.interval),
        after=revision.interval.after,
        until=revision.interval.until,
        summary=phrases.summary(revision),
        observed=_in_short(changes),
        undisclosed=len(revision.undisclosed),
        changes=changes,
        stretches=_stretch_views(folded, anchor),
        remarks=revision.remarks,
        language=language_tag(revision.new),
    )


def language_tag(article: Article) -> str | None:
    """The article's language where it looks like a language tag, None otherwise."""
    tag = article.language or ""
    parts = tag.split("-")
    plausible = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return tag if plausible and parts[0].isalpha() and len(parts[0]) >= 2 else None


def _address(history: History) -> str | None:
    for version in reversed(history.versions):
        if version.article.url or version.article.canonical_url:
            return version.article.url or version.article.canonical_url
        for capture in reversed(version.captures):
            if capture.url:
                return capture.url
    return None


def _capture(capture: Capture) -> CaptureView:
    return CaptureView(capture.captured_at, place_of(capture))


def _counts(history: History) -> tuple[tuple[str, int, str], ...]:
    changes = [change for revision in history.revisions for change in revision.changes]
    captures = sum(len(version.captures) for version in history.versions)
    substantive = sum(change.substantive for change in changes)
    undisclosed = sum(len(revision.undisclosed) for revision in history.revisions)
    rows: list[tuple[str, int, str]] = [
        ("captures", captures, "capture" if captures == 1 else "captures"),
        ("versions", len(history.versions), "version" if len(history.versions) == 1 else "versions"),
        ("changes", len(changes), "change" if len(changes) == 1 else "changes"),
        ("substantive", substantive, "substantive"),
        ("undisclosed", undisclosed, "undisclosed"),
    ]
    return tuple(rows)


def _rules(history: History) -> tuple[str, ...]:
    rules = [f"{v.article.extractor.name} {v.article.extractor.version}" for v in history.versions]
    return tuple(dict.fromkeys(rules))


# ---------------------------------------------------------------------------------------------
# the list of changes


def _change(
    change: Change, revision: Revision, index: int, anchor: str, placed: dict[int, str]
) -> ChangeView:
    return ChangeView(
        number=index + 1,
        anchor=f"{anchor}-c{index + 1}",
        kind=type(change).__name__,
        words=phrases.told(change, revision),
        runs=_plain(words_of(change)),
        label=change.text if isinstance(change, LinkChanged) else None,
        substantive=change.substantive,
        notices=change.disclosed_by,
        place=placed.get(index),
    )


LISTED = 3
"""Observations named in the list of revisions: one line on a wide screen."""


def _in_short(changes: Iterable[ChangeView]) -> str:
    told = list(dict.fromkeys(change.words.observed for change in changes))
    if not told:
        return "No visible change"
    rest = [one[:1].lower() + one[1:] for one in told[1:LISTED]]
    return "; ".join([told[0], *rest, *["and more"] * (len(told) > LISTED)])


def _plain(runs: Iterable[Run]) -> tuple[RunView, ...]:
    return tuple([RunView(run.mark.value, run.text, run.pilcrow) for run in runs])


# ---------------------------------------------------------------------------------------------
# the full text

_ANCHORED = "b"


def _places(folded: Iterable[Stretch], anchor: str) -> dict[int, str]:
    """The anchor of the first row that each change touches."""
    places: dict[int, str] = {}
    number = 0
    for stretch in folded:
        for row in stretch.rows:
            number += 1
            for change in row.changes:
                places.setdefault(change, f"{anchor}-{_ANCHORED}{number}")
    return places


def _stretch_views(folded: tuple[Stretch, ...], anchor: str) -> tuple[StretchView, ...]:
    moves = _Moves(folded, anchor)
    views = []
    number = 0
    for stretch in folded:
        found = []
        for row in stretch.rows:
            number += 1
            found.append(_row(row, f"{anchor}-{_ANCHORED}{number}", anchor, moves))
        grouped = groupby(found, key=lambda row: row.kind == BlockKind.LIST_ITEM.value)
        groups = tuple([GroupView(listed, tuple(part)) for listed, part in grouped])
        words = sum(len(run.text.split()) for row in stretch.rows for run in row.runs)
        blocks = phrases.counted(len(stretch.rows), "unchanged paragraph")
        title = f"{blocks}, {phrases.counted(words, 'word')}" if stretch.folded else ""
        views.append(StretchView(groups, title))
    return tuple(views)


def _row(row: Row, anchor: str, base: str, moves: _Moves) -> RowView:
    return RowView(
        kind=row.kind.value,
        anchor=anchor,
        fate=row.fate.value if row.fate else "mixed",
        runs=tuple([moves.view(run) for run in row.runs]),
        refs=tuple([(index + 1, f"{base}-c{index + 1}") for index in row.changes]),
    )


class _Moves:
    """The two ends of each move: the first run on either side carries the anchor and the link."""

    def __init__(self, folded: tuple[Stretch, ...], anchor: str) -> None:
        self.anchor = anchor
        runs = [run for stretch in folded for row in stretch.rows for run in row.runs]
        self.first: dict[tuple[int, Mark], int] = {}
        for place, run in enumerate(runs):
            if run.move is not None:
                self.first.setdefault((run.move, run.mark), place)
        self.seen: set[tuple[int, Mark]] = set()

    def view(self, run: Run) -> RunView:
        if run.move is None:
            return RunView(run.mark.value, run.text, run.pilcrow)
        end = (run.move, run.mark)
        other = (run.move, Mark.INSERTED if run.mark is Mark.DELETED else Mark.DELETED)
        if end in self.seen or other not in self.first:
            return RunView(run.mark.value, run.text, run.pilcrow, moved=True)
        self.seen.add(end)
        down = self.first[other] > self.first[end]
        return RunView(
            run.mark.value,
            run.text,
            moved=True,
            name=self._name(end),
            link=self._name(other),
            arrow="↓" if down else "↑",
        )

    def _name(self, end: tuple[int, Mark]) -> str:
        return f"{self.anchor}-m{end[0] + 1}-{'old' if end[1] is Mark.DELETED else 'new'}"
