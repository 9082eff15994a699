"""Live blogs in reports: entries are told as entries, and each change says in which one it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import attrs
import pytest

import revtrack
from revtrack import report
from revtrack.model import Article, Block, BlockKind, LiveEntry
from revtrack.report.entries import entries, technical_entries

NOON = datetime.fromisoformat("2024-03-05T12:00:00+01:00")
SAID = {
    "e1": ("Divers go down", "They look for the bell of the Amalia, which weighs 45 kg."),
    "e2": ("A bell is found", "It stands between two anchors, at a depth of forty metres."),
    "e3": ("Fog", "Work has stopped, and nobody knows for how long it will."),
    "e<b>4": ("The fog lifts", "The crane is on its way to the wreck, says the harbour master."),
}


def _blog(*names: str) -> Article:
    blocks = []
    for name in names:
        entry = LiveEntry(name, NOON.replace(hour=12 + list(SAID).index(name)))
        heading, words = SAID[name]
        blocks += [
            Block(BlockKind.LIVE_ENTRY, heading, entry=entry),
            Block(BlockKind.PARAGRAPH, words, entry=entry),
        ]
    return Article(headline="The bell of the Amalia", blocks=tuple(blocks), language="en")


def _edited(article: Article) -> Article:
    blocks = [attrs.evolve(b, text=b.text.replace("45 kg", "54 kg")) for b in article.blocks]
    return attrs.evolve(article, blocks=tuple(blocks))


def test_the_blocks_of_an_entry_are_told_as_one() -> None:
    """Two new entries are two items of the list, each with its blocks; no notice is missed."""
    revision = revtrack.compare(_blog("e1"), _blog("e3", "e2", "e1"))
    assert [(one.number, one.sentence) for one in entries(revision)] == [
        ("1–2", "A live entry was added."),
        ("3–4", "A live entry was added."),
    ]
    assert revision.undisclosed == ()
    assert all(change.substantive for change in revision.changes)


def test_an_edit_in_an_entry_is_not_explained_by_the_entry() -> None:
    """What was said and is said otherwise needs a notice, in a live blog too."""
    revision = revtrack.compare(_blog("e2", "e1"), _edited(_blog("e3", "e2", "e1")))
    (change,) = revision.undisclosed
    assert change in revision.edited


@pytest.mark.parametrize("told", [report.text, report.markdown, report.html])
def test_every_report_names_the_entry_of_a_change(told: Callable[[revtrack.Revision], str]) -> None:
    """By its time as the page states it, and by its id, which is escaped."""
    page = told(revtrack.compare(_blog("e2", "e1"), _edited(_blog("e<b>4", "e2", "e1"))))
    assert "n the entry of 5 March 2024, 12:00 (UTC+01:00), e1" in page.replace("<bdi>", "")
    assert "15:00" in page
    assert ("e<b>4" in page) == (told is report.text)


def test_an_article_names_no_entry() -> None:
    """Where there is none, nothing is said of it."""
    revision = revtrack.compare(revtrack.from_text("It is 45 kg."), revtrack.from_text("It is 54 kg."))
    assert [one.details for one in entries(revision)] == [()]
    assert "entry" not in report.text(revision)


def test_entries_that_stand_elsewhere_are_one_line_apart() -> None:
    """A page that turned its order round is not told entry by entry."""
    revision = revtrack.compare(_blog("e3", "e2", "e1"), _blog("e1", "e2", "e3"))
    (apart,) = technical_entries(revision)
    assert apart.description == "Two live entries, at another place of the live blog"


def test_an_entry_that_fell_off_is_one_line_apart() -> None:
    """All its blocks are told as one."""
    revision = revtrack.compare(_blog("e2", "e1"), _blog("e3", "e2"))
    (apart,) = technical_entries(revision)
    assert (apart.description, apart.text) == (
        "A live entry, in the old article only",
        "Divers go down",
    )
