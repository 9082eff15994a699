"""What a store changes of what it holds: addresses are joined and parted, captures are forgotten.

Addresses that differ in what publishers vary for one article share a key from the start
(`revtrack.urls`). Beyond that pages may name an address themselves (`rel=canonical`). Whoever may put a
page on a site could so throw it together with another's article: two articles are one only where the
pages of both name the same address, on one host, in every version that names any; a section that both
lie below is none. What was joined wrongly is parted again by `Store.part`, and stays apart.

Captures are forgotten because somebody may ask for it. A tombstone keeps the number and the seal of the
observation that it replaces, so that later seals still hold, and says who asked, when and why. What the
observation said is gone, its page too unless another observation has the same one: free space in the
file is written over with zeros.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

import attrs

from revtrack.errors import StoreError, StoreFault
from revtrack.history import History
from revtrack.records import Forgotten
from revtrack.store.bodies import Bodies
from revtrack.store.database import STATED, TOMBSTONES, Database
from revtrack.store.observations import key_of, moment_of, time_of
from revtrack.store.schema import unlocked
from revtrack.store.sealing import digest_of, sound
from revtrack.urls import Reason

__all__ = ["Request", "forget", "forgotten", "join", "part", "state", "uncomputed"]


KEPT_APART = "kept apart"
"""The reason of an address that was taken out of the article it was joined to."""


def state(connection: sqlite3.Connection, article: int, history: History) -> None:
    """Keep the address that the pages of *article* name, in the transaction of *connection*."""
    stated = {
        key_of(version.captures[0].url or "", canonical=version.article.canonical_url)
        for version in history.versions
        if version.article.canonical_url is not None
    }
    key = stated.pop() if len(stated) == 1 else ""
    connection.execute("DELETE FROM stated WHERE article = ?", (article,))
    STATED.insert(connection, article, key)


def uncomputed(database: Database, article: int) -> int | None:
    """Another article, of which there is no history yet, whose address the pages of *article* name.

    What its own pages name is not known before: its history is to be computed first.
    """
    found = database.row(
        "SELECT addresses.article FROM stated JOIN addresses ON addresses.key = stated.key "
        "WHERE stated.article = ? AND addresses.article <> stated.article "
        "AND NOT EXISTS (SELECT 1 FROM stated AS its WHERE its.article = addresses.article)",
        (article,),
    )
    return None if found is None else int(found[0])


def join(database: Database, article: int) -> bool:
    """Make one article of *article* and those whose pages name the same address.

    Whether there was one: then their history is to be computed again.
    """
    if database.read_only:
        return False
    others = database.rows(
        "SELECT its.article, its.key, its.digest "
        "FROM stated JOIN stated AS its ON its.key = stated.key "
        "WHERE stated.article = ? AND stated.key <> '' AND its.article <> stated.article "
        "AND NOT EXISTS (SELECT 1 FROM addresses WHERE reason = ? "
        "AND addresses.article IN (stated.article, its.article))",
        (article, KEPT_APART),
    )
    joined = False
    for other, key, digest in others:
        if digest == digest_of(other, key) and not _is_section(database, key, article, other):
            with suppress(StoreError), database.writing() as connection:
                _merge(connection, article, other)
                joined = True
    return joined


def _is_section(database: Database, key: str, *articles: int) -> bool:
    """Whether all addresses of both articles are below the one named, as a section is."""
    found = database.rows("SELECT key FROM addresses WHERE article IN (?, ?)", articles)
    return all(one.startswith(key.rstrip("/") + "/") for (one,) in found)


def part(database: Database, url: str) -> None:
    """Make the address *url* an article of its own again, and keep it apart from now on.

    Raises `StoreError` where the store has no such address, or it shares its article with no other.
    """
    key = key_of(url)
    with database.writing() as connection:
        found = connection.execute(
            "SELECT article, (SELECT count(*) FROM addresses AS its WHERE its.article = one.article) "
            "FROM addresses AS one WHERE key = ?",
            (key,),
        ).fetchone()
        if found is None or found[1] < 2:
            raise database.failure(
                StoreFault.MISSING,
                f"{url} was joined to no other address in the store {database.path}: there is nothing "
                "to part",
            )
        own = connection.execute("INSERT INTO articles DEFAULT VALUES").lastrowid
        connection.execute(
            "UPDATE addresses SET article = :own, reason = :reason, "
            "digest = row_digest(key, :own, :reason) WHERE key = :key",
            {"own": own, "reason": KEPT_APART, "key": key},
        )
        recount(connection, int(found[0]))
        recount(connection, int(own or 0))


def _merge(connection: sqlite3.Connection, article: int, other: int) -> None:
    connection.execute(
        "UPDATE addresses SET article = :article, reason = :reason, "
        "digest = row_digest(key, :article, :reason) WHERE article = :other",
        {"article": article, "reason": Reason.REL_CANONICAL.value, "other": other},
    )
    connection.execute(
        "UPDATE technical SET article = :article, "
        "digest = row_digest(:article, after, until, old_rules, new_rules, appeared) "
        "WHERE article = :other",
        {"article": article, "other": other},
    )
    for one in (article, other):
        recount(connection, one)


def recount(connection: sqlite3.Connection, article: int) -> None:
    """Count the observations of an article whose addresses are others now; drop their histories."""
    connection.execute("DELETE FROM histories WHERE article = ?", (article,))
    connection.execute("DELETE FROM stated WHERE article = ?", (article,))
    (count,) = connection.execute(
        "SELECT count(*) FROM captures JOIN addresses ON addresses.id = captures.address "
        "WHERE addresses.article = ?",
        (article,),
    ).fetchone()
    connection.execute(
        "UPDATE articles SET observations = :count, digest = row_digest(id, :count) "
        "WHERE id = :article",
        {"count": count, "article": article},
    )


# ---------------------------------------------------------------------- captures that are forgotten


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
    recount(connection, article)
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
        key=key,
        captured_at=time_of(captured_at),
        digest=digest.hex() or None,
        asked_by=asked_by,
        reason=reason,
        forgotten_at=time_of(forgotten_at),
    )
