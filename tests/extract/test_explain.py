"""Explaining: why each text of a page was kept or dropped."""

from __future__ import annotations

from typing import Any

import pytest

from revtrack.extract import explain, extract
from revtrack.model import BlockKind, Capture, Snapshot

from .pages import PARAGRAPHS, STORY, page

BOX = "A box beside the story with facts and figures about bridges."
PHOTO = "The swing bridge on an autumn evening, before it was closed (Photo: Skelness archive)"


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
        (
            f"<div class='postpicture'><img src='/b.jpg'><p>{PHOTO}</p></div>",
            PHOTO,
            'caption: <div class="postpicture">',
        ),
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


@pytest.mark.parametrize(
    ("content_type", "written"),
    [
        ("text/plain", "\n\n".join(PARAGRAPHS)),
        ("text/markdown", "# Bridge closes\n\n" + "\n\n".join(PARAGRAPHS)),
        ("text/html", page(STORY)),
    ],
)
def test_pages_in_any_form_are_explained(content_type: str, written: str) -> None:
    """Markdown and plain text are read as extraction reads them."""
    snapshot = Snapshot(Capture(None, None), written.encode(), content_type=content_type)
    kept = [one.text for one in explain(snapshot) if one.kept]
    assert kept == [block.text for block in extract(snapshot).blocks] == list(PARAGRAPHS)


def test_the_container_of_an_earlier_capture_is_used() -> None:
    """What extraction takes from where it stood before is explained so."""
    stories = [
        f"The mill number {n} of the valley was sold to a family from the coast." for n in range(30)
    ]
    river = "".join([f"<p>{story}</p>" for story in stories])
    wrapped = (
        "<html><body><div><div class='left'>{}</div><div class='right'>{}</div></div></body></html>"
    )
    old, new = (wrapped.format(STORY * 3, other) for other in ("", river))
    earlier = extract(old)
    kept = [one.text for one in explain(new, earlier=earlier) if one.kept]
    assert kept == [block.text for block in extract(new, earlier=earlier).blocks]
    assert kept != [one.text for one in explain(new) if one.kept]


def test_a_live_blog_is_explained_by_its_entries() -> None:
    """The first text of an entry is of the kind that it has in the article."""
    entries = "".join(
        [
            f"<div id='e{n}'><time datetime='2024-03-05T0{n}:00:00Z'>0{n}:00</time><p>{text}</p></div>"
            for n, text in enumerate(PARAGRAPHS)
        ]
    )
    html = page(f"<div class='live-blog'>{entries}</div>")
    kept = [(one.text, one.kind) for one in explain(html) if one.kept]
    assert kept == [(block.text, block.kind) for block in extract(html).blocks]
    assert BlockKind.LIVE_ENTRY in dict(kept).values()


@pytest.mark.parametrize(
    "wrong", [{"page": 3}, {"earlier": page(STORY)}, {"site_rules": "rules.toml"}], ids=str
)
def test_wrong_arguments_are_named(wrong: dict[str, Any]) -> None:
    """Anything but a page, an article and rules is a TypeError that names the argument."""
    (name,) = wrong
    for read in (explain, extract):
        with pytest.raises(TypeError, match=name):
            read(**{"page": page(STORY)} | wrong)
