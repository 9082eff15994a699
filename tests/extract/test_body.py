"""The body: what of a page is the article."""

from __future__ import annotations

import pytest

from revtrack.extract import extract
from revtrack.model import BlockKind

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


def test_the_body_is_the_paragraphs() -> None:
    """The text is the article's paragraphs: no headline, no menu, no footer."""
    assert extract(page(STORY)).text == TEXT


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='share-bar'><p>Share this story with your friends and neighbours.</p></div>",
        "<div class='newsletter-signup'><p>Get the harbour letter every morning at six.</p></div>",
        "<ul class='related'><li><a href='/x'>Another story about another bridge</a></li></ul>",
        "<p>Read also: </p><ul><li><a href='/x'>Another story about another bridge</a></li></ul>",
        "<h3>You may also like</h3><div><a href='/x'><h4>A card</h4><p>with words.</p></a></div>",
        "<h3>Más noticias</h3><div><a href='/x'><h4>Una tarjeta</h4><p>con palabras.</p></a></div>",
        "<section id='comments'><h3>2 comments</h3><p>A reader: I have seen this coming.</p></section>",
        "<aside><p>A box beside the story with facts and figures about bridges.</p></aside>",
        "<div>Advertisement</div>",
        "<p>Anzeige</p>",
        "<p>広告</p>",
        "<p>Follow our bridge writer on Twitter.</p>",
        "<p>© 2024 The harbour paper. All rights reserved.</p>",
        "<script>document.write('words that no reader sees')</script>",
        "<noscript><p>Please turn on your scripts to read on.</p></noscript>",
        "<h2>Comments</h2>",
    ],
)
def test_furniture_after_the_story_is_left_out(furniture: str) -> None:
    """Share bars, letters, related links, comments and labels are not the article."""
    assert extract(page(STORY + furniture)).text == TEXT


@pytest.mark.parametrize(
    "notice",
    [
        "<p><strong>Correction:</strong> An earlier version gave the wrong month.</p>",
        "<div class='correction'>An earlier version gave the wrong month.</div>",
        "<aside class='editors-note'><p>Editor's note: the month was wrong at first.</p></aside>",
        "<footer class='corrections'><p>An earlier version gave the wrong month.</p></footer>",
        "<p><a href='/policy'>Korrektur: In einer früheren Fassung stand der falsche Monat.</a></p>",
        "<h4>Update</h4><p>The council has since named the ferry company.</p>",
    ],
)
@pytest.mark.parametrize("where", ["top", "end"])
def test_notices_stay_in_the_body(notice: str, where: str) -> None:
    """A correction box, an update or an editor's note is kept at the top and at the end."""
    text = extract(page(notice + STORY if where == "top" else STORY + notice)).text
    assert "wrong" in text or "falsche" in text or "named the ferry company" in text


def test_a_notice_between_headline_and_body_is_kept() -> None:
    """A correction that stands outside the body's element, under the headline, is in the text."""
    body = f"<div class='correction'><p>Correction: the month was wrong.</p></div><div>{STORY}</div>"
    assert extract(page(body)).blocks[0].text == "Correction: the month was wrong."


def test_text_without_paragraphs() -> None:
    """Text that stands directly in an element and is parted by line breaks becomes paragraphs."""
    loose = "<br><br>".join(PARAGRAPHS)
    assert extract(page(f"<div>{loose}</div>")).text == TEXT


def test_a_single_line_break_does_not_part_a_paragraph() -> None:
    """One line break is white space."""
    first, *_ = extract(page(STORY.replace("voted on", "voted<br>on"))).blocks
    assert first.text == PARAGRAPHS[0]


def test_a_line_break_behind_a_new_line_in_the_markup() -> None:
    """One line break is white space, also where a new line of the source stands before it."""
    broken = STORY.replace("voted on", "<b>voted</b>\n<br>on").replace("<p>", "<div>")
    first, *_ = extract(page(broken.replace("</p>", "</div>"))).blocks
    assert first.text == PARAGRAPHS[0]


