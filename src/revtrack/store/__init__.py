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
from revtrack.store.sealing import sound
from revtrack.track import track

__all__ = ["Store"]

_BATCH = 64
"""Observations that `Store.add_all` writes in one transaction: 1 and more. A transaction costs one
wait for the disk; a longer one keeps other writers waiting longer."""
_BATCH_BYTES = 8 * 2**20
"""Bytes of pages after which a transaction ends before it has `_BATCH` observations."""


class Store:
    """Captures of articles in one file: added, never changed, deleted only by `forget`.

    A store is a `revtrack.sources.Source` too. Threads may share one store; several processes may
    have one file open and write at one time. A context manager: leaving it closes the file.

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
        """Open the store at *path*; where nothing is there, make one if *create* allows.

        *read_only* opens a file that cannot or should not be written. *wait* is how many seconds a
        write waits for other writers. An older file is brought forward to the newest form. Raises
        `StoreError`, whose `fault` says what is wrong.
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
        """Which addresses are followed, and when each is looked at again."""
        return Schedule(self._database)

    # ------------------------------------------------------------------------------- writing

    def add(self, observed: Snapshot | Screened) -> Capture:
        """Keep one observation: a snapshot, or a look that gave no page. Its capture, as stored.

        When this returns, the observation is on the disk. Adding it again changes nothing. Raises
        `ValueError` for a capture without address or time and `StoreError` when it cannot be written;
        then nothing of it is.
        """
        return self.record(observed).capture

    def record(self, observed: Snapshot | Screened) -> Observation:
        """The same as `add`; what was stored, as the row that it is."""
        (row,) = self._add_batch([observed])
        return row

    def add_all(self, observed: Iterable[Snapshot | Screened]) -> Iterator[Capture]:
        """Keep many observations, some in one transaction: quicker than one by one.

        Gives the capture of each as soon as it is on the disk. Raises as `add`.
        """
        waiting = iter(observed)
        while batch := _batch(waiting):
            yield from [row.capture for row in self._add_batch(batch)]

    def _add_batch(self, batch: list[Snapshot | Screened]) -> list[Observation]:
        try:
            with self._database.writing() as connection:
                numbers = [write(connection, self._bodies, observed) for observed in batch]
        except BaseException:
            self._bodies.forget()  # the numbers of what was not written are given to others
            raise
        with self._database.reading():
            rows = [listing.stored(self._database, number) for number in numbers]
        return [row.observation for row in rows if row is not None]

    # ------------------------------------------------------------------------------- reading

    def __contains__(self, capture: object) -> bool:
        """Whether a page is stored for what a source lists as *capture*: no need to fetch it again."""
        return isinstance(capture, Capture) and listing.holds(self._database, capture)

    def articles(self) -> tuple[KeptArticle, ...]:
        """The articles, in the order in which they were first stored."""
        return listing.articles(self._database)

    def observations(self, url: str | None = None) -> Iterator[Observation]:
        """Every look at the article at *url* (at all articles, when None), in time order."""
        yield from listing.observations(self._database, url)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, however it is written, in time order; all when None.

        They bear the source and place they came from. One that failed is among them, and fetching it
        raises what was said then, unless the same capture was had later.
        """
        return self._captures.captures(url)

    def fetch(self, capture: Capture) -> Snapshot:
        """The snapshot of a stored *capture*; the digest of its page is checked.

        Raises `StoreError` when the page is damaged or no such capture is stored, and `SourceError`
        with what was said then for one that failed.
        """
        if not isinstance(capture, Capture) or not capture.url or capture.captured_at is None:
            raise ValueError(f"not a capture of a store: {capture}")
        for row in listing.stored_at(self._database, capture):
            if capture == row.observation.capture:
                outcome = self._recalled(row)
                if isinstance(outcome, Snapshot):
                    return outcome
                raise SourceError(outcome.detail, location=capture.location or capture.url)
        raise self._missing(capture)

    def recall(self, observation: Observation) -> Snapshot | Screened:
        """What was stored as *observation*: the snapshot, or the look that failed.

        Raises `StoreError` when its page is damaged.
        """
        row = listing.stored(self._database, observation.number)
        if row is None:
            raise self._missing(observation.capture)
        return self._recalled(row)

    def newest(self, url: str) -> Snapshot | None:
        """The newest snapshot of the article at *url*, None where there is none.

        The newest observation that has a page, be it a version or not: what a server is asked to
        compare with.
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

        *options* say how pages are read and what is compared. The whole history is kept with the rules
        of extraction and the captures that it was made from, and continued or computed again when there
        are others. With *since* or *until*, or where *options* leave out what is compared, it is
        computed from the captures, each time.
        """
        options = options or CompareOptions()
        if since is not None or until is not None or not histories.is_kept(options):
            return track(self, url, since=since, until=until, options=options)
        return histories.history(self._captures, url, options=options)

    def part(self, url: str) -> None:
        """Take the address *url* out of the article that it was joined to, and keep it apart.

        For two articles that were joined because their pages name one address and that are not one.
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
        """Take captures out for good, because *asked_by* asked for it at *at* for a *reason*.

        *subject* is an address, whose article loses all looks and is followed no longer, or the number
        of one observation. A tombstone stays for each, with the digest of its page if *keep_digest*.
        The seals still hold, what was forgotten is not fetched again, and a page that others have too
        stays with them. Raises `StoreError` where nothing of it is stored.
        """
        rows = self._subject(subject)
        if not rows:
            capture = f"capture {'' if isinstance(subject, int) else 'of '}{subject}"
            raise self._database.failure(
                StoreFault.MISSING,
                f"the store {self.path} holds no {capture}: there is nothing to forget",
            )
        before = {row.number for row in self.forgotten()}
        request = amendments.Request(asked_by, reason, at, keep_digest)
        unfollow = subject if isinstance(subject, str) else None
        amendments.forget(self._database, self._bodies, rows, request, unfollow=unfollow)
        return tuple([row for row in self.forgotten() if row.number not in before])

    def _subject(self, subject: str | int) -> list[int]:
        """The numbers of the observations that *subject* names."""
        if isinstance(subject, int):
            return [subject] if listing.stored(self._database, subject) else []
        return [row.number for row in self.observations(subject)]

    def forgotten(self) -> tuple[Forgotten, ...]:
        """What was taken out of the store, in the order in which it was stored."""
        return amendments.forgotten(self._database)

    def counts(self) -> Counts:
        """How much there is."""
        return listing.counts(self._database)

    # --------------------------------------------------------------------- checking, retelling

    def verify(self) -> Iterator[Checked]:
        """Read everything and say of each part whether it is what was stored.

        One row for the file, one for each page and one for each observation; `fault` is None for what
        is sound.
        """
        return verifying.verify(self._database)

    def rebuild(
        self, *, options: CompareOptions | None = None, everything: bool = False
    ) -> Iterator[Rebuilt]:
        """Recompute the histories that other rules or fewer captures made; all with *everything*.

        *options* say how pages are read; raises `ValueError` where they leave out what is compared.
        One row for each article. Revisions that were there by the old rules only, or are by the new
        rules only, come from extraction and not from the page: they are marked as technical.
        """
        options = options or CompareOptions()
        if not histories.is_kept(options):
            raise ValueError(
                "options: what is kept compares metadata, links and media, so leave those on"
            )
        return histories.rebuild(self._captures, options=options, everything=everything)

    def technical(self, url: str) -> tuple[Technical, ...]:
        """The revisions of the article at *url* that a change of rules made or took away."""
        return histories.technical(self._database, key_of(url))

    # ------------------------------------------------------------------------------ inside

    def _missing(self, capture: Capture) -> StoreError:
        return self._database.failure(
            StoreFault.MISSING,
            f"the store {self.path} holds no such capture: {capture.url} at {capture.captured_at}",
        )

    def _recalled(self, row: listing.Stored) -> Snapshot | Screened:
        page = None
        if row.observation.outcome is not Outcome.FAILED:
            page = self._page(row)
        with sound(self.path):
            return failure_of(row.described) if page is None else snapshot_of(row.described, page)

    def _page(self, row: listing.Stored) -> bytes:
        try:
            with self._database.reading():
                return self._bodies.get(_body_of(row))
        except DamagedBodyError as error:
            raise StoreError(
                f"a page in the store {self.path} is damaged (sha256 {error.digest}): {error}; "
                "`revtrack verify` says what else is",
                location=str(self.path),
                fault=StoreFault.DAMAGED,
                digest=error.digest,
            ) from error


def _body_of(row: listing.Stored) -> int:
    """The number of the page of a row. Raises `DamagedBodyError` where it is not the page it had."""
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
