"""Disclosure in words: what every format says of each state, and how states are counted.

The words are the same in the report, the ledger, the terminal and Markdown. They hold no text of the
article, so that each format can quote, escape and isolate that text in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import attrs

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, DisclosureState, NoticeAdded, UpdateAdded
from revtrack.changes.revision import Revision
from revtrack.ledger import DisclosedLate
from revtrack.report.nouns import counted, notices_of
from revtrack.versions import Interval

__all__ = [
    "GLOSSARY",
    "UNDISCLOSED",
    "UNEXPLAINED",
    "Delay",
    "Tally",
    "clause",
    "delay_of",
    "leftover",
    "over",
    "reason",
    "same_change",
    "tally",
]

UNEXPLAINED = "not explained by any correction notice"
"""What is said of an undisclosed change."""

UNDISCLOSED = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.PARTLY})
"""The states of a change some of whose words no notice explains."""

_MEANINGS = {
    DisclosureState.DISCLOSED: """
        A correction, update or other notice explains the change, or the page itself shows the old words
        struck out.""",
    DisclosureState.LATE: """
        A notice explains the change but was added in a later version. The delay is a range, because
        each event is known only to lie between two captures.""",
    DisclosureState.PARTLY: """
        A notice explains some of the changed words. The words that no notice explains are listed; the
        change counts as undisclosed.""",
    DisclosureState.POSSIBLE: """
        Something suggests disclosure and does not prove it: a general notice, a language whose notices
        revtrack does not read, a partial capture. The reason is given.""",
    DisclosureState.UNDISCLOSED: f"""
        Substantive, and {UNEXPLAINED} in the captures compared. It is an observation about the captures
        and says nothing about anyone's intent.""",
}

GLOSSARY = tuple([(state.value, " ".join(words.split())) for state, words in _MEANINGS.items()])
"""Each state and what it means."""


@attrs.frozen
class Delay:
    """How long a change was without its notice: at least `shortest`, at most `longest`."""

    shortest: timedelta | None
    longest: timedelta | None

    def __str__(self) -> str:
        """In words: ``4 to 10 hours``, ``up to 3 days``; empty where times are missing."""
        if self.shortest is None or self.longest is None:
            return ""
        least, most = _length(self.shortest), _length(self.longest)
        if least.startswith("0 "):
            return f"up to {most}"
        if least == most:
            return most
        number, unit = least.split(" ")
        return f"{number if unit.rstrip('s') == most.split(' ')[1].rstrip('s') else least} to {most}"


def delay_of(link: Disclosure, interval: Interval) -> Delay:
    """The delay of a late disclosure of a change that was made in *interval*."""
    late = DisclosedLate(version=0, interval=interval, disclosure=link)
    return Delay(late.shortest, late.longest)


def clause(change: Change, *, delay: str = "") -> str:
    """What explains *change*, as the second half of a sentence; empty where nothing is called for."""
    if isinstance(change, UpdateAdded | NoticeAdded):
        return ""
    by = notices_of(change.disclosed_by or change.possibly_by)
    plural = len(change.disclosed_by or change.possibly_by) > 1
    match change.state:
        case DisclosureState.UNDISCLOSED:
            return f"it is {UNEXPLAINED}"
        case DisclosureState.PARTLY:
            if change.disclosed_by:
                return f"{by} {'explain' if plural else 'explains'} only part of it"
            return f"{by} may explain part of it" if by else "only part of it may be disclosed"
        case DisclosureState.POSSIBLE:
            return f"{by} may explain it" if by else "it is possibly disclosed"
        case DisclosureState.LATE:
            later = f", added {delay} later" if delay else ", added later"
            return f"{by} {'explain' if plural else 'explains'} it{later}"
        case DisclosureState.DISCLOSED | DisclosureState.NONE_NEEDED:
            if by and change.disclosed_by:
                return f"{by} {'explain' if plural else 'explains'} it"
            marked = change.state is DisclosureState.DISCLOSED
            return "the page shows the old words struck out" if marked else ""


