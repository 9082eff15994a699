"""Revisions by the JSON interfaces of wikis, of WordPress and of GOV.UK, answered on loopback."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from revtrack import track
from revtrack.errors import FetchError, SourceError
from revtrack.model import Capture, Screened, ScreenReason
from revtrack.network import Client
from revtrack.sources.apis import GovUk, MediaWiki, WordPress
from revtrack.sources.apis.wordpress import TOKEN
from revtrack.sources.source import ConcurrentSource, LedgerSource
from tests.network.server import Server, Talk, serving

TEXT = (
    "The lock at Tarn reopened on Monday after a winter of repairs, the keepers said.",
    "Two boats passed in the first hour, and {} more were waiting above the weir at noon.",
    "The council paid for the new gates, which are made of oak from the valley.",
)
WIKI_PAGE = "https://wiki.example/wiki/Tarn_lock"


def _html(boats: object) -> str:
    return "".join([f"<p>{sentence.format(boats)}</p>" for sentence in TEXT])


def _answer(talk: Talk, document: object, status: str = "200 OK") -> None:
    talk.answer(json.dumps(document).encode(), status=status, Content_Type="application/json")


def _asked(talk: Talk) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(talk.path).query).items()}


# ----------------------------------------------------------------------------------- MediaWiki


def _wiki(server: Server) -> None:
    revisions = [
        {"revid": 11, "timestamp": "2024-03-01T08:00:00Z", "sha1": "aa"},
        {"revid": 12, "timestamp": "2024-03-01T09:30:00Z", "sha1hidden": True},
        {"revid": 13, "timestamp": "2024-03-02T10:00:00Z", "sha1": "bb"},
    ]

    def interface(talk: Talk) -> None:
        asked = _asked(talk)
        if asked.get("meta") == "siteinfo":
            _answer(talk, {"query": {"general": {"articlepath": "/wiki/$1"}}})
        elif asked["action"] == "parse":
            boats = {"11": "four", "13": "five"}[asked["oldid"]]
            _answer(talk, {"parse": {"title": "Tarn lock", "text": _html(boats)}})
        elif asked["titles"] != "Tarn lock":
            _answer(talk, {"query": {"pages": [{"title": asked["titles"], "missing": True}]}})
        elif "rvcontinue" in asked:
            _answer(talk, {"query": {"pages": [{"revisions": revisions[2:]}]}})
        else:
            document = {"query": {"pages": [{"revisions": revisions[:2]}]}}
            _answer(talk, {**document, "continue": {"rvcontinue": "x|13", "continue": "||"}})

    server.answers = {"/w/api.php": interface}


def test_a_wiki_lists_its_revisions(server: Server, archivist: Client) -> None:
    """Pieces are followed to the end, a revision that is hidden is a row with its reason."""
    _wiki(server)
    found = list(MediaWiki(archivist, server.url("/w/api.php")).ledger(WIKI_PAGE))
    assert [isinstance(one, Capture) for one in found] == [True, False, True]
    assert isinstance(found[1], Screened)
    assert found[1].reason is ScreenReason.NO_CAPTURE
    assert "hides" in found[1].detail


def test_a_wikis_history_shows_the_edit(server: Server, archivist: Client) -> None:
    """Two revisions of one page are two versions with the number that changed between them."""
    _wiki(server)
    history = track(MediaWiki(archivist, server.url("/w/api.php")), WIKI_PAGE)
    (revision,) = history.revisions
    (edited,) = revision.edited
    assert ("four" in (edited.old or ""), "five" in (edited.new or "")) == (True, True)
    assert revision.new.headline == "Tarn lock"


@pytest.mark.parametrize("path", ["/wiki/Tarn_weir", "/elsewhere/Tarn_lock"])
def test_a_wiki_without_the_page_says_so(path: str, server: Server, archivist: Client) -> None:
    """A title that the wiki lacks, or an address that is none of its pages, is no empty history."""
    _wiki(server)
    with pytest.raises(SourceError, match="has no article at"):
        list(MediaWiki(archivist, server.url("/w/api.php")).captures(f"https://wiki.example{path}"))


def test_a_wiki_that_refuses(server: Server, archivist: Client) -> None:
    """An error that the interface gives with status 200 is told in its own words."""
    server.answers = {
        "/w/api.php": lambda talk: _answer(talk, {"error": {"info": "You may not read here"}})
    }
    with pytest.raises(FetchError, match="You may not read here"):
        list(MediaWiki(archivist, server.url("/w/api.php")).captures(WIKI_PAGE))


# ----------------------------------------------------------------------------------- WordPress

POST = {
    "id": 7, "slug": "tarn-lock",
    "date_gmt": "2024-03-01T08:00:00", "modified_gmt": "2024-03-02T10:00:00",
    "title": {"rendered": "Tarn lock reopens &#8217;early"}, "content": {"rendered": _html("five")},
}  # fmt: skip
REVISIONS = [
    {"id": 14, "slug": "7-revision-v1", "date_gmt": "2024-03-02T10:00:00", "boats": "five"},
    {"id": 13, "slug": "7-autosave-v1", "date_gmt": "2024-03-01T09:00:00", "boats": "six"},
    {"id": 12, "slug": "7-revision-v1", "date_gmt": "2024-03-01T07:50:00", "boats": "four"},
    {"id": 11, "slug": "7-revision-v1", "date_gmt": "2024-02-28T07:00:00", "boats": "one"},
]
BLOG_PAGE = "https://blog.example/2024/03/tarn-lock/"


def _blog(server: Server) -> None:
    signed = "Basic " + b64encode(b"ana:abcd efgh").decode()

    def revisions(talk: Talk) -> None:
        if talk.headers.get("authorization") != signed:
            _answer(talk, {"message": "Sorry, you are not allowed."}, "401 Unauthorized")
        else:
            _answer(talk, REVISIONS)

    answers: dict[str, Callable[[Talk], None]] = {
        "/wp-json/wp/v2/posts": lambda talk: _answer(
            talk, [POST] if _asked(talk)["slug"] == "tarn-lock" else []
        ),
        "/wp-json/wp/v2/pages": lambda talk: _answer(talk, []),
        "/wp-json/wp/v2/posts/7": lambda talk: _answer(talk, POST),
        "/wp-json/wp/v2/posts/7/revisions": revisions,
    }
    for row in REVISIONS:
        whole = {**row, "title": POST["title"], "content": {"rendered": _html(row["boats"])}}
        answers[f"/wp-json/wp/v2/posts/7/revisions/{row['id']}"] = partial(_answer, document=whole)
    server.answers = answers


def test_a_blogs_revisions_with_a_token(
    server: Server, archivist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published and what replaced it are captures; drafts and autosaves are rows."""
    monkeypatch.setenv(TOKEN, "ana:abcd efgh")
    _blog(server)
    source = WordPress(archivist, server.url())
    found = list(source.ledger(BLOG_PAGE))
    captures = [one for one in found if isinstance(one, Capture)]
    assert [f"{one.captured_at:%m-%d %H:%M}" for one in captures] == ["03-01 08:00", "03-02 10:00"]
    assert len(found) == len(REVISIONS)
    (revision,) = track(source, BLOG_PAGE).revisions
    (edited,) = revision.edited
    assert ("four" in (edited.old or ""), "five" in (edited.new or "")) == (True, True)


