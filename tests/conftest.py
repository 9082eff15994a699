"""What every test shares: where the measuring data lies, and runs that repeat exactly."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.network.server import Server, serving

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("REVTRACK_SHARED") or ROOT.parent / "shared")

# `ci` gives the same examples in every run and has no clock; `explore` looks for new ones.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# What a shell starts in the background ignores Ctrl-C, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the measuring data: beside the project, or where REVTRACK_SHARED says.

    The data is not part of the project, so a user's machine skips what needs it; where CI is set its
    absence is a failure.
    """
    if (SHARED / "data").is_dir() and (SHARED / "eval" / "score.py").is_file():
        return SHARED
    reason = "the measuring data is not here (set REVTRACK_SHARED to its folder)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback."""
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
