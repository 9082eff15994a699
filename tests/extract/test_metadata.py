"""Metadata: what a page says of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

import revtrack
from revtrack.changes import NoticeAdded
from revtrack.extract import extract
from revtrack.model import HeadlineSource, NoticeKind

from .pages import STORY, page


def _linked(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Swing bridge closed until April",
    "datePublished": "2024-01-08T07:00:00+01:00",
    "dateModified": "2024-01-08T06:30:00Z",
    "author": [{"@type": "Person", "name": "Ada Pier"}, {"@type": "Person", "name": "Ben Quay"}],
    "publisher": {"@type": "Organization", "name": "The Harbour Paper"},
    "articleSection": "Local",
}


def test_every_headline_variant_with_its_source() -> None:
    """All variants are kept with where they stand; the one that readers see comes first."""
    head = "<meta property='og:title' content='Bridge closes for winter repairs'>" + _linked(ARTICLE)
    article = extract(page(STORY, head=head))
    assert [(one.source, one.text) for one in article.headlines] == [
        (HeadlineSource.H1, "Bridge closes for the winter"),
        (HeadlineSource.OPEN_GRAPH, "Bridge closes for winter repairs"),
        (HeadlineSource.JSON_LD, "Swing bridge closed until April"),
        (HeadlineSource.TITLE, "Bridge closes for the winter"),
    ]
    assert article.headline == "Bridge closes for the winter"


@pytest.mark.parametrize(
    "title",
    [
        "Bridge closes for the winter | The Harbour Paper",
        "Bridge closes for the winter - Local - The Harbour Paper",
        "The Harbour Paper: Bridge closes for the winter",
        "The Harbour Paper — Bridge closes for the winter",
    ],
)
def test_the_title_without_the_site(title: str) -> None:
    """The site's name, at the end or the beginning, is no part of a headline."""
    html = (
        f"<html><head><title>{title}</title><meta property='og:site_name' content='The Harbour Paper'>"
    )
    article = extract(f"{html}</head><body><h1>Bridge closes for the winter</h1>{STORY}</body></html>")
    assert article.headlines[-1].text == "Bridge closes for the winter"


def test_a_site_name_in_an_h1_is_not_the_headline() -> None:
    """The headline may be an h2 where the h1 bears the name of the site."""
    html = (
        "<html><head><title>Bridge closes for the winter | The Harbour Paper</title></head><body>"
        f"<h1>The Harbour Paper</h1><h2>Bridge closes for the winter</h2>{STORY}</body></html>"
    )
    assert extract(html).headline == "Bridge closes for the winter"


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "WebSite", "name": "x"}, ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "Person", "name": "x"}, ARTICLE]},
    ],
)
def test_linked_data_in_every_shape(value: object) -> None:
    """JSON-LD alone, in a list and in @graph gives the same metadata, times with their zone."""
    article = extract(page(STORY, head=_linked(value)))
    assert article.byline == "Ada Pier, Ben Quay"
    assert article.publisher == "The Harbour Paper"
    assert article.section == "Local"
    assert article.published_at == datetime(2024, 1, 8, 7, tzinfo=timezone(timedelta(hours=1)))
    assert article.modified_at == datetime(2024, 1, 8, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "NewsArticle", "author": {"name": "Ada Pier"},}',
        '<!-- {"@type": "NewsArticle", "author": {"name": "Ada Pier"}} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": "Ada Pier"}\n//]]>',
        '{"@type": "NewsArticle", "author": "Ada\nPier"}',
        '{"@type": ["Article", "NewsArticle"], "author": ["Ada Pier"]};',
    ],
)
def test_broken_linked_data_is_mended(source: str) -> None:
    """Trailing commas, comments, CDATA marks and line breaks in strings are read past."""
    head = f"<script type='application/ld+json'>{source}</script>"
    assert extract(page(STORY, head=head)).byline == "Ada Pier"


@pytest.mark.parametrize("source", ["{", "null", "[1, 2]", '{"@type": 3}', "[" * 5000, '{"a": "\\'])
def test_hopeless_linked_data_is_left_out(source: str) -> None:
    """What cannot be read is as if it were not there."""
    head = f"<script type='application/ld+json'>{source}</script>"
    assert extract(page(STORY, head=head)).byline is None


def test_meta_elements_where_there_is_no_linked_data() -> None:
    """Author, times, language and address come from meta and link elements too."""
    head = (
        "<meta name='author' content='Ada Pier'><link rel='canonical' href='https://paper.example/b'>"
        "<meta property='article:published_time' content='2024-01-08T07:00:00'>"
        "<meta property='article:modified_time' content='no time at all'>"
    )
    article = extract(page(STORY, head=head))
    assert article.byline == "Ada Pier"
    assert article.canonical_url == "https://paper.example/b"
    assert article.published_at == datetime(2024, 1, 8, 7)
    assert article.modified_at is None
    assert article.language == "en"


