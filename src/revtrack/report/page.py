"""The HTML report: one self-contained page per history, readable without scripts and network.

The one module that imports jinja2. Every value is escaped by the engine and by `escape_controls` before
it is printed; an undefined name is an error, never an empty string. Results are presented by `short`
(one line for `repr`), `lines` (a few for `print`) and `notebook` (HTML).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from revtrack.changes.kinds import CHANGE_TYPES
from revtrack.changes.revision import Revision
from revtrack.errors import MissingExtraError, optional
from revtrack.history import History
from revtrack.ledger import Ledger
from revtrack.model import Article, Notice
from revtrack.report import nouns
from revtrack.report.catalogue import language, tr, tr_many
from revtrack.report.entries import TECHNICAL_HEADING, entries
from revtrack.report.marks import escape_controls, gist, quoted, single_line
from revtrack.report.outline import ledger_counts, observation, revision_title
from revtrack.report.phrases import disclosure_clause, glossary, observed
from revtrack.report.summary import capture_counts, entries_by_revision, lede, revision_summary, summary
from revtrack.report.views import View, contents, foreign, history_view, revision_view

if TYPE_CHECKING:
    import jinja2

__all__ = ["STYLE_SHEET", "feed_content", "fragment", "html", "lines", "notebook", "short", "site_page"]


STYLE_SHEET = "revtrack-report.css"
"""The name of the style sheet's file, in the folder ``static`` of this package."""

_SEARCH = "search.js"

FINDINGS = 12
"""Findings of one group that a page shows before it folds the rest (range 8 to 30): with more, the next
section is hard to find."""


def html(subject: History | Revision, *, title: str | None = None, home: str = "") -> str:
    """The report of *subject* as one HTML page; *title* replaces the latest headline on top.

    The page contains its own style, runs no script and loads nothing. It links only to its own anchors,
    to captures in web archives, and to *home*, the list of articles that it belongs to. Raises
    `MissingExtraError` without the extra ``report``.
    """
    if isinstance(subject, Revision):
        view = revision_view(subject, prefix="")
        return _page(body="revision.html", view=view, title=title or revision_title(subject), home=home)
    if not isinstance(subject, History):
        raise TypeError(f"subject must be a History or a Revision, not {type(subject).__name__}")
    view = history_view(subject, title=title, prefix="")
    return _page(body="history.html", view=view, title=view["title"], home=home)


def site_page(view: View) -> str:
    """A searchable page with lists over many articles."""
    return _page(body="site.html", view=view, title=view["site"], script=_static(_SEARCH))


def feed_content(item: object) -> str:
    """A finding of an article as HTML for a feed: without classes, for any feed reader."""
    return _environment().get_template("feed.html").render(one=item)


def fragment(
    subject: History | Revision,
    *,
    prefix: str,
    title: str | None = None,
    part: str = "report",
    level: int = 3,
) -> str:
    """The report of *subject* as one element for a page that contains `style()`.

    Every anchor begins with *prefix*; the first headings are ``<hN>`` of *level* (2 to 4). Of a history
    *part* may be the ``summary``, the ``timeline`` or the ``headline`` alone.
    """
    if isinstance(subject, Revision):
        name, view = "revision_fragment.html", revision_view(subject, prefix=prefix)
    else:
        name, view = "fragment.html", history_view(subject, title=title, prefix=prefix)
    shown = {"title": title, "prefix": prefix, "level": level, "part": part}
    return _environment().get_template(name).render(view=view, **shown)


def style() -> str:
    """The style sheet of the report; every rule is scoped under ``.revtrack-report`` or the page."""
    return _static(STYLE_SHEET)


@cache
def _static(name: str) -> str:
    return (files("revtrack.report") / "static" / name).read_text(encoding="utf-8")


def _page(*, script: str = "", home: str = "", **values: object) -> str:
    sources = {
        "style": f"'{_digest(style())}'",
        **({"script": f"'{_digest(script)}'"} if script else {}),
    }
    policy = "; ".join([f"{kind}-src {source}" for kind, source in sources.items()])
    shown = {"style": style(), "script": script, "policy": policy, "home": home}
    template = _environment().get_template("page.html")
    return template.render(**values, **shown, level=2, part="report")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@cache
