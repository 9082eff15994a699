"""The lines of CDX indexes in all their forms: CDXJ, JSON objects and arrays, plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from revtrack.model import Capture
from revtrack.urls.replay import archive_time, written_time

__all__ = ["IndexLine", "Listing", "read_index"]

# The letters of a ` CDX N b a m s k …` head, by the names that servers give in JSON.
_LETTERS = {
    "N": "urlkey",
    "b": "timestamp",
    "a": "original",
    "m": "mimetype",
    "s": "statuscode",
    "k": "digest",
}
_SEVEN = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_OTHER_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_SHA1_LENGTH = 32
"""Characters of a SHA-1 in base 32, as indexes give it without its name."""


@attrs.frozen
class IndexLine:
    """One capture as an index lists it; `digest` names its kind (``sha1:…``)."""

    moment: datetime
    url: str
    status: int | None
    digest: str | None
    method: str = "GET"

    def capture(self, below: str, source: str) -> Capture:
        """The capture of an archive that replays *below* a prefix, as *source* lists it."""
        location = f"{below}{written_time(self.moment)}/{self.url}"
        return Capture(self.url, self.moment, source, location=location, payload_digest=self.digest)


@attrs.frozen
class Listing:
    """The lines of one answer, how many could not be read, and the key with which the next begins."""

    lines: tuple[IndexLine, ...]
    unreadable: int = 0
    resume: str | None = None


def read_index(text: str) -> Listing:
    """Read what a CDX server answered, whatever its form."""
    if text.strip() == "[]":  # the Internet Archive's way of having nothing
        return Listing(())
    if text.lstrip().startswith("[["):
        return _arrays(text)
    lines: list[IndexLine] = []
    unreadable = 0
    names: Sequence[str] = _SEVEN
    written = iter(text.splitlines())
    for line in written:
        if not line.strip():
            # the Internet Archive sets the key apart by an empty line
            rest = [other.strip() for other in written if other.strip()]
            return Listing(tuple(lines), unreadable, rest[0] if len(rest) == 1 else None)
        if line.startswith((" CDX ", "CDX ")):
            names = [_LETTERS.get(letter, letter) for letter in line.split()[1:]]
            continue
        found = _line(line, names)
        if found is None:
            unreadable += 1
        else:
            lines.append(found)
    return Listing(tuple(lines), unreadable)


def _arrays(text: str) -> Listing:
    """JSON arrays, the first of which names the fields; the last may hold the key alone."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return Listing((), unreadable=1)
    rows = [row for row in rows if isinstance(row, list)]
    resume = None
    if len(rows) > 2 and rows[-2] == [] and len(rows[-1]) == 1:
        resume, rows = str(rows[-1][0]), rows[:-2]
    head = [str(name) for name in rows[0]]
    found = [_fields(dict(zip(head, row, strict=False))) for row in rows[1:] if row]
    lines = tuple([line for line in found if line is not None])
    return Listing(lines, len(found) - len(lines), resume)


def _line(line: str, names: Sequence[str]) -> IndexLine | None:
    start = line.find("{")
    if start >= 0:
        try:
            fields = json.loads(line[start:])
        except (ValueError, RecursionError):
            return None
        if not isinstance(fields, dict):
            return None
        key = line[:start].split()
        return _fields({"timestamp": key[-1], **fields} if key else fields)
    values = line.split()
    return _fields(dict(zip(names, values, strict=False)))


def _fields(fields: Mapping[str, object]) -> IndexLine | None:
    named = {_OTHER_NAMES.get(name, name): str(value) for name, value in fields.items()}
    moment = archive_time(named.get("timestamp", ""))
    url = named.get("original", "-")
    if moment is None or url == "-":
        return None
    status = named.get("statuscode", "-")
    return IndexLine(
        moment,
        url,
        int(status) if status.isascii() and status.isdigit() and len(status) == 3 else None,
        _digest(named.get("digest", "-")),
        str(named.get("method") or "GET").upper(),
    )


def _digest(written: str) -> str | None:
    if ":" in written:
        return written
    return f"sha1:{written}" if len(written) == _SHA1_LENGTH else None
