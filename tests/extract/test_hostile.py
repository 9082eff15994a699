"""Pages made to harm: the work grows with the page and no faster, and nothing in them is believed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import SiteRule, SiteRules, extract
from revtrack.extract.parsing import _bounded
from revtrack.model import ScreenReason
from tests.calls import calls

from .pages import PARAGRAPHS, STORY, page

SENTENCE = "The ferry came into the harbour late on Monday and nobody knew the reason for it. "

GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: f"<p>{SENTENCE}</p>" * n,
    "short paragraphs": lambda n: "<p>Short words.</p>" * n,
    "breaks": lambda n: "<div>" + f"{SENTENCE}<br>" * n + "</div>",
    "class names": lambda n: "".join(
        [f"<div class='name-{i} other'>{SENTENCE}</div>" for i in range(n)]
    ),
    "headings": lambda n: f"<h2>{SENTENCE}</h2>" * n + STORY,
    "links": lambda n: STORY + f"<p>{SENTENCE}" + "<a href='/x'>link</a> and " * n,
    "inline elements": lambda n: STORY + "<p><b>" + "<i>x</i>" * n,
    "list items": lambda n: STORY + f"<ul>{'<li>' + SENTENCE}" * n,
    "table rows": lambda n: STORY + f"<table>{'<tr><td>' + SENTENCE + '<td>1'}" * n,
    "updates": lambda n: STORY + "<p>Update: This article was changed to correct an error.</p>" * n,
    "corrections": lambda n: (
        STORY + "<p>Correction: An earlier version of this story said 54. It is 45.</p>" * n
    ),
    "related links": lambda n: STORY + "<p>Read also</p><p><a href='/x'>Another story</a></p>" * n,
    "furniture": lambda n: STORY + "<aside class='related'><p>Words</p></aside>" * n,
    "captions": lambda n: (
        STORY + "<figure><img src='/i.png'><figcaption>A quay</figcaption></figure>" * n
    ),
    "metadata": lambda n: "<meta name='author' content='Ada Pier'>" * n + STORY,
    "JSON-LD": lambda n: (
        '<script type=\'application/ld+json\'>{"@type":"Article"}</script>' * n + STORY
    ),
    "live entries": lambda n: (
        STORY
        + "<div class='live-blog'>"
        + "".join([f"<div><p id='e{k}'><time>9:{k}</time>What came at {k}.</p>" for k in range(n)])
    ),
    "open brackets": lambda n: "<script type='application/ld+json'>" + "[" * n + "</script>" + STORY,
}


@pytest.mark.parametrize("build", GROWING.values(), ids=GROWING.keys())
def test_the_work_grows_with_the_page(build: Callable[[int], str]) -> None:
    """Twice as much of anything takes about twice as many steps."""
    once, twice = (page(build(number)).encode() for number in (300, 600))
    extract(once)  # what is loaded and remembered once is not the work
    extract(twice)
    assert calls(lambda: extract(twice)) <= 2.3 * calls(lambda: extract(once))


@pytest.mark.parametrize("key", ["keep", "drop", "notices", "container"])
@pytest.mark.parametrize(
    "build",
    [
        lambda n: STORY + f"<p class='k'>{SENTENCE}</p>" * n,
        lambda n: (
            STORY + "".join([f"<nav><p class='k'>Note {i} of the day</p></nav>" for i in range(n)])
        ),
        lambda n: STORY + f"<p>Note: <b class='k'>{SENTENCE}</b></p>" * n,
        lambda n: STORY + "<div class='k'>" * n + SENTENCE,
        lambda n: STORY + "<div><span class='k'>" * n + SENTENCE,
    ],
    ids=["paragraphs", "menus", "lines", "nested", "nested lines"],
)
def test_the_work_of_site_rules_grows_with_the_page(key: str, build: Callable[[int], str]) -> None:
    """A rule that selects thousands of elements takes time for each once."""
    rule = SiteRule(hosts="paper.example", **{key: ".k"})  # type: ignore[arg-type]  # a key of selectors
    read = partial(extract, url="https://paper.example/", site_rules=SiteRules((rule,)))
    once, twice = (page(build(number)).encode() for number in (300, 600))
    read(once)
    read(twice)
    assert calls(partial(read, twice)) <= 2.3 * calls(partial(read, once))


class Looked(bytes):
    """Bytes that count how many of them are searched through."""

    looked = 0

    def find(self, *given: Any) -> int:
        """Count, and find."""
        found = super().find(*given)
        start, stop = (*given[1:], len(self))[:2] if len(given) > 1 else (0, len(self))
        self.looked += (found if found >= 0 else min(stop, len(self))) - start
        return found

    def rfind(self, *given: Any) -> int:
        """Count, and find from the end."""
        found = super().rfind(*given)
        _, start, stop = given
        self.looked += stop - max(found, start)
        return found


@pytest.mark.parametrize(
    "text",
    [
        b"<p>" + b"word " * 200_000,
        b"<p>" + b"a" * 1_000_000,
        b"a<b " * 250_000,
        b"<" * 1_000_000,
        (b"<i>" + b"a " * 4_500) * 100,
        (b"<i " + b"a " * 4_500 + b">") * 100,
        (b">" + b"a" * 9_000) * 100,
        (b"<" + b"a" * 9_000) * 100,
        b"<p " + b"a=1 " * 250_000 + b">",
        b"<script>" + b"if (a<b) " * 100_000 + b"</script>",
    ],
)
def test_each_byte_is_looked_at_a_few_times_before_parsing(text: bytes) -> None:
    """Finding tags with thousands of attributes takes a few looks at each byte, whatever the page."""
    looked = Looked(text)
    _bounded(looked)
    assert looked.looked <= 4 * len(text)


@pytest.mark.parametrize(
    "attribute",
    [
        "a{}='>' ",
        'a{}="x > y" ',
        "a{}/",
        "a{}=''",
        "a{}='<' b{}='>' ",
        "a{}='<b>' ",
        "a{}=&gt; b{} ",
        "a{} = '>' ",
    ],
)
@pytest.mark.parametrize("end", [">", ""], ids=["closed", "open"])
def test_attributes_are_counted_as_the_parser_reads_them(attribute: str, end: str) -> None:
    """Quoted angle brackets end no tag, and slashes and quotation marks part attributes, too."""
    many = "".join([attribute.replace("{}", str(number)) for number in range(16_000)])
    text = page(f"{STORY}<p id='many' {many}{end}").encode()
    assert len(_bounded(text)) < 2_000


@pytest.mark.parametrize(
    "text",
    [
        b"<p title='" + b"many words > and more " * 2_000 + b"'>",
        b"<script>" + b"if (a<b && b>c) d = '>'; " * 2_000 + b"</script>",
        b"<p>" + b"words > words < words " * 2_000,
        b'<div data-all=\'{"a": "<b>", "c": ["x", ">"], "d": 1}, {}\'>' * 1_000,
        b"<p class='a' id='b'>" * 1_000,
    ],
)
def test_what_has_few_attributes_is_left_alone(text: bytes) -> None:
    """Long values, scripts and texts full of angle brackets stay as they are."""
    assert _bounded(text) is text


@pytest.mark.parametrize("depth", [40, 450, 900])
@pytest.mark.parametrize(
    "nested", ["[{}]", '{{"name":{}}}', '{{"@graph":{}}}', '[{{"@id":"x","a":{}}}]']
)
def test_json_nested_without_end_is_no_crash(nested: str, depth: int) -> None:
    """Values deeper than calls can go are left out, whichever key they stand under."""
    opened, closed = nested.format("\0").split("\0")
    value = opened * depth + '"x"' + closed * depth
    keys = (
        "headline",
        "author",
        "publisher",
        "isAccessibleForFree",
        "correction",
        "datePublished",
        "url",
    )
    for key in (*keys, "@type", "@id", "mainEntityOfPage", "inLanguage", "liveBlogUpdate"):
        head = f'<script type="application/ld+json">{{"@type":"Article","{key}":{value}}}</script>'
        assert extract(page(STORY, head=head)).text == "\n\n".join(PARAGRAPHS)


def test_a_million_attributes_are_dropped() -> None:
    """A tag with a million attributes keeps its name and loses them; the story is whole."""
    many = b" ".join([b"a%d='1'" % number for number in range(1_000_000)])
    article = extract(page(STORY).encode().replace(b"<footer>", b"<footer " + many + b">"))
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_nesting_beyond_the_parsers_bound_is_refused() -> None:
    """A hundred thousand open elements are no article, and the error says so."""
    with pytest.raises(ExtractionError) as caught:
        extract("<div>" * 100_000 + STORY)
    assert caught.value.reason is ScreenReason.TOO_DEEP


def test_nesting_within_the_parsers_bound_is_followed() -> None:
    """Two thousand open elements, which Python's own calls could not follow, may hold an article."""
    assert extract("<div>" * 1_900 + STORY).text == "\n\n".join(PARAGRAPHS)


