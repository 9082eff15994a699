"""Verifying: every row of every table against its digest or seal, and the file as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from revtrack.errors import StoreError, StoreFault
from revtrack.records import Checked, Part
from revtrack.store import histories
from revtrack.store.bodies import Bodies, DamagedBodyError
from revtrack.store.database import (
    ADDRESSES,
    ARTICLES,
    FOLLOWED,
    STATED,
    TECHNICAL,
    TOMBSTONES,
    Database,
    Table,
)
from revtrack.store.observations import key_of, observation_of
from revtrack.store.sealing import Row, seal

__all__ = ["verify"]


def verify(database: Database) -> Iterator[Checked]:
    """Read the whole store; one row for each part. A part that cannot be read is a row too."""
    yield _file(database)
    for part, check in _CHECKS:
        try:
            yield from check(database)
        except StoreError as error:
            if error.fault is not StoreFault.DAMAGED:
                raise
            yield Checked(part, 0, "", f"the rest cannot be read: {error}")
        except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
            yield Checked(part, 0, "", f"the rest cannot be read: it has another type ({error})")


def _file(database: Database) -> Checked:
    name = str(database.path)
    try:
        faults = [str(row[0]) for row in database.rows("PRAGMA integrity_check(10)")]
        faults = [] if faults == ["ok"] else faults
        for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
            faults.append(f"row {row} of {table} points to a row of {parent} that does not exist")
    except StoreError as error:
        faults = [str(error)]
    return Checked(Part.FILE, 1, name, "; ".join(faults[:10]) or None)


def _pages(database: Database) -> Iterator[Checked]:
    """The bodies chain by chain, so that each is unpacked once; then those outside all chains."""
    bodies = Bodies(database.row)
    read: set[int] = set()
    roots = "SELECT id FROM bodies WHERE base IS NULL AND id > :last ORDER BY id"
    links = "SELECT id FROM bodies WHERE base = :number AND id > :last ORDER BY id"
    for (root,) in database.in_order(roots):
        pending = [root]
        while pending:
            number = pending.pop()
            if number not in read:
                read.add(number)
                yield _page(database, bodies, number)
                pending += [row[0] for row in database.in_order(links, number=number)]
    for (number,) in database.in_order(
        "SELECT id FROM bodies NOT INDEXED WHERE id > :last ORDER BY id"
    ):
        if number not in read:
            yield _page(database, bodies, number)


def _page(database: Database, bodies: Bodies, number: int) -> Checked:
    (digest,) = database.row("SELECT digest FROM bodies WHERE id = ?", (number,))
    try:
        bodies.get(number)
    except DamagedBodyError as error:
        return Checked(Part.PAGE, number, digest.hex(), str(error))
    return Checked(Part.PAGE, number, digest.hex())


def _rows(part: Part, table: Table, database: Database, *, name: int = 0) -> Iterator[Checked]:
    """The rows of a *table*, each named by its column *name*."""
    for number, row, fits in table.check(database):
        fault = None if fits else f"its row of {table.name} is not what was stored"
        yield Checked(part, number, str(row[name]), fault)


def _articles(database: Database) -> Iterator[Checked]:
    """The other rows of articles: only those that are damaged."""
    for table in (ARTICLES, STATED):
        yield from [one for one in _rows(Part.ADDRESS, table, database) if one.fault]


def _observations(database: Database) -> Iterator[Checked]:
    """The seals from the first on. After a broken one, the next is checked against the stored seal."""
    previous, last = b"", 0
    tombstones = dict(database.rows("SELECT number, seal FROM tombstones"))
    for number, *fields, sealed, key in database.in_order(
        "SELECT captures.id, captured_at, outcome, described, bodies.digest, seal, addresses.key "
        "FROM captures LEFT JOIN bodies ON bodies.id = captures.body "
        "LEFT JOIN addresses ON addresses.id = captures.address "
        "WHERE captures.id > :last ORDER BY captures.id"
    ):
        while last + 1 in tombstones:
            last += 1
            previous = tombstones[last]
        row = Row(*fields)
        fault = None
        if number != last + 1:
            fault = f"the observations from {last + 1} up to this one are missing"
        elif seal(previous, row) != sealed:
            fault = "it, or the observation before it, is not what was stored: the seal is broken"
        else:
            url = observation_of(0, row.outcome, row.described, None).capture.url or ""
            own = key_of(url)
            fault = None if own == key else f"it is stored under another address than its own, {own}"
        yield Checked(Part.OBSERVATION, number, sealed.hex(), fault)
        previous, last = sealed, number


_CHECKS: tuple[tuple[Part, Callable[[Database], Iterator[Checked]]], ...] = (
    (Part.PAGE, _pages),
    (Part.ADDRESS, partial(_rows, Part.ADDRESS, ADDRESSES)),
    (Part.ADDRESS, _articles),
    (Part.HISTORY, lambda found: (Checked(Part.HISTORY, *one) for one in histories.faults(found))),
    (Part.TOMBSTONE, partial(_rows, Part.TOMBSTONE, TOMBSTONES, name=2)),
    (Part.MARK, partial(_rows, Part.MARK, TECHNICAL)),
    (Part.FOLLOWED, partial(_rows, Part.FOLLOWED, FOLLOWED)),
    (Part.OBSERVATION, _observations),
)
"""The checks of a store, in order; observations last, so that the last row is the last seal."""
