"""One request and its answer over httpcore2: bounded in time and size, unpacked, failures named.

Threads never share a connection. httpcore2 2.16 lets them share one of HTTP/2, but it takes the number
of a stream and sends on that stream in two steps that no lock holds together: under load two threads
sent on one stream (*Invalid input SEND_HEADERS in state 5*).
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import attrs
import httpcore2
from attrs.validators import gt

from revtrack.errors import FetchError, FetchFault
from revtrack.http import Headers, decoded, value_of
from revtrack.model import Redirect
from revtrack.network.guard import Deadline, Guard, GuardedBackend
from revtrack.network.politeness import Clock
from revtrack.network.unpacking import BetweenError, CutOffError, PackedError, unpacked
from revtrack.urls.parts import Parts, written

__all__ = ["Answer", "Bounds", "Exchange"]

_CONNECTIONS = 20
"""Connections that are kept open while nobody asks over them (range 4 to 100); how many a host gets at
one time is politeness's to say."""

_ACCEPTED = (
    ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
)


@attrs.frozen
class Bounds:
    """The most that one answer may take.

    `body` are bytes after unpacking, so that a compressed bomb stops there; the largest of 380 real
    pages measured has 1.5 MB. `seconds` are those of one request from connecting to its last byte,
    however slowly they drip; `silence` are those without a single byte. `redirects` is the longest
    chain that is followed; browsers follow twenty, publishers need four at most.
    """

    body: int = attrs.field(default=32 * 2**20, validator=gt(0))
    seconds: float = attrs.field(default=60.0, validator=gt(0))
    silence: float = attrs.field(default=20.0, validator=gt(0))
    redirects: int = attrs.field(default=8, validator=gt(0))


@attrs.frozen
class Answer:
    """What a server answered: the body unpacked, the headers as they came, the way there.

    `url` is the address that answered, the last of `redirects`. `received_at` is when the head of the
    answer came, `http_version` such as ``HTTP/2``.
    """

    url: str
    status: int
    headers: Headers
    body: bytes = attrs.field(repr=lambda body: f"<{len(body)} bytes>")
    received_at: datetime
    redirects: tuple[Redirect, ...] = ()
    http_version: str = ""

    def header(self, name: str) -> str | None:
        """The value of the first header called *name*, in any case; None where there is none."""
        return value_of(self.headers, name)

    def failure(self, said: str, fault: FetchFault = FetchFault.BAD_ANSWER) -> FetchError:
        """That this answer is of no use, and why."""
        return FetchError(said, url=self.url, fault=fault, status=self.status)


class Exchange:
    """Makes single requests; knows neither redirects nor tries."""

    def __init__(self, guard: Guard, bounds: Bounds, clock: Clock, tls: ssl.SSLContext | None) -> None:
        self._bounds = bounds
        self._clock = clock
        self._deadline = Deadline(clock)
        strict = attrs.evolve(guard, loopback=False)
        self._backends = {
            led: GuardedBackend(strict if led else guard, self._deadline) for led in (False, True)
        }
        self._tls = tls or httpcore2.default_ssl_context()
        self._idle: list[tuple[tuple[str, bool], httpcore2.ConnectionPool]] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections that are kept open."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    @contextmanager
    def _connection(self, origin: str, *, led: bool) -> Iterator[httpcore2.ConnectionPool]:
        """A connection to *origin* for one thread alone, the one that was used last if there is one."""
        key = (origin, led)
        with self._lock:
            kept = [place for place, (of, _) in enumerate(self._idle) if of == key]
            connection = self._idle.pop(kept[-1])[1] if kept else None
        if connection is None:
            connection = httpcore2.ConnectionPool(
                ssl_context=self._tls,
                max_connections=1,
                http2=True,
                network_backend=self._backends[led],
            )
        try:
            yield connection
        finally:
            with self._lock:
                self._idle.append((key, connection))
                unused = self._idle.pop(0)[1] if len(self._idle) > _CONNECTIONS else None
            if unused is not None:
                unused.close()

    def get(
        self, parts: Parts, headers: Headers, *, types: Collection[str], led: bool = False
    ) -> Answer:
        """The answer to one request; *led* says that another answer led there, and no user.

        Raises `FetchError` where none comes, or none that may be read.
        """
        url = written(parts)
        silence = self._bounds.silence
        timeout = {"connect": silence, "read": silence, "write": silence, "pool": self._bounds.seconds}
        with (
            _named(url),
            self._deadline.within(self._bounds.seconds),
            self._connection(f"{parts.scheme}://{parts.host}:{parts.port}", led=led) as connection,
            connection.stream(
                "GET", url, headers=[*_ACCEPTED, *headers], extensions={"timeout": timeout}
            ) as response,
        ):
            version = response.extensions.get("http_version", b"").decode("ascii", "replace")
            head = decoded(response.headers)
            answer = Answer(url, response.status, head, b"", self._clock.now(), http_version=version)
            given = (answer.header("content-type") or "").partition(";")[0].strip().lower()
            if response.status == 200 and types and given and given not in types:
                raise answer.failure(f"{url} is {given}, not a page", FetchFault.NOT_A_PAGE)
            return attrs.evolve(answer, body=self._body(answer, response))

    def _body(self, head: Answer, response: httpcore2.Response) -> bytes:
        encodings = head.header("content-encoding") or ""
        body = bytearray()
        for piece in unpacked(response.iter_stream(), encodings, between=self._still_in_time):
            body += piece
            self._still_in_time()
            if len(body) > self._bounds.body:
                size = f"{self._bounds.body / 2**20:.1f} MiB when unpacked"
                raise head.failure(
                    f"{head.url} is larger than {size}, the most that is read of one page",
                    FetchFault.TOO_LARGE,
                )
        return bytes(body)

    def _still_in_time(self) -> None:
        """Raise where the request has taken its time: unpacking counts as waiting does."""
        self._deadline.shortened(None)


@contextmanager
def _named(url: str) -> Iterator[None]:
    """Failures below become `FetchError` with their kind."""
    failed = partial(FetchError, url=url)
    try:
        yield
    except FetchError as error:
        error.url = error.location = url
        raise
    except httpcore2.TimeoutException as error:
        raise failed(f"{url} takes too long to answer", fault=FetchFault.TOO_SLOW) from error
    except httpcore2.ConnectError as error:
        if isinstance(_root(error), ssl.SSLError):
            said = f"{url} has no certificate that can be trusted: {error}"
            raise failed(said, fault=FetchFault.TLS) from error
        raise failed(f"no connection to {url}: {error}", fault=FetchFault.NO_CONNECTION) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, CutOffError) as error:
        raise failed(f"{url} broke off its answer: {error}", fault=FetchFault.BROKEN_OFF) from error
    except BetweenError as error:
        raise failed(f"{url} is a bomb: {error}", fault=FetchFault.TOO_LARGE) from error
    except PackedError as error:
        said = f"{url} is packed in a way that cannot be unpacked: {error}"
        raise failed(said, fault=FetchFault.BAD_ANSWER) from error
    except (httpcore2.LocalProtocolError, httpcore2.UnsupportedProtocol) as error:
        raise failed(f"{url} cannot be asked for: {error}", fault=FetchFault.BAD_ANSWER) from error


def _root(error: BaseException) -> BaseException:
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__ or error
    return error
