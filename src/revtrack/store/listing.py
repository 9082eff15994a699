"""Listing: what a store holds, without its pages."""

from __future__ import annotations

from revtrack.model import Capture
from revtrack.records import Counts, KeptAddress, KeptArticle, Observation, Outcome
from revtrack.store.database import Database
from revtrack.store.observations import moment_of, observation_of, sound, time_of
from revtrack.store.writing import key_of

__all__ = ["articles", "counts", "holds", "observation", "observations"]

_LISTED = """
SELECT captures.id, captures.outcome, captures.described, bodies.size
FROM captures LEFT JOIN bodies ON bodies.id = captures.body
"""
_OF_ARTICLE = """
WHERE captures.address IN (
    SELECT id FROM addresses WHERE article = (SELECT article FROM addresses WHERE key = ?)
)
"""
_AT = """
WHERE captures.address = (SELECT id FROM addresses WHERE key = ?) AND captures.captured_at = ?
AND (captures.body IS NOT NULL OR captures.described LIKE '%"no capture"%')
"""
_ARTICLES = """
SELECT addresses.article, count(*), min(captures.captured_at), max(captures.captured_at), (
    SELECT newest.described FROM captures AS newest JOIN addresses AS its ON its.id = newest.address
    WHERE its.article = addresses.article ORDER BY newest.captured_at DESC, newest.id DESC LIMIT 1
)
FROM captures JOIN addresses ON addresses.id = captures.address
GROUP BY addresses.article ORDER BY addresses.article
"""
_IN_ORDER = " ORDER BY captures.captured_at, captures.id"


def observations(database: Database, url: str | None) -> list[Observation]:
    """Every look at the article at *url* (at all, when None), in time order."""
    if url is None:
        rows = database.rows(_LISTED + _IN_ORDER)
    else:
        rows = database.rows(_LISTED + _OF_ARTICLE + _IN_ORDER, (key_of(url),))
    with sound(database.path):
        return [observation_of(*row) for row in rows]


def observation(database: Database, number: int) -> Observation:
    """The observation with this *number*."""
    row = database.row(_LISTED + "WHERE captures.id = ?", (number,))
    with sound(database.path):
        return observation_of(*row)


def holds(database: Database, capture: Capture) -> bool:
    """Whether a page is stored for *capture*, as a source lists it, or that its archive has none."""
    if not capture.url or capture.captured_at is None:
        return False
    rows = database.rows(_LISTED + _AT, (key_of(capture.url), moment_of(capture.captured_at)))
    with sound(database.path):
        return any(_may_be(capture, observation_of(*row).capture) for row in rows)


def articles(database: Database) -> tuple[KeptArticle, ...]:
    """The articles, in the order in which they were first stored."""
    with database.reading():
        names: dict[int, list[KeptAddress]] = {}
        for article, key, reason in database.rows(
            "SELECT article, key, reason FROM addresses ORDER BY id"
        ):
            names.setdefault(article, []).append(KeptAddress(key, reason))
        rows = database.rows(_ARTICLES)
    with sound(database.path):
        return tuple([_kept(row, names[row[0]]) for row in rows])


def counts(database: Database) -> Counts:
    """How much there is; the log that is not yet in the file counts with it."""
    found = database.row(
        "SELECT (SELECT count(DISTINCT addresses.article) FROM captures "
        "JOIN addresses ON addresses.id = captures.address), (SELECT count(*) FROM captures), "
        "count(*), ifnull(sum(size), 0) FROM bodies"
    )
    log = database.path.with_name(database.path.name + "-wal")
    files = [path.stat().st_size for path in (database.path, log) if path.exists()]
    return Counts(found[0], found[1], found[2], found[3], sum(files))


def _may_be(listed: Capture, stored: Capture) -> bool:
    """Whether a stored capture of the same address and time is the one that a source lists.

    Its digest decides; where none of a kind is known of both, the place in a source that has both.
    """
    digests = [(listed.digest, stored.digest), (listed.payload_digest, stored.payload_digest)]
    known = [one == other for one, other in digests if one is not None and other is not None]
    if known or listed.source != stored.source:
        return all(known)
    return listed.location == stored.location


def _kept(row: tuple[int, int, int, int, str], addresses: list[KeptAddress]) -> KeptArticle:
    _, observations, first, last, described = row
    newest = observation_of(0, Outcome.PAGE.value, described, None).capture
    return KeptArticle(
        url=newest.url or "",
        addresses=tuple(addresses),
        observations=observations,
        first_seen=time_of(first),
        last_seen=time_of(last),
    )
