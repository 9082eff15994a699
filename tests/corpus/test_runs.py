"""A corpus run: shards that are whole or not there, and a run that is resumed without loss."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack import Article, CompareOptions, RevtrackError
from revtrack.corpus import CAPTURES, Processes, compare_batch, run
from revtrack.errors import ExchangeError, SourceError
from revtrack.records import CorpusTask
from tests.corpus.made import ROOT, SHARDS, accounted, corpus_file, finished, rows_of


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus."""
    return corpus_file(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def expected(source: Path) -> list[dict[str, Any]]:
    """Its rows, by the function itself."""
    rows = pq.read_table(source).combine_chunks().to_batches()
    return sorted(compare_batch(rows[0]).to_pylist(), key=repr)


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_what_the_function_gives(
    workers: int, source: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """One process or two, three shards: the rows of one call of compare_batch."""
    outcomes = finished([source], tmp_path / "out", engine=Processes(workers))
    assert rows_of(tmp_path / "out") == expected
    assert sum([one.counts["rows"] for one in outcomes if one.task.startswith("shard")]) == accounted(
        expected
    )


@given(data=st.data(), shards=st.integers(1, 5))
@settings(max_examples=8)
def test_shards_and_files_may_be_cut_anyhow(
    data: st.DataObject,
    shards: int,
    source: Path,
    expected: list[dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Any number of shards and any division of the captures among files gives the same rows."""
    folder = tmp_path_factory.mktemp("cut")
    rows = data.draw(st.permutations(pq.read_table(source).to_pylist()))
    cut = data.draw(st.integers(0, len(rows)))
    for name, part in (("one", rows[:cut]), ("two", rows[cut:])):
        pq.write_table(
            pa.Table.from_pylist(part, schema=CAPTURES), folder / f"{name}.parquet", row_group_size=7
        )
    finished([folder / "one.parquet", folder / "two.parquet"], folder / "out", shards=shards)
    assert rows_of(folder / "out") == expected


def test_resuming_keeps_what_holds(source: Path, tmp_path: Path) -> None:
    """A finished run is kept whole; other rules make every shard anew; so does a shard that is gone."""
    again = partial(run, [source], tmp_path / "out", shards=SHARDS, engine=Processes(1), resume=True)
    finished([source], tmp_path / "out")

    def made(outcomes: Iterator[CorpusTask]) -> list[str]:
        return [one.task for one in outcomes if one.task.startswith("shard") and one.is_new]

    assert made(again()) == []
    (tmp_path / "out/results/shard-00001.parquet").unlink()
    (tmp_path / "out/manifests/shard-00002.json").write_text("{")
    assert made(again()) == ["shard 1", "shard 2"]
    assert made(again(options=CompareOptions(links=False))) == ["shard 0", "shard 1", "shard 2"]


def test_a_capture_that_differs_in_its_status_alone_is_another(tmp_path: Path) -> None:
    """The digest of a shard covers whatever its result depends on."""
    row = {"article": "a", "text": "The ferry sails at noon.", "captured_at": None}
    levels = []
    for status in (200, 404):
        table = pa.Table.from_pylist([row | {"status": status}], schema=CAPTURES)
        pq.write_table(table, tmp_path / "captures.parquet")
        words = [tmp_path / "captures.parquet"], tmp_path / "out"
        list(run(*words, shards=1, engine=Processes(1), resume=status == 404))
        levels += [found["level"] for found in rows_of(tmp_path / "out")]
    assert levels == ["version", "screened"]


def test_more_captures_make_their_shards_anew(
    source: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A run that is resumed with one more input has the rows of both."""
    more = corpus_file(tmp_path, articles=2, seed=9)
    finished([source], tmp_path / "out")
    outcomes = list(
        run([source, more], tmp_path / "out", shards=SHARDS, engine=Processes(1), resume=True)
    )
    assert [one.failure for one in outcomes if one.failure] == []
    finished([more], tmp_path / "other")
    assert rows_of(tmp_path / "out") == sorted(expected + rows_of(tmp_path / "other"), key=repr)


def test_a_full_disk_loses_no_row(
    source: Path, expected: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shard that cannot be written leaves no half of a file; the run goes on, and can be resumed."""
    synced = os.fsync
    calls = iter(range(1_000))

    def full(number: int) -> None:
        if next(calls) in range(8, 14):  # some shard in the middle
            raise OSError(errno.ENOSPC, "No space left on device")
        synced(number)

    again = partial(run, [source], tmp_path / "out", shards=SHARDS, engine=Processes(1))
    monkeypatch.setattr(os, "fsync", full)
    failed = [one for one in again() if one.failure]
    monkeypatch.undo()
    assert failed
    assert all("No space left on device" in str(one.failure) for one in failed)
    assert list(tmp_path.rglob(".revtrack-*")) == []
    assert [one.failure for one in again(resume=True) if one.failure] == []
    assert rows_of(tmp_path / "out") == expected


def test_a_worker_out_of_memory_fails_its_shard_and_makes_no_row_of_it(
    source: Path, expected: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shard fails, as the captures are not at fault, and a resumed run has its rows."""

    def exhausted(*_: object, **__: object) -> Article:
        raise MemoryError

    again = partial(run, [source], tmp_path / "out", shards=SHARDS, engine=Processes(1))
    monkeypatch.setattr("revtrack.history.extract", exhausted)
    outcomes = list(again())
    monkeypatch.undo()
    assert {one.failure for one in outcomes[1:]} == {"out of memory: resume the run with fewer workers"}
    assert [one.failure for one in again(resume=True) if one.failure] == []
    assert rows_of(tmp_path / "out") == expected


def _begun(process: subprocess.Popen[str]) -> None:
    """Wait until the first shard is done."""
    assert process.stdout is not None
    for line in process.stdout:
        if "shard" in line:
            return
    pytest.fail("the run ended before it was killed")


def test_a_killed_run_is_resumed(source: Path, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    """A run whose processes are all killed is resumed: no row is lost and none is there twice."""
    words = f"{sys.executable} -m revtrack corpus run {source} {tmp_path / 'out'} --shards 6".split()
    with subprocess.Popen(
        [*words, "--workers", "2"], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        _begun(process)
        os.killpg(process.pid, signal.SIGKILL)
    done = subprocess.run(
        [*words, "--workers", "1", "--resume"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "kept  shard" in done.stdout
    assert rows_of(tmp_path / "out") == expected


def _kill_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def _kill() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def test_a_task_whose_worker_is_killed_is_begun_again(tmp_path: Path) -> None:
    """A worker that dies takes its own task down only; one that always dies becomes an error."""
    tasks: list[Callable[[], str]] = [
        partial(_kill_once, tmp_path / "mark"),
        _kill,
        partial(_kill_once, tmp_path),
    ]
    with Processes(2).open() as runner:
        found = dict(runner(tasks))
    assert (found[0], found[2]) == ("done", "done")
    assert isinstance(found[1], RevtrackError)


def test_an_input_that_cannot_be_read_fails_and_no_shard_is_compared(
    source: Path, tmp_path: Path
) -> None:
    """A damaged file is a failed row; results without its captures would look whole."""
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    outcomes = list(run([source, broken], tmp_path / "out", shards=SHARDS, engine=Processes(1)))
    assert sorted([one.task for one in outcomes]) == sorted([str(source), str(broken)])
    assert sum([one.failure is not None for one in outcomes]) == 1
    assert not (tmp_path / "out/results").exists()


def test_a_folder_is_not_overwritten(source: Path, tmp_path: Path) -> None:
    """A run that is there, another number of shards, and other files in OUT are refused with advice."""
    finished([source], tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years")
    for out, options, said in (
        ("out", {}, "--resume"),
        ("out", {"shards": 5, "resume": True}, f"of {SHARDS} shards, not 5"),
        ("mine", {}, "contains no corpus run"),
    ):
        with pytest.raises(ExchangeError, match=said):
            list(run([source], tmp_path / out, **({"shards": SHARDS} | options)))  # type: ignore[arg-type] # mixed values
    with pytest.raises(SourceError, match="is not a corpus"):
        list(run([tmp_path / "mine"], tmp_path / "new"))
