"""What comes from outside has limits: at each it is read as ever, one beyond it is said or left out."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from revtrack.errors import AddressError, FetchError, SourceError, StoreError
from revtrack.model import Capture, Screened
from revtrack.network import Client
from revtrack.network.unpacking import PackedError, unpacked
from revtrack.sources import Files, feeds, files
from revtrack.sources.apis import MediaWiki, WordPress, mediawiki, wordpress
from revtrack.sources.feeds import FeedEntry, ledger_of_feed
from revtrack.sources.memento import TimeMap, playback, timemap
from revtrack.sources.memento.playback import ListingLimit
from revtrack.sources.mhtml import saved_page
from revtrack.sources.warc import Warc, records
from revtrack.store import Store, bodies
from revtrack.urls import identify
from tests.network.server import Server, Talk
from tests.store.made import URL, page, snapshot

PAGE = "https://paper.example/a"
HTML = b"<p>The lock at Tarn reopened."

beyond = pytest.mark.parametrize("beyond", [0, 1], ids=["at", "beyond"])


def _fails(beyond: int, error: type[Exception], said: str) -> AbstractContextManager[object]:
    """The *error* is expected beyond a limit, and none at it."""
    return pytest.raises(error, match=said) if beyond else nullcontext()


@beyond
def test_characters_of_an_address(beyond: int) -> None:
    """65,536 characters are an address, one more is none."""
    start = "https://paper.example/"
    with _fails(beyond, AddressError, "too long"):
        identify(start + "a" * (65_536 - len(start) + beyond))


@beyond
def test_encodings_inside_each_other(beyond: int) -> None:
    """Three are undone."""
    body, count = HTML, 3 + beyond
    for _ in range(count):
        body = gzip.compress(body)
    with _fails(beyond, PackedError, "packed 4 times"):
        assert b"".join(unpacked([body], ", ".join(["gzip"] * count))) == HTML


@beyond
def test_members_of_a_gzip_stream(beyond: int) -> None:
    """Ten thousand are undone."""
    body = gzip.compress(b"") * (9_999 + beyond) + gzip.compress(HTML)
    with _fails(beyond, PackedError, "more than 10,000 members"):
        assert b"".join(unpacked([body], "gzip")) == HTML


@pytest.mark.parametrize("packed", [False, True])
@beyond
def test_bytes_of_a_page(beyond: int, packed: bool) -> None:
    """A page of 32 MiB is read, gzip or not."""
    body = bytes(files.BODY_LIMIT + beyond)
    with _fails(beyond, SourceError, "larger than 32 MiB"):
        given = gzip.compress(body, 1) if packed else body
        assert files.unpacked(given, location="a.html") == body


@beyond
def test_bytes_of_a_sidecar(beyond: int, tmp_path: Path) -> None:
    """What a sidecar says is read up to 1 MiB."""
    (tmp_path / "20240105.html").write_bytes(HTML)
    start = '{"url": "https://paper.example/'
    sidecar = start + "a" * (2**20 - len(start) - 2 + beyond) + '"}'
    (tmp_path / "20240105.json").write_text(sidecar)
    with _fails(beyond, SourceError, "larger than 1 MiB"):
        assert len(list(Files(tmp_path).captures())) == 1


@beyond
def test_levels_of_parts_in_a_saved_page(beyond: int) -> None:
    """Five levels of parts are looked through."""
    lines = [b"Content-Type: multipart/related; boundary=b0", b""]
    depth = 4 + beyond
    for number in range(depth):
        lines += [b"--b%d" % number, b"Content-Type: multipart/mixed; boundary=b%d" % (number + 1), b""]
    lines += [b"--b%d" % depth, b"Content-Type: text/html", b"", HTML, b"--b%d--" % depth, b""]
    assert (saved_page(b"\n".join(lines)) is None) is bool(beyond)


@beyond
def test_the_head_of_a_record(beyond: int, tmp_path: Path) -> None:
    """A head of 1 MiB is read; one byte more is a gap, and the next record is read."""
    head = b"WARC-Type: resource\r\nWARC-Target-URI: %b\r\nWARC-Date: 2024-01-05\r\n" % PAGE.encode()
    head += b"Content-Type: text/html\r\nContent-Length: %d\r\n" % len(HTML)
    room = records._HEAD + beyond - len(head) - len(b"X: \r\n\r\n")
    long = head + b"X: " + b"a" * room + b"\r\n\r\n"
    assert len(long) == records._HEAD + beyond
    pieces = [b"WARC/1.1\r\n" + one + HTML + b"\r\n\r\n" for one in (long, head + b"\r\n")]
    (tmp_path / "a.warc").write_bytes(b"".join([pieces[0], pieces[1].replace(b"01-05", b"01-06")]))
    source = Warc(tmp_path / "a.warc")
    assert len(list(source.captures(PAGE))) == 2 - beyond


@beyond
def test_links_of_a_chain_of_pages(
    beyond: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain of as many pages as are followed is read; of a longer one the last page is damaged."""
    monkeypatch.setattr(bodies, "CHAIN", 5)
    monkeypatch.setattr(bodies, "CHAIN_LIMIT", 5 - beyond)
    with Store.open(tmp_path / "news.db") as store:
        stored = [store.add(snapshot(number)) for number in range(5)]
    with Store.open(tmp_path / "news.db") as store, _fails(beyond, StoreError, "loop"):
        assert store.fetch(stored[-1]).body == page(4)
    assert [capture.url for capture in stored] == [URL] * 5


