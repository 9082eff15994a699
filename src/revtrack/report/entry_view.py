"""What the HTML templates print of a change: its words, its state, and the places they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from revtrack.changes.kinds import (
    HeadlineChanged,
    LinkChanged,
    MetadataChanged,
    NoticeAdded,
    NoticeRemoved,
    UpdateAdded,
)
from revtrack.model import Notice
from revtrack.report import phrases
from revtrack.report.entries import Entry
from revtrack.report.excerpt import other_words, words_of
from revtrack.report.findings import Findings
from revtrack.report.references import Reference
from revtrack.report.text_view import RunView, unmoved

__all__ = ["EntryView", "FindingView", "VariantView", "WordsView", "entry_view", "finding_views"]


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
    """An entry of the list; `place` is the anchor of its first evidence in the text.

    `references` are words and the anchor that they lead to; `kind` is what filters choose by. A
    `brief` one is shown on one line.
    """

    first: int
    number: str
    words: phrases.ChangeWords
    texts: tuple[WordsView, ...]
    variants: tuple[VariantView, ...]
    substantive: bool
    notices: tuple[Notice, ...]
    place: str | None
    references: tuple[tuple[str, str], ...]
    kind: str
    brief: bool


@attrs.frozen
class FindingView:
    """A finding: its entry, the number and anchor of its revision, when that was made."""

    entry: EntryView
    revision: int
    when: str


def entry_view(entry: Entry, base: str, placed: dict[int, str], prefix: str) -> EntryView:
    """*entry* as the page shows it: its anchors begin with *base*, those of others with *prefix*."""
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
        notices=entry.notices,
        place=placed.get(entry.first - 1),
        references=tuple([(entry.leads_to(one), _anchor(one, prefix)) for one in entry.references]),
        kind="notice"
        if isinstance(entry.changes[0], UpdateAdded | NoticeAdded | NoticeRemoved)
        else "headline"
        if isinstance(entry.changes[0], HeadlineChanged)
        else "",
        brief=isinstance(entry.changes[0], MetadataChanged) and not entry.changes[0].substantive,
    )


def _anchor(one: Reference, prefix: str) -> str:
    place = f"{prefix}r{one.revision}"
    return place if one.change is None else f"{place}-c{one.change}"


def finding_views(
    found: Findings, views: Mapping[tuple[int, int], EntryView]
) -> Iterable[tuple[str, str, tuple[FindingView, ...]]]:
    """The groups of *found*: name, heading, findings. *views* are by revision and first change."""
    for name, heading, group in found.groups():
        yield (
            name,
            heading,
            tuple(
                [
                    FindingView(views[one.revision, one.entry.first], one.revision, one.when)
                    for one in group
                ]
            ),
        )
