"""What an archive or a saved page may list: lists without end, places that are none, parts in parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from revtrack.errors import FetchError
from revtrack.model import Capture
from revtrack.network import Client
from revtrack.sources.memento import Cdx, TimeGate, TimeMap, playback
from revtrack.sources.mhtml import saved_page
from tests.network.server import Server, Talk

PAGE = "https://paper.example/a"


def _until_it_ends(captures: Iterator[Capture]) -> tuple[int, str]:
    """How many captures were listed before the list was cut off, and what was said of it."""
    count = 0
    try:
        for _ in captures:
            count += 1
    except FetchError as error:
        return count, str(error)
    return count, ""


def _endless(server: Server) -> None:
    """A map whose every page leads to one more; an index that always has a further line."""

    def page_of_map(talk: Talk) -> None:
        number = len(server.seen)
        server.answers[f"/map/{number + 1}"] = page_of_map
        talk.answer(
            (
                f'<{PAGE}>; rel="original", <{server.url(f"/map/{number + 1}")}>; rel="timemap next", '
                f'</2024010100{number:04}/{PAGE}>; rel="memento"; '
                f'datetime="Mon, 01 Jan 2024 00:{number % 60:02}:00 GMT"'
            ).encode()
        )

    server.answers[f"/map/{PAGE}"] = page_of_map


def test_a_map_without_end(archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The captures up to the limit are listed, then an error says that there are more."""
    monkeypatch.setattr(playback, "LISTED", 20)
    _endless(server)
    count, said = _until_it_ends(TimeMap(archivist, server.url("/map/")).captures(PAGE))
    assert count == 21
    assert "lists more than 20 captures" in said


def test_a_list_that_takes_too_long(
    archivist: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little an archive gives at a time, one list has an end."""
    clock = archivist.politeness.clock
    monkeypatch.setattr(playback, "LISTING_SECONDS", 5.0)
    _endless(server)
    asked = archivist.get

    def slowly(url: str, **options: object) -> object:
        clock.sleep(1)
        return asked(url, **options)  # type: ignore[arg-type]  # options as they came

    monkeypatch.setattr(archivist, "get", slowly)
    _, said = _until_it_ends(TimeMap(archivist, server.url("/map/")).captures(PAGE))
    assert "minutes to list captures" in said
    assert len(server.seen) < 9


@pytest.mark.parametrize(
    "place", ["http://[x/web/20240101000000/", "http://[a", "//]/", "http://[::z]/"]
)
def test_a_place_with_a_bracket_is_left_out(archivist: Client, server: Server, place: str) -> None:
    """A capture or a page of a map whose address is none is passed over; the rest is read."""
    server.answers[f"/map/{PAGE}"] = lambda talk: talk.answer(
        f'<{PAGE}>; rel="original", <{place}{PAGE}>; rel="memento"; '
        f'datetime="Mon, 01 Jan 2024 00:00:00 GMT", <{place}>; rel="timemap next", '
        f'</20240102000000/{PAGE}>; rel="memento"; datetime="Tue, 02 Jan 2024 00:00:00 GMT"'.encode()
    )
    listed = list(TimeMap(archivist, server.url("/map/")).captures(PAGE))
    assert [one.url for one in listed] == [PAGE]


def test_a_gate_that_names_no_place(archivist: Client, server: Server) -> None:
    """A gate that says that its map lies at no address gives an error of its own kind."""
    server.answers[f"/{PAGE}"] = lambda talk: talk.answer(
        Memento_Datetime="Mon, 01 Jan 2024 00:00:00 GMT", Link='<http://[x>; rel="timemap"'
    )
    with pytest.raises(FetchError):
        list(TimeGate(archivist, server.url("/")).captures(PAGE))


@pytest.mark.parametrize("location", ["http://[x", "//[", "http://[v1.x/"])
def test_a_captured_redirect_to_no_place(archivist: Client, server: Server, location: str) -> None:
    """A capture that leads to no address fails as one capture."""
    server.answers[f"/20240101000000id_/{PAGE}"] = lambda talk: talk.answer(
        status="302 Found", Location=location, Memento_Datetime="Mon, 01 Jan 2024 00:00:00 GMT"
    )
    where = server.url(f"/20240101000000/{PAGE}")
    capture = Capture(PAGE, datetime(2024, 1, 1, tzinfo=UTC), "memento", location=where)
    with pytest.raises(FetchError):
        TimeMap(archivist, "unused").fetch(capture)
    assert Cdx(archivist, "unused").at_once > 1


def _nested(depth: int, lines: int) -> bytes:
    """Parts in parts, each with a boundary of its own, and many lines behind them."""
    head = b"Content-Type: multipart/related; boundary=b0\r\n\r\n"
    parts = [
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (number, number + 1)
        for number in range(depth)
    ]
    return head + b"".join(parts) + b"x\r\n" * lines


@pytest.mark.parametrize("depth", [6, 100, 2_000])
def test_parts_in_parts_are_not_followed(depth: int) -> None:
    """Deeper than any browser writes them, parts hold no page, however many lines follow."""
    assert saved_page(_nested(depth, 1_000)) is None


@pytest.mark.parametrize("depth", [0, 1, 3, 4])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_page_in_parts_is_found(depth: int, end: bytes) -> None:
    """A page some levels down is the page, byte for byte, with lines that look like boundaries."""
    page = b"<p>Het peil</p>" + end + b"--b9 is no boundary" + end + b"<p>Der Pegel</p>"
    lines = [b"Content-Type: multipart/related; boundary=b0", b""]
    for number in range(depth):
        lines += [b"--b%d" % number, b"Content-Type: multipart/mixed; boundary=b%d" % (number + 1), b""]
    lines += [
        b"--b%d" % depth,
        b"Content-Type: text/html",
        b"Content-Location: https://a.example/",
        b"",
    ]
    lines += [page, b"--b%d--" % depth, b""]
    saved = saved_page(end.join(lines))
    assert saved is not None
    assert (saved.body, saved.url) == (page, "https://a.example/")
