"""Words that a page shows struck out: a change that the page itself discloses."""

from __future__ import annotations

import pytest

import revtrack
from revtrack import report
from revtrack.changes.detect import newly_struck, struck_in
from revtrack.changes.kinds import TextEdited, TextRemoved
from revtrack.model import Span

BEFORE = "<p>The ferry to Orsund sails again on Monday after a winter in the dock at Brevik.</p>"
AFTER = "<p>Tickets are sold at the pier and in the old customs house, which is lit until nine.</p>"


def page(middle: str) -> str:
    """A page with this between two paragraphs."""
    return (
        f"<html><body><article><h1>The ferry sails</h1>{BEFORE}{middle}{AFTER}</article></body></html>"
    )


FIGURES = [
    ("<p>It costs 40 crowns a head.</p>", "<p>It costs <del>40</del> <ins>60</ins> crowns a head.</p>"),
    ("<p>Sie kostet 40 Kronen.</p>", "<p>Sie kostet <s>40 Kronen</s> 60 Kronen.</p>"),
    (
        "<p>Le billet coûte 40 couronnes.</p>",
        "<p>Le billet coûte <strike>40</strike> 60 couronnes.</p>",
    ),
]


@pytest.mark.parametrize(("old", "new"), FIGURES)
def test_a_figure_struck_out_beside_the_right_one_is_one_edit(old: str, new: str) -> None:
    """Both figures are told, and that the page shows which one was withdrawn."""
    revision = revtrack.compare(page(old), page(new))
    (change,) = revision.changes
    assert isinstance(change, TextEdited)
    assert "40" in (change.old or "")
    assert "40" not in (change.new or "")
    assert struck_in(newly_struck(revision.old, revision.new), change)


def test_only_what_is_struck_is_disclosed() -> None:
    """Beside a withdrawn figure another one was replaced without a word."""
    revision = revtrack.compare(
        page("<p>It costs 40 crowns and takes 3 hours.</p>"),
        page("<p>It costs <s>40</s> 60 crowns and takes 5 hours.</p>"),
    )
    (change,) = revision.changes
    assert not struck_in(newly_struck(revision.old, revision.new), change)
    at = (change.old or "").index("40")
    assert struck_in(newly_struck(revision.old, revision.new), change, within=Span(at, at + 2))
    at = (change.old or "").index("3")
    assert not struck_in(newly_struck(revision.old, revision.new), change, within=Span(at, at + 1))


@pytest.mark.parametrize("form", ["<p>{} <s>{}</s></p>", "<p>{}</p><p><s>{}</s></p>"])
def test_a_sentence_that_was_struck_out_was_removed_openly(form: str) -> None:
    """Striking is a change, and no technical one."""
    words = "The lamps come from Brevik.", "The captain has been fined twice for sailing drunk."
    old = page(form.replace("<s>", "").replace("</s>", "").format(*words))
    revision = revtrack.compare(old, page(form.format(*words)))
    (change,) = revision.changes
    assert isinstance(change, TextRemoved)
    assert change.rule == "removed.struck"
    assert change.substantive
    assert struck_in(newly_struck(revision.old, revision.new), change)
    assert revision.technical == ()


def test_prices_struck_on_both_sides_are_no_change() -> None:
    """A shop's old price is no part of what the page says."""
    old = page("<p>A cabin is <s>90</s> 70 crowns.</p>")
    assert revtrack.compare(old, page("<p>A cabin is <s>95</s> 70 crowns.</p>")).changes == ()


def test_what_was_struck_already_discloses_nothing_new() -> None:
    """A figure that the old page struck out does not excuse that the other one changes."""
    revision = revtrack.compare(
        page("<p>A cabin is <s>90</s> 70 crowns.</p>"), page("<p>A cabin is <s>90</s> 80 crowns.</p>")
    )
    (change,) = revision.changes
    assert not struck_in(newly_struck(revision.old, revision.new), change)


def test_reports_show_struck_words_as_struck_by_the_page() -> None:
    """Not as deleted by an edit: in words, in every format."""
    revision = revtrack.compare(
        page("<p>It costs 40 crowns.</p>"), page("<p>It costs <s>40</s> 60 crowns.</p>")
    )
    for told in (report.html, report.markdown, report.text):
        assert "struck out on the page" in told(revision)
