"""What the HTML templates print beside the report's own values: anchors, links and numbered paragraphs.

The values are raw text; escaping is the template engine's, for every value without exception.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from revtrack.blame import blame
from revtrack.changes.kinds import DisclosureState
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.history import History
from revtrack.model import Article, BlockKind, Span
from revtrack.report import summary
from revtrack.report.entries import Entry, entries, not_edits
from revtrack.report.layout import Row, Stretch, rows, stretches
from revtrack.report.marks import Mark, Run
from revtrack.report.nouns import counted
from revtrack.report.phrases import remarks
from revtrack.report.summary import HeadlineStage

__all__ = ["View", "history_view", "language_tag", "revision_view"]

View: TypeAlias = dict[str, Any]
"""What a template prints, by name; a name that is missing is an error there."""

LONG = 20
"""Revisions from which on unchanged neighbours of a changed paragraph are links too (range 10 to 40):
sixty revisions of forty paragraphs take 28 KB less."""

FOLDED_FROM = 6
"""Non-substantive entries that are folded away together where a substantive one is listed: a copy edit
of a long article makes dozens of changes to commas, and the one changed number must be seen."""

LEAST_APART = 6.0
"""Percent of the strip between two numbered headlines (range 4 to 10): on a telephone a number takes
five."""


# ----------------------------------------------------------------------------------- the full text


@attrs.frozen
class Jump:
    """One end of a move: its own anchor, that of the other end, and whether that is further down."""

    anchor: str
    other: str
    down: bool


@attrs.frozen
class RowView:
    """A block; `refs` are links beside it: words for those who listen, the label, the anchor."""

    kind: str
    anchor: str
    technical: bool
    runs: tuple[tuple[Run, Jump | None], ...]
    refs: tuple[tuple[str, str, str], ...]


@attrs.frozen
class StretchView:
    """Rows; `folded` is the line that represents them while they are folded away.

    Rows that are printed elsewhere in the report are `ranges` instead: the numbers of the first and the
    last block.
    """

    rows: tuple[RowView, ...]
    folded: str
    ranges: tuple[tuple[int, int], ...] = ()


class _Printed:
    """The blocks that a report prints once, numbered from 1: the newest text, then earlier ones.

    A revision of a long history repeats most of the article; it links to these blocks instead.
    """

    def __init__(self, history: History) -> None:
        self.newest = _newest(history)
        self.earlier: list[Row] = []
        self._numbers: dict[tuple[BlockKind, int | None, str], int] = {}
        for number, (row, _) in enumerate(self.newest, 1):
            self._numbers.setdefault(_reading(row), number)

    def ranges(self, unchanged: Iterable[Row]) -> tuple[tuple[int, int], ...]:
        """The numbers of rows, neighbouring ones as a range: its first and its last number."""
        found: list[tuple[int, int]] = []
        for row in unchanged:
            number = self._number(row)
            if found and found[-1][1] + 1 == number:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
        return tuple(found)

    def _number(self, row: Row) -> int:
        if _reading(row) not in self._numbers:
            self.earlier.append(row)
            self._numbers[_reading(row)] = len(self.newest) + len(self.earlier)
        return self._numbers[_reading(row)]

    def newest_view(self, prefix: str) -> tuple[RowView, ...]:
        """The newest text: each block with the versions that its words are from, but for the first."""
        made_by = [
            tuple([("words of version ", f"v{v}", f"{prefix}r{v - 1}") for v in versions if v > 1])
            for _, versions in self.newest
        ]
        return _plain([row for row, _ in self.newest], f"{prefix}t", 1, made_by)

    def earlier_view(self, prefix: str) -> tuple[RowView, ...]:
        """The blocks of earlier versions that some revision leaves unchanged."""
        return _plain(self.earlier, f"{prefix}t", len(self.newest) + 1, [()] * len(self.earlier))


def _plain(
    found: Sequence[Row], prefix: str, first: int, refs: Sequence[tuple[tuple[str, str, str], ...]]
) -> tuple[RowView, ...]:
    return tuple(
        [
            RowView(
                row.kind.value, f"{prefix}{number}", False, tuple([(r, None) for r in row.runs]), ref
            )
            for number, (row, ref) in enumerate(zip(found, refs, strict=True), first)
        ]
    )


def _reading(row: Row) -> tuple[BlockKind, int | None, str]:
    return row.kind, row.level, "\0".join([f"{run.mark.value} {run.text}" for run in row.runs])


def _newest(history: History) -> list[tuple[Row, tuple[int, ...]]]:
    """The blocks of the newest text, each with the versions that its words are from."""
    article = history.versions[-1].article if history.versions else Article()
    if not article.text:
        return []
    whole = Span(0, len(article.text))
    unchanged = rows(Revision(old=article, new=article, ops=(Equal(whole, whole),)))
    spans = [s for s, block in zip(article.block_spans, article.blocks, strict=True) if block.text]
    if len(spans) != len(unchanged):
        return [(row, ()) for row in unchanged]
    origins = blame(history)
    starts = [one.span.start for one in origins]
    found = []
    for row, span in zip(unchanged, spans, strict=True):
        first = max(0, bisect_right(starts, span.start) - 1)
        last = bisect_right(starts, span.stop - 1)
        found.append((row, tuple(sorted({one.version for one in origins[first:last]}))))
    return found


def _text_view(
    folded: tuple[Stretch, ...], anchor: str, printed: _Printed | None
) -> tuple[tuple[StretchView, ...], dict[int, str]]:
    """The stretches of a revision's text, and the anchor of the first row that each change touches."""
    all_rows = [row for stretch in folded for row in stretch.rows]
    ends: dict[tuple[int, bool], int] = {}  # the number of the first row of either end of each move
    for number, row in enumerate(all_rows):
        for run in row.runs:
            if run.move is not None:
                ends.setdefault((run.move, run.mark is Mark.DELETED), number)
    jumps = {
        (move, deleted): Jump(
            f"{anchor}-m{move + 1}-{'old' if deleted else 'new'}",
            f"{anchor}-m{move + 1}-{'new' if deleted else 'old'}",
            ends[move, not deleted] > number,
        )
        for (move, deleted), number in ends.items()
        if (move, not deleted) in ends
    }
    places: dict[int, str] = {}
    views, number = [], 0
    for stretch in folded:
        found = []
        ranges = printed.ranges(stretch.rows) if printed is not None and stretch.folded else ()
        for row in stretch.rows if not ranges else ():
            number += 1
            name = f"{anchor}-b{number}" if row.changes else ""
            for change in row.changes:
                places.setdefault(change, name)
            refs = [("change ", str(index + 1), f"{anchor}-c{index + 1}") for index in row.changes]
            runs = [
                (
                    run,
                    jumps.pop((run.move, run.mark is Mark.DELETED), None)
                    if run.move is not None
                    else None,
                )
                for run in row.runs
            ]
            technical = all(run.technical for run in row.runs)
            found.append(RowView(row.kind.value, name, technical, tuple(runs), tuple(refs)))
        words = sum(len(run.text.split()) for row in stretch.rows for run in row.runs)
        count = counted(len(stretch.rows), "unchanged paragraph")
        title = f"{count}, {counted(words, 'word')}" if stretch.folded else ""
        views.append(StretchView(tuple(found), title, ranges))
    return tuple(views), places


