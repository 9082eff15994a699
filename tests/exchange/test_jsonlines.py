"""JSON lines: what is written is read back, line by line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import CodecError
from revtrack.exchange import jsonlines, read_lines, write_lines
from revtrack.exchange.jsonlines import bounded_lines
from revtrack.model import Screened, Snapshot
from revtrack.records import Observation
from revtrack.store import Store
from tests.store.made import failure, snapshot

_observed = st.lists(
    st.builds(snapshot, st.integers(0, 99), body=st.binary(max_size=40))
    | st.builds(failure, st.integers(0, 99)),
    max_size=8,
)


@given(_observed)
def test_lines_hold_every_byte(observed: list[Snapshot | Screened]) -> None:
    """Reading what was written gives the same observations, in their order."""
    lines = list(write_lines(observed))
    assert list(read_lines(lines)) == observed
    assert list(read_lines("".join(lines).encode().splitlines())) == observed


def _all(store: Store) -> tuple[list[Observation], list[Snapshot | Screened]]:
    rows = sorted(store.observations(), key=lambda row: row.number)
    return rows, [store.recall(row) for row in rows]


def test_a_store_comes_back_the_same(tmp_path: Path) -> None:
    """A store filled from the lines of another is that other: numbers, pages, failures, seals."""
    with Store.open(tmp_path / "one.db") as one, Store.open(tmp_path / "two.db") as two:
        for number in (4, 1, 9):
            one.add(snapshot(number))
        one.add(failure(12))
        one.add(snapshot(20, url="https://elsewhere.example/boats"))
        observed = [
            row for row in read_lines(write_lines(_all(one)[1])) if not isinstance(row, CodecError)
        ]
        list(two.add_all(observed))
        assert _all(two) == _all(one)
        seals = [[row.name for row in store.verify()][1:] for store in (one, two)]
        assert seals[0] == seals[1]


def test_a_bad_line_is_a_row() -> None:
    """A line that does not fit is told with its number, and the others are read."""
    good = list(write_lines([snapshot(1), failure(2)]))
    history = json.dumps({"format": 1, "type": "History", "value": {}})
    rows = list(read_lines([good[0], "{", "\n", history, good[1]]))
    assert [type(row) for row in rows] == [Snapshot, CodecError, CodecError, Screened]
    assert "line 2: this is not JSON" in str(rows[1])
    assert "line 4: the document contains a History, not a Snapshot" in str(rows[2])


def test_a_page_that_is_not_what_its_digest_says_is_a_row() -> None:
    """A line whose page was exchanged, or whose digest lies, is never taken for the capture."""
    capture = attrs.evolve(snapshot(1).capture, digest=snapshot(1).digest)
    observed = attrs.evolve(snapshot(1), capture=capture)
    (line,) = write_lines([observed])
    assert list(read_lines([line])) == [observed]
    (row,) = read_lines([line.replace(snapshot(1).digest, snapshot(2).digest)])
    assert isinstance(row, CodecError)
    assert "line 1: the page does not match its digest" in str(row)


def test_a_time_beyond_the_calendar_is_a_row() -> None:
    """A time that UTC does not have could never be told again; it is refused when it is read."""
    (line,) = write_lines([snapshot(1)])
    moment = snapshot(1).captured_at
    assert moment is not None
    assert moment.isoformat() in line
    (row,) = read_lines([line.replace(moment.isoformat(), "0001-01-01T00:00:00+14:00")])
    assert isinstance(row, CodecError)


@pytest.mark.parametrize("ending", [b"\n", b""])
def test_a_line_without_end_is_a_row(ending: bytes) -> None:
    """Of a line beyond the limit one byte more is read; the lines around it are what they are."""
    lines = [b"{}\n", b"x" * 5_000_000 + b"\n", b"y" * 10 + b"\n", b"z" * 11 + ending]
    read = list(bounded_lines(io.BytesIO(b"".join(lines)), limit=11))
    assert read == [b"{}\n", b"x" * 12, b"y" * 10 + b"\n", (b"z" * 11 + ending)[:12]]


def test_the_longest_line_is_read_and_one_beyond_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit a line is read as ever; one byte more is an error that names the line."""
    monkeypatch.setattr(jsonlines, "LINE_LIMIT", 40)
    (at, beyond) = read_lines([b'{"a":"%s"}' % (b"x" * 32), b'{"a":"%s"}' % (b"x" * 33)])
    assert "longer than" not in str(at)
    assert "line 2: it is longer than" in str(beyond)
