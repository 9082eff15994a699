"""WARC and WACZ files as a source, with records as archives write them and as they break."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # no types
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # no types
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # no types

from revtrack import track
from revtrack.errors import AddressError, SourceError
from revtrack.model import Capture
from revtrack.sources import Files, Source
from revtrack.sources.files import BODY_LIMIT
from revtrack.sources.warc import Warc
from revtrack.sources.warc.files import Member
from tests.archive.made import (
    ARTICLES,
    Made,
    address_of,
    resolved,
    same_everywhere,
    write_folder,
    write_wacz,
    write_warc,
)

NOON = datetime(2024, 1, 5, 12, 30, tzinfo=UTC)
URL = "https://heron.example/a"
PAGE = b"<!doctype html><title>A page</title><p>Some words."

articles = pytest.mark.parametrize("made", ARTICLES, ids=lambda made: made.url.rpartition("/")[2])
Add = Callable[..., None]


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Add]:
    """A WARC file, and a function that adds one record to it."""
    path = tmp_path / "records.warc"

    def add(
        body: bytes = PAGE,
        *,
        kind: str = "response",
        url: str = URL,
        at: datetime = NOON,
        status: str = "200 OK",
        fields: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),),
        said: tuple[tuple[str, str], ...] = (),
    ) -> None:
        with path.open("ab") as stream:
            head = StatusAndHeaders(status, list(fields), protocol="HTTP/1.1")
            writer = WARCWriter(stream, gzip=False, warc_version="WARC/1.1")
            record = writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=None if kind in {"resource", "metadata"} else head,
                warc_headers_dict={"WARC-Date": f"{at:%Y-%m-%dT%H:%M:%S}Z", **dict(said)},
            )
            writer.write_record(record)

    return path, add


@pytest.mark.parametrize("form", ["made.warc", "made.warc.gz", "made.wacz", "folder"])
@articles
def test_every_form_gives_the_same_history(form: str, made: Made, tmp_path: Path) -> None:
    """WARC, gzip or not, WACZ and a folder of WARC files: the history of the captures in a folder."""
    path = tmp_path / form
    if form == "folder":
        path.mkdir()
        for number, one in enumerate(ARTICLES):
            write_warc(path / f"{number}.warc.gz", (one,))
    elif form == "made.wacz":
        write_wacz(path)
    else:
        write_warc(path)
    pages = tmp_path / "pages"
    pages.mkdir()
    write_folder(pages, made)
    history = track(Warc(path), address_of(made))
    assert same_everywhere(history) == same_everywhere(track(Files(pages), made.url))


def test_what_a_capture_tells(tmp_path: Path) -> None:
    """A capture has its place, its status, the way through redirects, and its body unpacked."""
    write_warc(tmp_path / "made.warc.gz")
    source: Source = Warc(tmp_path / "made.warc.gz")
    made = ARTICLES[0]
    captures = list(source.captures(made.url))
    takes = resolved(made)
    assert [(one.url, one.captured_at) for one in captures] == [
        (take.url, take.moment) for take in takes
    ]
    snapshots = [source.fetch(capture) for capture in captures]
    assert [one.body for one in snapshots] == [take.body for take in takes]
    assert [one.status for one in snapshots] == [take.code for take in takes]
    steps = [[(step.url, step.status) for step in one.redirects] for one in snapshots]
    assert steps[3] == [(made.url, 301)]
    assert not any(steps[:3] + steps[4:])


def test_everything_is_listed_without_an_address(tmp_path: Path) -> None:
    """Without an address, the captures of all articles come in time order."""
    write_warc(tmp_path / "made.warc")
    moments = [capture.captured_at for capture in Warc(tmp_path / "made.warc").captures()]
    assert moments == sorted([take.moment for made in ARTICLES for take in made.takes])


def test_what_was_not_captured_has_no_captures(tmp_path: Path) -> None:
    """An address that nobody captured is no failure; a text that is no address is one."""
    write_warc(tmp_path / "made.warc")
    source = Warc(tmp_path / "made.warc")
    assert list(source.captures("https://heron.example/nothing")) == []
    with pytest.raises(AddressError):
        source.captures("no address")


def test_a_body_is_unpacked_as_its_headers_say(written: tuple[Path, Add]) -> None:
    """Packings and chunks are undone; what claims to be packed and is not is left as it is."""
    path, add = written
    packed = gzip.compress(PAGE)
    sent = [
        (packed, ("Content-Encoding", "gzip")),
        (zlib.compress(PAGE), ("Content-Encoding", "deflate")),
        (zlib.compress(PAGE, wbits=-15), ("Content-Encoding", "deflate")),
        (brotli.compress(PAGE), ("Content-Encoding", "br")),
        (zstd.compress(PAGE), ("Content-Encoding", "zstd")),
        (_chunked(PAGE), ("Transfer-Encoding", "chunked")),
        (_chunked(packed), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "GZIP")),
        (PAGE, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")),
        (PAGE, ("Content-Encoding", "br")),
        (PAGE, ("Content-Encoding", "deflate")),
    ]
    for hours, (body, *fields) in enumerate(sent):
        add(body, fields=tuple(fields), at=NOON + timedelta(hours=hours))
    source = Warc(path)
    assert [source.fetch(capture).body for capture in source.captures(URL)] == [PAGE] * len(sent)


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(("pack", "name"), [(gzip.compress, "gzip"), (zlib.compress, "deflate")])
def test_packed_bytes_that_break_in_the_middle(
    written: tuple[Path, Add], pack: Callable[[bytes], bytes], name: str
) -> None:
    """A body whose packing is damaged further on is an error, never half a page."""
    path, add = written
    digits = hashlib.shake_128(b"noise").hexdigest(400_000).encode()
    body = pack(digits)
    middle = len(body) // 2
    add(body[:middle] + bytes(100) + body[middle + 100 :], fields=(("Content-Encoding", name),))
    source = Warc(path)
    with pytest.raises(SourceError, match="damaged"):
        source.fetch(next(source.captures(URL)))


def test_a_packing_that_nobody_knows_is_refused(written: tuple[Path, Add]) -> None:
    """Bytes are never taken for a page because nothing here can unpack them."""
    path, add = written
    add(b"?", fields=(("Content-Type", "text/html"), ("Content-Encoding", "x-strange")))
    source = Warc(path)
    with pytest.raises(SourceError, match="'x-strange' is not supported"):
        source.fetch(next(source.captures(URL)))


def test_a_bomb_is_left_alone(written: tuple[Path, Add]) -> None:
    """A body that unpacks to more than a page may hold is refused, and not unpacked to its end."""
    path, add = written
    bomb = gzip.compress(bytes(BODY_LIMIT + 10))
    add(bomb, fields=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
    source = Warc(path)
    with pytest.raises(SourceError, match="larger than 32 MiB"):
        source.fetch(next(source.captures(URL)))


def test_what_is_no_capture_is_passed_over(written: tuple[Path, Add]) -> None:
    """Notes, and records of names and not of pages, are no captures."""
    path, add = written
    add(b"note: 1\r\n", kind="metadata")
    add(b"answer", kind="resource", url="dns:heron.example", said=(("Content-Type", "text/dns"),))
    add(at=NOON + timedelta(hours=1))
    assert [one.captured_at for one in Warc(path).captures()] == [NOON + timedelta(hours=1)]


def test_a_resource_is_a_page_without_an_answer(written: tuple[Path, Add]) -> None:
    """What was kept without a server's answer has its content type and no status."""
    path, add = written
    add(kind="resource", said=(("Content-Type", "text/html; charset=utf-8"),))
    source = Warc(path)
    snapshot = source.fetch(next(source.captures(URL)))
    assert (snapshot.body, snapshot.content_type) == (PAGE, "text/html; charset=utf-8")
    assert snapshot.status is None