# --------------------------------------------------------------------------- a revision, a history


def revision_view(revision: Revision, *, prefix: str) -> View:
    """One revision as a page of its own shows it; every anchor begins with *prefix*."""
    return _revision_view(revision, entries(revision), prefix=prefix)


def _revision_view(
    revision: Revision,
    some: tuple[Entry, ...],
    *,
    prefix: str,
    number: int = 1,
    printed: _Printed | None = None,
    long: bool = False,
) -> View:
    anchor = f"{prefix}r{number}"
    found = rows(revision)
    folded = stretches(found, context=0, least=1) if long else stretches(found)
    views, places = _text_view(folded, anchor, printed)
    minor = [one for one in some if not one.substantive]
    minor = minor if FOLDED_FROM <= len(minor) < len(some) else []
    return {
        "number": number,
        "anchor": anchor,
        "made": summary.made(revision),
        "entries": [one for one in some if one.substantive or not minor],
        "minor": minor,
        "more": sum([len(one.changes) for one in minor]),
        "technical": not_edits(revision),
        "stretches": views,
        "places": places,
        "remarks": remarks(revision),
        "language": language_tag(revision.new),
    }


def history_view(history: History, *, title: str | None, prefix: str) -> View:
    """*history* as the page shows it; every anchor begins with *prefix*."""
    last = history.versions[-1].article if history.versions else Article()
    all_entries = summary.listed(history)
    long = len(history.revisions) > LONG
    printed = _Printed(history) if len(history.revisions) > 1 else None
    revisions = [
        _revision_view(revision, some, prefix=prefix, number=number, printed=printed, long=long)
        for number, (revision, some) in enumerate(zip(history.revisions, all_entries, strict=True), 1)
    ]
    stages = summary.headline_stages(history)
    rules = [f"{v.article.extractor.name} {v.article.extractor.version}" for v in history.versions]
    return {
        "prefix": prefix,
        "title": title or last.headline or history.url or summary.title_of(history),
        "address": history.url,
        "language": language_tag(last),
        "counts": list(_counts(history)),
        "stages": stages,
        "attested": summary.attested(history, headline=True),
        "wordings": summary.attested(history, headline=False),
        "strip": _strip(history, stages),
        "lede": summary.lede(history),
        "findings": list(summary.findings(history, all_entries)),
        "contents": summary.contents(history.revisions, all_entries),
        "newest": printed.newest_view(prefix) if printed else (),
        "earlier": printed.earlier_view(prefix) if printed else (),
        "revisions": revisions,
        "history": history,
        "rules": list(dict.fromkeys(rules)),
    }


