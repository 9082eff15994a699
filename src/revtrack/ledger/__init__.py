"""The ledger of an article: its notices and what they explain, and what no notice explains.

`History.ledger()` makes one. Its entries are a closed union of observations, each with its evidence and
the interval in which it happened. They say nothing about intent: a date that changed without the text
is an observation; so is a headline that returned.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias, TypeVar, get_args

import attrs

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, Direction
from revtrack.model import Interval, Notice
from revtrack.presentation import Presented

__all__ = [
    "ENTRY_TYPES",
    "ChangeReverted",
    "ClaimState",
    "DateChanged",
    "DisclosedLate",
    "HeadlineReturned",
    "Ledger",
    "LedgerEntry",
    "NoticeAppeared",
    "NoticeMoved",
    "NoticeReworded",
    "NoticeWithdrawn",
    "TextChanged",
    "Undisclosed",
]

E = TypeVar("E")


class ClaimState(Enum):
    """What the captures show about the claim of a notice."""

    CONFIRMED = "confirmed by captures"
    CONTRADICTED = "contradicted by captures"
    NOT_CARRIED_OUT = "not carried out"
    UNVERIFIED = "not verified"


@attrs.frozen(kw_only=True)
class _Entry:
    version: int
    interval: Interval


@attrs.frozen(kw_only=True)
class NoticeAppeared(_Entry):
    """A notice was added, and `explains` these changes, made with it or before it.

    `state` is the result of comparing its claim with the captures: *confirmed* where an earlier capture
    has the wrong words that it quotes and a later one the right ones; *not carried out* where the
    newest version has the wrong words and not the right ones; *contradicted* where other words were in
    their place, which are `captured`; otherwise *not verified*, as for every notice of the first
    capture.
    """

    notice: Notice
    state: ClaimState
    captured: str = ""
    explains: tuple[Disclosure, ...] = ()


@attrs.frozen(kw_only=True)
class NoticeReworded(_Entry):
    """A notice was reworded: `old` became `new`, which `explains` these changes."""

    old: Notice
    new: Notice
    explains: tuple[Disclosure, ...] = ()


@attrs.frozen(kw_only=True)
class NoticeMoved(_Entry):
    """A notice was moved to another place in the article."""

    notice: Notice
    direction: Direction


@attrs.frozen(kw_only=True)
class NoticeWithdrawn(_Entry):
    """A notice was removed."""

    notice: Notice


@attrs.frozen(kw_only=True)
class Undisclosed(_Entry):
    """A substantive change that no notice in any later capture explains."""

    change: Change


@attrs.frozen(kw_only=True)
class DisclosedLate(_Entry):
    """A substantive change that a notice of a later revision explains.

    `interval` bounds when the change was made, `disclosure.late` when the notice was added.
    """

    disclosure: Disclosure

    @property
    def change(self) -> Change:
        """The change."""
        return self.disclosure.change

    @property
    def shortest(self) -> timedelta | None:
        """The least time between the change and the notice; None where times are missing."""
        noticed = self.disclosure.late or Interval()
        if noticed.after is None or self.interval.until is None:
            return None
        return max(noticed.after - self.interval.until, timedelta(0))

    @property
    def longest(self) -> timedelta | None:
        """The most time between the change and the notice; None where times are missing."""
        noticed = self.disclosure.late or Interval()
        if noticed.until is None or self.interval.after is None:
            return None
        return noticed.until - self.interval.after


@attrs.frozen(kw_only=True)
class HeadlineReturned(_Entry):
    """The headline is again that of version `first`; `between` are the headlines in between."""

    headline: str
    first: int
    between: tuple[str, ...]


@attrs.frozen(kw_only=True)
class ChangeReverted(_Entry):
    """A change of the text reverts an earlier one, `undone`, which was made in version `first`."""

    change: Change
    undone: Change
    first: int


@attrs.frozen(kw_only=True)
class DateChanged(_Entry):
    """The stated date of modification changed; headline and text did not."""

    old: datetime | None
    new: datetime | None


@attrs.frozen(kw_only=True)
class TextChanged(_Entry):
    """Headline or text changed, and the stated date of modification, `modified_at`, did not."""

    modified_at: datetime
    changes: tuple[Change, ...]


LedgerEntry: TypeAlias = (
    NoticeAppeared
    | NoticeReworded
    | NoticeMoved
    | NoticeWithdrawn
    | Undisclosed
    | DisclosedLate
    | HeadlineReturned
    | ChangeReverted
    | DateChanged
    | TextChanged
)

ENTRY_TYPES: tuple[type[LedgerEntry], ...] = get_args(LedgerEntry)


@attrs.frozen(repr=False)
class Ledger(Presented):
    """The observations about one article: `entries` in the order of the versions they belong to."""

    entries: tuple[LedgerEntry, ...] = ()

    @property
    def notices(self) -> tuple[NoticeAppeared, ...]:
        """The added notices, each with what it explains and the state of its claim."""
        return self._of(NoticeAppeared)

    @property
    def undisclosed(self) -> tuple[Undisclosed, ...]:
        """The substantive changes that no notice of any later capture explains."""
        return self._of(Undisclosed)

    @property
    def late(self) -> tuple[DisclosedLate, ...]:
        """The substantive changes that a notice of a later revision explains."""
        return self._of(DisclosedLate)

    def _of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple([entry for entry in self.entries if isinstance(entry, kind)])
