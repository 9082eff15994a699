"""Histories: computed from the captures of a store, stored, continued and recomputed.

Nothing here is a source of truth: every row can be deleted and computed again. A history is stored with
the rules that made it. When the rules changed, the old history is compared with the new one: a revision
that only one of them has was caused by extraction, not by the page, and is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime

import attrs

import revtrack
from revtrack import codec
from revtrack.compare import CompareOptions
from revtrack.errors import AddressError, CodecError, StoreError, StoreFault
from revtrack.extract import BUILT_IN_BODY
from revtrack.history import History
from revtrack.model import Capture, Interval, ScreenReason, Snapshot
from revtrack.records import Observation, Rebuilt, Technical
from revtrack.sources.fetching import fetch_all
from revtrack.store import amendments, listing
from revtrack.store.bodies import pack, unpack
from revtrack.store.database import TECHNICAL, Database
from revtrack.store.listing import article_of
from revtrack.store.observations import captures_of, moment_of, time_of
from revtrack.store.sealing import checked_rows, digest_of
from revtrack.urls.parts import read_parts

__all__ = [
    "Captures",
    "faults",
    "history",
    "is_stored",
    "rebuild",
    "rules",
    "technical",
]

_OF_KEY = "WHERE article = (SELECT article FROM addresses WHERE key = ?) ORDER BY id"

_DEFAULT = CompareOptions()

_HISTORIES = """
SELECT article, rules, observations, newest, size, form, document, digest, (
    SELECT seal FROM captures WHERE captures.id = histories.last
) FROM histories
"""


@attrs.frozen
class _Stored:
    """A stored history, with its rules, the number of its captures, and the time of the newest."""

    rules: str
    observations: int
    newest: int
    history: History


@attrs.frozen
class Captures:
    """The sources of histories: the *database*, and the function that fetches its captures."""

    database: Database
    fetch: Callable[[Capture], Snapshot]

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, of all when None."""
        yield from captures_of(listing.observations(self.database, url))


def rules(options: CompareOptions = _DEFAULT, hosts: Iterable[str] = ()) -> str:
    """The rules of a history: the extractor, revtrack itself and the form of its JSON.

    The site rules for the *hosts* of an article are a part of its extractor.
    """
    extractor, site_rules = options.body.extractor, options.site_rules
    version = extractor.version
    for host in sorted(set(hosts)):
        if site_rules is not None and site_rules.for_host(host):
            version += f"+rules.{site_rules.digest(host)}"
    return f"{extractor.name} {version}, revtrack {revtrack.__version__}, format {codec.FORMAT}"


def is_stored(options: CompareOptions) -> bool:
    """Whether histories made with *options* are stored: those that compare everything."""
    return attrs.evolve(options, body=BUILT_IN_BODY, site_rules=None) == _DEFAULT


def history(captures: Captures, url: str, *, options: CompareOptions) -> History:
    """The history of the article at *url*: the stored one where it is still valid."""
    computed, _, _ = _history(captures, url, options, again=False)
    return computed


def rebuild(captures: Captures, *, options: CompareOptions, everything: bool) -> Iterator[Rebuilt]:
    """Recompute each history that needs it, or *everything*; one row for each article."""
    for article in listing.articles(captures.database):
        computed, marks, made_by = _history(captures, article.url, options, again=everything)
        yield Rebuilt(article.url, len(computed.versions), len(computed.revisions), marks, made_by)


def technical(database: Database, key: str) -> tuple[Technical, ...]:
    """The marks of the article with *key*, in the order in which they were made."""
    rows = TECHNICAL.read(database, _OF_KEY, key)
    with checked_rows(database.path):
        return tuple(
            Technical(Interval(time_of(after), time_of(until)), old, new, bool(appeared))
            for _, after, until, old, new, appeared in rows
        )


def _history(
    captures: Captures, url: str, options: CompareOptions, *, again: bool
) -> tuple[History, tuple[Technical, ...], str]:
    database = captures.database
    article = article_of(database, url)
    if article is None:
        return History(), (), rules(options)
    with database.reading():
        observations = listing.observations(database, url)
        stored = _stored(database, article)
    made_by = rules(options, _hosts(observations))
    if stored is not None and stored.rules == made_by and not again:
        later = [row for row in observations if _microseconds(row.capture.captured_at) > stored.newest]
        if stored.observations + len(later) == len(observations):
            if not later:
                return stored.history, (), made_by
            computed = _computed(captures, later, options, after=stored.history)
            _store(database, article, computed, observations, (), made_by)
            return computed, (), made_by
    computed = _computed(captures, observations, options)
    marks = () if stored is None else _compared(stored, computed, made_by)
    _store(database, article, computed, observations, marks, made_by)
    other = amendments.article_to_compute(database, article)
    if other is not None and not database.read_only:  # the address that its pages name is needed
        rows = listing.observations_of(database, other)
        other_rules = rules(options, _hosts(rows))
        _store(database, other, _computed(captures, rows, options), rows, (), other_rules)
    if amendments.join(database, article):
        return _history(captures, url, options, again=False)
    return computed, marks, made_by


