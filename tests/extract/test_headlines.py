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
