"""Listing: the contents of a store, without its pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from revtrack.model import Capture, ScreenReason
from revtrack.records import Counts, KeptAddress, KeptArticle, Observation, Outcome
from revtrack.store.database import ADDRESSES, ARTICLES, Database
from revtrack.store.observations import key_of, moment_of, observation_of, time_of
from revtrack.store.sealing import Row, check_seal, checked_rows, damaged

__all__ = [
    "Stored",
    "article_of",
    "articles",
    "counts",
    "has",
    "is_forgotten",
    "observations",
    "observations_of",
    "stored",
    "stored_at",
]

_LISTED = """
SELECT captures.id, captures.captured_at, captures.outcome, captures.described, captures.seal,
    ifnull(prior.seal, tombstones.seal), addresses.key, addresses.article, bodies.size, captures.body,
    bodies.digest
FROM captures LEFT JOIN captures AS prior ON prior.id = captures.id - 1
    LEFT JOIN tombstones ON tombstones.number = captures.id - 1
    LEFT JOIN bodies ON bodies.id = captures.body
    LEFT JOIN addresses ON addresses.id = captures.address
"""
_OF_ARTICLE = """
WHERE captures.address IN (SELECT id FROM addresses WHERE article = ?)
"""
_AT = """
WHERE captures.address = (SELECT id FROM addresses WHERE key = ?) AND captures.captured_at = ?
"""
_NO_CAPTURE = f'"{ScreenReason.NO_CAPTURE.value}"'
_IN_ORDER = " ORDER BY captures.captured_at, captures.id"


@attrs.frozen
class Stored:
    """A row as stored: its observation, the number of its page, and whether it matches the digest."""

    observation: Observation
    article: int
    captured_at: int
    described: str
    body: int | None
    fits: bool


def observations(database: Database, url: str | None) -> list[Observation]:
    """All observations of the article at *url* (of all, when None), in time order."""
    with database.reading():
        if url is None:
            rows = sorted(
                _all_rows(database), key=lambda row: (row.captured_at, row.observation.number)
            )
            if len(rows) != sum([number for _, number in ARTICLES.read(database)]):
                raise damaged(database.path, f"{len(rows)} observations are found, not all")
            return [row.observation for row in rows]
        article = article_of(database, url)
        return [] if article is None else observations_of(database, article)


def observations_of(database: Database, article: int) -> list[Observation]:
    """All observations of the article with this number, in time order."""
    with database.reading():
        # a damaged index refers to rows of another article
        rows = _rows(database, _OF_ARTICLE + _IN_ORDER, (article,))
        found = [row.observation for row in rows if row.article == article]
        _check_complete(database, article, len(found))
        return found


def _check_complete(database: Database, article: int, found: int) -> None:
    """Raise `StoreError` where an article does not have the number of observations *found*."""
    if ARTICLES.read(database, "WHERE id = ?", article) != [(article, found)]:
        raise damaged(database.path, f"{found} observations of article {article} are found, not all")


def stored(database: Database, number: int) -> Stored | None:
    """The row of the observation with this *number*, None where there is none."""
    return next(iter(_rows(database, "WHERE captures.id = ?", (number,))), None)


def stored_at(database: Database, capture: Capture) -> list[Stored]:
    """The rows of the address and time of *capture*, those with a page first."""
    if not capture.url or capture.captured_at is None:
        return []
    key, moment = key_of(capture.url), moment_of(capture.captured_at)
    rows = _rows(database, _AT + " ORDER BY captures.body IS NULL, captures.id", (key, moment))
    with checked_rows(database.path):  # a damaged index refers to other rows
        for row in rows:
            if row.captured_at != moment or key_of(row.observation.capture.url or "") != key:
                raise ValueError(f"observation {row.observation.number} is found under another address")
    return rows


def has(database: Database, capture: Capture) -> bool:
    """Whether a page is stored for *capture* of a source's list, or that its archive has none.

    A deleted one counts, so that it is not fetched again.
    """
    return is_forgotten(database, capture) or any(
        (row.body is not None or _NO_CAPTURE in row.described)
        and _is_same_capture(capture, row.observation.capture)
        for row in stored_at(database, capture)
    )


def is_forgotten(database: Database, capture: Capture) -> bool:
    """Whether the capture of this address and time was deleted from the store."""
    if not capture.url or capture.captured_at is None:
        return False
    values = (key_of(capture.url), moment_of(capture.captured_at))
    query = "SELECT 1 FROM tombstones WHERE key = ? AND captured_at = ?"
    return database.row(query, values) is not None


def articles(database: Database) -> tuple[KeptArticle, ...]:
    """The articles, in the order in which they were first stored."""
    with database.reading():
        names: dict[int, list[KeptAddress]] = {}
        for key, article, reason in ADDRESSES.read(database, "ORDER BY id"):
            names.setdefault(article, []).append(KeptAddress(key, reason))
        kept: dict[int, KeptArticle] = {}
        for row in _all_rows(database):
            kept[row.article] = _updated(kept.get(row.article), row, tuple(names[row.article]))
        for article in kept.keys() | names.keys():
            _check_complete(database, article, kept[article].observations if article in kept else 0)
    return tuple([kept[article] for article in sorted(kept)])


def _all_rows(database: Database) -> Iterator[Stored]:
    """Every row in the order of storing, some at a time, without an index: that may be damaged."""
    for row in database.in_order(f"{_LISTED} WHERE captures.id > :last ORDER BY captures.id"):
        with checked_rows(database.path):
            read = _read(row)
        yield read


def _updated(known: KeptArticle | None, row: Stored, addresses: tuple[KeptAddress, ...]) -> KeptArticle:
    """*known* about an article, updated by one more observation."""
    moment = time_of(row.captured_at)
    url = row.observation.capture.url or ""
    if known is None:
        return KeptArticle(url, addresses, 1, moment, moment)
    return KeptArticle(
        url=url if moment >= known.last_seen else known.url,
        addresses=addresses,
        observations=known.observations + 1,
        first_seen=min(known.first_seen, moment),
        last_seen=max(known.last_seen, moment),
    )


def article_of(database: Database, url: str) -> int | None:
    """The number of the article at *url*, None where there is none."""
    key = key_of(url)
    found = ADDRESSES.read(database, "WHERE key = ?", key)
    if not found:
        # the index may be damaged: that would hide an article
        if database.row("SELECT 1 FROM addresses NOT INDEXED WHERE key = ?", (key,)) is not None:
            raise damaged(database.path, f"the index of addresses does not contain {key}")
        return None
    if found[0][0] != key:
        raise damaged(database.path, f"the index of addresses gives {found[0][0]} for {key}")
    return int(found[0][1])


def counts(database: Database) -> Counts:
    """The numbers and sizes of the contents, including the log that is not yet in the file."""
    found = database.row(
        "SELECT (SELECT count(DISTINCT addresses.article) FROM captures "
        "JOIN addresses ON addresses.id = captures.address), (SELECT count(*) FROM captures), "
        "count(*), ifnull(sum(size), 0) FROM bodies"
    )
    log = database.path.with_name(database.path.name + "-wal")
    files = [path.stat().st_size for path in (database.path, log) if path.exists()]
    return Counts(found[0], found[1], found[2], found[3], sum(files))


def _rows(database: Database, where: str, values: Sequence[object]) -> list[Stored]:
    """The rows of observations, each compared with its seal, its address and the digest of its page."""
    rows = database.rows(_LISTED + where, values)
    with checked_rows(database.path):
        return [_read(row) for row in rows]


def _read(found: tuple[Any, ...]) -> Stored:
    number, captured_at, outcome, described, sealed, before, key, article, size, body, digest = found
    read = observation_of(number, outcome, described, size)
    hexadecimal = None if read.outcome is Outcome.FAILED else read.capture.digest
    row = Row(
        captured_at, outcome, described, None if hexadecimal is None else bytes.fromhex(hexadecimal)
    )
    check_seal(number, before, row, sealed)
    if key_of(read.capture.url or "") != key:
        raise ValueError(f"observation {number} is stored under another address")
    fits = digest == row.digest
    return Stored(
        read if fits else attrs.evolve(read, size=None), article, captured_at, described, body, fits
    )


def _is_same_capture(listed: Capture, stored: Capture) -> bool:
    """Whether a stored capture of the same address and time is the one that a source lists.

    Its digest decides; where both have none of the same kind, the location in a common source.
    """
    digests = [(listed.digest, stored.digest), (listed.payload_digest, stored.payload_digest)]
    known = [one == other for one, other in digests if one is not None and other is not None]
    if known or listed.source != stored.source:
        return all(known)
    return _is_same_location(listed.location, stored.location)


def _is_same_location(one: str | None, other: str | None) -> bool:
    """Whether two locations are the same: a file may be given relative to another folder."""
    if one is None or other is None or one == other:
        return one == other
    shorter, longer = sorted([posixpath.normpath(one), posixpath.normpath(other)], key=len)
    return longer.startswith("/") and longer.endswith("/" + shorter.removeprefix("../"))
