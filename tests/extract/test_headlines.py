"""Which of a page's headings is the headline, and what of it."""

from __future__ import annotations

import pytest

from revtrack.extract import extract
from revtrack.model import Article, HeadlineSource

from .pages import STORY, page

TITLE = "Bridge closes for the winter"
GRAPH = f'<meta property="og:title" content="{TITLE}">'


def shown(article: Article) -> str | None:
    """The headline that stands on the page."""
    found = [one.text for one in article.headlines if one.source is HeadlineSource.H1]
    return found[0] if found else None


def article(heading: str, *, head: str = GRAPH, title: str = TITLE) -> Article:
    """The article of a page with this heading over the story."""
    whole = page(STORY, head=head, title=title)
    return extract(whole.replace(f"<h1>{title}</h1>", heading))


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>{TITLE} <a href='#' class='watch'>Add to your list</a></h1>",
        f"<h1><span>{TITLE}</span> <span class='sub'>Ferries until April</span></h1>",
        f"<h1><span class='topic'>Harbour</span> <span>{TITLE}</span></h1>",
        f"<h1>\n  {TITLE}\n<button>Save</button></h1>",
    ],
)
def test_a_heading_that_holds_more_than_the_headline(heading: str) -> None:
    """Buttons, kickers and subtitles inside the heading are neither headline nor body."""
    found = article(heading)
    assert shown(found) == TITLE
    assert found.text == extract(page(STORY)).text


def test_a_kicker_that_the_page_states_is_part_of_the_headline() -> None:
    """Where the page itself names the whole heading, no part of it is left out."""
    head = f'<meta property="og:title" content="Harbour: {TITLE}">'
    heading = f"<h1><span>Harbour</span>: <span>{TITLE}</span></h1>"
    assert shown(article(heading, head=head)) == f"Harbour: {TITLE}"


@pytest.mark.parametrize(
    "box",
    [
        "<div id='search' class='dark hidden'><h1>No matches for your search</h1></div>",
        "<div id='welcome-overlay'><h1>Become a member of the Harbour Paper</h1></div>",
        "<nav><article><h1>Harbour mill to be sold again</h1></article></nav>",
        "<ul><li><a href='/mill'><article><h1>Harbour mill to be sold</h1></article></a></li></ul>",
        "<section><h1><a href='/mill'>Harbour mill to be sold again</a></h1></section>",
        "<form><h1>Which stories shall we send you?</h1></form>",
    ],
)
def test_the_headings_of_boxes_and_teasers_are_no_headlines(box: str) -> None:
    """Of a page that states another headline than it shows, the one h1 of the article is shown."""
    head = '<meta property="og:title" content="Why nobody crosses at Skelness this year">'
    whole = page(STORY, head=head, title="Why nobody crosses at Skelness this year")
    whole = whole.replace("<h1>Why nobody crosses at Skelness this year</h1>", f"<h1>{TITLE}</h1>")
    assert shown(extract(whole.replace("<main>", f"{box}<main>"))) == TITLE
    assert shown(extract(whole.replace("</main>", f"</main>{box}"))) == TITLE


def test_the_name_of_a_blog_in_the_middle_of_the_title_is_no_headline() -> None:
    """Of headings that are parts of the title, the one of its longest part is the headline."""
    title = f"{TITLE}: The Quay Eye: Skelness News"
    body = f"<h2>The Quay Eye</h2><div><h2>{TITLE}</h2>{STORY}</div>"
    whole = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    assert shown(extract(whole)) == TITLE


def test_the_name_of_a_site_in_another_spelling_is_no_headline() -> None:
    """An h1 that says nearly what the end of the title says is the site's name."""
    found = article("<h1>Skelness Forums®</h1>", head="", title=f"{TITLE} - Skelness.example Forums")
    assert shown(found) is None


