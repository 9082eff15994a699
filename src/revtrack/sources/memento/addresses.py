"""The addresses of archives: where a capture is replayed, and what it is a capture of."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import attrs

from revtrack.urls import identify

__all__ = ["Replay", "archive_time", "asked_for", "filled", "read_replay", "written_time"]

_REPLAY = re.compile(r"(?P<prefix>https?://[^?#]*?/)(?P<time>\d{14})(?:[a-z]{2}_)?/(?P<url>\S+)")
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
        """Where the archive gives the body as it got it, without its own banner and rewriting."""
        return f"{self.prefix}{written_time(self.moment)}id_/{self.url}"


def read_replay(location: str) -> Replay | None:
    """The parts of a capture's address, None where it is written otherwise."""
    found = _REPLAY.fullmatch(location)
    moment = archive_time(found["time"]) if found else None
    if found is None or moment is None:
        return None
    # some archives and servers fold the two slashes of the inner address
    url = _SCHEME.sub(lambda scheme: f"{scheme[0].partition(':')[0]}://", found["url"], count=1)
    return Replay(found["prefix"], moment, url if _SCHEME.match(url) else f"http://{url}")


def archive_time(digits: str) -> datetime | None:
    """The moment that fourteen digits name, in UTC; None where they name none."""
    if not _TIME.fullmatch(digits):
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def written_time(moment: datetime) -> str:
    """A moment in fourteen digits."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def asked_for(url: str | None) -> str:
    """The address that an archive is asked for: the safe form, since archives keep trackers apart.

    Raises `ValueError` without an address, `AddressError` for a text that is none.
    """
    if url is None:
        raise ValueError("an archive is asked for the captures of an address")
    return identify(url).url


def filled(template: str, url: str) -> str:
    """An archive's address with *url* in the place of ``{url}``, or at its end where there is none."""
    return template.replace("{url}", url) if "{url}" in template else template + url
