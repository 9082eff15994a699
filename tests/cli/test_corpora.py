"""`revtrack corpus`: a row for each task, a summary, a status; statistics in three forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from revtrack import codec
from revtrack.cli import main
from revtrack.records import CorpusTask
from tests.corpus.made import corpus_file


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of a small run."""
    folder = tmp_path_factory.mktemp("corpus")
    source = corpus_file(folder, articles=4)
    return ["corpus", "run", str(source), str(folder / "out"), "--shards", "2", "--workers", "1"]


def test_a_run_prints_its_tasks_and_sums_them_up(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for the input and each shard, then sums; again it is refused, resumed it is kept."""
    assert main(words) == 0
    first = capsys.readouterr()
    assert [line.split(":")[0] for line in first.out.splitlines()[1:]] == ["shard 0", "shard 1"]
    assert "4 articles" in first.err
    assert "0 shards kept, 0 failed" in first.err
    assert main(words) == 2
    assert "resume it (--resume)" in capsys.readouterr().err
    assert main([*words, "--resume", "--json"]) == 0
    again = capsys.readouterr()
    tasks = [codec.loads(line, CorpusTask) for line in again.out.splitlines()]
    assert [task.is_new for task in tasks[1:]] == [False, False]
    assert "2 shards kept" in again.err


def test_a_failed_input_sets_the_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An input that is damaged is a row that says why, and status 1."""
    (tmp_path / "rows.parquet").write_bytes(b"no Parquet")
    assert main(["corpus", "run", str(tmp_path), str(tmp_path / "out"), "--workers", "1"]) == 1
    assert capsys.readouterr().out.startswith(f"failed  {tmp_path / 'rows.parquet'}: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tls://127.0.0.1:1"], "--scheduler is for --engine dask"),
        (["--shards", "0"], "0 is not in the range"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str], said: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong option is trouble before anything is read."""
    assert main([*words, *options]) == 2
    assert said in capsys.readouterr().err


def test_statistics_have_three_forms(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people, JSON for programs, and one HTML page, of the same figures."""
    main([*words, "--resume"])
    capsys.readouterr()
    forms = {}
    for form in ("text", "json", "html"):
        assert main(["corpus", "stats", words[3], "--format", form]) == 0
        forms[form] = capsys.readouterr().out
    first = json.loads(forms["json"])[0]
    assert (first["outlet"], first["articles"]) == ("all outlets", 4)
    assert f"{first['versions']['value']:.2f}" in forms["text"]
    assert f"{first['versions']['value']:.2f}" in forms["html"]
