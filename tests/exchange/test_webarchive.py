"""WARC written by revtrack: what is read back, by us and by a tool that is not ours."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import track
from revtrack.errors import ExchangeError
from revtrack.exchange import write_records
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.sources.warc import Warc
from tests.archive.made import ARTICLES, same_everywhere, write_warc
from tests.store.made import START, failure, snapshot

_snapshots = st.lists(
    st.builds(snapshot, st.integers(0, 99), body=st.binary(max_size=60)),
    max_size=8,
    unique_by=lambda one: one.captured_at,
)


def _written(path: Path, observed: list[Snapshot]) -> Warc:
    path.write_bytes(b"".join(write_records(observed, packed=path.suffix == ".gz")))
    return Warc(path)


def _without_place(one: Snapshot) -> tuple[object, ...]:
    headers = [field for field in one.headers if field[0].lower() != "content-length"]
    return (one.url, one.captured_at, one.body, one.content_type, headers, one.status, one.redirects)


@given(observed=_snapshots, ending=st.sampled_from((".warc", ".warc.gz")))
def test_what_is_written_is_read_back(
    observed: list[Snapshot], ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Bodies, times, addresses, headers and statuses survive, each body once however often seen."""
    path = tmp_path_factory.mktemp("warc") / f"out{ending}"
    if not observed:
        assert list(write_records(observed)) == []
        return
    source = _written(path, observed)
    read = [source.fetch(capture) for capture in source.captures()]
    expected = sorted(observed, key=lambda one: (str(one.captured_at), one.url))
    assert [_without_place(one) for one in read] == [_without_place(one) for one in expected]


def test_a_whole_history_survives(tmp_path: Path) -> None:
    """Revisits, redirects, errors and walls of an archive: the history is the same from the copy."""
    write_warc(tmp_path / "made.warc.gz")
    source = Warc(tmp_path / "made.warc.gz")
    for made in ARTICLES:
        observed = [source.fetch(capture) for capture in source.captures(made.url)]
        copy = _written(tmp_path / "copy.warc.gz", observed)
        assert same_everywhere(track(copy, made.url)) == same_everywhere(track(source, made.url))
        steps = [copy.fetch(capture).redirects for capture in copy.captures(made.url)]
        assert steps == [one.redirects for one in observed]


