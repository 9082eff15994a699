"""Reports that people read: a history as one HTML page, as Markdown, or as text for a terminal.

Every format is built from typed values, says the same things in the same plain words, and shows the
text of an article without ever letting it act: no markup, no script, no link, no escape sequence.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.report.markdown_page import markdown
from revtrack.report.page import html
from revtrack.report.terminal import text

__all__ = [
    "html",
    "ledger_markdown",
    "ledger_text",
    "markdown",
    "revision_html",
    "revision_markdown",
    "revision_text",
    "text",
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

    It goes to a private folder next to the target and is moved into place when it is complete.
    Raises `OSError` when the folder of *path* is missing or cannot be written to.
    """
    target = Path(path)
    with tempfile.TemporaryDirectory(prefix=".revtrack-", dir=target.parent) as folder:
        draft = Path(folder) / "report"
        with draft.open("wb") as stream:
            stream.writelines([content.encode()] if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
