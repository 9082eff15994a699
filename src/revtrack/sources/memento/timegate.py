"""Captures by TimeGate: an address that gives the capture nearest to a time (RFC 7089, section 4).

A gate cannot list. Mostly it names a TimeMap, which does. Where it names none, the captures are found
by halving: the capture nearest to the middle of two known ones is one of these two if there is none
between. `saved` asks an archive to save a page that was just captured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain

import attrs

from revtrack.errors import AddressError, FetchError, FetchFault, SourceError
from revtrack.http import http_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.network import Answer, Client
from revtrack.sources.memento.playback import Archive, Listed, asked_for, filled
from revtrack.sources.memento.timemap import WebLink, captures_of_map, in_time_order, read_links
from revtrack.urls.parts import joined, led_to
from revtrack.urls.replay import read_replay

__all__ = ["ARCHIVED_AT", "INTERNET_ARCHIVE", "TimeGate", "by_halving", "saved"]


_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MOST = 20_000
"""Captures that are looked for by halving at most; it takes two to four requests for each."""


@attrs.frozen
class _Given:
    """What a gate gave for a time."""

    moment: datetime
    location: str
    links: tuple[WebLink, ...]


@attrs.frozen
class TimeGate(Archive):
    """An archive whose TimeGates lie at *address*, with ``{url}`` where the page's address belongs.

    Without ``{url}`` it is appended: ``https://archive.example/``. *halve* asks the gate alone, even
    where it names a TimeMap: two to four requests for each capture.
    """

    address: str
    halve: bool = False

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and a row for each line of a TimeMap that cannot be read."""
        url = asked_for(url)
        gate = filled(self.address, url)
        first = self._nearest(gate, _EARLIEST)
        if first is None:
            return iter(())
        maps = [link.target for link in first.links if "timemap" in link.relations]
        if maps and not (self.halve and first.location != gate):
            mapped = captures_of_map(self.client, _joined(gate, maps[0]), url)
            one = next(mapped, None)
            if one is not None:
                return chain((one,), mapped)
        return self._halved(gate, url, first)  # also where the map that is named is not there

    def _halved(self, gate: str, url: str, first: _Given) -> Iterator[Capture | Screened]:
        given = {first.moment: first}
        listed = Listed(self.client, gate)

        def nearest(moment: datetime) -> datetime:
            listed.must_go_on(1)
            found = self._nearest(gate, moment) or first
            given[found.moment] = found
            return found.moment

        met: list[Capture | Screened | SourceError] = []
        try:
            by_halving(nearest, first.moment, nearest(self.client.politeness.clock.now()))
        except FetchError as error:
            met.append(error)  # what was found before is listed all the same
        for moment, one in given.items():
            replay = read_replay(one.location)
            address = replay.url if replay else url
            met.append(Capture(address, moment, source="memento", location=one.location))
        yield from in_time_order(met, url)

    def _nearest(self, gate: str, moment: datetime) -> _Given | None:
        """The capture that the gate gives for a time, None where it has none at all."""
        wanted = format_datetime(moment.astimezone(UTC), usegmt=True)
        answer = self.client.get(
            gate, headers=(("Accept-Datetime", wanted),), robots=False, archived=True
        )
        given = http_date(answer.header("memento-datetime"))
        written = ", ".join([value for name, value in answer.headers if name.lower() == "link"])
        links = tuple(read_links(written))
        if given is None:
            if answer.status == 404:
                return None
            if answer.status == 200 and (framed := _framed(answer, links, moment)) is not None:
                return framed
            raise answer.failure(f"{gate} is no TimeGate: it answers {answer.status} without a time")
        place = answer.header("content-location") or next(
            (link.target for link in links if "memento" in link.relations), answer.url
        )
        return _Given(given, _joined(answer.url, place), links)


def _framed(answer: Answer, links: tuple[WebLink, ...], moment: datetime) -> _Given | None:
    """The capture that a page with a frame around it names, as archives in framed mode answer.

    Where it names the TimeMap alone, that is as good: it lists what there is.
    """
    named = [(given, link.target) for link in links if (given := link.moment) is not None]
    if named:
        given, place = min(named, key=lambda one: abs(one[0] - moment))
        return _Given(given, _joined(answer.url, place), links)
    has_map = any("timemap" in link.relations for link in links)
    return _Given(moment, answer.url, links) if has_map else None


def _joined(base: str, place: str) -> str:
    """Where an archive says that something lies; raises `FetchError` where it says no address."""
    try:
        return joined(base, place)
    except AddressError as error:
        raise FetchError(
            f"{base} names a place that is none: {error}", url=base, fault=FetchFault.BAD_ANSWER
        ) from error


def by_halving(
    nearest: Callable[[datetime], datetime], first: datetime, last: datetime
) -> tuple[datetime, ...]:
    """All moments from *first* to *last* that *nearest* can give, in order.

    *nearest* gives the one nearest to a time, either of two that are equally near; both bounds are
    known to be among them. Whole seconds are assumed.
    """
    known = {first, last}
    waiting = [(first, last)]
    while waiting and len(known) < _MOST:
        early, late = waiting.pop()
        if late - early <= _SECOND:
            continue
        middle = early + ((late - early) // 2 // _SECOND) * _SECOND
        between = nearest(middle)
        if between in (early, late) and (late - early) // _SECOND % 2:
            # no second lies in the very middle: what is as near as the bound is seen from the other
            # side
            between = nearest(middle + _SECOND)
        if early < between < late:
            known.add(between)
            waiting += [(early, between), (between, late)]
    return tuple(sorted(known))


# -------------------------------------------------------------------------------------- saved pages

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
    address = filled(template, asked_for(snapshot.url or ""))
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
    return attrs.evolve(snapshot, headers=(*snapshot.headers, (ARCHIVED_AT, place)))


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
    for address in [led_to(answer.url, one) for one in named]:
        if address and (read_replay(address) is not None or answer.status == 201):
            return address
    return answer.url if answer.status in _SAVED and read_replay(answer.url) is not None else None
