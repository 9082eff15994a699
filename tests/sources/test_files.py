"""The source that reads dated captures from a folder."""

from __future__ import annotations

import errno
import gzip
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import CaptureDateError, SourceError
from revtrack.sources import Files
from revtrack.sources.files import BODY_LIMIT, read_page, unpacked
from revtrack.sources.mhtml import saved_page
from revtrack.sources.names import captured_at

NOON = datetime(2024, 1, 5, 12, 30, tzinfo=UTC)
PAGE = b"<!doctype html><title>A page</title><p>Some words."

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2099, 12, 31),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
FORMS = ("%Y%m%dT%H%M%SZ", "%Y%m%d%H%M%S", "%Y-%m-%dT%H-%M-%SZ", "%Y-%m-%d_%H.%M.%S")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one capture."""
    (tmp_path / "20240105T123000Z.html").write_bytes(PAGE)
    return tmp_path


@given(moment=moments, form=st.sampled_from(FORMS), lead=st.sampled_from(("", "story-", "v2_")))
def test_a_written_time_is_read_back(moment: datetime, form: str, lead: str) -> None:
    """Whatever the form and whatever stands around it, the time in a name is the time written."""
    assert captured_at(f"{lead}{moment.strftime(form)}") == moment
    assert captured_at(f"{moment.strftime(form)}-final") == moment


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20240105T123000Z", NOON),
        ("20240105123000", NOON),
        ("2024-01-05T12-30-00Z", NOON),
        ("2024-01-05T12:30Z", NOON),
        ("2024-01-05", datetime(2024, 1, 5, tzinfo=UTC)),
        ("story-20240105", datetime(2024, 1, 5, tzinfo=UTC)),
        ("20240101-fetched-20240105T123000Z", NOON),
        ("article-12345678-2024-01-05", datetime(2024, 1, 5, tzinfo=UTC)),
        ("20240105T143000+0200", NOON),
        ("2024-01-05T07-30-00-05-00 brygge", NOON),
        ("20240105T180000+0530", NOON),
        ("2024-01-05T07:30:00 GMT-0500", NOON),
        ("hamn 2024-01-05 12-30-00 PM", NOON),
        ("2024-01-05 at 12.30.00 p.m.", NOON),
        ("2024-01-05 00-30-00 PM", NOON),
        ("2024-01-05 3 p.m.", NOON.replace(hour=15, minute=0)),
        ("20240105_11am", NOON.replace(hour=11, minute=0)),
        ("2024-01-05 3 am Hafen", NOON.replace(hour=0, minute=0)),
        ("渡船 2024-01-05 下午12-30-00", NOON),
        ("2024-01-05 12-30-00 م", NOON),
        ("2024-01-05 um 12.30 Uhr", NOON),
        ("2024-01-05 12-30-00 am Hafen", NOON),
        ("20240105T1230", NOON),
        ("20240105T123000Z-02", NOON),
        ("20240105T123000-2", NOON),
        ("2024-01-05_2024-01-05T12-30-00", NOON),
        ("20240105-9971", datetime(2024, 1, 5, tzinfo=UTC)),
        ("2024-01-05-v2", datetime(2024, 1, 5, tzinfo=UTC)),
    ],
)
def test_forms_of_a_time(name: str, expected: datetime) -> None:
    """Each documented form is read, and the fullest one in a name wins."""
    assert captured_at(name) == expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("index", "no date in the file name 'index'"),
        ("20241399T000000Z", "is not a valid date"),
        ("2024-02-30", "is not a valid date"),
        ("20240105T123000-02", "has an ambiguous offset"),
        ("2024-01-05 12-30-00 GMT+2", "has an ambiguous offset"),
        ("2024-01-05 12-30-00 UTC-5", "has an ambiguous offset"),
        ("20240105T123000+25:00", "has an ambiguous offset"),
        ("20240105T123000+0217", "has an ambiguous offset"),
        ("2024-01-05 12-30-00 CEST", "has an ambiguous offset"),
        ("20240105T123000 to 20240106T090000", "has two times"),
        ("2024-01-05_2024-01-06", "has two times"),
        ("20240105T250000", "is not a valid date"),
        ("99999999999999", "no date"),
        ("120240105", "no date"),
    ],
)
def test_a_name_without_a_time_says_what_is_expected(name: str, said: str) -> None:
    """A time that cannot be read is an error that names the expected forms, never a guess."""
    with pytest.raises(CaptureDateError, match=said) as caught:
        captured_at(name)
    assert "20240105T123000Z" in str(caught.value)
    assert caught.value.location == name


def test_captures_come_in_time_order(tmp_path: Path) -> None:
    """Captures are listed by their times, whatever the order of their names."""
    for name in ("2024-01-05.htm", "20240104235959.html", "a-20250101T000000Z.xhtml"):
        (tmp_path / name).write_bytes(PAGE)
    (tmp_path / "2024-01-04T00-00-00Z.html.gz").write_bytes(gzip.compress(PAGE))
    names = [Path(str(capture.location)).name for capture in Files(tmp_path).captures()]
    assert names == [
        "2024-01-04T00-00-00Z.html.gz",
        "20240104235959.html",
        "2024-01-05.htm",
        "a-20250101T000000Z.xhtml",
    ]


def test_fetch_gives_the_bytes_and_their_digest(folder: Path) -> None:
    """A fetched snapshot has the file's bytes to the letter and its digest on the capture."""
    source = Files(folder)
    (capture,) = source.captures()
    snapshot = source.fetch(capture)
    assert snapshot.body == PAGE
    assert snapshot.capture.digest == snapshot.digest
    assert (snapshot.captured_at, snapshot.url, snapshot.content_type) == (NOON, None, None)