def test_a_page_that_is_named_like_an_application_is_no_site() -> None:
    """``application-name`` may hold the headline, which does not make it the name of the site."""
    names = '<meta property="og:site_name" content="Skelness News">'
    head = f'{GRAPH}{names}<meta name="application-name" content="{TITLE}">'
    assert shown(article(f"<h1>{TITLE}</h1>", head=head)) == TITLE


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("<h1>Bridge closes<br>for the winter</h1>", "Bridge closes for the winter"),
        ("<h1><style>.x{color:red}</style><span>Bridge closes</span></h1>", "Bridge closes"),
        ("<h1>Bridge<script>track()</script> closes</h1>", "Bridge closes"),
        ("<h1><div>Bridge</div><div>closes</div></h1>", "Bridge closes"),
        (
            "<h1><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>が<ruby>閉<rt>し</rt></ruby>まる</h1>",
            "橋が閉まる",
        ),
        ("<h1>Br<b>idge</b> closes</h1>", "Bridge closes"),
    ],
)
def test_only_words_that_readers_read_are_of_a_headline(heading: str, expected: str) -> None:
    """Line breaks and blocks are spaces; styles, scripts and readings are no words."""
    assert shown(article(heading, head="", title="")) == expected


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        (f"<h1><span>Transport</span> {TITLE}</h1>", GRAPH),
        (f"<h1><em>Breaking</em> {TITLE}</h1>", GRAPH),
        (f"<h1><span>Eilmeldung</span><span> – </span><span>{TITLE}</span></h1>", GRAPH),
        (
            f"<h1><span>Winter works</span><span> - </span><span>{TITLE}</span></h1>",
            f"<meta property='og:title' content='Harbour: {TITLE}'>",
        ),
    ],
)
def test_a_label_in_an_element_of_its_own_is_no_part_of_a_headline(heading: str, head: str) -> None:
    """What the page's own statements leave out at the beginning is a label."""
    assert shown(article(heading, head=head)) == TITLE


def test_a_label_that_each_statement_has_is_part_of_the_headline() -> None:
    """A topic before the headline stays where the page states it everywhere."""
    whole = f"Harbour: {TITLE}"
    found = article(
        f"<h1><span>Harbour: </span><span>{TITLE}</span></h1>",
        head=f"<meta property='og:title' content='{whole}'>",
        title=whole,
    )
    assert shown(found) == whole


def test_the_last_of_a_row_of_links_is_no_headline() -> None:
    """Where an h1 ends a trail of sections, the heading that readers see is the headline."""
    links = "<li><a href='/'>Home</a></li><li><a href='/n'>News</a></li>"
    trail = f"<ol>{links}<li><h1>Bridge: winter works</h1></li></ol>"
    found = article(f"{trail}<h2>{TITLE}</h2>")
    assert shown(found) == TITLE
    alone = article(trail, head="<meta property='og:title' content='Bridge: winter works'>")
    assert shown(alone) == "Bridge: winter works"


def test_the_name_of_a_site_is_no_headline_wherever_the_title_has_it() -> None:
    """What a title has beside the headline for shared links is the name of the site or of a section."""
    for title in (f"Quay Notes: {TITLE}", f"{TITLE} | Quay Notes", f"Quay Notes – {TITLE}"):
        whole = page(STORY, head=GRAPH, title=title)
        found = extract(whole.replace(f"<h1>{title}</h1>", f"<h1>Quay Notes</h1><h3>{TITLE}</h3>"))
        assert found.headline == TITLE
        assert shown(found) == TITLE


def test_a_label_in_a_lesser_heading_is_no_part_of_the_headline() -> None:
    """Where no h1 or h2 says what the page states, an element of a lesser heading may."""
    whole = page("<p>Mon 13.05.24 | 14:07 | By Ann Lee</p>" + STORY, head=GRAPH, title=TITLE)
    labelled = f"<h3><span>Works on the quay -</span> <span>{TITLE}</span></h3>"
    found = extract(whole.replace(f"<h1>{TITLE}</h1>", labelled))
    assert shown(found) == TITLE
    assert found.byline == "Ann Lee"


def test_a_headline_of_two_words_needs_no_title() -> None:
    """A lone h1 above all text is the headline of a page that says nothing else of itself."""
    body = f"<html><body><h1>Lamp lit</h1>{STORY}</body></html>"
    assert extract(body).headline == "Lamp lit"
    below = f"<html><body>{STORY}<h1>Sign up</h1></body></html>"
    assert extract(below).headline is None


def test_a_menu_that_was_never_closed_holds_the_headline() -> None:
    """What holds most of the running text is no menu or box, whatever it is called."""
    whole = page(STORY * 2, head=GRAPH)
    found = extract(
        whole.replace("<main>", "<nav class='menu'><div><main>").replace(
            TITLE + "</h1>", TITLE + " now</h1>"
        )
    )
    assert shown(found) == f"{TITLE} now"
