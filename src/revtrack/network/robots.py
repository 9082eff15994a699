"""robots.txt (RFC 9309): read once a day for each server, however many ask at one time."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

import attrs
from protego import Protego

from revtrack.errors import FetchError, FetchFault

__all__ = ["Robots"]

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
                kept.until = self.monotonic() + self._lasts(kept.rules)
            if isinstance(kept.rules, FetchError):
                raise kept.rules  # the page cannot be had either, for this reason
            return kept.rules

    def _asked(self, address: str) -> Protego | FetchError:
        try:
            status, text = self.read(address)
        except FetchError as error:
            return error if error.status is None else _NONE
        return Protego.parse(text) if status < 300 else _ALL

    def _lasts(self, rules: Protego | FetchError) -> float:
        if isinstance(rules, FetchError):
            return _UNREACHED
        return _ASKED_AGAIN if rules is _NONE else _KEPT
