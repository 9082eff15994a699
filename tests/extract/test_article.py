"""extract and from_text: the recipe, its arguments and what stands on every article."""

from __future__ import annotations

from datetime import UTC, datetime

from revtrack.extract import BUILT_IN, extract, from_text
from revtrack.model import BlockKind, Capture, HeadlineSource, Snapshot

from .pages import PARAGRAPHS, STORY, page

SEEN = datetime(2024, 1, 9, tzinfo=UTC)


def test_a_snapshot_brings_its_address_and_time() -> None:
    """A snapshot's address and time are used, unless others are given."""
    snapshot = Snapshot(Capture("https://paper.example/b", SEEN), page(STORY).encode())
    article = extract(snapshot)
    assert (article.url, article.captured_at) == ("https://paper.example/b", SEEN)
    assert extract(snapshot, url="https://other.example/").url == "https://other.example/"


def test_the_extractor_stands_on_the_article() -> None:
    """Name and version of the rules are on every article, and differ for plain text."""
    assert extract(page(STORY)).extractor == BUILT_IN
    assert from_text("x").extractor != BUILT_IN


def test_blank_lines_part_blocks() -> None:
    """In plain text a blank line parts blocks and other white space is a space."""
    article = from_text("One\n  line.\r\n \t\r\nTwo\u00a0lines.\n\n\n", headline=" A  headline ")
    assert [block.text for block in article.blocks] == ["One line.", "Two lines."]
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}
    assert [(one.source, one.text) for one in article.headlines] == [
        (HeadlineSource.GIVEN, "A headline")
    ]


def test_empty_text_is_an_article_without_blocks() -> None:
    """No text is no error: the article is empty."""
    assert from_text("").blocks == ()
    assert from_text("").headline is None


def test_notices_are_found_in_the_text() -> None:
    """A correction in the body is a notice whose span is in the article's text."""
    notice = "Correction: An earlier version of this article misstated the month. It is April, not May."
    article = extract(page(STORY + f"<p>{notice}</p>"))
    (found,) = article.notices
    assert found.span is not None
    assert found.span.of(article.text) == found.text
    assert article.text == "\n\n".join([*PARAGRAPHS, notice])