def reason(change: Change) -> str:
    """Why the state of *change* is what it is, as a sentence without its full stop; may be empty."""
    if change.state in {DisclosureState.UNDISCLOSED, DisclosureState.NONE_NEEDED}:
        return ""
    found = [
        one.reason
        for one in change.differences
        if one.substantive and one.state is not DisclosureState.UNDISCLOSED
    ]
    return "; ".join(dict.fromkeys(filter(None, found)))


def leftover(change: Change) -> tuple[tuple[str, str], ...]:
    """The old and the new words of each difference that no notice explains, of a PARTLY one."""
    if change.state is not DisclosureState.PARTLY:
        return ()
    return tuple(
        [
            (one.old.of(change.old or "").strip(), one.new.of(change.new or "").strip())
            for one in change.differences
            if one.state is DisclosureState.UNDISCLOSED
        ]
    )


def same_change(change: Change) -> tuple[object, ...]:
    """What two values of one change have in common, whichever of its links each has."""
    return type(change), change.rule, change.old, change.new, change.old_spans, change.new_spans


# ------------------------------------------------------------------------------------------ counting


@attrs.frozen
class Tally:
    """How many changes there are, and in which states."""

    changes: int
    substantive: int
    undisclosed: int
    partly: int
    late: int
    possible: int
    disclosed: int
    delay: Delay | None

    @property
    def called_for(self) -> bool:
        """Whether any change calls for disclosure."""
        return bool(self.undisclosed or self.late or self.possible or self.disclosed)

    @property
    def late_noun(self) -> str:
        """*Disclosed late*, and by how much."""
        span = str(self.delay) if self.delay else ""
        return f"{DisclosureState.LATE.value} ({span})" if span else DisclosureState.LATE.value

    @property
    def undisclosed_noun(self) -> str:
        """*Undisclosed*, and how many of them in part."""
        return f"undisclosed ({self.partly} in part)" if self.partly else "undisclosed"

    def __str__(self) -> str:
        """In words: ``3 changes, 2 substantive, 0 undisclosed, 1 disclosed late (4 to 10 hours)``."""
        if not self.changes:
            return "no changes"
        words = [counted(self.changes, "change")]
        if self.substantive:
            words.append(f"{self.substantive:,} substantive")
        return ", ".join([*words, *self.states()])

    def states(self) -> Iterable[str]:
        """The counts of the states; undisclosed also where it is zero and others are not."""
        if self.called_for:
            yield f"{self.undisclosed:,} {self.undisclosed_noun}"
        if self.late:
            yield f"{self.late:,} {self.late_noun}"
        if self.possible:
            yield f"{self.possible:,} {DisclosureState.POSSIBLE.value}"


def tally(revisions: Iterable[Revision]) -> Tally:
    """The counts over *revisions*."""
    revisions = tuple(revisions)
    changes = [change for revision in revisions for change in revision.changes]
    states = [change.state for change in changes]
    delays = [
        delay_of(one, revision.interval)
        for revision in revisions
        for one in revision.disclosures
        if one.state is DisclosureState.LATE
    ]
    return Tally(
        changes=len(changes),
        substantive=sum(change.substantive for change in changes),
        undisclosed=sum(state in UNDISCLOSED for state in states),
        partly=states.count(DisclosureState.PARTLY),
        late=states.count(DisclosureState.LATE),
        possible=states.count(DisclosureState.POSSIBLE),
        disclosed=states.count(DisclosureState.DISCLOSED),
        delay=over(delays),
    )


def over(delays: Iterable[Delay]) -> Delay | None:
    """The range that all *delays* lie in; None where none is known."""
    known = [(one.shortest, one.longest) for one in delays]
    least = [shortest for shortest, _ in known if shortest is not None]
    most = [longest for _, longest in known if longest is not None]
    return Delay(min(least), max(most)) if least and most else None


_HOURS_UP_TO = 72
"""Hours from which on a delay is given in days (range 24 to 96): *60 hours* is still read as it is."""


def _length(time: timedelta) -> str:
    hours = time / timedelta(hours=1)
    if 0 < hours < 1:
        return counted(max(1, round(hours * 60)), "minute")
    if hours < _HOURS_UP_TO:
        return counted(round(hours), "hour")
    return counted(round(hours / 24), "day", "days")
