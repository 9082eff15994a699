"""Changes as flat rows, and the rows as CSV and JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revtrack.changes.kinds import Nature, TextEdited
from revtrack.errors import MissingExtraError
from revtrack.tables import COLUMNS, as_csv, as_json_lines, as_parquet, rows
from tests.report.made import hostile_history, revision_of, story

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "tables.md"


def test_each_change_of_a_history_is_a_row() -> None:
    """Rows are in the order of the changes and name their revision, interval and state."""
    history = story()
    found = history.records()
    assert [(row["revision"], row["change"], row["kind"]) for row in found] == [
        (1, 1, "HeadlineChanged"),
        (1, 2, "UpdateAdded"),
        (2, 1, "TextRemoved"),
        (2, 2, "TextEdited"),
        (3, 1, "TextMoved"),
    ]
    assert (found[3]["old"], found[3]["new"]) == ("Repairs cost 12 crowns.", "Repairs cost 21 crowns.")
    assert (found[3]["state"], found[3]["nature"], found[3]["substantive"]) == (
        "undisclosed",
        "number",
        True,
    )
    assert found[3]["made_after"] == "2024-03-05T12:40:00+00:00"
    start, stop = found[3]["old_start"], found[3]["old_stop"]
    assert isinstance(start, int)
    assert isinstance(stop, int)
    assert history.versions[1].article.text[start:stop] == found[3]["old"]
    assert str(found[0]["notices"]).startswith("Update: the original headline")
    assert {row["url"] for row in found} == {"https://ledger.example/cranes"}


def test_a_revision_alone_gives_the_same_rows() -> None:
    """The columns are those of a history; the revision is number 1."""
    revision = story().revisions[1]
    (first, _) = revision.records()
    assert list(first) == list(COLUMNS)
    assert first["revision"] == 1


def test_every_column_is_documented() -> None:
    """The page of reference has each column with the meaning that the code gives."""
    page = PAGE.read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE)) == dict(COLUMNS)


@given(st.text(max_size=20))
@example('=HYPERLINK("https://evil.example")')
@example("-1+1|cmd")
@example("@SUM(1)")
@example("＝1+1")
@example("\t=1")
@example("\r=1")
@example('a "quoted", cell\nof two lines')
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    """A cell that begins as a formula does gets an apostrophe; every other is as it was."""
    change = TextEdited(old=text, new="x", rule="r", nature=Nature.NUMBER, substantive=True)
    revision = attrs.evolve(revision_of(("=", "Text.")), changes=(change,))
    written = "".join(as_csv(rows(revision)))
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    expected = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    acts = expected[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") and expected
    assert row["old"] == (f"'{expected}" if acts else expected)


def test_json_lines_hold_hostile_text_to_the_letter() -> None:
    """Each line is one object whose texts are those of the change."""
    history = hostile_history()
    found = [json.loads(line) for line in as_json_lines(rows(history))]
    assert [row["old"] for row in found] == [one.old for one in history.revisions[0].changes]


def test_rows_are_an_arrow_table_with_types_of_their_own() -> None:
    """Numbers, truth values and times keep their kind; the columns are those of a row."""
    pa = pytest.importorskip("pyarrow", reason="the extra tables is not installed")
    history = story()
    table = history.to_arrow()
    assert table.column_names == list(COLUMNS)
    assert table.schema.field("revision").type == pa.int64()
    assert table.schema.field("made_after").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("substantive").type == pa.bool_()
    back = [
        {name: one.isoformat() if isinstance(one, datetime) else one for name, one in row.items()}
        for row in table.to_pylist()
    ]
    assert back == list(history.records())
    assert revision_of(("=", "Text.")).to_arrow().num_rows == 0


def test_rows_are_a_parquet_file() -> None:
    """What is read back is the Arrow table, also of hostile text."""
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra tables is not installed")
    for history in (story(), hostile_history()):
        written = as_parquet(history.records())
        assert pq.read_table(io.BytesIO(written)).equals(history.to_arrow())


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"revtrack\[tables\]"):
        story().to_arrow()
