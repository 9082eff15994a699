"""Everything that a source lists: its captures, and what it met beside them."""

from __future__ import annotations

from collections.abc import Iterator

from revtrack.model import Capture
from revtrack.sources.source import LedgerSource, Source
from revtrack.versions import Screened

__all__ = ["listed"]


def listed(source: Source, url: str | None = None) -> Iterator[Capture | Screened]:
    """The captures of *url*, and rows for what names it and is none, where *source* accounts for it.

    Raises `SourceError` as `Source.captures`, perhaps after some of them.
    """
    if isinstance(source, LedgerSource):
        yield from source.ledger(url)
    else:
        yield from source.captures(url)
