"""The live page: what is observed, what is asked, what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from revtrack import track
from revtrack.errors import AddressError, FetchError, FetchFault, SourceError
from revtrack.extract import extract
from revtrack.model import ScreenReason, Snapshot
from revtrack.network import Client, Guard, Politeness
from revtrack.sources import ConcurrentSource, Source
from revtrack.sources.live import Live
from tests.network.clock import START, FakeClock
from tests.network.server import Server, Talk

PAGE = """<!doctype html><title>Ferry</title><article><h1>The ferry runs again</h1>
<p>The ferry runs every ten minutes until the bridge over the river is open again, Søren said.</p>
<p>Tickets are sold on board, as they always were, by the woman with the red hat.</p>
<p>Dogs travel free of charge when they are accompanied by a person who paid.</p></article>"""


@pytest.fixture
def client() -> Iterator[Client]:
    """A client that may reach loopback and obeys robots.txt."""
    politeness = Politeness(pause=5, tries=2, clock=FakeClock())
    with Client("tests@example.org", politeness=politeness, guard=Guard(loopback=True)) as one:
        yield one


def _observe(source: Live, url: str) -> Snapshot:
    (capture,) = source.captures(url)
    return source.fetch(capture)


def test_live_is_a_source(client: Client) -> None:
    """The live page satisfies both protocols."""
    assert isinstance(Live(client), Source)
    assert isinstance(Live(client), ConcurrentSource)


def test_what_is_observed(client: Client, server: Server) -> None:
    """A snapshot has the bytes, the digest, the time of the answer, headers, status and redirects."""
    server.answers["/a"] = lambda talk: talk.answer(status="301 Moved Permanently", Location="/b")
    server.answers["/b"] = lambda talk: talk.answer(
        PAGE.encode(), Content_Type="text/html; charset=utf-8", ETag='"7"'
    )
    snapshot = _observe(Live(client), server.url("/a?utm_source=feed#top"))
    assert snapshot.url == server.url("/a")
    assert snapshot.body == PAGE.encode()
    assert snapshot.capture.digest == snapshot.digest
    assert (snapshot.status, snapshot.content_type) == (200, "text/html; charset=utf-8")
    assert ("ETag", '"7"') in snapshot.headers
    assert [step.target for step in snapshot.redirects] == [server.url("/b")]
    # robots.txt, a pause, the page, a pause, where it leads
    assert snapshot.captured_at is not None
    assert (snapshot.captured_at - START).total_seconds() == 10


def test_an_unchanged_page_is_an_observation(client: Client, server: Server) -> None:
    """A page that the server says is the same is observed with status 304 and its known body."""

    def conditional(talk: Talk) -> None:
        asked = talk.headers.get("if-none-match"), talk.headers.get("if-modified-since")
        if asked == ('"7"', "Wed, 01 May 2024 10:00:00 GMT"):
            talk.answer(status="304 Not Modified", Content_Length="", Content_Type="")
        else:
            talk.answer(PAGE.encode(), ETag='"7"', Last_Modified="Wed, 01 May 2024 10:00:00 GMT")

    server.answers["/a"] = conditional
    seen: list[Snapshot] = []
    source = Live(client, last=lambda _: seen[-1] if seen else None)
    while len(seen) < 3:
        seen.append(_observe(source, server.url("/a")))
    assert [snapshot.status for snapshot in seen] == [200, 304, 304]
    assert len({snapshot.digest for snapshot in seen}) == 1
    assert len({snapshot.captured_at for snapshot in seen}) == 3
    assert seen[2].content_type == "text/html"
    assert extract(seen[2]).headline == "The ferry runs again"


@pytest.mark.parametrize(("status", "path"), [(404, "a"), (200, "amp/a")])
def test_another_page_is_nothing_to_compare_with(
    client: Client, server: Server, status: int, path: str
) -> None:
    """Validators of an error page, or of another address of the article, are never sent."""

    def conditional(talk: Talk) -> None:
        if "if-none-match" in talk.headers:
            talk.answer(status="304 Not Modified", Content_Length="", Content_Type="")
        else:
            talk.answer(PAGE.encode(), ETag='"7"')

    server.answers["/a"] = conditional
    first = _observe(Live(client), server.url("/a"))
    capture = attrs.evolve(first.capture, url=server.url(f"/{path}"))
    first = attrs.evolve(first, capture=capture, status=status)
    assert _observe(Live(client, last=lambda _: first), server.url("/a")).status == 200


def test_304_without_a_question_is_an_error(client: Client, server: Server) -> None:
    """A server that says "not modified" unasked has said nothing."""
    server.answers["/a"] = lambda talk: talk.answer(status="304 Not Modified", Content_Length="")
    with pytest.raises(FetchError) as caught:
        _observe(Live(client), server.url("/a"))
    assert caught.value.fault is FetchFault.BAD_ANSWER


def test_a_wrong_charset_header(client: Client, server: Server) -> None:
    """A header that names the wrong charset is kept and does not spoil the text."""
    server.answers["/a"] = lambda talk: talk.answer(
        PAGE.encode(), Content_Type="text/html; charset=iso-8859-1"
    )
    snapshot = _observe(Live(client), server.url("/a"))
    assert snapshot.content_type == "text/html; charset=iso-8859-1"
    assert "Søren said" in extract(snapshot).text


def test_a_200_that_says_not_found(client: Client, server: Server) -> None:
    """A page that says it is not there is no version, whatever its status."""
    server.answers["/a"] = lambda talk: talk.answer(
        b"<title>404 Not Found</title><h1>Page not found</h1><p>We could not find it."
    )
    (row,) = track(Live(client), server.url("/a")).screened
    assert row.reason is ScreenReason.ERROR_PAGE


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", ScreenReason.ERROR_PAGE),
        ("410 Gone", ScreenReason.ERROR_PAGE),
        ("503 Service Unavailable", ScreenReason.FETCH_FAILED),
    ],
)
def test_an_error_status_is_no_version(
    client: Client, server: Server, status: str, reason: ScreenReason
) -> None:
    """An error is kept as a row with its reason, even where it shows the article."""
    server.answers["/a"] = lambda talk: talk.answer(PAGE.encode(), status=status)
    history = track(Live(client), server.url("/a"))
    assert history.versions == ()
    assert [row.reason for row in history.screened] == [reason]


def test_what_is_no_page(client: Client, server: Server) -> None:
    """A picture is refused by its content type."""
    server.answers["/a"] = lambda talk: talk.answer(b"\x89PNG", Content_Type="image/png")
    with pytest.raises(FetchError, match="is image/png, not a page"):
        _observe(Live(client), server.url("/a"))


def test_what_cannot_be_asked(client: Client) -> None:
    """A page has an address."""
    with pytest.raises(SourceError, match="needs its address"):
        Live(client).captures()
    with pytest.raises(AddressError):
        Live(client).captures("story.html")


@pytest.mark.parametrize(
    ("head", "is_followed"),
    [
        ('<meta http-equiv="refresh" content="0; url=/b">', True),
        ("<META HTTP-EQUIV=Refresh CONTENT='3;URL=b'>", True),
        ("<meta content=\"0;url='/b'\" http-equiv=refresh>", True),
        ('<meta http-equiv="refresh" content="0 /b">', True),
        ('<meta http-equiv="refresh" content="300; url=/b">', False),
        ('<meta http-equiv="refresh" content="0">', False),
        ('<meta http-equiv="refresh" content="0; url=/a">', False),
        ('<meta http-equiv="refresh" content="0; url=#top">', False),
        ('<meta http-equiv="refresh" content="0; url=http://ferries.example/b">', False),
        ('<noscript><meta http-equiv="refresh" content="0; url=/b"></noscript>', False),
        ('<!-- <meta http-equiv="refresh" content="0; url=/b"> -->', False),
        ('<meta name="refresh" content="0; url=/b">', False),
        ('<meta http-equiv="refresh" content="0; url=http://[/b">', False),
    ],
)
def test_a_refresh_in_place_of_a_redirect(
    client: Client, server: Server, head: str, *, is_followed: bool
) -> None:
    """A page that leads on at once, on its own site, is followed once and kept as a step on the way."""
    bounce = f"<!doctype html>{head}<title>Moved</title><p>This page has moved.".encode()
    server.answers["/a"] = lambda talk: talk.answer(bounce)
    server.answers["/b"] = lambda talk: talk.answer(PAGE.encode())
    snapshot = _observe(Live(client), server.url("/a"))
    assert snapshot.body == (PAGE.encode() if is_followed else bounce)
    assert [(step.status, step.target) for step in snapshot.redirects] == (
        [(200, server.url("/b"))] if is_followed else []
    )


def test_a_refresh_leads_on_once(client: Client, server: Server) -> None:
    """Pages that send readers to each other end with the second."""

    def lead_on(talk: Talk) -> None:
        there = "/b" if talk.path == "/a" else "/a"
        talk.answer(f'<meta http-equiv="refresh" content="0; url={there}"><p>{talk.path}.'.encode())

    server.answers |= {"/a": lead_on, "/b": lead_on}
    snapshot = _observe(Live(client), server.url("/a"))
    assert b"<p>/b." in snapshot.body
    assert (server.asked("/a"), server.asked("/b")) == (1, 1)


def test_validators_belong_to_the_page_that_was_led_to(client: Client, server: Server) -> None:
    """The page that leads on is asked as ever; the one it leads to, whether it is another since."""
    bounce = b'<meta http-equiv="refresh" content="0; url=/b"><p>Moved.'
    server.answers["/a"] = lambda talk: talk.answer(bounce)
    server.answers["/b"] = lambda talk: (
        talk.answer(status="304 Not Modified")
        if talk.headers.get("if-none-match") == '"7"'
        else talk.answer(PAGE.encode(), ETag='"7"')
    )
    first = _observe(Live(client), server.url("/a"))
    again = _observe(Live(client, lambda _: first), server.url("/a"))
    assert (again.status, again.body) == (304, PAGE.encode())
    assert "if-none-match" not in server.seen[-2].headers
