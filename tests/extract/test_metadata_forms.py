"""Metadata in the many forms that pages give it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import revtrack
from revtrack.extract import extract
from revtrack.model import Article, HeadlineSource

from .pages import PARAGRAPHS, STORY, page

SEVEN = datetime(2024, 1, 8, 7, tzinfo=UTC)
NINE = datetime(2024, 1, 8, 9, tzinfo=UTC)
HERE = "https://paper.example/news/bridge"


def _script(*values: object) -> str:
    return "".join(
        [f"<script type='application/ld+json'>{json.dumps(value)}</script>" for value in values]
    )


def _article(head: str, *, url: str | None = None) -> Article:
    return extract(page(STORY, head=head), url=url)


# --------------------------------------------------------------------------------------------- times


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2024-01-08T07:00:00Z'>",
        "<meta property='og:article:published_time' content='2024-01-08 07:00 UTC'>",
        "<meta property='article:published' content='2024-01-08T08:00:00+01:00'>",
        "<meta name='parsely-pub-date' content='2024-01-08T07:00:00Z'>",
        "<meta name='DC.date.issued' content='2024-01-08T07:00:00Z'>",
        "<meta name='dcterms.issued' content='2024-01-08T07:00:00Z'>",
        "<meta name='pubdate' content='Mon, 08 Jan 2024 07:00:00 GMT'>",
        "<meta name='date' content='1704697200000'>",
        "<meta itemprop='datePublished' content='2024-01-08T07:00:00Z'>",
        "<meta property='article:published' content='soon'><meta name='date' content='1704697200'>",
        _script({"@type": "BlogPosting", "datePublished": "2024-01-08T02:00:00-0500"}),
        _script({"@type": "Article", "datePublished": 1704697200}),
        _script({"@type": "WebPage", "datePublished": "2024-01-08T07:00:00Z"}),
        _script({"@type": "WebPage", "mainEntity": {"@type": "Report", "datePublished": "1704697200"}}),
        _script([[{"@type": ["NewsArticle"], "datePublished": ["2024-01-08T07:00:00Z"]}]]),
        _script({"@type": "LiveBlogPosting", "datePublished": "2024-01-08T07:00:00Z"}),
    ],
)
def test_the_time_of_publication_wherever_it_is_stated(head: str) -> None:
    """Meta elements of several kinds, JSON-LD of several types; what is no time is passed over."""
    assert _article(head).published_at == SEVEN


@pytest.mark.parametrize(
    "name",
    [
        "published-date",
        "published_on",
        "publishDate",
        "article.publishedAt",
        "DC.date.created",
        "pdate",
    ],
)
def test_a_time_of_publication_by_any_name_of_its_form(name: str) -> None:
    """What names publication or a date is read where no better known name is; the earliest counts."""
    head = f"<meta name='{name}' content='2024-01-08T07:00:00Z'>"
    later = "<meta name='published-time' content='2024-02-08T07:00:00Z'>"
    assert _article(head + later).published_at == SEVEN
    for other in ("expiry-date", "event-start-date", "publisher", "modified-date", "birth-date"):
        assert _article(f"<meta name='{other}' content='2024-01-08T07:00:00Z'>").published_at is None


@pytest.mark.parametrize(
    "shown",
    [
        "<time datetime='2024-01-08T07:00:00Z'>Monday</time>",
        "<time pubdate datetime='2024-01-08T07:00Z'></time><time datetime='2024-01-09T07:00Z'></time>",
        "<span itemprop='datePublished' content='2024-01-08T07:00:00Z'>Monday</span>",
        "<div><time itemprop='datePublished'>8 January 2024, 07:00 UTC</time></div>",
    ],
)
def test_the_time_of_publication_that_only_readers_see(shown: str) -> None:
    """A time beside the headline counts where the metadata are silent."""
    assert extract(page(shown + STORY)).published_at == SEVEN
    stated = "<meta name='author' content='Ada'><meta name='date' content='2024-01-08T09:00:00Z'>"
    assert extract(page(shown + STORY, head=stated)).published_at == NINE


def test_a_time_of_modification_beside_the_headline() -> None:
    """It says so in its property or its name."""
    for kind in ("itemprop='dateModified'", "class='entry-updated'"):
        updated = f"<time {kind} datetime='2024-01-08T09:00Z'></time>"
        article = extract(page(f"<time datetime='2024-01-08T07:00Z'></time>{updated}{STORY}"))
        assert (article.published_at, article.modified_at) == (SEVEN, NINE)


def test_of_several_times_beside_the_headline_none_is_taken() -> None:
    """Entries and other articles have times too: what is unclear is not told."""
    shown = "<time datetime='2024-01-08T07:00Z'>7</time><time datetime='2024-01-08T09:00Z'>9</time>"
    assert extract(page(shown + STORY)).published_at is None
    behind = f"{STORY}<p>{PARAGRAPHS[0]}</p><aside><time datetime='2024-01-08T07:00Z'>7</time></aside>"
    assert extract(page(behind)).published_at is None


# ------------------------------------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("html_lang", "head", "language"),
    [
        ("en_US", "", "en-US"),
        ("pt-BR", "<meta property='og:locale' content='en_US'>", "pt-BR"),
        ("", "<meta property='og:locale' content='de_AT'>", "de-AT"),
        ("{{ lang }}", "<meta http-equiv='Content-Language' content='fr, en'>", "fr"),
        ("", "<meta http-equiv='content-language' content='utf-8'>", None),
        ("English", "<meta name='dc.language' content='en'>", "en"),
        ("", _script({"@type": "Article", "inLanguage": "ja"}), "ja"),
        (
            "",
            _script({"@type": "Article", "inLanguage": {"name": "Hindi", "alternateName": "hi"}}),
            "hi",
        ),
        ("", _script({"@type": "Article", "inLanguage": ["English", "en-GB"]}), None),
        ("", "", None),
    ],
)
def test_the_language_is_the_first_tag_that_is_stated(
    html_lang: str, head: str, language: str | None
) -> None:
    """Words and placeholders are no tags; nothing is guessed."""
    html = page(STORY, head=head).replace("lang='en'", f"lang='{html_lang}'")
    assert extract(html).language == language


# ------------------------------------------------------------------------------ address, publisher …


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        (f"<link rel='canonical' href='{HERE}'>", HERE),
        (f"<link rel='shortlink canonical' href=' {HERE} '>", HERE),
        ("<link rel='canonical' href='/news/bridge'>", HERE),
        ("<link rel='canonical' href='bridge'>", HERE),
        ("<base href='https://paper.example/news/'><link rel='canonical' href='bridge'>", HERE),
        (f"<link rel='canonical' href=''><meta property='og:url' content='{HERE}'>", HERE),
        (f"<link rel='canonical' href='{HERE}'><link rel='canonical' href='{HERE}/2'>", HERE),
        (
            f"<link rel='canonical' href='javascript:x()'><meta property='og:url' content='{HERE}'>",
            HERE,
        ),
        (
            f"<link rel='canonical' href='http://p.example/'><meta property='og:url' content='{HERE}'>",
            HERE,
        ),
        ("<link rel='canonical' href='https://paper.example/'>", "https://paper.example/"),
        ("<link rel='canonical' href='http://[half'>", "http://[half"),
        ("<link rel='canonical' href='http://localhost/x'>", "http://localhost/x"),
        ("", None),
    ],
)
def test_the_canonical_address_is_whole_and_of_a_page(head: str, canonical: str | None) -> None:
    """What is empty, a script or a front page gives way to another statement."""
    assert _article(head, url="https://paper.example/news/other").canonical_url == canonical


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (_script({"@type": "Article", "publisher": "Harbour Paper"}), "Harbour Paper"),
        (_script({"@type": "Article", "publisher": [{"name": "Harbour Paper"}]}), "Harbour Paper"),
        ("<meta property='og:site_name' content='Harbour Paper'>", "Harbour Paper"),
        ("<meta name='DC.publisher' content='Harbour Paper'>", "Harbour Paper"),
        (
            _script({"@type": "Article", "publisher": {"name": "https://paper.example"}})
            + "<meta property='og:site_name' content='Harbour Paper'>",
            "Harbour Paper",
        ),
    ],
)
def test_the_publisher_is_a_name(head: str, publisher: str) -> None:
    """An address in its place is passed over."""
    assert _article(head).publisher == publisher


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (_script({"@type": "Article", "articleSection": ["Local", "Traffic"]}), "Local"),
        ("<meta property='article:section' content='Local'>", "Local"),
        ("<meta name='parsely-section' content='Local'>", "Local"),
        ("<meta name='section' content='/news/local'>", None),
    ],
)
def test_the_section_is_a_name(head: str, section: str | None) -> None:
    """The first of several; a path in its place is passed over."""
    assert _article(head).section == section


@pytest.mark.parametrize(
    "head",
    [
        _script({"@type": "Article", "description": "Ferries &amp; <b>buses</b> run"}),
        "<meta property='og:description' content='Ferries &amp; buses run'>",
        "<meta name='description' content='Ferries &amp; buses run'>",
        "<meta name='twitter:description' content='Ferries &amp; buses run'>",
    ],
)
def test_the_dek_wherever_it_is_stated(head: str) -> None:
    """Without the entities and tags of HTML."""
    assert _article(head).dek == "Ferries & buses run"


# ------------------------------------------------------------------------------- several articles


OTHER = {"@type": "NewsArticle", "headline": "Mill burns", "author": "Eve Mill", "url": f"{HERE}-2"}


@pytest.mark.parametrize(
    "own",
    [
        {"url": f"{HERE}/"},
        {"@id": f"{HERE}#article"},
        {"mainEntityOfPage": HERE.replace("https://", "http://www.")},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": HERE}},
        {"headline": "Bridge closes for the winter"},
    ],
)
def test_of_several_articles_in_json_ld_the_page_s_own(own: dict[str, object]) -> None:
    """It stands at the page's address or bears its headline; others lend it nothing."""
    own = {"@type": "NewsArticle", "author": "Ada Pier", **own}
    article = _article(_script(OTHER, own), url=HERE)
    assert article.byline == "Ada Pier"
    assert "Mill burns" not in [one.text for one in article.headlines]
    bare = {key: value for key, value in own.items() if key != "author"}
    assert _article(_script(OTHER, {"headline": "-", **bare}), url=HERE).byline is None


