"""One request and its answer over httpcore2: bounded in time and size, unpacked, failures named.

Threads never share a connection. httpcore2 2.16 lets them share one of HTTP/2, but it takes the number
of a stream and sends on that stream in two steps without a common lock: under load two threads
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
from revtrack.http import OK, Headers, decoded, value_of
from revtrack.model import Redirect
from revtrack.network.guard import Deadline, Guard, GuardedBackend
from revtrack.network.politeness import Clock
from revtrack.network.unpacking import BetweenError, CutOffError, PackedError, unpacked
from revtrack.urls.parts import Parts, written

__all__ = ["Answer", "Bounds", "Exchange"]

_MOST_IDLE = 20
"""Idle connections that are kept open (range 4 to 100); politeness limits the number of concurrent
requests to a host."""

_ACCEPT = (
    ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
)


@attrs.frozen
class Bounds:
    """The limits of one answer.

    `body` is in bytes after unpacking, so that a compressed bomb stops there; the largest of 380 real
    pages measured has 1.5 MB. `seconds` is the time of one request from connecting to its last byte;
    `silence` is the time without a single byte. `redirects` is the longest chain that is followed;
    browsers follow twenty, publishers need four at most.
    """

    body: int = attrs.field(default=32 * 2**20, validator=gt(0))
    seconds: float = attrs.field(default=60.0, validator=gt(0))
    silence: float = attrs.field(default=20.0, validator=gt(0))
    redirects: int = attrs.field(default=8, validator=gt(0))


@attrs.frozen
class Answer:
    """An answer of a server: the body unpacked, the headers unchanged, the redirects followed.

    `url` is the address that answered, the last of `redirects`. `received_at` is the time when the head
    of the answer was received, `http_version` is such as ``HTTP/2``.
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

    def failure(self, message: str, fault: FetchFault = FetchFault.BAD_ANSWER) -> FetchError:
        """The error for an answer that cannot be used, with the reason."""
        return FetchError(message, url=self.url, fault=fault, status=self.status)


class Exchange:
    """Sends single requests, without redirects and retries."""

    def __init__(self, guard: Guard, bounds: Bounds, clock: Clock, tls: ssl.SSLContext | None) -> None:
        self._bounds = bounds
        self._clock = clock
        self._deadline = Deadline(clock)
        strict = attrs.evolve(guard, loopback=False)
        self._backends = {
            redirected: GuardedBackend(strict if redirected else guard, self._deadline)
            for redirected in (False, True)
        }
        self._tls = tls or httpcore2.default_ssl_context()
        self._idle: list[tuple[tuple[str, bool], httpcore2.ConnectionPool]] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    @contextmanager
    def _connection(self, origin: str, *, redirected: bool) -> Iterator[httpcore2.ConnectionPool]:
        """A connection to *origin* for one thread alone, the last idle one if there is one."""
        key = (origin, redirected)
        with self._lock:
            positions = [place for place, (of, _) in enumerate(self._idle) if of == key]
            connection = self._idle.pop(positions[-1])[1] if positions else None
        if connection is None:
            connection = httpcore2.ConnectionPool(
                ssl_context=self._tls,
                max_connections=1,
                http2=True,
                network_backend=self._backends[redirected],
            )
        try:
            yield connection
        finally:
            with self._lock:
                self._idle.append((key, connection))
                unused = self._idle.pop(0)[1] if len(self._idle) > _MOST_IDLE else None
            if unused is not None:
                unused.close()

    def get(
        self, parts: Parts, headers: Headers, *, types: Collection[str], redirected: bool = False
    ) -> Answer:
        """The answer to one request; *redirected* marks an address that another answer redirected to.

        Raises `FetchError` where there is no answer, or one that may not be read.
        """
        url = written(parts)
        silence = self._bounds.silence
        timeout = {"connect": silence, "read": silence, "write": silence, "pool": self._bounds.seconds}
        with (
            _named_failures(url),
            self._deadline.within(self._bounds.seconds),
            self._connection(
                f"{parts.scheme}://{parts.host}:{parts.port}", redirected=redirected
            ) as connection,
            connection.stream(
                "GET", url, headers=[*_ACCEPT, *headers], extensions={"timeout": timeout}
            ) as response,
        ):
            version = response.extensions.get("http_version", b"").decode("ascii", "replace")
            head = decoded(response.headers)
            answer = Answer(url, response.status, head, b"", self._clock.now(), http_version=version)
            media_type = (answer.header("content-type") or "").partition(";")[0].strip().lower()
            if response.status == OK and types and media_type and media_type not in types:
                raise answer.failure(f"{url} is {media_type}, not a page", FetchFault.NOT_A_PAGE)
            return attrs.evolve(answer, body=self._body(answer, response))

    def _body(self, head: Answer, response: httpcore2.Response) -> bytes:
        encodings = head.header("content-encoding") or ""
        body = bytearray()
        for piece in unpacked(response.iter_stream(), encodings, between=self._check_deadline):
            body += piece
            self._check_deadline()
            if len(body) > self._bounds.body:
                size = f"{self._bounds.body / 2**20:.1f} MiB when unpacked"
                raise head.failure(
                    f"{head.url} is larger than {size}, the limit for one page",
                    FetchFault.TOO_LARGE,
                )
        return bytes(body)

    def _check_deadline(self) -> None:
        """Raise where the time of the request is over: unpacking counts like waiting."""
        self._deadline.limited(None)


@contextmanager
def _named_failures(url: str) -> Iterator[None]:
    """Convert failures to `FetchError` with their kind."""
    failed = partial(FetchError, url=url)
    try:
        yield
    except FetchError as error:
        error.url = error.location = url
        raise
    except httpcore2.TimeoutException as error:
        raise failed(f"{url} takes too long to answer", fault=FetchFault.TOO_SLOW) from error
    except httpcore2.ConnectError as error:
        if isinstance(_root_cause(error), ssl.SSLError):
            message = f"{url} has no trusted certificate: {error}"
            raise failed(message, fault=FetchFault.TLS) from error
        raise failed(f"no connection to {url}: {error}", fault=FetchFault.NO_CONNECTION) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, CutOffError) as error:
        message = f"{url} closed the connection during its answer: {error}"
        raise failed(message, fault=FetchFault.BROKEN_OFF) from error
    except BetweenError as error:
        raise failed(f"{url} is a decompression bomb: {error}", fault=FetchFault.TOO_LARGE) from error
    except PackedError as error:
        message = f"{url} cannot be unpacked: {error}"
        raise failed(message, fault=FetchFault.BAD_ANSWER) from error
    except (httpcore2.LocalProtocolError, httpcore2.UnsupportedProtocol) as error:
        raise failed(f"{url} cannot be requested: {error}", fault=FetchFault.BAD_ANSWER) from error


def _root_cause(error: BaseException) -> BaseException:
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__ or error
    return error
