"""Explaining: why each text of a page was kept or dropped."""

from __future__ import annotations

import pytest

from revtrack.extract import explain, extract

from .pages import PARAGRAPHS, STORY, page

BOX = "A box beside the story with facts and figures about bridges."


def _rules(body: str) -> dict[str, str]:
    return {one.text: one.rule for one in explain(page(body))}


@pytest.mark.parametrize(
    ("markup", "text", "rule"),
    [
        ("<p>Advertisement</p>", "Advertisement", "labels"),
        (
            "<p><a href='/x'>Another story about a bridge</a></p>",
            "Another story about a bridge",
            "links",
        ),
        ("<p>Read also: more of it</p>", "Read also: more of it", "related"),
        ("<h2>Comments on it</h2>", "Comments on it", "empty headings"),
        (
            "<p>Follow our bridge writer on Twitter.</p>",
            "Follow our bridge writer on Twitter.",
            "end matter",
        ),
        (f"<div class='share-bar'><p>{BOX}</p></div>", BOX, 'furniture: <div class="share-bar">'),
        (f"<aside><p>{BOX}</p></aside>", BOX, "furniture: <aside>"),
    ],
)
def test_a_dropped_text_names_its_rule(markup: str, text: str, rule: str) -> None:
    """Each text that is left out says which rule or element decided."""
    rules = _rules(STORY + markup)
    assert rules[text] == rule
    assert [rules[paragraph] for paragraph in PARAGRAPHS] == ["kept"] * 3


def test_what_is_kept_is_the_article() -> None:
    """The texts that are kept are the blocks of the article, in their order."""
    html = page(STORY + "<p>Advertisement</p><ul><li>One thing</li></ul>")
    kept = [one.text for one in explain(html) if one.kept]
    assert kept == [block.text for block in extract(html).blocks]


def test_a_page_without_an_article_is_explained_too() -> None:
    """Where extraction refuses the page, the decisions can be read all the same."""
    assert explain("<p>Page not found, and nothing else on it.</p>") != ()
    assert explain("<html><body><nav>Home</nav></body></html>") == ()


def test_wrong_arguments_are_named() -> None:
    """Anything but a page is a TypeError."""
    with pytest.raises(TypeError, match="page"):
        explain(3)  # type: ignore[arg-type]  # that is the point
