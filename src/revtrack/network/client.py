"""Client: ask a server for a page, politely, within bounds, and only where the guard allows.

The steps of one request: the address is read; robots.txt is asked where a page is wanted; a turn at the
host is waited for; a checked address is connected to; the answer is read up to its bounds; a busy
server is asked again later; a redirect is one more such request. Cookies and proxies of the environment
have no place here, since none is ever kept or sent; credentials are sent to the origin that was asked
and to no other that it leads to.
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
"""The name that robots.txt files may speak to."""

PAGE_TYPES = frozenset(
    ["text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"]
)
"""The content types that a page may have; an answer without one is taken for a page."""

_CONTACT = re.compile(r"[\x21-\x7e][\x20-\x7e]{2,200}")
_BUSY = frozenset([429, 502, 503, 504])
_AGAIN = frozenset([FetchFault.NO_CONNECTION, FetchFault.BROKEN_OFF])
_CAPTURED = "memento-datetime"
"""What an archive says of an answer that it captured, and not of one of its own."""
_ROBOTS_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least so much of a robots.txt is read."""


@attrs.frozen
class _Question:
    """What is asked, as `Client.get` has it; `led` says that an answer led to the address."""

    headers: Headers = ()
    robots: bool = True
    archived: bool = False
    types: Collection[str] = ()
    led: bool = False


class Client:
    """Asks servers. Safe to use from several threads; close it, or use it in a `with`.

    *contact* is the address, of a page or for mail, under which those who run a server reach whoever
    runs this program; it is sent with every request. *tls* is for servers with certificates of their
    own making; without it the machine's trusted authorities decide.
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
        # what an answer leads to may be closed though a user may name it: loopback alone
        self._is_led_apart = guard.loopback
        self._robots = {
            led: Robots(AGENT, partial(self._robots_txt, led=led), clock.monotonic)
            for led in (False, True)
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
        """Ask for *url*, through redirects and again where the server is busy.

        *robots* asks robots.txt first; leave it for what is made for programs. *archived* says that the
        server is an archive: statuses and redirects that bear ``Memento-Datetime`` are those of a
        capture and are returned as they are. *types* are the content types that are read at all.
        A guard that allows loopback does so for the origin of *url*, and for no other that an answer
        leads to.

        Statuses such as 404 are answers. Raises `FetchError` where none comes, or none of use.
        """
        return self._answer(url, _Question(headers, robots, archived, types))

    def _answer(self, url: str, question: _Question) -> Answer:
        steps: list[Redirect] = []
        asked_origin = None if question.led else _origin(_parts(url))
        while True:
            parts = _parts(url)
            url = written(parts)
            if _origin(parts) != asked_origin:  # credentials are for the one that was asked
                kept = [field for field in question.headers if field[0].lower() != "authorization"]
                question = attrs.evolve(question, led=self._is_led_apart, headers=tuple(kept))
            else:
                question = attrs.evolve(question, led=False)
            if question.robots and self.politeness.robots:
                self._ask_robots(parts, led=question.led)
            answer = self._tried(parts, question)
            target = _target(answer, archived=question.archived)
            if target is None:
                return attrs.evolve(answer, redirects=tuple(steps))
            asked = {url, *[step.url for step in steps]}
            steps.append(Redirect(url, answer.status, target))
            if target in asked or len(steps) > self.bounds.redirects:
                steps_taken = " → ".join([steps[0].url, *[step.target for step in steps]])
                raise answer.failure(
                    f"too many redirects: {steps_taken[:500]}", FetchFault.TOO_MANY_REDIRECTS
                )
            url = target

    def _tried(self, parts: Parts, question: _Question) -> Answer:
        """One answer of one address, asked as often as politeness allows."""
        url, politeness = written(parts), self.politeness
        sent = (("User-Agent", self.user_agent), *question.headers)
        attempt = 0
        while True:
            attempt += 1
            wait = None
            self._must_be_open(parts)
            try:
                with politeness.turn(parts.host):
                    self._must_be_open(parts)
                    answer = self._exchange.get(parts, sent, types=question.types, led=question.led)
            except FetchError as error:
                failure = error
                if error.fault not in _AGAIN:
                    raise
            else:
                if answer.status not in _BUSY or (question.archived and answer.header(_CAPTURED)):
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

    def _must_be_open(self, parts: Parts) -> None:
        """Raise the `FetchError` of a host that wants to be left alone for longer than we wait."""
        closed = self.politeness.closed(parts.host)
        if closed is not None:
            left, status = closed
            raise _busy(written(parts), status or 503, left)

    def _ask_robots(self, parts: Parts, *, led: bool) -> None:
        try:
            pause = self._robots[led].check(written(parts), _origin(parts))
        except FetchError:
            self._must_be_open(parts)  # then this is why robots.txt could not be had
            raise
        if pause is not None:
            self.politeness.slow_down(parts.host, pause)

    def _robots_txt(self, url: str, *, led: bool) -> tuple[int, str]:
        answer = self._answer(url, _Question(robots=False, led=led))
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
    """Where the answer leads on, None where it is one of its own."""
    location = answer.header("location")
    if answer.status not in REDIRECTS or not location or (archived and answer.header(_CAPTURED)):
        return None
    try:
        return written(read_parts(joined(answer.url, location)))
    except AddressError as error:
        raise answer.failure(
            f"{answer.url} leads to {location[:200]!r}, which is no address of a page",
            FetchFault.BAD_REDIRECT,
        ) from error


def _busy(url: str, status: int, wait: float | None) -> FetchError:
    says = "" if wait is None else f"; it wants to be asked again in {wait:.0f} seconds"
    many = status == 429
    return FetchError(
        f"{url} answers {status}, {'too many requests' if many else 'the server is not able to'}{says}",
        url=url,
        fault=FetchFault.TOO_MANY_REQUESTS if many else FetchFault.SERVER_ERROR,
        status=status,
        retry_after=wait,
    )
