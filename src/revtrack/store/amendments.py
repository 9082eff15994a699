"""Changes to stored data: addresses are joined and separated, captures are deleted.

Addresses that differ in what publishers vary for one article share a key from the start
(`revtrack.urls`). In addition pages may name an address themselves (`rel=canonical`). Anyone who may
publish on a site could so join a page to another's article: two articles are joined only where the
pages of both name the same address, on one host, in every version that names any; a section above
both does not count. Wrongly joined addresses are separated by `Store.part`, and stay separate.

Captures are deleted on request. A tombstone keeps the number and the seal of the observation that it
replaces, so that later seals remain valid, and records who asked, when and why. The content of the
observation is deleted, and its page too unless another observation has the same one: free space in the
file is overwritten with zeros.
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
from revtrack.store.sealing import checked_rows, digest_of
from revtrack.urls import Reason

__all__ = ["Request", "article_to_compute", "forget", "forgotten", "join", "part", "store_stated_key"]


SEPARATED = "kept apart"
"""The reason of an address that was separated from the article it was joined to."""


def store_stated_key(connection: sqlite3.Connection, article: int, history: History) -> None:
    """Store the address that the pages of *article* name, in the transaction of *connection*."""
    stated = {
        key_of(version.captures[0].url or "", canonical=version.article.canonical_url)
        for version in history.versions
        if version.article.canonical_url is not None
    }
    key = stated.pop() if len(stated) == 1 else ""
    connection.execute("DELETE FROM stated WHERE article = ?", (article,))
    STATED.insert(connection, article, key)


def article_to_compute(database: Database, article: int) -> int | None:
    """Another article without a history whose address the pages of *article* name.

    Which address its own pages name is not yet known: its history must be computed first.
    """
    found = database.row(
        "SELECT addresses.article FROM stated JOIN addresses ON addresses.key = stated.key "
        "WHERE stated.article = ? AND addresses.article <> stated.article "
        "AND NOT EXISTS (SELECT 1 FROM stated AS its WHERE its.article = addresses.article)",
        (article,),
    )
    return None if found is None else int(found[0])


def join(database: Database, article: int) -> bool:
    """Join *article* and those articles whose pages name the same address.

    Returns whether there were any: then their history must be computed again.
    """
    if database.read_only:
        return False
    others = database.rows(
        "SELECT its.article, its.key, its.digest "
        "FROM stated JOIN stated AS its ON its.key = stated.key "
        "WHERE stated.article = ? AND stated.key <> '' AND its.article <> stated.article "
        "AND NOT EXISTS (SELECT 1 FROM addresses WHERE reason = ? "
        "AND addresses.article IN (stated.article, its.article))",
        (article, SEPARATED),
    )
    joined = False
    for other, key, digest in others:
        if digest == digest_of(other, key) and not _is_section(database, key, article, other):
            with suppress(StoreError), database.writing() as connection:
                _merge(connection, article, other)
                joined = True
    return joined


def _is_section(database: Database, key: str, *articles: int) -> bool:
    """Whether the key is a section: all addresses of both articles are below it."""
    found = database.rows("SELECT key FROM addresses WHERE article IN (?, ?)", articles)
    return all(one.startswith(key.rstrip("/") + "/") for (one,) in found)


def part(database: Database, url: str) -> None:
    """Make the address *url* an article of its own again, permanently.

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
            {"own": own, "reason": SEPARATED, "key": key},
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
    """Count the observations of an article whose addresses changed; drop its history."""
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
    """Who requested the deletion of captures, why and when, and whether digests may be kept."""

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

    *unfollow* is an address that is no longer followed.
    """
    database.row("PRAGMA secure_delete = ON")
    with (
        database.writing() as connection,
        unlocked(connection, "captures_remain", "bodies_remain", "bodies_stay"),
    ):
        for number in found:
            _delete(connection, bodies, number, request)
        if unfollow is not None:
            _unfollow(connection, key_of(unfollow))
    bodies.forget()
    database.row("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has the deleted content


def _delete(connection: sqlite3.Connection, bodies: Bodies, number: int, request: Request) -> None:
    row = connection.execute(
        "SELECT seal, key, captured_at, bodies.digest, captures.body, address, article FROM captures "
        "JOIN addresses ON addresses.id = captures.address "
        "LEFT JOIN bodies ON bodies.id = captures.body WHERE captures.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return
    sealed, key, captured_at, digest, body, address, article = row
    stored_digest = digest if digest is not None and request.keep_digest else b""
    request_fields = (request.asked_by, request.reason, moment_of(request.at))
    TOMBSTONES.insert(connection, number, sealed, key, captured_at, stored_digest, *request_fields)
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
    query = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"  # noqa: S608 - names of our own
    return connection.execute(query, (number,)).fetchone() is None


def _unfollow(connection: sqlite3.Connection, key: str) -> None:
    followed = connection.execute("SELECT DISTINCT url FROM followed").fetchall()
    for (url,) in followed:
        if key_of(url) == key:
            connection.execute("DELETE FROM followed WHERE url = ?", (url,))


def forgotten(database: Database) -> tuple[Forgotten, ...]:
    """The tombstones, in the order of storing. Raises `StoreError` where one is damaged."""
    rows = TOMBSTONES.read(database, "ORDER BY number")
    with checked_rows(database.path):
        return tuple([_forgotten(*row) for row in rows])


def _forgotten(number: int, _: bytes, key: str, captured_at: int, *fields: Any) -> Forgotten:
    digest, asked_by, reason, forgotten_at = fields
    return Forgotten(
        number=number,
        key=key,
        captured_at=time_of(captured_at),
        digest=digest.hex() or None,
        asked_by=asked_by,
        reason=reason,
        forgotten_at=time_of(forgotten_at),
    )
