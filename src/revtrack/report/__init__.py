"""Reports that people read: a history as one HTML page, as Markdown, or as text for a terminal.

Every format is built from typed values, says the same things in the same plain words, and shows the
text of an article without ever letting it act: no markup, no script, no link, no escape sequence.
"""

from __future__ import annotations

import os

from revtrack.history import History
from revtrack.report.files import write_whole
from revtrack.report.ledger import ledger_markdown, ledger_text
from revtrack.report.markdown_page import markdown, revision_markdown
from revtrack.report.page import html, revision_html
from revtrack.report.terminal import revision_text, text

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


def write(history: History, path: str | os.PathLike[str], *, title: str | None = None) -> None:
    """Write the HTML report of *history* to *path*: the whole page or, on failure, nothing.

    Raises `MissingExtraError` without the extra ``report``, `OSError` when *path* cannot be written.
    """
    write_whole(path, html(history, title=title))
