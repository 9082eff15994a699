"""A writer may be killed at any instant."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FILES, KILLS = 5, 10
"""Fifty kills; by hand more of them: ``python -m tests.store.killing FOLDER 7 50 20``."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")
def test_fifty_kills_lose_nothing(tmp_path: Path, root: Path) -> None:
    """Five stores, each made and written by four processes at a time, keep what they acknowledged."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", tmp_path, "7", str(FILES), str(KILLS)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split(maxsplit=3) for line in done.stdout.splitlines()]
    assert [(lost, wrong, faults) for _, lost, wrong, faults in rows] == [("0", "0", "[]")] * FILES
    assert sum(int(acknowledged) for acknowledged, *_ in rows) > FILES * KILLS
