"""A server that misbehaves, one way a test: the right value or a clear error, within bounds."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import brotli  # type: ignore[import-untyped]  # has no types
import httpcore2
import pytest
import trustme

from revtrack.errors import FetchError, FetchFault
from revtrack.network import Bounds, Client, Guard, Politeness
from tests.network.clock import FakeClock
from tests.network.conftest import CONTACT
from tests.network.server import Server, Talk, serving

PAGE = b"<!doctype html><title>Pier</title><p>The pier is open again."


def _failing(client: Client, url: str, fault: FetchFault) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.get(url)
    assert caught.value.fault is fault, caught.value
    assert caught.value.url
    return caught.value


def test_a_page(client: Client, server: Server) -> None:
    """A well-behaved answer comes as it was sent, with its time, headers and HTTP version."""
    server.answers["/pier"] = lambda talk: talk.answer(PAGE, ETag='"1"', X_Name="Ærø")
    answer = client.get(server.url("/pier"))
    assert (answer.status, answer.body, answer.url) == (200, PAGE, server.url("/pier"))
    assert (answer.header("etag"), answer.header("X-NAME"), answer.header("no")) == ('"1"', "Ærø", None)
    assert answer.http_version == "HTTP/1.1"
    assert answer.received_at == client.politeness.clock.now()


def test_who_asks_is_said_and_nothing_else(client: Client, server: Server) -> None:
    """A request says the program, its version and the contact; it bears no cookie, not even one set."""
    server.answers["/"] = lambda talk: talk.answer(PAGE, Set_Cookie="visitor=1; Path=/")
    client.get(server.url())
    client.get(server.url())
    for talk in server.seen:
        assert talk.headers["user-agent"].startswith("revtrack/")
        assert CONTACT in talk.headers["user-agent"]
        assert set(talk.headers) == {"accept", "accept-encoding", "host", "user-agent"}


def test_no_proxy_of_the_environment(
    client: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables that name a proxy change nothing."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/"] = lambda talk: talk.answer(PAGE)
    politeness = Politeness(pause=0, tries=1, robots=False)
    with Client(CONTACT, politeness=politeness, guard=Guard(loopback=True)) as fresh:
        assert fresh.get(server.url()).body == PAGE


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_slow_drip(client: Client, server: Server, clock: FakeClock, head: bytes) -> None:
    """A byte now and then, in the head or in the body, is cut off when the request's time is over."""

    def drip(talk: Talk) -> None:
        talk.send(head)
        for _ in range(1_000):
            clock.advance(10)
            talk.send(b"H")

    server.answers["/"] = drip
    assert "too long" in str(_failing(client, server.url(), FetchFault.TOO_SLOW))
    assert server.asked("/") == 1


def test_silence(server: Server) -> None:
    """A server that says nothing is given up after the bound on silence."""

    def wait(talk: Talk) -> None:
        with suppress(OSError):
            talk.connection.recv(1)

    server.answers["/"] = wait
    politeness = Politeness(tries=1, robots=False)
    bounds = Bounds(silence=0.05)
    with Client(CONTACT, politeness=politeness, guard=Guard(loopback=True), bounds=bounds) as client:
        _failing(client, server.url(), FetchFault.TOO_SLOW)


def _endless(talk: Talk, piece: bytes, **headers: str) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\n" + b"".join(f"{k}: {v}\r\n".encode() for k, v in headers.items()))
    talk.send(b"\r\n")
    with suppress(OSError):
        while True:
            talk.send(piece)


def test_endless_body(client: Client, server: Server) -> None:
    """A body without an end is read up to the bound and no further."""
    server.answers["/"] = lambda talk: _endless(talk, b"<p>more</p>" * 1_000)
    error = _failing(client, server.url(), FetchFault.TOO_LARGE)
    assert "larger than 0.1 MiB" in str(error)


