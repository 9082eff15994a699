"""Writing observations: one transaction each, or one for many, and what makes a look the same look."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from revtrack import urls
from revtrack.errors import AddressError
from revtrack.model import Snapshot
from revtrack.store.bodies import Bodies
from revtrack.store.observations import row_of
from revtrack.store.sealing import Row, digest_of, seal
from revtrack.versions import Screened

__all__ = ["FIRST_SEEN", "insert_address", "key_of", "write"]

FIRST_SEEN = "first seen"
"""The reason of the address under which an article was seen first."""


@lru_cache(maxsize=4_096)  # an article is looked at again and again under one address
def key_of(url: str, *, canonical: str | None = None) -> str:
    """What all addresses of one article share; an address that is none of the web stands for itself."""
    try:
        return urls.identify(url, canonical=canonical).key
    except AddressError:
        return url.encode("utf-8", "backslashreplace").decode()


def write(connection: sqlite3.Connection, bodies: Bodies, observed: Snapshot | Screened) -> int:
    """Write one observation in the transaction of *connection*; its number.

    An observation that is there already (same address, time, outcome and page) is not written twice:
    the number is that of the first. Raises `ValueError` for one without address or time.
    """
    row = row_of(observed)
    address = _address(connection, observed.capture.url or "")
    body = None
    if isinstance(observed, Snapshot) and row.digest is not None:
        after = _newest_body(connection, address)
        body = bodies.put(connection, observed.body, row.digest, after=after)
    known = connection.execute(
        "SELECT id FROM captures "
        "WHERE address = ? AND captured_at = ? AND outcome = ? AND ifnull(body, 0) = ?",
        (address, row.captured_at, row.outcome, body or 0),
    ).fetchone()
    if known is not None:
        return int(known[0])
    connection.execute(
        "UPDATE articles SET observations = observations + 1, "
        "digest = row_digest(id, observations + 1) "
        "WHERE id = (SELECT article FROM addresses WHERE id = ?)",
        (address,),
    )
    return _insert(connection, row, address, body)


def _insert(connection: sqlite3.Connection, row: Row, address: int, body: int | None) -> int:
    ends = connection.execute(
        "SELECT * FROM (SELECT id, seal FROM captures ORDER BY id DESC LIMIT 1) UNION ALL "
        "SELECT * FROM (SELECT number, seal FROM tombstones ORDER BY number DESC LIMIT 1)"
    )
    last, before = max([(0, b""), *ends])
    sealed = seal(before, row)
    written = connection.execute(
        "INSERT INTO captures (id, address, captured_at, outcome, body, described, seal) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            last + 1,
            address,
            row.captured_at,
            row.outcome,
            body,
            row.described,
            sealed,
        ),
    )
    return int(written.lastrowid or 0)


def _address(connection: sqlite3.Connection, url: str) -> int:
    key = key_of(url)
    known = connection.execute("SELECT id FROM addresses WHERE key = ?", (key,)).fetchone()
    if known is not None:
        return int(known[0])
    article = connection.execute("INSERT INTO articles DEFAULT VALUES").lastrowid
    return insert_address(connection, key, int(article or 0), FIRST_SEEN)


def insert_address(connection: sqlite3.Connection, key: str, article: int, reason: str) -> int:
    """Let the address with *key* belong to *article*; the number of its row."""
    written = connection.execute(
        "INSERT INTO addresses (key, article, reason, digest) VALUES (?, ?, ?, ?)",
        (key, article, reason, digest_of(key, article, reason)),
    )
    return int(written.lastrowid or 0)


def _newest_body(connection: sqlite3.Connection, address: int) -> int | None:
    found = connection.execute(
        "SELECT body FROM captures WHERE address = ? AND body IS NOT NULL "
        "ORDER BY captured_at DESC LIMIT 1",
        (address,),
    ).fetchone()
    return None if found is None else int(found[0])
