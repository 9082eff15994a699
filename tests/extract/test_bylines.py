"""Who wrote the article, however the page says it."""

from __future__ import annotations

import json

import pytest

import revtrack
from revtrack.extract import extract
from revtrack.extract.labels import names_in, without_by

from .pages import PARAGRAPHS, STORY, page


def _linked(**fields: object) -> str:
    value = {"@type": "NewsArticle", "headline": "Bridge closes for the winter", **fields}
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("By Ada Pier and Ben Quay", "Ada Pier and Ben Quay"),
        (["Ada Pier", "Ben Quay", "Ada Pier"], "Ada Pier, Ben Quay"),
        ({"@type": "Person", "name": "Ada Pier"}, "Ada Pier"),
        (
            [[{"name": "Ada Pier"}], {"name": ["Ben Quay", "Cleo Strand"]}],
            "Ada Pier, Ben Quay, Cleo Strand",
        ),
        ({"givenName": "Ada", "familyName": "Pier"}, "Ada Pier"),
        ([{"name": "https://paper.example/ada"}, {"name": "Ada Pier"}], "Ada Pier"),
        ({"name": "Ada O&#39;Pier"}, "Ada O'Pier"),
        ({"@type": "Person"}, None),
        ("@adapier", None),
        (None, None),
    ],
)
def test_authors_in_json_ld(author: object, byline: str | None) -> None:
    """Texts, persons, lists of both and lists in lists: each name once, no addresses."""
    assert extract(page(STORY, head=_linked(author=author))).byline == byline


def test_a_creator_where_there_is_no_author() -> None:
    """Some say creator."""
    assert extract(page(STORY, head=_linked(creator={"name": "Ada Pier"}))).byline == "Ada Pier"


def test_an_author_by_reference() -> None:
    """Author and publisher may be objects of their own, in this script or another."""
    graph = [
        {
            "@type": "Article",
            "author": [{"@id": "#ada"}, {"@id": "#gone"}],
            "publisher": {"@id": "#paper"},
        },
        {"@type": "Person", "@id": "#ada", "name": "Ada Pier"},
    ]
    paper = {"@type": "Organization", "@id": "#paper", "name": "The Harbour Paper"}
    scripts = [
        f"<script type='application/ld+json'>{json.dumps(value)}</script>"
        for value in ({"@graph": graph}, paper)
    ]
    article = extract(page(STORY, head="".join(scripts)))
    assert (article.byline, article.publisher) == ("Ada Pier", "The Harbour Paper")


@pytest.mark.parametrize(
    ("metas", "byline"),
    [
        ([("name", "author", "Ada Pier"), ("name", "author", "Ben Quay")], "Ada Pier, Ben Quay"),
        (
            [("name", "citation_author", "Pier, Ada"), ("name", "citation_author", "Quay")],
            "Pier, Ada, Quay",
        ),
        (
            [
                ("property", "article:author", "https://social.example/ada"),
                ("name", "byl", "By A. Pier"),
            ],
            "A. Pier",
        ),
        ([("name", "Author", " by  Ada Pier ")], "Ada Pier"),
        ([("name", "dcterms.creator", "Ada Pier")], "Ada Pier"),
        ([("property", "x:y", "z"), ("name", "author", "Ada Pier")], "Ada Pier"),
    ],
)
def test_authors_in_meta_elements(metas: list[tuple[str, str, str]], byline: str) -> None:
    """The first name that has one gives all that it has."""
    head = "".join([f"<meta {kind}='{name}' content='{text}'>" for kind, name, text in metas])
    assert extract(page(STORY, head=head)).byline == byline


@pytest.mark.parametrize(
    ("language", "text", "bare"),
    [
        ("en", "By Ada Pier", "Ada Pier"),
        ("en", "BY ADA PIER", "ADA PIER"),
        ("en", "Words by Ada Pier", "Ada Pier"),
        ("de", "Von Ada Pier", "Ada Pier"),
        ("de-CH", "von Ada Pier und Ben Quay", "Ada Pier und Ben Quay"),
        ("fr", "Par Ada Pier", "Ada Pier"),
        ("es", "Por Ada Pier", "Ada Pier"),
        ("it", "di Ada Pier", "Ada Pier"),
        ("nl", "Door Ada Pier", "Ada Pier"),
        ("zh", "作者：林小河", "林小河"),
        ("zh", "記者/林小河", "林小河"),
        ("ru", "Автор: Ада Пирс", "Ада Пирс"),
        (None, "Autor: Ada Pier", "Ada Pier"),
        ("en", "Von Harbour", "Von Harbour"),
        ("en", "Di Strand", "Di Strand"),
        ("en", "Byron Quay", "Byron Quay"),
        ("en", "By", "By"),
    ],
)
def test_the_word_for_by_is_no_part_of_a_name(language: str | None, text: str, bare: str) -> None:
    """In English and in the page's language; elsewhere it may be a name."""
    assert without_by(text, language) == bare


