"""A progress bar for long work: on standard error, on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from revtrack.model import Capture, Snapshot
from revtrack.sources.source import ConcurrentSource, Source, listed
from revtrack.versions import Screened

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["aside", "steps", "watched"]

_shown: list[Progress] = []
"""The bar that is on the terminal, where there is one."""


@attrs.frozen
class _Watched:
    """A source that reports how many of its captures were read."""

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

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        met = list(listed(self.source, url))
        self.listed(sum([isinstance(one, Capture) for one in met]))
        return iter(met)

    def fetch(self, capture: Capture) -> Snapshot:
        snapshot = self.source.fetch(capture)
        self.fetched()
        return snapshot


@contextmanager
def _bar(words: str, total: int | None) -> Iterator[tuple[Progress, TaskID] | None]:
    """A progress bar for the context, None where standard error is no terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - slow to import, pipes do not need it
        from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415 - as above
    except ModuleNotFoundError:  # the bar is a comfort, its absence no trouble
        yield None
        return
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        _shown.append(progress)
        try:
            yield progress, progress.add_task(words, total=total)
        finally:
            _shown.pop()


@contextmanager
def aside() -> Iterator[None]:
    """Hide the bar while a row is printed on the same terminal, or both would share a line."""
    if not _shown or not sys.stdout.isatty():
        yield
        return
    _shown[-1].stop()
    try:
        yield
    finally:
        _shown[-1].start()


@contextmanager
def watched(source: Source) -> Iterator[Source]:
    """*source*, with a progress bar for the context where standard error is a terminal."""
    with _bar("reading captures", None) as bar:
        if bar is None:
            yield source
            return
        progress, task = bar
        yield _Watched(
            source,
            listed=lambda count: progress.update(task, total=count),
            fetched=lambda: progress.advance(task),
        )


@contextmanager
def steps(words: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar for *total* steps of what *words* say; what it gives is to be called after each step."""
    with _bar(words, total) as bar:
        if bar is None:
            yield lambda: None
            return
        progress, task = bar
        yield lambda: progress.advance(task)
