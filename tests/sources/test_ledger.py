"""What sources meet is what they capture, fail at or skip: nothing that names a page disappears."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revtrack.errors import SourceError
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.network import Answer, Client
from revtrack.sources import Source, fetch_all, listed
from revtrack.sources.memento import Cdx, TimeMap
from revtrack.sources.warc import Warc
from revtrack.store import Store
from tests.archive.answering import answering

URL = "https://saltvik.example/lo"
START = datetime(2024, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _body(number: int) -> bytes:
    return (
        f"<html><body><h1>Loen i Saltvik</h1><p>Loen landa {number} tonn torsk i dag, seier "
        "mottaket, og det er meir enn i fjor på same tid.</p></body></html>"
    ).encode()


def _record(
    number: int,
    *,
    url: str | None = URL,
    date: str | None = None,
    kind: str = "response",
    status: str = "200 OK",
    digests: bool = True,
    more: str = "",
    media: str = "text/html",
) -> bytes:
    body = _body(number)
    block = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    digest = "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    fields = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"WARC-Date: {date or (START + number * DAY).isoformat().replace('+00:00', 'Z')}",
        f"WARC-Record-ID: <urn:uuid:{number}>",
        *([f"WARC-Payload-Digest: {digest}"] if digests else []),
        *([more] if more else []),
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(fields) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def _met(source: Source) -> tuple[list[Snapshot], list[Screened]]:
    """The snapshots of all captures, and the rows of all else."""
    met = list(listed(source, URL))
    outcomes = list(fetch_all(source, [one for one in met if isinstance(one, Capture)]))
    snapshots = [one for one in outcomes if isinstance(one, Snapshot)]
    rows = [one for one in (*met, *outcomes) if isinstance(one, Screened)]
    return snapshots, rows


# What stands between or in place of good records, and whether a row has to say so.
BETWEEN = {
    "zeros": (bytes(700), 0),
    "line ends": (b"\r\n\n\r\n", 0),
    "noise": (b"\x93noise that is none\r\n" * 5, 1),
    "a page": (b"<html><p>Ups</p></html>\r\n", 1),
    "no address": (_record(40, url=None), 1),
    "no length": (_record(41).replace(b"Content-Length", b"Content-Langd"), 1),
    "no time": (_record(42, date="i går"), 1),
    "no time at all": (_record(43, date="2024-13-45T99:00:00Z"), 1),
    "a head without end": (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://saltv", 1),
}


@quickly
@given(
    spots=st.lists(st.sampled_from(sorted(BETWEEN)) | st.none(), min_size=1, max_size=6),
    packed=st.booleans(),
    digests=st.booleans(),
)
def test_every_sound_record_of_a_damaged_file_is_captured(
    spots: list[str | None], packed: bool, digests: bool
) -> None:
    """Whatever stands between sound records: they are captured, and what was lost is a row."""
    pieces: list[bytes] = []
    wanted = 0
    for number, spot in enumerate(spots):
        pieces += [_record(number, digests=digests)] + ([BETWEEN[spot][0]] if spot else [])
        wanted += BETWEEN[spot][1] if spot else 0
    pieces.append(_record(len(spots), digests=digests))
    body = b"".join([gzip.compress(one, mtime=0) if packed else one for one in pieces])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        path.write_bytes(body)
        snapshots, rows = _met(Warc(path))
    assert [one.body for one in snapshots] == [_body(number) for number in range(len(spots) + 1)]
    # two spots that touch are one gap
    assert bool(rows) is bool(wanted)
    assert len(rows) <= wanted
    assert all(row.reason is ScreenReason.FETCH_FAILED for row in rows)


@quickly
@given(place=st.integers(0, 10**6), value=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_member_costs_no_other(place: int, value: int, cut: bool) -> None:
    """A byte that flipped, or the end cut off: all other records are there, and no page is another."""
    members = [gzip.compress(_record(number), mtime=0) for number in range(5)]
    body = bytearray(b"".join(members))
    place %= len(body)
    hit = next(n for n in range(5) if sum(map(len, members[: n + 1])) > place)
    if cut:
        del body[place:]
    else:
        body[place] ^= value
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        path.write_bytes(body)
        try:
            snapshots, rows = _met(Warc(path))
        except SourceError:
            snapshots, rows = [], []
            assert cut
            assert hit == 0
    found = {one.body for one in snapshots}
    sound = {_body(number) for number in range(hit if cut else 5) if number != hit}
    assert sound <= found <= {_body(number) for number in range(5)}
    assert len(snapshots) + len(rows) >= len(sound)


@quickly
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 10**6), st.binary(max_size=12), st.integers(0, 40)), max_size=4
    ),
    arc=st.booleans(),
)
def test_no_bytes_make_a_traceback(edits: list[tuple[int, bytes, int]], arc: bool) -> None:
    """Records with pieces put in, taken out or overwritten are captures, rows or an error of ours."""
    block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + _body(1)
    line = b"%s 192.0.2.7 20240302090000 text/html %d\n" % (URL.encode(), len(block))
    old = b"filedesc://a.arc 0.0.0.0 20240301000000 text/plain 4\n1 0\n\n" + (line + block + b"\n") * 2
    body = (
        old if arc else b"".join([_record(n, more="WARC-Concurrent-To: <urn:uuid:9>") for n in (1, 2)])
    )
    for place, put, taken in edits:
        at = place % (len(body) + 1)
        body = body[:at] + put + body[at + taken :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        path.write_bytes(body)
        try:
            snapshots, rows = _met(Warc(path))
        except SourceError:
            return
    if not edits:
        assert (len(snapshots), len(rows)) == (2, 0) if not arc else (1, 1)


def test_a_folder_is_read_past_a_file_that_is_none(tmp_path: Path) -> None:
    """A file that cannot be read is a row; the files beside it are read."""
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(_record(1)))
    (tmp_path / "b.warc").write_bytes(b"<html>ups</html>")
    (tmp_path / "c.wacz").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "d.warc.gz").write_bytes(gzip.compress(_record(2)) + b"ups")
    snapshots, rows = _met(Warc(tmp_path))
    assert len(snapshots) == 2
    assert {Path(str(row.capture.location)).name.partition("#")[0] for row in rows} == {
        "b.warc", "c.wacz", "d.warc.gz",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-03", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-03-05", datetime(2024, 3, 5, tzinfo=UTC)),
        ("2024-03-05T11:30Z", datetime(2024, 3, 5, 11, 30, tzinfo=UTC)),
        ("2024-03-05T11:30:00.250Z", datetime(2024, 3, 5, 11, 30, 0, 250_000, tzinfo=UTC)),
        ("20240305113000", datetime(2024, 3, 5, 11, 30, tzinfo=UTC)),
        ("Tue, 05 Mar 2024 11:30:00 GMT", datetime(2024, 3, 5, 11, 30, tzinfo=UTC)),
    ],
)
def test_a_time_of_any_precision_dates_a_capture(date: str, moment: datetime, tmp_path: Path) -> None:
    """A year, a month or a day stand for their first instant, and the capture says what was stated."""
    (tmp_path / "a.warc").write_bytes(_record(1, date=date))
    (snapshot,), rows = _met(Warc(tmp_path / "a.warc"))
    assert (snapshot.captured_at, rows) == (moment, [])
    assert ("WARC-Date", date) in snapshot.headers or len(date) > 15


def _question(method: str, *, of: int, more: str = "", named: bool = True) -> bytes:
    block = f"{method} /lo HTTP/1.1\r\nHost: saltvik.example\r\n{more}\r\n".encode()
    date = (START + of * DAY).isoformat().replace("+00:00", "Z")
    joined = f"WARC-Record-ID: <urn:uuid:q>\r\nWARC-Concurrent-To: <urn:uuid:{of}>\r\n" if named else ""
    return (
        f"WARC/1.1\r\nWARC-Type: request\r\nWARC-Target-URI: {URL}\r\nWARC-Date: {date}\r\n{joined}"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("question", "captured"),
    [
        (_question("POST", of=1), False),
        (_question("PUT", of=1), False),
        (_question("OPTIONS", of=1), False),
        (_question("GET", of=1, more="X-Requested-With: XMLHttpRequest\r\n"), False),
        (_question("GET", of=1, more="Sec-Fetch-Dest: empty\r\n"), False),
        (_question("POST", of=1, named=False), False),
        (_question("GET", of=1), True),
        (_question("GET", of=1, more="Sec-Fetch-Dest: document\r\n"), True),
        (_question("POST", of=2), True),
        (_question("POST", of=7, named=False), True),
    ],
)
def test_the_answer_to_a_form_or_script_is_no_page(
    question: bytes, captured: bool, before: bool, tmp_path: Path
) -> None:
    """What was asked for decides: the answer to anything but a request for the page is skipped."""
    pair = [question, _record(1)] if before else [_record(1), question]
    (tmp_path / "a.warc").write_bytes(b"".join(pair))
    snapshots, rows = _met(Warc(tmp_path / "a.warc"))
    assert (len(snapshots), len(rows)) == ((1, 0) if captured else (0, 1))
    assert all(row.reason is ScreenReason.NO_CAPTURE for row in rows)


@pytest.mark.parametrize("made", ["sha1", "sha256", "md5"])
@pytest.mark.parametrize("form", ["base 32", "hexadecimal"])
def test_a_proven_body_is_sound(made: str, form: str, tmp_path: Path) -> None:
    """A wrong digest of the block is outweighed by the right one of the body, and by that alone."""
    raw = hashlib.new(made, _body(1)).digest()
    written = base64.b32encode(raw).decode() if form == "base 32" else raw.hex()
    wrong = "WARC-Block-Digest: sha1:" + "A" * 32
    right = f"WARC-Payload-Digest: {made}:{written}"
    for more, sound in ((f"{wrong}\r\n{right}", 1), (wrong, 0), (f"{wrong}\r\n{right}0", 0)):
        (tmp_path / "a.warc").write_bytes(_record(1, digests=False, more=more))
        snapshots, rows = _met(Warc(tmp_path / "a.warc"))
        assert (len(snapshots), len(rows)) == (sound, 1 - sound)


@pytest.mark.parametrize("wrong", [-40, -3, 25, 4_000])
@pytest.mark.parametrize("digests", [True, False])
def test_a_wrong_length_costs_its_own_record_alone(wrong: int, digests: bool, tmp_path: Path) -> None:
    """A length that is not the record's own never gives half a page, and swallows no other record."""
    first = _record(1, digests=digests)
    length = first.rpartition(b"Content-Length: ")[0].rpartition(b"Content-Length: ")[2].split(b"\r")[0]
    damaged = first.replace(
        b"Content-Length: " + length, b"Content-Length: %d" % (int(length) + wrong), 1
    )
    (tmp_path / "a.warc").write_bytes(damaged + _record(2) + _record(3))
    snapshots, rows = _met(Warc(tmp_path / "a.warc"))
    assert {one.body for one in snapshots} >= {_body(2), _body(3)}
    assert {one.body for one in snapshots} <= {_body(1), _body(2), _body(3)}
    assert len(snapshots) + len(rows) >= 3


