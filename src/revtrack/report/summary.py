"""The summary of a history: counts, the lede, findings, headlines over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import attrs

from revtrack.changes.kinds import DisclosureState
from revtrack.changes.revision import Revision
from revtrack.history import HeadlineLife, History
from revtrack.model import Article, Attested, NoticeTarget
from revtrack.report.catalogue import N_, numeral, tr, tr_many
from revtrack.report.entries import Entry, entries, references
from revtrack.report.marks import Mark, Run, runs_of
from revtrack.report.nouns import UNKNOWN_TIME, capital, counted, moment, span_of_time, when
from revtrack.report.phrases import UNDISCLOSED, Delay, delay_of
from revtrack.text import fold

__all__ = [
    "Finding",
    "HeadlineStage",
    "Tally",
    "all_findings",
    "attested",
    "capture_counts",
    "delay_range",
    "disclosure_counts",
    "entries_by_revision",
    "findings",
    "headline_stages",
    "lede",
    "revision_summary",
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
    """The number of changes, in all and by state, and the delay of late notices."""

    changes: int
    substantive: int
    of: Counter[DisclosureState]
    delay: Delay | None

    @property
    def undisclosed(self) -> int:
        """How many changes are undisclosed or partly disclosed."""
        return sum([self.of[state] for state in UNDISCLOSED])

    def states(self) -> Iterator[tuple[str, int, str]]:
        """The name, the number and the noun of *undisclosed* and of each other state with changes."""
        span = str(self.delay or "")
        undisclosed = in_part(tr("undisclosed"), self.of[DisclosureState.PARTLY])
        yield "undisclosed", self.undisclosed, undisclosed
        for name, state, more in (
            ("late", DisclosureState.LATE, f" ({span})" if span else ""),
            ("possible", DisclosureState.POSSIBLE, ""),
        ):
            if self.of[state]:
                yield name, self.of[state], f"{tr(state.value)}{more}"

    def __str__(self) -> str:
        """In words: ``3 changes, 2 substantive, 0 undisclosed, 1 disclosed late (4 to 10 hours)``."""
        if not self.changes:
            return tr("no changes")
        words = [counted(self.changes, "change")]
        words += [f"{numeral(self.substantive)} {tr('substantive')}"] if self.substantive else []
        if self.undisclosed or any(self.of[state] for state in _EXPLAINED | _POSSIBLE):
            words += [f"{numeral(number)} {noun}" for _, number, noun in self.states()]
        return ", ".join(words)


def in_part(words: str, number: int) -> str:
    """*words* about undisclosed changes, and how many of them are disclosed in part."""
    return tr("{said} ({number} in part)", said=words, number=numeral(number)) if number else words


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
    return Tally(len(changes), substantive, Counter([one.state for one in changes]), delay_range(late))


def total(counts: Iterable[Tally]) -> Tally:
    """The sum of *counts*."""
    some = tuple(counts)
    return Tally(
        sum([one.changes for one in some]),
        sum([one.substantive for one in some]),
        sum([one.of for one in some], Counter()),
        delay_range([one.delay for one in some if one.delay is not None]),
    )


def delay_range(delays: Iterable[Delay]) -> Delay | None:
    """The range that covers all *delays*; None where none is known."""
    known = tuple(delays)
    least = [one.shortest for one in known if one.shortest is not None]
    most = [one.longest for one in known if one.longest is not None]
    return Delay(min(least), max(most)) if least and most else None


def summary(*revisions: Revision) -> str:
    """How many changes the revisions have, and how many of them are in which state of disclosure."""
    return str(tally(revisions))


def revision_summary(revision: Revision) -> str:
    """When the revision was made, where that is known, and its changes, without a full stop."""
    time = when(revision.interval)
    if time == tr(UNKNOWN_TIME) or not revision.changes:
        return capital(summary(revision))
    return tr("Made {time}: {changes}", time=time, changes=summary(revision))


def capture_counts(history: History) -> str:
    """How many captures a history has, how many of them were screened out, and how many versions."""
    captures = counted(len(history.captures) + len(history.screened), "capture")
    versions = counted(len(history.versions), "version")
    return f"{with_screened(captures, len(history.screened))}, {versions}"


def with_screened(captures: str, number: int) -> str:
    """*captures*, counted in words, and how many of them were screened out."""
    if not number:
        return captures
    return tr("{captures} ({number} screened out)", captures=captures, number=numeral(number))


def title_of(history: History) -> str:
    """The newest headline, or a phrase where there is none."""
    newest = history.versions[-1].article.headline if history.versions else None
    return newest or tr("An article without a headline")


# --------------------------------------------------------------------------------- lede and findings

_GROUPS = (
    ("undisclosed", N_("Not explained by any correction notice"), UNDISCLOSED),
    ("possible", N_("Possibly disclosed"), _POSSIBLE),
    ("explained", N_("Explained by a notice"), _EXPLAINED),
)
"""The groups of findings: the name of each, its heading, the states in it."""


@attrs.frozen
class Finding:
    """A change: the number of its revision, when it was made, and its entry."""

    revision: int
    when: str
    entry: Entry


def entries_by_revision(history: History) -> tuple[tuple[Entry, ...], ...]:
    """The entries of each revision, with the references between them."""
    found = references(history.revisions)
    return tuple([entries(one, some) for one, some in zip(history.revisions, found, strict=True)])


def all_findings(
    history: History, all_entries: Sequence[Sequence[Entry]] | None = None
) -> Iterator[Finding]:
    """Every entry of *history* in time order; *all_entries* may be given if already computed."""
    some = entries_by_revision(history) if all_entries is None else all_entries
    for number, (revision, group) in enumerate(zip(history.revisions, some, strict=True), 1):
        yield from [Finding(number, when(revision.interval), entry) for entry in group]


def findings(
    history: History, all_entries: Sequence[Sequence[Entry]]
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """The substantive changes by state of disclosure: name, heading and findings of each group."""
    found = list(all_findings(history, all_entries))
    for name, heading, states in _GROUPS:
        if group := tuple([one for one in found if one.entry.change.state in states]):
            yield name, tr(heading), group


def lede(history: History) -> tuple[tuple[str, str], ...]:
    """One or two sentences that summarize the history, in pieces: words, and the group they link to."""
    times = [capture.captured_at for capture in history.captures if capture.captured_at]
    period = span_of_time(min(times), max(times)) if times else ""
    revisions = counted(len(history.revisions), "revision")
    if not history.revisions:
        revisions = tr("one version")
    message = N_("Captures from {period} show {revisions} of this article.")
    message = message if times else N_("Captures show {revisions} of this article.")
    first = tr(message, period=period, revisions=revisions)
    if not history.revisions:
        return ((first, ""),)
    return ((f"{first} ", ""), *disclosure_counts(tally(history.revisions)))


def disclosure_counts(counts: Tally) -> Iterator[tuple[str, str]]:
    """How many substantive changes are in which state, in pieces: words, and the group they link to."""
    delay = str(counts.delay or "")
    late = (
        N_("{changes} is explained by a notice added {delay} later"),
        N_("{changes} are explained by a notice added {delay} later"),
    )
    if not delay:
        late = (
            N_("{changes} is explained by a notice added later"),
            N_("{changes} are explained by a notice added later"),
        )
    started = False
    for number, one, many, name in (
        (
            counts.undisclosed,
            N_("{changes} is not explained by any correction notice"),
            N_("{changes} are not explained by any correction notice"),
            "undisclosed",
        ),
        (
            counts.of[DisclosureState.POSSIBLE],
            N_("{changes} is possibly disclosed"),
            N_("{changes} are possibly disclosed"),
            "possible",
        ),
        (
            counts.of[DisclosureState.DISCLOSED],
            N_("{changes} is explained by a notice added with the change"),
            N_("{changes} are explained by a notice added with the change"),
            "explained",
        ),
        (counts.of[DisclosureState.LATE], *late, "explained"),
    ):
        if number:
            noun = numeral(number) if started else counted(number, "substantive change")
            if started:
                yield "; ", ""
            words = tr_many(number, one, many, changes=noun, delay=delay)
            partly = counts.of[DisclosureState.PARTLY] if name == "undisclosed" else 0
            yield in_part(words, partly), name
            started = True
    if not started:
        none = N_("No change needs a notice") if counts.substantive else N_("No change is substantive")
        yield tr(none), ""
    yield ".", ""


# ------------------------------------------------------------------------------ headlines over time


@attrs.frozen
class HeadlineStage:
    """A headline of consecutive versions.

    `runs` compare it with the previous headline (all kept for the first). `revision` is the number of
    the revision that introduced it, None for the first. `quoted` says whether a notice of the last
    version quotes it.
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
            return tr("First seen {time}", time=moment(self.first_seen))
        return tr("Appeared {time}", time=when(self.life.interval))


def headline_stages(history: History) -> tuple[HeadlineStage, ...]:
    """The headlines in time order; one that returns is listed again."""
    newest = history.versions[-1].article if history.versions else Article()
    quoted = {fold(one.text) for one in newest.attested if one.target is NoticeTarget.HEADLINE}
    return tuple([_stage(history, life, quoted) for life in history.headlines])


def _stage(history: History, life: HeadlineLife, quoted: set[str]) -> HeadlineStage:
    index = next(i for i, version in enumerate(history.versions) if version.number == life.versions[0])
    runs: tuple[Run, ...] = (Run(Mark.KEPT, life.text or tr("(no headline)")),)
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