def test_kinds_and_levels() -> None:
    """Headings, list items, quotes, table rows and code keep their kind."""
    body = (
        f"{STORY}<h2>What it costs</h2><ul><li>Two million for the deck</li><li>One for gears</li></ul>"
        "<blockquote><p>We waited too long, and now we pay for it.</p></blockquote>"
        "<table><tr><th>Year</th><td>2024</td></tr></table><pre>x = 1</pre>"
    )
    kinds = [(block.kind, block.text, block.level) for block in extract(page(body)).blocks[3:]]
    assert kinds == [
        (BlockKind.HEADING, "What it costs", 2),
        (BlockKind.LIST_ITEM, "Two million for the deck", None),
        (BlockKind.LIST_ITEM, "One for gears", None),
        (BlockKind.QUOTE, "We waited too long, and now we pay for it.", None),
        (BlockKind.TABLE_ROW, "Year 2024", None),
        (BlockKind.CODE, "x = 1", None),
    ]


def test_links_have_their_places() -> None:
    """A link's span covers exactly its words, also twice the same and in nested tags."""
    body = "<p>The <a href='/b'>bridge</a> is not the <a href='/o'> <b>other</b>\n bridge </a>.</p>"
    (block,) = [one for one in extract(page(STORY + body)).blocks if one.links]
    assert [(link.span.of(block.text), link.href) for link in block.links] == [
        ("bridge", "/b"),
        ("other bridge", "/o"),
    ]
    assert block.links[1].span.start > block.links[0].span.stop


def test_captions_go_with_their_picture() -> None:
    """A caption is no text of the body but a word about its picture."""
    figure = "<figure><img src='/b.jpg' alt='A bridge'><figcaption>Closed.</figcaption></figure>"
    article = extract(page(figure + STORY))
    assert article.text == TEXT
    assert [(one.src, one.alt, one.caption) for one in article.media] == [
        ("/b.jpg", "A bridge", "Closed.")
    ]


def test_of_several_articles_the_one_under_the_headline() -> None:
    """Where articles follow one another, the text is that of the one that the page is named after."""
    other = "".join(
        f"<p>Another story, part {number}, with enough words to count.</p>" for number in range(4)
    )
    html = (
        "<html><head><title>Bridge closes for the winter</title></head><body><main>"
        f"<article><h2>Bridge closes for the winter</h2>{STORY}</article>"
        f"<article><h2>Quite another thing</h2>{other}</article>"
        f"<article><h2>A third thing</h2>{other}</article></main></body></html>"
    )
    assert extract(html).text == TEXT


def test_a_misnamed_container_is_not_furniture() -> None:
    """An element that holds most of the text is not furniture, whatever its name."""
    assert extract(page(f"<div class='promo-widget newsletter'>{STORY}</div>")).text == TEXT


def test_what_the_page_calls_its_body_is_the_body() -> None:
    """An element that states it is the article's body wins against longer texts."""
    other = "<div>" + "".join(
        f"<p>Something else entirely, number {n}, at length.</p>" for n in range(9)
    )
    html = f"<html><body>{other}</div><div itemprop='articleBody'>{STORY}</div></body></html>"
    assert extract(html).text == TEXT


def test_a_thread_is_its_posts() -> None:
    """Of a forum's thread the posts are the text, not the ranks and counters of their writers."""
    posts = "".join(
        f"<tr><td>Posts: {number}17, rank: admiral of the harbour</td></tr>"
        f"<tr><td><div id='post_message_{number}'>{paragraph}</div></td></tr>"
        for number, paragraph in enumerate(PARAGRAPHS)
    )
    assert extract(page(f"<table>{posts}</table>")).text == TEXT


@pytest.mark.parametrize("letter", ["<span class='drop-cap'>T</span> ", "<b class='initial'> T </b>\n"])
def test_an_enlarged_letter_belongs_to_its_word(letter: str) -> None:
    """A drop cap is joined to its word; a letter that is a word is not."""
    first = PARAGRAPHS[0].removeprefix("T")
    assert extract(page(f"<p>{letter}{first}</p>" + STORY)).blocks[0].text == PARAGRAPHS[0]
    word = f"<p><span class='drop-cap'>A</span> ship came in.</p>{STORY}"
    assert extract(page(word)).blocks[0].text == "A ship came in."


