"""HTTP/2 over TLS, served by a real server of that protocol."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import trustme

from revtrack.errors import FetchError, FetchFault
from revtrack.network import Bounds, Client, Guard, Politeness
from tests.network.clock import FakeClock
from tests.network.conftest import CONTACT

# Answers with the path and the protocol's version; `/endless` never ends, `/away` redirects.
APP = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError  # ASGI's way to say that an app has no start and end of its own
    path = scope["path"]
    status, headers = (302, [(b"location", b"/home")]) if path == "/away" else (200, [])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    body = f"{path} {scope['http_version']}".encode()
    while path == "/endless":
        await send({"type": "http.response.body", "body": bytes(65_536), "more_body": True})
    await send({"type": "http.response.body", "body": body})
"""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signed the server's certificate."""
    return trustme.CA()


@pytest.fixture(scope="module")
def origin(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    (folder / "app.py").write_text(APP)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [sys.executable, "-m", "hypercorn", "app:app", "--bind", f"fd://{number}"]
        command += ["--certfile", "cert.pem", "--keyfile", "key.pem"]
        with (folder / "log").open("w") as log:
            running = subprocess.Popen(command, cwd=folder, pass_fds=[number], stderr=log)
        try:
            # the socket listens already: who connects waits for the server to accept
            yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            running.kill()
            running.wait()


@pytest.fixture
def client(authority: trustme.CA) -> Iterator[Client]:
    """A client that trusts the server's certificate."""
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    politeness = Politeness(pause=0, tries=1, at_once=8, robots=False, clock=FakeClock())
    bounds = Bounds(body=1_000_000)
    with Client(
        CONTACT, politeness=politeness, guard=Guard(loopback=True), bounds=bounds, tls=trusted
    ) as one:
        yield one


def test_http2_is_spoken_where_the_server_does(client: Client, origin: str) -> None:
    """A server that offers HTTP/2 is asked by it, through redirects too."""
    answer = client.get(f"{origin}/away")
    assert (answer.body, answer.http_version, answer.url) == (b"/home 2", "HTTP/2", f"{origin}/home")


def test_many_threads_ask_one_server(client: Client, origin: str) -> None:
    """Requests of several threads get each its own answer, over connections that are used again."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: client.get(f"{origin}/{number}"), range(40)))
    assert [answer.body for answer in answers] == [f"/{number} 2".encode() for number in range(40)]


def test_an_endless_body_by_http2(client: Client, origin: str) -> None:
    """The bounds hold for HTTP/2 as well."""
    with pytest.raises(FetchError) as caught:
        client.get(f"{origin}/endless")
    assert caught.value.fault is FetchFault.TOO_LARGE
