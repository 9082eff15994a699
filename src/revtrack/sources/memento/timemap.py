"""Captures by TimeMap: the list of an archive's captures of an address (RFC 7089, section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import attrs

from revtrack.errors import AddressError, FetchError, FetchFault
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.network import Answer, Client
from revtrack.network.headers import http_date, in_utc
from revtrack.sources.memento.addresses import asked_for, filled, replayed_below
from revtrack.sources.memento.indexlines import read_index
from revtrack.sources.memento.limits import Listed, then_raised
from revtrack.sources.memento.linkformat import WebLink, read_links
from revtrack.sources.memento.playback import AT_ONCE, fetch_memento
from revtrack.urls import alike
from revtrack.urls.parts import joined
from revtrack.urls.replay import read_replay, written_time
from revtrack.versions import Screened

__all__ = ["TimeMap", "captures_of_map", "in_time_order", "unreadable"]

_LOOKED_AT = 2_000
"""Characters by which the lines of an index are told (range 500 to 10,000)."""

_PAGES = 1_000
"""Pages of one TimeMap that are read at most; archives put thousands of captures on each."""


@attrs.frozen
class TimeMap:
    """An archive whose TimeMaps lie at *address*, with ``{url}`` where the page's address belongs.

    Without ``{url}`` it is appended: ``https://archive.example/timemap/link/``. Link format and the two
    JSON forms in use are read, and maps of several pages followed.
    """

    client: Client = attrs.field(repr=False)
    address: str

    @property
    def at_once(self) -> int:
        """How many fetches at one time are of use."""
        return AT_ONCE

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url* that the map lists, in time order; none where there is no map of it.

        Raises `SourceError` where the archive does not answer or what it answers is no TimeMap.
        """
        return (one for one in self.ledger(url) if isinstance(one, Capture))

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and a row for each line that cannot be read: see `LedgerSource`."""
        asked = asked_for(url)
        return captures_of_map(self.client, filled(self.address, asked), asked)

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw. Raises `FetchError` where it cannot be had."""
        return fetch_memento(self.client, capture)


def captures_of_map(client: Client, address: str, url: str) -> Iterator[Capture | Screened]:
    """The captures of *url* in the TimeMap at *address*, in time order.

    Raises `SourceError`, after what was listed where the map has no end (`limits`).
    """
    waiting, seen = [address], {address}
    found: list[Capture | Screened] = []
    listed = Listed(client, address)
    failure: FetchError | None = None
    while waiting and failure is None:
        answer = client.get(waiting.pop(0), robots=False)
        if answer.status == 404:
            continue
        text = answer.body.decode("utf-8", "replace")
        if answer.status != 200 or not text.strip():
            raise _no_map(answer)
        if text.lstrip().startswith(("{", "[")) or _is_index(text):
            captures, pages = _of_json(text, answer)
        else:
            captures, pages = _of_links(text, answer)
        found += captures
        try:
            listed.must_go_on(len(captures))
        except FetchError as error:
            failure = error
        for page in pages:
            if page not in seen and len(seen) < _PAGES and page.startswith(("http://", "https://")):
                seen.add(page)
                waiting.append(page)
    return then_raised(in_time_order(found, url), failure)


def in_time_order(found: list[Capture | Screened], url: str) -> Iterator[Capture | Screened]:
    """Those of *url*, each once: archives list what they take for alike, letter case included.

    The rows for what is no capture come first.
    """
    yield from [one for one in found if isinstance(one, Screened)]
    wanted = {
        (capture.captured_at, capture.url, capture.location): capture
        for capture in found
        if isinstance(capture, Capture) and capture.url is not None and alike(capture.url, url)
    }
    yield from sorted(wanted.values(), key=lambda one: (one.captured_at, one.url, one.location))


def unreadable(answer: Answer) -> Screened:
    """A line of a list that cannot be read."""
    said = "a line of the archive's list cannot be read"
    place = Capture(None, None, "memento", location=answer.url)
    return Screened(place, ScreenReason.NO_CAPTURE, said)


def _no_map(answer: Answer) -> FetchError:
    return FetchError(
        f"{answer.url} is no TimeMap (status {answer.status})",
        url=answer.url,
        fault=FetchFault.BAD_ANSWER,
        status=answer.status,
    )


def _is_index(text: str) -> bool:
    head = text if len(text) <= _LOOKED_AT else text[:_LOOKED_AT].rpartition("\n")[0]
    return "<" not in head and bool(read_index(head).lines)


def _capture(location: str, moment: datetime, url: str | None) -> Capture:
    replay = read_replay(location)
    return Capture(
        replay.url if replay else url,
        moment,
        source="memento",
        location=location,
    )


def _listed(
    answer: Answer, place: object, moment: datetime | None, url: str | None
) -> Capture | Screened:
    """The capture that lies at *place*; a row where that is no address, or it has no time."""
    location = _placed(answer.url, place) if isinstance(place, str) else None
    if location is None or moment is None:
        return unreadable(answer)
    return _capture(location, moment, url)


def _placed(base: str, place: str) -> str | None:
    with suppress(AddressError):
        return joined(base, place)
    return None


def _of_links(text: str, answer: Answer) -> tuple[list[Capture | Screened], list[str]]:
    links = list(read_links(text))
    original = next((link.target for link in links if "original" in link.relations), None)
    if original is None:
        raise _no_map(answer)
    captures = [
        _listed(answer, link.target, http_date(link.parameter("datetime")), original)
        for link in links
        if "memento" in link.relations
    ]
    pages = [_placed(answer.url, link.target) for link in links if _is_page(link)]
    return captures, [page for page in pages if page is not None]


def _is_page(link: WebLink) -> bool:
    """Whether a link leads to another page of this map, and not to the map in another form."""
    kind = (link.parameter("type") or "application/link-format").partition(";")[0].strip()
    is_map = bool(link.relations & {"timemap", "next"}) and "memento" not in link.relations
    return is_map and "self" not in link.relations and kind == "application/link-format"


def _of_json(text: str, answer: Answer) -> tuple[list[Capture | Screened], list[str]]:
    """A TimeMap in JSON: an object of mementos, or the lines of an index."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and "mementos" in document:
        return _of_document(document, answer), _pages_of_document(document, answer)
    listing = read_index(text)
    if not listing.lines and listing.unreadable:
        raise _no_map(answer)
    prefix = replayed_below(answer.url)
    captures: list[Capture | Screened] = [
        attrs.evolve(
            _capture(f"{prefix}{written_time(line.moment)}/{line.url}", line.moment, line.url),
            payload_digest=line.digest,
        )
        for line in listing.lines
    ]
    return [*captures, *[unreadable(answer)] * listing.unreadable], []


def _of_document(document: dict[str, object], answer: Answer) -> list[Capture | Screened]:
    mementos, original = document["mementos"], document.get("original_uri")
    listed = mementos.get("list") if isinstance(mementos, dict) else mementos
    captures: list[Capture | Screened] = []
    for memento in listed if isinstance(listed, list) else []:
        place, said = (
            (memento.get("uri"), memento.get("datetime")) if isinstance(memento, dict) else (None, "")
        )
        moment = _iso(str(said)) or http_date(str(said))
        captures.append(_listed(answer, place, moment, str(original)))
    return captures


def _pages_of_document(document: dict[str, object], answer: Answer) -> list[str]:
    pages = document.get("timemap_index")
    found = (
        [page.get("uri") for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []
    )
    placed = [_placed(answer.url, str(page)) for page in found if page]
    return [page for page in placed if page is not None]


def _iso(written: str) -> datetime | None:
    try:
        return in_utc(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        return None