def language_tag(article: Article) -> str | None:
    """The article's language where it looks like a language tag, None otherwise."""
    tag = article.language or ""
    parts = tag.split("-")
    plausible = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return tag if plausible and parts[0].isalpha() and len(parts[0]) >= 2 else None


def _counts(history: History) -> Iterator[tuple[str, int, str]]:
    found = summary.tally(history.revisions)
    screened = len(history.screened)
    captures = len(history.captures) + screened
    noted = f" ({screened:,} screened out)" if screened else ""
    yield "captures", captures, f"capture{'s' if captures != 1 else ''}{noted}"
    versions = len(history.versions)
    yield "versions", versions, f"version{'s' if versions != 1 else ''}"
    yield "changes", found.changes, f"change{'s' if found.changes != 1 else ''}"
    yield "substantive", found.substantive, "substantive"
    yield "undisclosed", found.undisclosed, found.undisclosed_noun
    if late := found.of[DisclosureState.LATE]:
        yield "late", late, found.late_noun
    if possible := found.of[DisclosureState.POSSIBLE]:
        yield "possible", possible, DisclosureState.POSSIBLE.value


def _strip(history: History, stages: Iterable[HeadlineStage]) -> View | None:
    """The time from the first to the last capture as places from 0 to 100; None without two times.

    `headlines` are start, stop and number (0 without room for it), `revisions` start and length.
    """
    times = sorted({c.captured_at for c in history.captures if c.captured_at})
    if len(times) < 2:
        return None
    first, last = times[0], times[-1]

    def place(value: datetime) -> float:
        return round(100 * ((value - first) / (last - first)), 2)

    headlines: list[tuple[float, float, int]] = []
    latest = -LEAST_APART
    for number, one in enumerate(stages, 1):
        if one.first_seen and one.last_seen:
            start = place(one.first_seen)
            room = start - latest >= LEAST_APART
            latest = start if room else latest
            headlines.append((start, place(one.last_seen), number if room else 0))
    bounds = [(one.interval.after, one.interval.until) for one in history.revisions]
    return {
        "first": first,
        "last": last,
        "captures": [place(time) for time in times],
        "headlines": headlines,
        "revisions": [
            (place(after), round(place(until) - place(after), 2))
            for after, until in bounds
            if after and until and after <= until
        ],
    }
