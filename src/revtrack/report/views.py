"""What the HTML templates print: revisions and histories as plain values with their anchors.

Everything a template shows is decided here, so that a template holds no logic beyond loops. The
values are raw text; escaping is the template engine's, for every value without exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import Article, Attested, Capture
from revtrack.report import phrases
from revtrack.report.contents import Section, contents, in_short
from revtrack.report.disclosures import tally
from revtrack.report.entries import Apart, Entry, entries, not_edits
from revtrack.report.entry_view import EntryView, FindingView, entry_view, finding_views
from revtrack.report.findings import findings, lede, listed
from revtrack.report.layout import rows, stretches
from revtrack.report.moments import memento_of, place_of, span_of_time
from revtrack.report.references import references
from revtrack.report.standing import Blocks
from revtrack.report.text_view import (
    GroupView,
    RunView,
    StretchView,
    anchors_of,
    standing_view,
    text_view,
    unmoved,
)
from revtrack.report.timeline import (
    HeadlineStage,
    Strip,
    attested_headlines,
    attested_wordings,
    headline_stages,
    strip,
)

__all__ = ["ReportView", "RevisionView", "history_view", "revision_view"]

LONG = 20
"""Revisions from which on unchanged neighbours of a changed paragraph are links too (range 10 to 40):
sixty revisions of forty paragraphs take 28 KB less."""


@attrs.frozen
class RevisionView:
    """One revision of the report; `minor` entries are folded away under the others."""

    number: int | None
    anchor: str
    lede: str
    observed: str
    entries: tuple[EntryView, ...]
    minor: tuple[EntryView, ...]
    more: int
    technical: tuple[Apart, ...]
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
    """A capture: its time, where its body came from by a name that holds on any machine, its digest.

    `memento` is the address under which an archive keeps it, to be linked.
    """

    captured_at: datetime | None
    place: str
    memento: str | None
    digest: str


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
    wordings: tuple[Attested, ...]
    strip: Strip | None
    lede: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str, tuple[FindingView, ...]], ...]
    contents: tuple[Section, ...]
    newest: tuple[GroupView, ...]
    origins: tuple[tuple[int, ...], ...]
    earlier: tuple[GroupView, ...]
    revisions: tuple[RevisionView, ...]
    versions: tuple[VersionView, ...]
    screened: tuple[tuple[CaptureView, str, str], ...]
    rules: tuple[str, ...]


def history_view(history: History, *, title: str | None, prefix: str) -> ReportView:
    """*history* as the page shows it; every anchor begins with *prefix*."""
    last = history.versions[-1].article if history.versions else Article()
    all_entries = listed(history)
    long = len(history.revisions) > LONG
    blocks = Blocks(history) if len(history.revisions) > 1 else None
    revisions = tuple(
        [
            _revision_view(revision, told, prefix=prefix, number=number, blocks=blocks, long=long)
            for number, (revision, told) in enumerate(
                zip(history.revisions, all_entries, strict=True), 1
            )
        ]
    )
    views = {(n, e.first): e for n, one in enumerate(revisions, 1) for e in (*one.entries, *one.minor)}
    stages = tuple(
        [
            StageView(
                stage,
                unmoved(stage.runs),
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
        wordings=attested_wordings(history),
        strip=strip(history),
        lede=lede(history),
        findings=tuple(finding_views(findings(history, all_entries), views)),
        contents=contents(history.revisions, all_entries),
        newest=standing_view([one.row for one in blocks.newest], prefix, 1) if blocks else (),
        origins=tuple([one.origins for one in blocks.newest]) if blocks else (),
        earlier=standing_view([b.row for b in blocks.earlier], prefix, len(blocks.newest) + 1)
        if blocks
        else (),
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
        screened=tuple(
            [
                (_capture(one.capture), one.reason.value, phrases.screened_because(one))
                for one in history.screened
            ]
        ),
        rules=_rules(history),
    )


def revision_view(revision: Revision, *, prefix: str) -> RevisionView:
    """One revision as a page of its own shows it."""
    (found,) = references([revision])
    return _revision_view(revision, entries(revision, found), prefix=prefix, number=None, blocks=None)


def _revision_view(
    revision: Revision,
    listed_entries: Iterable[Entry],
    *,
    prefix: str,
    number: int | None,
    blocks: Blocks | None,
    long: bool = False,
) -> RevisionView:
    anchor = f"{prefix}r{number or 1}"
    listed_entries = tuple(listed_entries)
    found = rows(revision)
    folded = stretches(found, context=0, least=1) if long else stretches(found)
    placed = anchors_of(folded, anchor)
    views = tuple([entry_view(entry, anchor, placed, prefix) for entry in listed_entries])
    minor = _minor(views)
    return RevisionView(
        number=number,
        anchor=anchor,
        lede=phrases.lede(revision),
        observed=in_short(listed_entries),
        entries=tuple([one for one in views if one.substantive or not minor]),
        minor=minor,
        more=_size(minor),
        technical=not_edits(revision),
        stretches=text_view(folded, anchor, blocks),
        remarks=phrases.remarks(revision),
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
    return CaptureView(
        capture.captured_at, place_of(capture), memento_of(capture), capture.digest or ""
    )


def _counts(history: History) -> tuple[tuple[str, int, str], ...]:
    found = tally(history.revisions)
    screened = len(history.screened)
    captures = len(history.captures) + screened
    noun = "capture" if captures == 1 else "captures"
    counts = [
        ("captures", captures, f"{noun} ({screened:,} screened out)" if screened else noun),
        ("versions", len(history.versions), "version" if len(history.versions) == 1 else "versions"),
        ("changes", found.changes, "change" if found.changes == 1 else "changes"),
        ("substantive", found.substantive, "substantive"),
        ("undisclosed", found.undisclosed, found.undisclosed_noun),
    ]
    if found.late:
        counts.append(("late", found.late, found.late_noun))
    if found.possible:
        counts.append(("possible", found.possible, "possibly disclosed"))
    return tuple(counts)


def _rules(history: History) -> tuple[str, ...]:
    rules = [f"{v.article.extractor.name} {v.article.extractor.version}" for v in history.versions]
    return tuple(dict.fromkeys(rules))


FOLDED_FROM = 6
"""Non-substantive entries that are folded away together where a substantive one is listed: a copy edit
of a long article makes dozens of changes to commas, and the one changed number must be seen."""


def _minor(found: tuple[EntryView, ...]) -> tuple[EntryView, ...]:
    minor = tuple([one for one in found if not one.substantive])
    return minor if FOLDED_FROM <= len(minor) < len(found) else ()


def _size(found: Iterable[EntryView]) -> int:
    return sum([len(one.texts) for one in found])
