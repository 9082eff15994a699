"""The contents of a report: the revisions by what they changed; those of metadata alone as one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import attrs

from revtrack.changes.kinds import LinkChanged, MediaChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.report.disclosures import tally
from revtrack.report.entries import Entry
from revtrack.report.excerpt import gist
from revtrack.report.moments import when

__all__ = ["Line", "Section", "contents", "in_short", "is_minor"]

LISTED = 3
"""Observations named on a line of the contents: one line on a wide screen."""

LEAST_FOLDED = 2
"""Neighbouring revisions of metadata alone that are folded into one line."""


@attrs.frozen
class Line:
    """A revision: its number, its gist (words of the article), what was observed, when, its states."""

    number: int
    gist: str
    observed: str
    when: str
    states: tuple[str, ...]


@attrs.frozen
class Section:
    """Neighbouring lines; `folded` is the line that stands for them, empty where they are shown."""

    folded: str
    lines: tuple[Line, ...]


def contents(revisions: Sequence[Revision], listed: Sequence[Sequence[Entry]]) -> tuple[Section, ...]:
    """The revisions in time order, neighbours that changed metadata alone folded."""
    lines = [
        (is_minor(revision), _line(number, revision, entries))
        for number, (revision, entries) in enumerate(zip(revisions, listed, strict=True), 1)
    ]
    sections = []
    for minor, found in groupby(lines, key=lambda one: one[0]):
        group = tuple([line for _, line in found])
        folded = ""
        if minor and len(group) >= LEAST_FOLDED:
            numbers = f"{group[0].number}\N{EN DASH}{group[-1].number}"
            folded = f"Revisions {numbers}: metadata, links or media only, not substantive"
        sections.append(Section(folded, group))
    return tuple(sections)


def is_minor(revision: Revision) -> bool:
    """Whether only metadata, links and media changed, and nothing of substance."""
    minor = (MetadataChanged, LinkChanged, MediaChanged)
    return all(isinstance(c, minor) and not c.substantive for c in revision.changes)


def in_short(entries: Iterable[Entry]) -> str:
    """What was observed, the substantive first, on one line."""
    ordered = sorted(entries, key=lambda entry: not entry.changes[0].substantive)
    found = list(dict.fromkeys(entry.words.observed for entry in ordered))
    if not found:
        return "No visible change"
    rest = [one[:1].lower() + one[1:] for one in found[1:LISTED]]
    return "; ".join([found[0], *rest, *["and more"] * (len(found) > LISTED)])


def _line(number: int, revision: Revision, entries: Sequence[Entry]) -> Line:
    first = sorted(entries, key=lambda entry: (not entry.words.undisclosed, not _weighs(entry)))
    return Line(
        number=number,
        gist=gist(first[0].changes[0]) if first else "",
        observed=in_short(entries),
        when=when(revision.interval),
        states=tuple([one for one in tally([revision]).states() if not one.startswith("0 ")]),
    )


def _weighs(entry: Entry) -> bool:
    return entry.changes[0].substantive and not entry.is_notice
