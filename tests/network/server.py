"""A real HTTP/1.1 server on loopback whose answers are written byte by byte by the test."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import attrs

Answering = Callable[["Talk"], None]


@attrs.define
class Talk:
    """One request that came, and the connection to answer it on."""

    connection: socket.socket
    path: str
    headers: dict[str, str]

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.connection.sendall(data)

    def answer(self, body: bytes = b"", *, status: str = "200 OK", **headers: str) -> None:
        """Send a whole answer; a header's underscores are dashes, one that is empty is left out."""
        sent = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status}", *[f"{name}: {value}" for name, value in sent.items() if value]]
        self.send("\r\n".join([*lines, "", ""]).encode("utf-8") + body)

    def reset(self) -> None:
        """Break the connection off as a crash does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


@attrs.define(eq=False)
class Server:
    """Answers each path as it was told to; remembers the requests."""

    port: int
    answers: dict[str, Answering] = attrs.field(factory=dict)
    seen: list[Talk] = attrs.field(factory=list)
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path on this server."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(talk.path == path for talk in self.seen)


def _read_head(connection: socket.socket) -> tuple[str, dict[str, str]]:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65_536)
        if not piece:
            return "", {}
        head += piece
    request, *lines = head.split(b"\r\n\r\n")[0].decode().split("\r\n")
    pairs = [line.partition(":") for line in lines]
    return request.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


def _not_found(talk: Talk) -> None:
    talk.answer(status="404 Not Found")


def _serve(server: Server, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        connection.settimeout(60)
        if tls is not None:
            connection = tls.wrap_socket(connection, server_side=True)
        with connection:
            path, headers = _read_head(connection)
            if path:
                talk = Talk(connection, path, headers)
                server.seen.append(talk)
                plain = server.answers.get(path.partition("?")[0], _not_found)
                server.answers.get(path, plain)(talk)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of loopback, for as long as the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(listening.getsockname()[1], scheme="http" if tls is None else "https")

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=_serve, args=(server, connection, tls), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join(60)