def test_a_plea_for_support_is_no_part_of_the_story() -> None:
    """A box at the end that asks for money for journalism goes, with the line over it."""
    plea = (
        "<div class='columns'><p>The press that is yours</p><p>Free reporting has its price, and this "
        "paper has no owners but its readers. Please support our journalism with a small sum.</p></div>"
    )
    assert extract(page(f"<div>{STORY}</div>{plea}")).text == TEXT


@pytest.mark.parametrize(
    ("markup", "kind", "src"),
    [
        ("<iframe src='https://film.example/embed/7' title='A film'></iframe>", "EMBED", None),
        ("<video><source src='/bridge.mp4'>It shows no films.</video>", "VIDEO", "/bridge.mp4"),
        ("<audio src='/bells.ogg'></audio>", "AUDIO", "/bells.ogg"),
    ],
)
def test_films_sounds_and_embeds_are_media(markup: str, kind: str, src: str | None) -> None:
    """What is played or embedded is kept with its address, and is no text."""
    article = extract(page(STORY + markup))
    assert article.text == TEXT
    (medium,) = article.media
    assert (medium.kind.name, medium.src) == (kind, src or "https://film.example/embed/7")


def test_an_embed_without_an_address_is_nothing() -> None:
    """Frames that scripts fill have no address and are no media."""
    assert extract(page(STORY + "<iframe src='about:blank'></iframe><video></video>")).media == ()


def test_a_hidden_copy_for_programs_is_not_the_article() -> None:
    """What readers see is the article, not a copy beside it that is marked for programs and hidden."""
    copy = (
        f"<div style='display: none'><div itemprop='articleBody'>{PARAGRAPHS[0]} img.jpg 5</div></div>"
    )
    assert extract(page(f"{copy}<div>{STORY}</div>")).text == TEXT


def test_a_notice_in_a_caption_is_kept() -> None:
    """A correction that stands among the words about a film or picture is text, and a notice."""
    film = (
        "<div><img src='/bridge.jpg'><div class='caption'><p>Correction: An earlier version "
        "of this article misstated the length of the bridge.</p><p>The bridge on Monday</p></div></div>"
    )
    article = extract(page(film + STORY))
    assert article.blocks[0].text.startswith("Correction: An earlier version")
    assert len(article.notices) == 1
    assert article.blocks[1].media[0].caption == "The bridge on Monday"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("* The calendar above is the one that the harbour gave out in January 2018", True),
        ("Ada Pier | Contributing Writer | 5 days ago", False),
        ("Harbour Town, 4 January 2018, 10:15", False),
        ("By Ada Pier, who has written of the harbour and its bridges since 2011", False),
    ],
)
def test_a_short_first_line_with_a_year_is_text_where_it_says_more(line: str, kept: bool) -> None:
    """A dateline is a date with a name and a place; a line that says more with a year in it is text."""
    assert (line in extract(page(f"<p>{line}</p>" + STORY)).text) is kept


CORRECTION = "Correction: An earlier version of this article misstated the length of the bridge."


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class='correction'><p>{CORRECTION}</p></div>",
        f"<p>{CORRECTION}</p>",
        f"<aside class='correction'><p>{CORRECTION}</p></aside>",
    ],
)
def test_a_notice_after_the_element_of_article_and_headline_is_kept(markup: str) -> None:
    """The headline inside the article's element does not end the search for notices after it."""
    html = page(STORY).replace("</article>", f"</article>{markup}")
    assert [one.text for one in extract(html).notices] == [CORRECTION]


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_an_aside_or_footer_that_reads_as_a_notice_is_one(tag: str) -> None:
    """Without any name its words say what it is; one that says other things stays out."""
    article = extract(page(STORY + f"<{tag}><p>{CORRECTION}</p></{tag}>"))
    assert [one.text for one in article.notices] == [CORRECTION]
    other = extract(page(STORY + f"<{tag}><p>Ada Pier writes about bridges and the sea.</p></{tag}>"))
    assert other.text == extract(page(STORY)).text
