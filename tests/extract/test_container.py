"""The container of one capture is looked for in the next before choosing anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given

import revtrack
from revtrack import codec
from revtrack.extract import extract
from revtrack.model import Article, Capture, Snapshot
from revtrack.remarks import RemarkKind
from revtrack.testing import articles, html_page

HEADLINE = "Cable car stays shut until spring"
STORY = (
    "The cable car above Lower Marrow will stay shut until the spring, its owners said on Monday.",
    "A bolt of the second pylon was found to be cracked when the line was looked over in October.",
    "The new bolts are forged in Ostrand and have to be tested for six weeks before they may be used.",
    "Until then a bus takes walkers and the people of the village to the ridge, four times a day.",
    "The owners do not yet know what the repair will cost, and whether they will be insured for it.",
)
RIVER = tuple(
    f"The {name} of Upper Marrow was sold to a family from the coast, who will turn it into {use}."
    for name in ("mill", "school", "tannery", "brewery", "saw mill", "smithy", "toll house", "chapel")
    for use in ("a hotel for walkers and their dogs", "flats for the young people of the valley")
)


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join([f"<p>{text}</p>" for text in texts])


def _page(
    story: Sequence[str] = STORY,
    *,
    river: Sequence[str] = (),
    holder: str = "<div class='text'>{}</div>",
    head: str = f"<h1>{HEADLINE}</h1>",
) -> str:
    """A page with a river of other stories beside the article, in no element that tells by its name."""
    return (
        f"<html lang='en'><head><title>{HEADLINE}</title></head><body><div class='wrap'>"
        f"<div class='left'>{head}{holder.format(_paragraphs(story))}</div>"
        f"<div class='right'>{_paragraphs(river)}</div></div></body></html>"
    )


def _history(pages: Sequence[str]) -> revtrack.History:
    start = datetime(2024, 1, 5, 12, tzinfo=UTC)
    return revtrack.History.from_snapshots(
        [
            Snapshot(Capture("https://marrow.example/cable", start + timedelta(hours=n)), page.encode())
            for n, page in enumerate(pages)
        ]
    )


@pytest.mark.parametrize("stories", [4, 8, 16])
def test_a_box_that_outweighs_the_article_is_no_change(stories: int) -> None:
    """What was taken for the article in one capture is found again beside a box that grew."""
    old, new = _page(), _page(river=RIVER[:stories])
    assert extract(new).text != extract(old).text
    revision = revtrack.compare(old, new)
    assert revision.new.text == "\n\n".join(STORY)
    assert revision.changes == ()


@pytest.mark.parametrize("stories", [8, 16])
def test_a_box_between_headline_and_text_is_no_opening(stories: int) -> None:
    """A river of other stories above the text is left out, and what was found before is found again."""
    box = f"<h1>{HEADLINE}</h1><div>{_paragraphs(RIVER[:stories])}</div>"
    revision = revtrack.compare(_page(), _page(head=box))
    assert revision.new.text == "\n\n".join(STORY)
    assert revision.changes == ()


def test_an_opening_stays_one_however_long_it_grows() -> None:
    """A summary above the text is part of the article; where it was one before, a long one is, too."""
    story = [f"{one} It was day {day} of the repair." for day in range(5) for one in STORY]
    old, new = [
        _page(
            story,
            head=f"<h1>{HEADLINE}</h1><div>{_paragraphs(RIVER[:count])}</div>",
            holder="<div itemprop='articleBody'>{}</div>",
        )
        for count in (5, 9)
    ]
    assert extract(new).text == "\n\n".join(story)
    revision = revtrack.compare(old, new)
    assert revision.old.text == "\n\n".join([*RIVER[:5], *story])
    assert [change.new for change in revision.changes] == list(RIVER[5:9])


def test_an_edit_beside_a_box_that_outweighs_the_article_is_the_only_change() -> None:
    """Looking for the container hides nothing that happened in it."""
    edited = (
        *STORY[:3],
        STORY[3].replace("four", "seven"),
        *STORY[4:],
        "Dogs may travel too, for once.",
    )
    revision = revtrack.compare(_page(), _page(edited, river=RIVER))
    assert [type(change) for change in revision.changes] == [revtrack.TextEdited, revtrack.TextAdded]


@pytest.mark.parametrize(
    "holder",
    [
        "<section id='story'>{}</section>",
        "<div><div class='copy'>{}</div></div>",
        "<article class='text'>{}</article>",
    ],
)
def test_a_container_of_another_name_is_chosen_anew(holder: str) -> None:
    """A redesign gives no change, and the name that is new is the one that is looked for next."""
    renamed = _page(holder=holder)
    revision = revtrack.compare(_page(), renamed)
    assert revision.changes == ()
    assert revision.remarks == ()
    history = _history([_page(), renamed, _page(holder=holder, river=RIVER)])
    assert len(history.versions) == 1
    assert history.versions[0].article.container == extract(renamed).container


def test_a_copy_of_the_text_before_its_container_is_no_part_of_it() -> None:
    """A page that holds the text once more, outside the container that is known, is the same."""
    twice = _page(holder=_paragraphs(STORY) + "<div class='text'>{}</div>")
    assert revtrack.compare(_page(), twice).changes == ()


def test_a_name_that_another_box_bears_by_now_is_not_followed() -> None:
    """The words of the article count for more than the name of what they stood in."""
    box = f"<div class='text'>{_paragraphs(RIVER[:5])}</div>"
    new = _page(holder="<div class='copy'>{}</div>" + box)
    assert extract(_page()).container == "div.text"
    assert revtrack.compare(_page(), new).new.container == "div.left"


def test_of_two_articles_on_one_page_the_one_of_the_earlier_capture_is_taken() -> None:
    """A longer story that was loaded under the article is another one, though it is called the same."""
    first = f"<article class='post'><h2>{HEADLINE}</h2>{_paragraphs(STORY)}</article>"
    other = f"<article class='post'><h2>Half a village sold</h2>{_paragraphs(RIVER * 3)}</article>"
    title = f"<title>{HEADLINE}</title>"
    old, new = (
        f"<html><head>{title}</head><body><div>{posts}</div></body></html>"
        for posts in (first, first + other)
    )
    assert "tannery" in extract(new).text
    assert revtrack.compare(old, new).changes == ()


def test_a_second_part_of_the_article_is_added_text() -> None:
    """Several elements of one name under the headline are the parts of one article."""
    part = "<div class='text'>{}</div>"
    more = tuple([text.replace("sold", "sold in the autumn") for text in RIVER[:6]])
    old, new = _page(holder=part), _page(holder=part + part.format(_paragraphs(more)))
    revision = revtrack.compare(old, new)
    assert revision.new.text == "\n\n".join([*STORY, *more])
    assert revision.added


@pytest.mark.parametrize("entries", [5, 9, 16])
@pytest.mark.parametrize("first", ["", "<h1>The day on the ridge</h1>"])
def test_the_second_entry_of_a_live_blog_is_added_text(first: str, entries: int) -> None:
    """Entries bear an id each: one of an earlier capture is no container of those that follow."""
    entry = "<article class='entry' id='e{}'>{}</article>".format
    page = "<html><body><main>{}<div class='feed'>{}</div></main></body></html>".format
    old = page(first, entry(1, _paragraphs(STORY)))
    new = page(first, entry(2, _paragraphs(RIVER[:entries])) + entry(1, _paragraphs(STORY)))
    assert extract(old).container == "article#e1.entry"
    revision = revtrack.compare(old, new)
    assert revision.new == extract(new)


def test_a_story_that_outgrew_its_summary_is_taken_whole() -> None:
    """The container of a few lines is not trusted: the story that follows may stand beside it."""
    old = _page(STORY[:2])
    new = _page(
        STORY[:2], holder="<div class='text'>{}</div>" + f"<div class='rest'>{_paragraphs(RIVER)}</div>"
    )
    assert RIVER[-1] in revtrack.compare(old, new).new.text


def test_an_element_that_says_that_it_is_the_body_is_not_given_up() -> None:
    """What the site itself names the article's body goes before a name that was remembered."""
    old = _page()
    new = _page(
        holder=f"<div itemprop='articleBody'><div class='text'>{{}}</div>{_paragraphs(RIVER)}</div>"
    )
    assert RIVER[-1] in revtrack.compare(old, new).new.text


