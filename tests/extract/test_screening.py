"""Screening: captures that hold no article, each with its reason."""

from __future__ import annotations

import gzip
import json
from datetime import datetime

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.extract.parsing import MAX_BYTES
from revtrack.model import Capture, ScreenReason, Snapshot

from .pages import PARAGRAPHS, STORY, page


@pytest.mark.parametrize(
    ("capture", "reason"),
    [
        (b"", ScreenReason.EMPTY),
        (b" \r\n\t", ScreenReason.EMPTY),
        (b"\0\0\0", ScreenReason.EMPTY),
        (b"<!-- nothing -->", ScreenReason.EMPTY),
        (b"<html></html>", ScreenReason.NO_ARTICLE),
        (b"<", ScreenReason.NO_ARTICLE),
        (b"\xff\xfe", ScreenReason.EMPTY),
        (b"%PDF-1.7\n1 0 obj", ScreenReason.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n\0\0", ScreenReason.NOT_HTML),
        (gzip.compress(b"<p>page</p>", mtime=0), ScreenReason.NOT_HTML),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", ScreenReason.NO_ARTICLE),
        (b"<html><body><div id='root'></div><script src='/app.js'></script>", ScreenReason.SHELL),
        (b"<div>" * 5_000, ScreenReason.TOO_DEEP),
    ],
)
def test_each_reason(capture: bytes, reason: ScreenReason) -> None:
    """What holds no article is refused with its reason, the address of the page and what to do."""
    with pytest.raises(ExtractionError, match=r"capture|pass|check") as caught:
        extract(capture, url="https://paper.example/b")
    assert caught.value.reason is reason
    assert caught.value.url == "https://paper.example/b"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, STORY, ScreenReason.ERROR_PAGE),
        (503, STORY, ScreenReason.ERROR_PAGE),
        (403, b"<title>Just a moment...</title><p>Checking your browser", ScreenReason.BOT_CHECK),
        (200, b"", ScreenReason.EMPTY),
    ],
)
def test_a_page_served_as_an_error_is_no_version(
    status: int, body: bytes | str, reason: ScreenReason
) -> None:
    """A page with an error status is screened out whatever it shows, with the reason its words give."""
    body = body if isinstance(body, bytes) else body.encode()
    with pytest.raises(ExtractionError) as caught:
        extract(Snapshot(Capture("https://paper.example/b", None), body, status=status))
    assert caught.value.reason is reason


def test_a_page_that_was_found_or_not_modified_is_read() -> None:
    """200, 304 and an unknown status are those of a page."""
    story = STORY if isinstance(STORY, bytes) else STORY.encode()
    for status in (200, 304, None):
        assert extract(Snapshot(Capture(None, None), story, status=status)).blocks


SHORT = "<p>The bridge over the channel is open again after ten years of work, the mayor said.</p>"


