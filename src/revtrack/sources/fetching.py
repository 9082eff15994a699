"""Fetch many captures: in order, some ahead of the one that is asked for, failures as rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from revtrack.errors import FetchError, FetchFault, reason_of
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.sources.source import ConcurrentSource, Source
from revtrack.versions import Screened

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["fetch_all"]


def fetch_all(source: Source, captures: Iterable[Capture]) -> Iterator[Snapshot | Screened]:
    """The snapshots of *captures*, in their order; a failed fetch is a `Screened` row that says why.

    A `ConcurrentSource` is asked for `at_once` captures at one time, so at most that many bodies wait
    in memory. Closing the iterator cancels what has not begun.
    """
    at_once = source.at_once if isinstance(source, ConcurrentSource) else 1
    if at_once <= 1:
        for capture in captures:
            yield _fetched(source, capture)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 # loads logging, for few sources

    waiting = iter(captures)
    with ThreadPoolExecutor(at_once, thread_name_prefix="revtrack-fetch") as pool:
        running: deque[Future[Snapshot | Screened]] = deque()
        try:
            for capture in islice(waiting, at_once):
                running.append(pool.submit(_fetched, source, capture))
            while running:
                outcome = running.popleft().result()
                for capture in islice(waiting, 1):
                    running.append(pool.submit(_fetched, source, capture))
                yield outcome
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _fetched(source: Source, capture: Capture) -> Snapshot | Screened:
    try:
        return source.fetch(capture)
    except FetchError as error:
        # an archive lists what it has not: asking again would give the same
        is_there = error.fault is not FetchFault.OTHER_TIME
        reason = ScreenReason.FETCH_FAILED if is_there else ScreenReason.NO_CAPTURE
        return Screened(capture, reason, reason_of(error))
    except Exception as error:  # noqa: BLE001 - one capture never ends the run of the others
        return Screened(capture, ScreenReason.FETCH_FAILED, reason_of(error))
