"""Forgetting: captures are taken out because somebody may ask for it, and a tombstone says so.

A tombstone keeps the number and the seal of the observation that it replaces, so that later seals still
hold, and says who asked, when and why. What the observation said is gone, its page too unless another
observation has the same one: free space in the file is written over with zeros.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from revtrack.records import Forgotten
from revtrack.store.bodies import Bodies
from revtrack.store.database import Database
from revtrack.store.digested import TOMBSTONES
from revtrack.store.joining import told_anew
from revtrack.store.observations import key_of, moment_of, time_of
from revtrack.store.schema import unlocked
from revtrack.store.sealing import sound

__all__ = ["Request", "forget", "forgotten"]


@attrs.frozen
class Request:
    """Who asked for captures to be forgotten, why and when, and whether digests may be kept."""

    asked_by: str
    reason: str
    at: datetime
    keep_digest: bool


def forget(
    database: Database,
    bodies: Bodies,
    found: Iterable[int],
    request: Request,
    *,
    unfollow: str | None,
) -> None:
    """Replace the observations with the numbers *found* by tombstones, all or none.

    With *unfollow*, an address, it is followed no longer.
    """
    database.row("PRAGMA secure_delete = ON")
    with (
        database.writing() as connection,
        unlocked(connection, "captures_remain", "bodies_remain", "bodies_stay"),
    ):
        for number in found:
            _bury(connection, bodies, number, request)
        if unfollow is not None:
            _unfollow(connection, key_of(unfollow))
    bodies.forget()
    database.row("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds what was there before


def _bury(connection: sqlite3.Connection, bodies: Bodies, number: int, request: Request) -> None:
    row = connection.execute(
        "SELECT seal, key, captured_at, bodies.digest, captures.body, address, article FROM captures "
        "JOIN addresses ON addresses.id = captures.address "
        "LEFT JOIN bodies ON bodies.id = captures.body WHERE captures.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return
    sealed, key, captured_at, digest, body, address, article = row
    kept = digest if digest is not None and request.keep_digest else b""
    asked = (request.asked_by, request.reason, moment_of(request.at))
    TOMBSTONES.insert(connection, number, sealed, key, captured_at, kept, *asked)
    connection.execute("DELETE FROM captures WHERE id = ?", (number,))
    if body is not None and _is_unused(connection, "captures", "body", body):
        bodies.drop(connection, body)
    told_anew(connection, article)
    if _is_unused(connection, "captures", "address", address):
        connection.execute("DELETE FROM addresses WHERE id = ?", (address,))
    if _is_unused(connection, "addresses", "article", article):
        connection.execute("DELETE FROM technical WHERE article = ?", (article,))
        connection.execute("DELETE FROM articles WHERE id = ?", (article,))


def _is_unused(connection: sqlite3.Connection, table: str, column: str, number: int) -> bool:
    question = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"  # noqa: S608 - names of our own
    return connection.execute(question, (number,)).fetchone() is None


def _unfollow(connection: sqlite3.Connection, key: str) -> None:
    followed = connection.execute("SELECT DISTINCT url FROM followed").fetchall()
    for (url,) in followed:
        if key_of(url) == key:
            connection.execute("DELETE FROM followed WHERE url = ?", (url,))


def forgotten(database: Database) -> tuple[Forgotten, ...]:
    """The tombstones, in the order of storing. Raises `StoreError` where one is damaged."""
    rows = TOMBSTONES.read(database, "ORDER BY number")
    with sound(database.path):
        return tuple([_forgotten(*row) for row in rows])


def _forgotten(number: int, _: bytes, key: str, captured_at: int, *said: Any) -> Forgotten:
    digest, asked_by, reason, forgotten_at = said
    return Forgotten(
        number=number,
        address=key,
        captured_at=time_of(captured_at),
        digest=digest.hex() or None,
        asked_by=asked_by,
        reason=reason,
        forgotten_at=time_of(forgotten_at),
    )
