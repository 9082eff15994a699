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

import attrs
import httpcore2

from revtrack.errors import FetchError, FetchFault
from revtrack.network.bounds import Bounds
from revtrack.network.clock import Clock
from revtrack.network.deadline import Deadline
from revtrack.network.guard import Guard, GuardedBackend
from revtrack.network.headers import Headers, decoded, value_of
from revtrack.network.unpacking import BetweenError, CutOffError, PackedError, unpacked
from revtrack.urls.parts import Parts, written

__all__ = ["Exchange", "Received"]

_CONNECTIONS = 20
"""Connections that are kept open while nobody asks over them (range 4 to 100); how many a host gets at
one time is politeness's to say."""

_ACCEPTED = (
    ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
)


@attrs.frozen
class Received:
    """One answer: its head, and its body unpacked."""

    status: int
    headers: Headers
    body: bytes
    received_at: datetime
    http_version: str


class Exchange:
    """Makes single requests; knows neither redirects nor tries."""

    def __init__(self, guard: Guard, bounds: Bounds, clock: Clock, tls: ssl.SSLContext | None) -> None:
        self._bounds = bounds
        self._clock = clock
        self._deadline = Deadline(clock)
        self._guarded = GuardedBackend(guard, self._deadline)
        self._tls = tls or httpcore2.default_ssl_context()
        self._idle: list[tuple[str, httpcore2.ConnectionPool]] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections that are kept open."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    @contextmanager
    def _connection(self, origin: str) -> Iterator[httpcore2.ConnectionPool]:
        """A connection to *origin* for one thread alone, the one that was used last if there is one."""
        with self._lock:
            kept = [place for place, (of, _) in enumerate(self._idle) if of == origin]
            connection = self._idle.pop(kept[-1])[1] if kept else None
        if connection is None:
            connection = httpcore2.ConnectionPool(
                ssl_context=self._tls, max_connections=1, http2=True, network_backend=self._guarded
            )
        try:
            yield connection
        finally:
            with self._lock:
                self._idle.append((origin, connection))
                unused = self._idle.pop(0)[1] if len(self._idle) > _CONNECTIONS else None
            if unused is not None:
                unused.close()

    def get(self, parts: Parts, headers: Headers, *, types: Collection[str]) -> Received:
        """The answer to one request. Raises `FetchError` where none comes, or none that may be read."""
        url = written(parts)
        silence = self._bounds.silence
        timeout = {"connect": silence, "read": silence, "write": silence, "pool": self._bounds.seconds}
        with (
            _named(url),
            self._deadline.within(self._bounds.seconds),
            self._connection(f"{parts.scheme}://{parts.host}:{parts.port}") as connection,
            connection.stream(
                "GET", url, headers=[*_ACCEPTED, *headers], extensions={"timeout": timeout}
            ) as response,
        ):
            received = Received(
                response.status,
                decoded(response.headers),
                b"",
                self._clock.now(),
                response.extensions.get("http_version", b"").decode("ascii", "replace"),
            )
            if response.status == 200:
                _check_type(url, received.headers, types)
            return attrs.evolve(received, body=self._body(url, response))

    def _body(self, url: str, response: httpcore2.Response) -> bytes:
        encodings = value_of(decoded(response.headers), "content-encoding") or ""
        body = bytearray()
        for piece in unpacked(response.iter_stream(), encodings, between=self._still_in_time):
            body += piece
            self._still_in_time()
            if len(body) > self._bounds.body:
                raise FetchError(
                    f"{url} is larger than {self._bounds.body / 2**20:.1f} MiB when unpacked, the "
                    "most that is read of one page",
                    url=url,
                    fault=FetchFault.TOO_LARGE,
                    status=response.status,
                )
        return bytes(body)

    def _still_in_time(self) -> None:
        """Raise where the request has taken its time: unpacking counts as waiting does."""
        self._deadline.shortened(None)


def _check_type(url: str, headers: Headers, types: Collection[str]) -> None:
    given = (value_of(headers, "content-type") or "").partition(";")[0].strip().lower()
    if types and given and given not in types:
        raise FetchError(
            f"{url} is {given}, not a page", url=url, fault=FetchFault.NOT_A_PAGE, status=200
        )


@contextmanager
def _named(url: str) -> Iterator[None]:
    """Failures below become `FetchError` with their kind."""
    try:
        yield
    except FetchError as error:
        error.url = error.location = url
        raise
    except httpcore2.TimeoutException as error:
        raise FetchError(
            f"{url} takes too long to answer", url=url, fault=FetchFault.TOO_SLOW
        ) from error
    except httpcore2.ConnectError as error:
        if isinstance(_root(error), ssl.SSLError):
            raise FetchError(
                f"{url} has no certificate that can be trusted: {error}", url=url, fault=FetchFault.TLS
            ) from error
        raise FetchError(
            f"no connection to {url}: {error}", url=url, fault=FetchFault.NO_CONNECTION
        ) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError, CutOffError) as error:
        raise FetchError(
            f"{url} broke off its answer: {error}", url=url, fault=FetchFault.BROKEN_OFF
        ) from error
    except BetweenError as error:
        raise FetchError(f"{url} is a bomb: {error}", url=url, fault=FetchFault.TOO_LARGE) from error
    except PackedError as error:
        raise FetchError(
            f"{url} is packed in a way that cannot be unpacked: {error}",
            url=url,
            fault=FetchFault.BAD_ANSWER,
        ) from error
    except (httpcore2.LocalProtocolError, httpcore2.UnsupportedProtocol) as error:
        raise FetchError(
            f"{url} cannot be asked for: {error}", url=url, fault=FetchFault.BAD_ANSWER
        ) from error


def _root(error: BaseException) -> BaseException:
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__ or error
    return error