def test_the_heading_of_a_diary_page_is_its_headline() -> None:
    """Where a page states the name of a diary only, the first heading of the text is the headline."""
    html = (
        "<html><head><title>Harbour diary</title></head><body><h1>Harbour diary</h1><div>"
        f"<h3>The bridge is shut</h3>{STORY}</div></body></html>"
    )
    article = extract(html)
    assert article.headline == "The bridge is shut"
    assert "The bridge is shut" not in article.text
    assert extract(html.replace("diary", "closed")).headline == "Harbour closed"


def test_of_two_headings_the_one_that_the_page_repeats() -> None:
    """An h1 that Open Graph gives word for word is the headline, before one that is like the title."""
    body = "<h1>Bridge closes</h1><h1>Bridge closes, and a ferry opens</h1>" + STORY
    head = "<meta property='og:title' content='Bridge closes, and a ferry opens'>"
    assert extract(page(body, head=head, title="Bridge")).headline == "Bridge closes, and a ferry opens"


@pytest.mark.parametrize(
    "stated",
    [
        "Correction: The bridge closes in May, not in April.",
        {"@type": "CorrectionComment", "text": "Correction: The bridge closes in May, not in April."},
        [
            {
                "text": "Correction: The bridge closes in May, not in April.",
                "datePublished": "2024-01-09",
            }
        ],
    ],
)
def test_a_correction_in_json_ld_is_a_notice(stated: object) -> None:
    """A correction that is stated for programs only is a notice without a place in the text."""
    (notice,) = extract(page(STORY, head=_linked(ARTICLE | {"correction": stated}))).notices
    assert notice.span is None
    assert notice.kind is NoticeKind.CORRECTION
    assert notice.text == "Correction: The bridge closes in May, not in April."


def test_a_correction_that_the_text_holds_is_told_once() -> None:
    """A correction in JSON-LD that readers see too is the notice of the text, with its span."""
    said = "Correction: An earlier version of this article misstated the month. It is May, not April."
    html = page(STORY + f"<p>{said}</p>", head=_linked(ARTICLE | {"correction": said}))
    (notice,) = extract(html).notices
    assert notice.span is not None


@pytest.mark.parametrize(
    "stated", ["https://paper.example/corrections", "", None, 3, [[]], {"text": {}}]
)
def test_what_is_no_correction_in_json_ld(stated: object) -> None:
    """Addresses, empty and odd values are no notices."""
    assert extract(page(STORY, head=_linked(ARTICLE | {"correction": stated}))).notices == ()


@pytest.mark.parametrize(
    ("work", "taken"),
    [
        (None, True),
        ("https://paper.example/bridge#text", True),
        ({"@id": "http://www.paper.example/bridge/"}, True),
        ([3, {"url": "https://paper.example/bridge"}], True),
        ("https://paper.example/harbour", False),
        ([{"@id": "https://paper.example/harbour"}], False),
    ],
)
def test_a_correction_of_another_work_is_no_notice(work: object, taken: bool) -> None:
    """A correction that stands alone is the page's unless it names another work."""
    said = "Correction: The bridge closes in May, not in April."
    comment = {"@type": "CorrectionComment", "text": said, "correctedWork": work}
    html = page(STORY, head=_linked({"@graph": [ARTICLE, comment]}))
    found = extract(html, url="https://paper.example/bridge").notices
    assert [one.text for one in found] == [said] * taken


def test_a_stated_correction_takes_part_in_a_comparison() -> None:
    """A correction that is stated for programs only was added; that it is stated no more, not told."""
    stated = _linked(ARTICLE | {"correction": "Correction: The bridge closes in May, not in April."})
    old, new = extract(page(STORY, head=_linked(ARTICLE))), extract(page(STORY, head=stated))
    (added,) = revtrack.compare(old, new).changes
    assert isinstance(added, NoticeAdded)
    assert (added.rule, added.notice.says) == ("notice.stated", "in May")
    assert revtrack.compare(new, new).changes == revtrack.compare(new, old).changes == ()


def test_a_stated_correction_that_readers_see_later_is_told_once_each_way() -> None:
    """What stood in the text already is not added when the page states it too."""
    said = "Correction: The bridge closes in May, not in April."
    seen = extract(page(STORY + f"<p>{said}</p>", head=_linked(ARTICLE)))
    stated = extract(page(STORY, head=_linked(ARTICLE | {"correction": said})))
    assert [change.rule for change in revtrack.compare(seen, stated).changes] == ["notice.removed"]
    assert [change.rule for change in revtrack.compare(stated, seen).changes] == ["notice.added"]


def test_an_itemprop_that_says_several_things_says_none_of_the_article() -> None:
    """Other articles on the page, each with its time, do not give this one theirs."""
    listed = "".join(
        [f"<meta itemprop='datePublished' content='2024-03-0{day}T08:00:00Z'>" for day in (3, 2, 1)]
    )
    head = "<meta name='DC.date.issued' content='2023-12-16T11:45:00+00:00'>"
    article = extract(page(STORY, head=head).replace("<footer>", f"<footer>{listed}"))
    assert article.published_at == datetime.fromisoformat("2023-12-16T11:45:00+00:00")
    alone = listed.partition(">")[0] + ">"
    article = extract(page(STORY, head=alone))
    assert article.published_at == datetime.fromisoformat("2024-03-03T08:00:00+00:00")
