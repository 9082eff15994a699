"""A clock for tests: waiting is adding."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import attrs

from revtrack.network import Clock

START = datetime(2024, 5, 1, 12, tzinfo=UTC)


@attrs.define(eq=False)
class FakeClock(Clock):
    """Stands still unless it is advanced or slept by; remembers how long was slept."""

    passed: float = 0.0
    slept: list[float] = attrs.field(factory=list)
    lock: threading.Lock = attrs.field(factory=threading.Lock)

    def now(self) -> datetime:
        """Noon of a day in May, and what has passed since."""
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        """The seconds that have passed."""
        return self.passed

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        with self.lock:
            self.slept.append(seconds)
            self.passed += seconds

    def advance(self, seconds: float) -> None:
        """Let time pass that nobody slept."""
        with self.lock:
            self.passed += seconds
