"""Client: request a page from a server, politely, within bounds, and only where the guard allows.

The steps of one request: parse the address; check robots.txt where a page is wanted; wait for a turn at
the host; connect to a checked address; read the answer up to its bounds; retry later where the server
is busy; follow a redirect as one more such request. No cookie and no proxy of the environment is used,
and none is stored or sent; credentials are sent to the requested origin and to no other that it
redirects to.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Collection
from functools import partial
from importlib.metadata import version

import attrs

from revtrack.errors import AddressError, FetchError, FetchFault
from revtrack.http import REDIRECTS, Headers, retry_after
from revtrack.model import Redirect
from revtrack.network.exchange import Answer, Bounds, Exchange
from revtrack.network.guard import Guard
from revtrack.network.politeness import Politeness, Robots
from revtrack.urls.parts import Parts, joined, read_parts, written

__all__ = ["AGENT", "PAGE_TYPES", "Client"]

AGENT = "revtrack"
"""The name by which robots.txt files address this program."""

PAGE_TYPES = frozenset(
    ["text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"]
)
"""The content types that a page may have; an answer without one is treated as a page."""

_CONTACT = re.compile(r"[\x21-\x7e][\x20-\x7e]{2,200}")
_BUSY = frozenset([429, 502, 503, 504])
_RETRIED = frozenset([FetchFault.NO_CONNECTION, FetchFault.BROKEN_OFF])
_MEMENTO_HEADER = "memento-datetime"
"""The header by which an archive marks a captured answer, and not one of its own."""
_ROBOTS_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least this much of a robots.txt is read."""


@attrs.frozen
class _Request:
    """The parameters of `Client.get`; `redirected`: another answer redirected to the address."""

    headers: Headers = ()
    robots: bool = True
    archived: bool = False
    types: Collection[str] = ()
    redirected: bool = False


