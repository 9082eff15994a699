"""JSON lines: one observation a line, a `Snapshot` with its page or a `Screened` look that failed.

Each line is a document of `revtrack.codec` and stands for itself, so files can be cut, joined and
searched with any tool for lines. Pages are base64.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from revtrack import codec
from revtrack.errors import CodecError
from revtrack.model import Snapshot
from revtrack.versions import Screened

__all__ = ["read_lines", "write_lines"]


def write_lines(observed: Iterable[Snapshot | Screened]) -> Iterator[str]:
    """The lines, each with its end; characters beyond ASCII are escaped."""
    for one in observed:
        yield json.dumps(codec.to_dict(one), separators=(",", ":")) + "\n"


def read_lines(lines: Iterable[str | bytes]) -> Iterator[Snapshot | Screened | CodecError]:
    """What the lines hold; empty lines are passed over.

    A line that does not fit is a row too: a `CodecError` whose `path` names the line, so that one
    damaged line does not lose the others.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _read(line)
        except CodecError as error:
            yield CodecError(f"line {number}: {error}", path=f"line {number}: {error.path}")


def _read(line: str | bytes) -> Snapshot | Screened:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"this is not JSON: {error}") from error
    held = document.get("type") if isinstance(document, dict) else None
    if held == Screened.__name__:
        return codec.from_dict(document, Screened)
    snapshot = codec.from_dict(document, Snapshot)
    said = snapshot.capture.digest
    if said is not None and said != snapshot.digest:
        raise CodecError(
            f"the page is not what its digest says: it has {snapshot.digest[:12]}…, not {said[:12]}…",
            path="value.capture.digest",
        )
    return snapshot
