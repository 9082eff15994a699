"""Findings: what a reader of a report wants first, in sentences that can be quoted.

The undisclosed changes, then those that may be disclosed, then those that a notice explains; each with
its revision. The lede counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from revtrack.changes.kinds import DisclosureState
from revtrack.history import History
from revtrack.report.disclosures import UNDISCLOSED, UNEXPLAINED, Tally, tally
from revtrack.report.entries import Entry, entries
from revtrack.report.moments import span_of_time, when
from revtrack.report.nouns import counted
from revtrack.report.references import references

__all__ = ["HEADINGS", "Finding", "Findings", "findings", "lede", "listed"]

_EXPLAINED = frozenset({DisclosureState.DISCLOSED, DisclosureState.LATE})

HEADINGS = (
    ("undisclosed", UNEXPLAINED[:1].upper() + UNEXPLAINED[1:]),
    ("possible", "Possibly disclosed"),
    ("explained", "Explained by a notice"),
)
"""The groups of findings: the name of each and its heading."""


@attrs.frozen
class Finding:
    """A substantive change: the number of its revision, when it was made, and its entry."""

    revision: int
    when: str
    entry: Entry


@attrs.frozen
class Findings:
    """The substantive changes of a history by what explains them."""

    undisclosed: tuple[Finding, ...]
    possible: tuple[Finding, ...]
    explained: tuple[Finding, ...]

    def groups(self) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
        """The groups that hold something: name, heading, findings."""
        for name, heading in HEADINGS:
            found: tuple[Finding, ...] = getattr(self, name)
            if found:
                yield name, heading, found


def listed(history: History) -> tuple[tuple[Entry, ...], ...]:
    """The entries of each revision, with the references between them."""
    found = references(history.revisions)
    return tuple(
        [entries(revision, one) for revision, one in zip(history.revisions, found, strict=True)]
    )


def findings(history: History, all_entries: Sequence[Sequence[Entry]]) -> Findings:
    """The findings of *history*, whose entries are *all_entries*."""
    found = [
        Finding(number, when(revision.interval), entry)
        for number, (revision, told) in enumerate(zip(history.revisions, all_entries, strict=True), 1)
        for entry in told
    ]

    def of(states: frozenset[DisclosureState]) -> tuple[Finding, ...]:
        return tuple([one for one in found if one.entry.words.state in states])

    return Findings(of(UNDISCLOSED), of(frozenset({DisclosureState.POSSIBLE})), of(_EXPLAINED))


def lede(history: History) -> tuple[tuple[str, str], ...]:
    """One or two sentences that say what happened, in pieces: words, and the group they lead to."""
    times = [capture.captured_at for capture in history.captures if capture.captured_at]
    period = f" from {span_of_time(min(times), max(times))}" if times else ""
    if not history.revisions:
        captures = "captures" if len(history.captures) != 1 else "capture"
        return ((f"The {captures}{period} show one version of the article.", ""),)
    revisions = counted(len(history.revisions), "revision")
    first = f"Captures{period} show {revisions} of this article. "
    return ((first, ""), *_disclosed(tally(history.revisions)))


def _disclosed(counts: Tally) -> Iterator[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    if counts.undisclosed:
        part = f" ({counts.partly} in part)" if counts.partly else ""
        noun = counted(counts.undisclosed, "substantive change")
        pieces.append((f"{noun} {_be(counts.undisclosed)} {UNEXPLAINED}{part}", "undisclosed"))
    if counts.possible:
        pieces.append((f"{_more(counts.possible, pieces)} possibly disclosed", "possible"))
    if counts.disclosed:
        said = f"{_more(counts.disclosed, pieces)} explained by a notice added with the change"
        pieces.append((said, "explained"))
    if counts.late:
        delay = f" {counts.delay}" if str(counts.delay or "") else ""
        said = f"{_more(counts.late, pieces)} explained by a notice added{delay} later"
        pieces.append((said, "explained"))
    if not pieces:
        substantive = "No change needs a notice" if counts.substantive else "No change is substantive"
        yield f"{substantive}.", ""
        return
    for number, piece in enumerate(pieces):
        if number:
            yield ("; ", "")
        yield piece
    yield ".", ""


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _more(number: int, before: Sequence[object]) -> str:
    noun = f"{number:,}" if before else counted(number, "substantive change")
    return f"{noun} {_be(number)}"
