"""Fetch captures concurrently, with failures as rows; the limits on following captured redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from queue import SimpleQueue
from threading import Thread

from revtrack.errors import FetchError, FetchFault, reason_of
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.sources.source import ConcurrentSource, Source

__all__ = ["NEAR", "STEPS", "fetch_all"]

NEAR = timedelta(days=1)
"""How far from a captured redirect the capture of its target may be; the nearest is taken (range 1
minute to 1 day; large: more redirects are resolved, small: texts are dated precisely). Most crawlers
request the target within seconds; of four recorded at a large archive two did so 12 and 63 minutes
later."""

STEPS = 8
"""Redirects that are followed from one capture at most."""


def fetch_all(
    source: Source, captures: Iterable[Capture], *, in_order: bool = True
) -> Iterator[Snapshot | Screened]:
    """The snapshots of *captures*; a failed fetch is a `Screened` row with the reason.

    They are in the order of *captures*, or, where not *in_order*, in order of completion, so that none
    waits for a slower one. A `ConcurrentSource` is requested `at_once` captures at a time, so at most
    that many bodies are in memory. Closing the iterator starts no other fetch, and waits for none.
    """
    at_once = source.at_once if isinstance(source, ConcurrentSource) else 1
    if at_once <= 1:
        for capture in captures:
            yield _fetched(source, capture)
        return
    finished: SimpleQueue[tuple[int, Snapshot | Screened]] = SimpleQueue()

    def fetch(number: int, capture: Capture) -> None:
        finished.put((number, _fetched(source, capture)))

    pending = enumerate(captures)
    ready: dict[int, Snapshot | Screened] = {}
    running = yielded = 0
    while True:
        for numbered in islice(pending, at_once - running - len(ready)):
            # nobody waits for a fetch that is no longer wanted, not even the end of the program
            Thread(target=fetch, args=numbered, name="revtrack-fetch", daemon=True).start()
            running += 1
        if not running and not ready:
            return
        while not ready or (in_order and yielded not in ready):
            number, outcome = finished.get()
            ready[number] = outcome
            running -= 1
        yield ready.pop(yielded if in_order else next(iter(ready)))
        yielded += 1


def _fetched(source: Source, capture: Capture) -> Snapshot | Screened:
    try:
        return source.fetch(capture)
    except FetchError as error:
        # an archive lists captures that it does not have: a second request would give the same answer
        exists = error.fault is not FetchFault.OTHER_TIME
        reason = ScreenReason.FETCH_FAILED if exists else ScreenReason.NO_CAPTURE
        return Screened(capture, reason, reason_of(error))
    except Exception as error:  # noqa: BLE001 - one capture never ends the run of the others
        return Screened(capture, ScreenReason.FETCH_FAILED, reason_of(error))
