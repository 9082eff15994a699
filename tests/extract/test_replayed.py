"""Pages as archives replay them: the archive's own hand is no edit, and an editor's link to one is."""

# ruff: noqa: E501 - the markup of a page has a line for each paragraph

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import Capture, Revision, Snapshot, compare, extract

URL = "https://nordbygda.example/2024/02/kai"
DIGITS = "20240207081500"
RAW = """<!DOCTYPE html>
<html lang="nb"><head><meta charset="utf-8"><title>{title} - Nordbygda</title>
<link rel="canonical" href="https://nordbygda.example/2024/02/kai">
<meta property="og:title" content="{title}"><meta property="og:url" content="https://nordbygda.example/2024/02/kai">
<meta property="og:image" content="https://img.nordbygda.example/kai-1200.jpg">
<meta property="article:published_time" content="2024-02-06T07:30:00+00:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}","url":"https:\\/\\/nordbygda.example\\/2024\\/02\\/kai","image":"https:\\/\\/img.nordbygda.example\\/kai-1200.jpg"}}</script>
</head><body><header><nav><a href="https://nordbygda.example/">Forside</a> <a href="https://nordbygda.example/kyst">Kyst</a></nav></header>
<main><article><h1>{title}</h1>
<figure><img src="https://img.nordbygda.example/kai-800.jpg" srcset="https://img.nordbygda.example/kai-400.jpg 400w, https://img.nordbygda.example/kai-800.jpg 800w" alt="Kaien"><figcaption>Kaien i Nordbygda i februar.</figcaption></figure>
<p>Kaien i Nordbygda er stengt i {days} dager etter stormen, sier <a href="https://havn.example/vakt">havnevakten</a> tirsdag.</p>
<p>Fergene går fra Sørbygda så lenge, og passasjerer må bytte til <a href="https://nordbygda.example/buss?linje=7&amp;dag=2">buss</a> der.</p>
<p>En dykker skal se på pælene onsdag, og kommunen venter en rapport før helgen, skriver ordføreren i en melding.</p>
<iframe src="https://film.example/kai"></iframe>
</article></main><footer><p>Nordbygda, avisen for kysten</p></footer></body></html>"""
TITLE = "Kaien i Nordbygda stengt i {} dager etter stormen"
PREFIXES = (
    "https://web.arkiv.example/web/",
    "http://127.0.0.1:8080/samling/",
    "/web/",
    "//arkiv.example/wayback/",
    "https://arkiv.example/",
)
_OUTSIDE = re.compile(r'((?:href|src|content)="|, |srcset=")(https?:[^" ]+)')


def _page(days: int) -> str:
    return RAW.format(title=TITLE.format(days), days=days)


def _replayed(page: str, prefix: str, mark: str, *, toolbar: bool, folded: bool = False) -> str:
    """The page as an archive replays it below *prefix*."""
    slashes = "/" if folded else "//"

    def replayed(found: re.Match[str]) -> str:
        return f"{found[1]}{prefix}{DIGITS}{mark}/{found[2].replace('//', slashes, 1)}"

    page = _OUTSIDE.sub(replayed, page)
    escaped = prefix.replace("/", "\\/")
    page = re.sub(r'"(https:\\/\\/)', lambda found: f'"{escaped}{DIGITS}\\/{found[1]}', page)
    if toolbar:
        bar = (
            "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div><p>12 captures of this page, the first one of "
            "them in February, were made for a library on the coast.</p></div>"
            "<!-- END WAYBACK TOOLBAR INSERT --><div id='wm-ipp-print'>The Wayback Machine</div>"
        )
        page = page.replace("<body>", f"<body>{bar}")
        page += "<!-- FILE ARCHIVED ON 08:15:00 Feb 07, 2024 AND RETRIEVED FROM AN ARCHIVE -->"
    return page


def _compared(old: str, new: str) -> Revision:
    sides = [
        Snapshot(
            Capture(URL, datetime(2024, 2, day, tzinfo=UTC)), page.encode(), "text/html; charset=utf-8"
        )
        for day, page in ((7, old), (8, new))
    ]
    return compare(*sides)


replays = given(
    prefix=st.sampled_from(PREFIXES),
    mark=st.sampled_from(("", "id_", "mp_", "im_")),
    toolbar=st.booleans(),
    folded=st.booleans(),
)


@replays
def test_a_replayed_capture_is_the_raw_one(prefix: str, mark: str, toolbar: bool, folded: bool) -> None:
    """Raw and replayed, in either order and whatever the archive: one memento, no change."""
    raw, replayed = _page(3), _replayed(_page(3), prefix, mark, toolbar=toolbar, folded=folded)
    assert _compared(raw, replayed).changes == ()
    assert _compared(replayed, raw).changes == ()
    other = _replayed(_page(3), "https://annet.example/arkiv/", "", toolbar=False)
    assert _compared(replayed, other).changes == ()


