"""What a corpus is read from: every form gives the same rows, and what cannot be read is a bad row."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from revtrack import Snapshot
from revtrack.exchange import write_lines
from revtrack.store import Store
from revtrack.testing.corpus import corpus, write_parquet, write_warc
from tests.corpus.made import finished, rows_of


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    """A few captures; of two that differ in nothing an archive keeps one."""
    return [attrs.evolve(one, status=200) for one in corpus(articles=3, seed=4)]


@pytest.mark.parametrize(
    "form", ["captures.parquet", "captures.warc.gz", "captures.jsonl.gz", "captures.db"]
)
def test_every_form_gives_the_same_histories(
    form: str, snapshots: list[Snapshot], tmp_path: Path
) -> None:
    """Parquet, a web archive, exported JSON lines and a store: the same rows on the same captures."""
    write_parquet(tmp_path / "expected.parquet", snapshots)
    path = tmp_path / form
    if form.endswith(".parquet"):
        write_parquet(path, reversed(snapshots))
    elif form.endswith(".warc.gz"):
        write_warc(path, snapshots)
    elif form.endswith(".gz"):
        path.write_bytes(gzip.compress("".join(write_lines(snapshots)).encode()))
    else:
        with Store.open(path) as store:
            for _ in store.add_all(snapshots):
                pass
    finished([tmp_path / "expected.parquet"], tmp_path / "first", shards=1)
    finished([path], tmp_path / "second", shards=1)
    assert rows_of(tmp_path / "second") == rows_of(tmp_path / "first")


def _lines(tmp_path: Path, *lines: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    finished([path], tmp_path / "out", shards=1)
    return rows_of(tmp_path / "out"), rows_of(tmp_path / "out", "bad")


def test_lines_of_json_are_captures_or_bad_rows(tmp_path: Path) -> None:
    """A line is an object with the columns of captures; anything else is a row with a reason."""
    good = {
        "article": "a",
        "captured_at": "2024-03-04T08:00:00Z",
        "headline": "Ferry",
        "text": "It sails at noon.",
    }
    found, bad = _lines(
        tmp_path,
        json.dumps(good | {"captured_at": "2024-03-04T09:00:00+01:00"}),
        json.dumps(good | {"captured_at": 1709539200, "text": "It sails at one."}),
        json.dumps(good | {"captured_at": "lately"}),
        json.dumps(good | {"number": "first"}),
        json.dumps(good | {"text": "half a pair: \ud800"}),
        "",
        "[1]",
        "{",
    )
    assert sorted([row["level"] for row in found]).count("version") == 3
    reasons = sorted([row["reason"].partition(":")[0] for row in bad])
    assert reasons == [
        "a column has a wrong value",
        "a column has a wrong value",
        "the line is not JSON",
        "the line is not a JSON object",
    ]
    assert {row["location"] for row in bad} == {
        "rows.jsonl#2",
        "rows.jsonl#3",
        "rows.jsonl#5",
        "rows.jsonl#6",
    }


def test_a_newsedits_file_is_read(tmp_path: Path) -> None:
    """The table of versions: paragraphs are parted, the outlet is the source, versions are in order."""
    path = tmp_path / "heron.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute(
            "CREATE TABLE entryversion (source TEXT, entry_id INT, version INT, title TEXT, url TEXT, "
            "created TEXT, summary TEXT, num_versions INT)"
        )
        made.executemany(
            "INSERT INTO entryversion VALUES "
            "('heron', 7, ?, 'Ferry', 'https://heron.example/7', ?, ?, 2)",
            [
                (
                    1,
                    "2019-05-02 10:30:00",
                    "<p>The ferry carried 54 people.</p><p>It sails at noon.</p>",
                ),
                (
                    0,
                    "2019-05-02 10:00:00",
                    "<p>The ferry carried 45 people.</p><p>It sails at noon.</p>",
                ),
                (2, None, None),
            ],
        )
    finished([path], tmp_path / "out", shards=1)
    found = rows_of(tmp_path / "out")
    assert {(row["article"], row["outlet"]) for row in found} == {("heron/7", "heron")}
    (change,) = [row for row in found if row["level"] == "change"]
    assert (change["old"], change["new"]) == (
        "The ferry carried 45 people.",
        "The ferry carried 54 people.",
    )
    (bad,) = rows_of(tmp_path / "out", "bad")
    assert (bad["location"], bad["reason"]) == ("heron.db#7-2", "it has no body and no text")


def test_what_an_archive_lost_is_a_bad_row(snapshots: list[Snapshot], tmp_path: Path) -> None:
    """A web archive that is cut off gives the captures before, and a bad row for the rest."""
    write_warc(tmp_path / "whole.warc.gz", snapshots)
    whole = (tmp_path / "whole.warc.gz").read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(whole[: len(whole) // 2])
    finished([tmp_path / "cut.warc.gz"], tmp_path / "out", shards=1)
    assert rows_of(tmp_path / "out")
    assert [row["level"] for row in rows_of(tmp_path / "out", "bad")] == ["bad"]
