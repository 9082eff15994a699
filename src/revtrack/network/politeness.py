"""How often a host is requested, and what its robots.txt (RFC 9309) allows: shared by all clients.

The clock is a parameter, so that tests need not wait.
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
    """The time, elapsed seconds, and waiting, by the machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Monotonic seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait for *seconds*."""
        time.sleep(seconds)


@attrs.define(eq=False)
class _HostState:
    """The state of one host: how many requests run, and when the next may start."""

    slots: threading.Semaphore
    pause: float
    free_at: float = 0.0
    closed_until: float = 0.0
    status: int | None = None


@attrs.define(eq=False)
class Politeness:
    """Limits for each host, shared by all threads and clients that use this object.

    `pause` is the least time in seconds between the starts of two requests to one host, `at_once` the
    most requests that run there concurrently. `tries` is the total number of attempts where the
    connection breaks or the server is busy (429, 502, 503, 504); before try *n* it waits `backoff` ·
    2^(n-2) seconds, `longest_wait` at most, or as long as the server's `Retry-After` requires. Longer
    waits are not waited for: the fetch fails with the time to retry, and so does every further one
    until then (`closed`). Other hosts are requested meanwhile.

    `robots` says whether robots.txt is obeyed for pages; turning it off is the caller's responsibility.
    """

    pause: float = attrs.field(default=1.0, kw_only=True, validator=ge(0))
    at_once: int = attrs.field(default=2, kw_only=True, validator=ge(1))
    tries: int = attrs.field(default=4, kw_only=True, validator=ge(1))
    backoff: float = attrs.field(default=2.0, kw_only=True, validator=ge(0))
    longest_wait: float = attrs.field(default=120.0, kw_only=True, validator=ge(0))
    robots: bool = attrs.field(default=True, kw_only=True)
    clock: Clock = attrs.field(factory=Clock, kw_only=True, repr=False)
    _hosts: dict[str, _HostState] = attrs.field(factory=dict, init=False, repr=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False, repr=False)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn to request *host*; it is taken until the context ends.

        A host that is `closed` is not waited for: check first.
        """
        state = self._state(host)
        with state.slots:
            while True:
                with self._lock:
                    now = self.clock.monotonic()
                    remaining = state.free_at - now
                    if remaining <= 0:
                        state.free_at = now + state.pause
                        break
                self.clock.sleep(remaining)
            yield

    def hold(self, host: str, seconds: float, *, status: int | None = None) -> None:
        """Close *host* for *seconds*: it answered with *status* that it is busy."""
        state = self._state(host)
        with self._lock:
            until = self.clock.monotonic() + seconds
            if seconds <= self.longest_wait:
                state.free_at = max(state.free_at, until)
            elif until > state.closed_until:
                state.closed_until, state.status = until, status

    def closed(self, host: str) -> tuple[float, int | None] | None:
        """The remaining seconds for which *host* is closed, with the status it answered.

        None where it may be requested. Only waits beyond `longest_wait` close a host.
        """
        state = self._state(host)
        with self._lock:
            remaining = state.closed_until - self.clock.monotonic()
            return (remaining, state.status) if remaining > 0 else None

    def slow_down(self, host: str, pause: float) -> None:
        """Keep at least *pause* seconds between requests to *host*, as its robots.txt asks."""
        state = self._state(host)
        with self._lock:
            state.pause = max(state.pause, min(pause, self.longest_wait))

    def wait_before(self, attempt: int, retry_after: float | None) -> float:
        """The seconds to wait before try number *attempt* (2 is the second)."""
        if retry_after is not None:
            return retry_after
        return min(self.longest_wait, self.backoff * 2.0 ** (attempt - 2))

    def _state(self, host: str) -> _HostState:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = _HostState(threading.Semaphore(self.at_once), self.pause)
            return self._hosts[host]


# --------------------------------------------------------------------------------------- robots.txt

_LIFETIME = 24 * 3600.0
"""Seconds for which rules are cached; RFC 9309, 2.4: no longer than a day."""

_RETRY_FAULT = 3600.0
"""Seconds after which a server that failed to serve its rules is requested again (range 600 to a
day)."""

_RETRY_UNREACHED = 60.0
"""Seconds for which a server without any answer is not requested again for its rules (range 10 to
600): the other addresses of one run fail at once, and a temporary fault is soon retried."""

_ALLOW_ALL = Protego.parse("")
_ALLOW_NONE = Protego.parse("User-agent: *\nDisallow: /")


@attrs.define(eq=False)
class _CachedRules:
    """The rules of one server, or why they could not be read; requested while holding the lock."""

    until: float = -math.inf
    rules: Protego | FetchError = _ALLOW_ALL
    lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)


@attrs.define(eq=False)
class Robots:
    """The rules of servers for a program of the name *agent*.

    *read* gives the status and text of a robots.txt, and raises `FetchError` where the server does not
    answer; *monotonic* gives monotonic seconds.
    """

    agent: str
    read: Callable[[str], tuple[int, str]]
    monotonic: Callable[[], float]
    _rules: dict[str, _CachedRules] = attrs.field(factory=dict, init=False)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)

    def check(self, url: str, origin: str) -> float | None:
        """Raise `FetchError` where the server at *origin* does not allow *url* to be read.

        Returns the least seconds between two requests that it asks for, None where it asks for none.
        """
        rules = self._rules_of(origin)
        if not rules.can_fetch(url, self.agent):
            raise FetchError(
                f"{origin}/robots.txt does not allow {url} to be fetched by {self.agent}"
                if rules is not _ALLOW_NONE
                else f"{origin}/robots.txt could not be read, so nothing is fetched from there for now",
                url=url,
                fault=FetchFault.REFUSED_BY_ROBOTS,
            )
        return rules.crawl_delay(self.agent)

    def _rules_of(self, origin: str) -> Protego:
        with self._lock:
            cached = self._rules.setdefault(origin, _CachedRules())
        with cached.lock:
            if self.monotonic() >= cached.until:
                cached.rules = self._requested(f"{origin}/robots.txt")
                failed = isinstance(cached.rules, FetchError)
                lifetime = (
                    _RETRY_UNREACHED
                    if failed
                    else _RETRY_FAULT
                    if cached.rules is _ALLOW_NONE
                    else _LIFETIME
                )
                cached.until = self.monotonic() + lifetime
            if isinstance(cached.rules, FetchError):
                # the page cannot be fetched either, for this reason; the context of the error is
                # dropped, since it would be kept in memory
                raise cached.rules.with_traceback(None)
            return cached.rules

    def _requested(self, address: str) -> Protego | FetchError:
        try:
            status, text = self.read(address)
        except FetchError as error:
            return error if error.status is None else _ALLOW_NONE
        return Protego.parse(text) if status < 300 else _ALLOW_ALL
