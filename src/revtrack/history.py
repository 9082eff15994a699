"""History: the versions and revisions of one article."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revtrack.changes.revision import Revision
from revtrack.model import Interval, Screened, Snapshot, Version

__all__ = ["HeadlineLife", "History"]


@attrs.frozen
class HeadlineLife:
    """One headline that the article bore, from its first to its last sighting.

    `interval` bounds when it came: after the last capture without it, up to the first with it.
    """

    text: str
    interval: Interval
    last_seen: Interval
    versions: tuple[int, ...]


@attrs.frozen
class History:
    """The versions of one article in time order and the revisions between neighbours.

    `revisions[i]` leads from `versions[i]` to `versions[i + 1]`. `screened` are the captures that
    show no version (an error page, an empty file), each with its reason: kept, never a removal.
    """

    versions: tuple[Version, ...]
    revisions: tuple[Revision, ...]
    screened: tuple[Screened, ...] = ()

    @classmethod
    def from_snapshots(cls, snapshots: Iterable[Snapshot]) -> History:
        """Extract every snapshot, fold captures of one state into versions, compare neighbours."""
        raise NotImplementedError
