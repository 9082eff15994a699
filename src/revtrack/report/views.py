"""Values for the HTML templates: anchors, links and numbered paragraphs.

The values are raw text; the template engine escapes every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import attrs

from revtrack.blame import Trace, trace
from revtrack.changes.kinds import LinkChanged, MediaChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import Article
from revtrack.report import summary
from revtrack.report.catalogue import N_, language, numeral, tr, tr_many
from revtrack.report.current import anchors_of, current
from revtrack.report.entries import Entry, entries, technical_entries
from revtrack.report.flow import flow
from revtrack.report.layout import Stretch, rows, stretches
from revtrack.report.marks import Mark, Run, gist
from revtrack.report.nouns import counted, lower_first
from revtrack.report.phrases import remarks

__all__ = ["Line", "View", "contents", "foreign", "history_view", "language_tag", "revision_view"]

View: TypeAlias = dict[str, Any]
"""The values of a template by name; a missing name is an error."""

FOLDED_FROM = 6
"""From this many on, non-substantive entries are folded next to substantive ones: a copy edit of a long
article may change dozens of commas and one number, which must be visible."""

# ----------------------------------------------------------------------------------- the full text


def _text_view(folded: tuple[Stretch, ...], anchor: str) -> tuple[list[View], dict[int, str]]:
    """The stretches of a revision's text, and the anchor of the first row of each change.

    `folded` is the line shown instead of a folded stretch. `refs` are the numbers of a row's changes;
    the first run at each end of a move has the `jump` to the other end.
    """
    jumps = _jumps(folded, anchor)
    places: dict[int, str] = {}
    views: list[View] = []
    number = 0
    for stretch in folded:
        found: list[View] = []
        for row in stretch.rows:
            number += 1
            name = f"{anchor}-b{number}" if row.changes else ""
            for change in row.changes:
                places.setdefault(change, name)
            found.append(
                {
                    "kind": row.kind.value,
                    "anchor": name,
                    "technical": all(run.technical for run in row.runs),
                    "runs": [(run, jumps.pop(_end(run), None)) for run in row.runs],
                    "refs": [(index + 1, f"{anchor}-c{index + 1}") for index in row.changes],
                }
            )
        words = sum(len(run.text.split()) for row in stretch.rows for run in row.runs)
        count = counted(len(stretch.rows), "unchanged paragraph")
        title = f"{count}, {counted(words, 'word')}" if stretch.folded else ""
        views.append({"rows": found, "folded": title})
    return views, places


def _end(run: Run) -> tuple[int | None, bool]:
    """The move that a run belongs to, and which end of it."""
    return run.move, run.mark is Mark.DELETED


def _jumps(folded: tuple[Stretch, ...], anchor: str) -> dict[tuple[int | None, bool], View]:
    """For both ends of each move: its anchor, the other end's anchor, and whether that is below."""
    ends: dict[tuple[int | None, bool], int] = {}  # the number of the first row of either end
    for number, row in enumerate([row for stretch in folded for row in stretch.rows]):
        for run in row.runs:
            if run.move is not None:
                ends.setdefault(_end(run), number)
    return {
        (move, deleted): {
            "anchor": f"{anchor}-m{(move or 0) + 1}-{'old' if deleted else 'new'}",
            "other": f"{anchor}-m{(move or 0) + 1}-{'new' if deleted else 'old'}",
            "down": ends[move, not deleted] > number,
        }
        for (move, deleted), number in ends.items()
        if (move, not deleted) in ends
    }


# ------------------------------------------------------------------------------------- the contents

MOST_OBSERVATIONS = 3
"""Observations named on a line of the contents: one line on a wide screen."""

LEAST_FOLDED = 2
"""The least number of neighbouring metadata-only revisions that are folded into one line."""


@attrs.frozen
class Line:
    """A revision: its number, its gist (words of the article), its observations, its states."""

    number: int
    gist: str
    observed: str
    states: tuple[str, ...]