def test_another_container_is_remarked_where_text_came_or_went() -> None:
    """A program can read that what was added may come of where the text was taken from."""
    new = _page((*STORY, RIVER[0]), holder="<section id='story'>{}</section>")
    revision = revtrack.compare(_page(), new)
    (remark,) = revision.remarks
    assert remark.kind is RemarkKind.ANOTHER_CONTAINER
    assert "div.text" in remark.text
    assert "section#story" in remark.text


def test_names_that_come_of_counters_are_not_remembered() -> None:
    """Classes with a digit and the order of classes do not count; one without a name has its place."""
    for classes in ("wide text c-x81", "text t-31 wide"):
        assert extract(_page(holder=f"<div class='{classes}'>{{}}</div>")).container == "div.text.wide"
    article = extract(_page(holder="<div role='main' id='a'><div>{}</div></div>"))
    assert article.container == "div#a[role=main] > div"


def test_the_container_is_kept_in_json_and_makes_no_difference() -> None:
    """It survives writing and reading; two articles that differ in it alone are equal."""
    article = extract(_page())
    assert codec.loads(codec.dumps(article), Article).container == "div.text"
    assert attrs.evolve(article, container=None) == article
    assert article.container is not None
    assert revtrack.from_text("\n\n".join(STORY)).container is None


@given(articles())
def test_a_page_looked_at_again_gives_the_same_article(article: Article) -> None:
    """An article that is known from the same page changes nothing."""
    page = html_page(article)
    first = extract(page)
    assert extract(page, earlier=first) == first


def test_a_history_continued_finds_the_container_again() -> None:
    """Telling later captures after the first ones gives what telling all at once gives."""
    pages = [
        _page(),
        _page(holder="<section id='s'>{}</section>"),
        _page(holder="<section id='s'>{}</section>", river=RIVER),
    ]
    whole = _history(pages)
    assert len(whole.versions) == 1
    for cut in (1, 2):
        kept = codec.loads(codec.dumps(_history(pages[:cut])), revtrack.History)
        snapshots = [
            Snapshot(capture, page.encode())
            for capture, page in list(zip(whole.captures, pages, strict=True))[cut:]
        ]
        assert kept.continued(snapshots) == whole
