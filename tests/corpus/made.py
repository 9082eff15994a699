"""What the tests of corpora share: a small corpus, the rows of a run, environments of clusters."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from revtrack.corpus import Engine, Processes, run
from revtrack.records import CorpusTask
from revtrack.testing.corpus import corpus, write_parquet

__all__ = ["ROOT", "accounted", "command", "corpus_file", "finished", "python_with", "rows_of"]

ROOT = Path(__file__).resolve().parents[2]
SHARDS = 3


def corpus_file(folder: Path, *, articles: int = 8, seed: int = 1) -> Path:
    """A Parquet file of invented captures."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"captures-{seed}.parquet"
    write_parquet(path, corpus(articles=articles, seed=seed))
    return path


def rows_of(out: Path, folder: str = "results") -> list[dict[str, Any]]:
    """All rows of a run, in one order whatever the shards."""
    rows = pq.read_table(out / folder).to_pylist()
    return sorted(rows, key=repr)


def accounted(rows: Iterable[dict[str, Any]]) -> int:
    """How many captures the rows speak of."""
    return sum(
        [
            row["captures"] if row["level"] == "version" else row["level"] in {"screened", "bad"}
            for row in rows
        ]
    )


def finished(
    inputs: Iterable[Path], out: Path, *, shards: int = SHARDS, engine: Engine | None = None
) -> list[CorpusTask]:
    """A run in this process that nothing went wrong in."""
    outcomes = list(run(inputs, out, shards=shards, engine=engine or Processes(1)))
    assert [one.failure for one in outcomes if one.failure] == []
    return outcomes


def python_with(cluster: str) -> str:
    """The Python of the environment that `make clusters` made for *cluster*, ``dask`` or ``spark``.

    On a user's machine a test that needs it is skipped where it is missing; where CI is set that is a
    failure, unless Spark has no Java to run on.
    """
    if cluster == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")  # no package of Python brings it
    python = ROOT / (os.environ.get(f"REVTRACK_{cluster.upper()}") or f".venv-{cluster}") / "bin/python"
    if python.exists():
        return str(python)
    if os.environ.get("CI"):
        pytest.fail(f"the environment for {cluster} is missing: make clusters")
    # a user's machine: 400 MB are not fetched unasked
    pytest.skip(f"the environment for {cluster} is not here (make clusters)")


def command(python: str, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `revtrack corpus` with *words* in an environment."""
    return subprocess.run(
        [python, "-m", "revtrack", "corpus", *map(str, words)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
