"""A progress bar for long work: on standard error, on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs

from revtrack.model import Capture, Snapshot
from revtrack.sources.source import ConcurrentSource, Source

__all__ = ["watched"]


@attrs.frozen
class _Watched:
    """A source that tells how far the reading of its captures has come."""

    source: Source
    listed: Callable[[int], None]
    fetched: Callable[[], None]

    @property
    def at_once(self) -> int:
        return self.source.at_once if isinstance(self.source, ConcurrentSource) else 1

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        captures = list(self.source.captures(url))
        self.listed(len(captures))
        return iter(captures)

    def fetch(self, capture: Capture) -> Snapshot:
        snapshot = self.source.fetch(capture)
        self.fetched()
        return snapshot


@contextmanager
def watched(source: Source) -> Iterator[Source]:
    """*source*, with a progress bar that lives as long as the context, where a person looks on."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield source
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - slow to import, pipes do not need it
        from rich.progress import Progress  # noqa: PLC0415 - as above
    except ModuleNotFoundError:  # the bar is a comfort, its absence no trouble
        yield source
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading captures", total=None)
        yield _Watched(
            source,
            listed=lambda count: progress.update(task, total=count),
            fetched=lambda: progress.advance(task),
        )