def test_gzip_is_told_by_its_content(tmp_path: Path) -> None:
    """Zipped pages are unzipped and plain ones left, whatever their names say."""
    (tmp_path / "2024-01-01.html").write_bytes(gzip.compress(PAGE))
    (tmp_path / "2024-01-02.html.gz").write_bytes(PAGE)
    source = Files(tmp_path)
    assert [source.fetch(capture).body for capture in source.captures()] == [PAGE, PAGE]


def test_a_sidecar_describes_its_capture(folder: Path) -> None:
    """A sidecar gives the address, the time and the content type."""
    sidecar = {
        "url": "https://example.org/story",
        "captured_at": "2024-01-06T02:00:00+02:00",
        "content_type": "text/html; charset=koi8-r",
    }
    (folder / "20240105T123000Z.json").write_text(json.dumps(sidecar))
    source = Files(folder)
    (capture,) = source.captures()
    snapshot = source.fetch(capture)
    assert snapshot.url == "https://example.org/story"
    assert snapshot.captured_at == datetime(2024, 1, 6, tzinfo=UTC)
    assert snapshot.content_type == "text/html; charset=koi8-r"


def test_a_sidecar_dates_an_undated_name(tmp_path: Path) -> None:
    """A file without a date in its name is dated by its sidecar, a naive time being UTC."""
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "index.html.json").write_text('{"captured_at": "2024-01-05T12:30:00"}')
    (capture,) = Files(tmp_path).captures()
    assert capture.captured_at == NOON


def test_captures_of_one_address(folder: Path) -> None:
    """Asked for an address, captures of others are left out and unlabelled ones are taken for it."""
    (folder / "2024-01-06.html").write_bytes(PAGE)
    (folder / "2024-01-06.json").write_text('{"url": "https://example.org/other"}')
    (capture,) = Files(folder).captures("https://example.org/story")
    assert (capture.url, capture.captured_at) == ("https://example.org/story", NOON)


def test_an_address_without_captures_names_the_others(folder: Path) -> None:
    """When no capture is of the address, the error says which addresses there are."""
    (folder / "20240105T123000Z.json").write_text('{"url": "https://example.org/other"}')
    with pytest.raises(SourceError, match=r"captures of https://example\.org/other"):
        Files(folder).captures("https://example.org/story")


