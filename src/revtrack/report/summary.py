"""The summary of a history: counts, the lede, findings, headlines over time, contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

import attrs

from revtrack.changes.kinds import DisclosureState, LinkChanged, MediaChanged, MetadataChanged
from revtrack.changes.revision import Revision
from revtrack.history import HeadlineLife, History
from revtrack.model import Article, Attested, NoticeTarget
from revtrack.report.entries import Entry, entries, references
from revtrack.report.marks import Mark, Run, gist, runs_of
from revtrack.report.nouns import UNKNOWN_TIME, capital, counted, moment, span_of_time, when
from revtrack.report.phrases import UNDISCLOSED, UNEXPLAINED, Delay, delay_of
from revtrack.text import fold

__all__ = [
    "Finding",
    "HeadlineStage",
    "Line",
    "Tally",
    "attested",
    "contents",
    "disclosed",
    "findings",
    "headline_stages",
    "lede",
    "listed",
    "made",
    "over",
    "seen",
    "summary",
    "tally",
    "title_of",
    "total",
]

_POSSIBLE = frozenset({DisclosureState.POSSIBLE})
_EXPLAINED = frozenset({DisclosureState.DISCLOSED, DisclosureState.LATE})

# ------------------------------------------------------------------------------------------- counts


@attrs.frozen
class Tally:
    """How many changes there are, how many in which state, and how late the late notices were."""

    changes: int
    substantive: int
    of: Counter[DisclosureState]
    delay: Delay | None

    @property
    def undisclosed(self) -> int:
        """How many changes no notice explains, or not all of their words."""
        return sum([self.of[state] for state in UNDISCLOSED])

    def states(self) -> Iterator[tuple[str, int, str]]:
        """The name, the number and the noun of each state that there is, and of *undisclosed*."""
        partly, span = self.of[DisclosureState.PARTLY], str(self.delay or "")
        yield "undisclosed", self.undisclosed, f"undisclosed{f' ({partly} in part)' if partly else ''}"
        for name, state, more in (
            ("late", DisclosureState.LATE, f" ({span})" if span else ""),
            ("possible", DisclosureState.POSSIBLE, ""),
        ):
            if self.of[state]:
                yield name, self.of[state], f"{state.value}{more}"

    def __str__(self) -> str:
        """In words: ``3 changes, 2 substantive, 0 undisclosed, 1 disclosed late (4 to 10 hours)``."""
        if not self.changes:
            return "no changes"
        said = [counted(self.changes, "change")]
        said += [f"{self.substantive:,} substantive"] if self.substantive else []
        if self.undisclosed or any(self.of[state] for state in _EXPLAINED | _POSSIBLE):
            said += [f"{number:,} {noun}" for _, number, noun in self.states()]
        return ", ".join(said)


def tally(revisions: Iterable[Revision]) -> Tally:
    """The counts over *revisions*."""
    revisions = tuple(revisions)
    changes = [change for revision in revisions for change in revision.changes]
    late = [
        delay_of(one, revision.interval)
        for revision in revisions
        for one in revision.disclosures
        if one.state is DisclosureState.LATE
    ]
    substantive = sum(change.substantive for change in changes)
    return Tally(len(changes), substantive, Counter([one.state for one in changes]), over(late))


def total(counts: Iterable[Tally]) -> Tally:
    """The sum of *counts*."""
    some = tuple(counts)
    return Tally(
        sum([one.changes for one in some]),
        sum([one.substantive for one in some]),
        sum([one.of for one in some], Counter()),
        over([one.delay for one in some if one.delay is not None]),
    )


def over(delays: Iterable[Delay]) -> Delay | None:
    """The range that all *delays* lie in; None where none is known."""
    known = tuple(delays)
    least = [one.shortest for one in known if one.shortest is not None]
    most = [one.longest for one in known if one.longest is not None]
    return Delay(min(least), max(most)) if least and most else None


def summary(*revisions: Revision) -> str:
    """How many changes the revisions have, and how many of them are in which state of disclosure."""
    return str(tally(revisions))


def made(revision: Revision) -> str:
    """When the revision was made, where that is known, and what it holds, without a full stop."""
    time = when(revision.interval)
    if time == UNKNOWN_TIME or not revision.changes:
        return capital(summary(revision))
    return f"Made {time}: {summary(revision)}"


def seen(history: History) -> str:
    """How many captures a history has, how many of them were screened out, and how many versions."""
    screened = f" ({len(history.screened):,} screened out)" if history.screened else ""
    captures = counted(len(history.captures) + len(history.screened), "capture")
    return f"{captures}{screened}, {counted(len(history.versions), 'version')}"


def title_of(history: History) -> str:
    """The newest headline, or what is said where there is none."""
    newest = history.versions[-1].article.headline if history.versions else None
    return newest or "An article without a headline"


# --------------------------------------------------------------------------------- lede and findings

_GROUPS = (
    ("undisclosed", capital(UNEXPLAINED), UNDISCLOSED),
    ("possible", "Possibly disclosed", _POSSIBLE),
    ("explained", "Explained by a notice", _EXPLAINED),
)
"""The groups of findings: the name of each, its heading, the states in it."""


@attrs.frozen
class Finding:
    """A substantive change: the number of its revision, when it was made, and its entry."""

    revision: int
    when: str
    entry: Entry


def listed(history: History) -> tuple[tuple[Entry, ...], ...]:
    """The entries of each revision, with the references between them."""
    found = references(history.revisions)
    return tuple([entries(one, some) for one, some in zip(history.revisions, found, strict=True)])


def findings(
    history: History, all_entries: Sequence[Sequence[Entry]]
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """The substantive changes by what explains them: the name of each group, its heading, findings."""
    found = [
        Finding(number, when(revision.interval), entry)
        for number, (revision, some) in enumerate(zip(history.revisions, all_entries, strict=True), 1)
        for entry in some
    ]
    for name, heading, states in _GROUPS:
        if group := tuple([one for one in found if one.entry.change.state in states]):
            yield name, heading, group


def lede(history: History) -> tuple[tuple[str, str], ...]:
    """One or two sentences that say what happened, in pieces: words, and the group they lead to."""
    times = [capture.captured_at for capture in history.captures if capture.captured_at]
    period = f" from {span_of_time(min(times), max(times))}" if times else ""
    if not history.revisions:
        captures = "captures" if len(history.captures) != 1 else "capture"
        return ((f"The {captures}{period} show one version of the article.", ""),)
    revisions = counted(len(history.revisions), "revision")
    first = f"Captures{period} show {revisions} of this article. "
    return ((first, ""), *disclosed(tally(history.revisions)))


def disclosed(counts: Tally) -> Iterator[tuple[str, str]]:
    """How many substantive changes are in which state, in pieces: words, and the group they lead to."""
    partly = counts.of[DisclosureState.PARTLY]
    part = f" ({partly} in part)" if partly else ""
    later = f"{counts.delay} later" if str(counts.delay or "") else "later"
    explained = "explained by a notice added"
    begun = False
    for number, said, name in (
        (counts.undisclosed, f"{UNEXPLAINED}{part}", "undisclosed"),
        (counts.of[DisclosureState.POSSIBLE], "possibly disclosed", "possible"),
        (counts.of[DisclosureState.DISCLOSED], f"{explained} with the change", "explained"),
        (counts.of[DisclosureState.LATE], f"{explained} {later}", "explained"),
    ):
        if number:
            noun = f"{number:,}" if begun else counted(number, "substantive change")
            if begun:
                yield "; ", ""
            yield f"{noun} {'is' if number == 1 else 'are'} {said}", name
            begun = True
    if not begun:
        yield "No change needs a notice" if counts.substantive else "No change is substantive", ""
    yield ".", ""


# ------------------------------------------------------------------------------ headlines over time


@attrs.frozen
class HeadlineStage:
    """A headline as neighbouring versions show it.

    `runs` show it against the headline before it (all kept for the first). `revision` is the number
    of the revision that introduced it, None for the first. `quoted` says whether a notice of the last
    version quotes it too.
    """

    life: HeadlineLife
    first_seen: datetime | None
    runs: tuple[Run, ...]
    revision: int | None
    quoted: bool

    @property
    def last_seen(self) -> datetime | None:
        """The latest capture that showed it."""
        return self.life.last_seen.after

    @property
    def appeared(self) -> str:
        """When it appeared, in words."""
        if self.revision is None:
            return f"First seen {moment(self.first_seen)}"
        return f"Appeared {when(self.life.interval)}"


def headline_stages(history: History) -> tuple[HeadlineStage, ...]:
    """The headlines in time order; one that returns is listed again."""
    newest = history.versions[-1].article if history.versions else Article()
    quoted = {fold(one.text) for one in newest.attested if one.target is NoticeTarget.HEADLINE}
    return tuple([_stage(history, life, quoted) for life in history.headlines])


def _stage(history: History, life: HeadlineLife, quoted: set[str]) -> HeadlineStage:
    index = next(i for i, version in enumerate(history.versions) if version.number == life.versions[0])
    runs: tuple[Run, ...] = (Run(Mark.KEPT, life.text or "(no headline)"),)
    if index and life.text:
        earlier = history.versions[index - 1].article.headline
        change = history.revisions[index - 1].headline
        fits = change is not None and (change.old, change.new) == (earlier, life.text)
        runs = runs_of(earlier, life.text, change.ops if change and fits else ())
    first_seen = history.versions[index].first_seen
    return HeadlineStage(life, first_seen, runs, index or None, fold(life.text) in quoted)


def attested(history: History, *, headline: bool) -> tuple[Attested, ...]:
    """The earlier headlines, or other wordings, that notices attest and no capture shows."""
    return tuple([one for one in history.attested if (one.target is NoticeTarget.HEADLINE) is headline])


# ----------------------------------------------------------------------------------------- contents

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
            folded = f"Revisions {numbers}: metadata, links or media only, not substantive"
        sections.append((folded, group))
    return tuple(sections)


def _in_short(some: Iterable[Entry]) -> str:
    """What was observed, the substantive first, on one line."""
    ordered = sorted(some, key=lambda entry: not entry.substantive)
    found = list(dict.fromkeys(entry.observed for entry in ordered))
    if not found:
        return "No visible change"
    rest = [one[:1].lower() + one[1:] for one in found[1:LISTED]]
    return "; ".join([found[0], *rest, *["and more"] * (len(found) > LISTED)])


def _line(number: int, revision: Revision, some: Sequence[Entry]) -> Line:
    gravest = [(not one.undisclosed, not one.substantive, one.kind == "notice") for one in some]
    about = gist(some[gravest.index(min(gravest))].changes[0]) if some else ""
    states = [f"{count:,} {noun}" for _, count, noun in tally([revision]).states() if count]
    return Line(number, about, _in_short(some), tuple(states))
