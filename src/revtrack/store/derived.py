"""Derived: the histories of a store, told from its captures, kept, continued and told anew.

Nothing here is a source of truth: every row can be deleted and told again from the captures. A history
is kept with the rules that told it. When the rules changed, the old telling is compared with the new
one: a revision that only one of them has was made by extraction, not by the page, and is marked.
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
from revtrack.store.observations import moment_of, time_of, told_from
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
    """A history as it was told last: by which rules, from how many captures, up to which time."""

    rules: str
    observations: int
    newest: int
    document: bytes


@attrs.frozen
class Captures:
    """What histories are told from and kept in: a *database*, and how its captures are fetched."""

    database: Database
    fetch: Callable[[Capture], Snapshot]

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, of all when None."""
        yield from told_from(listing.observations(self.database, url))


def rules(options: CompareOptions = _DEFAULT, hosts: Iterable[str] = ()) -> str:
    """What decides how captures are told: the extractor, revtrack itself and the form of its JSON.

    What site rules say for the *hosts* of an article is a part of its extractor.
    """
    made, said = options.body.extractor, options.site_rules
    version = made.version
    for host in sorted(set(hosts)):
        if said is not None and said.for_host(host):
            version += f"+rules.{said.digest(host)}"
    return f"{made.name} {version}, revtrack {revtrack.__version__}, format {codec.FORMAT}"


def is_kept(options: CompareOptions) -> bool:
    """Whether histories told with *options* are kept: those that look at all there is to compare."""
    return attrs.evolve(options, body=BUILT_IN_BODY, site_rules=None) == _DEFAULT


def history(captures: Captures, url: str, *, options: CompareOptions) -> History:
    """The history of the article at *url*: as it was told before where that still holds."""
    told, _, _ = _tell(captures, url, options, anew=False)
    return told


def rebuild(captures: Captures, *, options: CompareOptions, everything: bool) -> Iterator[Rebuilt]:
    """Tell each history anew where it needs it, or *everything*; one row for each article."""
    for article in listing.articles(captures.database):
        told, marked, made_by = _tell(captures, article.url, options, anew=everything)
        yield Rebuilt(article.url, len(told.versions), len(told.revisions), marked, made_by)


def technical(database: Database, key: str) -> tuple[Technical, ...]:
    """The marks of the article with *key*, in the order in which they were made."""
    rows = TECHNICAL.read(database, _OF_KEY, key)
    with sound(database.path):
        return tuple(
            [
                Technical(Interval(time_of(after), time_of(until)), old, new, bool(appeared))
                for _, after, until, old, new, appeared in rows
            ]
        )


def _tell(
    captures: Captures, url: str, options: CompareOptions, *, anew: bool
) -> tuple[History, tuple[Technical, ...], str]:
    database = captures.database
    article = article_of(database, url)
    if article is None:
        return History(), (), rules(options)
    with database.reading():
        observations = listing.observations(database, url)
        kept = _kept(database, article)
    made_by = rules(options, _hosts(observations))
    earlier = _read(kept)
    if kept is not None and earlier is not None and kept.rules == made_by and not anew:
        later = [row for row in observations if _micro(row.capture.captured_at) > kept.newest]
        if kept.observations + len(later) == len(observations):
            if not later:
                return earlier, (), made_by
            told = _told(captures, later, options, after=earlier)
            _keep(database, article, told, observations, (), made_by)
            return told, (), made_by
    told = _told(captures, observations, options)
    marked: tuple[Technical, ...] = ()
    if kept is not None and earlier is not None:
        marked = _compared(earlier, kept, told, made_by)
    _keep(database, article, told, observations, marked, made_by)
    other = amendments.untold(database, article)
    if other is not None and not database.read_only:  # what its pages say of its address is needed
        rows = listing.observations_of(database, other)
        made = rules(options, _hosts(rows))
        _keep(database, other, _told(captures, rows, options), rows, (), made)
    if amendments.join(database, article):
        return _tell(captures, url, options, anew=False)
    return told, marked, made_by


def _told(
    captures: Captures,
    observations: Iterable[Observation],
    options: CompareOptions,
    *,
    after: History = History(),  # noqa: B008 - it is frozen
) -> History:
    """The history of *observations*, which begins as the one that is known."""
    return after.continued(fetch_all(captures, told_from(observations)), options=options)


