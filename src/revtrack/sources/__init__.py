"""Where captures come from: the `Source` protocol and the sources that ship with revtrack.

`Files` is here; the others need extras and are imported from their modules:
`revtrack.sources.live.Live` and those of web archives. `revtrack.sources.named.named_source` opens any
of them by the name used on the command line (``live``, ``files:FOLDER`` …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revtrack.sources.fetching import fetch_all
from revtrack.sources.source import ConcurrentSource, LedgerSource, Source, listed

if TYPE_CHECKING:
    from revtrack.sources.files import Files

__all__ = ["ConcurrentSource", "Files", "LedgerSource", "Source", "fetch_all", "listed"]


def __getattr__(name: str) -> object:
    """`Files`, loaded on first use: it needs OpenSSL, and few comparisons need it."""
    if name == "Files":
        from revtrack.sources.files import Files  # noqa: PLC0415 # see the docstring

        return Files
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
