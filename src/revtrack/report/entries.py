"""Entries of the list of changes: neighbouring blocks that were removed, or added, are one entry.

In a live blog the blocks of one entry are listed together, and those of two are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import assert_never

import attrs

from revtrack.changes.detect import WITH_ENTRY
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.revision import Revision
from revtrack.model import Article, Notice, Span
from revtrack.report import phrases
from revtrack.report.excerpt import opening
from revtrack.report.nouns import blocks_of, unit
from revtrack.report.references import Reference, References

__all__ = ["NOT_EDITS", "Apart", "Entry", "entries", "not_edits"]

NOT_EDITS = "Not counted as edits: differences caused by extraction or by a partial capture"
"""The heading over technical differences."""


@attrs.frozen
class Entry:
    """One change, or neighbours that are listed as one; `first` is the number of the first, from 1.

    `references` lead to the notice that explains it late, or to what this notice explains.
    """

    first: int
    changes: tuple[Change, ...]
    words: phrases.ChangeWords
    references: tuple[Reference, ...] = ()

    @property
    def is_notice(self) -> bool:
        """Whether it is a notice, so that its references lead to what it explains."""
        return isinstance(self.changes[0], UpdateAdded | NoticeAdded)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that explain it, or that may."""
        first = self.changes[0]
        return () if self.is_notice else first.disclosed_by or first.possibly_by

    def leads_to(self, one: Reference) -> str:
        """What the reference *one* says: what this notice explains, or which notice explains this."""
        if self.is_notice:
            verb = "may explain" if one.possible else "explains"
            return f"{verb} {one.words}" + (f", made {one.delay} earlier" if one.delay else "")
        since = f", {one.since} after the last capture of the old wording" if one.since else ""
        return f"explained by the notice added in revision {one.revision}{since}"

    @property
    def number(self) -> str:
        """The numbers of its changes: ``3``, or ``3-10`` with a dash."""
        if len(self.changes) == 1:
            return str(self.first)
        return f"{self.first}\N{EN DASH}{self.first + len(self.changes) - 1}"


@attrs.frozen
class Apart:
    """A technical difference on one line: what it is, and how its text begins."""

    said: str
    text: str


def entries(revision: Revision, found: References = MappingProxyType({})) -> tuple[Entry, ...]:
    """The changes of *revision* in order; each is in one entry, and keeps its number.

    *found* are the references of the revision's changes, by their numbers.
    """
    groups = _grouped(revision.changes, revision)
    merged = tuple([_merged(group) for group in groups])
    described = phrases.described(attrs.evolve(revision, changes=merged))
    made: list[Entry] = []
    first = 1
    for group, words in zip(groups, described, strict=True):
        numbers = range(first, first + len(group))
        leading = tuple(dict.fromkeys([one for number in numbers for one in found.get(number, ())]))
        made.append(Entry(first, tuple(group), words, leading))
        first += len(group)
    return tuple(made)


def not_edits(revision: Revision) -> tuple[Apart, ...]:
    """The technical differences of *revision*, which are no changes."""
    return tuple(
        [
            Apart(_apart(_merged(group), revision), opening(group[0].old or group[0].new or ""))
            for group in _grouped(revision.technical, revision)
        ]
    )


def _grouped(changes: Iterable[Change], revision: Revision) -> list[list[Change]]:
    groups: list[list[Change]] = []
    for change in changes:
        if groups and _continues(groups[-1][-1], change, revision):
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _apart(change: Change, revision: Revision) -> str:
    match change:
        case TextRemoved():
            return f"{unit(change.old_spans, revision.old)}, in the old article only"
        case TextAdded():
            return f"{unit(change.new_spans, revision.new)}, in the new article only"
        case TextMoved() if change.rule == WITH_ENTRY:
            return f"{unit(change.new_spans, revision.new)}, at another place of the live blog"
        case (
            HeadlineChanged()
            | UpdateAdded()
            | NoticeAdded()
            | NoticeRemoved()
            | TextEdited()
            | TextMoved()
            | MetadataChanged()
            | LinkChanged()
            | MediaChanged()
        ):
            return phrases.observed(change, revision)
        case _:
            assert_never(change)


def _merged(group: list[Change]) -> Change:
    if len(group) == 1:
        return group[0]
    return attrs.evolve(
        group[0],
        old_spans=tuple([span for change in group for span in change.old_spans]),
        new_spans=tuple([span for change in group for span in change.new_spans]),
    )


def _continues(last: Change, change: Change, revision: Revision) -> bool:
    """Whether *change* is the next block of the same kind with the same fate as *last*."""
    if isinstance(change, TextRemoved) and isinstance(last, TextRemoved):
        beside = _beside(last.old_spans, change.old_spans, revision.old)
    elif isinstance(change, TextAdded) and isinstance(last, TextAdded):
        beside = _beside(last.new_spans, change.new_spans, revision.new)
    else:
        carried = isinstance(last, TextMoved) and isinstance(change, TextMoved)
        return carried and last.rule == change.rule == WITH_ENTRY
    return beside and _judged(last) == _judged(change)


def _judged(change: Change) -> tuple[object, ...]:
    return (
        *(change.rule, change.nature, change.substantive, change.entry),
        *(change.state, change.disclosed_by, change.possibly_by),
    )


def _beside(earlier: Iterable[Span], later: Iterable[Span], article: Article) -> bool:
    one, two = (
        [index for span in spans for index in blocks_of(span, article)] for spans in (earlier, later)
    )
    if not one or not two or two[0] != one[-1] + 1:
        return False
    blocks = [article.blocks[index] for index in (*one, *two)]
    return blocks[0].entry is not None or len({block.kind for block in blocks}) == 1