def _computed(
    captures: Captures,
    observations: Iterable[Observation],
    options: CompareOptions,
    *,
    after: History = History(),  # noqa: B008 - it is frozen
) -> History:
    """The history of *observations*, as a continuation of *after*."""
    return after.continued(fetch_all(captures, captures_of(observations)), options=options)


def _hosts(observations: Iterable[Observation]) -> Iterator[str]:
    """The hosts at which an article was observed."""
    for url in {row.capture.url for row in observations}:
        with suppress(AddressError):
            yield read_parts(url or "").host


# ------------------------------------------------------------------------------------ keeping


def _stored(database: Database, article: int) -> _Stored | None:
    row = database.row(f"{_HISTORIES} WHERE article = ?", (article,))
    with suppress(*_DAMAGED):  # it is recomputed
        return None if row is None else _unpacked(row)
    return None


_DAMAGED = (CodecError, ValueError, TypeError)


def _unpacked(row: tuple[int, str, int, int, int, str, bytes, bytes | None, bytes | None]) -> _Stored:
    """A row of histories; raises an exception of `_DAMAGED` where it is damaged."""
    article, made_by, observations, newest, size, form, document, digest, last_seal = row
    unpacked = unpack(form, document, None, size=size)
    if digest != digest_of(article, made_by, observations, newest, last_seal or b"", unpacked):
        raise ValueError("its digest does not match")
    return _Stored(made_by, observations, newest, codec.loads(unpacked, History))


def faults(database: Database) -> Iterator[tuple[int, str, str | None]]:
    """Each stored history: the number of its article, its rules, and its fault."""
    for row in database.rows(f"{_HISTORIES} ORDER BY article"):
        fault = None
        try:
            _unpacked(row)
        except _DAMAGED as error:
            fault = f"it is damaged ({error}); it is recomputed on the next request"
        yield row[0], str(row[1]), fault


def _store(
    database: Database,
    article: int,
    computed: History,
    observations: list[Observation],
    marks: tuple[Technical, ...],
    made_by: str,
) -> None:
    """Store a history, unless captures were missing or nothing can be written."""
    failed = [row.capture for row in computed.screened if row.reason is ScreenReason.FETCH_FAILED]
    if database.read_only or any(one.digest is not None for one in failed):
        return  # an observed failure has no digest
    document = codec.dumps(computed).encode("utf-8", "surrogatepass")
    form, packed = pack(document, None)
    newest = max([_microseconds(row.capture.captured_at) for row in observations], default=0)
    last = max([row.number for row in observations], default=0)
    try:
        with database.writing() as connection:
            last_seal = connection.execute("SELECT seal FROM captures WHERE id = ?", (last,)).fetchone()
            made_from = (article, made_by, len(observations), newest)
            digest = digest_of(*made_from, last_seal[0] if last_seal else b"", document)
            connection.execute(
                "INSERT OR REPLACE INTO histories "
                "(article, rules, observations, newest, size, form, document, last, digest) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*made_from, len(document), form, packed, last, digest),
            )
            amendments.store_stated_key(connection, article, computed)
            for mark in marks:
                span = _microseconds(mark.interval.after), _microseconds(mark.interval.until)
                fields = (article, *span, mark.old_rules, mark.new_rules, int(mark.appeared))
                known = "SELECT 1 FROM technical WHERE digest = ?"
                if connection.execute(known, (digest_of(*fields),)).fetchone() is None:
                    TECHNICAL.insert(connection, *fields)  # two rules in turn give the same mark
    except StoreError as error:
        if error.fault not in (StoreFault.READ_ONLY, StoreFault.FULL, StoreFault.BUSY):
            raise  # a stored history only saves time, so this error is ignored


def _compared(stored: _Stored, computed: History, made_by: str) -> tuple[Technical, ...]:
    """The revisions that only one of two histories has, within the captures that both know."""
    if stored.rules == made_by:
        return ()
    old, new = [
        [row.interval for row in one.revisions if _microseconds(row.interval.until) <= stored.newest]
        for one in (stored.history, computed)
    ]
    return tuple(
        Technical(interval, stored.rules, made_by, appeared=appeared)
        for own, others, appeared in ((old, new, False), (new, old, True))
        for interval in own
        if interval not in others
    )


def _microseconds(moment: datetime | None) -> int:
    """A moment in the store's unit; unknown times are before all others."""
    return moment_of(moment) if moment is not None else 0