def test_endless_head(client: Client, server: Server) -> None:
    """A head without an end is cut off."""

    def answer(talk: Talk) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for number in count():
                talk.send(f"X-{number}: {'y' * 1_000}\r\n".encode())

    server.answers["/"] = answer
    _failing(client, server.url(), FetchFault.BROKEN_OFF)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(bytes(50 * 2**20), mtime=0)),
        ("br", brotli.compress(bytes(50 * 2**20), quality=5)),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(50 * 2**20), mtime=0), mtime=0)),
    ],
    ids=["gzip", "brotli", "gzip in gzip"],
)
def test_a_bomb(client: Client, server: Server, encoding: str, body: bytes) -> None:
    """A few bytes that unpack to many stop at the bound for unpacked bytes."""
    assert len(body) < 100_000
    server.answers["/"] = lambda talk: talk.answer(body, Content_Encoding=encoding)
    _failing(client, server.url(), FetchFault.TOO_LARGE)


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("identity", bytes)]
)
def test_a_packed_page(client: Client, server: Server, encoding: str, pack: type[bytes]) -> None:
    """A packed page is unpacked."""
    server.answers["/"] = lambda talk: talk.answer(pack(PAGE), Content_Encoding=encoding)
    assert client.get(server.url()).body == PAGE


def test_a_packed_page_that_is_cut_off(client: Client, server: Server) -> None:
    """A packed page without its end is no page, though its length is as it was said to be."""
    packed = gzip.compress(PAGE * 100, mtime=0)
    server.answers["/"] = lambda talk: talk.answer(packed[:-20], Content_Encoding="gzip")
    assert "is cut off" in str(_failing(client, server.url(), FetchFault.BROKEN_OFF))


def test_what_cannot_be_unpacked(client: Client, server: Server) -> None:
    """A body that is not packed as it says is an error that says so."""
    server.answers["/"] = lambda talk: talk.answer(PAGE, Content_Encoding="gzip")
    assert "cannot be unpacked" in str(_failing(client, server.url(), FetchFault.BAD_ANSWER))


def test_redirects_are_a_chain(client: Client, server: Server) -> None:
    """Redirects are followed and each step is told."""
    server.answers["/a"] = lambda talk: talk.answer(status="301 Moved", Location="b?x=1#part")
    server.answers["/b?x=1"] = lambda talk: talk.answer(
        status="302 Found", Location=f"//127.0.0.1:{server.port}/c"
    )
    server.answers["/c"] = lambda talk: talk.answer(PAGE)
    answer = client.get(server.url("/a"))
    assert (answer.url, answer.body) == (server.url("/c"), PAGE)
    assert [(step.url, step.status, step.target) for step in answer.redirects] == [
        (server.url("/a"), 301, server.url("/b?x=1")),
        (server.url("/b?x=1"), 302, server.url("/c")),
    ]


def test_a_redirect_loop(client: Client, server: Server) -> None:
    """A circle of redirects is left at once."""
    server.answers["/a"] = lambda talk: talk.answer(status="302 Found", Location="/b")
    server.answers["/b"] = lambda talk: talk.answer(status="302 Found", Location="/a")
    error = _failing(client, server.url("/a"), FetchFault.TOO_MANY_REDIRECTS)
    assert "/a → " in str(error)
    assert len(server.seen) == 2


def test_redirects_without_an_end(client: Client, server: Server) -> None:
    """A chain that is always new is left at the bound."""
    for number in range(20):
        server.answers[f"/{number}"] = lambda talk, number=number: talk.answer(  # type: ignore[misc]  # bound now
            status="302 Found", Location=f"/{number + 1}"
        )
    _failing(client, server.url("/0"), FetchFault.TOO_MANY_REDIRECTS)
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[::7f00:1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://10.0.0.1/",
        "http://2852039166/",
        "http://0xA9.0xFE.0xA9.0xFE/",
        "http://[fd00:ec2::254]/",
        "http://168.63.129.16/",
        "http://224.0.0.1/",
        "http://127.0.0.1:25/",
    ],
)
def test_a_redirect_to_where_nothing_may_be_asked(client: Client, server: Server, target: str) -> None:
    """However it is written, an address that is not public is refused after a redirect too."""
    target = target.format(port=server.port)
    server.answers["/"] = lambda talk: talk.answer(status="302 Found", Location=target)
    error = _failing(client, server.url(), FetchFault.REFUSED_ADDRESS)
    assert "refused to connect" in str(error)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "target", ["file:///etc/hosts", "javascript:alert(1)", "http://[", "http://a b/"]
)
def test_a_redirect_to_no_page(client: Client, server: Server, target: str) -> None:
    """A redirect to what is no address of a page is an error that names it."""
    server.answers["/"] = lambda talk: talk.answer(status="302 Found", Location=target)
    assert "not the address of a page" in str(_failing(client, server.url(), FetchFault.BAD_REDIRECT))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.7.7.7", "[::1]"])
