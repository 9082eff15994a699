"""Several sources as one time line: what two of them captured at one second is there once."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime

import attrs

from revtrack.errors import SourceError
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.sources.listing import listed
from revtrack.sources.source import ConcurrentSource, Source
from revtrack.urls import alike
from revtrack.versions import Screened

__all__ = ["Merged"]

_LAST = datetime.max.replace(tzinfo=UTC)


@attrs.define(eq=False)
class Merged:
    """The captures of all *sources* in time order.

    Two captures of one second are one when their digests are the same; where a source knows no digest
    of a kind that the other knows too, when they are of one address. A capture that one source lists
    and cannot give is asked of the others that list it.
    """

    sources: tuple[Source, ...]
    _listed: dict[Capture, tuple[tuple[Source, Capture], ...]] = attrs.field(
        factory=dict, init=False, repr=False
    )

    @property
    def at_once(self) -> int:
        """How many fetches at one time are of use: one source that can bear only one decides."""
        return min(
            [one.at_once if isinstance(one, ConcurrentSource) else 1 for one in self.sources], default=1
        )

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of all sources. Raises `SourceError` where one cannot list."""
        return (one for one in self.ledger(url) if isinstance(one, Capture))

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, then the rows of all sources for what is none: see `LedgerSource`."""
        rows: list[Screened] = []
        lists = [_ranked(source, rank, url, rows) for rank, source in enumerate(self.sources)]
        together: list[tuple[Source, Capture]] = []
        for _, _, source, capture in heapq.merge(*lists, key=lambda row: row[:2]):
            if together and _second(together[0][1]) != _second(capture):
                yield from self._settled(together, rows)
                together = []
            together.append((source, capture))
        yield from self._settled(together, rows)
        yield from rows

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture that was listed, from the first source that gives it.

        Raises `SourceError` where none does, and `ValueError` for a capture that was not listed here.
        """
        if capture not in self._listed:
            raise ValueError(f"not a capture that these sources listed: {capture}")
        failure: SourceError | None = None
        for source, known in self._listed[capture]:
            try:
                fetched = source.fetch(known)
            except SourceError as error:
                failure = failure or error
            else:
                return attrs.evolve(fetched, capture=_as_listed(fetched.capture, capture))
        raise failure or SourceError("no source gives it", location=str(capture.location))

    def _settled(
        self, together: list[tuple[Source, Capture]], rows: list[Screened]
    ) -> Iterator[Capture]:
        """The captures of one second, each once."""
        groups: list[list[tuple[Source, Capture]]] = []
        for source, capture in together:
            for group in groups:
                if all(source is not other for other, _ in group) and _is_one(group[0][1], capture):
                    group.append((source, capture))
                    break
            else:
                groups.append([(source, capture)])
        for group in groups:
            self._listed[group[0][1]] = tuple(group)
            yield group[0][1]
            said = "it is a capture that another source lists too"
            rows += [Screened(one, ScreenReason.NO_CAPTURE, said) for _, one in group[1:]]


def _second(capture: Capture) -> datetime:
    return _LAST if capture.captured_at is None else capture.captured_at.replace(microsecond=0)


def _ranked(
    source: Source, rank: int, url: str | None, rows: list[Screened]
) -> Iterator[tuple[datetime, int, Source, Capture]]:
    for one in listed(source, url):
        if isinstance(one, Screened):
            rows.append(one)
        else:
            yield _second(one), rank, source, one


def _is_one(one: Capture, other: Capture) -> bool:
    if one.captured_at is None:
        return False
    for digests in ((one.digest, other.digest), (one.payload_digest, other.payload_digest)):
        if None not in digests:
            return digests[0] == digests[1]
    return one.url is not None and other.url is not None and alike(one.url, other.url) is not None


def _as_listed(fetched: Capture, listed: Capture) -> Capture:
    """The capture as it was listed, whichever source gave its body in the end."""
    return attrs.evolve(listed, digest=fetched.digest)
