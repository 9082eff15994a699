"""What a source of captures is: list cheaply, fetch one by one."""

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
    "passed",
    "unreadable",
]


@runtime_checkable
class Source(Protocol):
    """Anything that can list captures of pages and fetch their bodies.

    A class of your own needs these two methods and no base class.
    """

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url* (of everything, when None), in time order and without bodies.

        A source whose list may be long asks for it in pieces, as they are taken. Captures of the same
        article under another address belong to it (`revtrack.urls.alike`) and bear the address they
        were captured at. Raises `SourceError` when they cannot be listed.
        """
        ...

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of one capture that this source listed, with its digest filled in.

        The snapshot's capture is the one given, with the digest and whatever is known only now: the
        time of a live page. Raises `SourceError` when it cannot be had.
        """
        ...


@runtime_checkable
class ConcurrentSource(Source, Protocol):
    """A source whose `fetch` may be called from several threads at one time."""

    @property
    def at_once(self) -> int:
        """How many fetches at one time are of use; how many reach one host is decided elsewhere."""
        ...


@runtime_checkable
class LedgerSource(Source, Protocol):
    """A source that accounts for everything it meets that names an address."""

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures of `captures`, and a row for what is none of them.

        `ScreenReason.FETCH_FAILED` is what cannot be read: a damaged record, a line of an index, a time
        that is none. `ScreenReason.NO_CAPTURE` is what was left out knowingly, such as the answer to a
        form. So what was met is what is captured, failed and skipped.
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
        """The captures, and rows for what was listed and is none: see `LedgerSource`."""


def failed(capture: Capture, why: str) -> Screened:
    """The row of what is listed and cannot be read."""
    return Screened(capture, ScreenReason.FETCH_FAILED, why)


def passed(capture: Capture, why: str) -> Screened:
    """The row of what is listed and is no capture."""
    return Screened(capture, ScreenReason.NO_CAPTURE, why)


def unreadable(place: object, why: str) -> SourceError:
    """That what lies at *place*, a path or a description of it, cannot be read."""
    return SourceError(f"cannot read {place}: {why}", location=str(place))


def listed(source: Source, url: str | None = None) -> Iterator[Capture | Screened]:
    """The captures of *url*, and rows for what names it and is none, where *source* accounts for it.

    Raises `SourceError` as `Source.captures`, perhaps after some of them.
    """
    if isinstance(source, LedgerSource):
        yield from source.ledger(url)
    else:
        yield from source.captures(url)
