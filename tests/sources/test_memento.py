"""How archives write what they have, and how all of it is found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import FetchError, FetchFault
from revtrack.model import Capture
from revtrack.network import Client
from revtrack.sources.memento import Cdx, TimeGate, TimeMap
from revtrack.sources.memento.cdx import IndexLine, Listing, read_index
from revtrack.sources.memento.timegate import bisected
from revtrack.sources.memento.timemap import read_links
from revtrack.urls.replay import Replay, read_replay
from tests.network.server import Server, Talk

START = datetime(2024, 1, 5, 12, 30, tzinfo=UTC)
PAGE = "https://paper.example/a?x=1"
DIGEST = "3CURHRYR54XL2CVXV2KABN2Y3JA4O4B2"
ONE = IndexLine(START, PAGE, 200, f"sha1:{DIGEST}")
AGAIN = IndexLine(START + timedelta(hours=1), PAGE, None, f"sha1:{DIGEST}")
_FIRST = {"url": PAGE, "mime": "text/html", "status": "200", "digest": DIGEST, "offset": "0"}
_SECOND = {"url": PAGE, "mime": "warc/revisit", "digest": f"sha1:{DIGEST}"}


# ------------------------------------------------------------------------------ halving


@given(
    seconds=st.sets(st.integers(0, 40) | st.integers(0, 5_000), min_size=1, max_size=60),
    late=st.randoms(use_true_random=False),
)
def test_halving_finds_every_capture(seconds: set[int], late: Random) -> None:
    """Whichever of two equally near captures a gate prefers, each capture is found."""
    moments = sorted([START + timedelta(seconds=second) for second in seconds])
    asked = 0

    def nearest(moment: datetime) -> datetime:
        nonlocal asked
        asked += 1
        away = min(abs(one - moment) for one in moments)
        return late.choice([one for one in moments if abs(one - moment) == away])

    assert list(bisected(nearest, moments[0], moments[-1])) == moments
    assert asked <= 4 * len(moments)


# ------------------------------------------------------------------------------ links


def test_links_of_a_timemap() -> None:
    """Targets, several relations, quoted commas and escapes, and parameters without quotes are read."""
    text = (
        '<https://paper.example/a,b;c>; rel="original",\n'
        ' <m/20240105123000/x> ; rel="first Memento"; datetime="Fri, 05 Jan 2024 12:30:00 GMT";'
        ' title="a \\"b\\", c"; license=none\n, <t>;rel=timemap;type="application/link-format"'
    )
    original, memento, timemap = read_links(text)
    assert original.target == "https://paper.example/a,b;c"
    assert original.relations == {"original"}
    assert memento.relations == {"first", "memento"}
    assert memento.parameter("datetime") == "Fri, 05 Jan 2024 12:30:00 GMT"
    assert (memento.parameter("title"), memento.parameter("license")) == ('a "b", c', "none")
    assert (timemap.target, timemap.parameter("nothing")) == ("t", None)


@given(text=st.text(st.sampled_from('<>;=", \\abrel\n')))
def test_any_text_gives_links_or_none(text: str) -> None:
    """There is no text that the reader of links does not get to the end of."""
    assert all("<" not in link.target for link in read_links(text))


@pytest.mark.parametrize("unit", ["<", "<a>", '<a>;rel="', "<a>;", "<a>;x=\\", ";", '"', "<a>;a=b "])
def test_long_link_texts_are_read_in_little_time(unit: str) -> None:
    """A TimeMap of a megabyte of anything is read at once."""
    assert sum(1 for _ in read_links(unit * (500_000 // len(unit)))) <= 500_000


# ------------------------------------------------------------------------------ index lines


@pytest.mark.parametrize(
    "text",
    [
        # CDXJ, as pywb and WACZ files have it
        "\n".join(
            [
                f"example,paper)/a?x=1 20240105123000 {json.dumps(_FIRST)}",
                f"example,paper)/a?x=1 20240105133000 {json.dumps(_SECOND)}",
            ]
        ),
        # an object a line
        "\n".join(
            [
                json.dumps({"timestamp": "20240105123000", **_FIRST}),
                json.dumps({"timestamp": "20240105133000", **_SECOND}),
            ]
        ),
        # plain text of the Internet Archive
        "\n".join(
            [
                f"example,paper)/a?x=1 20240105123000 {PAGE} text/html 200 {DIGEST} 330",
                f"example,paper)/a?x=1 20240105133000 {PAGE} warc/revisit - {DIGEST} 383",
            ]
        ),
        # plain text with a head, as OpenWayback has it
        "\n".join(
            [
                " CDX N b a m s k r M S V g",
                f"example,paper)/a?x=1 20240105123000 {PAGE} text/html 200 {DIGEST} - - 330 0 a.warc",
                f"example,paper)/a?x=1 20240105133000 {PAGE} warc/revisit - {DIGEST} - - 9 330 a.warc",
            ]
        ),
        # arrays with a head
        json.dumps(
            [
                ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
                ["k", "20240105123000", PAGE, "text/html", "200", DIGEST, "330"],
                ["k", "20240105133000", PAGE, "warc/revisit", "-", DIGEST, "383"],
            ]
        ),
    ],
    ids=["cdxj", "objects", "text", "head", "arrays"],
)
def test_forms_of_an_index(text: str) -> None:
    """The same two captures, in each form that servers give."""
    assert read_index(text) == Listing((ONE, AGAIN))


def test_resume_keys() -> None:
    """The key of the next piece is told from the lines, in text and in arrays."""
    line = f"k 20240105123000 {PAGE} text/html 200 {DIGEST} 330\n"
    assert read_index(f"{line}\nexample%2Cpaper+2024\n") == Listing(
        (ONE,), resume="example%2Cpaper+2024"
    )
    rows = [["timestamp", "original", "mimetype", "statuscode", "digest"]]
    rows += [["20240105123000", PAGE, "text/html", "200", DIGEST], [], ["key"]]
    assert read_index(json.dumps(rows)) == Listing((ONE,), resume="key")


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        ("", 0),
        ("[]", 0),
        ("[[", 1),
        ("[[1],[2],3]", 2),
        ("<html>no index</html>", 1),
        ("k 20241399000000 https://a.example/ text/html 200 X 1", 1),
        ("{" * 100_000, 1),
        ('{"timestamp": 5}', 1),
        ("k 20240105123000 -", 1),
    ],
)
def test_what_is_no_index_line(text: str, unreadable: int) -> None:
    """What cannot be read is counted and gives no capture."""
    assert read_index(text) == Listing((), unreadable)


@given(text=st.text(st.sampled_from('[]{}",: \n0123CDX-a')))
def test_any_text_is_an_index_or_not(text: str) -> None:
    """There is no text that crashes the reader of indexes."""
    assert read_index(text).lines == ()


# ------------------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("location", "raw"),
    [
        ("https://a.example/web/20240105123000/https://p.example/a?b=/20200101000000/c", None),
        ("https://a.example/web/20240105123000if_/https://p.example/a", "https://p.example/a"),
        ("https://a.example/web/20240105123000/https:/p.example/a", "https://p.example/a"),
        ("https://a.example/20240105123000/p.example/a", "http://p.example/a"),
    ],
)
def test_the_raw_address_of_a_capture(location: str, raw: str | None) -> None:
    """Time and page are read from a capture's address, and the raw form is built from them."""
    replay = read_replay(location)
    assert replay is not None
    prefix = location.partition("20240105123000")[0]
    raw = raw or location.partition("20240105123000/")[2]
    assert replay == Replay(prefix, START, raw)
    assert replay.raw == f"{prefix}20240105123000id_/{raw}"


