"""Histories: computed from the captures of a store, kept, continued and recomputed.

Nothing here is a source of truth: every row can be deleted and computed again. A history is kept with
the rules that made it. When the rules changed, the old history is compared with the new one: a revision
that only one of them has was made by extraction, not by the page, and is marked.
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
from revtrack.store.sealing import digest_of, sound
from revtrack.urls.parts import read_parts

__all__ = [
    "Captures",
    "faults",
    "history",
    "is_kept",
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
class _Kept:
    """A history as it was computed last: by which rules, from how many captures, up to which time."""

    rules: str
    observations: int
    newest: int
    history: History


@attrs.frozen
class Captures:
    """What histories are made from and kept in: a *database*, and how its captures are fetched."""

    database: Database
    fetch: Callable[[Capture], Snapshot]

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, of all when None."""
        yield from captures_of(listing.observations(self.database, url))


def rules(options: CompareOptions = _DEFAULT, hosts: Iterable[str] = ()) -> str:
    """What decides what a history says: the extractor, revtrack itself and the form of its JSON.

    What site rules say for the *hosts* of an article is a part of its extractor.
    """
    made, said = options.body.extractor, options.site_rules
    version = made.version
    for host in sorted(set(hosts)):
        if said is not None and said.for_host(host):
            version += f"+rules.{said.digest(host)}"
    return f"{made.name} {version}, revtrack {revtrack.__version__}, format {codec.FORMAT}"


def is_kept(options: CompareOptions) -> bool:
    """Whether histories made with *options* are kept: those that look at all there is to compare."""
    return attrs.evolve(options, body=BUILT_IN_BODY, site_rules=None) == _DEFAULT


def history(captures: Captures, url: str, *, options: CompareOptions) -> History:
    """The history of the article at *url*: as it was computed before where that still holds."""
    computed, _, _ = _history(captures, url, options, again=False)
    return computed


def rebuild(captures: Captures, *, options: CompareOptions, everything: bool) -> Iterator[Rebuilt]:
    """Compute each history again where it needs it, or *everything*; one row for each article."""
    for article in listing.articles(captures.database):
        computed, marked, made_by = _history(captures, article.url, options, again=everything)
        yield Rebuilt(article.url, len(computed.versions), len(computed.revisions), marked, made_by)


def technical(database: Database, key: str) -> tuple[Technical, ...]:
    """The marks of the article with *key*, in the order in which they were made."""
    rows = TECHNICAL.read(database, _OF_KEY, key)
    with sound(database.path):
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
        kept = _kept(database, article)
    made_by = rules(options, _hosts(observations))
    if kept is not None and kept.rules == made_by and not again:
        later = [row for row in observations if _micro(row.capture.captured_at) > kept.newest]
        if kept.observations + len(later) == len(observations):
            if not later:
                return kept.history, (), made_by
            computed = _computed(captures, later, options, after=kept.history)
            _keep(database, article, computed, observations, (), made_by)
            return computed, (), made_by
    computed = _computed(captures, observations, options)
    marked = () if kept is None else _compared(kept, computed, made_by)
    _keep(database, article, computed, observations, marked, made_by)
    other = amendments.uncomputed(database, article)
    if other is not None and not database.read_only:  # what its pages say of its address is needed
        rows = listing.observations_of(database, other)
        made = rules(options, _hosts(rows))
        _keep(database, other, _computed(captures, rows, options), rows, (), made)
    if amendments.join(database, article):
        return _history(captures, url, options, again=False)
    return computed, marked, made_by


def _computed(
    captures: Captures,
    observations: Iterable[Observation],
    options: CompareOptions,
    *,
    after: History = History(),  # noqa: B008 - it is frozen
) -> History:
    """The history of *observations*, which begins as the one that is known."""
    return after.continued(fetch_all(captures, captures_of(observations)), options=options)


def _hosts(observations: Iterable[Observation]) -> Iterator[str]:
    """The hosts at which an article was observed."""
    for url in {row.capture.url for row in observations}:
        with suppress(AddressError):
            yield read_parts(url or "").host


