"""The file of a store: opened, checked, and every error of SQLite converted to one of ours.

Write-ahead logging, so that readers and one writer never wait for each other; `synchronous = FULL`,
so that committed data is on the disk before it is acknowledged. Writers take turns: each waits
for the others up to a bound, then fails. Each row of a `Table` has a digest of its columns,
which is compared whenever a row is read.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs

from revtrack.errors import StoreError, StoreFault
from revtrack.store.schema import APPLICATION, NEWEST, migrate
from revtrack.store.sealing import checked_rows, damaged, digest_of

__all__ = [
    "ADDRESSES",
    "ARTICLES",
    "FOLLOWED",
    "STATED",
    "TECHNICAL",
    "TOMBSTONES",
    "WAIT",
    "Database",
    "Table",
]


WAIT = 30.0
"""Seconds that one write waits for the writes of other processes; a write takes some milliseconds."""

_ROWS_PER_QUERY = 500
"""Rows per query where all rows are read (range 100 to 5,000)."""

_PAUSE = 0.02
"""Seconds between two attempts to turn on write-ahead logging; SQLite itself does not wait for it."""

_PRIMARY = 0xFF
_FAULTS = {
    sqlite3.SQLITE_BUSY: (StoreFault.BUSY, "another program has been writing to it for too long"),
    sqlite3.SQLITE_LOCKED: (StoreFault.BUSY, "another program has been writing to it for too long"),
    sqlite3.SQLITE_READONLY: (StoreFault.READ_ONLY, "it is read-only"),
    sqlite3.SQLITE_PERM: (StoreFault.READ_ONLY, "there is no permission to write it"),
    sqlite3.SQLITE_FULL: (StoreFault.FULL, "the disk is full"),
    sqlite3.SQLITE_CORRUPT: (StoreFault.DAMAGED, "the file is damaged"),
    sqlite3.SQLITE_NOTADB: (StoreFault.NOT_A_STORE, "the file is not a store of revtrack"),
    sqlite3.SQLITE_CANTOPEN: (StoreFault.UNREADABLE, "the file, or its folder, cannot be opened"),
    sqlite3.SQLITE_IOERR: (StoreFault.UNREADABLE, "the disk fails"),
}
_NO_ROOM = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
"""Writes that the system refused for other reasons than a full disk: a quota, a limit, a fault."""


class Database:
    """One connection to the file of a store; threads may share it, and take turns."""

    def __init__(
        self, path: Path, *, create: bool = True, read_only: bool = False, wait: float = WAIT
    ) -> None:
        """Open *path*; create the store where it does not exist and *create* is true."""
        self.path = path
        self.read_only = read_only
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        if read_only or not create:
            self._check_exists()
        deadline = time.monotonic() + wait
        with self._own_errors():
            try:
                self._connect("mode=ro" if read_only else "mode=rwc", wait, deadline)
            except sqlite3.OperationalError as error:
                # a folder that cannot be written has no room for the index of the log; nobody can
                # write there either, so the file may be read without a log
                if not (read_only and _code(error) == sqlite3.SQLITE_CANTOPEN and self._has_no_log()):
                    raise
                self._connect("mode=ro&immutable=1", wait, deadline)

    def close(self) -> None:
        """Close the file; everything acknowledged is in it."""
        with self._lock, self._own_errors():
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def rows(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Every row of a query. Raises `StoreError`."""
        with self._lock, self._own_errors():
            return self._open().execute(statement, values).fetchall()

    def in_order(self, query: str, **values: Any) -> Iterator[Any]:
        """The rows of a *query* in the order of their numbers, some at a time: the table may be long.

        The number is the first column, and the query selects those above ``:last``. Raises
        `StoreError`, also where a damaged table is circular.
        """
        last = 0
        while rows := self.rows(f"{query} LIMIT {_ROWS_PER_QUERY}", {**values, "last": last}):
            for row in rows:
                if not (isinstance(row[0], int) and row[0] > last):
                    raise damaged(self.path, f"{row[0]!r} follows {last}")
                last = row[0]
                yield row

    def row(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The first row of a query, None when there is none. Raises `StoreError`."""
        with self._lock, self._own_errors():
            return self._open().execute(statement, values).fetchone()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk completely when the context ends, or not at all."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries on one state of the store, whatever others write meanwhile."""
        with self._lock:
            if self._open().in_transaction:
                yield
                return
            with self._transaction("BEGIN"):
                yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """A transaction, rolled back where it is not committed in the context."""
        with self._lock, self._own_errors():
            connection = self._open()
            connection.execute(begin)
            try:
                yield connection
            finally:
                with suppress(sqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")

    # ------------------------------------------------------------------------------- opening

    def _check_exists(self) -> None:
        if not self.path.exists():
            message = f"there is no store at {self.path}: create one with `revtrack track … --store`"
            raise self.failure(StoreFault.MISSING, message)

    def _has_no_log(self) -> bool:
        """Whether all committed data is in the file itself and none of it in a log."""
        log = self.path.with_name(self.path.name + "-wal")
        return not log.exists() or log.stat().st_size == 0

    def _connect(self, mode: str, wait: float, deadline: float) -> None:
        if self.path.is_dir():
            message = (
                f"{self.path} is a folder, not a store: create one with `revtrack track … --store`"
            )
            raise self.failure(StoreFault.UNREADABLE, message)
        connection = sqlite3.connect(
            f"file:{quote(os.fsencode(self.path.absolute()))}?{mode}",
            uri=True,
            timeout=wait,
            isolation_level=None,  # transactions begin and end explicitly
            check_same_thread=False,  # threads take turns by our own lock
        )
        connection.create_function("row_digest", -1, digest_of, deterministic=True)
        try:
            new = self._check(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            if not self.read_only:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA fullfsync = ON")  # where fsync alone is not enough
                self._prepare(connection, deadline, new=new)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _check(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is new and empty. Raises `StoreError` for any other unreadable file."""
        connection.execute("BEGIN")  # one transaction: another process may create the store meanwhile
        try:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (form,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        new = not (tables or application or form)
        if (new and self.read_only) or (not new and application != APPLICATION):
            why = "it is empty" if new else "it belongs to another program"
            message = f"{self.path} is not a store of revtrack: {why}"
            raise self.failure(StoreFault.NOT_A_STORE, message)
        if not 0 <= form <= NEWEST:
            raise self.failure(
                StoreFault.NEWER,
                f"{self.path} has form {form} and this revtrack reads forms up to {NEWEST}: "
                "a newer revtrack wrote it; use that one, or a newer one",
            )
        if form < NEWEST and self.read_only:
            raise self.failure(
                StoreFault.READ_ONLY,
                f"{self.path} has form {form}, written by an older revtrack, and cannot be migrated "
                f"to form {NEWEST} while it is read-only: open it for writing once",
            )
        return new

    def _prepare(self, connection: sqlite3.Connection, deadline: float, *, new: bool) -> None:
        """Turn on write-ahead logging and migrate; several processes may do so concurrently."""
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
        if connection.execute("PRAGMA user_version").fetchone()[0] < NEWEST:
            migrate(connection)
        if new and os.name == "posix":
            try:
                folder = os.open(self.path.absolute().parent, os.O_RDONLY)
                try:
                    os.fsync(folder)  # the file's name must survive a power cut too
                finally:
                    os.close(folder)
            except OSError as error:
                raise self.failure(
                    StoreFault.UNREADABLE,
                    f"the folder of {self.path} cannot be written to the disk ({error}); make the "
                    "store in another folder",
                ) from error

    # -------------------------------------------------------------------------------- faults

    def failure(self, fault: StoreFault, message: str) -> StoreError:
        """The error for this file."""
        return StoreError(message, location=str(self.path), fault=fault)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise self.failure(StoreFault.CLOSED, f"the store {self.path} is closed")
        return self._connection

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        """Convert SQLite's errors to ours, with the file they refer to."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            fault, message = _FAULTS.get(code & _PRIMARY, (StoreFault.DAMAGED, str(error)))
            if code in _NO_ROOM:
                fault, message = StoreFault.FULL, "the disk is full, limited or fails"
            advice = "" if fault is StoreFault.NOT_A_STORE else "; everything stored earlier is kept"
            message = f"the store {self.path}: {message} ({error}){advice}"
            raise self.failure(fault, message) from error
        except (UnicodeDecodeError, OverflowError) as error:
            # SQLite's message about a damaged file quotes it, and numbers in it may have any size
            raise self.failure(
                StoreFault.DAMAGED,
                f"the store {self.path}: the file is damaged ({type(error).__name__}); restore it from "
                "a copy, or save the undamaged captures with `revtrack export`",
            ) from error


def _code(error: sqlite3.Error) -> int:
    return error.sqlite_errorcode & _PRIMARY


# ------------------------------------------------------------------------------- rows with a digest


@attrs.frozen
class Table:
    """The table *name*, the *columns* that the column *digest* covers, and what numbers a row.

    *blobs* are the columns with bytes. Text and the same bytes have equal digests, and a
    flipped bit turns one into the other.
    """

    name: str
    columns: tuple[str, ...]
    number: str = "id"
    digest: str = "digest"
    blobs: frozenset[str] = frozenset()

    def read(self, database: Database, where: str = "", *values: object) -> list[tuple[Any, ...]]:
        """The rows, each as its columns. Raises `StoreError` where one is damaged."""
        rows = self._rows(database, where, values)
        with checked_rows(database.path):
            for row in rows:
                if not self._is_intact(row):
                    raise ValueError(f"row {row[0]} of {self.name}")
        return [row[1:-1] for row in rows]

    def check(self, database: Database) -> Iterator[tuple[int, tuple[Any, ...], bool]]:
        """Each row: its number, its columns, and whether it matches its digest."""
        for row in self._rows(database, "ORDER BY 1", ()):
            yield row[0], row[1:-1], self._is_intact(row)

    def insert(self, connection: sqlite3.Connection, *fields: str | int | bytes) -> int:
        """Insert a row; returns its number."""
        names = ", ".join([*self.columns, self.digest])
        places = ", ".join("?" * (len(self.columns) + 1))
        cursor = connection.execute(
            f"INSERT INTO {self.name} ({names}) VALUES ({places})",  # noqa: S608 - our own
            (*fields, digest_of(*fields)),
        )
        return int(cursor.lastrowid or 0)

    def _rows(self, database: Database, where: str, values: tuple[object, ...]) -> list[Any]:
        names = ", ".join([self.number, *self.columns, self.digest])
        return database.rows(f"SELECT {names} FROM {self.name} {where}", values)  # noqa: S608 - our own

    def _is_intact(self, row: tuple[Any, ...]) -> bool:
        _, *fields, digest = row
        named = zip(self.columns, fields, strict=True)
        has_types = all(not isinstance(one, bytes) or name in self.blobs for name, one in named)
        return has_types and bool(digest_of(*fields) == digest)


ADDRESSES = Table("addresses", ("key", "article", "reason"))
ARTICLES = Table("articles", ("id", "observations"))
STATED = Table("stated", ("article", "key"), number="article")
TECHNICAL = Table("technical", ("article", "after", "until", "old_rules", "new_rules", "appeared"))
TOMBSTONES = Table(
    "tombstones",
    ("number", "seal", "key", "captured_at", "digest", "asked_by", "reason", "forgotten_at"),
    number="number",
    digest="fits",
    blobs=frozenset({"seal", "digest"}),
)
FOLLOWED = Table(
    "followed", ("url", "source", "next_check"), number="row_number() OVER (ORDER BY url, source)"
)
