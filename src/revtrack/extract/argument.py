"""What a caller may pass as a page: a path is read, and a string that names a page is refused."""

from __future__ import annotations

from pathlib import Path

from revtrack.model import Capture, Snapshot

__all__ = ["page_of"]

_TYPES = {".md": "text/markdown", ".txt": "text/plain"}
_NAMES = (".html", ".htm", ".xhtml", ".mhtml", ".md", ".txt", ".gz", ".warc", ".json")


def page_of(page: bytes | str | Path | Snapshot, *, name: str = "page") -> bytes | str | Snapshot:
    """*page*, read where it is a path.

    Raises `ValueError`, which says what to do, for a string that is plainly an address or the name of
    a file and no HTML; `OSError` where the file cannot be read.
    """
    if isinstance(page, Path):
        capture = Capture(url=None, captured_at=None, source="file", location=str(page))
        return Snapshot(capture, page.read_bytes(), content_type=_TYPES.get(page.suffix.lower()))
    if not isinstance(page, str) or "<" in page or "\n" in page.strip():
        return page
    words = page.strip()
    if words.lower().startswith(("http://", "https://")) and " " not in words:
        raise ValueError(
            f"{name} is an address, not a page ({words}): fetch it first, for example with the "
            "command `revtrack track`, or pass the page itself as bytes"
        )
    if words.lower().endswith(_NAMES):
        raise ValueError(
            f"{name} is the name of a file, not a page ({words}): pass pathlib.Path({words!r}) "
            "or the file's bytes"
        )
    return page
