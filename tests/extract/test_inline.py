"""Marks inside a line: words that are struck out, and superscripts that refer to a footnote."""

from __future__ import annotations

import pytest

import revtrack
from revtrack import codec
from revtrack.model import Article, Struck

BEFORE = "<p>The ferry to Orsund sails again on Monday after a winter in the dock at Brevik.</p>"
AFTER = "<p>Tickets are sold at the pier and in the old customs house, which is lit until nine.</p>"


def page(middle: str) -> Article:
    """The article of a page with this between two paragraphs."""
    return revtrack.extract(
        f"<html><body><article><h1>The ferry sails</h1>{BEFORE}{middle}{AFTER}</article></body></html>"
    )


STRUCK = [
    "<p>It costs <del>40</del> <ins>60</ins> crowns.</p>",
    "<p>It costs <s>40</s> 60 crowns.</p>",
    "<p>It costs <strike>40</strike> 60 crowns.</p>",
    '<p>It costs <span style="text-decoration: line-through">40</span> 60 crowns.</p>',
    '<p>It costs <span style="color:red;text-decoration-line:line-through">40</span> 60 crowns.</p>',
    '<p>It costs <span class="line-through">40</span> 60 crowns.</p>',
    '<p>It costs <em class="text strikethrough">40</em> 60 crowns.</p>',
    '<p>It costs <b class="has-strike-through">40</b> 60 crowns.</p>',
    '<p>It costs <del><b>4</b>0</del> <a href="/fares">60</a> crowns.</p>',
]


@pytest.mark.parametrize("middle", STRUCK)
def test_struck_words_are_kept_beside_the_text(middle: str) -> None:
    """They are no part of what the block says, and known with their place."""
    block = page(middle).blocks[1]
    assert block.text == "It costs 60 crowns."
    assert block.struck == (Struck("40", len("It costs")),)


NOT_STRUCK = [
    '<p>It costs <span class="airstrike">40</span> crowns.</p>',
    '<p>It costs <span class="strike-action">40</span> crowns.</p>',
    '<p>It costs <span style="text-decoration: underline">40</span> crowns.</p>',
    '<p>It costs <del style="text-decoration: none">40</del> crowns.</p>',
    "<p>It costs <ins>40</ins> crowns.</p>",
]


@pytest.mark.parametrize("middle", NOT_STRUCK)
def test_other_marks_strike_nothing(middle: str) -> None:
    """A class that only begins alike and other lines are no withdrawal."""
    assert page(middle).blocks[1].text == "It costs 40 crowns."


@pytest.mark.parametrize(
    "form", ["<p><s>{}</s></p>", "<del><p>{}</p></del>", '<p class="struck">{}</p>']
)
def test_a_paragraph_struck_as_a_whole_goes_with_the_one_before(form: str) -> None:
    """It is no block of its own, and its words are not lost."""
    words = "The captain was drunk."
    article = page(form.format(words))
    assert words not in article.text
    assert [one.text for one in article.blocks[0].struck] == [words]
    assert codec.loads(codec.dumps(article), Article) == article


def test_a_page_that_is_struck_as_a_whole_is_read_as_text() -> None:
    """An element that was never closed withdraws no article."""
    article = revtrack.extract(
        f"<html><body><article><h1>The ferry sails</h1><s>{BEFORE}{AFTER}</s></article></body></html>"
    )
    assert len(article.blocks) == 2


REFERENCES = [
    ('ends.<sup><a href="#n1">1</a></sup>', "ends.[1]"),
    ('ends<a href="#n1"><sup>1</sup></a>', "ends[1]"),
    ('ends.<sup id="r1"><a href="#n1">[1]</a></sup>', "ends.[1]"),
    ("stop.<sup>12</sup>", "stop.[12]"),
    ("harbour<sup>3</sup>", "harbour[3]"),
    ('ends.<sup><a href="#a">a</a></sup>', "ends.[a]"),
]


@pytest.mark.parametrize(("markup", "text"), REFERENCES)
def test_a_superscript_that_refers_is_written_as_a_reference(markup: str, text: str) -> None:
    """A link inside the page and a number behind a word are marks, and no figures."""
    assert page(f"<p>So it {markup}</p>").blocks[1].text == f"So it {text}"


RAISED = [
    ("40 m<sup>2</sup> of deck", "40 m2 of deck"),
    ("12 km<sup>3</sup> of ice", "12 km3 of ice"),
    ("E = mc<sup>2</sup>", "E = mc2"),
    ("10<sup>6</sup> seals", "106 seals"),
    ("the 4<sup>th</sup> pier", "the 4th pier"),
    ("le 1<sup>er</sup> quai", "le 1er quai"),
    ("Orsund<sup>®</sup> lamps", "Orsund® lamps"),
]


@pytest.mark.parametrize(("markup", "text"), RAISED)
def test_units_powers_and_endings_stay_what_they_are(markup: str, text: str) -> None:
    """A number raised behind a unit or a figure belongs to it."""
    assert page(f"<p>It is {markup}.</p>").blocks[1].text == f"It is {text}."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("来月から運賃を<br>値上げする。", "来月から運賃を値上げする。"),
        ("来月から運賃を<br/>\n  値上げする。", "来月から運賃を値上げする。"),
        ("来月から<a href='/u'>運賃</a>を<br>値上げする。", "来月から運賃を値上げする。"),
        ("运费从下月起<br>上调。", "运费从下月起上调。"),
        ("요금이 다음 달부터<br>오른다.", "요금이 다음 달부터 오른다."),
        ("Fares rise<br>in March.", "Fares rise in March."),
        ("運賃は<br>40 crowns", "運賃は 40 crowns"),
    ],
)
def test_a_line_break_is_a_space_but_in_scripts_that_set_none(markup: str, text: str) -> None:
    """Japanese and Chinese words go on in the next line; those of other scripts are parted there."""
    block = page(f"<p>{markup}</p>").blocks[1]
    assert block.text == text
    assert [link.span.of(block.text) for link in block.links] == ["運賃"] * ("/u" in markup)
