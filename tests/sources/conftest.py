"""What the tests of sources share: an archive that runs, and a client that may reach it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from revtrack.network import Client, Guard, Politeness
from tests.archive import pywb
from tests.network.clock import FakeClock


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a pywb that serves the made articles: one in each worker that asks for it."""
    with pywb.archive(tmp_path_factory.mktemp("archive")) as address:
        yield address


@pytest.fixture
def archivist() -> Iterator[Client]:
    """A client that may ask an archive on loopback, without waiting."""
    politeness = Politeness(pause=0, at_once=4, tries=2, clock=FakeClock())
    with Client("tests@example.org", politeness=politeness, guard=Guard(loopback=True)) as one:
        yield one
