"""What a source of captures is: list cheaply, fetch one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from revtrack.model import Capture, Snapshot

__all__ = ["Source"]


@runtime_checkable
class Source(Protocol):
    """Anything that can list captures of pages and fetch their bodies.

    A class of your own needs these two methods and no base class.
    """

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url* (of everything, when None), in time order and without bodies.

        Raises `SourceError` when they cannot be listed.
        """
        ...

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of one capture that this source listed.

        Raises `SourceError` when it cannot be had.
        """
        ...