def test_how_names_are_joined_says_nothing() -> None:
    """Two bylines of the same people are one, whatever stands between them."""
    assert names_in("By Ada Pier and Ben Quay") == names_in("ben quay; Ada Pier")
    assert names_in("Von Ada Pier und Ben Quay", "de") == names_in("Ada Pier, Ben Quay", "de")
    assert names_in("林小河、王大江") == names_in("王大江，林小河")
    assert names_in("Ada Pier") != names_in("Ada Pier, Ben Quay")


SHOWN = [
    ("<p class='byline'>By Ada Pier and Ben Quay</p>", "Ada Pier and Ben Quay"),
    (
        "<div class='byline'>By <a href='/ada'>Ada Pier</a>, <a href='/ben'>Ben Quay</a></div>",
        "Ada Pier, Ben Quay",
    ),
    (
        "<div class='byline'><span>By</span><a href='/ada'>Ada Pier</a><span>Staff Writer</span></div>",
        "Ada Pier",
    ),
    ("<p class='byline'>By Ada Pier | Jan. 8, 2024</p>", "Ada Pier"),
    ("<p class='byline'>By Ada Pier on January 8</p>", "Ada Pier"),
    (
        "<a rel='author' href='/ada'>Ada Pier</a> <a rel='author' href='/ben'>Ben Quay</a>",
        "Ada Pier, Ben Quay",
    ),
    ("<span itemprop='author'><span itemprop='name'>Ada Pier</span>, reporter</span>", "Ada Pier"),
    (
        "<span class='author-name'>Ada Pier</span><span class='author-name'>Ben Quay</span>",
        "Ada Pier, Ben Quay",
    ),
    (
        "<span class='author'>Ada Pier | ada@paper.example</span><p class='byline'>Harbour Archive</p>",
        "Ada Pier",
    ),
    ("<p class='byline'>Follow Us</p>", None),
    ("<p class='author'>All the news of the week in one letter</p>", None),
    ("<p class='authored-by-machine'>Ada Pier</p>", None),
]


@pytest.mark.parametrize(("shown", "byline"), SHOWN)
def test_a_byline_that_only_readers_see(shown: str, byline: str | None) -> None:
    """Where the metadata are silent, the byline beside the headline is read."""
    article = extract(page(shown + STORY))
    assert article.byline == byline
    stated = extract(page(shown + STORY, head="<meta name='author' content='Cleo Strand'>"))
    assert stated.byline == "Cleo Strand"


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"{STORY}<p>{PARAGRAPHS[0]}</p><p class='byline'>By Ada Pier</p>",
        f"{STORY}<div class='comments'><a rel='author' href='/x'>Ada Pier</a></div>",
    ],
)
def test_names_behind_the_text_are_of_others(elsewhere: str) -> None:
    """Comments and the next article have authors too."""
    assert extract(page(elsewhere)).byline is None


def test_a_byline_in_another_form_is_no_change() -> None:
    """One capture has the word for *by* and an *and*, the other a list."""
    html = page(STORY, head="<meta name='author' content='Ada Pier und Ben Quay'>")
    old = extract(html.replace("lang='en'", "lang='de'"))
    new = extract(page(STORY, head=_linked(author=["Ben Quay", "Ada Pier"])).replace("'en'", "'de'"))
    assert old.byline != new.byline
    assert revtrack.compare(old, new).metadata == ()


def test_a_button_to_share_is_no_author() -> None:
    """A link that hands on the page's address names nobody, whatever its words are."""
    share = "https://share.example/?u=https://paper.example/bridge"
    buttons = f"<div><a href='{share}'>FB Post</a></div><div><time>14 May 2024</time></div>"
    assert extract(page(buttons + STORY)).byline is None
    assert extract(page(buttons.replace(share, "/people/fb") + STORY)).byline == "FB Post"
