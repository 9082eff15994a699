"""Sources that ask a server for their list: what is a capture follows from the ledger of the list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import attrs

from revtrack.model import Capture
from revtrack.network import Client
from revtrack.versions import Screened

__all__ = ["RemoteSource"]


@attrs.frozen
class RemoteSource(ABC):
    """What sources that a *client* asks have in common; each is a `revtrack.sources.LedgerSource`."""

    client: Client = attrs.field(repr=False)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of the article at *url*, in time order; none where the server has none."""
        return (one for one in self.ledger(url) if isinstance(one, Capture))

    @abstractmethod
    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and rows for what was listed and is none: see `LedgerSource`."""