def test_other_files_are_left_alone(folder: Path) -> None:
    """Hidden files, sidecars, texts and folders are no captures, however they are named."""
    for name in (".2024-01-01.html", "README.md", "2024-01-01.txt", "2024-01-01.json"):
        (folder / name).write_bytes(b"{}")
    (folder / "2024-01-02.html").mkdir()
    assert len(list(Files(folder).captures())) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("20240105T123000Z.json", "not json", "is not JSON"),
        ("20240105T123000Z.json", "[" * 100_000, "is not JSON"),
        ("20240105T123000Z.json", "[]", "must contain an object"),
        ("20240105T123000Z.json", '{"url": 5}', "'url' must be text"),
        ("20240105T123000Z.html.json", '{"captured_at": "yesterday"}', "expected ISO 8601"),
    ],
)
def test_a_damaged_sidecar_is_named(folder: Path, name: str, text: str, said: str) -> None:
    """A sidecar that cannot be understood is an error with its path, not ignored."""
    (folder / name).write_text(text)
    with pytest.raises(SourceError, match=said) as caught:
        Files(folder).captures()
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere", "it does not exist; give a folder of dated captures"),
        ("20240105T123000Z.html", "a folder is needed"),
        ("empty", r"no captures in .*20240105T123000Z\.html"),
        ("circle", "form a loop"),
        ("circle/2024-01-05.html", "form a loop"),
        ("gone", r"2024-01-05\.html: it does not exist"),
    ],
)
def test_what_is_no_folder_of_captures(folder: Path, place: str, said: str) -> None:
    """A place that is missing, a file, without captures, or a link that leads nowhere says so."""
    for name in ("empty", "circle", "gone"):
        (folder / name).mkdir()
    (folder / "empty" / "notes.txt").touch()
    (folder / "circle" / "2024-01-05.html").symlink_to(folder / "circle" / "2024-01-05.html")
    (folder / "gone" / "2024-01-05.html").symlink_to(folder / "gone" / "nothing")
    with pytest.raises(SourceError, match=said):
        Files(folder / place).captures()


def test_a_folder_where_a_file_belongs(folder: Path) -> None:
    """A folder given as a page is an error that says so."""
    with pytest.raises(SourceError, match="a file is needed"):
        read_page(folder)


def test_a_pipe_never_blocks(tmp_path: Path) -> None:
    """A named pipe is refused rather than waited for."""
    os.mkfifo(tmp_path / "2024-01-05.html")
    source = Files(tmp_path)
    (capture,) = source.captures()
    with pytest.raises(SourceError, match="not a regular file"):
        source.fetch(capture)


def test_no_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that may not be read is an error that says so (the command line's test uses real ones)."""

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    source = Files(folder)
    (capture,) = source.captures()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match="no permission to read it"):
        source.fetch(capture)


@pytest.mark.parametrize("damage", [slice(0, 30), slice(0, 12)])
def test_damaged_gzip(damage: slice) -> None:
    """Gzip data that are cut short are an error that says so."""
    with pytest.raises(SourceError, match="gzip data are damaged"):
        unpacked(gzip.compress(PAGE)[damage], location="cut.html.gz")


def test_a_gzip_bomb_is_bounded(tmp_path: Path) -> None:
    """Unpacking stops at the limit, however much the file would grow to."""
    bomb = tmp_path / "2024-01-05.html.gz"
    bomb.write_bytes(gzip.compress(bytes(BODY_LIMIT + 1)))
    with pytest.raises(SourceError, match="larger than 32 MiB"):
        read_page(bomb)


def test_a_large_file_is_bounded(tmp_path: Path) -> None:
    """A file over the limit is refused without being read to its end."""
    large = tmp_path / "2024-01-05.html"
    with large.open("wb") as stream:
        stream.truncate(2**40)
    with pytest.raises(SourceError, match="larger than 32 MiB"):
        read_page(large)