def test_an_answer_that_nothing_changed_has_the_body_before(written: tuple[Path, Add]) -> None:
    """A captured 304 has the body of the capture before it, its own status and both headers."""
    path, add = written
    add(b"<p>Older.</p>", at=NOON - timedelta(days=1))
    add(fields=(("Content-Type", "text/html"), ("ETag", '"1"')))
    add(b"", kind="revisit", at=NOON + timedelta(days=1), status="304 Not Modified",
        fields=(("Date", "now"),))  # fmt: skip
    source = Warc(path)
    snapshot = source.fetch(list(source.captures(URL))[-1])
    assert (snapshot.status, snapshot.body, snapshot.content_type) == (304, PAGE, "text/html")
    assert ("ETag", '"1"') in snapshot.headers


def test_a_revisit_of_what_is_not_there_says_so(written: tuple[Path, Add]) -> None:
    """A revisit whose first capture lies in another file is an error, and no empty page."""
    path, add = written
    add(b"", kind="revisit", said=(("WARC-Payload-Digest", "sha1:ABC"),))
    source = Warc(path)
    with pytest.raises(SourceError, match=r"repeats one that .* does not contain"):
        source.fetch(next(source.captures(URL)))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/b", "no capture of it at that time"),
        (URL, "redirect loop"),
        ("mailto:desk@heron.example", "does not redirect to a page"),
        ("/late", "no capture of it at that time"),
    ],
)
def test_a_redirect_into_nothing_says_so(written: tuple[Path, Add], target: str, said: str) -> None:
    """A redirect whose target was not captured then is an error: another time's text is not taken."""
    path, add = written
    add(b"", status="301 Moved Permanently", fields=(("Location", target),))
    add(url="https://heron.example/late", at=NOON + timedelta(days=1, hours=1))
    source = Warc(path)
    with pytest.raises(SourceError, match=said):
        source.fetch(next(source.captures(URL)))