def test_a_doctype_of_billion_laughs_laughs_not_once() -> None:
    """Entities that refer to entities, as XHTML lets a page declare them, stay unexpanded."""
    laughs = '<!ENTITY l0 "ha">' + "".join(
        [f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 20)]
    )
    xhtml = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd" '
        f"[{laughs}]>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&l19;</p>{STORY}</body></html>'
    )
    article = extract(xhtml)
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert len(article.text) < 2 * len(xhtml)


def test_an_external_entity_is_not_fetched() -> None:
    """A file that a doctype names is not read into the text."""
    document = '<!DOCTYPE html [<!ENTITY machine SYSTEM "file:///etc/hostname">]>' + page(
        STORY + "<p>The name of this machine is &machine; and that is nobody's business but ours.</p>"
    )
    assert "machine is &machine; and" in extract(document).text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x"]
)
def test_addresses_that_run_are_text(address: str) -> None:
    """An address that a browser would run is kept as the text it is; data are no picture's address."""
    markup = f'<p>{SENTENCE}<a href="{address}">the plan</a></p><img src="data:image/png;base64,AA">'
    (*_, last) = extract(page(STORY + markup)).blocks
    assert [link.href for link in last.links] == [address]
    assert last.media == ()
    assert "alert" not in last.text


@pytest.mark.parametrize(
    "address",
    ["http://localhost/x", "http://[", "http://a..b", "http://.", "https://", "//x", "%", "\ud800"],
)
def test_a_page_may_call_itself_anything(address: str) -> None:
    """An odd address, of the page or in it, is kept as the text it is."""
    head = f"<link rel='canonical' href='{address}'><meta property='og:site_name' content='{address}'>"
    article = extract(page(STORY, head=head), url=address, site_rules=SiteRules())
    assert article.url == address
    assert article.text == "\n\n".join(PARAGRAPHS)