_SAVED = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://heron.example/a\r
Subject: =?utf-8?Q?Bridge?=\r
Date: Fri, 5 Jan 2024 12:30:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----part----"\r
\r
\r
------part----\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://heron.example/frame\r
\r
<p>A frame.</p>\r
------part----\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://heron.example/a\r
\r
<!doctype html><title>A page</title><p>caf=C3=A9 was lon=\r
ger.</p>\r
------part----\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://heron.example/a.png\r
\r
iVBORw0KGgo=\r
------part------\r
"""


@pytest.mark.parametrize("ending", [".mhtml", ".mht"])
def test_a_page_that_a_browser_saved_whole(tmp_path: Path, ending: str) -> None:
    """An MHTML file says when and from where it was saved; the page is taken out of it."""
    (tmp_path / f"bridge{ending}").write_bytes(_SAVED)
    source = Files(tmp_path)
    (capture,) = source.captures()
    assert (capture.url, capture.captured_at) == ("https://heron.example/a", NOON)
    snapshot = source.fetch(capture)
    assert snapshot.body == "<!doctype html><title>A page</title><p>café was longer.</p>".encode()
    assert snapshot.content_type == "text/html; charset=utf-8"
    assert read_page(tmp_path / f"bridge{ending}") == snapshot.body


def test_a_name_goes_before_what_a_saved_page_says(tmp_path: Path) -> None:
    """A date in the name is what somebody put there on purpose."""
    (tmp_path / "2024-02-01.mhtml").write_bytes(_SAVED)
    (capture,) = Files(tmp_path).captures()
    assert capture.captured_at == datetime(2024, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "clock"),
    [
        ("bridge 2024-01-05.mhtml", NOON),
        ("20240106.mht", NOON),
        ("20240105T0900.mht", datetime(2024, 1, 5, 9, tzinfo=UTC)),
        ("20240103.mht", datetime(2024, 1, 3, tzinfo=UTC)),
    ],
)
def test_a_day_in_a_name_has_the_time_that_a_saved_page_states(
    tmp_path: Path, name: str, clock: datetime
) -> None:
    """The head of the file says when on the named day it was saved; another day is left alone."""
    (tmp_path / name).write_bytes(_SAVED)
    (capture,) = Files(tmp_path).captures()
    assert capture.captured_at == clock


def test_a_saved_page_without_a_page_says_so(tmp_path: Path) -> None:
    """An MHTML file of pictures alone is an error, not an empty page."""
    body = _SAVED.replace(b"text/html; charset", b"text/css; charset")
    (tmp_path / "2024-02-01.mhtml").write_bytes(body)
    with pytest.raises(SourceError, match="without a page in it"):
        list(Files(tmp_path).captures())


def test_file_times_count_only_where_they_are_asked_for(tmp_path: Path) -> None:
    """When a file was last written dates it only with `file_times`: copying may change it."""
    path = tmp_path / "bridge.html"
    path.write_bytes(PAGE)
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    with pytest.raises(CaptureDateError, match="let file times count"):
        Files(tmp_path).captures()
    (capture,) = Files(tmp_path, file_times=True).captures()
    assert capture.captured_at == NOON


@pytest.mark.parametrize("name", ["2024-02-01.json", "undated.mhtml"])
def test_a_pipe_beside_the_pages_never_blocks(tmp_path: Path, name: str) -> None:
    """A pipe in the place of a sidecar or of a saved page is an error, not an endless wait."""
    (tmp_path / "2024-02-01.html").write_bytes(b"<p>1</p>")
    os.mkfifo(tmp_path / name)
    with pytest.raises(SourceError, match="not a regular file"):
        list(Files(tmp_path).captures())


def test_a_time_before_the_calendar_is_none(tmp_path: Path) -> None:
    """A time that no calendar has is like one that cannot be read, in a sidecar and a saved page."""
    (tmp_path / "2024-02-01.html").write_bytes(b"<p>1</p>")
    (tmp_path / "2024-02-01.json").write_text('{"captured_at": "0001-01-01T00:00:00+14:00"}')
    with pytest.raises(CaptureDateError, match="expected ISO 8601"):
        list(Files(tmp_path).captures())
    body = re.sub(rb"(?m)^Date: .*$", b"Date: Mon, 01 Jan 0001 00:00:00 +1400", _SAVED)
    assert body != _SAVED
    saved = saved_page(body)
    assert saved is not None
    assert saved.saved_at is None or saved.saved_at.year > 1