# ------------------------------------------------------------------------------------ keeping


def _kept(database: Database, article: int) -> _Kept | None:
    row = database.row(f"{_HISTORIES} WHERE article = ?", (article,))
    with suppress(*_DAMAGED):  # it is computed again
        return None if row is None else _unpacked(row)
    return None


_DAMAGED = (CodecError, ValueError, TypeError)


def _unpacked(row: tuple[int, str, int, int, int, str, bytes, bytes | None, bytes | None]) -> _Kept:
    """A row of histories; raises an exception of `_DAMAGED` where it is not what was kept."""
    article, made_by, observations, newest, size, form, document, digest, sealed = row
    unpacked = unpack(form, document, None, size=size)
    if digest != digest_of(article, made_by, observations, newest, sealed or b"", unpacked):
        raise ValueError("its digest is another one")
    return _Kept(made_by, observations, newest, codec.loads(unpacked, History))


def faults(database: Database) -> Iterator[tuple[int, str, str | None]]:
    """Each history that is kept: the number of its article, its rules, and what is wrong with it."""
    for row in database.rows(f"{_HISTORIES} ORDER BY article"):
        fault = None
        try:
            _unpacked(row)
        except _DAMAGED as error:
            fault = f"it is not what was kept ({error}); it is computed again when it is asked for"
        yield row[0], str(row[1]), fault


def _keep(
    database: Database,
    article: int,
    computed: History,
    observations: list[Observation],
    marked: tuple[Technical, ...],
    made_by: str,
) -> None:
    """Keep a history for the next time, unless captures were missing or nothing can be written."""
    failed = [row.capture for row in computed.screened if row.reason is ScreenReason.FETCH_FAILED]
    if database.read_only or any(one.digest is not None for one in failed):
        return  # what failed when it was observed has no digest
    document = codec.dumps(computed).encode("utf-8", "surrogatepass")
    form, packed = pack(document, None)
    newest = max([_micro(row.capture.captured_at) for row in observations], default=0)
    last = max([row.number for row in observations], default=0)
    try:
        with database.writing() as connection:
            sealed = connection.execute("SELECT seal FROM captures WHERE id = ?", (last,)).fetchone()
            made_of = (article, made_by, len(observations), newest)
            digest = digest_of(*made_of, sealed[0] if sealed else b"", document)
            connection.execute(
                "INSERT OR REPLACE INTO histories "
                "(article, rules, observations, newest, size, form, document, last, digest) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*made_of, len(document), form, packed, last, digest),
            )
            amendments.state(connection, article, computed)
            for mark in marked:
                span = _micro(mark.interval.after), _micro(mark.interval.until)
                said = (article, *span, mark.old_rules, mark.new_rules, int(mark.appeared))
                known = "SELECT 1 FROM technical WHERE digest = ?"
                if connection.execute(known, (digest_of(*said),)).fetchone() is None:
                    TECHNICAL.insert(connection, *said)  # two rules in turn say it again
    except StoreError as error:
        if error.fault not in (StoreFault.READ_ONLY, StoreFault.FULL, StoreFault.BUSY):
            raise  # what is kept saves time; that it cannot be kept is no trouble


def _compared(kept: _Kept, computed: History, made_by: str) -> tuple[Technical, ...]:
    """The revisions that one history has and the other has not, as far as both know the captures."""
    if kept.rules == made_by:
        return ()
    old, new = [
        [row.interval for row in one.revisions if _micro(row.interval.until) <= kept.newest]
        for one in (kept.history, computed)
    ]
    return tuple(
        Technical(interval, kept.rules, made_by, appeared=appeared)
        for mine, others, appeared in ((old, new, False), (new, old, True))
        for interval in mine
        if interval not in others
    )


def _micro(moment: datetime | None) -> int:
    """A moment as the store counts it; what is not dated was before everything."""
    return moment_of(moment) if moment is not None else 0
