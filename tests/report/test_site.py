"""A site over many articles: its lists, its feeds, and that hostile text stays text in all of them."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path
from urllib.parse import unquote, urlsplit

import attrs
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import revtrack
from revtrack import report
from revtrack.history import History
from revtrack.report.marks import escape_controls
from revtrack.report.site import atom, json_feed, write_site
from tests.report.made import HOSTILE, history_of, hostile_history, revision_of, story

ATOM = "{http://www.w3.org/2005/Atom}"
STORY = Path(__file__).parents[2] / "examples" / "story"
KNOWN = {"html", "body", "p", "blockquote", "ins", "del", "q"}
PAGES = ("index", "changes", "undisclosed", "corrections", "outlets")


def named(history: History, url: str | None, headline: str | None = None) -> History:
    """*history* as that of another article."""
    versions = [
        attrs.evolve(
            one,
            captures=tuple([attrs.evolve(capture, url=url) for capture in one.captures]),
            article=attrs.evolve(
                one.article, url=url, canonical_url=url, headline=headline or one.article.headline
            ),
        )
        for one in history.versions
    ]
    return attrs.evolve(history, versions=tuple(versions))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site over the story, a hostile article, one without revisions, and two without an address."""
    lone = History(versions=(story().versions[0],))
    histories = [
        story(),
        named(hostile_history(), f"https://evil.example/{HOSTILE}"),
        named(lone, "https://www.ledger.example/quiet.html", "Nothing happened"),
        named(story(), None),
        named(story(), None),
    ]
    articles, _ = write_site(histories, tmp_path, title=HOSTILE, address="https://log.example/c/")
    assert articles == 5
    return tmp_path