def _environment() -> jinja2.Environment:
    engine = optional("jinja2", extra="report", purpose="an HTML report")
    environment: jinja2.Environment = engine.Environment(
        loader=engine.PackageLoader("revtrack.report", "templates"),
        autoescape=True,
        undefined=engine.StrictUndefined,
        finalize=_escaped_value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "because": nouns.screened_because,
        "capital": nouns.capital,
        "foreign": foreign,
        "quoted": quoted,
        "lower_first": nouns.lower_first,
        "memento": nouns.memento_of,
        "moment": nouns.moment,
        "place": nouns.location_of,
        "until": nouns.span_of_time,
        "when": nouns.when,
    }
    environment.globals |= {
        "technical_heading": TECHNICAL_HEADING,
        "glossary": glossary,
        "counted": nouns.counted,
    }
    environment.globals |= {"shown": FINDINGS, "tr": tr, "tr_many": tr_many, "language": language}
    return environment


def _escaped_value(value: object) -> object:
    return escape_controls(value) if type(value) is str else value


MOST_LINES = 12
"""Changes or revisions that `str` lists before it counts the rest: half a screen."""


def short(value: object) -> str:
    """*value* on one line: its type and its counts."""
    match value:
        case Revision():
            counts = summary(value)
        case History():
            counts = f"{capture_counts(value)}; {summary(*value.revisions)}"
        case Ledger():
            counts = ledger_counts(value)
        case Article():
            notices = nouns.counted(len(value.notices), "notice")
            name, size = value.headline or "no headline", nouns.counted(len(value.blocks), "block")
            counts = f"{single_line(name)}; {size}, {notices}"
        case _:
            return object.__repr__(value)
    return f"<{type(value).__name__}: {counts}>"


def lines(value: object) -> str:
    """*value* in a few lines, like the beginning of the command line's output."""
    match value:
        case Revision():
            return "\n".join([f"{revision_summary(value)}.", *_first_lines(list(_changes(value)))])
        case History():
            words = "".join([part for part, _ in lede(value)])
            return "\n".join(
                [f"{capture_counts(value)}. {words}", *_first_lines(list(_revisions(value)))]
            )
        case Ledger():
            found = [f"- {single_line(observation(entry))}" for entry in value.entries]
            return "\n".join([f"{ledger_counts(value)}.", *_first_lines(found)])
        case Notice():
            return f"{nouns.capital(nouns.notice_name(value))}: {single_line(value.text)}"
        case one if isinstance(one, CHANGE_TYPES):
            words = "; ".join(filter(None, [observed(one), disclosure_clause(one)]))
            return f"{words}: {single_line(gist(one))}"
        case _:
            return short(value)


def notebook(value: object) -> str:
    """*value* as HTML with its style; plain text in HTML where the templates are not installed."""
    try:
        if not isinstance(value, Revision | History):
            return f"<pre>{escape(escape_controls(lines(value)))}</pre>"
        # two outputs of one notebook must not share their anchors
        digest = hashlib.sha256(lines(value).encode("utf-8", "replace")).hexdigest()
        html = fragment(value, prefix=f"rt-{digest[:8]}-")
    except MissingExtraError:
        return f"<pre>{escape(escape_controls(lines(value)))}</pre>"
    return f'<style>{style()}</style><div data-theme="auto">{html}</div>'


def _changes(revision: Revision) -> Iterator[str]:
    for entry in entries(revision):
        yield f"- {entry.sentence[:-1]}: {single_line(gist(entry.changes[0]))}"


def _revisions(history: History) -> Iterator[str]:
    for _, found in contents(history.revisions, entries_by_revision(history)):
        for one in found:
            states = f" [{', '.join(one.states)}]" if one.states else ""
            yield f"{one.number}. {one.observed}: {single_line(one.gist)}{states}"


def _first_lines(found: list[str]) -> list[str]:
    more = len(found) - MOST_LINES
    return [*found[:MOST_LINES], *([tr("… and {number} more", number=more)] if more > 0 else [])]
