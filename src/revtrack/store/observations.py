"""Observations: the result of one request for an address, written into a row and read back.

Observations with the same address, time, outcome and page are equal, and are written once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import attrs

from revtrack import codec, urls
from revtrack.http import NOT_MODIFIED
from revtrack.model import Capture, Screened, Snapshot
from revtrack.records import Observation, Outcome
from revtrack.store.bodies import Bodies
from revtrack.store.database import ADDRESSES
from revtrack.store.sealing import Row, seal

__all__ = [
    "FIRST_SEEN",
    "captures_of",
    "failure_of",
    "key_of",
    "moment_of",
    "observation_of",
    "row_of",
    "snapshot_of",
    "time_of",
    "write",
]

FIRST_SEEN = "first seen"
"""The reason of the address under which an article was seen first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment_of(moment: datetime) -> int:
    """*moment* in whole microseconds since 1970, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def time_of(microseconds: int) -> datetime:
    """The moment, in UTC, of a number from `moment_of`."""
    return _EPOCH + microseconds * _MICROSECOND


def row_of(observed: Snapshot | Screened) -> Row:
    """The row to write for *observed*.

    Raises `ValueError` for a capture without address or time: it could never be found again.
    """
    capture = observed.capture
    moment = capture.captured_at
    if not capture.url or moment is None:
        raise ValueError(f"a capture to store needs an address and a time, got {capture}")
    if isinstance(observed, Snapshot):
        outcome = Outcome.UNCHANGED if observed.status == NOT_MODIFIED else Outcome.PAGE
        digest = hashlib.sha256(observed.body).digest()
        capture = attrs.evolve(capture, digest=digest.hex())
        described = codec.to_dict(attrs.evolve(observed, capture=capture, body=b""))
        del described["value"]["body"]
    else:
        outcome, digest = Outcome.FAILED, None
        described = codec.to_dict(observed)
    return Row(
        captured_at=moment_of(moment),
        outcome=outcome.value,
        described=json.dumps(described, separators=(",", ":"), sort_keys=True),
        digest=digest,
    )


def snapshot_of(described: str, body: bytes) -> Snapshot:
    """The snapshot of a row and its page."""
    document = _parsed(described)
    document["value"]["body"] = ""
    return attrs.evolve(codec.from_dict(document, Snapshot), body=body)


def observation_of(number: int, outcome: str, described: str, size: int | None) -> Observation:
    """The observation in a row."""
    value = _parsed(described)["value"]
    return Observation(
        number=number,
        capture=_capture(value["capture"]),
        outcome=Outcome(outcome),
        status=value.get("status"),
        size=size,
        detail=value.get("detail"),
    )


def failure_of(described: str) -> Screened:
    """The failed observation in a row."""
    return codec.from_dict(_parsed(described), Screened)


def captures_of(observations: Iterable[Observation]) -> list[Capture]:
    """The captures that a history is made from: all but failures that succeeded later."""
    rows = list(observations)
    succeeded = {_place(row.capture) for row in rows if row.outcome is not Outcome.FAILED}
    return [
        row.capture
        for row in rows
        if row.outcome is not Outcome.FAILED or _place(row.capture) not in succeeded
    ]


def _place(capture: Capture) -> tuple[str | None, datetime | None]:
    return capture.url, capture.captured_at


def _parsed(described: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(described)
    return document


def _capture(value: dict[str, Any]) -> Capture:
    """A capture, decoded without the codec, which takes ten times as long: lists have many of them."""
    moment = value["captured_at"]
    return Capture(**{**value, "captured_at": datetime.fromisoformat(moment)})


key_of = lru_cache(maxsize=4_096)(urls.key_of)  # an article is observed many times


def write(connection: sqlite3.Connection, bodies: Bodies, observed: Snapshot | Screened) -> int:
    """Write one observation in the transaction of *connection*; returns its number.

    An observation that is stored already (same address, time, outcome and page) is not written again:
    the number is that of the first. Raises `ValueError` for one without address or time.
    """
    row = row_of(observed)
    address = _address(connection, observed.capture.url or "")
    body = None
    if isinstance(observed, Snapshot) and row.digest is not None:
        after = _newest_body(connection, address)
        body = bodies.put(connection, observed.body, row.digest, after=after)
    existing = connection.execute(
        "SELECT id FROM captures "
        "WHERE address = ? AND captured_at = ? AND outcome = ? AND ifnull(body, 0) = ?",
        (address, row.captured_at, row.outcome, body or 0),
    ).fetchone()
    if existing is not None:
        return int(existing[0])
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
    fields = (address, row.captured_at, row.outcome, body, row.described)
    connection.execute(
        "INSERT INTO captures (id, address, captured_at, outcome, body, described, seal) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (last + 1, *fields, seal(before, row)),
    )
    return int(last + 1)


def _address(connection: sqlite3.Connection, url: str) -> int:
    key = key_of(url)
    existing = connection.execute(
        "SELECT id, (SELECT key FROM addresses AS own WHERE own.id = addresses.id) FROM addresses "
        "WHERE key = ?",
        (key,),
    ).fetchone()
    if existing is not None:
        if existing[1] != key:
            raise sqlite3.DatabaseError(f"the index of addresses gives {existing[1]} for {key}")
        return int(existing[0])
    article = connection.execute("INSERT INTO articles DEFAULT VALUES").lastrowid
    return ADDRESSES.insert(connection, key, int(article or 0), FIRST_SEEN)


def _newest_body(connection: sqlite3.Connection, address: int) -> int | None:
    found = connection.execute(
        "SELECT body FROM captures WHERE address = ? AND body IS NOT NULL "
        "ORDER BY captured_at DESC LIMIT 1",
        (address,),
    ).fetchone()
    return None if found is None else int(found[0])