def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page of the site as a tree."""
    return {
        str(path.relative_to(site)): lxml.html.document_fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }


def test_every_list_is_a_page_and_every_article_too(site: Path) -> None:
    """Five lists, a page for each article under a name of its own, and two feeds."""
    found = pages(site)
    assert {f"{name}.html" for name in PAGES} <= set(found)
    articles = [name for name in found if name.startswith("articles/")]
    assert len(articles) == 5
    assert all(set(name) <= set(string.ascii_lowercase + string.digits + "-./") for name in articles)
    assert any(re.fullmatch(r"articles/quiet-[0-9a-f]{10}\.html", name) for name in articles)


def test_every_link_leads_to_a_file_of_the_site_and_a_place_in_it(site: Path) -> None:
    """Links are relative, so that the site works from a folder, and all arrive."""
    found = pages(site)
    for name, tree in found.items():
        for link in map(str, tree.xpath("//@href")):
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc) == ("", ""), link
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            assert target.exists(), link
            if parts.fragment:
                ids = found[str(target.resolve().relative_to(site.resolve()))].xpath("//@id")
                assert parts.fragment in ids, link


def test_hostile_text_stays_text_on_every_page(site: Path) -> None:
    """No element, attribute or link comes from an article; the one script is our own."""
    for name, tree in pages(site).items():
        scripts = tree.xpath("//script")
        assert len(scripts) == (0 if name.startswith("articles/") else 1)
        assert not tree.xpath("//img | //iframe | //object | //form | //base | //link | //*[@style]")
        assert not [one for one in tree.iter() if any(key.startswith("on") for key in one.attrib)]
        policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
    shown = pages(site)["index.html"].text_content()
    assert "".join(escape_controls(HOSTILE).split()) in "".join(shown.split())


def test_feeds_have_the_changes_with_their_marked_words(site: Path) -> None:
    """Newest first, absolute links where the address is given, and names that stay the same."""
    feed = etree.fromstring((site / "feed.atom").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    times = [one.findtext(f"{ATOM}updated") for one in entries]
    assert times == sorted(times, key=str, reverse=True)
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries) > 4
    links = [one.find(f"{ATOM}link").get("href") for one in entries]  # type: ignore[union-attr] # each has one
    assert all(str(link).startswith("https://log.example/c/articles/") for link in links)
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    assert [one["id"] for one in items] == [one.findtext(f"{ATOM}id") for one in entries]
    number = next(one for one in items if one["title"].startswith("A number was changed"))
    assert "Repairs cost <del>12</del> <ins>21</ins> crowns." in number["content_html"]
    assert "undisclosed" in number["tags"]


@given(st.text(max_size=30))
def test_hostile_text_stays_text_in_feeds(text: str) -> None:
    """Whatever a text holds, both feeds parse, and their HTML has no element but our own."""
    from revtrack.report.site import _Contents  # noqa: PLC0415 - inner, and only for this law

    made = revision_of(
        ("=", "Repairs cost "), ("-", f"12{text}"), ("+", f"21{text}"), ("=", " crowns.")
    )
    history = named(history_of(attrs.evolve(made, changes=story().revisions[1].changes)), text, text)
    contents = _Contents()
    contents.add(history)
    feed = etree.fromstring(atom(contents.items, title=text, address="").encode())
    written = [str(one.findtext(f"{ATOM}content")) for one in feed.findall(f"{ATOM}entry")]
    document = json.loads(json_feed(contents.items, title=text, address=""))
    assert written
    for content in [*written, *[one["content_html"] for one in document["items"]]]:
        tree = lxml.html.document_fromstring(f"<div>{content}</div>")
        assert {one.tag for one in tree.iter()} - KNOWN <= {"div"}


def test_recent_changes_say_what_no_notice_explains(site: Path) -> None:
    """The overview names article, outlet and time once for each revision, and what is not explained."""
    tree = pages(site)["index.html"]
    said = " ".join(tree.text_content().split())
    assert "5 articles of 3 outlets." in said
    assert "It is not explained by any correction notice." in said
    rows = [[cell.text_content() for cell in row.iter("th", "td")] for row in tree.xpath("//tbody/tr")]
    assert ["ledger.example", "2", "4", "2"] in rows


def test_the_corrections_log_has_every_notice(tmp_path: Path) -> None:
    """The notice as published, what was observed of it, and the words that it explains."""
    write_site([revtrack.track(STORY)], tmp_path)
    tree = pages(tmp_path)["corrections.html"]
    said = " ".join(tree.text_content().split())
    assert "A correction of the headline was added; it explains 1 difference" in said
    assert tree.xpath("string(//main//del)") == "[deleted: Vesperan] "


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page holds the newest changes; how many older ones there are is said."""
    monkeypatch.setattr("revtrack.report.site._ON_A_PAGE", 1)
    write_site([story()], tmp_path)
    assert "2 older changes: see the reports" in pages(tmp_path)["changes.html"].text_content()


def test_pages_of_an_earlier_site_are_removed_and_other_files_are_not(site: Path) -> None:
    """An article that is gone has no page any more; what somebody else put there stays."""
    (site / "articles" / "mine.html").write_text("<p>mine</p>", encoding="utf-8")
    (site / "robots.txt").write_text("mine", encoding="utf-8")
    write_site([story()], site)
    left = sorted(path.name for path in (site / "articles").iterdir())
    assert len(left) == 2
    assert "mine.html" in left
    assert (site / "robots.txt").exists()


def test_a_site_is_the_same_for_the_same_histories(tmp_path: Path) -> None:
    """No clock and no order of a folder is in it."""
    for name in ("one", "two"):
        write_site([story(), hostile_history()], tmp_path / name)
    one, two = (
        {path.relative_to(place): path.read_bytes() for path in place.rglob("*.*") if path.is_file()}
        for place in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_a_site_without_articles_says_so(tmp_path: Path) -> None:
    """Every page is there and says that there is nothing."""
    assert write_site([], tmp_path)[0] == 0
    assert "None." in pages(tmp_path)["index.html"].text_content()
    assert etree.fromstring((tmp_path / "feed.atom").read_bytes()).find(f"{ATOM}updated") is not None


def test_a_report_links_to_its_list_only_in_a_site(site: Path) -> None:
    """The page of an article leads back; a report by itself has no such link."""
    back = [
        tree.xpath("//nav[@class='rt-home']/a/@href")
        for name, tree in pages(site).items()
        if name.startswith("articles/")
    ]
    assert back == [["../index.html"]] * 5
    assert 'rt-home"' not in report.html(story())
