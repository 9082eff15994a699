"""Captures by CDX server: the index that pywb, OpenWayback and the Internet Archive serve.

The Internet Archive is one such server with limits of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote

import attrs

from revtrack.http import REDIRECTS
from revtrack.model import Capture, ScreenReason
from revtrack.sources.memento.indexlines import IndexLine, Listing, read_index
from revtrack.sources.memento.listing import Archive, Listed, asked_for
from revtrack.urls import alike, identify
from revtrack.urls.parts import read_parts
from revtrack.urls.replay import written_time
from revtrack.versions import Screened

__all__ = ["Cdx", "InternetArchive"]

_PAGE = 5_000
"""Lines that are asked for at one time (range 1 to 150,000): the Internet Archive gives no more than
that."""


SAME_LOOK = timedelta(minutes=10)
"""How far apart a captured redirect and a capture of the page may be for one look of a crawler (range 1
minute to 1 hour): it asks for what a redirect leads to within seconds."""

_INTERNET_ARCHIVE = "https://web.archive.org/"
_SEARCHES = "searches of the Internet Archive"
_SEARCH_PAUSE = 2.5
"""Seconds between two searches there (range 2.5 to 10): it bears 24 a minute, by the measurements of
EDGI's `wayback`, and shuts out for an hour who asks more."""

_BESIDE = "a redirect beside a capture of the page"
_FIRST_ERROR = 400


def _default_replay(cdx: Cdx) -> str:
    """Where the archives that run this software replay, seen from their index."""
    before, _, _ = cdx.index.partition("?")
    stem = before.rstrip("/")
    if stem.endswith("/cdx/search/cdx"):
        return stem.removesuffix("cdx/search/cdx") + "web/"
    return stem.removesuffix("-cdx").removesuffix("/cdx").removesuffix("/cdx-server") + "/"


@attrs.frozen
class Cdx(Archive):
    """An archive whose index is served at *index* and whose captures are replayed below *replay*.

    ``Cdx(client, "http://127.0.0.1:8080/news/cdx")`` replays at ``http://127.0.0.1:8080/news/``; for
    ``…/cdx/search/cdx`` it is ``…/web/``. Long lists come in pieces of *page* lines, by resume keys
    where the server has them, else from the last time on.
    """

    index: str
    replay: str = attrs.field(default=attrs.Factory(_default_replay, takes_self=True))
    page: int = attrs.field(default=_PAGE, validator=attrs.validators.ge(2))
    _name: ClassVar[str] = "cdx"

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, asked for in pieces, as they are taken, and rows for lines that are none.

        A redirect beside a capture of the page that it led to is none, nor is the answer to a form.
        """
        return self._beside_pages(self._lines(asked_for(url)))

    def addresses(self, url: str) -> Iterator[str]:
        """The addresses of the site of *url* that the index has, each once; see `nearby`."""
        parts = read_parts(identify(url).url)
        lines = self._listing(f"{parts.scheme}://{parts.host}/*", "&collapse=urlkey").lines
        return iter(dict.fromkeys([line.url for line in lines]))

    def _beside_pages(self, lines: Iterator[IndexLine | None]) -> Iterator[Capture | Screened]:
        """Captures of *lines*: redirects wait for what follows, in time order."""
        waiting: list[IndexLine] = []
        page: datetime | None = None
        for line in lines:
            if line is None or line.method != "GET":
                said = "an answer to a form" if line else "a line of the archive's list cannot be read"
                yield self._passed(line, said)
                continue
            while waiting and line.moment - waiting[0].moment > SAME_LOOK:
                yield self._capture(waiting.pop(0))
            if line.status in REDIRECTS and page is not None and line.moment - page <= SAME_LOOK:
                yield self._passed(line, _BESIDE)
            elif line.status in REDIRECTS or (waiting and not _is_page(line)):
                waiting.append(line)
            else:
                for one in waiting:
                    is_redirect = one.status in REDIRECTS
                    yield self._passed(one, _BESIDE) if is_redirect else self._capture(one)
                waiting, page = [], line.moment if _is_page(line) else page
                yield self._capture(line)
        for one in waiting:
            yield self._capture(one)

    def _passed(self, line: IndexLine | None, said: str) -> Screened:
        capture = (
            Capture(None, None, self._name, location=self.index)
            if line is None
            else self._capture(line)
        )
        return Screened(capture, ScreenReason.NO_CAPTURE, said)

    def _lines(self, url: str) -> Iterator[IndexLine | None]:
        """The lines of *url* in time order; None for each that cannot be read."""
        more = ""
        seen: set[IndexLine] = set()
        listed = Listed(self.client, self.index)
        while True:
            listing = self._listing(url, more)
            fresh = [line for line in listing.lines if line not in seen]
            seen.update(fresh)
            for line in fresh:
                if alike(line.url, url) is not None:
                    yield line
            yield from [None] * listing.unreadable
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
            raise answer.failure(
                f"{self.index} is no CDX server: it answers {answer.status} and {text[:80]!r}"
            )
        return listing

    def _capture(self, line: IndexLine) -> Capture:
        return line.capture(self.replay, self._name)


@attrs.frozen
class InternetArchive(Cdx):
    """The captures of the Internet Archive, which is searched no oftener than it bears."""

    index: str = f"{_INTERNET_ARCHIVE}cdx/search/cdx"
    replay: str = f"{_INTERNET_ARCHIVE}web/"
    _name: ClassVar[str] = "wayback"

    def _listing(self, url: str, more: str) -> Listing:
        politeness = self.client.politeness
        politeness.slow_down(_SEARCHES, _SEARCH_PAUSE)
        with politeness.turn(_SEARCHES):
            return super()._listing(url, more)


def _is_page(line: IndexLine) -> bool:
    return line.status is None or line.status < _FIRST_ERROR


def _last(listing: Listing) -> str:
    moments: list[datetime] = [line.moment for line in listing.lines]
    return written_time(max(moments))
