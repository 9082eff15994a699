"""The protocol of a source of captures: list cheaply, fetch one by one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from revtrack.errors import SourceError
from revtrack.model import Capture, Screened, ScreenReason, Snapshot

__all__ = [
    "ConcurrentSource",
    "LedgerSource",
    "Ledgered",
    "Source",
    "failed",
    "listed",
    "skipped",
    "unreadable",
]


@runtime_checkable
class Source(Protocol):
    """Anything that can list captures of pages and fetch their bodies.

    Your own class needs these two methods and no base class.
    """

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url* (of all addresses, when None), in time order and without bodies.

        A source with long lists requests them in pieces, on demand. Captures of the same article under
        another address belong to it (`revtrack.urls.alike`) and have the address they were captured at.
        Raises `SourceError` when they cannot be listed.
        """
        ...

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of one capture that this source listed, with its digest filled in.

        The snapshot's capture is the one given, completed with the digest and other fields that are
        known only now: the time of a live page. Raises `SourceError` when it cannot be fetched.
        """
        ...


@runtime_checkable
class ConcurrentSource(Source, Protocol):
    """A source whose `fetch` may be called from several threads at the same time."""

    @property
    def at_once(self) -> int:
        """The useful number of concurrent fetches; the number per host is limited elsewhere."""
        ...


@runtime_checkable
class LedgerSource(Source, Protocol):
    """A source that accounts for everything it reads that names an address."""

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures of `captures`, and a row for every other entry.

        `ScreenReason.FETCH_FAILED` is for what cannot be read: a damaged record, a line of an index, an
        invalid time. `ScreenReason.NO_CAPTURE` is for what was skipped on purpose, such as the answer
        to a form. So every entry is captured, failed or skipped.
        """
        ...


class Ledgered(ABC):
    """A source whose captures follow from its ledger."""

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, in time order; none where the source has none.

        Raises what `ledger` raises.
        """
        return (one for one in self.ledger(url) if isinstance(one, Capture))

    @abstractmethod
    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and rows for entries that are not captures: see `LedgerSource`."""


def failed(capture: Capture, why: str) -> Screened:
    """The row for an entry that cannot be read."""
    return Screened(capture, ScreenReason.FETCH_FAILED, why)


def skipped(capture: Capture, why: str) -> Screened:
    """The row for an entry that is not a capture."""
    return Screened(capture, ScreenReason.NO_CAPTURE, why)


def unreadable(place: object, why: str) -> SourceError:
    """The error for *place*, a path or a description of it, that cannot be read."""
    return SourceError(f"cannot read {place}: {why}", location=str(place))


def listed(source: Source, url: str | None = None) -> Iterator[Capture | Screened]:
    """The captures of *url*, and rows for other entries that name it, where *source* accounts for them.

    Raises `SourceError` like `Source.captures`, perhaps after some of them.
    """
    if isinstance(source, LedgerSource):
        yield from source.ledger(url)
    else:
        yield from source.captures(url)