def test_pictures_and_styles_are_no_articles(tmp_path: Path) -> None:
    """Everything in an archive of whole pages is pages; a picture that is asked for is given."""
    kinds = ("image/png", "text/css", "application/javascript", "font/woff2", "text/html", "text/plain")
    made = [_record(n, url=f"{URL}/{n}", media=kind) for n, kind in enumerate(kinds)]
    (tmp_path / "a.warc").write_bytes(b"".join(made))
    source = Warc(tmp_path / "a.warc")
    counted = Counter(type(one) for one in source.ledger())
    assert counted == {Screened: 4, Capture: 2}
    assert len(list(source.captures(f"{URL}/0"))) == 1


# ------------------------------------------------------------------------------------- archives


def _client(text: str) -> Client:
    """A client that gets this list, whatever it asks."""
    kind = (("Content-Type", "text/plain"),)
    return answering(lambda url: Answer(url, 200, kind, text.encode(), START))


LINES: dict[str, Callable[[int], str]] = {
    "sound": lambda n: f"k {20240301090000 + n * 1_000_000} {URL} text/html 200 {'A' * 32} 9",
    "no time": lambda _: f"k 2024 {URL} text/html 200 {'A' * 32} 9",
    "no page": lambda n: f"k {20240301090000 + n * 1_000_000} -",
    "broken": lambda _: '{"timestamp": ',
}


