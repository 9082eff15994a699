"""The Internet Archive's Wayback Machine, through EDGI's `wayback`, which knows its quirks and limits.

`wayback` speaks over a session of `requests`. Here that session is carried by a `Client`, so that the
guard, the bounds, politeness and the contact hold for it too. Needs the extra `archive`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, timedelta
from itertools import pairwise
from typing import Any, cast

import attrs

from revtrack.errors import FetchError, FetchFault, MissingExtraError, SourceError
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.network import Answer, Client
from revtrack.network.headers import http_date
from revtrack.sources.memento.addresses import asked_for
from revtrack.sources.memento.playback import AT_ONCE
from revtrack.sources.redirects import NEAR
from revtrack.urls import alike
from revtrack.urls.replay import read_replay, written_time

try:
    import requests
    from requests.adapters import BaseAdapter
    from requests.structures import CaseInsensitiveDict
    from wayback import (  # type: ignore[import-untyped]  # has no types
        Mode,
        WaybackClient,
        WaybackSession,
    )
    from wayback.exceptions import (  # type: ignore[import-untyped]  # as above
        WaybackException,
    )
except ModuleNotFoundError as error:
    raise MissingExtraError(
        extra="archive", package=error.name or "wayback", purpose="asking the Internet Archive"
    ) from error

__all__ = ["InternetArchive"]

_ORIGIN = "https://web.archive.org"


class _OverClient(BaseAdapter):
    """Carries requests over a `Client`, one hop each: `wayback` judges redirects itself."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def send(  # type: ignore[override]  # a client has its own certificates, proxies and times
        self, request: requests.PreparedRequest, **_: object
    ) -> requests.Response:
        url = request.url or _ORIGIN
        try:
            answer = self._client.get(url, robots=False, archived=True, follow=False)
        except FetchError as error:
            if error.status is None:
                raise
            # `wayback` has its own names for what the archive refuses
            answer = Answer(url, error.status, (), b"", self._client.politeness.clock.now())
        return _response(request, url, answer)

    def close(self) -> None:
        """Nothing: the client is closed by whoever made it."""


def _response(request: requests.PreparedRequest, url: str, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    # `wayback` takes the time in the address for that of the capture: let it be the one that was given
    replay, given = read_replay(url), http_date(answer.header("memento-datetime"))
    response.url = attrs.evolve(replay, moment=given).raw if replay and given else url
    response.request = request
    packed = {"content-encoding", "content-length", "transfer-encoding"}
    headers = {name: value for name, value in answer.headers if name.lower() not in packed}
    response.headers = CaseInsensitiveDict(headers)
    response.raw = io.BytesIO(answer.body)
    return response


def _client_of(archive: InternetArchive) -> WaybackClient:
    # tries and waits are those of our client; what `wayback` knows of the archive's limits stays
    limits = {} if archive.limited else {"search_calls_per_second": 0, "memento_calls_per_second": 0}
    session = WaybackSession(retries=0, user_agent=archive.client.user_agent, **cast("Any", limits))
    session.mount("https://", _OverClient(archive.client))
    session.mount("http://", _OverClient(archive.client))
    session.trust_env = False
    return WaybackClient(session)


@attrs.frozen
class InternetArchive:
    """The captures of the Internet Archive.

    *limited* keeps the rates that `wayback` knows the archive to bear (0.4 searches and 8 captures a
    second, in all of the process); leave it so.
    """

    client: Client = attrs.field(repr=False)
    limited: bool = attrs.field(default=True, repr=False)
    _wayback: WaybackClient = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_client_of, takes_self=True)
    )

    @property
    def at_once(self) -> int:
        """How many fetches at one time are of use."""
        return AT_ONCE

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url*, in time order; none where the archive has none.

        Raises `SourceError` where the archive does not answer, or does not show this page to anyone.
        """
        return self._captures(asked_for(url))

    def _captures(self, url: str) -> Iterator[Capture]:
        try:
            for record in self._wayback.search(url):
                if alike(record.original, url) is not None:
                    yield Capture(
                        record.original,
                        record.timestamp.astimezone(UTC),
                        source="wayback",
                        location=record.raw_url,
                        payload_digest=f"sha1:{record.digest}",
                    )
        except WaybackException as error:
            raise SourceError(
                f"the Internet Archive does not list {url}: {error}", location=url
            ) from error

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a capture, raw. Raises `FetchError` where it cannot be had."""
        if capture.source != "wayback" or capture.location is None or capture.captured_at is None:
            raise ValueError(f"not a capture of the Internet Archive: {capture}")
        try:
            memento = self._wayback.get_memento(
                capture.location,
                mode=Mode.original,
                exact=True,
                exact_redirects=False,
                target_window=NEAR,
            )
        except WaybackException as error:
            raise FetchError(
                f"the Internet Archive does not give {capture.location}: {error}",
                url=capture.location,
                fault=FetchFault.STATUS,
            ) from error
        first = (*memento.history, memento)[0]
        for one, near in ((first, timedelta(0)), (memento, NEAR)):
            if abs(one.timestamp - capture.captured_at) > near:
                raise FetchError(
                    f"the Internet Archive gives its capture of {written_time(one.timestamp)} for "
                    f"{capture.location}",
                    url=capture.location,
                    fault=FetchFault.OTHER_TIME,
                )
        chain = [*memento.history, memento]
        body = memento.content
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(body).hexdigest()),
            body,
            content_type=memento.headers.get("Content-Type"),
            headers=tuple([(name, value) for name, value in memento.headers.items()]),
            status=memento.status_code,
            redirects=tuple([Redirect(a.url, a.status_code, b.url) for a, b in pairwise(chain)]),
        )
