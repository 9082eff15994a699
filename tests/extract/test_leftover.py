"""What is left out of the article is remembered by the sums of its texts."""

from __future__ import annotations

import zlib

import pytest

from revtrack.extract import extract
from revtrack.text import fold

from .pages import PARAGRAPHS, STORY, page

BOX = "The harbour paper has told the story of this bridge since it was built."


def _sum(text: str) -> int:
    return zlib.crc32(fold(text).encode())


@pytest.mark.parametrize(
    "furniture",
    [
        f"<aside><p>{BOX}</p></aside>",
        f"<aside><p><b>The harbour paper</b> has told the <a href='/s'>story</a>{BOX[36:]}</p></aside>",
        f"<aside><p>Another line before it.<br><br>\n {BOX}</p></aside>",
        f"<div class='related'><ul><li>{BOX}<ul><li>More of it</li></ul></li></ul></div>",
        f"<div class='comments'>{BOX}</div>",
        f"<div class='newsletter-signup'><blockquote><p>{BOX}</p></blockquote></div>",
        "<aside><p>" + BOX.replace(" ", "\u00a0\n") + "</p></aside>",
    ],
)
def test_a_block_outside_the_article_has_a_sum(furniture: str) -> None:
    """What the article leaves out has the very sum that it would have as a block of the article."""
    article = extract(page(STORY + furniture))
    assert BOX not in article.text
    assert _sum(BOX) in article.left_out


def test_blocks_of_the_article_and_labels_have_none() -> None:
    """Nothing that was taken is called left out, nor are texts too short to be told from labels."""
    article = extract(page(STORY + "<aside><p>Read on here</p></aside>"))
    assert [text for text in PARAGRAPHS if _sum(text) in article.left_out] == []
    assert _sum("Read on here") not in article.left_out


def test_each_sum_once_and_in_order() -> None:
    """The sums are sorted, and a text that stands twice counts once."""
    article = extract(page(STORY + f"<aside><p>{BOX}</p><p>{BOX}</p></aside>"))
    assert article.left_out == tuple(sorted(set(article.left_out)))
