"""What the command line's tests share: a way to run it, and pages to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

STORY = Path(__file__).parents[2] / "examples" / "story"
CLEAN = {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONIOENCODING"}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment without what changes how output looks."""
    return {name: value for name, value in os.environ.items() if name not in CLEAN}


@pytest.fixture
def revtrack(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `revtrack` with the given words in an empty folder; keywords go to subprocess.run."""

    def run(*words: str | Path, **keywords: object) -> subprocess.CompletedProcess[str]:
        options: dict[str, object] = {
            "cwd": tmp_path, "env": environment, "capture_output": True, "encoding": "utf-8",
            "stdin": subprocess.DEVNULL, "timeout": 300,
        }  # fmt: skip
        if "input" in keywords:
            del options["stdin"]
        command = [sys.executable, "-m", "revtrack", *map(str, words)]
        return subprocess.run(command, check=False, **(options | keywords))  # type: ignore[call-overload, no-any-return]  # keywords vary

    return run


@pytest.fixture(scope="session")
def story() -> Path:
    """The folder of the bundled story."""
    return STORY


@pytest.fixture(scope="session")
def old() -> Path:
    """The story as published."""
    return STORY / "20240304T074000Z.html"


@pytest.fixture(scope="session")
def new() -> Path:
    """The story with its headline corrected."""
    return STORY / "20240304T123000Z.html"
