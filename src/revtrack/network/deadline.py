"""An end for a whole request: a server that drips bytes is cut off like one that says nothing."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2

from revtrack.network.clock import Clock

__all__ = ["Deadline", "DeadlineStream"]


class _End(threading.local):
    """The end of the running thread's request, None where it has none."""

    end: float | None = None


class Deadline:
    """When the request of the running thread has to be over.

    Timeouts of sockets are those of one read, and a head of a hundred kilobytes may come in as many
    reads. Connections are shared between threads, so each thread has an end of its own.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._local = _End()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Everything that this thread does on the network in the context has to end in *seconds*."""
        self._local.end = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            self._local.end = None

    def shortened(self, timeout: float | None) -> float | None:
        """*timeout*, or what is left of the request if that is less.

        Raises `httpcore2.ReadTimeout` when nothing is left.
        """
        end = self._local.end
        if end is None:
            return timeout
        left = end - self._clock.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the request took too long")
        return left if timeout is None else min(timeout, left)


class DeadlineStream(httpcore2.NetworkStream):
    """A stream of `httpcore2` whose every read and write ends with the request at the latest."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._deadline.shortened(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, self._deadline.shortened(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Go on with TLS."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.shortened(timeout))
        return DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What `httpcore2` wants to know of the socket."""
        return self._stream.get_extra_info(info)
