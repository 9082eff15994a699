"""What web archives have in common: how they are asked, and how a capture is fetched.

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
    """The prefixes under which the archive was seen to date its captures."""

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw, and that of no other time.

        Raises `FetchError` where it cannot be had: with `FetchFault.OTHER_TIME` where the archive gives
        another capture than this one, as archives do for whatever is nearest.
        """
        if capture.location is None or capture.captured_at is None:
            raise ValueError(f"not a capture of a web archive: {capture}")
        replay = read_replay(capture.location)
        place = replay.raw if replay else capture.location
        answer = self._given(place, capture.captured_at, timedelta(0))
        steps: list[Redirect] = []
        url = replay.url if replay else capture.url or answer.url
        while replay is not None and answer.status in REDIRECTS:
            target = _target(answer, url, replay)
            if target is None:
                break
            if len(steps) >= STEPS or target in {url, *[step.url for step in steps]}:
                said = f"the capture of {capture.url} is a circle of redirects"
                raise answer.failure(said, FetchFault.TOO_MANY_REDIRECTS)
            steps.append(Redirect(url, answer.status, target))
            url = target
            answer = self._given(attrs.evolve(replay, url=url).raw, capture.captured_at, NEAR)
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(answer.body).hexdigest()),
            answer.body,
            content_type=answer.header("content-type"),
            headers=answer.headers,
            status=answer.status,
            redirects=tuple(steps),
        )

    def _given(self, place: str, wanted: datetime, near: timedelta) -> Answer:
        """What lies at *place*. Raises where it is not the capture of the *wanted* time.

        An archive that dates its captures speaks for itself where it gives no date: what it says then,
        with status 200 too, is no capture.
        """
        answer = self.client.get(place, robots=False, archived=True, types=PAGE_TYPES)
        given = http_date(answer.header("memento-datetime"))
        replayed = read_replay(answer.url)
        if given is not None and replayed is not None:
            self._dating.add(replayed.prefix)
        if given is None:
            if answer.status >= 400 or replayed is None or replayed.prefix in self._dating:
                raise answer.failure(
                    f"{answer.url} is no capture: the archive answers {answer.status} without a time",
                    FetchFault.STATUS,
                )
            given = replayed.moment
        if abs(given - wanted) > near:
            raise answer.failure(
                f"the archive gives its capture of {written_time(given)} for that of "
                f"{written_time(wanted)}, which it does not seem to have",
                FetchFault.OTHER_TIME,
            )
        return answer


def _target(answer: Answer, url: str, replay: Replay) -> str | None:
    """Where a captured redirect leads on the web of its time."""
    location = answer.header("location")
    if not location:
        return None
    try:
        inside = read_replay(joined(answer.url, location))
        if inside is not None and inside.prefix == replay.prefix:
            return inside.url  # this archive writes its own addresses into captured redirects
        return joined(url, location)
    except AddressError as error:
        raise answer.failure(
            f"the capture of {url} leads to {location[:200]!r}, which is no address of a page",
            FetchFault.BAD_REDIRECT,
        ) from error


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