@pytest.mark.parametrize(
    "location", ["https://a.example/AbCdE", "https://a.example/20241305123000/x", "20240105123000/x"]
)
def test_addresses_of_another_kind(location: str) -> None:
    """An archive may name its captures otherwise; such an address is used as it stands."""
    assert read_replay(location) is None


# ------------------------------------------------------------------------------ servers


def _listed(captures: Iterator[Capture]) -> list[tuple[datetime | None, str | None]]:
    return [(capture.captured_at, capture.url) for capture in captures]


def test_a_timemap_of_several_pages(archivist: Client, server: Server) -> None:
    """Pages of a map are followed, a page that names itself or another form is not read twice."""
    original = f'<{PAGE}>; rel="original"'
    server.answers[f"/map/{PAGE}"] = lambda talk: talk.answer(
        f'{original}, <{server.url("/map/2")}>; rel="timemap"; type="application/link-format"; '
        f'from="Fri, 05 Jan 2024 13:30:00 GMT", </map.json>; rel="timemap"; type="application/json", '
        f'</20240105133000/{PAGE}>; rel="memento"; datetime="Fri, 05 Jan 2024 13:30:00 GMT"'.encode()
    )
    server.answers["/map/2"] = lambda talk: talk.answer(
        f'{original}, </map/2>; rel="self timemap", '
        f'</20240105123000/{PAGE}>; rel="first memento"; datetime="Fri, 05 Jan 2024 12:30:00 GMT", '
        f'</20240105133000/{PAGE}>; rel="memento"; datetime="Fri, 05 Jan 2024 13:30:00 GMT", '
        f'</20240105133000/https://paper.example/A?x=1>; rel="memento"; '
        f'datetime="Fri, 05 Jan 2024 13:30:00 GMT"'.encode()
    )
    captures = TimeMap(archivist, server.url("/map/")).captures(PAGE)
    assert _listed(captures) == [(START, PAGE), (AGAIN.moment, PAGE)]
    assert [talk.path for talk in server.seen] == [f"/map/{PAGE}", "/map/2"]


