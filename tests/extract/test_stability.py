"""What sites do between two captures, and the article stays what it was."""

from __future__ import annotations

import pytest

from revtrack.extract import explain, extract
from revtrack.extract.labels import is_counter

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("made", ["css-9ad8f1", "story__3kAd9", "sc-gAdXyz", "text_2comment7 nav4x"])
def test_names_that_a_build_tool_made_say_nothing(made: str) -> None:
    """Letters of chance in a generated class name spell no advertisement and no menu."""
    assert extract(page(STORY.replace("<p>", f"<p class='{made}'>", 1))).text == TEXT


@pytest.mark.parametrize("name", ["ad300x250", "topAdSlot", "ad-9f3c", "comments_3fK2z"])
def test_words_beside_what_a_build_tool_made_are_read(name: str) -> None:
    """Sizes and hashes in a name do not hide the word that it has."""
    box = f"<div class='{name}'><p>Buy the bridge by post.</p></div>"
    assert extract(page(STORY + box)).text == TEXT


def test_a_thread_longer_than_its_article_is_not_the_article() -> None:
    """Readers' comments are told by their name, however many there are."""
    thread = "".join(f"<div><b>Reader {n}</b><p>{' '.join(PARAGRAPHS)}</p></div>" for n in range(30))
    assert extract(page(STORY + f"<section id='comments'>{thread}</section>")).text == TEXT


def test_comments_are_the_text_where_there_is_no_other() -> None:
    """A page that has nothing but comments, or its headline among them, is not left empty."""
    named = f"<div class='comments'>{STORY}</div>"
    assert extract(page(named)).text == TEXT
    headed = f"<html><body><div id='comments'><h1>Bridge closes</h1>{STORY}</div>"
    assert (
        extract(headed + "<p>The harbour paper is read on both banks.</p></body></html>").text == TEXT
    )


@pytest.mark.parametrize(
    "counter",
    [
        "1.2K shares",
        "1,234 views · 5 min read · 12 comments",
        "3 hours ago",
        "vor 3 Stunden",
        "il y a 2 jours",
        "hace 5 horas",
        "3 часа назад",
        "3時間前",
        "12条评论",
        "Facebook 1.2K",
        "Facebook | Twitter | E-mail",
        "Lesezeit: 4 Minuten",
        "Image 3 of 12",
    ],
)
@pytest.mark.parametrize("where", [0, 1, 3])
def test_counters_are_left_out_wherever_they_stand(counter: str, where: int) -> None:
    """What is counted, and how long ago it was, changes by the hour and is no text."""
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    parts.insert(where, f"<p class='x'>{counter}</p>")
    assert extract(page("".join(parts))).text == TEXT


@pytest.mark.parametrize(
    "text",
    ["12 days of rain", "5 minutes", "Facebook", "It was 3 hours ago that it sank", "30 August", "7"],
)
def test_text_with_numbers_is_no_counter(text: str) -> None:
    """A short text that says something else than what is counted is kept."""
    assert extract(page(STORY + f"<p>{text}</p><p>{PARAGRAPHS[0]}!</p>")).blocks[3].text == text


def test_share_buttons_go_as_a_list_and_companies_stay() -> None:
    """The names of networks are buttons where all beside them is, and companies elsewhere."""
    buttons = "<ul><li>Facebook 1.2K</li><li>WhatsApp</li><li>E-Mail</li></ul>"
    assert extract(page(buttons + STORY)).text == TEXT
    firms = "<ul><li>Facebook</li><li>The harbour works</li></ul>"
    assert [block.text for block in extract(page(STORY + firms + STORY)).blocks[3:5]] == [
        "Facebook",
        "The harbour works",
    ]


@pytest.mark.parametrize("line", ["By Jane Roe · 3 hours ago", "Von Jana Roth, 4. Mai 2031, 11:20"])
def test_a_byline_may_stand_under_the_summary(line: str) -> None:
    """The summary under a headline does not make text of the byline after it."""
    summary = f"<p>{PARAGRAPHS[1]}</p>"
    rest = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>"
    blocks = extract(page(f"{summary}<p>{line}</p>{rest}")).blocks
    assert line not in [block.text for block in blocks]


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


@pytest.mark.parametrize("length", [1, 40])
def test_the_next_article_is_another(length: int) -> None:
    """What a site appends for those who read on, with a headline of its own, is not the article."""
    others = "".join(f"<p>Part {n} of a story on the lamps along the quay.</p>" for n in range(9))
    following = f"<article><h1>The lamps of the quay</h1>{others * length}</article>"
    html = page(STORY).replace("</article>", "</article>" + following)
    assert extract(html).text == TEXT


def test_an_article_in_many_small_parts() -> None:
    """Parts that are named as the body and of which none holds a tenth of it are all the article."""
    parts = "".join(f"<div class='story-body'><p>{text}</p></div>" for text in PARAGRAPHS * 5)
    assert extract(page(parts)).text.count(PARAGRAPHS[0]) == 5


@pytest.mark.parametrize("role", ["dialog", "alertdialog", "complementary", "contentinfo"])
@pytest.mark.parametrize("at_the_top", [True, False])
def test_what_an_element_says_it_is_to_programs_that_read_aloud(role: str, *, at_the_top: bool) -> None:
    """A question for consent and a box beside the story are told by their role where no name tells."""
    asked = "".join(
        f"<p>Our partner {n} keeps crumbs on your machine, if you let it.</p>" for n in range(9)
    )
    box = f"<div class='css-1' role='{role}'><div>{asked}</div></div>"
    assert extract(page(box + STORY if at_the_top else STORY + box)).text == TEXT


def test_replies_inside_comments_are_comments_too() -> None:
    """Comments that hold their replies are taken out once, however deep they stand."""
    said = (
        "<p>I have walked over that bridge each day for years and shall miss it through the winter.</p>"
    )
    reply = f"<div>{said}<button>Reply</button></div>"
    thread = f"<div><div>{said}<button>Reply</button>{reply * 3}</div>{reply * 3}</div>"
    assert extract(page(STORY * 2 + thread)).text == extract(page(STORY * 2)).text


@pytest.mark.parametrize("text", ["60 x 40", "Threads 10"])
def test_measures_are_no_counters(text: str) -> None:
    """A network's name that means other things makes no counter of a number."""
    assert not is_counter(text)
