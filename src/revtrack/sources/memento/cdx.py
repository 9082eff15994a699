"""Captures by CDX server: the index that pywb, OpenWayback and the Internet Archive serve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import attrs

from revtrack.errors import FetchError, FetchFault
from revtrack.model import Capture, Snapshot
from revtrack.network import Client
from revtrack.sources.memento.addresses import asked_for, written_time
from revtrack.sources.memento.indexlines import IndexLine, Listing, read_index
from revtrack.sources.memento.limits import Listed
from revtrack.sources.memento.playback import AT_ONCE, fetch_memento
from revtrack.urls import alike

__all__ = ["Cdx"]

_PAGE = 5_000
"""Lines that are asked for at one time (range 1 to 150,000): the Internet Archive gives no more than
that."""


def _default_replay(cdx: Cdx) -> str:
    """Where the archives that run this software replay, seen from their index."""
    before, _, _ = cdx.index.partition("?")
    stem = before.rstrip("/")
    if stem.endswith("/cdx/search/cdx"):
        return stem.removesuffix("cdx/search/cdx") + "web/"
    return stem.removesuffix("-cdx").removesuffix("/cdx").removesuffix("/cdx-server") + "/"


@attrs.frozen
class Cdx:
    """An archive whose index is served at *index* and whose captures are replayed below *replay*.

    ``Cdx(client, "http://127.0.0.1:8080/news/cdx")`` replays at ``http://127.0.0.1:8080/news/``; for
    ``…/cdx/search/cdx`` it is ``…/web/``. Long lists come in pieces of *page* lines, by resume keys
    where the server has them, else from the last time on.
    """

    client: Client = attrs.field(repr=False)
    index: str
    replay: str = attrs.field(default=attrs.Factory(_default_replay, takes_self=True))
    page: int = attrs.field(default=_PAGE, validator=attrs.validators.ge(2))

    @property
    def at_once(self) -> int:
        """How many fetches at one time are of use."""
        return AT_ONCE

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url*, in time order, with the digest that the index has of each.

        They are asked for in pieces, as they are taken. Raises `SourceError` where the server does not
        answer, what it answers is no index, or after the captures of a list without end (`limits`).
        """
        return self._captures(asked_for(url))

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw. Raises `FetchError` where it cannot be had."""
        return fetch_memento(self.client, capture)

    def _captures(self, url: str) -> Iterator[Capture]:
        more = ""
        seen: set[IndexLine] = set()
        listed = Listed(self.client, self.index)
        while True:
            listing = self._listing(url, more)
            fresh = [line for line in listing.lines if line not in seen]
            seen.update(fresh)
            for line in fresh:
                if alike(line.url, url) is not None:
                    yield self._capture(line)
            listed.must_go_on(len(fresh))
            if listing.resume is not None:
                more = f"&resumeKey={quote(listing.resume, safe='')}"
            elif fresh and len(listing.lines) >= self.page:
                more = f"&from={_last(listing)}"
                seen = {line for line in seen if written_time(line.moment) == _last(listing)}
            else:
                return
            if not fresh:
                return

    def _listing(self, url: str, more: str) -> Listing:
        question = f"url={quote(url, safe='')}&output=json&limit={self.page}&showResumeKey=true{more}"
        join = "&" if "?" in self.index else "?"
        answer = self.client.get(f"{self.index}{join}{question}", robots=False)
        text = answer.body.decode("utf-8", "replace")
        if answer.status == 404:
            return Listing(())
        listing = read_index(text)
        if answer.status != 200 or (listing.unreadable and not listing.lines):
            raise FetchError(
                f"{self.index} is no CDX server: it answers {answer.status} and {text[:80]!r}",
                url=answer.url,
                fault=FetchFault.BAD_ANSWER,
                status=answer.status,
            )
        return listing

    def _capture(self, line: IndexLine) -> Capture:
        return Capture(
            line.url,
            line.moment,
            source="cdx",
            location=f"{self.replay}{written_time(line.moment)}/{line.url}",
            payload_digest=line.digest,
        )


def _last(listing: Listing) -> str:
    moments: list[datetime] = [line.moment for line in listing.lines]
    return written_time(max(moments))
