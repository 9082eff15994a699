"""Fetch one capture from an archive: raw, exactly that one, redirects followed inside the archive."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import attrs

from revtrack.errors import AddressError, FetchFault
from revtrack.http import REDIRECTS, http_date
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.network import Answer, Client
from revtrack.network.client import PAGE_TYPES
from revtrack.sources.fetching import NEAR, STEPS
from revtrack.urls.parts import joined
from revtrack.urls.replay import Replay, read_replay, written_time

__all__ = ["fetch_memento"]


def fetch_memento(client: Client, capture: Capture, dating: set[str]) -> Snapshot:
    """The snapshot of a *capture* whose `location` is an address in an archive.

    *dating* are the prefixes under which archives were seen to date their captures; more are added.
    Raises `FetchError`: with `FetchFault.OTHER_TIME` where the archive gives another capture than this
    one, as archives do for whatever is nearest.
    """
    if capture.location is None or capture.captured_at is None:
        raise ValueError(f"not a capture of a web archive: {capture}")
    replay = read_replay(capture.location)
    answer = _get(client, replay.raw if replay else capture.location)
    _check_time(dating, answer, capture.captured_at, timedelta(0))
    steps: list[Redirect] = []
    url = replay.url if replay else capture.url or answer.url
    while replay is not None and answer.status in REDIRECTS:
        target = _target(answer, url, replay)
        if target is None:
            break
        if len(steps) >= STEPS or target in {url, *[step.url for step in steps]}:
            raise answer.failure(
                f"the capture of {capture.url} is a circle of redirects", FetchFault.TOO_MANY_REDIRECTS
            )
        steps.append(Redirect(url, answer.status, target))
        url = target
        answer = _get(client, attrs.evolve(replay, url=url).raw)
        _check_time(dating, answer, capture.captured_at, NEAR)
    return Snapshot(
        attrs.evolve(capture, digest=hashlib.sha256(answer.body).hexdigest()),
        answer.body,
        content_type=answer.header("content-type"),
        headers=answer.headers,
        status=answer.status,
        redirects=tuple(steps),
    )


def _get(client: Client, url: str) -> Answer:
    return client.get(url, robots=False, archived=True, types=PAGE_TYPES)


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


def _check_time(dating: set[str], answer: Answer, wanted: datetime, near: timedelta) -> None:
    """Raise where the answer is not the capture of the wanted time.

    An archive that dates its captures speaks for itself where it gives no date: what it says then, with
    status 200 too, is no capture.
    """
    given = http_date(answer.header("memento-datetime"))
    replayed = read_replay(answer.url)
    if given is not None and replayed is not None:
        dating.add(replayed.prefix)
    if given is None:
        if answer.status >= 400 or replayed is None or replayed.prefix in dating:
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
