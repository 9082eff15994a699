"""The addresses under which web archives replay captures: what was captured, and when.

Nearly all archives put the time and the whole address after a prefix of their own:
``https://web.archive.example/web/20240105123000id_/https://paper.example/a``. One writes the time with
dots (``2024.01.05-123000``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import attrs

__all__ = ["REPLAY_TIME", "Replay", "archive_time", "read_replay", "stated_replay", "written_time"]

REPLAY_TIME = r"(?:\d{14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?"
"""The time in a replay address, with the modifier that states how the archive rewrites the page."""

_REPLAY = re.compile(rf"(?P<prefix>https?://[^?#]*?/)(?P<time>{REPLAY_TIME})/(?P<url>\S+)")
_NO_DIGIT = re.compile(r"[^0-9]")
_TIME = re.compile(r"\d{14}")
_SCHEME = re.compile(r"https?:/{1,2}(?=[^/])", re.IGNORECASE)


@attrs.frozen
class Replay:
    """A capture in an archive that names it by time and address, as nearly all do.

    ``PREFIX 20240105123000 id_ / https://paper.example/a``: `prefix` ends in a slash.
    """

    prefix: str
    moment: datetime
    url: str

    @property
    def raw(self) -> str:
        """The address of the body as the archive received it, without banner and rewriting."""
        return f"{self.prefix}{written_time(self.moment)}id_/{self.url}"


def read_replay(location: str) -> Replay | None:
    """The parts of an address in an archive, None where it is written otherwise."""
    found = _REPLAY.fullmatch(location)
    moment = archive_time(_NO_DIGIT.sub("", found["time"])) if found else None
    if found is None or moment is None:
        return None
    # some archives and servers fold the two slashes of the inner address
    url = _SCHEME.sub(lambda scheme: f"{scheme[0].partition(':')[0]}://", found["url"], count=1)
    return Replay(found["prefix"], moment, url if _SCHEME.match(url) else f"http://{url}")


def stated_replay(url: str | None) -> Replay | None:
    """The same for any web address: the inner address must be complete.

    A publisher's own path may contain fourteen digits too.
    """
    found = _REPLAY.fullmatch(url) if url else None
    return read_replay(found[0]) if found and _SCHEME.match(found["url"]) else None


def archive_time(digits: str) -> datetime | None:
    """The moment of fourteen digits, in UTC; None where they are not a time."""
    if not _TIME.fullmatch(digits):
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def written_time(moment: datetime) -> str:
    """A moment in fourteen digits."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