def test_a_timemap_as_one_json_document(archivist: Client, server: Server) -> None:
    """The JSON that aggregators of archives give is read, and its captures keep their own addresses."""
    document = {
        "original_uri": PAGE,
        "mementos": {
            "first": {"datetime": "2024-01-05T12:30:00Z", "uri": "https://one.example/AbCdE"},
            "list": [
                {
                    "datetime": "2024-01-05T13:30:00Z",
                    "uri": f"https://two.example/20240105133000/{PAGE}",
                },
                {"datetime": "2024-01-05T12:30:00Z", "uri": "https://one.example/AbCdE"},
                {"datetime": "yesterday", "uri": "https://one.example/x"},
            ],
        },
    }
    server.answers[f"/map/{PAGE}"] = lambda talk: talk.answer(json.dumps(document).encode())
    captures = list(TimeMap(archivist, server.url("/map/{url}")).captures(PAGE))
    assert [capture.location for capture in captures] == [
        "https://one.example/AbCdE",
        f"https://two.example/20240105133000/{PAGE}",
    ]


def _pieces(server: Server, count: int) -> None:
    """An index of *count* captures that the server gives in pieces with resume keys."""

    def answer(talk: Talk) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(talk.path).query).items()}
        start, size = int(asked.get("resumeKey", "0")), int(asked["limit"])
        lines = [
            f"k {START + timedelta(minutes=number):%Y%m%d%H%M%S} {PAGE} text/html 200 {DIGEST} 1"
            for number in range(start, min(count, start + size))
        ]
        more = ["", str(start + size)] if start + size < count else []
        talk.answer("\n".join([*lines, *more]).encode(), Content_Type="text/plain")

    for start in ("", *[f"&resumeKey={number}" for number in range(count)]):
        question = "url=https%3A%2F%2Fpaper.example%2Fa%3Fx%3D1&output=json&limit=3&showResumeKey=true"
        server.answers[f"/cdx/search/cdx?{question}{start}"] = answer


def test_an_index_with_resume_keys(archivist: Client, server: Server) -> None:
    """An index is asked for in pieces, each only when it is reached."""
    _pieces(server, 8)
    source = Cdx(archivist, server.url("/cdx/search/cdx"), page=3)
    captures = source.captures(PAGE)
    first = next(captures)
    assert len(server.seen) == 1
    assert first.location == server.url(f"/web/20240105123000/{PAGE}")
    assert len([first, *captures]) == 8
    assert len(server.seen) == 3


def test_an_index_that_folds_letter_case(archivist: Client, server: Server) -> None:
    """What an archive takes for alike and may be another article is left out."""
    asked = "url=https%3A%2F%2Fpaper.example%2Fa%3Fx%3D1"
    question = f"{asked}&output=json&limit=5000&showResumeKey=true"
    listed = (PAGE, PAGE.replace("/a", "/A"), PAGE.replace("https://", "http://www."))
    lines = [f"k 2024010512300{n} {url} text/html 200 {DIGEST} 1" for n, url in enumerate(listed)]
    server.answers[f"/cdx?{question}"] = lambda talk: talk.answer("\n".join(lines).encode())
    captures = list(Cdx(archivist, server.url("/cdx")).captures(PAGE))
    assert [capture.url for capture in captures] == [PAGE, "http://www.paper.example/a?x=1"]


def test_a_captured_error_is_not_the_archive_s(archivist: Client, server: Server) -> None:
    """503 with a time is what was captured; 503 without one is the archive's own and is asked again."""
    path = f"/web/20240105123000id_/{PAGE}"
    capture = Capture(PAGE, START, location=server.url(f"/web/20240105123000/{PAGE}"))
    source = TimeMap(archivist, "unused")
    server.answers[path] = lambda talk: talk.answer(
        b"busy", status="503 Busy", Memento_Datetime="Fri, 05 Jan 2024 12:30:00 GMT"
    )
    assert source.fetch(capture).status == 503
    assert len(server.seen) == 1
    server.answers[path] = lambda talk: talk.answer(b"busy", status="503 Busy")
    with pytest.raises(FetchError) as caught:
        source.fetch(capture)
    assert caught.value.fault is FetchFault.SERVER_ERROR
    assert len(server.seen) == 3


