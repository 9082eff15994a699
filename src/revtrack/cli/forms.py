"""A revision, a history, its ledger, an article or a draft in one of the forms of `--format`."""

from __future__ import annotations

from typing import assert_never

from revtrack import codec, report
from revtrack.changes.revision import Revision
from revtrack.cli import pages
from revtrack.cli.output import Look
from revtrack.history import History
from revtrack.ledger import Ledger
from revtrack.model import Article
from revtrack.notices import Draft
from revtrack.report.neutral import spelt_out_strictly

__all__ = ["drafted", "written"]


def written(value: Revision | History | Ledger | Article, form: str, look: Look) -> str:
    """*value* as `json`, `markdown`, `html` or (anything else) as text that looks like *look*."""
    if form == "json":
        return codec.dumps(value)
    match value:
        case Revision():
            return _revision(value, form, look)
        case History():
            return _history(value, form, look)
        case Ledger():
            if form == "markdown":
                return report.ledger_markdown(value)
            return report.ledger_text(value, colour=look.colour, width=look.width)
        case Article():
            return _article(value, form, look)
        case _:
            assert_never(value)


def _revision(revision: Revision, form: str, look: Look) -> str:
    if form == "markdown":
        return report.revision_markdown(revision)
    if form == "html":
        return report.revision_html(revision)
    return report.revision_text(revision, colour=look.colour, width=look.width)


def _history(history: History, form: str, look: Look) -> str:
    if form == "markdown":
        return report.markdown(history)
    if form == "html":
        return report.html(history)
    return report.text(history, colour=look.colour, width=look.width)


def _article(article: Article, form: str, look: Look) -> str:
    if form == "markdown":
        return pages.as_markdown(article)
    if form == "html":
        return pages.as_html(article)
    return pages.as_text(article, colour=look.colour)


def drafted(draft: Draft, form: str) -> str:
    """*draft* as `json`, `json-ld` or (anything else) as text."""
    if form == "json":
        return codec.dumps(draft)
    return draft.json_ld if form == "json-ld" else spelt_out_strictly(draft.text)
