"""Ask an archive to save a page that was just captured, and where it says that the memento lies."""

from __future__ import annotations

import attrs

from revtrack.errors import AddressError, FetchFault
from revtrack.model import Snapshot
from revtrack.network import Answer, Client
from revtrack.sources.memento.listing import asked_for, filled
from revtrack.sources.memento.timemap import read_links
from revtrack.urls.parts import joined
from revtrack.urls.replay import read_replay

__all__ = ["ARCHIVED_AT", "INTERNET_ARCHIVE", "saved", "saved_at"]

INTERNET_ARCHIVE = "https://web.archive.org/save/{url}"
"""Where the Internet Archive is asked to save a page."""

ARCHIVED_AT = "archived-at"
"""The header of a snapshot that holds the address of its memento."""

_PAUSE = 15.0
"""Seconds between two pages that one archive is asked to save (range 5 to 60): each costs a crawl."""

_SAVED = frozenset([200, 201])


def saved(client: Client, snapshot: Snapshot, template: str = INTERNET_ARCHIVE) -> Snapshot:
    """The *snapshot* with the address of its memento, which the archive at *template* is asked to make.

    *template* holds ``{url}`` where the page's address belongs. Raises `FetchError` where the archive
    does not save the page, or does not say where.
    """
    place = saved_at(client, snapshot.url or "", template)
    return attrs.evolve(snapshot, headers=(*snapshot.headers, (ARCHIVED_AT, place)))


def saved_at(client: Client, url: str, template: str = INTERNET_ARCHIVE) -> str:
    """The address of the memento that the archive at *template* makes of the page at *url* now."""
    address = filled(template, asked_for(url))
    turn = f"saves at {template.partition('{')[0]}"
    client.politeness.slow_down(turn, _PAUSE)
    with client.politeness.turn(turn):
        answer = client.get(address, robots=False, archived=True)
    place = _place(answer)
    if place is None:
        raise answer.failure(
            f"the archive at {address} does not say that it saved the page (status {answer.status})",
            FetchFault.STATUS,
        )
    return place


def _place(answer: Answer) -> str | None:
    """Where the memento lies: by a header, or the address that the archive led to."""
    links = [
        link.target
        for name, value in answer.headers
        if name.lower() == "link"
        for link in read_links(value)
        if "memento" in link.relations
    ]
    named = [answer.header("content-location"), answer.header("location"), *links]
    for place in [one for one in named if one]:
        try:
            address = joined(answer.url, place)
        except AddressError:
            continue
        if read_replay(address) is not None or answer.status == 201:
            return address
    return answer.url if answer.status in _SAVED and read_replay(answer.url) is not None else None
