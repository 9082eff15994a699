"""What sites do between two captures, and the article stays what it was."""

from __future__ import annotations

import pytest

from revtrack.extract import explain, extract

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


def test_a_thread_longer_than_its_article_is_not_the_article() -> None:
    """Readers' comments are told by their name, however many there are."""
    thread = "".join(f"<div><b>Reader {n}</b><p>{' '.join(PARAGRAPHS)}</p></div>" for n in range(30))
    assert extract(page(STORY + f"<section id='comments'>{thread}</section>")).text == TEXT


def _teasers(count: int) -> str:
    return "".join(
        f"<div class='css-{n}a1'><h3><a href='/a/{n}'>Another story, number {n}</a></h3>"
        f"<p>The council of the {n}th ward has put off its vote on the lamps along the quay.</p></div>"
        for n in range(count)
    )


def _comments(count: int) -> str:
    return "".join(
        f"<div class='css-7b'><div><span>Reader {n}</span> <span>{n + 2} hours ago</span></div>"
        f"<p>{' '.join(PARAGRAPHS)}</p><button>Reply</button></div>"
        for n in range(count)
    )


@pytest.mark.parametrize("river", [_teasers(3), _teasers(5), _comments(3), _comments(40)])
@pytest.mark.parametrize("place", ["{}{}", "<div>{}</div><section>{}</section>"])
def test_boxes_of_one_kind_side_by_side_are_not_the_article(river: str, place: str) -> None:
    """Teasers and comments are told by what repeats in them where no name tells them."""
    assert extract(page(place.format(STORY, river))).text == TEXT


def test_a_list_with_linked_headings_is_the_article_where_most_of_the_text_is_in_it() -> None:
    """Items under headings that are links are text where there is hardly any other."""
    text = extract(page(f"<p>{PARAGRAPHS[0]}</p>" + _teasers(9))).text
    assert text.count("has put off its vote") == 9


def test_items_with_links_to_other_sites_are_no_teasers() -> None:
    """What an article recommends elsewhere is its own text."""
    items = _teasers(3).replace("'/a/", "'https://lamps.example/")
    assert extract(page(STORY + items)).text.count("has put off its vote") == 3


def test_a_thread_without_another_text_is_the_article() -> None:
    """Where a page has nothing but what its readers wrote, that is its text."""
    assert extract(page(_comments(3))).text.count(PARAGRAPHS[0]) == 3


def test_explain_names_the_boxes() -> None:
    """The account of a page says that a text stood in one of several boxes of a kind."""
    decisions = explain(page(STORY + _comments(3)))
    rules = {one.rule.partition(":")[0] for one in decisions if one.text == " ".join(PARAGRAPHS)}
    assert rules == {"one of several boxes of teasers or comments"}


def test_an_article_in_many_small_parts() -> None:
    """Parts that are named as the body and of which none holds a tenth of it are all the article."""
    parts = "".join(f"<div class='story-body'><p>{text}</p></div>" for text in PARAGRAPHS * 5)
    assert extract(page(parts)).text.count(PARAGRAPHS[0]) == 5


def test_replies_inside_comments_are_comments_too() -> None:
    """Comments that hold their replies are taken out once, however deep they stand."""
    said = (
        "<p>I have walked over that bridge each day for years and shall miss it through the winter.</p>"
    )
    reply = f"<div>{said}<button>Reply</button></div>"
    thread = f"<div><div>{said}<button>Reply</button>{reply * 3}</div>{reply * 3}</div>"
    assert extract(page(STORY * 2 + thread)).text == extract(page(STORY * 2)).text


def test_cards_in_the_article_are_its_list() -> None:
    """Cards that lead on are the text of an article with hardly any other; next to one they are not."""
    cards = "".join(
        f"<div><h3><a href='/{n}'>Pier {n}</a></h3><p>The pier number {n} was built of oak.</p></div>"
        for n in range(1, 9)
    )
    intro = "<section><h1>The piers</h1><p>Here are the piers of the harbour.</p></section>"
    within = f"<html><body><article>{intro}<section>{cards}</section></article></body></html>"
    assert "pier number 5" in extract(within).text
    beside = f"<html><body><div>{intro}</div><div>{cards}</div></body></html>"
    assert "pier number 5" not in extract(beside).text


@pytest.mark.parametrize("count", [2, 4, 14])
def test_a_body_in_several_containers_of_one_class_is_one(count: int) -> None:
    """Full-width advertisements part the text; all parts are the article."""
    part = "<div class='sidebar-grid'><div class='article__content'><p>{} In part {}.</p></div></div>"
    parts = "<div class='ad'>Ad</div>".join(part.format(PARAGRAPHS[0], n) for n in range(count))
    assert len(extract(page(parts)).blocks) == count