@beyond
def test_captures_that_an_archive_lists(beyond: int, archivist: Client) -> None:
    """So many captures are counted, and so much time is taken."""
    counted = ListingLimit(archivist, PAGE)
    with _fails(beyond, FetchError, "lists more than 200,000"):
        counted.count(playback.LISTED + beyond)
    timed = ListingLimit(archivist, PAGE)
    archivist.politeness.clock.sleep(playback.LISTING_SECONDS + beyond)
    with _fails(beyond, FetchError, "takes more than 30 minutes"):
        timed.count(0)


@beyond
def test_pages_of_a_map(
    beyond: int, archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a map up to the limit are read, the others are not asked for: an error says so."""
    monkeypatch.setattr(timemap, "_PAGES", 3)
    for number in range(3 + beyond):
        following = f", </{number + 1}>; rel=timemap" if number < 2 + beyond else ""
        text = f"<{PAGE}>; rel=original, </2024010{number + 1}000000/{PAGE}>; rel=memento; "
        text += f'datetime="Mon, 0{number + 1} Jan 2024 00:00:00 GMT"{following}'
        server.answers[f"/{number}"] = lambda talk, text=text: talk.answer(text.encode())  # type: ignore[misc]  # bound now
    server.answers[f"/map/{PAGE}"] = server.answers["/0"]
    listed: list[Capture] = []
    with _fails(beyond, FetchError, "more than 3 pages"):
        listed.extend(TimeMap(archivist, server.url("/map/")).captures(PAGE))
    assert len(listed) == 3


@beyond
def test_sitemaps_of_an_index(
    beyond: int, archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sitemaps up to the limit are read, the others are not asked for: a row says so."""
    monkeypatch.setattr(feeds, "_MOST_SITEMAPS", 3)
    names = [f"s{number}" for number in range(3 + beyond)]
    index = "".join(f"<sitemap><loc>{server.url(f'/{name}')}</loc></sitemap>" for name in names)
    bodies = {name: f"<urlset><url><loc>{PAGE}-{name}</loc></url></urlset>" for name in names}
    for name, body in {**bodies, "index": f"<sitemapindex>{index}</sitemapindex>"}.items():
        server.answers[f"/{name}"] = lambda talk, body=body: talk.answer(body.encode())  # type: ignore[misc]  # bound now
    met = Counter([type(one) for one in ledger_of_feed(archivist, server.url("/index"))])
    assert (met[FeedEntry], met[Screened]) == (3, beyond)


@beyond
def test_answers_of_a_list_of_a_wiki(
    beyond: int, archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that ends within the limit is a list; after one that goes on comes a row."""
    monkeypatch.setattr(mediawiki, "_PIECES", 2)

    def answer(talk: Talk) -> None:
        number = len(server.seen)
        revision = {"revid": number, "timestamp": f"2024-01-0{number}T00:00:00Z", "sha1": "a"}
        more = {"continue": {"rvcontinue": number}} if number < 2 + beyond else {}
        talk.answer(json.dumps({"query": {"pages": [{"revisions": [revision]}]}, **more}).encode())

    server.answers = {"/api.php": answer}
    wiki = MediaWiki(archivist, server.url("/api.php"))
    met = Counter([type(one) for one in wiki.ledger(f"{server.url('/w')}?title=Tarn")])
    assert (met[Capture], met[Screened]) == (2, beyond)
    assert len(server.seen) == 2


@beyond
def test_answers_of_a_list_of_a_site(
    beyond: int, archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for the revisions of a post, whose last piece is not full."""
    monkeypatch.setattr(wordpress, "_PIECES", 2)
    monkeypatch.setattr(wordpress, "_PIECE", 1)
    monkeypatch.setenv(wordpress.TOKEN, "ana:abcd")
    revisions = [{"id": number, "date_gmt": f"2024-01-0{number + 2}T00:00:00"} for number in range(9)]

    def answer(talk: Talk) -> None:
        number = int(talk.path.rpartition("page=")[2])
        talk.answer(json.dumps(revisions[number - 1 : number][: 2 + beyond - number]).encode())

    post = [{"id": 7, "date_gmt": "2024-01-01T00:00:00"}]
    place = "/wp-json/wp/v2/posts"
    server.answers = {
        place: lambda talk: talk.answer(json.dumps(post).encode()),
        f"{place}/7/revisions": answer,
    }
    site = WordPress(archivist, server.url("/"))
    met = Counter([type(one) for one in site.ledger(server.url("/tarn"))])
    assert (met[Capture], met[Screened]) == (1 + beyond, beyond)


@beyond
def test_bytes_of_a_robots_txt(beyond: int, archivist: Client, server: Server) -> None:
    """A rule that ends at 500 KiB is obeyed; of one that ends later the end is not read."""
    rule = b"User-agent: *\nDisallow: /a"
    filling = b"#" * (500 * 1024 - len(rule) - 1 + beyond) + b"\n"
    server.answers["/robots.txt"] = lambda talk: talk.answer(filling + rule)
    server.answers["/b"] = server.answers["/a"] = lambda talk: talk.answer(HTML)
    with _fails(beyond, FetchError, "does not allow"):
        assert archivist.get(server.url("/b")).body == HTML
    with pytest.raises(FetchError, match="does not allow"):
        archivist.get(server.url("/a"))


@beyond
def test_redirects_of_one_request(beyond: int, archivist: Client, server: Server) -> None:
    """Eight are followed."""
    for number in range(8 + beyond):
        server.answers[f"/{number}"] = lambda talk, number=number: talk.answer(  # type: ignore[misc]  # bound now
            status="302 Found", Location=f"/{number + 1}"
        )
    server.answers[f"/{8 + beyond}"] = lambda talk: talk.answer(HTML)
    with _fails(beyond, FetchError, "too many redirects"):
        assert archivist.get(server.url("/0")).body == HTML