def test_two_descriptions_of_one_article_complete_each_other() -> None:
    """Two plugins describe the same article."""
    first = {"@type": "Article", "headline": "Bridge closes", "url": HERE}
    second = {"@type": "BlogPosting", "headline": "Bridge closes", "author": "Ada Pier"}
    assert _article(_script(first, second), url=HERE).byline == "Ada Pier"


@pytest.mark.parametrize(
    "key", ["@id", "author", "correction", "inLanguage", "isAccessibleForFree", "url"]
)
@pytest.mark.parametrize("around", [("[", "]"), ('{"@id":', "}"), ('{"name":', "}")])
@pytest.mark.parametrize("depth", [40, 490, 900])
def test_no_depth_of_a_value_is_a_crash(key: str, around: tuple[str, str], depth: int) -> None:
    """Lists in lists and objects in objects are followed some steps and no further."""
    value = around[0] * depth + '"x"' + around[1] * depth
    head = f"""<script type="application/ld+json">{{"@type": "Article", "publisher": {{"@id": "p"}},
        "{key}": {value}}}</script>"""
    assert _article(head).headline == "Bridge closes for the winter"


# ------------------------------------------------------------------------------------- corrections


SAID = "Correction: The bridge closes in May, not in April."
COMMENT = {"@type": "CorrectionComment", "@id": "#c", "text": SAID}


