"""The contents of a report: a line for each revision; neighbours without substance are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import attrs

from revtrack.changes.kinds import LinkChanged, MediaChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.report.catalogue import N_, numeral, tr
from revtrack.report.entries import Entry
from revtrack.report.marks import gist
from revtrack.report.nouns import lower_first
from revtrack.report.summary import tally

__all__ = ["Line", "contents"]

LISTED = 3
"""Observations named on a line of the contents: one line on a wide screen."""

LEAST_FOLDED = 2
"""Neighbouring revisions of metadata alone that are folded into one line."""


@attrs.frozen
class Line:
    """A revision: its number, its gist (words of the article), what was observed, its states."""

    number: int
    gist: str
    observed: str
    states: tuple[str, ...]


def contents(
    revisions: Sequence[Revision], all_entries: Sequence[Sequence[Entry]]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The revisions in time order; neighbours that changed metadata alone are folded under a line."""
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


def _in_short(some: Iterable[Entry]) -> str:
    """What was observed, the substantive first, on one line."""
    ordered = sorted(some, key=lambda entry: not entry.substantive)
    found = list(dict.fromkeys(entry.observed for entry in ordered))
    if not found:
        return tr("No visible change")
    rest = map(lower_first, found[1:LISTED])
    return "; ".join([found[0], *rest, *[tr("and more")] * (len(found) > LISTED)])


def _line(number: int, revision: Revision, some: Sequence[Entry]) -> Line:
    gravest = [(not one.undisclosed, not one.substantive, one.kind == "notice") for one in some]
    about = gist(some[gravest.index(min(gravest))].changes[0]) if some else ""
    states = [f"{numeral(count)} {noun}" for _, count, noun in tally([revision]).states() if count]
    return Line(number, about, _in_short(some), tuple(states))