def _bare(title: str, body: str) -> str:
    """A page without a story or any statement about one."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Page not found", "<p>The page that you want is not here. Try the search.</p>", "ERROR_PAGE"),
        ("404", "", "ERROR_PAGE"),
        (
            "Error 404 | The Harbour Paper",
            "<p>We have looked everywhere on the quay.</p>",
            "ERROR_PAGE",
        ),
        ("Seite nicht gefunden", "<p>Diese Seite gibt es im Hafen nicht mehr.</p>", "ERROR_PAGE"),
        (
            "Internet Archive: Temporarily Unavailable",
            "<p>The library of the web is shut for the moment. Look in at its own pages.</p>",
            "ERROR_PAGE",
        ),
        (
            "Pywb Wayback Machine",
            "<h2>URL Not Found</h2><p>https://harbour.example/ is not in the collection.</p>",
            "ERROR_PAGE",
        ),
        ("Arquivo.pt: temporariamente em obras", "<p>Volte mais tarde ao cais.</p>", "ERROR_PAGE"),
        ("ページが見つかりません", "<p>お探しのページは移動したか、削除されました。</p>", "ERROR_PAGE"),
        (
            "harbour.example",
            "<p>Please verify you are human before we let you aboard.</p>",
            "BOT_CHECK",
        ),
        ("One moment", "<div>Checking your browser before the harbour opens ...</div>", "BOT_CHECK"),
        (
            "Harbour",
            "<p>We use cookies to know our ships. Accept all cookies or leave.</p>",
            "CONSENT_WALL",
        ),
        (
            "Hafen",
            "<p>Wir verwenden Cookies, damit der Hafen läuft. Stimmen Sie zu.</p>",
            "CONSENT_WALL",
        ),
        ("Bridge opens", "<p>Already a subscriber? Log in to continue aboard.</p>", "LOGIN_WALL"),
        ("Brücke offen", "<p>Nur für Abonnenten. Bitte melden Sie sich im Hafen an.</p>", "LOGIN_WALL"),
        ("Harbour", "<noscript>You need to enable JavaScript to run this app.</noscript>", "SHELL"),
        ("Harbour", "<p>Please enable JavaScript to see the ships.</p>", "SHELL"),
    ],
)
def test_what_stands_in_the_place_of_an_article(title: str, body: str, reason: str) -> None:
    """Errors, bot checks, consent and login walls and shells are refused, each by its name."""
    with pytest.raises(ExtractionError) as caught:
        extract(_bare(title, body))
    assert caught.value.reason.name == reason


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Hikers who got lost at 404 Harbour Street were not found by nightfall", SHORT),
        ("Captain not found at the inquiry, a court in the harbour town was told", SHORT),
        ("Page not found", "<meta name='author' content='Ada Pier'>" + SHORT),
        ("Page not found", STORY * 3),
        (
            "Harbour paper",
            STORY + "<p>Please verify that you are human, said the robot.</p>" + STORY * 2,
        ),
        ("Cookies for all", STORY + "<p>We use cookies of butter in our bakery on the quay.</p>"),
        ("Bridge opens", STORY + "<p>To continue reading, log in.</p>"),
        ("The old page has been removed from the harbour book", SHORT),
        ("Harbour", "<p>Partners of the port process personal data of crews, a report says.</p>" * 12),
        ("Not found", STORY * 3),
        ("Internet Archive: pier postcards temporarily on show | Harbour Post", SHORT),
        ("Web archive offline, says the harbour master", SHORT),
        ("Wayback Machine keeps the harbour's first page", SHORT),
        ("Script writers", STORY + "<p>Please enable JavaScript to see the ships.</p>"),
    ],
)
def test_a_short_article_stays(title: str, body: str) -> None:
    """An article that speaks of errors, cookies or logins is one, and so is a teaser before a wall."""
    assert extract(_bare(title, body)).blocks


def test_a_page_beyond_the_bound_is_refused() -> None:
    """The largest page that is read is stated, and one byte more is refused."""
    with pytest.raises(ExtractionError, match="67,108,864"):
        extract(b"<p>" + b"x" * MAX_BYTES)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 900,
        "<b>" * 1_500 + "x",
        "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">x</p>",
        "<p " + " ".join(f"a{number}" for number in range(60_000)) + ">x</p>",
        "<a href='/x'>" * 5_000,
        "<li>x<span>" * 900 + "word " * 100_000,
        "<h1>x<h2>" * 900 + "word " * 100_000,
        "<!-- " * 5_000,
        "<" * 20_000,
        "&" * 20_000,
        "<br>" * 20_000,
    ],
)
def test_hostile_markup_costs_nothing_of_the_article(hostile: str) -> None:
    """Deep nesting, many attributes and unfinished markup after the story leave the story whole."""
    text = extract(page(STORY + hostile)).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


TEASERS = "".join(
    f"<div><h3>Berth {number} is debated</h3><p>The council met on day {number} to talk of the "
    "berth, and members said that its cost had grown since the spring.</p></div>"
    for number in range(10)
)
TERMS = "<p>We and our partners store and access information on a device, such as cookies.</p>" * 12


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Page not found", "<p>We could not find that page. Popular now:</p>" + TEASERS, "ERROR_PAGE"),
        ("Page not found", "<meta name=robots content=noindex>" + TEASERS, "ERROR_PAGE"),
        ("404 Not Found", TEASERS, "ERROR_PAGE"),
        ("Seite nicht gefunden", "<p>Die Seite gibt es nicht mehr.</p>" + TEASERS, "ERROR_PAGE"),
        ("We value your privacy", TERMS, "CONSENT_WALL"),
        ("Harbour", "<h2>We value your privacy</h2>" + TERMS, "CONSENT_WALL"),
        ("Oops!", "<p>We can't find the page you're looking for.</p>", "ERROR_PAGE"),
        ("Harbour", "<p>The requested URL /berth was not found on this server.</p>", "ERROR_PAGE"),
        ("Be right back", "<p>The harbour paper is down for scheduled maintenance.</p>", "ERROR_PAGE"),
        ("Harbour", "<p>Please enable JS and disable any ad blocker</p>", "BOT_CHECK"),
    ],
)
def test_errors_with_other_stories_and_walls_with_their_terms(
    title: str, body: str, reason: str
) -> None:
    """A page with much text is screened out where title, heading and text agree that it is none."""
    with pytest.raises(ExtractionError) as caught:
        extract(page(body, title=title))
    assert caught.value.reason is ScreenReason[reason]


@pytest.mark.parametrize("body", ["<p>We could not find that page.</p>" + TEASERS, TERMS])
def test_a_page_that_states_its_author_is_no_error_however_it_speaks(body: str) -> None:
    """What states its author is an article, whatever its title and text say."""
    author = "<meta name=author content='Ada Pier'>"
    assert extract(page(author + body, title="Page not found")).headline == "Page not found"


def test_a_text_that_a_script_would_show() -> None:
    """HTML in the data of a script is the text of a page without any, under the title in that data."""
    html = json.dumps(STORY * 2).replace("<", "\\u003c")
    data = f'{{"title": "Bridge closes for the winter", "html": {html}}}'
    head = '<meta property="og:title" content="Bridge closes for the winter - Harbour Paper">'
    shell = "<html><head><title>Harbour Paper</title>{}</head><body><div id=app></div>{}</body></html>"
    pushed = [f"window.state = {data}", f"self.f.push([1, {json.dumps('4:' + data)}])"]
    for script in pushed:
        found = extract(shell.format(head, f"<script>{script}</script>"))
        assert found.headline == "Bridge closes for the winter"
        assert found.text.startswith(PARAGRAPHS[0])
        assert found.published_at is None
    for times in ('"2024-01-05 18:49", "2024-01-05 18:40"', '"2024.01.05 18:40"'):
        dated = pushed[0].replace('"html"', f'"times": [{times}], "html"')
        moment = extract(shell.format(head, f"<script>{dated}</script>")).published_at
        assert moment == datetime(2024, 1, 5, 18, 40)
    several = pushed[0].replace('"html"', '"times": ["2024-01-05 18:49", "2023-01-05 18:40"], "html"')
    assert extract(shell.format(head, f"<script>{several}</script>")).published_at is None
    other = pushed[0].replace("Bridge closes", "Ferry starts")
    with pytest.raises(ExtractionError):
        extract(shell.format(head, f"<script>{other}</script>"))
