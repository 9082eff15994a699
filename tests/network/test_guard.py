"""Which addresses may be connected to: probes at the edges of every range that is not public."""

from __future__ import annotations

import socket
import ssl
from contextlib import nullcontext
from ipaddress import ip_address, ip_network

import httpcore2
import pytest

from revtrack.errors import FetchError, FetchFault
from revtrack.network import Guard
from revtrack.network.guard import Deadline, GuardedBackend
from tests.network.clock import FakeClock

# The special-purpose registries of IANA as of 2026, and the forms in which an IPv4 address is wrapped.
NOT_PUBLIC = """
0.0.0.0/8          this network
10.0.0.0/8         private
100.64.0.0/10      shared by the customers of a carrier
127.0.0.0/8        loopback
169.254.0.0/16     link-local, and the metadata of clouds
172.16.0.0/12      private
192.0.0.0/24       protocols
192.0.2.0/24       documentation
192.88.99.0/24     6to4 relays, given up
192.168.0.0/16     private
198.18.0.0/15      benchmarks
198.51.100.0/24    documentation
203.0.113.0/24     documentation
168.63.129.16/32   the wire server of a large cloud
224.0.0.0/4        multicast
240.0.0.0/4        reserved, and broadcast
::/96              none, loopback, and compatible with IPv4
::ffff:0:0/96      IPv4, mapped
::ffff:0:0:0/96    IPv4, translated
64:ff9b::/96       IPv4, translated by NAT64
64:ff9b:1::/48     the same of a local network
100::/64           discarded
100:0:0:1::/64     a dummy
2001::/23          protocols, and Teredo
2001:db8::/32      documentation
2002::/16          6to4
3fff::/20          documentation
5f00::/16          segment routing
fc00::/7           unique local
fe80::/10          link-local
fec0::/10          site-local
ff00::/8           multicast
"""
RANGES = [ip_network(line.split()[0]) for line in NOT_PUBLIC.strip().splitlines()]
PUBLIC = ["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
          "168.63.129.15", "168.63.129.17", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.1",
          "192.31.196.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
          "223.255.255.255", "64:ff9a::1", "100:0:0:2::1", "2000::1", "2001:200::1", "2001:db9::1",
          "2003::1", "2620:4f:8000::1", "2a00::1"]  # fmt: skip


