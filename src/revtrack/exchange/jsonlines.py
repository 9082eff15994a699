"""JSON lines: one observation a line, a `Snapshot` with its page or a `Screened` failure.

Each line is a complete document of `revtrack.codec`, so files can be cut, joined and
searched with any tool for lines. Pages are base64.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

from revtrack import codec
from revtrack.errors import CodecError
from revtrack.model import Screened, Snapshot

__all__ = ["LINE_LIMIT", "bounded_lines", "read_lines", "write_lines"]

LINE_LIMIT = 64 * 2**20
"""The most bytes of a line (range 48 MiB to 1 GiB): the largest page that is read takes 43 MiB in
base64, and its headers some more."""

_PIECE = 2**20


def write_lines(observed: Iterable[Snapshot | Screened]) -> Iterator[str]:
    """The lines, each with its end; characters beyond ASCII are escaped."""
    for one in observed:
        yield json.dumps(codec.to_dict(one), separators=(",", ":")) + "\n"


def read_lines(lines: Iterable[str | bytes]) -> Iterator[Snapshot | Screened | CodecError]:
    """The observations of the lines; empty lines are skipped.

    An invalid line is a row too: a `CodecError` whose `path` names the line, so that one
    damaged line does not lose the others.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _read(line)
        except CodecError as error:
            yield CodecError(f"line {number}: {error}", path=f"line {number}: {error.path}")


def bounded_lines(stream: IO[bytes], *, limit: int = LINE_LIMIT) -> Iterator[bytes]:
    """The lines of *stream*; a line longer than *limit* bytes is cut one byte after the limit.

    A file of two megabytes may unpack to one line of two gigabytes.
    """
    while line := stream.readline(limit + 1):
        yield line
        is_open = len(line) > limit and not line.endswith(b"\n")
        while is_open:
            skipped = stream.readline(_PIECE)
            is_open = bool(skipped) and not skipped.endswith(b"\n")


def _read(line: str | bytes) -> Snapshot | Screened:
    if len(line) > LINE_LIMIT:
        raise CodecError(f"it is longer than {LINE_LIMIT // 2**20} MiB, the limit")
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"this is not JSON: {error}") from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == Screened.__name__:
        return codec.from_dict(document, Screened)
    snapshot = codec.from_dict(document, Snapshot)
    stated = snapshot.capture.digest
    if stated is not None and stated != snapshot.digest:
        raise CodecError(
            f"the page does not match its digest: it has {snapshot.digest[:12]}…, not {stated[:12]}…",
            path="value.capture.digest",
        )
    return snapshot
