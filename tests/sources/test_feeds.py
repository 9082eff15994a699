"""Feeds and sitemaps: what they list, in all their forms, and how a server is asked for them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import FetchError, SourceError
from revtrack.network import Client
from revtrack.sources.feeds import FeedEntry, listed_articles, read_feed
from tests.network.server import serving

PLACE = "https://heron.example/news/feed.xml"
MORNING = datetime(2024, 1, 8, 9, 30, tzinfo=UTC)
ENTRY = FeedEntry("https://heron.example/a", "Bridge & boats", MORNING)

_RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Heron</title>
<item><title>Bridge &amp; boats</title><link>/a?utm_source=rss</link>
<pubDate>Mon, 08 Jan 2024 09:30:00 GMT</pubDate></item>
<item><title>Again</title><link>https://heron.example/a/</link></item>
<item><title>No page</title><link>mailto:desk@heron.example</link></item></channel></rss>"""
_RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"/>
<item rdf:about="https://heron.example/a"><title>Bridge &amp; boats</title>
<link>https://heron.example/a</link><dc:date>2024-01-08T10:30:00+01:00</dc:date></item></rdf:RDF>"""
_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Bridge &amp; boats</title>
<link rel="enclosure" href="/a.mp3"/><link href="../a"/>
<published>2024-01-08T11:30:00+02:00</published></entry></feed>"""
_GUID = """<rss version="2.0"><channel><item><title>Bridge &amp; boats</title>
<guid>https://heron.example/a</guid><pubDate>Mon, 08 Jan 2024 09:30:00 GMT</pubDate></item>
</channel></rss>"""
_JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"url": "/a", "title": " Bridge  & boats", "date_published": "2024-01-08T09:30:00Z"},
            {"id": "no address"},
            "no item",
        ],
    }
)
_NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="urn:image"><url>
<image:image><image:loc>https://heron.example/a.jpg</image:loc></image:image>
<loc> https://heron.example/a </loc><news:news><news:title>Bridge &amp; boats</news:title>
<news:publication_date>2024-01-08T09:30Z</news:publication_date></news:news></url></urlset>"""


@pytest.mark.parametrize(
    "feed", [_RSS, _RDF, _ATOM, _GUID, _JSON, _NEWS], ids=["rss", "rdf", "atom", "guid", "json", "news"]
)
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_lists_the_same_article(feed: str, packed: bool) -> None:
    """RSS in both lines, Atom, JSON Feed and a news sitemap, gzip or not: one article, once."""
    body = gzip.compress(feed.encode()) if packed else b"\xef\xbb\xbf\n" + feed.encode()
    (entry,) = read_feed(body, url=PLACE).entries
    assert (entry.url, entry.title) == (ENTRY.url, ENTRY.title)
    assert (entry.published_at or entry.modified_at) == MORNING  # RSS 1.0 has one date for both


def test_a_sitemap_says_when_a_page_was_changed() -> None:
    """`lastmod` may be a day or a moment; a time that is none is not known."""
    pages = "".join(
        f"<url><loc>https://heron.example/{number}</loc><lastmod>{said}</lastmod></url>"
        for number, said in enumerate(("2024-01-08", "2024-01-08T11:30:00+02:00", "soon"))
    )
    entries = read_feed(f"<urlset>{pages}</urlset>".encode()).entries
    assert [entry.modified_at for entry in entries] == [datetime(2024, 1, 8, tzinfo=UTC), MORNING, None]