def _is_reached(address: str, **allowed: bool) -> bool:
    """Whether a name that is answered with *address* may be connected to."""

    def resolver(*_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    try:
        found = Guard(resolver=resolver, **allowed).addresses("paper.example", 443)
    except FetchError as error:
        return error.fault is not FetchFault.REFUSED_ADDRESS
    assert found == (ip_address(address),)
    return True


@pytest.mark.parametrize("network", RANGES, ids=str)
def test_no_address_of_a_range_that_is_not_public(network: object) -> None:
    """The first, the last and addresses within each range are refused, from its edges on."""
    within = ip_network(str(network))
    size = within.num_addresses
    probes = {0, size - 1, size // 2, size // 3, min(1, size - 1), max(size - 2, 0)}
    probes |= {min(2**bit, size - 1) for bit in range(0, 128, 7)}
    assert [one for one in probes if _is_reached(str(within[one]))] == []


@pytest.mark.parametrize("address", PUBLIC)
def test_the_neighbours_of_those_ranges_are_public(address: str) -> None:
    """An address just beyond a range is asked as any other."""
    assert _is_reached(address)


def test_loopback_where_it_is_allowed_and_nothing_else() -> None:
    """The option allows the machine itself, and neither its disguises nor the network around it."""
    assert _is_reached("127.0.0.1", loopback=True)
    assert _is_reached("::1", loopback=True)
    for address in ("::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "::127.0.0.1"):
        assert not _is_reached(address, loopback=True)


def test_one_address_that_is_not_public_is_enough_to_refuse() -> None:
    """A name with a public and a private address is how a guard is led astray."""

    def both(*_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (one, 443)) for one in ("93.184.215.14", "10.0.0.1")]

    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is not a public address"):
        Guard(resolver=both).addresses("paper.example", 443)


@pytest.mark.parametrize("port", [80, 443, 1024, 65_535])
def test_ports_of_the_web_and_of_users(port: int) -> None:
    """The web's own two ports and those from 1024 on are asked."""
    (found,) = Guard().addresses("93.184.215.14", port)
    assert str(found) == "93.184.215.14"


@pytest.mark.parametrize("port", [22, 25, 53, 79, 81, 442, 444, 445, 1023])
def test_ports_that_are_none_of_the_web(port: int) -> None:
    """Below 1024 the web's own two ports are asked and no others."""
    with pytest.raises(FetchError, match="is not a port of the web"):
        Guard().addresses("93.184.215.14", port)


class _Sockets(httpcore2.SyncBackend):
    """Connects to one address of those that are *asked*, and lands where *landing* says."""

    def __init__(self, live: str, landing: str) -> None:
        self.live, self.landing = live, landing
        self.asked: list[str] = []

    def connect_tcp(self, host: str, *_: object) -> httpcore2.NetworkStream:
        """A stream of no bytes."""
        self.asked.append(host)
        if host != self.live:
            raise httpcore2.ConnectTimeout
        stream = httpcore2.MockStream([])
        stream.get_extra_info = lambda info: (self.landing, 443)  # type: ignore[method-assign]  # for one stream
        return stream


def _backend(names: list[str], landing: str) -> tuple[GuardedBackend, _Sockets]:
    guard = Guard(resolver=lambda *_: [(0, 0, 0, "", (one, 443)) for one in names])
    backend, sockets = GuardedBackend(guard, Deadline(FakeClock())), _Sockets(names[-1], landing)
    backend._sockets = sockets
    return backend, sockets


@pytest.mark.parametrize("before", [0, 1, 3, 4])
def test_the_first_four_addresses_of_a_name_are_tried(before: int) -> None:
    """A name whose first addresses are silent is reached by one of the first four, and no later one."""
    names = [f"93.184.215.{number}" for number in range(before)] + ["93.184.215.99"]
    backend, sockets = _backend(names, names[-1])
    with nullcontext() if before < 4 else pytest.raises(httpcore2.ConnectTimeout):
        assert backend.connect_tcp("paper.example", 443)
    assert sockets.asked == names[:4]


def test_a_connection_that_leads_elsewhere_is_refused() -> None:
    """Where something between here and the network leads to another address, nothing is asked."""
    backend, _ = _backend(["93.184.215.14"], "10.0.0.1")
    with pytest.raises(FetchError, match=r"was redirected to 10\.0\.0\.1"):
        backend.connect_tcp("paper.example", 443)


def test_a_request_ends_with_its_time_and_not_before() -> None:
    """What is left of a request bounds a wait to its last moment; at its end nothing is waited for."""
    clock = FakeClock()
    deadline = Deadline(clock)
    assert deadline.limited(5) == 5
    with deadline.within(10):
        assert deadline.limited(20) == deadline.limited(None) == 10
        assert deadline.limited(5) == 5
        clock.sleep(9.5)
        assert deadline.limited(5) == 0.5
        clock.sleep(0.5)
        with pytest.raises(httpcore2.ReadTimeout):
            deadline.limited(5)
    assert deadline.limited(None) is None


@pytest.mark.parametrize("encrypted", [False, True])
def test_every_read_and_write_ends_with_the_request(encrypted: bool) -> None:
    """Of an open connection too, and behind TLS as in front of it."""
    backend, _ = _backend(["93.184.215.14"], "93.184.215.14")
    stream, context = backend.connect_tcp("paper.example", 443), ssl.create_default_context()
    if encrypted:
        stream = stream.start_tls(context)
    uses = (lambda: stream.read(1), lambda: stream.write(b"1"), lambda: stream.start_tls(context))
    with backend._deadline.within(0):
        for use in uses:
            with pytest.raises(httpcore2.ReadTimeout):
                use()