def _hosts(observations: Iterable[Observation]) -> Iterator[str]:
    """The hosts at which an article was observed."""
    for url in {row.capture.url for row in observations}:
        with suppress(AddressError):
            yield read_parts(url or "").host


# ------------------------------------------------------------------------------------ keeping


def _kept(database: Database, article: int) -> _Kept | None:
    row = database.row(f"{_HISTORIES} WHERE article = ?", (article,))
    with suppress(ValueError, TypeError):  # damaged: it is told anew
        return None if row is None else _unpacked(row)
    return None


def _unpacked(row: tuple[int, str, int, int, int, str, bytes, bytes | None, bytes | None]) -> _Kept:
    """A row of histories; raises `ValueError` where it is not what was kept."""
    article, made_by, observations, newest, size, form, document, digest, sealed = row
    unpacked = unpack(form, document, None, size=size)
    if digest != digest_of(article, made_by, observations, newest, sealed or b"", unpacked):
        raise ValueError("its digest is another one")
    return _Kept(made_by, observations, newest, unpacked)


def faults(database: Database) -> Iterator[tuple[int, str, str | None]]:
    """Each history that is kept: the number of its article, its rules, and what is wrong with it."""
    for row in database.rows(f"{_HISTORIES} ORDER BY article"):
        fault = None
        try:
            kept = _unpacked(row)
            codec.loads(kept.document, History)
        except (CodecError, ValueError, TypeError) as error:
            fault = f"it is not what was kept ({error}); it is told anew when it is asked for"
        yield row[0], str(row[1]), fault


def _read(kept: _Kept | None) -> History | None:
    with suppress(CodecError):
        return None if kept is None else codec.loads(kept.document, History)
    return None


def _keep(
    database: Database,
    article: int,
    told: History,
    observations: list[Observation],
    marked: tuple[Technical, ...],
    made_by: str,
) -> None:
    """Keep a history for the next time, unless it was not told whole or nothing can be written."""
    failed = [row.capture for row in told.screened if row.reason is ScreenReason.FETCH_FAILED]
    if database.read_only or any(one.digest is not None for one in failed):
        return  # what failed when it was observed has no digest
    document = codec.dumps(told).encode("utf-8", "surrogatepass")
    form, packed = pack(document, None)
    newest = max([_micro(row.capture.captured_at) for row in observations], default=0)
    last = max([row.number for row in observations], default=0)
    try:
        with database.writing() as connection:
            sealed = connection.execute("SELECT seal FROM captures WHERE id = ?", (last,)).fetchone()
            told_from_these = (article, made_by, len(observations), newest)
            digest = digest_of(*told_from_these, sealed[0] if sealed else b"", document)
            connection.execute(
                "INSERT OR REPLACE INTO histories "
                "(article, rules, observations, newest, size, form, document, last, digest) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*told_from_these, len(document), form, packed, last, digest),
            )
            amendments.state(connection, article, told)
            for mark in marked:
                span = _micro(mark.interval.after), _micro(mark.interval.until)
                said = (article, *span, mark.old_rules, mark.new_rules, int(mark.appeared))
                known = "SELECT 1 FROM technical WHERE digest = ?"
                if connection.execute(known, (digest_of(*said),)).fetchone() is None:
                    TECHNICAL.insert(connection, *said)  # telling by two rules in turn says it again
    except StoreError as error:
        if error.fault not in (StoreFault.READ_ONLY, StoreFault.FULL, StoreFault.BUSY):
            raise  # what is kept saves time; that it cannot be kept is no trouble


def _compared(earlier: History, kept: _Kept, told: History, made_by: str) -> tuple[Technical, ...]:
    """The revisions that one telling has and the other has not, as far as both know the captures."""
    if kept.rules == made_by:
        return ()
    spans = [
        [row.interval for row in telling.revisions if _micro(row.interval.until) <= kept.newest]
        for telling in (earlier, told)
    ]
    old, new = spans
    marks = [Technical(interval, kept.rules, made_by, appeared=False) for interval in old]
    marks = [mark for mark in marks if mark.interval not in new]
    marks += [
        Technical(interval, kept.rules, made_by, appeared=True)
        for interval in new
        if interval not in old
    ]
    return tuple(marks)


def _micro(moment: datetime | None) -> int:
    """A moment as the store counts it; what is not dated was before everything."""
    return moment_of(moment) if moment is not None else 0
