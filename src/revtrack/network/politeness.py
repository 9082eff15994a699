"""How often a host is asked, and what its robots.txt (RFC 9309) allows: shared by all clients.

The clock that waits are measured by is given too: a test has one that needs no waiting.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import attrs
from attrs.validators import ge
from protego import Protego

from revtrack.errors import FetchError, FetchFault

__all__ = ["Clock", "Politeness", "Robots"]


class Clock:
    """What time it is, how much has passed, and waiting, by the machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait for *seconds*."""
        time.sleep(seconds)


@attrs.define(eq=False)
class _Lane:
    """What is known of one host: how many requests run, and when the next may start."""

    slots: threading.Semaphore
    pause: float
    free_at: float = 0.0
    closed_until: float = 0.0
    status: int | None = None


@attrs.define(eq=False)
class Politeness:
    """Limits for each host, shared by all threads and clients that hold this object.

    `pause` are the least seconds between the starts of two requests to one host, `at_once` the most
    requests that run there at one time. `tries` is how often a request is made in all where the
    connection breaks or the server is busy (429, 502, 503, 504); before try *n* it waits `backoff` ·
    2^(n-2) seconds, `longest_wait` at most, or as long as the server's `Retry-After` says. A server
    that wants a longer wait is not waited for: the fetch fails and says when to come back, and so does
    every further one until then (`closed`). Other hosts are asked meanwhile.

    `robots` says whether robots.txt is obeyed for pages; whoever turns it off answers for it.
    """

    pause: float = attrs.field(default=1.0, kw_only=True, validator=ge(0))
    at_once: int = attrs.field(default=2, kw_only=True, validator=ge(1))
    tries: int = attrs.field(default=4, kw_only=True, validator=ge(1))
    backoff: float = attrs.field(default=2.0, kw_only=True, validator=ge(0))
    longest_wait: float = attrs.field(default=120.0, kw_only=True, validator=ge(0))
    robots: bool = attrs.field(default=True, kw_only=True)
    clock: Clock = attrs.field(factory=Clock, kw_only=True, repr=False)
    _lanes: dict[str, _Lane] = attrs.field(factory=dict, init=False, repr=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False, repr=False)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn to ask *host*; it is taken until the context ends.

        A host that is `closed` is not waited for: look before you ask it.
        """
        lane = self._lane(host)
        with lane.slots:
            while True:
                with self._lock:
                    now = self.clock.monotonic()
                    left = lane.free_at - now
                    if left <= 0:
                        lane.free_at = now + lane.pause
                        break
                self.clock.sleep(left)
            yield

    def hold(self, host: str, seconds: float, *, status: int | None = None) -> None:
        """Ask *host* nothing more for *seconds*: it answered with *status* that it is busy."""
        lane = self._lane(host)
        with self._lock:
            until = self.clock.monotonic() + seconds
            if seconds <= self.longest_wait:
                lane.free_at = max(lane.free_at, until)
            elif until > lane.closed_until:
                lane.closed_until, lane.status = until, status

    def closed(self, host: str) -> tuple[float, int | None] | None:
        """How many seconds are left for which *host* wants to be left alone, with the status it gave.

        None where it may be asked. Only waits beyond `longest_wait` close a host.
        """
        lane = self._lane(host)
        with self._lock:
            left = lane.closed_until - self.clock.monotonic()
            return (left, lane.status) if left > 0 else None

    def slow_down(self, host: str, pause: float) -> None:
        """Leave at least *pause* seconds between requests to *host*, as its robots.txt asks."""
        lane = self._lane(host)
        with self._lock:
            lane.pause = max(lane.pause, min(pause, self.longest_wait))

    def wait_before(self, attempt: int, retry_after: float | None) -> float:
        """The seconds to wait before try number *attempt* (2 is the second)."""
        if retry_after is not None:
            return retry_after
        return min(self.longest_wait, self.backoff * 2.0 ** (attempt - 2))

    def _lane(self, host: str) -> _Lane:
        with self._lock:
            if host not in self._lanes:
                self._lanes[host] = _Lane(threading.Semaphore(self.at_once), self.pause)
            return self._lanes[host]


# --------------------------------------------------------------------------------------- robots.txt

_KEPT = 24 * 3600.0
"""Seconds for which rules are kept; RFC 9309, 2.4: no longer than a day."""

_ASKED_AGAIN = 3600.0
"""Seconds after which a server that failed to give its rules is asked for them again (range 600 to a
day)."""

_UNREACHED = 60.0
"""Seconds for which a server that does not answer at all is not asked again for its rules (range 10 to
600): the other addresses of one run fail at once, a passing fault of the network is soon forgotten."""

_ALL = Protego.parse("")
_NONE = Protego.parse("User-agent: *\nDisallow: /")


@attrs.define(eq=False)
class _Kept:
    """The rules of one server, or why they could not be had; who asks for them holds the lock."""

    until: float = -math.inf
    rules: Protego | FetchError = _ALL
    lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)


@attrs.define(eq=False)
class Robots:
    """The rules of servers for a program of the name *agent*.

    *read* gets the status and text of a robots.txt, and raises `FetchError` where the server does not
    answer; *monotonic* tells seconds.
    """

    agent: str
    read: Callable[[str], tuple[int, str]]
    monotonic: Callable[[], float]
    _rules: dict[str, _Kept] = attrs.field(factory=dict, init=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)

    def check(self, url: str, origin: str) -> float | None:
        """Raise `FetchError` where the server at *origin* does not want *url* to be read.

        Returns the least seconds that it wants between two requests, None where it does not say.
        """
        rules = self._rules_of(origin)
        if not rules.can_fetch(url, self.agent):
            raise FetchError(
                f"{origin}/robots.txt does not allow {url} to be fetched by {self.agent}"
                if rules is not _NONE
                else f"{origin}/robots.txt could not be read, so nothing is fetched there for now",
                url=url,
                fault=FetchFault.REFUSED_BY_ROBOTS,
            )
        return rules.crawl_delay(self.agent)

    def _rules_of(self, origin: str) -> Protego:
        with self._lock:
            kept = self._rules.setdefault(origin, _Kept())
        with kept.lock:
            if self.monotonic() >= kept.until:
                kept.rules = self._asked(f"{origin}/robots.txt")
                failed = isinstance(kept.rules, FetchError)
                lasts = _UNREACHED if failed else _ASKED_AGAIN if kept.rules is _NONE else _KEPT
                kept.until = self.monotonic() + lasts
            if isinstance(kept.rules, FetchError):
                # the page cannot be had either, for this reason; without what it was raised in before,
                # which would be kept with it
                raise kept.rules.with_traceback(None)
            return kept.rules

    def _asked(self, address: str) -> Protego | FetchError:
        try:
            status, text = self.read(address)
        except FetchError as error:
            return error if error.status is None else _NONE
        return Protego.parse(text) if status < 300 else _ALL
