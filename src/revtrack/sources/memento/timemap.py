"""Captures by TimeMap: the list of an archive's captures of an address (RFC 7089, section 5).

Maps are in link-format (RFC 6690), which archives use in their headers too, in JSON, or the lines
of an index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from revtrack.errors import FetchError, FetchFault, SourceError
from revtrack.http import OK, http_date, iso_date
from revtrack.model import Capture, Screened
from revtrack.network import Answer, Client
from revtrack.sources.memento.cdx import UNREADABLE_LINE, read_index
from revtrack.sources.memento.playback import (
    Archive,
    ListingLimit,
    archive_address,
    fill_template,
    replay_prefix,
)
from revtrack.sources.source import skipped
from revtrack.urls import alike
from revtrack.urls.parts import led_to
from revtrack.urls.replay import read_replay

__all__ = ["TimeMap", "WebLink", "captures_of_map", "in_time_order", "read_links"]

_HEAD = 2_000
"""Characters by which the lines of an index are recognized (range 500 to 10,000)."""

_PAGES = 1_000
"""Pages of one TimeMap that are read at most; archives put thousands of captures on each."""

_TARGET = re.compile(r"<([^<>]*)>")
_PARAMETER = re.compile(r'\s*;\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<>]*)))?')
_ESCAPED = re.compile(r"\\(.)")
_LINK_FORMAT = "application/link-format"

_iso = iso_date  # programs that measure this library use this name

_Listing = tuple[list[Capture | Screened], list[str | None]]
"""The captures on one page of a map, and the addresses of its other pages."""


@attrs.frozen
class TimeMap(Archive):
    """An archive whose TimeMaps are at *address*, with ``{url}`` where the page's address belongs.

    Without ``{url}`` it is appended: ``https://archive.example/timemap/link/``. Link format and the two
    JSON forms in use are read, and maps of several pages followed.
    """

    address: str

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures that the map lists, and a row for each line that cannot be read."""
        address = archive_address(url)
        return captures_of_map(self.client, fill_template(self.address, address), address)


def captures_of_map(client: Client, address: str, url: str) -> Iterator[Capture | Screened]:
    """The captures of *url* in the TimeMap at *address*, in time order.

    Raises `SourceError`, after the listed captures, where a page of the map fails or there are too
    many.
    """
    return in_time_order(_pages(client, address), url)


def _pages(client: Client, address: str) -> Iterator[Capture | Screened | SourceError]:
    """The lists of all pages of a map; a failed page does not lose the others."""
    pending, seen = [address], {address}
    limit = ListingLimit(client, address)
    for number, page_address in enumerate(pending):  # it may grow during reading
        if number == _PAGES:
            message = f"the map {address} has more than {_PAGES:,} pages: the rest is not read"
            raise FetchError(message, url=address, fault=FetchFault.TOO_LARGE)
        try:
            answer = client.get(page_address, robots=False)
            if answer.status == 404 and page_address == address:
                return
            captures, pages = _read(answer)
        except SourceError as error:
            yield error
            continue
        yield from captures
        limit.count(len(captures))
        for page in pages:
            if page and page not in seen and page.startswith("http"):
                seen.add(page)
                pending.append(page)


def in_time_order(
    entries: Iterable[Capture | Screened | SourceError], url: str
) -> Iterator[Capture | Screened]:
    """Those of *url*, each once: archives list addresses that they consider equal, in any letter case.

    The rows for entries that are not captures are first; the first error is raised last.
    """
    found: list[Capture | Screened | SourceError] = []
    try:
        found.extend(entries)
    except SourceError as error:
        found.append(error)
    captures = {
        (capture.captured_at, capture.url, capture.location): capture
        for capture in found
        if isinstance(capture, Capture) and capture.url is not None and alike(capture.url, url)
    }
    yield from [one for one in found if isinstance(one, Screened)]
    yield from sorted(captures.values(), key=lambda one: (one.captured_at, one.url, one.location))
    for one in found:
        if isinstance(one, SourceError):
            raise one


