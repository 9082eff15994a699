"""Signs that only a part of an article was captured."""

from __future__ import annotations

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.extract.pleas import is_gate
from revtrack.model import Capture, Redirect, ScreenReason, Snapshot
from revtrack.remarks import RemarkKind

from .pages import STORY, page

WHOLE = page(STORY).encode()
URL = "https://paper.example/bridge"


def _kinds(body: bytes, **described: object) -> list[RemarkKind]:
    snapshot = Snapshot(Capture(URL, None), body, **described)  # type: ignore[arg-type]  # by name
    return [remark.kind for remark in extract(snapshot).remarks]


@pytest.mark.parametrize("end", ["<div cla", "<p>Ferries will carry pass", "</p>", "<a href='/x"])
def test_a_page_that_breaks_off_is_remarked(end: str) -> None:
    """Inside a tag, inside a word, between paragraphs: an end that is none."""
    cut = f"<html><body><article>{STORY}{end}".encode()
    assert _kinds(cut) == [RemarkKind.TRUNCATED]


@pytest.mark.parametrize(
    "html",
    [
        page(STORY),
        page(STORY).upper().replace("HTTP", "http"),
        STORY,
        f"<html><body>{STORY}",
        f"<html><body><p>{'One sentence after another. ' * 9}<p>{'And some more. ' * 9}",
    ],
)
def test_a_page_that_ends_is_not(html: str) -> None:
    """End tags may be left out, as HTML allows, and a part of a page may be given."""
    assert _kinds(html.encode()) == []


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Content-Length", str(len(WHOLE) + 1)),), [RemarkKind.TRUNCATED]),
        ((("Content-Length", str(len(WHOLE))),), []),
        ((("content-length", str(len(WHOLE) - 1)),), []),
        ((("Content-Length", "9999999"), ("Content-Encoding", "gzip")), []),
        ((("Content-Length", "unknown"),), []),
    ],
)
def test_fewer_bytes_than_announced_are_remarked(
    headers: tuple[tuple[str, str], ...], expected: list[RemarkKind]
) -> None:
    """The length that the server announced is believed where the body was not encoded."""
    assert _kinds(WHOLE, headers=headers) == expected


@pytest.mark.parametrize(
    ("head", "wall"),
    [
        ("", "<div class='paywall'><h3>Subscribe to continue reading</h3></div>"),
        (
            """<script type="application/ld+json">
            {"@type": "NewsArticle", "headline": "Bridge", "isAccessibleForFree": "False"}</script>""",
            "",
        ),
    ],
)
def test_a_short_text_at_a_wall_is_remarked(head: str, wall: str) -> None:
    """A request to log in, or the page's own word that it is not free, is the sign of a teaser."""
    assert _kinds(page(STORY + wall, head=head).encode()) == [RemarkKind.TEASER]
    assert _kinds(page(STORY * 12 + wall, head=head).encode()) == []


def test_a_longer_opening_may_be_a_teaser_where_the_page_says_that_it_is_not_free() -> None:
    """Five paragraphs before a wall are a teaser where the page itself says that there is more."""
    stated = (
        '<script type=\'application/ld+json\'>{"@type": "NewsArticle", '
        '"headline": "Bridge", "isAccessibleForFree": false}</script>'
    )
    assert _kinds(page(STORY * 7, head=stated).encode()) == [RemarkKind.TEASER]
    assert _kinds(page(STORY * 7).encode()) == []


@pytest.mark.parametrize(
    ("asked", "served", "refused"),
    [
        (URL, "https://paper.example/", True),
        (URL, "https://www.paper.example", True),
        (URL, "https://paper.example/bridge-2", False),
        ("https://paper.example/", "https://www.paper.example/", False),
        (URL, "https://paper.example/?p=12", False),
    ],
)
def test_an_address_that_leads_home_is_refused(asked: str, served: str, refused: bool) -> None:
    """The front page in the place of an article is no version of it."""
    snapshot = Snapshot(Capture(URL, None), WHOLE, redirects=(Redirect(asked, 302, served),))
    if not refused:
        assert extract(snapshot).blocks
        return
    with pytest.raises(ExtractionError, match="home page") as caught:
        extract(snapshot)
    assert caught.value.reason is ScreenReason.HOME_PAGE


@pytest.mark.parametrize(
    "masthead",
    [
        "<div><a href='/'>Courier</a><p>Already a subscriber? Log in to continue.</p></div>",
        "<header><span>Already a subscriber? Log in to read.</span></header>",
    ],
)
def test_a_site_that_asks_above_the_headline_shows_no_teaser(masthead: str) -> None:
    """The request in a masthead is on every page, and says nothing of the text of this one."""
    whole = page(STORY).replace("<body>", f"<body>{masthead}")
    assert masthead in whole
    assert _kinds(whole.encode()) == []


@pytest.mark.parametrize(
    ("language", "text", "asks"),
    [
        ("en", "Become a member to read the full story.", True),
        ("en", "Get unlimited access for $1 a month.", True),
        ("en", "The members pay £1 a month for the hall.", False),
        ("en", "\u201cYou need an account for that,\u201d the clerk told the members.", False),
        ("en", "Open the app to read the whole article.", True),
        ("en", "The rest of the story is in our app.", True),
        ("en", "The app told the whole story of the flood.", False),
        ("de", "Den ganzen Artikel gibt es in unserer App.", True),
        ("es", "Lee la noticia completa en nuestra app.", True),
        ("ja", "続きはアプリで読めます。", True),
        ("de", "Mit einem Abo lesen Sie alle Artikel.", True),
        ("de", "Sie kündigte ihr Konto bei der Bank.", False),
        ("fr", "Créez un compte pour poursuivre votre lecture.", True),
        ("fr", "Les abonnés du théâtre ont payé la haie.", False),
        ("da", "Log ind for at læse resten af artiklen.", True),
        ("da", "Abonnenterne gav tusind kroner til hækken.", False),
        ("hu", "A cikk folytatásához jelentkezzen be.", True),
        ("ja", "この記事は会員限定です。", True),
        ("ja", "会員は五月に会計について投票する。", False),
        ("zh", "登录后继续阅读。", True),
        ("zh", "订阅者捐款一千克朗。", False),
    ],
)
def test_a_wall_asks_its_reader(language: str, text: str, asks: bool) -> None:
    """Words on accounts make a wall where they speak to the reader or of reading on, and not alone."""
    assert is_gate(text, language=language) is asks
