"""How often hosts are asked, and what their robots.txt says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import FetchError, FetchFault
from revtrack.http import http_date, retry_after
from revtrack.network import Bounds, Client, Guard, Politeness
from revtrack.network.politeness import Robots
from tests.network.clock import START, FakeClock
from tests.network.conftest import CONTACT
from tests.network.server import Server


@given(
    pause=st.integers(0, 10),
    asked=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=20),
)
def test_two_requests_to_a_host_never_start_closer_than_the_pause(
    pause: int, asked: list[tuple[str, int]]
) -> None:
    """Whatever passes between them, starts at one host lie at least the pause apart."""
    clock = FakeClock()
    politeness = Politeness(pause=pause, clock=clock)
    starts: dict[str, list[float]] = {"a": [], "b": []}
    for host, passes in asked:
        with politeness.turn(host):
            starts[host].append(clock.passed)
            clock.advance(passes)
    for times in starts.values():
        assert all(late - early >= pause for early, late in pairwise(times))


def test_hosts_do_not_wait_for_each_other() -> None:
    """Another host is asked at once."""
    clock = FakeClock()
    politeness = Politeness(pause=5, clock=clock)
    for host in "abcd":
        with politeness.turn(host):
            pass
    assert clock.slept == []


def test_no_more_at_one_time_than_allowed() -> None:
    """However many threads ask, one host has the allowed number of requests and no more."""
    politeness = Politeness(pause=0, at_once=3, clock=FakeClock())
    running = most = 0
    lock = threading.Lock()
    together = threading.Barrier(3)

    def ask(_: int) -> None:
        nonlocal running, most
        with politeness.turn("a"):
            with lock:
                running += 1
                most = max(most, running)
            together.wait(60)
            with lock:
                running -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(ask, range(12)))
    assert most == 3


def test_a_host_that_is_busy_is_left_alone_by_all() -> None:
    """What one client learns of a host holds for all that share the object."""
    clock = FakeClock()
    politeness = Politeness(pause=0, clock=clock)
    politeness.hold("a", 30)
    with politeness.turn("b"):
        assert clock.passed == 0
    with politeness.turn("a"):
        assert clock.passed == 30


def test_waits_grow_up_to_a_cap() -> None:
    """The waits between tries double and stop at the longest."""
    politeness = Politeness(backoff=2, longest_wait=10)
    assert [politeness.wait_before(attempt, None) for attempt in range(2, 7)] == [2, 4, 8, 10, 10]
    assert politeness.wait_before(2, 77.0) == 77.0


@pytest.mark.parametrize("wrong", [{"at_once": 0}, {"tries": 0}, {"pause": -1}, {"backoff": -1}])
def test_limits_that_cannot_be(wrong: dict[str, int]) -> None:
    """Numbers that mean nothing are programming mistakes."""
    with pytest.raises(ValueError, match=f"{next(iter(wrong))}.* must be >="):
        Politeness(**wrong)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match=r"seconds.* must be > 0"):
        Bounds(seconds=0)


@pytest.mark.parametrize("contact", ["", "me", "a\nb@example.org", "@" * 300])
def test_a_client_needs_a_contact(contact: str) -> None:
    """Without an address for those who run servers there is no client."""
    with pytest.raises(ValueError, match="contact needs an address"):
        Client(contact)


@pytest.fixture
def obedient(clock: FakeClock) -> Iterator[Client]:
    """A client that obeys robots.txt."""
    politeness = Politeness(pause=0, tries=1, clock=clock)
    with Client(CONTACT, politeness=politeness, guard=Guard(loopback=True)) as one:
        yield one


def _robots(server: Server, text: str, status: str = "200 OK") -> None:
    server.answers["/robots.txt"] = lambda talk: talk.answer(
        text.encode(), status=status, Content_Type="text/plain"
    )
    for path in ("/open", "/closed/a", "/a.pdf"):
        server.answers[path] = lambda talk: talk.answer(b"page")


def _is_allowed(client: Client, url: str) -> bool:
    try:
        client.get(url)
    except FetchError as error:
        assert error.fault is FetchFault.REFUSED_BY_ROBOTS  # noqa: PT017 # the other outcome is a value
        return False
    return True


@pytest.mark.parametrize(
    ("text", "status", "allowed"),
    [
        ("User-agent: *\nDisallow: /closed/", "200 OK", (True, False, True)),
        ("User-agent: *\nDisallow: /*.pdf$", "200 OK", (True, True, False)),
        ("User-agent: other\nDisallow: /", "200 OK", (True, True, True)),
        ("User-agent: revtrack\nDisallow: /\nAllow: /open", "200 OK", (True, False, False)),
        ("User-agent: *\nDisallow: /\n\nUser-agent: revtrack\nAllow: /", "200 OK", (True, True, True)),
        ("\x00\xff not robots", "200 OK", (True, True, True)),
        ("User-agent: *\nDisallow: /", "404 Not Found", (True, True, True)),
        ("", "500 Internal Server Error", (False, False, False)),
        ("", "503 Service Unavailable", (False, False, False)),
    ],
)
def test_robots_txt_is_obeyed(
    obedient: Client, server: Server, text: str, status: str, allowed: tuple[bool, ...]
) -> None:
    """Rules for us and for all are kept; a missing file allows all, a failing server nothing."""
    _robots(server, text, status)
    pages = [server.url(path) for path in ("/open", "/closed/a", "/a.pdf")]
    assert tuple([_is_allowed(obedient, page) for page in pages]) == allowed
    assert server.asked("/robots.txt") == 1


def test_robots_txt_is_asked_once_however_many_ask(obedient: Client, server: Server) -> None:
    """Threads that ask one server at one time wait for the same robots.txt."""
    _robots(server, "User-agent: *\nDisallow: /closed")
    server.answers["/open"] = lambda talk: talk.answer(b"<p>The lock is open.")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: obedient.get(server.url("/open")), range(8)))
    assert server.asked("/robots.txt") == 1


def test_a_server_that_is_silent_is_asked_for_its_rules_once(clock: FakeClock) -> None:
    """Where robots.txt cannot be had, other pages of a run fail at once; later it is asked again."""
    asked: list[str] = []

    def unreachable(address: str) -> tuple[int, str]:
        asked.append(address)
        raise FetchError("nobody listens", url=address, fault=FetchFault.NO_CONNECTION)

    rules = Robots("revtrack", unreachable, clock.monotonic)
    for _ in range(3):
        with pytest.raises(FetchError, match="nobody listens"):
            rules.check("https://paper.example/page", "https://paper.example")
    assert asked == ["https://paper.example/robots.txt"]
    clock.advance(61)
    with pytest.raises(FetchError):
        rules.check("https://paper.example/page", "https://paper.example")
    assert len(asked) == 2


def test_robots_txt_is_asked_after_a_redirect(obedient: Client, server: Server) -> None:
    """A redirect leads to nothing that robots.txt closes."""
    _robots(server, "User-agent: *\nDisallow: /closed/")
    server.answers["/open"] = lambda talk: talk.answer(status="302 Found", Location="/closed/a")
    assert not _is_allowed(obedient, server.url("/open"))
    assert server.asked("/closed/a") == 0


def test_robots_txt_is_read_again_after_a_day(
    obedient: Client, server: Server, clock: FakeClock
) -> None:
    """Rules are kept for a day and no longer."""
    _robots(server, "")
    for hours in (0, 23, 2):
        clock.advance(hours * 3600)
        assert _is_allowed(obedient, server.url("/open"))
    assert server.asked("/robots.txt") == 2


def test_robots_txt_that_failed_is_asked_for_again(
    obedient: Client, server: Server, clock: FakeClock
) -> None:
    """A server that could not give its rules is not left out for a day: an hour later they are read."""
    _robots(server, "", "503 Service Unavailable")
    assert not _is_allowed(obedient, server.url("/open"))
    _robots(server, "")
    clock.advance(3000)
    assert not _is_allowed(obedient, server.url("/open"))
    clock.advance(1000)
    assert _is_allowed(obedient, server.url("/open"))


def test_the_delay_that_robots_txt_asks_for(obedient: Client, server: Server, clock: FakeClock) -> None:
    """A crawl delay is left between requests."""
    _robots(server, "User-agent: *\nCrawl-delay: 7")
    obedient.get(server.url("/open"))
    obedient.get(server.url("/open"))
    obedient.get(server.url("/open"))
    assert clock.slept == [7.0, 7.0]


def test_programs_are_not_asked_for_robots_txt(obedient: Client, server: Server) -> None:
    """What is made for programs is asked without robots.txt."""
    _robots(server, "User-agent: *\nDisallow: /")
    assert obedient.get(server.url("/open"), robots=False).body == b"page"
    assert server.asked("/robots.txt") == 0


@pytest.mark.parametrize("wait", [120.5, 3600.0, 86_400.0, 1e9, 2.5e11])
def test_a_long_pause_is_not_waited_for(wait: float) -> None:
    """A host that wants a pause beyond the longest wait is closed, and nobody sleeps."""
    clock = FakeClock()
    politeness = Politeness(clock=clock, longest_wait=120)
    politeness.hold("a", wait, status=503)
    for host in "abab":
        with politeness.turn(host):
            pass
    assert sum(clock.slept) <= 4
    assert politeness.closed("b") is None
    assert politeness.closed("a") == (wait - clock.passed, 503)
    clock.advance(wait)
    assert politeness.closed("a") is None


def test_the_longest_of_several_pauses_holds() -> None:
    """A later answer that asks for less opens no host; a short pause is waited for as ever."""
    clock = FakeClock()
    politeness = Politeness(clock=clock, longest_wait=10, pause=0)
    politeness.hold("a", 500, status=429)
    politeness.hold("a", 100, status=503)
    politeness.hold("a", 4)
    with politeness.turn("a"):
        assert clock.slept == [4]
    assert politeness.closed("a") == (496, 429)


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        ("429 Too Many Requests", FetchFault.TOO_MANY_REQUESTS),
        ("503 Service Unavailable", FetchFault.SERVER_ERROR),
    ],
)
@pytest.mark.parametrize("header", ["3600", "999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_closed_host_fails_at_once(
    server: Server, clock: FakeClock, status: str, fault: FetchFault, header: str
) -> None:
    """Every further request fails as the first did, with the time that is left; nothing is asked."""
    server.answers["/a"] = lambda talk: talk.answer(status=status, Retry_After=header)
    politeness = Politeness(pause=0, robots=False, clock=clock)
    waits: list[float] = []
    with Client(CONTACT, politeness=politeness, guard=Guard(loopback=True)) as client:
        for path in ("/a", "/b", "/a"):
            with pytest.raises(FetchError) as caught:
                client.get(server.url(path))
            assert (caught.value.fault, caught.value.url) == (fault, server.url(path))
            waits.append(caught.value.retry_after or 0)
            clock.advance(60)
    assert waits[0] > 3000
    assert waits == [waits[0], waits[0] - 60, waits[0] - 120]
    assert (len(server.seen), clock.slept) == (1, [])


def test_robots_txt_of_a_closed_host(obedient: Client, server: Server, clock: FakeClock) -> None:
    """Where robots.txt is what was answered with a long pause, that is what the error says."""
    server.answers["/robots.txt"] = lambda talk: talk.answer(
        status="429 Too Many Requests", Retry_After="7200"
    )
    for path in ("/open", "/closed/a"):
        with pytest.raises(FetchError, match="retry in 7200 seconds") as caught:
            obedient.get(server.url(path))
        assert caught.value.fault is FetchFault.TOO_MANY_REQUESTS
    assert (len(server.seen), clock.slept) == (1, [])


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Fri, 31 Dec 9999 22:00:00 -0200",
        "31 Dec 9999 23:59 -0001",
        "Wed, 99 Foo 2024",
        "",
    ],
)
def test_a_date_beyond_the_calendar_is_none(date: str) -> None:
    """What no calendar in UTC holds is no date; what it holds, on its very last day, is one."""
    assert http_date(date) is None
    assert retry_after((("Retry-After", date),), now=START) is None
    assert http_date("Fri, 31 Dec 9999 23:59:59 +0100") is not None
