"""Which addresses may be reached, and for how long: a name is resolved and checked once.

A tracked page, or a redirect on it, may name a machine inside the network of the person who runs
revtrack. So every address is checked when connecting, after any redirect and any DNS
answer: private, loopback, link-local, metadata and translated addresses are refused. TLS still verifies
the name. Every connection ends with its request: a server that sends slowly is cut off like one that
sends nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import attrs
import httpcore2

from revtrack.errors import FetchError, FetchFault
from revtrack.network.politeness import Clock

__all__ = ["Deadline", "Guard", "GuardedBackend"]

_REFUSED = tuple(
    ip_network(written)
    for written in (
        # IPv4: this network, private, shared, loopback, link-local, protocol, documentation,
        # benchmarks, the wire server of a large cloud, multicast and reserved
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "168.63.129.16/32", "224.0.0.0/4", "240.0.0.0/4",
        # IPv6: compatible and mapped (IPv4 in disguise), translated, discard, dummy, protocol,
        # Teredo, documentation, 6to4, segment routing, unique local, link-local, site-local, multicast
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_LOOPBACK = tuple(ip_network(written) for written in ("127.0.0.0/8", "::1/128"))

_MOST_TRIED = 4
"""Addresses of one name that are tried in turn (range 2 to 8): a name may have hundreds, all silent."""

_PORTS = frozenset([80, 443])
_FIRST_USER_PORT = 1024
"""Below it, only the web's own two ports are allowed: a redirect to a mail server is not a page."""


@attrs.frozen
class Guard:
    """Which addresses may be connected to: public ones, and loopback where *loopback* is set.

    *loopback* is for tests and for an archive on this machine. It allows 127.0.0.0/8 and ::1 and no
    other spelling of them. *resolver* has the signature of `socket.getaddrinfo`.
    """

    loopback: bool = False
    resolver: Callable[..., Sequence[tuple[Any, ...]]] = attrs.field(
        default=socket.getaddrinfo, repr=False
    )

    def addresses(self, host: str, port: int) -> tuple[IPv4Address | IPv6Address, ...]:
        """The addresses of *host*, resolved once; each may be connected to.

        Raises `FetchError` when any of them may not, since a name with a public and a private address
        is an attack on a guard, and when the name is not known.
        """
        where = f"{host}:{port}"
        if port not in _PORTS and port < _FIRST_USER_PORT:
            raise _refusal(where, f"port {port} is not a port of the web")
        name = host.strip("[]")
        try:
            answers = self.resolver(name, port, 0, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(
                f"there is no host {name}: {error}", url=where, fault=FetchFault.NO_HOST
            ) from error
        # a name may be returned twice, for two protocols
        found = tuple(dict.fromkeys([ip_address(answer[4][0]) for answer in answers]))
        for address in found:
            is_allowed = self.loopback and any(address in network for network in _LOOPBACK)
            if not is_allowed and any(address in network for network in _REFUSED):
                raise _refusal(where, f"{address} is not a public address")
        return found


def _refusal(where: str, why: str) -> FetchError:
    return FetchError(
        f"refused to connect to {where}: {why}", url=where, fault=FetchFault.REFUSED_ADDRESS
    )


class Deadline:
    """The deadline of the running thread's request.

    Timeouts of sockets are per read, and a head of a hundred kilobytes may take as many
    reads. Connections are shared between threads, so each thread has a deadline of its own.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._local = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Limit everything that this thread does on the network in the context to *seconds*."""
        self._local.end = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            self._local.end = None

    def limited(self, timeout: float | None) -> float | None:
        """*timeout*, or the time left of the request if that is less.

        Raises `httpcore2.ReadTimeout` when no time is left.
        """
        end: float | None = getattr(self._local, "end", None)
        if end is None:
            return timeout
        left = end - self._clock.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the request took too long")
        return left if timeout is None else min(timeout, left)


class _BoundedStream(httpcore2.NetworkStream):
    """A stream of `httpcore2` whose every read and write ends before the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limited(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limited(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.limited(timeout))
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections for `httpcore2` as a `Guard` allows.

    `httpcore2` starts TLS on the returned stream and passes the name itself, so that certificates are
    verified against the name and not the address.
    """

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Open a connection to one of the checked addresses, by its number.

        Raises `FetchError` where the guard refuses it, and what `httpcore2` raises where none answers.
        """
        failure: Exception | None = None
        for address in self._guard.addresses(host, port)[:_MOST_TRIED]:
            try:
                stream = self._sockets.connect_tcp(
                    str(address), port, self._deadline.limited(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
                continue
            peer = ip_address(stream.get_extra_info("server_addr")[0])
            if peer != address:  # a device in the network redirected the connection
                stream.close()
                why = f"the connection to {address} was redirected to {peer}"
                raise _refusal(f"{host}:{port}", why)
            return _BoundedStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Refuse: a socket in the file system has no address to check."""
        raise _refusal(path, "it is a socket in the file system")
