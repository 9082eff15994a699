"""Reports that people read: a history as one HTML page, as Markdown, or as text for a terminal.

Every format is built from typed values, says the same things in the same plain words, and shows the
text of an article without ever letting it act: no markup, no script, no link, no escape sequence. The
words are English, or those of another language within `in_language`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.report.catalogue import LANGUAGES, in_language
from revtrack.report.formats import markdown, text
from revtrack.report.page import html

__all__ = [
    "LANGUAGES",
    "html",
    "in_language",
    "ledger_markdown",
    "ledger_text",
    "markdown",
    "revision_html",
    "revision_markdown",
    "revision_text",
    "text",
    "whole",
    "write",
    "write_whole",
]

# the names of before, when each kind of subject had a function of its own
revision_html, revision_markdown, revision_text = html, markdown, text
ledger_markdown, ledger_text = markdown, text


def write(
    subject: History | Revision, path: str | os.PathLike[str], *, title: str | None = None
) -> None:
    """Write the HTML report of *subject* to *path*: the whole page or, on failure, nothing.

    Raises `MissingExtraError` without the extra ``report``, `OSError` when *path* cannot be written.
    """
    write_whole(path, html(subject, title=title))


def write_whole(path: str | os.PathLike[str], content: str | Iterable[bytes]) -> None:
    """Write *content* to *path* (text as UTF-8): a reader sees the old file or the new, never half.

    Raises `OSError` when the folder of *path* is missing or cannot be written to.
    """
    with whole(Path(path)) as draft, draft.open("wb") as stream:
        stream.writelines([content.encode()] if isinstance(content, str) else content)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write in a private folder; it is *path*, on the disk, when the context ends.

    Raises `OSError` where it cannot be written; then *path* is what it was, as after any error.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix=".revtrack-", dir=path.parent)
    except OSError as error:
        error.filename = str(path)  # what the caller named, and not the private folder
        raise
    with made as folder:
        draft = Path(folder) / path.name
        yield draft
        _sync(draft)
        draft.replace(path)
    if os.name == "posix":
        _sync(path.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
