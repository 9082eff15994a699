"""Fetch captures: many at one time, failures as rows; and how far captured redirects are followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from revtrack.errors import FetchError, FetchFault, reason_of
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.sources.source import ConcurrentSource, Source
from revtrack.versions import Screened

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["NEAR", "STEPS", "fetch_all"]

NEAR = timedelta(days=1)
"""How far from a captured redirect the capture of its target may lie, the nearest first (range 1 minute
to 1 day; large: more redirects are resolved, small: texts are dated truly). Most crawlers ask the
target within seconds; of four recorded at a large archive two asked 12 and 63 minutes later."""

STEPS = 8
"""Redirects that are followed from one capture at most."""


def fetch_all(
    source: Source, captures: Iterable[Capture], *, in_order: bool = True
) -> Iterator[Snapshot | Screened]:
    """The snapshots of *captures*; a failed fetch is a `Screened` row that says why.

    They come in the order of *captures*, or where not *in_order*, as they are had: then none waits for
    a slower one. A `ConcurrentSource` is asked for `at_once` captures at one time, so at most that many
    bodies wait in memory. Closing the iterator cancels what has not begun, and waits for nothing.
    """
    at_once = source.at_once if isinstance(source, ConcurrentSource) else 1
    if at_once <= 1:
        for capture in captures:
            yield _fetched(source, capture)
        return
    from concurrent import futures  # noqa: PLC0415 # loads logging, for few sources

    waiting = iter(captures)
    pool = futures.ThreadPoolExecutor(at_once, thread_name_prefix="revtrack-fetch")
    running: list[Future[Snapshot | Screened]] = []
    try:
        while True:
            more = islice(waiting, at_once - len(running))
            running += [pool.submit(_fetched, source, capture) for capture in more]
            if not running:
                return
            first = running[:1] if in_order else running
            ready = futures.wait(first, return_when=futures.FIRST_COMPLETED).done
            for one in [one for one in running if one in ready]:
                running.remove(one)
                yield one.result()
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