def _read(answer: Answer) -> _Listing:
    text = answer.body.decode("utf-8", "replace")
    if answer.status != OK or not text.strip():
        raise _no_map(answer)
    head = text if len(text) <= _HEAD else text[:_HEAD].rpartition("\n")[0]
    is_index = "<" not in head and bool(read_index(head).lines)
    if is_index or text.lstrip().startswith(("{", "[")):
        return _of_json(text, answer)
    return _of_links(text, answer)


def _no_map(answer: Answer) -> FetchError:
    return answer.failure(f"{answer.url} is not a TimeMap (status {answer.status})")


def _capture_of(
    answer: Answer, page_address: object, moment: datetime | None, url: str | None
) -> Capture | Screened:
    """The capture at *page_address*; a row where that is not an address, or it has no time."""
    location = led_to(answer.url, page_address)
    if location is None or moment is None:
        return skipped(Capture(None, None, "memento", location=answer.url), UNREADABLE_LINE)
    replay = read_replay(location)
    return Capture(replay.url if replay else url, moment, source="memento", location=location)


# -------------------------------------------------------------------------------------- link format


@attrs.frozen
class WebLink:
    """One link: its target, its `relations` (lower case) and its other parameters."""

    target: str
    relations: frozenset[str]
    parameters: tuple[tuple[str, str], ...]

    def parameter(self, name: str) -> str | None:
        """The value of a parameter, None where it is not given."""
        return next((value for key, value in self.parameters if key == name), None)

    @property
    def moment(self) -> datetime | None:
        """The time of the capture it links to, None where it links to none."""
        return http_date(self.parameter("datetime")) if "memento" in self.relations else None


def read_links(text: str) -> Iterator[WebLink]:
    """The links in *text*, in order; anything between them is skipped."""
    position = 0
    while (start := _TARGET.search(text, position)) is not None:
        parameters = []
        position = start.end()
        while (found := _PARAMETER.match(text, position)) is not None:
            value = _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3] or ""
            parameters.append((found[1].lower(), value))
            position = found.end()
        relations = next((value for name, value in parameters if name == "rel"), "")
        yield WebLink(start[1].strip(), frozenset(relations.lower().split()), tuple(parameters))


def _of_links(text: str, answer: Answer) -> _Listing:
    links = list(read_links(text))
    original = next((link.target for link in links if "original" in link.relations), None)
    if original is None:
        raise _no_map(answer)
    captures = [
        _capture_of(answer, link.target, link.moment, original)
        for link in links
        if "memento" in link.relations
    ]
    return captures, [led_to(answer.url, link.target) for link in links if _is_page(link)]


def _is_page(link: WebLink) -> bool:
    """Whether a link is to another page of this map, and not to the map in another form."""
    media_type = (link.parameter("type") or _LINK_FORMAT).partition(";")[0].strip()
    is_map = bool(link.relations & {"timemap", "next"}) and "memento" not in link.relations
    return is_map and "self" not in link.relations and media_type == _LINK_FORMAT


# --------------------------------------------------------------------------------------------- JSON


def _of_json(text: str, answer: Answer) -> _Listing:
    """A TimeMap in JSON: an object of mementos, or the lines of an index."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and "mementos" in document:
        return _of_document(document, answer)
    listing = read_index(text)
    if not listing.lines and listing.unreadable:
        raise _no_map(answer)
    prefix = replay_prefix(answer.url)
    captures = [line.capture(prefix, "memento") for line in listing.lines]
    return [*captures, *[_capture_of(answer, None, None, None)] * listing.unreadable], []


def _of_document(document: dict[str, object], answer: Answer) -> _Listing:
    mementos, original = document["mementos"], document.get("original_uri")
    listed = mementos.get("list") if isinstance(mementos, dict) else mementos
    captures: list[Capture | Screened] = []
    for memento in listed if isinstance(listed, list) else []:
        fields = memento if isinstance(memento, dict) else {}
        value = fields.get("datetime")
        moment = _iso(value) or http_date(str(value))
        captures.append(_capture_of(answer, fields.get("uri"), moment, str(original)))
    pages = document.get("timemap_index")
    found = (
        [page.get("uri") for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []
    )
    return captures, [led_to(answer.url, page) for page in found]