class Client:
    """Sends requests. Safe to use from several threads; close it, or use it in a `with`.

    *contact* is the address, of a page or for mail, by which operators of servers can reach whoever
    runs this program; it is sent with every request. *tls* is for servers with self-signed
    certificates; without it the machine's trusted authorities decide.
    """

    def __init__(
        self,
        contact: str,
        *,
        politeness: Politeness | None = None,
        guard: Guard | None = None,
        bounds: Bounds | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        if not _CONTACT.fullmatch(contact) or not ("@" in contact or "." in contact):
            raise ValueError(f"contact needs an address for mail or of a page, got {contact!r}")
        self.politeness = politeness or Politeness()
        self.bounds = bounds or Bounds()
        self.user_agent = f"{AGENT}/{version(AGENT)} (+{contact})"
        clock = self.politeness.clock
        guard = guard or Guard()
        self._exchange = Exchange(guard, self.bounds, clock, tls)
        # a redirect may not reach loopback, even where the user's address may
        self._has_strict_backend = guard.loopback
        self._robots = {
            redirected: Robots(AGENT, partial(self._robots_txt, redirected=redirected), clock.monotonic)
            for redirected in (False, True)
        }

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._exchange.close()

    def get(
        self,
        url: str,
        *,
        headers: Headers = (),
        robots: bool = True,
        archived: bool = False,
        types: Collection[str] = (),
    ) -> Answer:
        """Request *url*, following redirects and retrying where the server is busy.

        *robots* checks robots.txt first; turn it off for interfaces made for programs. *archived* marks
        the server as an archive: statuses and redirects with ``Memento-Datetime`` are those of a
        capture and are returned unchanged. *types* are the content types that are read at all. A guard
        that allows loopback does so for the origin of *url*, and for no other that an answer redirects
        to.

        Statuses such as 404 are answers. Raises `FetchError` where there is none, or no usable one.
        """
        return self._answer(url, _Request(headers, robots, archived, types))

    def _answer(self, url: str, request: _Request) -> Answer:
        steps: list[Redirect] = []
        requested_origin = None if request.redirected else _origin(_parts(url))
        while True:
            parts = _parts(url)
            url = written(parts)
            if _origin(parts) != requested_origin:  # credentials are for the requested origin
                fields = [field for field in request.headers if field[0].lower() != "authorization"]
                request = attrs.evolve(
                    request, redirected=self._has_strict_backend, headers=tuple(fields)
                )
            else:
                request = attrs.evolve(request, redirected=False)
            if request.robots and self.politeness.robots:
                self._check_robots(parts, redirected=request.redirected)
            answer = self._with_retries(parts, request)
            target = _target(answer, archived=request.archived)
            if target is None:
                return attrs.evolve(answer, redirects=tuple(steps))
            visited = {url, *[step.url for step in steps]}
            steps.append(Redirect(url, answer.status, target))
            if target in visited or len(steps) > self.bounds.redirects:
                chain = " → ".join([steps[0].url, *[step.target for step in steps]])
                raise answer.failure(
                    f"too many redirects: {chain[:500]}", FetchFault.TOO_MANY_REDIRECTS
                )
            url = target

    def _with_retries(self, parts: Parts, request: _Request) -> Answer:
        """One answer of one address, requested as often as politeness allows."""
        url, politeness = written(parts), self.politeness
        sent_headers = (("User-Agent", self.user_agent), *request.headers)
        attempt = 0
        while True:
            attempt += 1
            wait = None
            self._raise_if_closed(parts)
            try:
                with politeness.turn(parts.host):
                    self._raise_if_closed(parts)
                    answer = self._exchange.get(
                        parts, sent_headers, types=request.types, redirected=request.redirected
                    )
            except FetchError as error:
                failure = error
                if error.fault not in _RETRIED:
                    raise
            else:
                if answer.status not in _BUSY or (request.archived and answer.header(_MEMENTO_HEADER)):
                    return answer
                wait = retry_after(answer.headers, now=politeness.clock.now())
                failure = _busy(url, answer.status, wait)
            wait = politeness.wait_before(attempt + 1, wait)
            if failure.status is not None:
                politeness.hold(parts.host, wait, status=failure.status)
            if attempt >= politeness.tries or wait > politeness.longest_wait:
                raise failure
            if failure.status is None:
                politeness.clock.sleep(wait)

    def _raise_if_closed(self, parts: Parts) -> None:
        """Raise the `FetchError` of a host that asks for a longer pause than we wait."""
        closed = self.politeness.closed(parts.host)
        if closed is not None:
            remaining, status = closed
            raise _busy(written(parts), status or 503, remaining)

    def _check_robots(self, parts: Parts, *, redirected: bool) -> None:
        try:
            pause = self._robots[redirected].check(written(parts), _origin(parts))
        except FetchError:
            self._raise_if_closed(parts)  # this is the reason why robots.txt could not be read
            raise
        if pause is not None:
            self.politeness.slow_down(parts.host, pause)

    def _robots_txt(self, url: str, *, redirected: bool) -> tuple[int, str]:
        answer = self._answer(url, _Request(robots=False, redirected=redirected))
        if answer.status >= 500:
            raise _busy(url, answer.status, None)
        return answer.status, answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace")


def _parts(url: str) -> Parts:
    try:
        return read_parts(url)
    except AddressError as error:
        raise FetchError(str(error), url=url, fault=FetchFault.BAD_REDIRECT) from error


def _origin(parts: Parts) -> str:
    return written(attrs.evolve(parts, path="/", query="")).rstrip("/")


def _target(answer: Answer, *, archived: bool) -> str | None:
    """The target of a redirect, None for any other answer."""
    location = answer.header("location")
    if answer.status not in REDIRECTS or not location or (archived and answer.header(_MEMENTO_HEADER)):
        return None
    try:
        return written(read_parts(joined(answer.url, location)))
    except AddressError as error:
        raise answer.failure(
            f"{answer.url} redirects to {location[:200]!r}, which is not the address of a page",
            FetchFault.BAD_REDIRECT,
        ) from error


def _busy(url: str, status: int, wait: float | None) -> FetchError:
    advice = "" if wait is None else f"; retry in {wait:.0f} seconds"
    many = status == 429
    return FetchError(
        f"{url} answers {status}, {'too many requests' if many else 'the server is busy'}{advice}",
        url=url,
        fault=FetchFault.TOO_MANY_REQUESTS if many else FetchFault.SERVER_ERROR,
        status=status,
        retry_after=wait,
    )
