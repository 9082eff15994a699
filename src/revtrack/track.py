"""track: from a source of captures to the history of an article.

The only module that joins sources, extraction and comparison. Listing is first and cheap; the
bodies are fetched in order while earlier ones are compared, a few ahead where the source can, so
that a long history is never in memory at once.
"""

from __future__ import annotations

import os
from datetime import datetime
from itertools import chain
from pathlib import Path

from revtrack import sources
from revtrack.compare import CompareOptions
from revtrack.errors import SourceError, reason_of
from revtrack.history import History
from revtrack.model import Capture, Screened, ScreenReason
from revtrack.sources.fetching import fetch_all
from revtrack.sources.source import Source, listed

__all__ = ["captures_of", "track", "within"]


def track(
    source: Source | str | os.PathLike[str],
    url: str | None = None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    options: CompareOptions | None = None,
) -> History:
    """The history of the page at *url* (of the whole source, when None), from the captures of *source*.

    A string or path as *source* is a folder of dated captures, as for `revtrack.sources.Files`.
    *since* and *until* are aware times and both included; with either, captures of unknown time are
    left out. *options* decide what is compared. Captures whose body cannot be fetched, and entries
    of the source that cannot be read, are in `History.screened` with the reason. Entries that are not
    captures of the page are not (`revtrack.sources.listed` gives them).

    Raises `SourceError` when the captures cannot be listed at all, `ValueError` for a time without
    a zone.
    """
    source, wanted, failed = captures_of(source, url, since=since, until=until)
    fetched = chain(fetch_all(source, wanted), failed)
    return History.from_snapshots(fetched, options=options, in_order=True)


def captures_of(
    source: Source | str | os.PathLike[str],
    url: str | None = None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Source, list[Capture], list[Screened]]:
    """The source itself, the captures that `track` would fetch, and entries that cannot be read.

    Arguments and exceptions are those of `track`.
    """
    for name, bound in (("since", since), ("until", until)):
        if bound is not None and bound.tzinfo is None:
            raise ValueError(f"{name} needs a time zone, got {bound.isoformat()}")
    if isinstance(source, str | os.PathLike):
        source = _folder(os.fspath(source))
    wanted: list[Capture] = []
    failed: list[Screened] = []
    try:
        for one in listed(source, url):
            if isinstance(one, Screened):
                failed += [one] if one.reason is not ScreenReason.NO_CAPTURE else []
            elif within(one, since, until):
                wanted.append(one)
    except SourceError as error:
        if not wanted:
            raise
        # the entries listed so far are used, and the rest is a row
        failed.append(Screened(Capture(url, None), ScreenReason.FETCH_FAILED, reason_of(error)))
    return source, wanted, failed


def _folder(place: str) -> Source:
    if place.lower().startswith(("http://", "https://")):
        raise ValueError(
            f"{place} is an address, not a folder: pass a source that captures it, such as "
            "revtrack.sources.live.Live, and the address as url"
        )
    return sources.Files(Path(place))


def within(capture: Capture, since: datetime | None, until: datetime | None) -> bool:
    """Whether *capture* was made in this time; one without a time only where no bound is given."""
    if since is None and until is None:
        return True
    moment = capture.captured_at
    if moment is None:
        return False
    return (since is None or since <= moment) and (until is None or moment <= until)
