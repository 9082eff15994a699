"""Captures by TimeGate: an address that gives the capture nearest to a time (RFC 7089, section 4).

A gate cannot list. Most gates name a TimeMap, which does. Otherwise the captures are found by
bisection: the capture nearest to the middle of two known ones is one of these two if there is none
between. `saved` requests an archive to save a page that was just captured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain

import attrs

from revtrack.errors import AddressError, FetchError, FetchFault, SourceError
from revtrack.http import OK, http_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.network import Answer, Client
from revtrack.sources.memento.playback import Archive, ListingLimit, archive_address, fill_template
from revtrack.sources.memento.timemap import WebLink, captures_of_map, in_time_order, read_links
from revtrack.urls.parts import joined, led_to
from revtrack.urls.replay import read_replay

__all__ = ["ARCHIVED_AT", "INTERNET_ARCHIVE", "TimeGate", "bisected", "saved"]


_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MOST = 20_000
"""Captures that bisection finds at most; it takes two to four requests for each."""


@attrs.frozen
class _GateAnswer:
    """The answer of a gate for a time."""

    moment: datetime
    location: str
    links: tuple[WebLink, ...]


@attrs.frozen
class TimeGate(Archive):
    """An archive whose TimeGates are at *address*, with ``{url}`` where the page's address belongs.

    Without ``{url}`` it is appended: ``https://archive.example/``. *halve* queries only the gate, even
    where it names a TimeMap: two to four requests for each capture.
    """

    address: str
    halve: bool = False

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and a row for each line of a TimeMap that cannot be read."""
        url = archive_address(url)
        gate = fill_template(self.address, url)
        first = self._nearest(gate, _EARLIEST)
        if first is None:
            return iter(())
        maps = [link.target for link in first.links if "timemap" in link.relations]
        if maps and not (self.halve and first.location != gate):
            captures = captures_of_map(self.client, _joined(gate, maps[0]), url)
            one = next(captures, None)
            if one is not None:
                return chain((one,), captures)
        return self._bisected(gate, url, first)  # also where the named map does not exist

    def _bisected(self, gate: str, url: str, first: _GateAnswer) -> Iterator[Capture | Screened]:
        answers = {first.moment: first}
        limit = ListingLimit(self.client, gate)

        def nearest(moment: datetime) -> datetime:
            limit.count(1)
            found = self._nearest(gate, moment) or first
            answers[found.moment] = found
            return found.moment

        entries: list[Capture | Screened | SourceError] = []
        try:
            bisected(nearest, first.moment, nearest(self.client.politeness.clock.now()))
        except FetchError as error:
            entries.append(error)  # captures that were already found are listed
        for moment, one in answers.items():
            replay = read_replay(one.location)
            address = replay.url if replay else url
            entries.append(Capture(address, moment, source="memento", location=one.location))
        yield from in_time_order(entries, url)

    def _nearest(self, gate: str, moment: datetime) -> _GateAnswer | None:
        """The capture that the gate gives for a time, None where it has none at all."""
        wanted = format_datetime(moment.astimezone(UTC), usegmt=True)
        answer = self.client.get(
            gate, headers=(("Accept-Datetime", wanted),), robots=False, archived=True
        )
        dated = http_date(answer.header("memento-datetime"))
        header = ", ".join([value for name, value in answer.headers if name.lower() == "link"])
        links = tuple(read_links(header))
        if dated is None:
            if answer.status == 404:
                return None
            if answer.status == OK and (framed := _framed(answer, links, moment)) is not None:
                return framed
            raise answer.failure(f"{gate} is not a TimeGate: it has status {answer.status} and no time")
        place = answer.header("content-location") or next(
            (link.target for link in links if "memento" in link.relations), answer.url
        )
        return _GateAnswer(dated, _joined(answer.url, place), links)


def _framed(answer: Answer, links: tuple[WebLink, ...], moment: datetime) -> _GateAnswer | None:
    """The capture named by a page with a frame around it, as archives in framed mode answer.

    A page that names only the TimeMap is enough: the map lists the captures.
    """
    captures = [(dated, link.target) for link in links if (dated := link.moment) is not None]
    if captures:
        dated, place = min(captures, key=lambda one: abs(one[0] - moment))
        return _GateAnswer(dated, _joined(answer.url, place), links)
    names_map = any("timemap" in link.relations for link in links)
    return _GateAnswer(moment, answer.url, links) if names_map else None


def _joined(base: str, place: str) -> str:
    """The address in an archive's header; raises `FetchError` where it is not an address."""
    try:
        return joined(base, place)
    except AddressError as error:
        raise FetchError(
            f"{base} names an invalid address: {error}", url=base, fault=FetchFault.BAD_ANSWER
        ) from error


def bisected(
    nearest: Callable[[datetime], datetime], first: datetime, last: datetime
) -> tuple[datetime, ...]:
    """All moments from *first* to *last* that *nearest* can give, in order.

    *nearest* gives the one nearest to a time, either of two that are equally near; both bounds are
    known to be among them. Whole seconds are assumed.
    """
    known = {first, last}
    pending = [(first, last)]
    while pending and len(known) < _MOST:
        start, stop = pending.pop()
        if stop - start <= _SECOND:
            continue
        middle = start + ((stop - start) // 2 // _SECOND) * _SECOND
        middle_capture = nearest(middle)
        if middle_capture in (start, stop) and (stop - start) // _SECOND % 2:
            # no second is exactly in the middle: one as near as the bound is found from the other side
            middle_capture = nearest(middle + _SECOND)
        if start < middle_capture < stop:
            known.add(middle_capture)
            pending += [(start, middle_capture), (middle_capture, stop)]
    return tuple(sorted(known))


# -------------------------------------------------------------------------------------- saved pages

INTERNET_ARCHIVE = "https://web.archive.org/save/{url}"
"""The Internet Archive's address for saving a page."""

ARCHIVED_AT = "archived-at"
"""The header of a snapshot with the address of its memento."""

_PAUSE = 15.0
"""Seconds between two requests to save a page at one archive (range 5 to 60): each costs a crawl."""

_SAVED = frozenset([200, 201])


def saved(client: Client, snapshot: Snapshot, template: str = INTERNET_ARCHIVE) -> Snapshot:
    """The *snapshot* with the address of its memento, which the archive at *template* is asked to save.

    *template* contains ``{url}`` where the page's address belongs. Raises `FetchError` where the
    archive does not save the page, or does not give its address.
    """
    address = fill_template(template, archive_address(snapshot.url or ""))
    turn = f"saves at {template.partition('{')[0]}"
    client.politeness.slow_down(turn, _PAUSE)
    with client.politeness.turn(turn):
        answer = client.get(address, robots=False, archived=True)
    place = _place(answer)
    if place is None:
        raise answer.failure(
            f"the archive at {address} did not confirm that it saved the page (status {answer.status})",
            FetchFault.STATUS,
        )
    return attrs.evolve(snapshot, headers=(*snapshot.headers, (ARCHIVED_AT, place)))


def _place(answer: Answer) -> str | None:
    """The address of the memento: from a header, or the address that the archive redirected to."""
    links = [
        link.target
        for name, value in answer.headers
        if name.lower() == "link"
        for link in read_links(value)
        if "memento" in link.relations
    ]
    named = [answer.header("content-location"), answer.header("location"), *links]
    for address in [led_to(answer.url, one) for one in named]:
        if address and (read_replay(address) is not None or answer.status == 201):
            return address
    return answer.url if answer.status in _SAVED and read_replay(answer.url) is not None else None
