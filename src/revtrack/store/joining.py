"""Joining: one article under several addresses, because the pages of both say so, with the reason kept.

Addresses that differ in what publishers vary for one article share a key from the start
(`revtrack.urls`). Beyond that pages may name an address themselves (`rel=canonical`). Whoever may put a
page on a site could so throw it together with another's article: two articles are one only where the
pages of both name the same address, on one host, in every version that names any. What was joined
wrongly is parted again by `Store.part`, and stays apart.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from revtrack.errors import StoreError, StoreFault
from revtrack.history import History
from revtrack.store.database import Database
from revtrack.store.digested import STATED
from revtrack.store.observations import key_of
from revtrack.store.sealing import digest_of
from revtrack.urls import Reason

__all__ = ["KEPT_APART", "join", "part", "state", "told_anew", "untold"]

KEPT_APART = "kept apart"
"""The reason of an address that was taken out of the article it was joined to."""


def state(connection: sqlite3.Connection, article: int, told: History) -> None:
    """Keep the address that the pages of *article* name, in the transaction of *connection*."""
    stated = {
        key_of(version.captures[0].url or "", canonical=version.article.canonical_url)
        for version in told.versions
        if version.article.canonical_url is not None
    }
    key = stated.pop() if len(stated) == 1 else ""
    connection.execute("DELETE FROM stated WHERE article = ?", (article,))
    STATED.insert(connection, article, key)


def untold(database: Database, article: int) -> int | None:
    """Another article, of which no history was told yet, whose address the pages of *article* name.

    What its own pages name is not known before: its history is to be told first.
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

    Whether there was one: then their history is to be told again.
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
        if digest == digest_of(other, key):
            with suppress(StoreError), database.writing() as connection:
                _merge(connection, article, other)
                joined = True
    return joined


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
        told_anew(connection, int(found[0]))
        told_anew(connection, int(own or 0))


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
        told_anew(connection, one)


def told_anew(connection: sqlite3.Connection, article: int) -> None:
    """Count the observations of an article whose addresses are others now; let go of what was told."""
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
