"""A changed headline in the reports: where it changed alike, and where in other words."""

from __future__ import annotations

import revtrack
from revtrack import report
from revtrack.model import Article, Block, BlockKind, Headline, HeadlineSource

TEXT = (Block(BlockKind.PARAGRAPH, "The harbour will stay closed until the quay has been looked at."),)


def _article(heading: str, shared: str) -> Article:
    sources = (HeadlineSource.H1, HeadlineSource.TITLE, HeadlineSource.OPEN_GRAPH)
    texts = (heading, heading, shared)
    headlines = [Headline(source, text) for source, text in zip(sources, texts, strict=True)]
    return Article(headline=heading, headlines=tuple(headlines), blocks=TEXT)


OLD = _article("Bridge closes", "Six boats <lost>")
NEW = _article("Bridge closes for winter", "Nine boats <lost>")


def test_every_report_names_the_fields_that_changed_and_shows_the_other_words() -> None:
    """Text, Markdown and HTML say where the headline changed alike, and quote its other words."""
    revision = revtrack.compare(OLD, NEW)
    text = report.text(revision)
    assert "Same change in: heading, page title" in text
    assert "Open Graph (number, substantive): [-Six-]{+Nine+} boats <lost>" in text
    written = report.markdown(revision)
    assert "Same change in: heading, page title" in written
    assert (
        "> Open Graph (number, substantive): <del>Six</del><ins>Nine</ins> boats \\<lost\\>" in written
    )
    page = report.html(revision)
    assert "Same change in: heading, page title" in page
    assert "Open Graph (number, substantive)" in page
    assert "boats &lt;lost&gt;" in page


def test_one_field_alone_is_named_by_the_sentence() -> None:
    """Nothing is said twice where one variant changed."""
    text = report.text(revtrack.compare(OLD, _article("Bridge closes", "Nine boats <lost>")))
    assert "The headline for shared links was changed" in text
    assert "ame change in" not in text
