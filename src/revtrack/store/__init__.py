"""A store keeps captures without loss: one SQLite file, no server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Self

from revtrack.compare import CompareOptions
from revtrack.errors import SourceError, StoreError, StoreFault
from revtrack.history import History
from revtrack.model import Capture, Screened, Snapshot
from revtrack.records import (
    Checked,
    Counts,
    Forgotten,
    KeptArticle,
    Observation,
    Outcome,
    Rebuilt,
    Technical,
)
from revtrack.store import amendments, histories, listing, verifying
from revtrack.store.bodies import Bodies, DamagedBodyError
from revtrack.store.database import WAIT, Database
from revtrack.store.observations import failure_of, key_of, snapshot_of, write
from revtrack.store.schedule import Schedule
from revtrack.store.sealing import checked_rows
from revtrack.track import track

__all__ = ["Store"]

_BATCH = 64
"""Observations that `Store.add_all` writes in one transaction: 1 and more. Each transaction waits once
for the disk; a longer one blocks other writers longer."""
_BATCH_BYTES = 8 * 2**20
"""Bytes of pages after which a transaction ends before it has `_BATCH` observations."""


class Store:
    """Captures of articles in one file: added, never changed, deleted only by `forget`.

    A store is also a `revtrack.sources.Source`. Threads may share one store; several processes may
    have one file open and write concurrently. As a context manager it closes the file at the end.

    >>> from datetime import UTC, datetime
    >>> from tempfile import TemporaryDirectory
    >>> from revtrack import Capture, Snapshot
    >>> at = datetime(2024, 3, 4, 7, 40, tzinfo=UTC)
    >>> page = b"<article><h1>Locks reopen</h1><p>The Tarn locks reopened on Monday.</p></article>"
    >>> with TemporaryDirectory() as folder, Store.open(f"{folder}/news.db") as store:
    ...     stored = store.add(Snapshot(Capture("https://lockkeeper.example/reopen", at), page))
    ...     store.fetch(stored).body == page
    True
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bodies = Bodies(database.row)
        self._captures = histories.Captures(database, self.fetch)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        wait: float = WAIT,
    ) -> Self:
        """Open the store at *path*; create it where it does not exist and *create* is true.

        *read_only* opens a file that cannot or should not be written. *wait* is how many seconds a
        write waits for other writers. An older file is migrated to the newest form. Raises
        `StoreError`, whose `fault` is the kind of failure.
        """
        return cls(Database(Path(path), create=create, read_only=read_only, wait=wait))

    def close(self) -> None:
        """Close the file. Everything that was acknowledged is in it."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def schedule(self) -> Schedule:
        """The followed addresses, and when each is checked next."""
        return Schedule(self._database)

    # ------------------------------------------------------------------------------- writing

    def add(self, observed: Snapshot | Screened) -> Capture:
        """Add one observation: a snapshot, or a failure. Returns its capture as stored.

        When this returns, the observation is on the disk. Adding it again changes nothing. Raises
        `ValueError` for a capture without address or time and `StoreError` when it cannot be written;
        then no part of it is stored.
        """
        return self.record(observed).capture

    def record(self, observed: Snapshot | Screened) -> Observation:
        """The same as `add`; returns the stored row."""
        (row,) = self._add_batch([observed])
        return row

    def add_all(self, observed: Iterable[Snapshot | Screened]) -> Iterator[Capture]:
        """Add many observations, some per transaction: faster than one by one.

        Gives the capture of each as soon as it is on the disk. Raises like `add`.
        """
        waiting = iter(observed)
        while batch := _batch(waiting):
            yield from [row.capture for row in self._add_batch(batch)]

    def _add_batch(self, batch: list[Snapshot | Screened]) -> list[Observation]:
        try:
            with self._database.writing() as connection:
                numbers = [write(connection, self._bodies, observed) for observed in batch]
        except BaseException:
            self._bodies.forget()  # the numbers of observations that were not written are reused
            raise
        with self._database.reading():
            rows = [listing.stored(self._database, number) for number in numbers]
        return [row.observation for row in rows if row is not None]

    # ------------------------------------------------------------------------------- reading

    def __contains__(self, capture: object) -> bool:
        """Whether a page is stored for *capture* of a source's list: then it need not be fetched."""
        return isinstance(capture, Capture) and listing.has(self._database, capture)

    def articles(self) -> tuple[KeptArticle, ...]:
        """The articles, in the order in which they were first stored."""
        return listing.articles(self._database)

    def observations(self, url: str | None = None) -> Iterator[Observation]:
        """All observations of the article at *url* (of all articles, when None), in time order."""
        yield from listing.observations(self._database, url)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, in any spelling, in time order; all when None.

        They have their original source and location. Failed captures are included; fetching one
        raises the recorded error, unless the same capture succeeded later.
        """
        return self._captures.captures(url)

    def fetch(self, capture: Capture) -> Snapshot:
        """The snapshot of a stored *capture*; the digest of its page is checked.

        Raises `StoreError` when the page is damaged or no such capture is stored, and `SourceError`
        with the recorded error for one that failed.
        """
        if not isinstance(capture, Capture) or not capture.url or capture.captured_at is None:
            raise ValueError(f"not a capture of a store: {capture}")
        for row in listing.stored_at(self._database, capture):
            if capture == row.observation.capture:
                outcome = self._content_of(row)
                if isinstance(outcome, Snapshot):
                    return outcome
                raise SourceError(outcome.detail, location=capture.location or capture.url)
        raise self._missing(capture)

    def recall(self, observation: Observation) -> Snapshot | Screened:
        """The stored content of *observation*: the snapshot, or the failure.

        Raises `StoreError` when its page is damaged.
        """
        row = listing.stored(self._database, observation.number)
        if row is None:
            raise self._missing(observation.capture)
        return self._content_of(row)

    def newest(self, url: str) -> Snapshot | None:
        """The newest snapshot of the article at *url*, None where there is none.

        It is the newest observation with a page, whether a version or not: the one that a conditional
        request compares with.
        """
        for row in reversed(list(self.observations(url))):
            if row.outcome is not Outcome.FAILED:
                return self.fetch(row.capture)
        return None

    def history(
        self,
        url: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        options: CompareOptions | None = None,
    ) -> History:
        """The history of the article at *url*; empty when there are no captures of it.

        *options* decide how pages are read and what is compared. A complete history is stored with the
        rules of extraction and the captures that it was made from, and continued or recomputed when
        these differ. With *since* or *until*, or where *options* leave out what is compared, it is
        computed from the captures, each time.
        """
        options = options or CompareOptions()
        if since is not None or until is not None or not histories.is_stored(options):
            return track(self, url, since=since, until=until, options=options)
        return histories.history(self._captures, url, options=options)

    def part(self, url: str) -> None:
        """Separate the address *url* from the article that it was joined to, permanently.

        For two different articles that were joined because their pages name one address.
        `articles` shows which addresses an article has, and why. Raises `StoreError` where *url* shares
        its article with no other address.
        """
        amendments.part(self._database, url)

    def forget(
        self,
        subject: str | int,
        *,
        asked_by: str,
        reason: str,
        at: datetime,
        keep_digest: bool = True,
    ) -> tuple[Forgotten, ...]:
        """Delete captures permanently, because *asked_by* requested it at *at* for a *reason*.

        *subject* is an address, whose article loses all observations and is no longer followed, or the
        number of one observation. A tombstone remains for each, with the digest of its page if
        *keep_digest*. The seals remain valid, deleted captures are not fetched again, and a page that
        other captures have is kept for them. Raises `StoreError` where nothing of it is stored.
        """
        rows = self._subject(subject)
        if not rows:
            capture = f"capture {'' if isinstance(subject, int) else 'of '}{subject}"
            raise self._database.failure(
                StoreFault.MISSING,
                f"the store {self.path} has no {capture}: there is nothing to forget",
            )
        earlier = {row.number for row in self.forgotten()}
        request = amendments.Request(asked_by, reason, at, keep_digest)
        unfollow = subject if isinstance(subject, str) else None
        amendments.forget(self._database, self._bodies, rows, request, unfollow=unfollow)
        return tuple([row for row in self.forgotten() if row.number not in earlier])

    def _subject(self, subject: str | int) -> list[int]:
        """The numbers of the observations that *subject* names."""
        if isinstance(subject, int):
            return [subject] if listing.stored(self._database, subject) else []
        return [row.number for row in self.observations(subject)]

    def forgotten(self) -> tuple[Forgotten, ...]:
        """The deleted observations, in the order in which they were stored."""
        return amendments.forgotten(self._database)

    def counts(self) -> Counts:
        """The numbers of articles, observations and pages, and their sizes."""
        return listing.counts(self._database)

    # ------------------------------------------------------------------- checking, recomputing

    def verify(self) -> Iterator[Checked]:
        """Read everything and check each part against its digest or seal.

        One row for the file, one for each page and one for each observation; `fault` is None for an
        undamaged part.
        """
        return verifying.verify(self._database)

    def rebuild(
        self, *, options: CompareOptions | None = None, everything: bool = False
    ) -> Iterator[Rebuilt]:
        """Recompute the histories that other rules or fewer captures made; all with *everything*.

        *options* decide how pages are read; raises `ValueError` where they leave out what is compared.
        One row for each article. Revisions that exist only by the old rules or only by the new
        rules are caused by extraction and not by the page: they are marked as technical.
        """
        options = options or CompareOptions()
        if not histories.is_stored(options):
            raise ValueError(
                "options: stored histories compare metadata, links and media, so leave those on"
            )
        return histories.rebuild(self._captures, options=options, everything=everything)

    def technical(self, url: str) -> tuple[Technical, ...]:
        """The revisions of the article at *url* that a change of rules added or removed."""
        return histories.technical(self._database, key_of(url))

    # ------------------------------------------------------------------------------ inside

    def _missing(self, capture: Capture) -> StoreError:
        return self._database.failure(
            StoreFault.MISSING,
            f"the store {self.path} has no such capture: {capture.url} at {capture.captured_at}",
        )

    def _content_of(self, row: listing.Stored) -> Snapshot | Screened:
        page = None
        if row.observation.outcome is not Outcome.FAILED:
            page = self._page(row)
        with checked_rows(self.path):
            return failure_of(row.described) if page is None else snapshot_of(row.described, page)

    def _page(self, row: listing.Stored) -> bytes:
        try:
            with self._database.reading():
                return self._bodies.get(_body_of(row))
        except DamagedBodyError as error:
            raise StoreError(
                f"a page in the store {self.path} is damaged (sha256 {error.digest}): {error}; "
                "`revtrack verify` lists all damage",
                location=str(self.path),
                fault=StoreFault.DAMAGED,
                digest=error.digest,
            ) from error


def _body_of(row: listing.Stored) -> int:
    """The number of the page of a row. Raises `DamagedBodyError` where it is not its original page."""
    if row.body is None or not row.fits:
        digest = row.observation.capture.digest or ""
        raise DamagedBodyError(digest, "another page, or none, is in its place")
    return row.body


def _batch(waiting: Iterator[Snapshot | Screened]) -> list[Snapshot | Screened]:
    batch: list[Snapshot | Screened] = []
    size = 0
    for observed in islice(waiting, _BATCH):
        batch.append(observed)
        size += len(observed.body) if isinstance(observed, Snapshot) else 0
        if size >= _BATCH_BYTES:
            break
    return batch