def test_another_tool_reads_it(tmp_path: Path) -> None:
    """Warcio's own checker finds every digest right, gzip or not."""
    observed = [snapshot(1), snapshot(2), snapshot(3, body=snapshot(1).body)]
    for name in ("out.warc", "out.warc.gz"):
        _written(tmp_path / name, observed)
        checker = [sys.executable, "-m", "warcio.cli", "check", "-v", name]
        done = subprocess.run(checker, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("digest pass") == 3


def test_the_file_is_the_same_every_time() -> None:
    """No clock and no chance: the same captures give the same bytes."""
    observed = [snapshot(1), snapshot(2), snapshot(3, body=snapshot(1).body)]
    assert list(write_records(observed)) == list(write_records(observed))


def test_a_page_that_was_seen_again_is_written_once() -> None:
    """The second capture of a body is a revisit, which is small."""
    page = snapshot(1, body=b"<p>Long.</p>" * 10_000)
    again = snapshot(2, body=page.body)
    first, second = [len(piece) for piece in write_records([page, again], packed=False)]
    assert second < 1_500
    assert first > 100_000


def test_what_the_server_said_was_unchanged(tmp_path: Path) -> None:
    """A 304 stays one where its page stands in the file; alone it is written whole."""
    page = snapshot(1)
    unchanged = attrs.evolve(snapshot(2, body=page.body), status=304, content_type=None, headers=())
    both = _written(tmp_path / "both.warc", [page, unchanged])
    assert [both.fetch(one).status for one in both.captures()] == [200, 304]
    assert [both.fetch(one).body for one in both.captures()] == [page.body] * 2
    alone = _written(tmp_path / "alone.warc", [unchanged])
    assert [(alone.fetch(one).status, alone.fetch(one).body) for one in alone.captures()] == [
        (200, page.body)
    ]


def test_a_page_without_an_answer_is_a_resource(tmp_path: Path) -> None:
    """What came from a folder has no status, and gets none by being written."""
    page = attrs.evolve(snapshot(1), status=None, headers=(), content_type="text/markdown")
    source = _written(tmp_path / "out.warc.gz", [page, attrs.evolve(snapshot(2), status=None)])
    first, _ = [source.fetch(capture) for capture in source.captures()]
    assert (first.status, first.content_type, first.body) == (None, "text/markdown", page.body)


def test_the_way_through_redirects_is_written(tmp_path: Path) -> None:
    """Each step is a record of its own, so that other tools can follow it."""
    step = Redirect("https://heron.example/a-b", 302, "https://heron.example/ø?x=1")
    page = attrs.evolve(snapshot(1), capture=Capture(step.url, START, "made"), redirects=(step,))
    source = _written(tmp_path / "out.warc", [page])
    first, last = source.captures()
    assert (first.url, last.url) == (step.url, step.target)
    assert source.fetch(first).body == source.fetch(last).body == page.body


def test_headers_cannot_break_out_of_a_record(tmp_path: Path) -> None:
    """A header that holds line ends is one line; a made-up name is left out."""
    page = attrs.evolve(
        snapshot(1), headers=(("X-One", "a\r\n\r\nWARC/1.0"), ("", "nothing"), ("X-Two", "ø 新"))
    )
    source = _written(tmp_path / "out.warc", [page, snapshot(2)])
    first, second = [source.fetch(capture) for capture in source.captures()]
    assert first.body == page.body
    assert second.body == snapshot(2).body
    assert dict(first.headers)["X-One"] == "a WARC/1.0"
    assert dict(first.headers)["X-Two"] == "ø 新"


def test_failed_looks_are_left_out() -> None:
    """A look that gave nothing has no form in a web archive."""
    assert list(write_records([failure(1)])) == []


@pytest.mark.parametrize("capture", [Capture(None, START), Capture("https://heron.example/a", None)])
def test_a_capture_needs_an_address_and_a_time(capture: Capture) -> None:
    """A web archive is a list of addresses and times: what lacks one cannot stand in it."""
    lacking = attrs.evolve(snapshot(1), capture=capture)
    with pytest.raises(ExchangeError, match=r"needs the (address|time)"):
        list(write_records([lacking]))


def test_moments_keep_their_fractions(tmp_path: Path) -> None:
    """A capture's microseconds survive (WARC 1.1)."""
    page = snapshot(1)
    moment = START + timedelta(microseconds=1_234)
    page = attrs.evolve(page, capture=attrs.evolve(page.capture, captured_at=moment))
    (capture,) = _written(tmp_path / "out.warc", [page]).captures()
    assert capture.captured_at == moment


def test_records_come_one_by_one() -> None:
    """A long history never stands in memory at once: the first record comes before the last page."""
    taken: list[int] = []

    def observed() -> object:
        for number in range(3):
            taken.append(number)
            yield snapshot(number)

    records = write_records(observed())  # type: ignore[arg-type]  # a generator is an iterable
    assert io.BytesIO(next(records)).read(8)
    assert taken == [0]


def test_nothing_in_a_capture_ends_a_line(tmp_path: Path) -> None:
    """Addresses and headers with line ends write no field of their own, nor do lone surrogates fail."""
    ended = "https://paper.example/a\r\nWARC-Type: metadata\r\n\r\n\ud800"
    step = Redirect("https://paper.example/b\r\nX: y", 301, ended)
    one = attrs.evolve(
        snapshot(1, url="https://paper.example/b\r\nX: y"),
        headers=(("A\r\nX", "b"), ("Set: me", "c"), ("Good", "d\r\nX: y\0\x1b")),
        redirects=(step,),
    )
    written = b"".join(write_records([one], packed=False))
    names = {line.partition(b":")[0] for line in written.split(b"\r\n")}
    assert not names & {b"X", b"Set"}
    assert b"Good: d X: y\r\n" in written
    assert written.count(b"\r\nWARC-Type: ") == 3  # about the file, the redirect, the page
    assert len(list(_written(tmp_path / "a.warc", [one]).captures())) == 2


def test_two_captures_of_one_second_are_two_records() -> None:
    """Each record has an identifier of its own, also where address and time are those of another."""
    one = snapshot(0, body=b"<p>Four boats passed.</p>")
    written = b"".join(write_records([one, attrs.evolve(one, body=b"<p>Five.</p>")], packed=False))
    named = re.findall(rb"WARC-Record-ID: (.*)\r\n", written)
    assert len(named) == len({*named}) == 3