def test_a_redirect_to_the_secure_page_is_no_circle(written: tuple[Path, Add]) -> None:
    """From http to https the key stays and the address does not: the redirect is followed."""
    path, add = written
    add(b"", url="http://heron.example/a", status="301 Moved Permanently", fields=(("Location", URL),))
    add(at=NOON + timedelta(seconds=1))
    source = Warc(path)
    first, second = [source.fetch(capture) for capture in source.captures(URL)]
    assert first.body == second.body == PAGE
    assert len(first.redirects) == 1


def test_a_damaged_record_is_no_page(written: tuple[Path, Add]) -> None:
    """A body that is not what the record's digest says is refused."""
    path, add = written
    add()
    path.write_bytes(path.read_bytes().replace(b"Some words", b"Same words"))
    source = Warc(path)
    with pytest.raises(SourceError, match="damaged"):
        source.fetch(next(source.captures(URL)))


def test_a_body_with_the_digest_of_another_is_refused(written: tuple[Path, Add]) -> None:
    """Where only the body has a digest and it is that of another body, the record is damaged."""
    path, add = written
    another = base64.b32encode(hashlib.sha256(b"another").digest()).decode()
    add(said=(("WARC-Payload-Digest", f"sha256:{another}"), ("WARC-Block-Digest", "")))
    source = Warc(path)
    with pytest.raises(SourceError, match="the digest of its body does not match"):
        source.fetch(next(source.captures(URL)))


def test_a_digest_that_nobody_knows_proves_nothing(written: tuple[Path, Add]) -> None:
    """A record may name any algorithm for its digest; one that cannot be checked is no damage."""
    path, add = written
    add(said=(("WARC-Block-Digest", "shake_128:ABCD"), ("WARC-Payload-Digest", "x:1")))
    source = Warc(path)
    assert source.fetch(next(source.captures(URL))).body == PAGE


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("missing.warc", None, "no such file"),
        ("page.warc", b"<html>", "damaged or not a web archive"),
        ("cut.warc.gz", gzip.compress(b"WARC/1.0\r\n", mtime=0)[:12], "damaged or not a web archive"),
        ("broken.wacz", b"PK", "not a zip file"),
    ],
)
def test_a_file_that_is_no_archive_says_so(
    tmp_path: Path, name: str, held: bytes | None, said: str
) -> None:
    """What cannot be read is an error that names the file."""
    if held is not None:
        (tmp_path / name).write_bytes(held)
    with pytest.raises(SourceError, match=said) as caught:
        list(Warc(tmp_path / name).captures())
    assert name in str(caught.value)


def test_a_folder_without_archives_says_so(tmp_path: Path) -> None:
    """An empty folder is an error that names the endings of archives."""
    with pytest.raises(SourceError, match=r"\.warc\.gz, .*\.wacz"):
        list(Warc(tmp_path).captures())


def test_a_stale_capture_is_refused(tmp_path: Path) -> None:
    """Fetching what the file does not hold at that place is an error."""
    write_warc(tmp_path / "made.warc")
    source = Warc(tmp_path / "made.warc")
    with pytest.raises(SourceError, match="list the captures again"):
        source.fetch(Capture(URL, NOON, source="warc", location=f"{tmp_path / 'made.warc'}#7"))


def test_a_record_that_is_cut_off_is_no_page(written: tuple[Path, Add]) -> None:
    """A body shorter than its record says would read as a removal, whether a digest tells or not."""
    path, add = written
    add(said=(("WARC-Payload-Digest", ""), ("WARC-Block-Digest", "")))
    path.write_bytes(path.read_bytes().rstrip()[:-5])
    source = Warc(path)
    with pytest.raises(SourceError, match="is cut off"):
        source.fetch(next(source.captures()))


