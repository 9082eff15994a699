"""What extraction made and not the page is told apart from changes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import attrs
import pytest

import revtrack
from revtrack.text import fold

STORY = (
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.\n\n"
    "The harbour will stay closed until the engineers have looked at the quay."
)
BOX = "Our reporters have covered the harbour since the first crane was built there in 1902."


def _sum(words: str) -> int:
    return zlib.crc32(fold(words).encode())


def test_text_that_both_pages_hold_and_one_article_took_is_technical() -> None:
    """A box that one capture takes for the story and the other leaves out was never edited."""
    without = attrs.evolve(revtrack.from_text(STORY, language="en"), left_out=(_sum(BOX),))
    taken = revtrack.from_text(f"{STORY}\n\n{BOX}", language="en")
    for old, new in ((without, taken), (taken, without)):
        revision = revtrack.compare(old, new)
        assert revision.changes == ()
        assert [change.old or change.new for change in revision.technical] == [BOX]
        assert revtrack.diff.apply(revision.ops, old.text) == new.text


def test_text_that_left_the_page_is_removed() -> None:
    """What stands nowhere on the new page was taken out by somebody."""
    old = revtrack.from_text(f"{STORY}\n\n{BOX}", language="en")
    new = attrs.evolve(revtrack.from_text(STORY, language="en"), left_out=(_sum("Something else."),))
    revision = revtrack.compare(old, new)
    assert [change.old for change in revision.removed] == [BOX]
    assert revision.technical == ()


def test_the_short_lines_of_a_box_go_with_its_long_ones() -> None:
    """A line too short to be remembered is technical where its neighbour in the text is."""
    without = attrs.evolve(revtrack.from_text(STORY, language="en"), left_out=(_sum(BOX),))
    taken = revtrack.from_text(f"{STORY}\n\nMore to read\n\n{BOX}\n\nSign up", language="en")
    assert revtrack.compare(taken, without).changes == ()
    assert len(revtrack.compare(taken, without).technical) == 3


def test_a_paragraph_that_a_comment_quotes_on_both_pages_was_removed() -> None:
    """A copy outside the body on both pages says nothing of the body's own."""
    old = attrs.evolve(revtrack.from_text(f"{STORY}\n\n{BOX}", language="en"), left_out=(_sum(BOX),))
    new = attrs.evolve(revtrack.from_text(STORY, language="en"), left_out=(_sum(BOX),))
    assert [change.old for change in revtrack.compare(old, new).removed] == [BOX]


def test_a_sentence_cut_from_a_paragraph_was_removed_whatever_a_box_repeats() -> None:
    """Only a whole block can be taken by one extraction and left by another."""
    whole = f"{BOX} Nobody was hurt."
    old = revtrack.from_text(f"{STORY}\n\n{whole}", language="en")
    new = attrs.evolve(revtrack.from_text(f"{STORY}\n\n{BOX}", language="en"), left_out=(_sum(whole),))
    assert [change.old for change in revtrack.compare(old, new).removed] == ["Nobody was hurt."]


PLAIN = "<main><article><h1>{headline}</h1>{paragraphs}</article></main>"
BOXES = (
    "<div id='page'><div class='ad'>Kettles</div><div class='head'><h1>{headline}</h1></div>"
    "<div class='story-body'>{divisions}</div><div class='rail'><h3>Trending</h3><ul><li>"
    "<a href='/1'>Ten walks in the hills</a></li></ul></div><p>All rights reserved.</p></div>"
)
TABLE = (
    "<table><tr><td class='menu'><a href='/'>Home</a></td><td><h1>{headline}</h1>"
    "<font>{breaks}</font></td></tr></table>"
)
PARTS = (
    "<section><header><h1>{headline}</h1><p class='byline'>By Ida Rask</p></header>"
    "<div itemprop='articleBody'>{parts}</div></section>"
    "<aside><p>Sign up for our newsletter and get the news of the harbour each week.</p></aside>"
)
TEMPLATES = {"plain": PLAIN, "boxes": BOXES, "table": TABLE, "parts": PARTS}


def _dressed(template: str, paragraphs: Sequence[str]) -> str:
    whole = [f"<p>{one}</p>" for one in paragraphs]
    return f"<html><body>{template}</body></html>".format(
        headline="Ferry back on Friday",
        paragraphs="".join(whole),
        divisions="".join([f"<div>{one}</div>" for one in paragraphs]),
        breaks="<br><br>".join(paragraphs),
        parts=f"<section>{''.join(whole[:2])}</section><section>{''.join(whole[2:])}</section>",
    )


@pytest.mark.parametrize("old", TEMPLATES.values(), ids=TEMPLATES)
@pytest.mark.parametrize("new", TEMPLATES.values(), ids=TEMPLATES)
def test_a_redesign_is_no_edit(old: str, new: str) -> None:
    """The same words in another template give no change of text, and an edit is found all the same."""
    words = [
        f"The {name} ferry will sail again on Friday, and the crossing takes {number} minutes by day."
        for name, number in [("upper", 40), ("lower", 55), ("middle", 20), ("eastern", 35), ("old", 15)]
    ]
    assert revtrack.compare(_dressed(old, words), _dressed(new, words)).changes == ()
    edited = [one.replace("55", "65") for one in words]
    (change,) = revtrack.compare(_dressed(old, words), _dressed(new, edited)).changes
    assert isinstance(change, revtrack.TextEdited)