def contents(
    revisions: Sequence[Revision], all_entries: Sequence[Sequence[Entry]]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The revisions in time order; neighbouring metadata-only revisions are folded under one line."""
    lines = []
    for number, (revision, some) in enumerate(zip(revisions, all_entries, strict=True), 1):
        around = (MetadataChanged, LinkChanged, MediaChanged)
        minor = all(isinstance(c, around) and not c.substantive for c in revision.changes)
        lines.append((minor, _line(number, revision, some)))
    sections = []
    for minor, found in groupby(lines, key=lambda one: one[0]):
        group = tuple([line for _, line in found])
        folded = ""
        if minor and len(group) >= LEAST_FOLDED:
            numbers = f"{group[0].number}\N{EN DASH}{group[-1].number}"
            only = N_("Revisions {numbers}: metadata, links or media only, not substantive")
            folded = tr(only, numbers=numbers)
        sections.append((folded, group))
    return tuple(sections)


def _observations(some: Iterable[Entry]) -> str:
    """The observations on one line, substantive ones first."""
    ordered = sorted(some, key=lambda entry: not entry.substantive)
    found = list(dict.fromkeys(entry.observed for entry in ordered))
    if not found:
        return tr("No visible change")
    rest = map(lower_first, found[1:MOST_OBSERVATIONS])
    return "; ".join([found[0], *rest, *[tr("and more")] * (len(found) > MOST_OBSERVATIONS)])


def _line(number: int, revision: Revision, some: Sequence[Entry]) -> Line:
    about = gist(min(some, key=lambda one: one.rank).changes[0]) if some else ""
    states = [
        f"{numeral(count)} {noun}" for _, count, noun in summary.tally([revision]).states() if count
    ]
    return Line(number, about, _observations(some), tuple(states))


# --------------------------------------------------------------------------- a revision, a history


def revision_view(revision: Revision, *, prefix: str) -> View:
    """The view of one revision for a page of its own; every anchor begins with *prefix*."""
    return _with_text(revision, _revision_view(revision, entries(revision), prefix=prefix, number=1))


def _with_text(revision: Revision, view: View) -> View:
    views, places = _text_view(stretches(rows(revision)), view["anchor"])
    return {**view, "stretches": views, "places": places}


def _revision_view(revision: Revision, some: tuple[Entry, ...], *, prefix: str, number: int) -> View:
    minor = [one for one in some if not one.substantive]
    minor = minor if FOLDED_FROM <= len(minor) < len(some) else []
    return {
        "number": number,
        "anchor": f"{prefix}r{number}",
        "made": summary.revision_summary(revision),
        "entries": [one for one in some if one.substantive or not minor],
        "minor": minor,
        "more": sum([len(one.changes) for one in minor]),
        "technical": technical_entries(revision),
        "stretches": (),
        "places": {},
        "remarks": remarks(revision),
        "language": language_tag(revision.new),
    }


def _revisions(
    history: History, all_entries: tuple[tuple[Entry, ...], ...], traced: Trace, prefix: str
) -> list[View]:
    """The revisions; a single one with its text, several with anchors in the newest text."""
    views = [
        _revision_view(revision, some, prefix=prefix, number=number)
        for number, (revision, some) in enumerate(zip(history.revisions, all_entries, strict=True), 1)
    ]
    if len(views) == 1:
        return [_with_text(history.revisions[0], views[0])]
    for (revision, change), anchor in anchors_of(history, traced).items() if views else ():
        views[revision - 1]["places"][change - 1] = f"{prefix}{anchor}"
    return views


def history_view(history: History, *, title: str | None, prefix: str) -> View:
    """The view of *history*; every anchor begins with *prefix*."""
    last = history.versions[-1].article if history.versions else Article()
    all_entries = summary.entries_by_revision(history)
    traced = trace(history)
    rules = [f"{v.article.extractor.name} {v.article.extractor.version}" for v in history.versions]
    return {
        "prefix": prefix,
        "title": title or last.headline or history.url or summary.title_of(history),
        "address": history.url,
        "language": language_tag(last),
        "counts": list(_counts(history)),
        "stages": summary.headline_stages(history),
        "attested": summary.attested(history, headline=True),
        "wordings": summary.attested(history, headline=False),
        "flow": flow(history, all_entries, traced),
        "lede": summary.lede(history),
        "findings": list(summary.findings(history, all_entries)),
        "contents": contents(history.revisions, all_entries),
        "current": current(history, all_entries, traced) if len(history.revisions) > 1 else (),
        "revisions": _revisions(history, all_entries, traced, prefix),
        "history": history,
        "rules": list(dict.fromkeys(rules)),
    }


def language_tag(article: Article) -> str | None:
    """The article's language where it looks like a language tag, None otherwise."""
    tag = article.language or ""
    parts = tag.split("-")
    plausible = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return tag if plausible and parts[0].isalpha() and len(parts[0]) >= 2 else None


def foreign(tag: str | None) -> bool:
    """Whether *tag* is another language than the report's."""
    return bool(tag) and (tag or "").lower().partition("-")[0] != language()


def _counts(history: History) -> Iterator[tuple[str, int, str]]:
    found = summary.tally(history.revisions)
    screened = len(history.screened)
    captures = len(history.captures) + screened
    noun = tr_many(captures, "capture", "captures")
    yield "captures", captures, summary.with_screened(noun, screened)
    versions = len(history.versions)
    yield "versions", versions, tr_many(versions, "version", "versions")
    yield "changes", found.changes, tr_many(found.changes, "change", "changes")
    yield "substantive", found.substantive, tr("substantive")
    yield from found.states()
