"""Pictures with words about them, where the markup does not say which these are."""

from __future__ import annotations

import pytest

from revtrack.extract import explain, extract
from revtrack.model import MediaKind

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)
WORDS = "The swing bridge on an autumn evening, before it was closed (Photo: Skelness archive)"
PICTURE = "<img src='/b.jpg' alt='A bridge'>"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='postpicture'>{PICTURE}<div>{WORDS}</div></div>",
        f"<div class='img220 imgbox'><a href='/b.jpg'>{PICTURE}</a><p class='t'>{WORDS}</p></div>",
        f"<div class='image right'>{PICTURE}<br>{WORDS}</div>",
        f"<p class='foto'>{PICTURE} {WORDS}</p>",
        f"<table width='300'><tr><td>{PICTURE}<br><small>{WORDS}</small></td></tr></table>",
        f"<table><tr><td>{PICTURE}</td></tr><tr><td>{WORDS}</td></tr></table>",
        f"<div>{PICTURE}<div><span class='bildunterschrift'>{WORDS}</span></div></div>",
        f"<div>{PICTURE}<p class='cutline'>{WORDS}</p></div>",
    ],
)
def test_the_words_in_a_picture_box_are_its_caption(box: str) -> None:
    """They are no text of the body and go with the picture."""
    first, rest = STORY[: len(PARAGRAPHS[0]) + 7], STORY[len(PARAGRAPHS[0]) + 7 :]
    article = extract(page(first + box + rest))
    assert article.text == TEXT
    (medium,) = article.media
    assert (medium.kind, medium.src, medium.caption) == (MediaKind.IMAGE, "/b.jpg", WORDS)


def test_why_the_words_in_a_picture_box_are_left_out() -> None:
    """The explanation names the box."""
    box = f"<div class='postpicture'>{PICTURE}<p>{WORDS}</p></div>"
    (decision,) = [one for one in explain(page(STORY + box)) if one.text == WORDS]
    assert decision.rule == 'caption: <div class="postpicture">'


LONG = "The bridge was built when the mills were still working, and has been " + "mended, " * 30


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='image'>{PICTURE}<p>{LONG}</p></div>",
        f"<div class='text-and-image'>{PICTURE}<h3>Ferries</h3><p>Two go each hour.</p></div>",
        f"<div class='image'>{PICTURE}<ul><li>Two ferries go each hour</li></ul></div>",
        "<div class='picture'><p>Two ferries go each hour, and three in the evening.</p></div>",
        f"<table><tr><td>{PICTURE}</td><td>Two</td><td>ferries</td></tr></table>",
        f"<div class='hero-image'>{PICTURE}<p>Two ferries go each hour from now on.</p></div>",
        f"<div class='has-image'>{PICTURE}<p>Two ferries go each hour.</p></div>",
        f"<article class='image'><p>{PICTURE}Two ferries go each hour.</p></article>",
    ],
)
def test_what_stands_with_a_picture_and_is_more_than_words_about_it(markup: str) -> None:
    """Long texts, headings, lists and tables are the article's; so is what stands in no box."""
    text = extract(page(STORY + markup)).text
    assert "mended" in text or "erries" in text.removeprefix(TEXT)


@pytest.mark.parametrize(
    ("box", "sources"),
    [
        ("<div><noscript><img src='/b.jpg' alt='A bridge'></noscript></div>", ["/b.jpg"]),
        (
            "<div><img src='data:image/gif;base64,R0'><noscript><img src='/b.jpg'></noscript></div>",
            ["/b.jpg"],
        ),
        ("<div><img data-src='/a.jpg'><noscript><img src='/b.jpg'></noscript></div>", ["/a.jpg"]),
        ("<div><noscript><img src='/count?p=1' width='1' height='1'></noscript></div>", []),
        ("<div><noscript><img src='/c' style='display:none'></noscript></div>", []),
        ("<div><noscript><a href='/buy'><img src='/ad'></a></noscript></div>", []),
        ("<p><img src='/a.jpg'></p><div><noscript><img src='/a.jpg'></noscript></div>", ["/a.jpg"]),
    ],
)
def test_a_picture_for_browsers_without_scripts(box: str, sources: list[str]) -> None:
    """It counts where nothing next to it shows one, and no sign that counts readers does."""
    first, rest = STORY[: len(PARAGRAPHS[0]) + 7], STORY[len(PARAGRAPHS[0]) + 7 :]
    article = extract(page(first + box + rest))
    assert article.text == TEXT
    assert [medium.src for medium in article.media] == sources
