"""Joining: one article under several addresses, because its pages say so, with the reason kept.

Addresses that differ in what publishers vary for one article share a key from the start
(`revtrack.urls`). Beyond that a page may name its address itself (`rel=canonical`). It is believed
where every version that names one names the same: one odd page does not throw two articles together.
"""

from __future__ import annotations

from contextlib import suppress

from revtrack.errors import StoreError
from revtrack.history import History
from revtrack.store.database import Database
from revtrack.store.writing import key_of
from revtrack.urls import Reason

__all__ = ["join"]


def join(database: Database, article: int, told: History) -> bool:
    """Let the address that the pages of *article* name belong to it.

    Whether it was the address of another article of the store: then both are one now, and their
    history is to be told again.
    """
    if database.read_only:
        return False
    stated = {
        key_of(version.captures[0].url or "", canonical=version.article.canonical_url)
        for version in told.versions
        if version.article.canonical_url is not None
    }
    if len(stated) != 1:
        return False
    (key,) = stated
    known = database.row("SELECT article FROM addresses WHERE key = ?", (key,))
    if known is not None and known[0] == article:
        return False
    with suppress(StoreError), database.writing() as connection:
        known = connection.execute("SELECT article FROM addresses WHERE key = ?", (key,)).fetchone()
        if known is None:
            connection.execute(
                "INSERT INTO addresses (key, article, reason) VALUES (?, ?, ?)",
                (key, article, Reason.REL_CANONICAL.value),
            )
            return False
        connection.execute(
            "UPDATE addresses SET article = ?, reason = ? WHERE article = ?",
            (article, Reason.REL_CANONICAL.value, known[0]),
        )
        connection.execute("DELETE FROM histories WHERE article IN (?, ?)", (article, known[0]))
        connection.execute("UPDATE technical SET article = ? WHERE article = ?", (article, known[0]))
        return bool(known[0] != article)
    return False
