"""Metadata: what a page says of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

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


def test_a_correction_that_the_text_holds_is_told_once() -> None:
    """A correction in JSON-LD has no place, unless readers see it too: then it is that of the text."""
    said = "Correction: An earlier version of this article misstated the month. It is May, not April."
    head = _linked(ARTICLE | {"correction": said})
    (stated,) = extract(page(STORY, head=head)).notices
    assert (stated.kind, stated.span) == (NoticeKind.CORRECTION, None)
    html = page(STORY + f"<p>{said}</p>", head=head)
    (notice,) = extract(html).notices
    assert notice.span is not None
