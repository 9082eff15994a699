"""The benchmarks run and print JSON; how fast they are is not asked here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TABLES = {
    "compare.py": ["--pages", "1", "--rounds", "1", "--no-peers"],
    "corpus.py": ["--articles", "2", "--rounds", "1", "--no-peers"],
    "import_time.py": ["--rounds", "1"],
    "pages.py": ["--pages", "2", "--rounds", "1"],
    "store.py": ["--articles", "2", "--captures", "5"],
    "watch.py": ["--articles", "12", "--hours", "0"],
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_prints_its_figures(name: str, root: Path, shared: Path) -> None:
    """Each benchmark gives JSON with a row per contestant, and a table for people beside it."""
    done = subprocess.run(
        [sys.executable, str(root / "bench" / name), *TABLES[name]],
        env={**os.environ, "REVTRACK_SHARED": str(shared)},
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    assert {"title", "python", "lxml", "rows"} <= set(figures)
    assert all(row["name"] in done.stderr and row["ms"] > 0 for row in figures["rows"])
