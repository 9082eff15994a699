"""The schedule: which addresses are followed, and when each is checked again.

A page that changed recently will likely change again; one that was unchanged for a year will likely
stay so for another week. So the time to the next check grows with the time since the last change,
within bounds. Nothing here runs by itself: a timer of the system calls `revtrack watch --once`, which
checks what is due.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from revtrack.records import Followed
from revtrack.store.database import FOLLOWED, Database
from revtrack.store.observations import moment_of, time_of
from revtrack.store.sealing import checked_rows

__all__ = ["LONGEST", "PART_OF_AGE", "SHORTEST", "Schedule", "next_check"]

PART_OF_AGE = 12
"""A page is checked again after this fraction of the time since its last change: 4 to 50. Less means
fewer checks and wider intervals. At 12 an article of 3 hours is checked each quarter of an hour, one
of a day each 2 hours, one of a month each 2 or 3 days. Chosen for these, not measured."""

SHORTEST = timedelta(minutes=15)
"""The least time between two checks: 5 minutes to an hour. It bounds the load on a server."""

LONGEST = timedelta(days=30)
"""The greatest time between two checks: a week to a year. Old articles are corrected too."""

_SET_NEXT_CHECK = """
UPDATE followed SET next_check = :moment, digest = row_digest(url, source, :moment)
WHERE url = :url AND source = :source
"""

_LAST = datetime.max.replace(tzinfo=UTC)

_CLAIMED = timedelta(minutes=15)
"""How long a check may take before another process may take it over: longer than any fetch."""


def next_check(now: datetime, changed_at: datetime) -> datetime:
    """When to check a page again at *now* that changed, or was first seen, at *changed_at*."""
    return _later(now, min(max((now - changed_at) / PART_OF_AGE, SHORTEST), LONGEST))


def _later(now: datetime, wait: timedelta) -> datetime:
    try:
        return now + wait
    except OverflowError:  # the last days of the calendar
        return _LAST


class Schedule:
    """The addresses that a store follows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(self, url: str, source: str, *, at: datetime) -> None:
        """Follow *url* through *source* from *at* on; a followed address keeps its time."""
        with self._database.writing() as connection:
            existing = "SELECT 1 FROM followed WHERE url = ? AND source = ?"
            if connection.execute(existing, (url, source)).fetchone() is None:
                FOLLOWED.insert(connection, url, source, moment_of(at))

    def unfollow(self, url: str) -> bool:
        """Stop following *url*; returns whether it was followed. Its captures stay."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM followed WHERE url = ?", (url,)).rowcount > 0

    def followed(self) -> tuple[Followed, ...]:
        """All followed addresses, in the order of their next check."""
        return self._rows(_LAST)

    def due(self, now: datetime) -> tuple[Followed, ...]:
        """What is due at *now*, the longest due first."""
        return self._rows(now)

    def claim(self, row: Followed, now: datetime) -> bool:
        """Claim a check; False when another process has claimed it meanwhile."""
        with self._database.writing() as connection:
            claimed = connection.execute(
                f"{_SET_NEXT_CHECK} AND next_check = :known",
                {**_parameters(row, _later(now, _CLAIMED)), "known": moment_of(row.next_check)},
            )
            return claimed.rowcount > 0

    def set_next_check(self, row: Followed, *, next_check: datetime) -> None:
        """Set the time of the next check."""
        with self._database.writing() as connection:
            connection.execute(_SET_NEXT_CHECK, _parameters(row, next_check))

    def _rows(self, until: datetime) -> tuple[Followed, ...]:
        """What is due until then; all rows are read, since a damaged time or index would hide some."""
        with self._database.reading():
            rows = FOLLOWED.read(self._database, "NOT INDEXED")
            (indexed,) = self._database.row(
                "SELECT count(*) FROM followed INDEXED BY followed_by_time WHERE next_check IS NOT NULL"
            )
        with checked_rows(self._database.path):
            if indexed != len(rows):
                raise ValueError(
                    f"{len(rows)} followed addresses are found, and {indexed} by their times"
                )
            found = [Followed(url, source, time_of(moment)) for url, source, moment in rows]
        due = [row for row in found if row.next_check <= until]
        return tuple(sorted(due, key=lambda row: (row.next_check, row.url, row.source)))


def _parameters(row: Followed, moment: datetime) -> dict[str, str | int]:
    return {"url": row.url, "source": row.source, "moment": moment_of(moment)}
