"""A Sphinx extension: the directive `revision-report` puts a report into a page.

`revision-summary` and `revision-timeline` put parts of it there: what happened, or when.

The argument is a folder of dated captures or a JSON file of a `History`, relative to the document.
HTML pages get the report itself, scoped under one class with its own style sheet; every other
builder gets the report's plain text. Its language is that of the documentation where there are words in
it, else English. What cannot be read is a warning that names the place::

    .. revision-report:: captures/harbour-story
       :title: How the harbour story changed
       :headline-only:
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from revtrack import __version__, codec
from revtrack.errors import MissingExtraError, RevtrackError
from revtrack.history import History
from revtrack.report import LANGUAGES, in_language
from revtrack.report.catalogue import tr
from revtrack.report.formats import terminal_text
from revtrack.report.outline import Form, outline
from revtrack.report.page import STYLE_SHEET, fragment
from revtrack.sources import Files
from revtrack.track import track

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["RevisionReport", "RevisionSummary", "RevisionTimeline", "revision_report", "setup"]

_logger = logging.getLogger(__name__)

PLAIN_WIDTH = 76
"""Columns of the text that builders other than HTML show: fits a printed page in a fixed font."""


class revision_report(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes in lower case
    """A report in a document; its children are the plain text for builders other than HTML."""


class RevisionReport(SphinxDirective):
    """The directive ``revision-report``."""

    part: ClassVar[str] = "report"
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec | None] = {
        "title": directives.unchanged_required,
        "headline-only": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """The node with the report; none, with a warning, where there is nothing to report."""
        _, name = self.env.relfn2path(self.arguments[0])
        place = Path(name)
        try:
            history = self._history(place)
        except (RevtrackError, OSError) as error:
            return self._warned(str(error))
        if not history.versions:
            return self._warned("no capture shows an article")
        report = revision_report(
            "",
            history=history,
            title=self.options.get("title"),
            part="headline" if "headline-only" in self.options else self.part,
            prefix=f"revision-report-{self.env.new_serialno('revision-report') + 1}-",
        )
        with in_language(_language(self.config)):
            plain = _text(history, self.part)
        report += nodes.literal_block(plain, plain, language="none")
        self.set_source_info(report)
        return [report]

    def _warned(self, trouble: str) -> list[nodes.Node]:
        _logger.warning(
            "%s: %s: %s",
            self.name,
            self.arguments[0],
            trouble,
            location=self.get_location(),
            type="revtrack",
            subtype="report",
        )
        return []

    def _history(self, place: Path) -> History:
        self.env.note_dependency(str(place))
        if place.suffix == ".json" and not place.is_dir():
            return codec.loads(place.read_bytes(), History)
        history = track(Files(place))
        for capture in history.captures:
            if capture.location:
                self.env.note_dependency(capture.location)
        return history


class RevisionSummary(RevisionReport):
    """The directive ``revision-summary``: the counts, and the substantive changes."""

    part = "summary"


class RevisionTimeline(RevisionReport):
    """The directive ``revision-timeline``: the text and the headline over time."""

    part = "timeline"


def _text(history: History, part: str) -> str:
    lines = list(outline(history))
    headings = [at for at, line in enumerate(lines) if line.form is Form.HEADING]
    over_time = next(at for at in headings if lines[at].words == tr("The headline over time"))
    after = next(at for at in [*headings, len(lines)] if at > over_time)
    parts = {"summary": slice(over_time), "timeline": slice(over_time, after)}
    return terminal_text(lines[parts.get(part, slice(None))], width=PLAIN_WIDTH)


def _language(config: Config) -> str:
    tag = (config.language or "").partition("_")[0]
    return tag if tag in LANGUAGES else LANGUAGES[0]


def _visit_html(translator: HTML5Translator, node: revision_report) -> None:
    try:
        with in_language(_language(translator.config)):
            made = fragment(
                node["history"],
                title=node["title"],
                prefix=node["prefix"],
                part=node["part"],
                level=min(translator.section_level + 1, 4),
            )
    except MissingExtraError as error:
        raise ExtensionError(str(error), error, modname=__name__) from error
    translator.body.append(made)
    raise nodes.SkipNode


def _pass(_translator: nodes.NodeVisitor, _node: nodes.Node) -> None:
    """The children represent the node."""


def _add_style(_app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(Path(__file__).parent / "report" / "static"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, its node and its style sheet."""
    for directive in (RevisionReport, RevisionSummary, RevisionTimeline):
        app.add_directive(f"revision-{directive.part}", directive)
    plain = (_pass, _pass)
    app.add_node(
        revision_report,
        html=(_visit_html, None),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
    app.connect("config-inited", _add_style)
    app.add_css_file(STYLE_SHEET)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
