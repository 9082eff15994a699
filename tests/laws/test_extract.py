"""Extraction: what holds for every page, however broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from revtrack.compare import compare
from revtrack.errors import ExtractionError
from revtrack.extract import BUILT_IN, extract, from_text
from revtrack.model import Article, BlockKind
from revtrack.remarks import RemarkKind

TAGS = [
    "p",
    "div",
    "span",
    "a href='/x'",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "blockquote",
    "h1",
    "h2",
    "b",
    "br",
    "img src=/i.png",
    "article",
    "aside",
    "script",
    "style",
    "figure",
    "figcaption",
    "pre",
    "div class='correction'",
    "div class='related-links'",
    "svg",
    "template",
    "form",
]
TEXTS = st.sampled_from(
    [
        "The council approved the new bridge on Monday after a long debate. ",
        "Correction: an earlier version gave the wrong date. ",
        "Share",
        "Read more",
        "\u00a0 \u200b\t",
        "&amp; &lt;b&gt; &#0; &#x110000; &nbsp",
        "<",
        "橋は月曜日に承認された。",
        "\x00\ufeff",
        "]]>",
        "<!--",
    ]
)
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    TEXTS,
    st.text(max_size=20),
)
BROKEN = st.lists(PIECES, max_size=60).map("".join)

WORDS = st.lists(
    st.sampled_from(["river", "bridge", "council", "mayor", "budget", "vote", "said"]),
    min_size=12,
    max_size=30,
)
PARAGRAPHS = st.lists(WORDS.map(" ".join).map(str.capitalize), min_size=3, max_size=8, unique=True)
FURNITURE = st.lists(
    st.sampled_from(
        [
            "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>",
            "<div class='share-bar'><span>Share this with your friends now</span></div>",
            "<aside><p>A box beside the story with words of its own in it.</p></aside>",
            "<div class='newsletter-signup'><p>Our letter comes every morning, free.</p></div>",
            "<section id='comments'><p>A reader says that all of this is wrong.</p></section>",
            "<footer><p>All rights reserved by the owners of this page and their friends.</p></footer>",
            "<ul class='related-links'><li><a href='/1'>Another story of the day</a></li></ul>",
            "<script>var words = 'that no reader sees, however long they may become';</script>",
        ]
    ),
    max_size=5,
).map("".join)


def _page(top: str, paragraphs: list[str], bottom: str) -> str:
    body = "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)
    title = "<h1>The bridge that the council wanted</h1>"
    return f"<html><body>{top}<article>{title}<div>{body}</div></article>{bottom}</body></html>"


def _check(article: Article) -> None:
    for block in article.blocks:
        lines = block.text.split("\n")
        if block.kind is BlockKind.CODE:
            assert all(line == line.rstrip() for line in lines)
        else:
            assert all(line == " ".join(line.split()) for line in lines)
            assert len(lines) == 1 or block.kind is BlockKind.EMBED
        assert all(lines)
        for link in block.links:
            assert link.span.stop <= len(block.text)
            assert link.span.of(block.text) == link.span.of(block.text).strip()
            assert link.span.of(block.text)
        assert (block.level is not None) == (block.kind.value == "heading")
    for notice in article.notices:
        assert notice.span is None or notice.span.stop <= len(article.text)
    assert article.extractor == BUILT_IN


def _extracted(page: bytes | str) -> Article | str:
    try:
        article = extract(page)
    except ExtractionError as error:
        return f"{error.reason.name}: {error}"
    _check(article)
    return article


@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_an_extraction_error(page: bytes) -> None:
    """No bytes whatever make extraction raise anything but ExtractionError."""
    _extracted(page)


@given(BROKEN)
def test_broken_markup_gives_whole_blocks(page: str) -> None:
    """Text blocks are whitespace-normal and links lie inside them, however broken the markup."""
    _extracted(page)


@given(BROKEN, st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis", "gb18030", "koi8-r"]))
def test_any_encoding_gives_whole_blocks(page: str, encoding: str) -> None:
    """Bytes in any encoding, declared or not, give whole blocks."""
    _extracted(page.encode(encoding, "replace"))


@given(BROKEN)
def test_the_same_page_gives_the_same_article(page: str) -> None:
    """Extraction is a function: the same page twice gives equal articles."""
    assert _extracted(page) == _extracted(page)


@given(PARAGRAPHS, FURNITURE, FURNITURE, FURNITURE, FURNITURE)
def test_furniture_never_changes_the_text(
    paragraphs: list[str], top: str, bottom: str, other_top: str, other_bottom: str
) -> None:
    """The same article in other furniture has the same text."""
    old = extract(_page(top, paragraphs, bottom))
    new = extract(_page(other_top, paragraphs, other_bottom))
    assert old.text == new.text == "\n\n".join(f"{paragraph}." for paragraph in paragraphs)
    assert old.headline == new.headline == "The bridge that the council wanted"


FILM = (
    '<html><head><meta property="og:type" content="video.other">'
    '<meta property="og:title" content="The bridge that the council wanted"></head>'
    "<body>{}<main><h1>The bridge that the council wanted</h1><video src='/7'></video></main>{}"
)


@given(PARAGRAPHS, FURNITURE, FURNITURE)
def test_a_film_in_the_place_of_a_text_changes_nothing(
    paragraphs: list[str], top: str, bottom: str
) -> None:
    """A page without text is neither a removal nor an addition, whatever furniture it has."""
    text, film = _page(top, paragraphs, bottom), FILM.format(top, bottom)
    assert extract(film).blocks == ()
    assert compare(text, film).changes == compare(film, text).changes == ()
    assert compare(film, film).changes == ()


@given(FURNITURE, FURNITURE, st.sampled_from(["", "<script>fill()</script>", "<span> </span>", "\n"]))
def test_a_page_that_a_script_would_fill_is_no_film(top: str, bottom: str, inside: str) -> None:
    """Where the element for the text stands empty, the page is refused or holds its furniture alone."""
    page = FILM.format(top, f"<div itemprop='articleBody'>{inside}</div>{bottom}")
    assert isinstance(found := _extracted(page), str) or found.blocks


@given(BROKEN)
def test_a_film_in_broken_markup_has_a_headline_or_is_refused(page: str) -> None:
    """However broken a page is, without text it has a headline and says that it has no text."""
    article = _extracted(FILM.format(page, page))
    if isinstance(article, Article) and not article.blocks:
        assert article.headline
        assert [remark.kind for remark in article.remarks] == [RemarkKind.NO_TEXT]


@given(PARAGRAPHS)
def test_bytes_and_text_agree(paragraphs: list[str]) -> None:
    """A page as text and as UTF-8 bytes is the same article."""
    page = _page("", paragraphs, "")
    assert extract(page).blocks == extract(page.encode()).blocks


@given(st.text(max_size=300))
def test_plain_text_loses_no_word(text: str) -> None:
    """from_text keeps every word in its order, and its blocks are whitespace-normal."""
    article = from_text(text)
    assert article.text.split() == text.split()
    assert all(block.text == " ".join(block.text.split()) for block in article.blocks)


@given(st.lists(st.sampled_from(["One line.", "Another line.", "", "  "]), max_size=8))
def test_plain_text_does_not_mind_line_ends(lines: list[str]) -> None:
    """Every system's line ends give the same blocks."""
    expected = from_text("\n".join(lines)).blocks
    assert from_text("\r\n".join(lines)).blocks == expected
    assert from_text("\r".join(lines)).blocks == expected
