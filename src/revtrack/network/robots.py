"""robots.txt (RFC 9309): read once a day for each server, obeyed for pages."""

from __future__ import annotations

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

_ALL = Protego.parse("")
_NONE = Protego.parse("User-agent: *\nDisallow: /")


@attrs.define(eq=False)
class Robots:
    """The rules of servers for a program of the name *agent*.

    *read* gets the status and text of a robots.txt, and raises `FetchError` where the server does not
    answer; *monotonic* tells seconds.
    """

    agent: str
    read: Callable[[str], tuple[int, str]]
    monotonic: Callable[[], float]
    _rules: dict[str, tuple[float, Protego]] = attrs.field(factory=dict, init=False)
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
            kept = self._rules.get(origin)
        if kept is not None and self.monotonic() < kept[0]:
            return kept[1]
        try:
            status, text = self.read(f"{origin}/robots.txt")
        except FetchError as error:
            if error.status is None:
                raise  # the page cannot be had either, for this reason
            rules = _NONE
        else:
            rules = Protego.parse(text) if status < 300 else _ALL
        lasts = _ASKED_AGAIN if rules is _NONE else _KEPT
        with self._lock:
            self._rules[origin] = (self.monotonic() + lasts, rules)
        return rules
