"""Results shown in short: one line for `repr`, a few for `print`, escaped HTML for notebooks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from html import escape

from revtrack.changes.revision import Revision
from revtrack.errors import MissingExtraError
from revtrack.history import History
from revtrack.model import Article
from revtrack.report.entries import entries
from revtrack.report.marks import gist
from revtrack.report.neutral import single_line, spelt_out
from revtrack.report.nouns import counted
from revtrack.report.page import fragment, style
from revtrack.report.summary import contents, lede, listed, made, seen, summary

__all__ = ["lines", "notebook", "short"]

LISTED = 12
"""Changes or revisions that `str` lists before it says how many more there are: half a screen."""


def short(value: object) -> str:
    """*value* on one line: its type and its counts."""
    match value:
        case Revision():
            said = summary(value)
        case History():
            said = f"{seen(value)}; {summary(*value.revisions)}"
        case Article():
            title = single_line(value.headline or "no headline")
            blocks, notices = counted(len(value.blocks), "block"), counted(len(value.notices), "notice")
            said = f"“{title}”, {blocks}, {notices}"
        case _:
            return object.__repr__(value)
    return f"<{type(value).__name__}: {said}>"


def lines(value: object) -> str:
    """*value* in a few lines, as the command line would begin."""
    match value:
        case Revision():
            return "\n".join([f"{made(value)}.", *_first(list(_changes(value)))])
        case History():
            said = "".join([words for words, _ in lede(value)])
            return "\n".join([f"{seen(value)}. {said}", *_first(list(_revisions(value)))])
        case Article():
            return single_line(value.headline or "") + "\n\n" + spelt_out(value.text)
        case _:
            return short(value)


def notebook(value: object) -> str:
    """*value* as HTML with its style; plain text in HTML where the templates are not installed."""
    try:
        if not isinstance(value, Revision | History):
            return f"<pre>{escape(spelt_out(lines(value)))}</pre>"
        html = fragment(value, prefix=_prefix(value))
    except MissingExtraError:
        return f"<pre>{escape(spelt_out(lines(value)))}</pre>"
    return f'<style>{style()}</style><div data-theme="auto">{html}</div>'


def _changes(revision: Revision) -> Iterator[str]:
    for entry in entries(revision):
        yield f"- {entry.sentence[:-1]}: {single_line(gist(entry.changes[0]))}"


def _revisions(history: History) -> Iterator[str]:
    for _, found in contents(history.revisions, listed(history)):
        for one in found:
            states = f" [{', '.join(one.states)}]" if one.states else ""
            yield f"{one.number}. {one.observed}: {single_line(one.gist)}{states}"


def _first(found: list[str]) -> list[str]:
    more = len(found) - LISTED
    return [*found[:LISTED], *([f"… and {more} more"] if more > 0 else [])]


def _prefix(value: object) -> str:
    """What the anchors of *value* begin with: two outputs of one notebook must not share them."""
    return f"rt-{hashlib.sha256(lines(value).encode('utf-8', 'replace')).hexdigest()[:8]}-"
