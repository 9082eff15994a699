"""The ledger of an article: its notices and what they explain, and what no notice explains.

`History.ledger()` makes one. Every entry is an observation with its evidence and the interval in
which it happened; none says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import attrs

from revtrack.changes.late import disclosed_late
from revtrack.changes.revision import Revision
from revtrack.ledger.entries import (
    ENTRY_TYPES,
    ChangeReverted,
    ClaimState,
    DateChanged,
    DisclosedLate,
    HeadlineReturned,
    LedgerEntry,
    NoticeMoved,
    NoticeReworded,
    NoticeTold,
    NoticeWithdrawn,
    TextChanged,
    Undisclosed,
)
from revtrack.ledger.observing import observe
from revtrack.model import Version

__all__ = [
    "ENTRY_TYPES",
    "ChangeReverted",
    "ClaimState",
    "DateChanged",
    "DisclosedLate",
    "HeadlineReturned",
    "Ledger",
    "LedgerEntry",
    "NoticeMoved",
    "NoticeReworded",
    "NoticeTold",
    "NoticeWithdrawn",
    "TextChanged",
    "Undisclosed",
]

E = TypeVar("E")


@attrs.frozen
class Ledger:
    """What was observed of one article over time: `entries` by the version that shows each first."""

    entries: tuple[LedgerEntry, ...] = ()

    @classmethod
    def of(cls, versions: Sequence[Version], revisions: Sequence[Revision]) -> Ledger:
        """The ledger of *versions*, between whose neighbours *revisions* lead."""
        return cls(observe(versions, disclosed_late(revisions)))

    @property
    def notices(self) -> tuple[NoticeTold, ...]:
        """The notices that came, each with what it explains and what captures say of its claim."""
        return self._of(NoticeTold)

    @property
    def undisclosed(self) -> tuple[Undisclosed, ...]:
        """The substantive changes that no notice explains, in whatever later capture."""
        return self._of(Undisclosed)

    @property
    def late(self) -> tuple[DisclosedLate, ...]:
        """The substantive changes that a notice explains which came revisions later."""
        return self._of(DisclosedLate)

    def _of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple([entry for entry in self.entries if isinstance(entry, kind)])
