"""What archives that list captures have in common: how they are asked, and where their lists end."""

from __future__ import annotations

import re
from typing import ClassVar

import attrs

from revtrack.errors import FetchError, FetchFault
from revtrack.model import Capture, Snapshot
from revtrack.network import Client
from revtrack.sources.memento.playback import fetch_memento
from revtrack.sources.source import Ledgered
from revtrack.urls import identify

__all__ = ["LISTED", "LISTING_SECONDS", "Archive", "Listed", "asked_for", "filled", "replayed_below"]

LISTED = 200_000
"""Captures of one address that an archive may list (range 20,000 to 2 million). The page of an archive
with the most has some 150,000; a list that always has one more line would fill the memory."""

LISTING_SECONDS = 1_800.0
"""Seconds that one list may take (range 600 to 7,200): a list of `LISTED` lines comes in 40 answers."""

_ASKED = re.compile(r"/(?:timemap(?=[/?]|\Z).*|cdx/search/cdx/?(?:\?.*)?\Z)")


@attrs.frozen
class Archive(Ledgered):
    """A web archive that *client* asks. It is a source (`revtrack.sources.LedgerSource`).

    `captures` raises `SourceError` where the archive does not answer, where what it answers is no list,
    and after the captures of a list without end; `AddressError` for a text that is no address.
    """

    at_once: ClassVar[int] = 4
    """Fetches at one time (range 1 to 8): an archive is one host, whose own limit politeness keeps."""

    client: Client = attrs.field(repr=False)
    _dating: set[str] = attrs.field(factory=set, init=False, repr=False, eq=False)

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw. Raises `FetchError` where it cannot be had."""
        return fetch_memento(self.client, capture, self._dating)


@attrs.define
class Listed:
    """Counts what one archive lists of one address."""

    client: Client
    url: str
    captures: int = 0
    began: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.began = self._now()

    def _now(self) -> float:
        # a client of somebody's own, with `get` alone, keeps no time
        politeness = getattr(self.client, "politeness", None)
        return 0.0 if politeness is None else float(politeness.clock.monotonic())

    def must_go_on(self, more: int) -> None:
        """Count *more* captures. Raises `FetchError` once the list is longer than either bound."""
        self.captures += more
        if self.captures > LISTED:
            why, fault = f"lists more than {LISTED:,} captures", FetchFault.TOO_LARGE
        elif self._now() - self.began > LISTING_SECONDS:
            minutes = LISTING_SECONDS / 60
            why, fault = f"takes more than {minutes:.0f} minutes to list captures", FetchFault.TOO_SLOW
        else:
            return
        said = f"the archive {why} of {self.url}: the rest of its list is not read"
        raise FetchError(said, url=self.url, fault=fault)


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


def replayed_below(asked: str) -> str:
    """The prefix of the replay addresses of an archive whose list of captures was *asked* for."""
    found = _ASKED.search(asked)
    if found is None:
        return asked
    return asked[: found.start()] + ("/web/" if found[0].startswith("/cdx/") else "/")