def test_a_field_on_many_lines_is_one_value(written: tuple[Path, Add]) -> None:
    """A line that begins with space goes on with the field before it, however many there are."""
    path, add = written
    add()
    folded = b"HTTP/1.1 200 OK\r\nX-Note: the\r\n" + b"\t ferry\r\n" * 50_000
    content = path.read_bytes().replace(b"HTTP/1.1 200 OK\r\n", folded, 1)
    length = re.search(rb"\r\nContent-Length: (\d+)", content)
    assert length is not None
    added = int(length[1]) + len(folded) - len(b"HTTP/1.1 200 OK\r\n")
    path.write_bytes(content.replace(length[0], b"\r\nContent-Length: %d" % added, 1))
    source = Warc(path)
    snapshot = source.fetch(next(source.captures()))
    assert dict(snapshot.headers)["X-Note"] == "the" + " ferry" * 50_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"2024-01-05T12:30:00Z", b"0001-01-01T00:00:00+14:00", id="a time before time"),
        pytest.param(b"HTTP/1.1 200", b"HTTP/1.1 \xb2\xb2\xb2", id="a status of superscripts"),
        pytest.param(b"HTTP/1.1 200", b"HTTP/1.1 " + b"9" * 5_000, id="a status without end"),
        pytest.param(b"200 OK", b"301 OK\r\nLocation: http://[::1", id="a redirect to no address"),
        pytest.param(b"Content-Length: ", b"Content-Length: 9999999999999999999999", id="a length"),
    ],
)
def test_fields_that_make_no_sense(written: tuple[Path, Add], old: bytes, new: bytes) -> None:
    """Whatever a field says, the record is read without it, or the error names the file or the page."""
    path, add = written
    add()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    source = Warc(path)
    said, read = path.name, []
    try:
        read = [source.fetch(capture).body for capture in source.captures()]
    except SourceError as error:
        said = str(error)
    assert path.name in said or URL in said
    assert all(PAGE in body for body in read)


@pytest.mark.parametrize(
    ("place", "value"), [(6, 1), (8, 99), (60, 255)], ids=["password", "unknown packing", "damage"]
)
def test_a_wacz_that_cannot_be_unpacked_says_so(tmp_path: Path, place: int, value: int) -> None:
    """A file with a password, packed in a way nobody knows or with a byte that flipped is an error."""
    path = tmp_path / "made.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/data.warc", b"WARC/1.0\r\n" + bytes(range(256)))
    held = bytearray(path.read_bytes())
    listed = held.index(b"PK\x01\x02")
    held[place] = value
    if place < 10:
        held[listed + place + 2] = value  # the list at the end says it too
    path.write_bytes(held)
    with pytest.raises(SourceError, match=r"made\.wacz"):
        list(Warc(path).captures())


def test_records_of_an_archive_packed_as_a_whole_are_unpacked_once(
    written: tuple[Path, Add], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the order in which they are fetched; the members that were read are kept."""
    path, add = written
    for hours in range(60):
        add(PAGE + b"%d" % hours, at=NOON + timedelta(hours=hours))
    path.write_bytes(gzip.compress(path.read_bytes(), 1))
    begun: list[int] = []
    start = Member._restart

    def counted(member: Member, place: int) -> int:
        begun.append(place)
        return start(member, place)

    monkeypatch.setattr(Member, "_restart", counted)
    source = Warc(path)
    captures = list(source.captures(URL))
    bodies = {capture: source.fetch(capture).body for capture in (*captures, *reversed(captures))}
    assert [bodies[one] for one in captures] == [PAGE + b"%d" % hours for hours in range(60)]
    assert len(begun) <= 3


@given(st.lists(st.integers(0, 400_000), min_size=1, max_size=12), st.booleans())
def test_a_member_reads_alike_wherever_it_was_before(places: list[int], large: bool) -> None:
    """Going back and on gives the bytes that are there, in small members, large and damaged ones."""
    content = hashlib.shake_128(b"gate").digest(1_500_000 if large else 300_000)
    packed = gzip.compress(content, 1)
    member = Member(io.BytesIO(packed), 0)
    for place in places:
        member.seek(place)
        assert member.tell() == min(place, len(content))
        assert member.peek(50) == content[place : place + 50]
    damaged = Member(io.BytesIO(packed[:200_000]), 0)
    for place in (1_000, 10, 190_000, 20):
        with contextlib.suppress(EOFError, zlib.error):
            damaged.seek(place)
            assert damaged.peek(20) == content[place : place + 20]
    with pytest.raises((EOFError, zlib.error)):
        damaged.seek(len(content))
