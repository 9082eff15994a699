"""What web archives have in common: requests, and how a capture is fetched.

A capture is fetched raw, exactly that one, and redirects are followed inside the archive.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from revtrack.errors import AddressError, FetchError, FetchFault
from revtrack.http import REDIRECTS, http_date
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.network import Answer, Client
from revtrack.network.client import PAGE_TYPES
from revtrack.sources.fetching import NEAR, STEPS
from revtrack.sources.source import Ledgered
from revtrack.urls import identify
from revtrack.urls.parts import joined
from revtrack.urls.replay import Replay, read_replay, written_time

__all__ = [
    "LISTED",
    "LISTING_SECONDS",
    "Archive",
    "ListingLimit",
    "archive_address",
    "fill_template",
    "replay_prefix",
]


LISTED = 200_000
"""Captures of one address that an archive may list (range 20,000 to 2 million). The page of an archive
with the most has some 150,000; an endless list would fill the memory."""

LISTING_SECONDS = 1_800.0
"""Seconds that one list may take (range 600 to 7,200): a list of `LISTED` lines takes 40 answers."""

_LISTING_PATH = re.compile(r"/(?:timemap(?=[/?]|\Z).*|cdx/search/cdx/?(?:\?.*)?\Z)")


@attrs.frozen
class Archive(Ledgered):
    """A web archive, requested with *client*. It is a source (`revtrack.sources.LedgerSource`).

    `captures` raises `SourceError` where the archive does not answer, where its answer is not a list,
    and after the captures of an endless list; `AddressError` for a text that is not an address.
    """

    at_once: ClassVar[int] = 4
    """Concurrent fetches (range 1 to 8): an archive is one host, with a limit of its own."""

    client: Client = attrs.field(repr=False)
    _dated_prefixes: set[str] = attrs.field(factory=set, init=False, repr=False, eq=False)
    """The prefixes under which the archive was seen to date its captures."""

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw, and of no other time.

        Raises `FetchError` where it cannot be fetched: with `FetchFault.OTHER_TIME` where the archive
        serves another capture than this one, as archives do with the nearest one.
        """
        if capture.location is None or capture.captured_at is None:
            raise ValueError(f"not a capture of a web archive: {capture}")
        replay = read_replay(capture.location)
        place = replay.raw if replay else capture.location
        answer = self._dated_answer(place, capture.captured_at, timedelta(0))
        steps: list[Redirect] = []
        url = replay.url if replay else capture.url or answer.url
        while replay is not None and answer.status in REDIRECTS:
            target = _target(answer, url, replay)
            if target is None:
                break
            if len(steps) >= STEPS or target in {url, *[step.url for step in steps]}:
                message = f"the capture of {capture.url} is a redirect loop"
                raise answer.failure(message, FetchFault.TOO_MANY_REDIRECTS)
            steps.append(Redirect(url, answer.status, target))
            url = target
            answer = self._dated_answer(attrs.evolve(replay, url=url).raw, capture.captured_at, NEAR)
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(answer.body).hexdigest()),
            answer.body,
            content_type=answer.header("content-type"),
            headers=answer.headers,
            status=answer.status,
            redirects=tuple(steps),
        )

    def _dated_answer(self, place: str, expected: datetime, tolerance: timedelta) -> Answer:
        """The answer at *place*. Raises where it is not the capture of the *expected* time.

        Where an archive dates its captures, an answer without a date is the archive's own page and no
        capture, also with status 200.
        """
        answer = self.client.get(place, robots=False, archived=True, types=PAGE_TYPES)
        dated = http_date(answer.header("memento-datetime"))
        replayed = read_replay(answer.url)
        if dated is not None and replayed is not None:
            self._dated_prefixes.add(replayed.prefix)
        if dated is None:
            if answer.status >= 400 or replayed is None or replayed.prefix in self._dated_prefixes:
                raise answer.failure(
                    f"{answer.url} is not a capture: it has status {answer.status} and no time",
                    FetchFault.STATUS,
                )
            dated = replayed.moment
        if abs(dated - expected) > tolerance:
            raise answer.failure(
                f"the archive served its capture of {written_time(dated)} instead of "
                f"{written_time(expected)}, which it does not seem to have",
                FetchFault.OTHER_TIME,
            )
        return answer


def _target(answer: Answer, url: str, replay: Replay) -> str | None:
    """The target of a captured redirect on the original web."""
    location = answer.header("location")
    if not location:
        return None
    try:
        replayed = read_replay(joined(answer.url, location))
        if replayed is not None and replayed.prefix == replay.prefix:
            return replayed.url  # this archive writes its own addresses into captured redirects
        return joined(url, location)
    except AddressError as error:
        raise answer.failure(
            f"the capture of {url} redirects to {location[:200]!r}, which is not the address of a page",
            FetchFault.BAD_REDIRECT,
        ) from error


@attrs.define
class ListingLimit:
    """Counts what one archive lists of one address."""

    client: Client
    url: str
    captures: int = 0
    started: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.started = self._now()

    def _now(self) -> float:
        # a client of another class, with `get` alone, has no clock
        politeness = getattr(self.client, "politeness", None)
        return 0.0 if politeness is None else float(politeness.clock.monotonic())

    def count(self, more: int) -> None:
        """Count *more* captures. Raises `FetchError` once the list is longer than either bound."""
        self.captures += more
        if self.captures > LISTED:
            why, fault = f"lists more than {LISTED:,} captures", FetchFault.TOO_LARGE
        elif self._now() - self.started > LISTING_SECONDS:
            minutes = LISTING_SECONDS / 60
            why, fault = f"takes more than {minutes:.0f} minutes to list captures", FetchFault.TOO_SLOW
        else:
            return
        message = f"the archive {why} of {self.url}: the rest of its list is not read"
        raise FetchError(message, url=self.url, fault=fault)


def archive_address(url: str | None) -> str:
    """The address for requests to an archive: the safe form, since archives distinguish trackers.

    Raises `ValueError` without an address, `AddressError` for a text that is not an address.
    """
    if url is None:
        raise ValueError("an archive needs the address of a page")
    return identify(url).url


def fill_template(template: str, url: str) -> str:
    """An archive's address with *url* in the place of ``{url}``, or at its end where there is none."""
    return template.replace("{url}", url) if "{url}" in template else template + url


def replay_prefix(address: str) -> str:
    """The prefix of the replay addresses of an archive, from the address of its list of captures."""
    found = _LISTING_PATH.search(address)
    if found is None:
        return address
    return address[: found.start()] + ("/web/" if found[0].startswith("/cdx/") else "/")
