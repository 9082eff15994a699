"""The Sphinx extension: reports in documentation."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import lxml.html
import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from revtrack import codec, sphinxext
from revtrack.errors import MissingExtraError
from tests.report.made import hostile_history, story

CONF = "extensions = ['revtrack.sphinxext']\nhtml_theme = 'basic'\n"


class Built:
    """What a build of one page gave: the folder it went to and the warnings."""

    def __init__(self, folder: Path, warnings: str) -> None:
        self.folder, self.warnings = folder, warnings

    @property
    def page(self) -> lxml.html.HtmlElement:
        """The HTML page as a tree."""
        return lxml.html.document_fromstring((self.folder / "index.html").read_bytes())


def build(folder: Path, text: str, *, builder: str = "html") -> Built:
    """Build a project of one page that says *text*."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.rst").write_text(f"Page\n====\n\n{text}\n", encoding="utf-8")
    warnings = StringIO()
    out = folder / "out" / builder
    with docutils_namespace(), patch_docutils(str(folder)):
        Sphinx(folder, folder, out, out / "doctrees", builder, status=None, warning=warnings).build()
    return Built(out, warnings.getvalue())


@pytest.fixture
def captured(tmp_path: Path) -> Path:
    """A project folder that holds a history as JSON."""
    (tmp_path / "story.json").write_text(codec.dumps(story()), encoding="utf-8")
    return tmp_path


def capture(headline: str, number: str) -> str:
    """A page of a small article."""
    story = "".join(
        f"<p>Paragraph {n} of a story about a harbour and its many cranes.</p>" for n in "1234"
    )
    return (
        f"<!doctype html><html lang='en'><head><title>{headline}</title></head><body><article>"
        f"<h1>{headline}</h1>{story}<p>It cost {number} crowns in all, the mayor said.</p>"
        "</article></body></html>"
    )


def test_a_folder_of_captures_becomes_a_report(tmp_path: Path) -> None:
    """The report of a folder stands in the page, with its own style sheet beside it."""
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "20240304T074000Z.html").write_text(capture("Cranes close", "12"), encoding="utf-8")
    (folder / "20240305T074000Z.html").write_text(capture("Cranes shut", "21"), encoding="utf-8")
    built = build(tmp_path, ".. revision-report:: captures")
    [report] = built.page.find_class("revtrack-report")
    shown = " ".join(report.text_content().split())
    assert built.warnings == ""
    assert "The headline was changed" in shown
    assert "between 4 March 2024, 07:40 and 5 March 2024, 07:40 UTC" in shown
    assert (built.folder / "_static" / "revtrack-report.css").is_file()
    assert built.page.xpath("//link[contains(@href, 'revtrack-report.css')]")
    assert str(tmp_path) not in lxml.html.tostring(report, encoding="unicode")


def test_a_history_in_json_becomes_a_report(captured: Path) -> None:
    """The argument may name a JSON file of a history."""
    built = build(captured, ".. revision-report:: story.json\n   :title: How it changed")
    assert built.warnings == ""
    assert built.page.xpath("string(//p[@class='rt-embedded-title'])") == "How it changed"
    assert len(built.page.find_class("rt-revision")) == 3


def test_only_the_headline_may_be_shown(captured: Path) -> None:
    """With headline-only the timeline stands alone."""
    built = build(captured, ".. revision-report:: story.json\n   :headline-only:")
    assert len(built.page.find_class("rt-stage")) == 3
    assert built.page.find_class("rt-revision") == []
    ids = set(built.page.xpath("//@id"))
    links = built.page.xpath("//div[contains(@class, 'revtrack-report')]//@href")
    assert all(str(link).removeprefix("#") in ids for link in links)


@pytest.mark.parametrize(
    ("part", "shown", "hidden"),
    [("summary", "rt-counts", "rt-stage"), ("timeline", "rt-stage", "rt-counts")],
)
def test_a_part_of_the_report(captured: Path, part: str, shown: str, hidden: str) -> None:
    """Each directive gives its part alone, in HTML and in text, and no link that leads nowhere."""
    directive = f".. revision-{part}:: story.json"
    page = build(captured, directive).page
    assert page.find_class(shown)
    assert not page.find_class(hidden) + page.find_class("rt-revision")
    ids = set(page.xpath("//@id"))
    links = page.xpath("//div[contains(@class, 'revtrack-report')]//@href")
    assert all(str(link).removeprefix("#") in ids for link in links)
    text = (build(captured, directive, builder="text").folder / "index.txt").read_text("utf-8")
    assert ("The headline over time" in text) == (part == "timeline")
    assert ("Captures from" in text) == (part == "summary")
    assert "Revision 1" not in text


