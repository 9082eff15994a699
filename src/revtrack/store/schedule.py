"""The schedule: which addresses are followed, and when each is looked at again.

What changed lately will change again; what stood for a year will likely stand for another week. So the
time to the next look grows with the time since the last change, within bounds. Nothing here runs by
itself: a timer of the system calls `revtrack watch --once`, which looks at what is due.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from revtrack.records import Followed
from revtrack.store.database import FOLLOWED, Database
from revtrack.store.observations import moment_of, time_of
from revtrack.store.sealing import sound

__all__ = ["LONGEST", "PART_OF_AGE", "SHORTEST", "Schedule", "next_check"]

PART_OF_AGE = 12
"""A page that has stood for a time is looked at again after one such part of it: 4 to 50. Less means
fewer looks and wider intervals. At 12 an article of 3 hours is looked at each quarter of an hour, one
of a day each 2 hours, one of a month each 2 or 3 days. Chosen for these, not measured."""

SHORTEST = timedelta(minutes=15)
"""The least time between two looks: 5 minutes to an hour. It bounds the load on a server."""

LONGEST = timedelta(days=30)
"""The greatest time between two looks: a week to a year. Old articles are corrected too."""

_MOVED = """
UPDATE followed SET next_check = :moment, digest = row_digest(url, source, :moment)
WHERE url = :url AND source = :source
"""

_LAST = datetime.max.replace(tzinfo=UTC)

_CLAIMED = timedelta(minutes=15)
"""How long a look may take before another process may take it over: longer than any fetch."""


def next_check(now: datetime, changed_at: datetime) -> datetime:
    """When to look again at *now* at a page that changed, or was first seen, at *changed_at*."""
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
        """Look at *url* through *source* from *at* on; an address that is followed already stays."""
        with self._database.writing() as connection:
            known = "SELECT 1 FROM followed WHERE url = ? AND source = ?"
            if connection.execute(known, (url, source)).fetchone() is None:
                FOLLOWED.insert(connection, url, source, moment_of(at))

    def leave(self, url: str) -> bool:
        """Follow *url* no longer; whether it was followed. Its captures stay."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM followed WHERE url = ?", (url,)).rowcount > 0

    def followed(self) -> tuple[Followed, ...]:
        """Everything that is followed, what is due first at the head."""
        return self._rows(_LAST)

    def due(self, now: datetime) -> tuple[Followed, ...]:
        """What is to be looked at at *now*, the longest due first."""
        return self._rows(now)

    def claim(self, row: Followed, now: datetime) -> bool:
        """Take a look upon oneself; False when another process has taken it meanwhile."""
        with self._database.writing() as connection:
            taken = connection.execute(
                f"{_MOVED} AND next_check = :known",
                {**_moved(row, _later(now, _CLAIMED)), "known": moment_of(row.next_check)},
            )
            return taken.rowcount > 0

    def looked(self, row: Followed, *, next_check: datetime) -> None:
        """Say when the next look is due."""
        with self._database.writing() as connection:
            connection.execute(_MOVED, _moved(row, next_check))

    def _rows(self, until: datetime) -> tuple[Followed, ...]:
        """What is due until then; all rows are read, since a damaged time or index would hide some."""
        with self._database.reading():
            rows = FOLLOWED.read(self._database, "NOT INDEXED")
            (indexed,) = self._database.row(
                "SELECT count(*) FROM followed INDEXED BY followed_by_time WHERE next_check IS NOT NULL"
            )
        with sound(self._database.path):
            if indexed != len(rows):
                raise ValueError(
                    f"{len(rows)} followed addresses are found, and {indexed} by their times"
                )
            found = [Followed(url, source, time_of(moment)) for url, source, moment in rows]
        due = [row for row in found if row.next_check <= until]
        return tuple(sorted(due, key=lambda row: (row.next_check, row.url, row.source)))


def _moved(row: Followed, moment: datetime) -> dict[str, str | int]:
    return {"url": row.url, "source": row.source, "moment": moment_of(moment)}