def test_a_blog_without_a_token(
    server: Server, archivist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a token there is the current text, its title without entities."""
    monkeypatch.delenv(TOKEN, raising=False)
    _blog(server)
    source = WordPress(archivist, server.url())
    (capture,) = source.captures(BLOG_PAGE)
    assert "Tarn lock reopens \u2019early" in source.fetch(capture).body.decode()


def test_a_token_stays_with_its_site(
    server: Server, archivist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect to another origin is followed without the credentials."""
    monkeypatch.setenv(TOKEN, "ana:abcd efgh")
    with serving() as other:
        server.answers = {
            "/wp-json/wp/v2/posts": lambda talk: talk.answer(
                status="302 Found", Location=other.url("/x")
            )
        }
        with pytest.raises(FetchError):
            list(WordPress(archivist, server.url()).captures(BLOG_PAGE))
        assert server.seen[0].headers["authorization"].startswith("Basic ")
        assert all("authorization" not in talk.headers for talk in other.seen)


def test_a_token_is_not_sent_in_the_clear(archivist: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site without TLS gets no password."""
    monkeypatch.setenv(TOKEN, "ana:abcd efgh")
    for site in ("http://blog.example", "http://127.0.0.1.blog.example"):
        with pytest.raises(SourceError, match="only sent over https"):
            list(WordPress(archivist, site).captures(BLOG_PAGE))


def test_a_wrong_token_is_told(
    server: Server, archivist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that refuses the token says why."""
    monkeypatch.setenv(TOKEN, "ana:wrong")
    _blog(server)
    with pytest.raises(FetchError, match=r"401 Sorry, you are not allowed"):
        list(WordPress(archivist, server.url()).captures(BLOG_PAGE))


# -------------------------------------------------------------------------------------- GOV.UK

NOTE = "Correction: the number of boats was wrong. It was five, not four."


def _govuk(server: Server, **changed: object) -> None:
    document = {
        "title": "Locks on the Tarn", "locale": "en", "document_type": "guidance",
        "first_published_at": "2024-03-01T08:00:00.000+00:00",
        "public_updated_at": "2024-03-02T10:00:00.000+00:00",
        "details": {
            "body": _html("five"),
            "change_history": [
                {"note": NOTE, "public_timestamp": "2024-03-02T10:00:00.000+00:00"},
                {"note": "First published.", "public_timestamp": "2024-03-01T08:00:00.000+00:00"},
            ],
        },
    }  # fmt: skip
    server.answers = {
        "/api/content/guidance/locks": lambda talk: _answer(talk, {**document, **changed})
    }


GUIDANCE = "https://www.gov.uk/guidance/locks"


def test_the_change_notes_are_rows_and_notices(server: Server, archivist: Client) -> None:
    """Each change note is a row of the ledger, and one that corrects is a notice of the page."""
    _govuk(server)
    source = GovUk(archivist, server.url("/api/content"))
    *rows, capture = source.ledger(GUIDANCE)
    assert [one.detail for one in rows if isinstance(one, Screened)] == [
        "a change note without the text of its time: First published.",
        f"a change note without the text of its time: {NOTE}",
    ]
    assert isinstance(capture, Capture)
    (version,) = track(source, GUIDANCE).versions
    assert version.article.headline == "Locks on the Tarn"
    assert "five more were waiting" in version.article.text
    assert [notice.says for notice in version.article.notices if notice.says] == ["five"]


@pytest.mark.parametrize(
    "details",
    [
        {
            "body": [
                {"content_type": "text/govspeak", "content": "x"},
                {"content_type": "text/html", "content": _html(9)},
            ]
        },
        {"parts": [{"title": "Boats & weirs", "slug": "boats", "body": _html(9)}]},
    ],
)  # fmt: skip
def test_texts_in_several_forms_and_parts(
    details: dict[str, object], server: Server, archivist: Client
) -> None:
    """The HTML of a text in several forms is read, and the parts of a guide one after the other."""
    _govuk(server, details=details)
    source = GovUk(archivist, server.url("/api/content"))
    (capture,) = source.captures(GUIDANCE)
    assert b"9 more were waiting" in source.fetch(capture).body


@pytest.mark.parametrize("changed", [{"document_type": "gone"}, {"document_type": "redirect"}])
def test_a_page_that_is_gone(changed: dict[str, object], server: Server, archivist: Client) -> None:
    """What is withdrawn from the interface is no page."""
    _govuk(server, **changed)
    with pytest.raises(SourceError, match="has no article at"):
        list(GovUk(archivist, server.url("/api/content")).captures(GUIDANCE))


# ----------------------------------------------------------------------------------------- all


def test_what_is_no_json_is_refused(server: Server, archivist: Client) -> None:
    """A page in place of an answer, cut off JSON and a number are no lists of revisions."""
    for body in (b"<html>Hei</html>", b'{"query": ', b"7", b"[" * 100_000):
        for path in ("/w/api.php", "/wp-json/wp/v2/posts", "/api/content/guidance/locks"):
            server.answers[path] = lambda talk, body=body: talk.answer(body)  # type: ignore[misc]  # bound now
        for source, url in (
            (MediaWiki(archivist, server.url("/w/api.php")), WIKI_PAGE),
            (WordPress(archivist, server.url()), BLOG_PAGE),
            (GovUk(archivist, server.url("/api/content")), GUIDANCE),
        ):
            with pytest.raises(SourceError, match="no JSON"):
                list(source.captures(url))


def test_they_are_sources(archivist: Client) -> None:
    """Each accounts for what it lists, and may be fetched from several threads."""
    for source in (MediaWiki(archivist, "x"), WordPress(archivist, "x"), GovUk(archivist)):
        assert isinstance(source, LedgerSource)
        assert isinstance(source, ConcurrentSource)
        with pytest.raises(SourceError, match="needs the address"):
            list(source.captures())