@replays
def test_an_edit_is_an_edit_in_a_replay_too(
    prefix: str, mark: str, toolbar: bool, folded: bool
) -> None:
    """What the newsroom changed between two captures comes out, and nothing else."""
    changes = _compared(
        _page(3), _replayed(_page(5), prefix, mark, toolbar=toolbar, folded=folded)
    ).changes
    assert {type(one).__name__ for one in changes} == {"HeadlineChanged", "TextEdited"}


@pytest.mark.parametrize(
    "copy",
    [
        "https://web.arkiv.example/web/20150101000000/https://havn.example/vakt",
        "https://arkiv.example/20230101000000mp_/https://havn.example/vakt",
        "https://web.arkiv.example/web/20240207081500/https://havn.example/vakt",
    ],
)
def test_a_link_to_an_archive_is_the_editors(copy: str) -> None:
    """A dead link that an editor replaced by an archived copy is a changed link."""
    changed = _page(3).replace("https://havn.example/vakt", copy)
    (change,) = _compared(_page(3), changed).changes
    assert (change.old, change.new) == ("https://havn.example/vakt", copy)


def test_an_archived_copy_that_a_replayed_page_cites_is_kept() -> None:
    """One layer is undone: what the publisher itself linked to in an archive stays."""
    cited = "https://web.arkiv.example/web/20150101000000/https://havn.example/vakt"
    raw = _page(3).replace("https://havn.example/vakt", cited)
    replayed = _replayed(raw, "https://web.arkiv.example/web/", "", toolbar=True)
    assert _compared(raw, replayed).changes == ()
    assert _compared(_page(3), replayed).changes != ()


def test_digits_in_the_publishers_own_addresses_are_left_alone() -> None:
    """Fourteen digits in a path make no archive of a paper."""
    page = _page(3).replace("https://nordbygda.example/", "https://nordbygda.example/20240206073000/")
    article = extract(page, url=URL)
    assert article.canonical_url == "https://nordbygda.example/20240206073000/2024/02/kai"


def test_a_capture_in_an_archive_is_one_of_what_it_shows() -> None:
    """The address and time inside a replay's address are those of the article."""
    place = f"https://web.arkiv.example/web/{DIGITS}/{URL}"
    article = extract(Snapshot(Capture(place, datetime(2025, 1, 1, tzinfo=UTC)), _page(3).encode()))
    assert (article.url, article.captured_at) == (URL, datetime(2024, 2, 7, 8, 15, tzinfo=UTC))


REBUILT = """<html itemscope itemtype="http://schema.org/Article"><head><meta charset="utf-8">
<meta property="og:url" content="https://{host}/Kx3Zt"><meta property="og:title" content="{title} - Nordbygda">
<meta property="og:site_name" content="{host}"><meta property="twitter:description" content="archived">
<meta property="article:published_time" content="2024-02-09T10:00:00Z" itemprop="dateCreated">
<meta property="article:modified_time" content="2024-02-09T10:00:00Z">
<link rel="canonical" href="https://{host}/2024.02.09-100000/https://nordbygda.example/2024/02/kai">
<title>{title} - Nordbygda</title></head><body><center><div id="HEADER"><p>webpage capture, saved from
a page of the coast by somebody on 9 Feb 2024, all snapshots</p></div><div id="CONTENT">
<a href="https://{host}/o/Kx3Zt/https://nordbygda.example/">Forside</a><h1>{title}</h1>
<div><img src="https://{host}/Kx3Zt/kx3zt0a1.jpg" alt="Kaien"></div>
<p>Kaien i Nordbygda er stengt i {days} dager etter stormen, sier <a href="https://{host}/o/Kx3Zt/https://havn.example/vakt">havnevakten</a> tirsdag.</p>
<p>Fergene går fra Sørbygda så lenge, og passasjerer må bytte til <a href="https://{host}/o/Kx3Zt/https://nordbygda.example/buss?linje=7&amp;dag=2">buss</a> der.</p>
<p>En dykker skal se på pælene onsdag, og kommunen venter en rapport før helgen, skriver ordføreren i en melding.</p>
</div></center></body></html>"""


@pytest.mark.parametrize("host", ["archive.ph", "archive.md", "arkiv.example"])
def test_what_an_archive_built_anew_is_its_own(host: str) -> None:
    """Times, addresses and names of pictures that an archive wrote are no changes; words are."""
    for days, kinds in ((3, set()), (5, {"HeadlineChanged", "TextEdited"})):
        new = REBUILT.format(host=host, title=TITLE.format(days), days=days)
        changes = _compared(_page(3), new).changes
        assert {type(one).__name__ for one in changes} == kinds
    assert extract(new, url=URL).published_at is None