def test_an_archive_s_redirect_to_another_time_is_refused(archivist: Client, server: Server) -> None:
    """Archives lead on to the capture nearest in time; that is not the one that was asked for."""
    server.answers[f"/web/20240105123000id_/{PAGE}"] = lambda talk: talk.answer(
        status="302 Found", Location=f"/web/20240105133000id_/{PAGE}"
    )
    server.answers[f"/web/20240105133000id_/{PAGE}"] = lambda talk: talk.answer(b"<p>later")
    capture = Capture(PAGE, START, location=server.url(f"/web/20240105123000/{PAGE}"))
    with pytest.raises(FetchError, match="its capture of 20240105133000 instead of 20240105123000"):
        TimeMap(archivist, "unused").fetch(capture)


def test_a_captured_circle_of_redirects(archivist: Client, server: Server) -> None:
    """Redirects that were captured as a circle are left."""
    for here, there in (("a", "b"), ("b", "a")):
        server.answers[f"/web/20240105123000id_/https://paper.example/{here}"] = (
            lambda talk, there=there: talk.answer(  # type: ignore[misc]  # bound now
                status="301 Moved",
                Location=f"/{there}",
                Memento_Datetime="Fri, 05 Jan 2024 12:30:00 GMT",
            )
        )
    where = server.url("/web/20240105123000/https://paper.example/a")
    with pytest.raises(FetchError) as caught:
        TimeMap(archivist, "unused").fetch(Capture("https://paper.example/a", START, location=where))
    assert caught.value.fault is FetchFault.TOO_MANY_REDIRECTS


def test_a_captured_redirect_whose_target_was_captured_much_later(
    archivist: Client, server: Server
) -> None:
    """A text of another day is not given as what stood behind a redirect."""
    server.answers["/web/20240105123000id_/https://paper.example/a"] = lambda talk: talk.answer(
        status="301 Moved",
        Location="https://paper.example/b",
        Memento_Datetime="Fri, 05 Jan 2024 12:30:00 GMT",
    )
    server.answers["/web/20240105123000id_/https://paper.example/b"] = lambda talk: talk.answer(
        b"<p>b", Memento_Datetime="Sun, 07 Jan 2024 12:30:00 GMT"
    )
    where = server.url("/web/20240105123000/https://paper.example/a")
    with pytest.raises(FetchError) as caught:
        TimeMap(archivist, "unused").fetch(Capture("https://paper.example/a", START, location=where))
    assert caught.value.fault is FetchFault.OTHER_TIME


def test_a_gate_that_leads_to_its_captures(archivist: Client, server: Server) -> None:
    """A gate may answer with a redirect to the capture, and name its map there."""
    server.answers[f"/gate/{PAGE}"] = lambda talk: talk.answer(
        status="302 Found", Location=f"/web/20240105123000/{PAGE}", Vary="accept-datetime"
    )
    server.answers[f"/web/20240105123000/{PAGE}"] = lambda talk: talk.answer(
        b"<p>banner",
        Memento_Datetime="Fri, 05 Jan 2024 12:30:00 GMT",
        Link=f'<{PAGE}>; rel="original", </map>; rel="timemap"',
    )
    server.answers["/map"] = lambda talk: talk.answer(
        f'<{PAGE}>; rel="original", </web/20240105123000/{PAGE}>; rel="memento"; '
        'datetime="Fri, 05 Jan 2024 12:30:00 GMT"'.encode()
    )
    captures = TimeGate(archivist, server.url("/gate/")).captures(PAGE)
    assert _listed(captures) == [(START, PAGE)]
    assert server.seen[0].headers["accept-datetime"] == "Mon, 01 Jan 1990 00:00:00 GMT"


def test_a_gate_whose_map_is_missing_is_asked_itself(archivist: Client, server: Server) -> None:
    """A gate may name a map that is not there: its captures are found by asking for other times."""
    server.answers[f"/gate/{PAGE}"] = lambda talk: talk.answer(
        b"<p>banner",
        Memento_Datetime="Fri, 05 Jan 2024 12:30:00 GMT",
        Content_Location=f"/web/20240105123000/{PAGE}",
        Link=f'<{PAGE}>; rel="original", </nowhere>; rel="timemap"',
    )
    captures = TimeGate(archivist, server.url("/gate/")).captures(PAGE)
    assert _listed(captures) == [(START, PAGE)]
