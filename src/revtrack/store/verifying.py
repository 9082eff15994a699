"""Verifying: every page against its digest, every observation against its seal, the file as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from revtrack.errors import StoreError, StoreFault
from revtrack.records import Checked, Part
from revtrack.store.bodies import Bodies, DamagedBodyError
from revtrack.store.database import Database
from revtrack.store.observations import Row, seal

__all__ = ["verify"]

_AT_ONCE = 500
"""Rows that are read in one query."""


def verify(database: Database) -> Iterator[Checked]:
    """Read the whole store; one row for each part. A part that cannot be read is a row too."""
    yield _file(database)
    for check in (_pages, _observations):
        try:
            yield from check(database)
        except StoreError as error:
            if error.fault is not StoreFault.DAMAGED:
                raise
            part = Part.PAGE if check is _pages else Part.OBSERVATION
            yield Checked(part, 0, "", f"the rest cannot be read: {error}")


def _file(database: Database) -> Checked:
    name = str(database.path)
    try:
        faults = [str(row[0]) for row in database.rows("PRAGMA integrity_check(10)")]
        faults = [] if faults == ["ok"] else faults
        for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
            faults.append(f"row {row} of {table} points to a row of {parent} that is not there")
    except StoreError as error:
        faults = [str(error)]
    return Checked(Part.FILE, 1, name, "; ".join(faults[:10]) or None)


def _pages(database: Database) -> Iterator[Checked]:
    """The bodies chain by chain, so that each is unpacked once."""
    bodies = Bodies(database.row)
    last = 0
    while roots := database.rows(
        "SELECT id FROM bodies WHERE base IS NULL AND id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE)
    ):
        for (root,) in roots:
            last = root
            waiting = [root]
            while waiting:
                number = waiting.pop()
                yield _page(database, bodies, number)
                waiting += [
                    row[0]
                    for row in database.rows(
                        "SELECT id FROM bodies WHERE base = ? ORDER BY id DESC", (number,)
                    )
                ]


def _page(database: Database, bodies: Bodies, number: int) -> Checked:
    (digest,) = database.row("SELECT digest FROM bodies WHERE id = ?", (number,))
    try:
        bodies.get(number)
    except DamagedBodyError as error:
        return Checked(Part.PAGE, number, digest.hex(), str(error))
    return Checked(Part.PAGE, number, digest.hex())


def _observations(database: Database) -> Iterator[Checked]:
    """The seals from the first on. After a broken one the next is asked for what it says itself."""
    before, last = b"", 0
    while rows := database.rows(
        "SELECT captures.id, captured_at, outcome, described, digest, seal "
        "FROM captures LEFT JOIN bodies ON bodies.id = captures.body "
        "WHERE captures.id > ? ORDER BY captures.id LIMIT ?",
        (last, _AT_ONCE),
    ):
        for number, captured_at, outcome, described, digest, sealed in rows:
            fault = None
            if number != last + 1:
                fault = f"the observations from {last + 1} up to this one are missing"
            elif seal(before, Row(captured_at, outcome, described, digest)) != sealed:
                fault = "it, or the observation before it, is not what was stored: the seal is broken"
            yield Checked(Part.OBSERVATION, number, sealed.hex(), fault)
            before, last = sealed, number