@quickly
@given(kinds=st.lists(st.sampled_from(sorted(LINES)), min_size=1, max_size=8))
@pytest.mark.parametrize("form", ["cdx", "timemap"])
def test_every_line_of_an_index_is_accounted_for(form: str, kinds: list[str]) -> None:
    """Lines that cannot be read are counted, beside the captures of those that can."""
    client = _client("\n".join([LINES[kind](n) for n, kind in enumerate(kinds)]))
    source: Any = (
        Cdx(client, "https://arkiv.example/a/cdx")
        if form == "cdx"
        else TimeMap(client, "https://arkiv.example/a/timemap/cdxj/")
    )
    try:
        met = list(source.ledger(URL))
    except SourceError:
        assert "sound" not in kinds
        return
    assert len(met) == len(kinds)
    assert sum(isinstance(one, Capture) for one in met) == kinds.count("sound")


def test_mementos_that_cannot_be_read_are_counted() -> None:
    """A memento without a time, or with one that is none, is a row."""
    mementos = [
        {"uri": f"https://arkiv.example/20240301090000/{URL}", "datetime": "2024-03-01T09:00:00Z"},
        {"uri": f"https://arkiv.example/20240302090000/{URL}", "datetime": "soon"},
        {"uri": 5},
    ]
    text = json.dumps({"original_uri": URL, "mementos": {"list": mementos}})
    source = TimeMap(_client(text), "https://arkiv.example/timemap/")
    assert Counter(type(one) for one in source.ledger(URL)) == {Capture: 1, Screened: 2}
    assert len(list(source.captures(URL))) == 1


# ----------------------------------------------------------------------------- folders, several, store


def test_records_of_one_second_are_all_stored(tmp_path: Path) -> None:
    """Two captures of one second without digests are two, in whatever order they are stored."""
    date = "2024-03-01T09:00:00Z"
    made = [_record(number, date=date, digests=False) for number in (1, 2, 3)]
    (tmp_path / "a.warc").write_bytes(b"".join(made))
    source = Warc(tmp_path / "a.warc")
    with Store.open(tmp_path / "s.db") as store:
        for one in reversed(list(source.captures(URL))):
            assert one not in store
            store.add(source.fetch(one))
        assert all(one in store for one in source.captures(URL))
        assert store.counts().observations == 3
