"""What the HTML templates print: revisions and histories as plain values with their anchors.

Everything a template shows is decided here, so that a template holds no logic beyond loops. The
values are raw text; escaping is the template engine's, for every value without exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from revtrack.changes.kinds import LinkChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import Article, Attested, Capture, Notice
from revtrack.report import phrases
from revtrack.report.entries import Apart, Entry, entries, told_apart
from revtrack.report.excerpt import other_words, words_of
from revtrack.report.layout import rows, stretches
from revtrack.report.moments import place_of, span_of_time, when
from revtrack.report.text_view import RunView, StretchView, anchors_of, text_view, unmoved
from revtrack.report.timeline import (
    HeadlineStage,
    Strip,
    attested_headlines,
    attested_wordings,
    headline_stages,
    strip,
)

__all__ = ["ReportView", "RevisionView", "history_view", "revision_view"]


@attrs.frozen
class WordsView:
    """The words of one change; `label` are those of a link."""

    anchor: str
    runs: tuple[RunView, ...]
    label: str | None


@attrs.frozen
class VariantView:
    """A variant of a headline that changed in words of its own."""

    label: str
    runs: tuple[RunView, ...]


@attrs.frozen
class EntryView:
    """An entry of the list; `place` is the anchor of its first evidence in the text."""

    first: int
    number: str
    words: phrases.ChangeWords
    texts: tuple[WordsView, ...]
    variants: tuple[VariantView, ...]
    substantive: bool
    notices: tuple[Notice, ...]
    place: str | None


@attrs.frozen
class RevisionView:
    """One revision of the report; `minor` entries are folded away under the others."""

    number: int | None
    anchor: str
    when: str
    lede: str
    observed: str
    undisclosed: int
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
    wordings: tuple[Attested, ...]
    strip: Strip | None
    revisions: tuple[RevisionView, ...]
    versions: tuple[VersionView, ...]
    screened: tuple[tuple[CaptureView, str, str], ...]
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


def revision_view(revision: Revision, *, prefix: str, number: int | None = None) -> RevisionView:
    """One revision as the page shows it."""
    anchor = f"{prefix}r{number or 1}"
    found = rows(revision)
    folded = stretches(found)
    placed = anchors_of(folded, anchor)
    told = tuple([_entry(entry, anchor, placed) for entry in entries(revision)])
    minor = _minor(told)
    return RevisionView(
        number=number,
        anchor=anchor,
        when=when(revision.interval),
        lede=phrases.lede(revision),
        observed=_in_short(told),
        undisclosed=len(revision.undisclosed),
        entries=tuple([one for one in told if one.substantive or not minor]),
        minor=minor,
        more=_size(minor),
        technical=told_apart(revision),
        stretches=text_view(folded, anchor),
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
    return CaptureView(capture.captured_at, place_of(capture))


def _counts(history: History) -> tuple[tuple[str, int, str], ...]:
    changes = [change for revision in history.revisions for change in revision.changes]
    screened = len(history.screened)
    captures = len(history.captures) + screened
    noun = "capture" if captures == 1 else "captures"
    substantive = sum(change.substantive for change in changes)
    undisclosed = sum(len(revision.undisclosed) for revision in history.revisions)
    return (
        ("captures", captures, f"{noun} ({screened:,} screened out)" if screened else noun),
        ("versions", len(history.versions), "version" if len(history.versions) == 1 else "versions"),
        ("changes", len(changes), "change" if len(changes) == 1 else "changes"),
        ("substantive", substantive, "substantive"),
        ("undisclosed", undisclosed, "undisclosed"),
    )


def _rules(history: History) -> tuple[str, ...]:
    rules = [f"{v.article.extractor.name} {v.article.extractor.version}" for v in history.versions]
    return tuple(dict.fromkeys(rules))


# ---------------------------------------------------------------------------------------------
# the list of changes


def _entry(entry: Entry, base: str, placed: dict[int, str]) -> EntryView:
    texts = [
        WordsView(
            f"{base}-c{number}",
            unmoved(words_of(change)),
            change.text if isinstance(change, LinkChanged) else None,
        )
        for number, change in enumerate(entry.changes, entry.first)
    ]
    return EntryView(
        first=entry.first,
        number=entry.number,
        words=entry.words,
        texts=tuple(texts),
        variants=tuple(
            [
                VariantView(one.label, unmoved(one.runs))
                for change in entry.changes
                for one in other_words(change)
            ]
        ),
        substantive=entry.changes[0].substantive,
        notices=entry.changes[0].disclosed_by,
        place=placed.get(entry.first - 1),
    )


FOLDED_FROM = 6
"""Entries without substance that are folded away together, beside at least one that has some: a copy
edit of a long article brings dozens of commas, and the one number among them must be seen."""


def _minor(told: tuple[EntryView, ...]) -> tuple[EntryView, ...]:
    minor = tuple([one for one in told if not one.substantive])
    return minor if FOLDED_FROM <= len(minor) < len(told) else ()


def _size(told: Iterable[EntryView]) -> int:
    return sum([len(one.texts) for one in told])


LISTED = 3
"""Observations named in the list of revisions: one line on a wide screen."""


def _in_short(entries_told: Iterable[EntryView]) -> str:
    told = list(dict.fromkeys(entry.words.observed for entry in entries_told))
    if not told:
        return "No visible change"
    rest = [one[:1].lower() + one[1:] for one in told[1:LISTED]]
    return "; ".join([told[0], *rest, *["and more"] * (len(told) > LISTED)])
