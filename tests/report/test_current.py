"""The newest text with its origins, removed passages in their place, and the drawing of the whole."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import attrs
import lxml.html
import pytest
from hypothesis import given, settings
from lxml.html import HtmlElement

import revtrack
from revtrack import report
from revtrack.blame import trace
from revtrack.history import History
from revtrack.model import Article, Block, BlockKind, Struck
from revtrack.report.flow import HEIGHT, WIDTH, flow
from revtrack.report.marks import escape_controls
from revtrack.report.summary import entries_by_revision
from revtrack.testing import EditedPair, edited_articles
from tests.report.made import history_of, hostile_history, story
from tests.report.test_page import squeezed

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = [
    "The lock opened at dawn.\n\nSixty barges wait in the basin, he said.\n\nHis family saw it.",
    "The lock opened at dawn.\n\nForty barges wait in the basin, he said.\n\nHis family saw it.",
    "The lock opened at dawn.\n\nForty barges wait in the basin, he said.",
    "Fog lay on the river.\n\nThe lock opened at dawn.\n\nForty barges wait in the basin, he said.",
]


def told(*texts: str) -> History:
    """The history of an article that had these texts."""
    articles = [revtrack.from_text(text, headline="Locks", language="en") for text in texts]
    pairs = itertools.pairwise(articles)
    return history_of(*[revtrack.compare(old, new) for old, new in pairs])


def shown(history: History) -> HtmlElement:
    """The section with the newest text."""
    (section,) = lxml.html.document_fromstring(report.html(history)).find_class("rt-annotated")
    return section


def reading(section: HtmlElement) -> str:
    """Its text without margins, notes and removed passages."""
    for name in ("rt-margin", "rt-note", "rt-gone"):
        for one in section.find_class(name):
            if one.getparent() is not None:
                one.drop_tree()
    return squeezed(section.text_content())


@settings(max_examples=30)
@given(edited_articles(), edited_articles())
def test_it_reads_as_the_newest_text(pair: EditedPair, other: EditedPair) -> None:
    """Without its notes the section is the text of the newest article, to the character."""
    steps = [revtrack.compare(pair.old, other.old), revtrack.compare(other.old, pair.new)]
    made = history_of(*steps)
    expected = squeezed(escape_controls(pair.new.text))
    assert reading(shown(made)) == expected


@settings(max_examples=30)
@given(edited_articles(), edited_articles())
def test_every_change_is_printed_whole(pair: EditedPair, other: EditedPair) -> None:
    """In the list of changes both sides of each can be read, to the character."""
    steps = [revtrack.compare(pair.old, other.old), revtrack.compare(other.old, pair.new)]
    tree = lxml.html.document_fromstring(report.html(history_of(*steps)))
    said = squeezed(tree.text_content())
    for number, revision in enumerate(steps, 1):
        for one in (*revision.removed, *revision.added):
            assert squeezed(escape_controls(one.old or one.new or "")) in said, number


def test_a_sentence_names_the_version_that_changed_it() -> None:
    """Its changed words are underlined; the margin says when, what, and if a notice explains it."""
    section = shown(told(*TEXTS))
    later = [one.text_content() for one in section.find_class("rt-later")]
    assert later == ["Fog lay on the river.", "Forty"]
    margins = [" ".join(one.text_content().split()) for one in section.find_class("rt-margin")]
    assert margins[0].startswith("v4 7 March 2024, 07:40 UTC")
    assert margins[1] == ""
    assert margins[2] == (
        "v2 5 March 2024, 07:40 UTC A number was changed; it is not explained by any correction notice"
    )
    links = [str(link) for link in section.xpath(".//div[@class='rt-margin']//@href")]
    assert links == ["#r3", "#r1"]


def test_a_removed_passage_is_folded_where_it_was() -> None:
    """Its line says what, when and whether a notice explains it; unfolded it is struck out."""
    section = shown(told(*TEXTS))
    (gone,) = section.find_class("rt-gone")
    before = gone.getprevious()
    assert before is not None
    assert "Forty barges" in before.text_content()
    line = " ".join(gone.xpath("string(summary)").split())
    assert line.startswith("A paragraph was removed between 5 March 2024, 12:40 and 6 March 2024")
    assert gone.xpath("string(.//del)") == "His family saw it."
    assert "in the article since version 1" in gone.text_content()


def test_what_was_removed_before_the_first_paragraph_comes_first() -> None:
    """And what is in the newest text again says so."""
    fog = "Fog lay on the river that day, said the keeper of the lock."
    section = shown(told(f"{fog}\n\n{TEXTS[0]}", TEXTS[0], f"{TEXTS[0]}\n\n{fog}"))
    assert section[0].get("class", "").startswith("rt-gone")
    assert "the newest text has it again" in section[0].text_content()


def test_a_notice_is_marked_and_names_its_kind() -> None:
    """The paragraph of a notice has its name in the margin."""
    (note,) = shown(revtrack.track(EXAMPLES / "story")).find_class("rt-is-note")
    assert note.xpath("string(.//b)") == "A correction of the headline"
    assert "Update: The original headline read" in note.text_content()


def test_words_that_the_page_strikes_out_are_shown_so() -> None:
    """They are not part of the text."""
    history = told(*TEXTS)
    last = history.versions[-1]
    blocks = [attrs.evolve(b, struck=(Struck("old", 4),)) for b in last.article.blocks[:1]]
    article = attrs.evolve(last.article, blocks=(*blocks, *last.article.blocks[1:]))
    made = attrs.evolve(history, versions=(*history.versions[:-1], attrs.evolve(last, article=article)))
    section = shown(made)
    assert [one.text_content() for one in section.iter("s")] == ["[struck out on the page:  old] "]


def test_every_kind_of_block_is_an_element_of_its_kind() -> None:
    """Lists, quotes, code and headings."""
    kinds = [BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.CAPTION]
    states = []
    for number in range(3):
        blocks = [Block(kind, f"Text {number} of the {kind.value} there.") for kind in kinds]
        states.append(Article(headline="Kinds", blocks=tuple(blocks), language="en"))
    made = history_of(*[revtrack.compare(a, b) for a, b in itertools.pairwise(states)])
    tags = [one.tag for one in shown(made).xpath(".//*[contains(@class, 'rt-block')][@id]")]
    assert tags == ["h3", "blockquote", "li", "pre", "p"]


@pytest.mark.parametrize("make", [story, hostile_history, lambda: told(*TEXTS * 12)])
def test_the_drawing_stays_in_its_frame(make: type) -> None:
    """Every point is a whole number within the drawing, and a colour is one that the style has."""
    history = make()
    drawn = flow(history, entries_by_revision(history), trace(history))
    assert drawn is not None
    assert drawn.versions == len(history.versions)
    for colour, path in (*drawn.shapes, (0, drawn.columns), (0, drawn.removed)):
        assert f".rt-colour-{colour} " in report.page.style()
        x = y = 0
        for command, numbers in re.findall(r"([MLlhvz])([-\d ]*)", path):
            values = [int(one) for one in re.findall(r"-?\d+", numbers)]
            match command:
                case "M":
                    x, y = values
                case "l":
                    x, y = x + values[0], y + values[1]
                case "h":
                    x += values[0]
                case "v":
                    y += values[0]
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT + 1


def test_a_drawing_needs_two_versions() -> None:
    """One version, or none, has nothing to draw."""
    for history in (History(), History(story().versions[:1])):
        assert flow(history, entries_by_revision(history), trace(history)) is None


def test_the_drawing_links_what_no_notice_explains_and_what_a_notice_says() -> None:
    """A mark for each revision with an undisclosed change or a notice."""
    tree = lxml.html.document_fromstring(report.html(story()))
    marks = [(one.get("href"), one.get("aria-label")) for one in tree.xpath("//svg//a")]
    assert marks == [("#r1", "Revision 1: a notice"), ("#r2", "Revision 2: 2 undisclosed")]
