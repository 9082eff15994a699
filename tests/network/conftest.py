"""What the tests of network code share: a server that can misbehave, and a client that may reach it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from revtrack.network import Bounds, Client, Guard, Politeness
from tests.network.clock import FakeClock

CONTACT = "tests@example.org"


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def client(clock: FakeClock) -> Iterator[Client]:
    """A client that may reach loopback, with small bounds."""
    politeness = Politeness(pause=0, tries=3, robots=False, clock=clock)
    bounds = Bounds(body=100_000, seconds=60, silence=30, redirects=5)
    with Client(CONTACT, politeness=politeness, guard=Guard(loopback=True), bounds=bounds) as one:
        yield one