def test_loopback_is_for_what_was_asked(client: Client, server: Server, host: str) -> None:
    """A redirect to another server on this machine is refused: only the origin asked for was named."""
    with serving() as inside:
        inside.answers["/secret"] = lambda talk: talk.answer(PAGE)
        server.answers["/"] = lambda talk: talk.answer(
            status="302 Found", Location=f"http://{host}:{inside.port}/secret"
        )
        _failing(client, server.url(), FetchFault.REFUSED_ADDRESS)
        assert inside.seen == []
        assert client.get(inside.url("/secret")).body == PAGE  # asked for itself, it is named
        _failing(client, server.url(), FetchFault.REFUSED_ADDRESS)
    server.answers["/on"] = lambda talk: talk.answer(status="302 Found", Location="/at")
    server.answers["/at"] = lambda talk: talk.answer(PAGE)
    assert client.get(server.url("/on")).body == PAGE


def test_robots_txt_of_a_refused_origin_is_not_asked(server: Server, clock: FakeClock) -> None:
    """The rules of a server that a redirect may not lead to are not asked for either."""
    politeness = Politeness(pause=0, tries=1, clock=clock)
    with (
        serving() as inside,
        Client(CONTACT, politeness=politeness, guard=Guard(loopback=True)) as client,
    ):
        server.answers["/"] = lambda talk: talk.answer(status="302 Found", Location=inside.url("/x"))
        _failing(client, server.url(), FetchFault.REFUSED_ADDRESS)
        assert inside.seen == []


def test_loopback_is_refused_unless_it_is_asked_for(server: Server) -> None:
    """Without the option, nothing on this machine is asked, under any of its names."""
    with Client(CONTACT, politeness=Politeness(pause=0, robots=False)) as client:
        for host in ("127.0.0.1", "localhost", "[::1]", "127.1", "0x7f000001"):
            _failing(client, server.url(host=host), FetchFault.REFUSED_ADDRESS)
    assert server.seen == []


class _Names:
    """A resolver of one's own: each look-up of a name gives the next of its answers."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers: Iterator[tuple[str, ...]] = iter(answers)
        self.asked = 0

    def __call__(
        self, host: str, port: int, *rest: object, **options: object
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        self.asked += 1
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in next(self.answers)
        ]


def _through(names: _Names, clock: FakeClock) -> Client:
    return Client(
        CONTACT,
        politeness=Politeness(pause=0, tries=1, robots=False, clock=clock),
        guard=Guard(loopback=True, resolver=names),
    )


def test_dns_rebinding(server: Server, clock: FakeClock) -> None:
    """A name is looked up once for a connection, and the next look-up is checked like the first."""
    server.answers["/"] = lambda talk: talk.answer(status="302 Found", Location="/again")
    names = _Names(("127.0.0.1",), ("169.254.169.254",))
    with _through(names, clock) as client:
        _failing(client, server.url(host="rebind.example"), FetchFault.REFUSED_ADDRESS)
    assert (names.asked, server.asked("/"), server.asked("/again")) == (2, 1, 0)


def test_a_name_of_a_public_and_a_private_address(server: Server, clock: FakeClock) -> None:
    """A name that has one address that may not be asked is refused as a whole."""
    names = _Names(("127.0.0.1", "10.0.0.1"))
    with _through(names, clock) as client:
        _failing(client, server.url(host="mixed.example"), FetchFault.REFUSED_ADDRESS)
    assert server.seen == []


def test_a_connection_that_is_led_elsewhere(
    server: Server, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who the connection went to is looked at, before a word is said."""
    connect = httpcore2.SyncBackend.connect_tcp

    def led_astray(
        backend: httpcore2.SyncBackend, host: str, port: int, *rest: Any
    ) -> httpcore2.NetworkStream:
        assert host == "127.0.0.2"
        return connect(backend, "127.0.0.1", port, *rest)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", led_astray)
    with _through(_Names(("127.0.0.2",)), clock) as client:
        error = _failing(client, server.url(host="paper.example"), FetchFault.REFUSED_ADDRESS)
    assert "was redirected to 127.0.0.1" in str(error)
    assert server.seen == []