def test_two_reports_on_a_page_do_not_share_anchors(captured: Path) -> None:
    """Every anchor of a page is unique and every link within the reports arrives."""
    built = build(captured, ".. revision-report:: story.json\n\n.. revision-report:: story.json")
    ids = [str(name) for name in built.page.xpath("//div[contains(@class, 'revtrack-report')]//@id")]
    links = built.page.xpath("//div[contains(@class, 'revtrack-report')]//@href")
    assert len(ids) == len(set(ids))
    assert all(str(link).removeprefix("#") in ids for link in links)


def test_headings_go_on_where_the_page_stands(captured: Path) -> None:
    """The report's headings are one level below the section that it stands in."""
    built = build(captured, "Part\n----\n\n.. revision-report:: story.json")
    levels = [str(h.tag) for h in built.page.xpath("//div[contains(@class, 'revtrack-report')]//h3")]
    assert levels
    assert built.page.xpath("//div[contains(@class, 'revtrack-report')]//h2") == []


def test_other_builders_get_the_plain_text(captured: Path) -> None:
    """A text build holds the report in words, without markup."""
    built = build(captured, ".. revision-report:: story.json", builder="text")
    text = (built.folder / "index.txt").read_text(encoding="utf-8")
    assert built.warnings == ""
    assert "A paragraph was removed; it is not explained" in text
    assert "[-12-]{+21+}" in text


def test_a_report_is_kept_with_the_stored_document(captured: Path) -> None:
    """A later build that reads the stored document shows the same report."""
    first = build(captured, ".. revision-report:: story.json").page.find_class("revtrack-report")
    (captured / "out" / "html" / "index.html").unlink()
    second = build(captured, ".. revision-report:: story.json").page.find_class("revtrack-report")
    assert [one.text_content() for one in first] == [one.text_content() for one in second]


def test_a_missing_extra_is_an_error_of_sphinx(captured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the template engine is missing, Sphinx says which extra to install, without a traceback."""

    def missing(*_: object, **__: object) -> str:
        raise MissingExtraError(extra="report", package="jinja2", purpose="an HTML report")

    monkeypatch.setattr(sphinxext, "fragment", missing)
    with pytest.raises(ExtensionError, match=r'pip install "revtrack\[report\]"'):
        build(captured, ".. revision-report:: story.json")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Markup of an article never becomes markup of the documentation."""
    kept = hostile_history()
    document = codec.dumps(kept)
    (tmp_path / "hostile.json").write_text(document, encoding="utf-8", errors="replace")
    built = build(tmp_path, ".. revision-report:: hostile.json")
    [report] = built.page.find_class("revtrack-report")
    assert report.xpath(".//script | .//style | .//*[@onclick]") == []
    assert [str(link) for link in report.xpath(".//@href") if not str(link).startswith("#")] == []


@pytest.mark.parametrize("name", ["missing", "missing.json", "empty", "broken.json"])
def test_what_cannot_be_read_is_a_warning_that_names_place_and_line(tmp_path: Path, name: str) -> None:
    """The build goes on; the warning says which folder or file, and where in the document."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    built = build(tmp_path, f"Words.\n\n.. revision-report:: {name}")
    assert "index.rst:6: WARNING: revision-report: " in built.warnings
    assert name in built.warnings
    assert built.page.find_class("revtrack-report") == []


def test_captures_that_show_no_article_are_a_warning(tmp_path: Path) -> None:
    """A folder of error pages has no history to report."""
    (tmp_path / "walls").mkdir()
    (tmp_path / "walls" / "20240304T074000Z.html").write_text("<p>", encoding="utf-8")
    built = build(tmp_path, ".. revision-report:: walls")
    assert "index.rst:4: WARNING: revision-report: walls: no capture shows an article" in built.warnings
