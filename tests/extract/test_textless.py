"""Pages of films, pictures and sounds: versions without a text; and what only looks like one."""

from __future__ import annotations

import json

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import explain, extract
from revtrack.model import ScreenReason
from revtrack.remarks import RemarkKind

from .pages import STORY

HEADLINE = "The swing bridge turns for the last time"
FRAME = "<iframe src='https://films.example/embed/7'></iframe>"
PLAYER = "<div class='video-player' data-film='7'></div>"
FOOTER = (
    "<footer><p>All rights reserved by the owners of the harbour paper, and their friends.</p></footer>"
)
BANNER = "<div class='banner'><span>We use cookies on board.</span></div>"


def _og(kind: str, title: str = f"{HEADLINE} | The Harbour Paper") -> str:
    return (
        f'<meta property="og:type" content="{kind}"><meta property="og:title" content="{title}">'
        '<meta property="og:site_name" content="The Harbour Paper">'
    )


def _ld(kind: str, **said: object) -> str:
    told = json.dumps({"@type": kind, "name": HEADLINE, **said})
    return f'<script type="application/ld+json">{told}</script>'


def _film(
    head: str, body: str = "", *, headline: str = f"<h1>{HEADLINE}</h1>", after: str = FOOTER
) -> str:
    """A page with a headline and no text."""
    return (
        f"<html lang='en'><head><title>{HEADLINE} | The Harbour Paper</title>{head}</head>"
        "<body><nav><a href='/'>Home</a> <a href='/films'>Films</a></nav>"
        f"<main>{headline}{body}</main>{after}</body></html>"
    )


SHOWN = {
    "a film is stated in Open Graph": _film(_og("video.other")),
    "a film is stated in JSON-LD": _film(_ld("VideoObject")),
    "a gallery is stated in JSON-LD": _film(
        _ld("ImageGallery"), "<img src='/1.jpg'><img src='/2.jpg'>"
    ),
    "an episode is stated in JSON-LD": _film(_ld("PodcastEpisode")),
    "a film is stated around the headline": _film(
        "",
        headline=f"<div itemscope itemtype='https://schema.org/VideoObject'><h1>{HEADLINE}</h1></div>",
    ),
    "an article is stated and a frame shows a film": _film(_og("article"), FRAME),
    "an article is stated and a script puts a player in": _film(_og("article"), PLAYER),
    "an article is stated and a film stands on the page": _film(_ld("NewsArticle"), "<video src='/7'>"),
    "an article is stated and an object plays a film": _film(
        _og("article"), "<object id='film'></object>"
    ),
    "a banner asks for consent beside the film": _film(
        _og("video.other"), PLAYER, after=BANNER + FOOTER
    ),
    "the headline is spelt a little differently": _film(
        _og("video.other", "The bridge turns, last time")
    ),
}
REFUSED = {
    "nothing is stated": (_film("", FRAME), "NO_ARTICLE"),
    "the headline is not shown": (_film(_og("video.other"), headline=""), "NO_ARTICLE"),
    "another headline is shown": (
        _film(_og("video.other", "Soup for cold hands"), headline="<h1>Our films of this winter</h1>"),
        "NO_ARTICLE",
    ),
    "another film is stated": (
        _film(_ld("VideoObject", name="Soup for cold hands"), FRAME),
        "NO_ARTICLE",
    ),
    "an article is stated and nothing is played": (_film(_og("article")), "NO_ARTICLE"),
    "an article is stated beside its film": (_film(_ld("Article") + _ld("VideoObject")), "NO_ARTICLE"),
    "the frame is an advertisement": (
        _film(_og("article"), "<iframe src='https://ads.example/7'></iframe>"),
        "NO_ARTICLE",
    ),
    "the film has no size": (
        _film(_og("article"), FRAME.replace("<iframe", "<iframe width=1")),
        "NO_ARTICLE",
    ),
    "the film is hidden": (
        _film(_og("article"), f"<div style='display: none'>{FRAME}</div>"),
        "NO_ARTICLE",
    ),
    "the film stands elsewhere on the page": (
        _film(_og("article"), after=f"<div>{FRAME}</div>"),
        "NO_ARTICLE",
    ),
    "the film stands in furniture": (
        _film(_og("article"), f"<aside>{FRAME}</aside><div class='related-films'>{PLAYER}</div>"),
        "NO_ARTICLE",
    ),
    "the film is an ornament": (
        _film(_og("article"), "<video loop src='/waves'></video>"),
        "NO_ARTICLE",
    ),
    "the player reads a text aloud": (
        _film(_og("article"), "<div class='audio-player'></div>"),
        "NO_ARTICLE",
    ),
    "the element for the text is empty": (
        _film(_og("article"), f"{FRAME}<div itemprop='articleBody'><script>fill()</script></div>"),
        "SHELL",
    ),
    "the element named for the text is empty": (
        _film(_og("video.other"), f"{FRAME}<div class='article-body'> </div>"),
        "SHELL",
    ),
    "a long text is stated": (
        _film(_og("article") + _ld("NewsArticle", articleBody="The bridge turned. " * 20), FRAME),
        "SHELL",
    ),
    "many words are stated": (_film(_ld("NewsArticle", wordCount="412"), FRAME), "SHELL"),
    "scripts fill it": (
        "<html><head><meta property='og:type' content='video'></head><body><div id='root'></div>",
        "SHELL",
    ),
    "a wall stands before it": (
        _film(_og("video.other"), "<p>Log in to continue aboard.</p>"),
        "LOGIN_WALL",
    ),
    "it asks whether its reader is human": (
        _film(_og("video.other"), "<p>Please verify you are human.</p>"),
        "BOT_CHECK",
    ),
    "it breaks off": (f"{_film(_og('article'), FRAME).partition('</main>')[0]}<div", "TRUNCATED"),
    "it is the front page": (
        _film(_og("video.other") + "<link rel='canonical' href='https://harbour.example/'>", FRAME),
        "NO_ARTICLE",
    ),
}


@pytest.mark.parametrize("page", SHOWN.values(), ids=SHOWN)
def test_a_work_without_text_is_a_version(page: str) -> None:
    """The headline is kept, no furniture is taken for its text, and a remark says so."""
    for article in (extract(page), extract(page.encode())):
        assert article.headline == HEADLINE
        assert article.blocks == ()
        assert article.text == ""
        assert [remark.kind for remark in article.remarks] == [RemarkKind.NO_TEXT]


@pytest.mark.parametrize(("page", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_in_doubt_is_refused(page: str, reason: str) -> None:
    """Shells, walls, listings and pages that say too little of themselves are no versions."""
    # a footer alone is taken for the text of a page that is no work, as ever
    with pytest.raises(ExtractionError) as caught:
        extract(page.replace(FOOTER, ""))
    assert caught.value.reason is ScreenReason[reason]


def test_words_about_the_film_are_its_text() -> None:
    """A film with a paragraph under it is an article like any other, wherever the paragraph stands."""
    for page in (
        _film(_og("video.other"), FRAME + STORY),
        _film(_og("video.other"), f"{FRAME}<div class='modal'>{STORY}</div>"),
        _film(_og("video.other"), FRAME, after=f"<div class='modal'>{STORY}</div>{FOOTER}"),
    ):
        article = extract(page)
        assert len(article.blocks) == 3
        assert article.remarks == ()


def test_the_decisions_name_what_is_left_out() -> None:
    """Each text of such a page is told with the reason why it is not the film's."""
    (decision,) = explain(SHOWN["a film is stated in Open Graph"])
    assert decision.text.startswith("All rights")
    assert not decision.kept
    assert decision.rule.startswith("furniture")
