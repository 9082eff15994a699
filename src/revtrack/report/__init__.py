"""Reports that people read: a history as one HTML page, as Markdown, or as text for a terminal.

Every format is built from typed values and uses the same words. The text of an article is displayed and
never interpreted: no markup, script, link or escape sequence takes effect. Reports are in English, or
in another language within `in_language`.
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
    "atomic_file",
    "html",
    "in_language",
    "ledger_markdown",
    "ledger_text",
    "markdown",
    "revision_html",
    "revision_markdown",
    "revision_text",
    "text",
    "write",
    "write_atomically",
]

# names of earlier releases, which had one function per kind of subject
revision_html, revision_markdown, revision_text = html, markdown, text
ledger_markdown, ledger_text = markdown, text


def write(
    subject: History | Revision, path: str | os.PathLike[str], *, title: str | None = None
) -> None:
    """Write the HTML report of *subject* to *path*, atomically: on failure nothing is written.

    Raises `MissingExtraError` without the extra ``report``, `OSError` when *path* cannot be written.
    """
    write_atomically(path, html(subject, title=title))


def write_atomically(path: str | os.PathLike[str], content: str | Iterable[bytes]) -> None:
    """Write *content* to *path* (text as UTF-8), atomically.

    Raises `OSError` when the folder of *path* is missing or cannot be written to.
    """
    with atomic_file(Path(path)) as draft, draft.open("wb") as stream:
        stream.writelines([content.encode()] if isinstance(content, str) else content)


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """A temporary file that replaces *path* when the context ends; after an error *path* is unchanged.

    Raises `OSError` where it cannot be written.
    """
    try:
        private = tempfile.TemporaryDirectory(prefix=".revtrack-", dir=path.parent)
    except OSError as error:
        error.filename = str(path)  # the caller's path, not that of the private folder
        raise
    with private as folder:
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