def test_an_index_lists_sitemaps() -> None:
    """A sitemap of sitemaps lists no articles of its own."""
    feed = read_feed(
        b"<sitemapindex><sitemap><loc>https://heron.example/s1.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert feed.entries == ()
    assert [one.url for one in feed.sitemaps] == ["https://heron.example/s1.xml.gz"]


def test_a_list_of_lines_is_a_sitemap() -> None:
    """One address a line, and nothing else."""
    feed = read_feed(b"https://heron.example/a\r\nhttps://heron.example/b\r\n")
    assert [entry.url for entry in feed.entries] == [
        "https://heron.example/a",
        "https://heron.example/b",
    ]


_LINKS = {
    "sitemap": "<urlset><url><loc>{}</loc></url><url><loc>{}</loc></url></urlset>",
    "prefixed": "<s:urlset xmlns:s='urn:s'><s:url><s:loc>{}</s:loc></s:url>"
    "<s:url><s:loc>{}</s:loc></s:url></s:urlset>",
    "rss": "<rss version='2.0'><channel><item><link>{}</link></item><item><link>{}</link></item>"
    "</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{}'/></entry>"
    "<entry><link href='{}'/></entry></feed>",
}
_ASKED = "https://heron.example/show?id=71&page=2"


@pytest.mark.parametrize("form", _LINKS)
def test_a_bare_ampersand_is_part_of_the_address(form: str) -> None:
    """An ampersand that nobody escaped is one, also where a letter's name follows it."""
    body = _LINKS[form].format(_ASKED, "https://heron.example/kvay?a=1&amp;b=2&copy=3")
    assert [entry.url for entry in read_feed(body.encode()).entries] == [
        _ASKED, "https://heron.example/kvay?a=1&b=2&copy=3",
    ]  # fmt: skip


def test_an_ampersand_in_a_section_of_characters_is_left_alone() -> None:
    """What stands in CDATA is no markup, so nothing in it is escaped."""
    body = _LINKS["sitemap"].format(f"<![CDATA[{_ASKED}]]>", "https://heron.example/b?x&y")
    assert read_feed(body.encode()).entries[0].url == _ASKED


@pytest.mark.parametrize("reference", ["&#xD83D;", "&#56320;", "&#x110000;", "&#0000000000000057343;"])
@pytest.mark.parametrize("form", _LINKS)
def test_a_reference_to_no_character_loses_no_other_entry(form: str, reference: str) -> None:
    """Half a surrogate pair is no character: it is replaced, and what else the list has is read."""
    body = _LINKS[form].format(
        f"https://heron.example/elva{reference}", "https://heron.example/&#55203;"
    )
    assert [entry.url for entry in read_feed(body.encode()).entries] == [
        "https://heron.example/elva%EF%BF%BD", "https://heron.example/%ED%9E%A3",
    ]  # fmt: skip


@pytest.mark.parametrize("form", _LINKS)
def test_half_an_address_is_no_entry(form: str) -> None:
    """Wherever a list is cut off, the addresses in it are addresses that somebody wrote."""
    whole = _LINKS[form].format("https://heron.example/elva/bru", "https://heron.example/elva/ferje")
    wanted = [entry.url for entry in read_feed(whole.encode()).entries]
    for length in range(20, len(whole)):
        try:
            found = [entry.url for entry in read_feed(whole[:length].encode()).entries]
        except SourceError:
            continue
        assert found == wanted[: len(found)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", _LINKS)
def test_feeds_in_wide_characters_are_read(form: str, encoding: str) -> None:
    """Two or four bytes a character, with a mark or without: the same list."""
    text = _LINKS[form].format("https://heron.example/a", "https://heron.example/b")
    body = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    assert [entry.url[-1] for entry in read_feed(body).entries] == ["a", "b"]


@pytest.mark.parametrize(
    "served",
    ["application/x-rss+xml", "text/rss", "binary/octet-stream", "application/xhtml+xml", "x/y"],
)
def test_a_feed_is_told_by_its_bytes(served: str, archivist: Client) -> None:
    """Whatever a server calls it, a feed is a feed, and a page is none."""
    with serving() as server:
        feed = _LINKS["rss"].format("https://heron.example/a", "https://heron.example/b").encode()
        server.answers["/feed"] = lambda talk: talk.answer(feed, Content_Type=served)
        server.answers["/page"] = lambda talk: talk.answer(b"<html><p>Side", Content_Type=served)
        assert len(list(listed_articles(archivist, server.url("/feed")))) == 2
        with pytest.raises(SourceError, match="neither a feed"):
            list(listed_articles(archivist, server.url("/page")))


@pytest.mark.parametrize(
    "body",
    [b"", b"no feed", b"<html><p>No feed", b"{}", b"[]", b'{"version": 1, "items": 2}', b"{" * 9_999],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    """A page, other JSON or nothing is an error that names the address."""
    with pytest.raises(SourceError, match="neither a feed") as caught:
        read_feed(body, url=PLACE)
    assert caught.value.location == PLACE


def test_entities_of_a_sitemap_are_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No entity is expanded: neither a billion laughs nor a file of this machine."""
    secret = tmp_path_factory.mktemp("x") / "secret"
    secret.write_text("https://heron.example/secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY s SYSTEM "{secret}">]>'
        "<urlset><url><loc>&s;</loc></url><url><loc>https://heron.example/&l9;</loc></url></urlset>"
    )
    found = [entry.url for entry in read_feed(body.encode()).entries]
    assert not any("secret" in url or "haha" in url for url in found)


@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_it(body: bytes) -> None:
    """Whatever the bytes, what comes is a feed or an error of ours."""
    for start in (b"", b"<rss>", b"<urlset>", b"{", b"<feed xmlns='http://www.w3.org/2005/Atom'>"):
        try:
            read_feed(start + body, url=PLACE)
        except SourceError:
            continue


def test_sitemaps_of_a_server_are_followed(archivist: Client) -> None:
    """Indexes are followed, the newest first, each once; articles come once."""
    with serving() as server:
        base = server.url("/")
        index = "".join(
            f"<sitemap><loc>{base}{name}.xml</loc><lastmod>2024-0{month}-01</lastmod></sitemap>"
            for name, month in (("old", 1), ("new", 2), ("index", 3))
        )
        bodies = {"index": f"<sitemapindex>{index}</sitemapindex>"}
        for name in ("old", "new"):
            pages = "".join(f"<url><loc>{base}{page}</loc></url>" for page in (name, "both"))
            bodies[name] = f"<urlset>{pages}</urlset>"
        for name, body in bodies.items():
            server.answers[f"/{name}.xml"] = lambda talk, body=body: talk.answer(  # type: ignore[misc]  # mypy cannot tell
                body.encode(), Content_Type="application/xml"
            )
        found = [entry.url for entry in listed_articles(archivist, f"{base}index.xml")]
        assert found == [f"{base}new", f"{base}both", f"{base}old"]
        since = datetime(2024, 1, 15, tzinfo=UTC)
        young = [entry.url for entry in listed_articles(archivist, f"{base}index.xml", since=since)]
        assert young == [f"{base}new", f"{base}both"]
        assert server.asked("/index.xml") == 2


def test_a_sitemap_that_is_not_there_does_not_lose_the_others(archivist: Client) -> None:
    """What the other sitemaps of an index list is given, then the failure is raised."""
    with serving() as server:
        base = server.url("/")
        index = "".join(f"<sitemap><loc>{base}{name}.xml</loc></sitemap>" for name in ("gone", "there"))
        for name, body in (
            ("index", f"<sitemapindex>{index}</sitemapindex>"),
            ("there", f"<urlset><url><loc>{base}a</loc></url></urlset>"),
        ):
            server.answers[f"/{name}.xml"] = lambda talk, body=body: talk.answer(  # type: ignore[misc]  # mypy cannot tell
                body.encode(), Content_Type="application/xml"
            )
        listed = listed_articles(archivist, f"{base}index.xml")
        assert next(listed).url == f"{base}a"
        with pytest.raises(FetchError, match=r"gone\.xml is not a feed"):
            next(listed)


def test_a_feed_that_is_not_there(archivist: Client) -> None:
    """A server without the feed is an error; a time without a zone is a programming mistake."""
    with serving() as server:
        with pytest.raises(FetchError, match="is not a feed: status 404"):
            list(listed_articles(archivist, server.url("/none")))
        with pytest.raises(ValueError, match="time zone"):
            list(listed_articles(archivist, server.url("/none"), since=datetime(2024, 1, 1)))


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>https://heron.example/a</loc><lastmod>%b</lastmod></url></urlset>",
        b'{"version":"jsonfeed.org/version/1","items":[{"url":"https://heron.example/a","date_published":"%b"}]}',
    ],
    ids=["sitemap", "JSON feed"],
)
def test_a_time_before_the_calendar_is_none(body: bytes) -> None:
    """An entry with a time that no calendar has is an entry without one."""
    (entry,) = read_feed(body % b"0001-01-01T00:00:00+14:00").entries
    assert entry.published_at is entry.modified_at is None


def test_a_picture_in_a_sitemap_gives_no_title_and_no_time() -> None:
    """Titles and times of pictures and films inside an entry are theirs; those of news count."""
    inside = "<image><loc>https://a.example/p</loc><title>A picture</title></image>"
    inside += "<video><publication_date>2020-01-01</publication_date></video>"
    news = "<news><title>Lamp lit</title><publication_date>2024-03-04</publication_date></news>"
    bodies = [
        f"<urlset><url><loc>https://a.example/x</loc>{inside}{more}</url></urlset>"
        for more in ("", news)
    ]
    (bare,), (told,) = [read_feed(body.encode()).entries for body in bodies]
    assert (bare.title, bare.published_at) == (None, None)
    assert (told.title, told.published_at) == ("Lamp lit", datetime(2024, 3, 4, tzinfo=UTC))


def test_a_day_is_young_until_it_ends(archivist: Client) -> None:
    """An entry that is dated by a day alone may be from after the hour that is asked for."""
    with serving() as server:
        body = "".join(
            f"<url><loc>https://a.example/{day}</loc><lastmod>2024-03-0{day}</lastmod></url>"
            for day in (3, 4)
        )
        server.answers["/s"] = lambda talk: talk.answer(f"<urlset>{body}</urlset>".encode())
        since = datetime(2024, 3, 4, 10, tzinfo=UTC)
        found = [one.url for one in listed_articles(archivist, server.url("/s"), since=since)]
    assert found == ["https://a.example/4"]