def test_the_name_stays_the_name(server: Server, clock: FakeClock) -> None:
    """The connection goes to the address that was checked, the request still speaks of the name."""
    server.answers["/"] = lambda talk: talk.answer(PAGE)
    with _through(_Names(("127.0.0.1",)), clock) as client:
        client.get(server.url(host="paper.example"))
    assert server.seen[0].headers["host"] == f"paper.example:{server.port}"


def test_a_name_that_nobody_has(clock: FakeClock) -> None:
    """A host that cannot be found is an error that names it."""

    def nobody(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    politeness = Politeness(robots=False, clock=clock)
    with Client(CONTACT, politeness=politeness, guard=Guard(resolver=nobody)) as client:
        error = _failing(client, "https://paper.example/", FetchFault.NO_HOST)
    assert "no host paper.example" in str(error)
    assert clock.slept == []


def test_nobody_listens(client: Client, server: Server, clock: FakeClock) -> None:
    """A connection that is refused is tried again, later each time, and then told."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    _failing(client, f"http://127.0.0.1:{port}/", FetchFault.NO_CONNECTION)
    assert clock.slept == [2.0, 4.0]


@pytest.mark.parametrize(("said", "sent"), [(500, 100), (10, 0), (1_000_000, 99)])
def test_a_content_length_that_promises_more(
    client: Client, server: Server, said: int, sent: int
) -> None:
    """A body that ends before its length is broken off and never taken for the page."""
    server.answers["/"] = lambda talk: talk.answer(b"x" * sent, Content_Length=str(said))
    _failing(client, server.url(), FetchFault.BROKEN_OFF)
    assert server.asked("/") == 3


def test_a_content_length_that_promises_less(client: Client, server: Server) -> None:
    """Bytes after the length that was said belong to no answer."""
    server.answers["/"] = lambda talk: talk.answer(PAGE + b"<p>more", Content_Length=str(len(PAGE)))
    assert client.get(server.url()).body == PAGE


@pytest.mark.parametrize("value", ["many", "-1", "1, 2"])
def test_a_content_length_that_is_none(client: Client, server: Server, value: str) -> None:
    """A length that is no number makes no answer."""
    server.answers["/"] = lambda talk: talk.answer(PAGE, Content_Length=value)
    _failing(client, server.url(), FetchFault.BROKEN_OFF)


def test_a_reset_in_the_middle(client: Client, server: Server, clock: FakeClock) -> None:
    """A connection that breaks is tried again, and the whole answer counts."""

    def once(talk: Talk) -> None:
        if server.asked("/") < 3:
            talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half")
            talk.reset()
        else:
            talk.answer(PAGE)

    server.answers["/"] = once
    assert client.get(server.url()).body == PAGE
    assert clock.slept == [2.0, 4.0]


def test_no_http(client: Client, server: Server) -> None:
    """A server that speaks something else gives an error."""
    server.answers["/"] = lambda talk: talk.send(b"220 mail.example ESMTP\r\n")
    _failing(client, server.url(), FetchFault.BROKEN_OFF)


@pytest.mark.parametrize(
    ("header", "waited"),
    [("7", 7.0), ("Wed, 01 May 2024 12:00:30 GMT", 30.0), ("", 2.0), ("soon", 2.0), ("-5", 2.0)],
)
def test_too_many_requests(
    client: Client, server: Server, clock: FakeClock, header: str, waited: float
) -> None:
    """After 429 the host is left alone for as long as it says, else for the first wait."""

    def busy_once(talk: Talk) -> None:
        if server.asked("/") == 1:
            talk.answer(status="429 Too Many Requests", Retry_After=header)
        else:
            talk.answer(PAGE)

    server.answers["/"] = busy_once
    assert client.get(server.url()).body == PAGE
    assert clock.slept == [waited]


def test_a_wait_that_is_too_long(client: Client, server: Server, clock: FakeClock) -> None:
    """A server that wants an hour is not waited for; the error says when to come back."""
    server.answers["/"] = lambda talk: talk.answer(status="429 Too Many Requests", Retry_After="3600")
    error = _failing(client, server.url(), FetchFault.TOO_MANY_REQUESTS)
    assert (error.status, error.retry_after, clock.slept) == (429, 3600.0, [])
    assert "retry in 3600 seconds" in str(error)


def test_503_in_bursts(client: Client, server: Server, clock: FakeClock) -> None:
    """A server that fails now and then is asked again, later each time."""

    def at_last(talk: Talk) -> None:
        if server.asked("/") < 3:
            talk.answer(status="503 Service Unavailable")
        else:
            talk.answer(PAGE)

    server.answers["/"] = at_last
    assert client.get(server.url()).body == PAGE
    assert clock.slept == [2.0, 4.0]


def test_503_for_good(client: Client, server: Server) -> None:
    """A server that keeps failing is given up after the tries, with its status."""
    server.answers["/"] = lambda talk: talk.answer(status="503 Service Unavailable")
    error = _failing(client, server.url(), FetchFault.SERVER_ERROR)
    assert (error.status, server.asked("/")) == (503, 3)


def test_304(client: Client, server: Server) -> None:
    """Not modified is an answer."""
    server.answers["/"] = lambda talk: talk.answer(status="304 Not Modified", Content_Length="")
    answer = client.get(server.url(), headers=(("If-None-Match", '"1"'),))
    assert (answer.status, answer.body) == (304, b"")
    assert server.seen[0].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "410 Gone", "403 Forbidden"])
def test_other_statuses_are_answers(client: Client, server: Server, status: str) -> None:
    """What a server says of a page is an answer, told with its status and asked for once."""
    server.answers["/"] = lambda talk: talk.answer(PAGE, status=status)
    assert client.get(server.url()).status == int(status[:3])
    assert len(server.seen) == 1


def test_a_film(client: Client, server: Server) -> None:
    """What is no page is not read."""
    server.answers["/"] = lambda talk: _endless(talk, bytes(1_000), **{"Content-Type": "video/mp4"})
    with pytest.raises(FetchError, match="is video/mp4, not a page") as caught:
        client.get(server.url(), types=("text/html",))
    assert caught.value.fault is FetchFault.NOT_A_PAGE


def _tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.mark.parametrize("names", [("127.0.0.1",), ("paper.example",)], ids=["nobody's", "another's"])
def test_a_bad_certificate(names: tuple[str, ...], clock: FakeClock) -> None:
    """A certificate of an unknown authority, or of another name, gives no answer and is not retried."""
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    tls = None if names == ("127.0.0.1",) else trusted
    politeness = Politeness(robots=False, clock=clock)
    with (
        serving(_tls(authority, *names)) as server,
        Client(CONTACT, politeness=politeness, guard=Guard(loopback=True), tls=tls) as client,
    ):
        assert "certificate" in str(_failing(client, server.url(), FetchFault.TLS))
    assert (server.seen, clock.slept) == ([], [])


def test_a_good_certificate_of_a_name(clock: FakeClock) -> None:
    """The certificate is verified against the name although the connection goes to a number."""
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with (
        serving(_tls(authority, "paper.example")) as server,
        Client(
            CONTACT,
            politeness=Politeness(robots=False, clock=clock),
            guard=Guard(loopback=True, resolver=_Names(("127.0.0.1",))),
            tls=trusted,
        ) as client,
    ):
        server.answers["/"] = lambda talk: talk.answer(PAGE)
        assert client.get(server.url(host="paper.example")).body == PAGE
