"""Tables whose rows each bear a digest of what they say, compared whenever a row is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import attrs

from revtrack.store.database import Database
from revtrack.store.sealing import digest_of, sound

__all__ = ["ADDRESSES", "ARTICLES", "FOLLOWED", "STATED", "TECHNICAL", "TOMBSTONES", "Table"]


@attrs.frozen
class Table:
    """The table *name*, the *columns* that the column *digest* covers, and what numbers a row."""

    name: str
    columns: tuple[str, ...]
    number: str = "id"
    digest: str = "digest"

    def read(self, database: Database, where: str = "", *values: object) -> list[tuple[Any, ...]]:
        """The rows, each as its columns. Raises `StoreError` where one is not what was stored."""
        rows = self._rows(database, where, values)
        with sound(database.path):
            for row in rows:
                if not _fits(row):
                    raise ValueError(f"row {row[0]} of {self.name}")
        return [row[1:-1] for row in rows]

    def check(self, database: Database) -> Iterator[tuple[int, tuple[Any, ...], bool]]:
        """Each row: its number, its columns, and whether it is what was stored."""
        for row in self._rows(database, "ORDER BY 1", ()):
            yield row[0], row[1:-1], _fits(row)

    def insert(self, connection: sqlite3.Connection, *fields: str | int | bytes) -> int:
        """Put a row in; its number."""
        names = ", ".join([*self.columns, self.digest])
        places = ", ".join("?" * (len(self.columns) + 1))
        written = connection.execute(
            f"INSERT INTO {self.name} ({names}) VALUES ({places})",  # noqa: S608 - our own
            (*fields, digest_of(*fields)),
        )
        return int(written.lastrowid or 0)

    def _rows(self, database: Database, where: str, values: tuple[object, ...]) -> list[Any]:
        names = ", ".join([self.number, *self.columns, self.digest])
        return database.rows(f"SELECT {names} FROM {self.name} {where}", values)  # noqa: S608 - our own


def _fits(row: tuple[Any, ...]) -> bool:
    _, *fields, digest = row
    return bool(digest_of(*fields) == digest)


ADDRESSES = Table("addresses", ("key", "article", "reason"))
ARTICLES = Table("articles", ("id", "observations"))
STATED = Table("stated", ("article", "key"), number="article")
TECHNICAL = Table("technical", ("article", "after", "until", "old_rules", "new_rules", "appeared"))
TOMBSTONES = Table(
    "tombstones",
    ("number", "seal", "key", "captured_at", "digest", "asked_by", "reason", "forgotten_at"),
    number="number",
    digest="fits",
)
FOLLOWED = Table(
    "followed", ("url", "source", "next_check"), number="row_number() OVER (ORDER BY url, source)"
)