@pytest.mark.parametrize(
    "values",
    [
        [{"@type": "Article", "correction": f"<p>{SAID}</p>"}],
        [{"@type": "Article", "correction": {"@id": "#c"}}, COMMENT],
        [{"@graph": [{"@type": "Article"}, COMMENT]}],
    ],
)
def test_a_correction_with_tags_by_reference_or_beside_the_article(values: list[object]) -> None:
    """However JSON-LD ties it to the article, it is one notice in plain text."""
    (notice,) = _article(_script(*values)).notices
    assert notice.text == SAID


def test_the_second_headline_takes_part_in_a_comparison() -> None:
    """It is compared with its like, and named."""
    old, new = (
        _article(_script({"@type": "Article", "alternativeHeadline": text}))
        for text in ("Six ferries will run", "Nine ferries will run")
    )
    change = revtrack.compare(old, new).headline
    assert change is not None
    assert (change.source, change.substantive) == (HeadlineSource.ALTERNATIVE, True)


def test_a_base_that_is_no_address_is_no_crash() -> None:
    """A page's mistake in its base leaves the address as the page states it."""
    head = "<base href='http://['><link rel='canonical' href='/x/y'>"
    assert _article(head, url="https://paper.example/a").canonical_url == "/x/y"


def test_authors_in_named_metas_that_bear_an_itemprop_too() -> None:
    """Several metas of one name are several authors, whatever else they bear."""
    head = "".join(
        f"<meta property='article:author' itemprop='author' content='{name}'>"
        for name in ("Ada Pier", "Ben Quay")
    )
    assert _article(head).byline == "Ada Pier, Ben Quay"


def test_a_correction_in_a_script_of_its_own() -> None:
    """A correction stated beside the article, in another script, is one of its notices."""
    said = {"@type": "CorrectionComment", "text": "The length of the bridge was corrected."}
    head = _script({"@type": "NewsArticle", "headline": "Bridge"}) + _script(said)
    assert [notice.text for notice in _article(head).notices] == [said["text"]]


def test_an_author_among_other_relations() -> None:
    """A link is to the author when that is one of the relations it states."""
    shown = "<p><a rel='author nofollow' href='/ada'>Ada Pier</a></p>"
    assert extract(page(shown + STORY)).byline == "Ada Pier"
