"""States of disclosure: every format gives the same answer, in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import lxml.html
import pytest

import revtrack
from revtrack import report
from revtrack.changes.kinds import DisclosureState
from revtrack.history import History
from revtrack.model import Capture, Snapshot
from revtrack.report.phrases import Delay, glossary
from revtrack.report.summary import lede, tally

START = datetime(2025, 3, 3, 6, tzinfo=UTC)

CASES = {
    "en": (
        "The ferry to Oll carries {} passengers a day, the harbour office said on Monday.",
        (
            "Correction: An earlier version of this article said that the ferry carries 45 passengers. "
            "It carries 54 passengers."
        ),
    ),
    "de": (
        "Die Fähre nach Oll befördert täglich {} Fahrgäste, teilte das Hafenamt am Montag mit.",
        (
            "Korrektur: In einer früheren Version dieses Artikels hieß es, die Fähre befördere 45 "
            "Fahrgäste. Es sind 54 Fahrgäste."
        ),
    ),
    "fr": (
        "Le bac d'Oll transporte {} passagers par jour, a indiqué la capitainerie lundi.",
        (
            "Correction : une version précédente de cet article indiquait que le bac transportait 45 "
            "passagers. Il en transporte 54."
        ),
    ),
}
MORE = "The crossing takes half an hour in calm weather and is not made at night."


def told(language: str, states: Sequence[str], *, hours: int = 6) -> History:
    """A history of pages, *hours* apart, each with these paragraphs."""
    pages = [
        Snapshot(
            Capture("https://oll.example/ferry", START + timedelta(hours=hours * number), "memory"),
            f"<html lang={language}><title>Ferry</title><article><h1>The ferry to Oll</h1>{body}"
            "</article>".encode(),
            content_type="text/html; charset=utf-8",
        )
        for number, body in enumerate(states)
    ]
    return History.from_snapshots(pages)


def page(*paragraphs: str) -> str:
    """Paragraphs as HTML, after one that never changes."""
    return "".join([f"<p>{words}</p>" for words in (MORE, *paragraphs)])


@pytest.mark.parametrize("language", CASES)
def test_a_late_correction_is_counted_and_linked_both_ways(language: str) -> None:
    """Masthead, lede, change and notice agree, and lead to each other."""
    sentence, notice = CASES[language]
    states = [page(sentence.format(45)), page(sentence.format(54)), page(sentence.format(54), notice)]
    history = told(language, states)
    counts = tally(history.revisions)
    assert (counts.undisclosed, counts.of[DisclosureState.LATE]) == (0, 1)
    tree = lxml.html.document_fromstring(report.html(history))
    masthead = " ".join(tree.find_class("rt-counts")[0].text_content().split())
    assert "undisclosed0" in masthead
    assert "disclosed late (up to 12 hours)1" in masthead
    assert tree.find_class("rt-findings-undisclosed") == []
    change, added = tree.find_class("rt-change")
    assert "#r2-c1" in change.xpath(".//@href")
    assert "#r1-c1" in added.xpath(".//@href")
    for text in (report.text(history, width=300), report.markdown(history)):
        assert "0 undisclosed, 1 disclosed late (up to 12 hours)" in text
        assert "xplains change 1 of revision 1" in text
    assert "0 undisclosed changes, 1 disclosed late (up to 12 hours)." in report.text(
        history.ledger(), width=300
    )


@pytest.mark.parametrize("language", CASES)
def test_without_the_notice_the_same_change_is_undisclosed_everywhere(language: str) -> None:
    """The guard: no later notice, no late disclosure."""
    sentence, _ = CASES[language]
    history = told(language, [page(sentence.format(45)), page(sentence.format(54))])
    assert "1 undisclosed" in report.text(history)
    assert "1 undisclosed change, 0 disclosed late" in report.text(history.ledger(), width=300)
    assert "not explained by any correction notice" in "".join([words for words, _ in lede(history)])


def test_a_partly_disclosed_change_says_which_words_are_left_over() -> None:
    """Beside the notice that explains one word are the words that nothing explains."""
    old = revtrack.from_text("45 people came on Tuesday to the hall of Oll.", language="en")
    new = revtrack.from_text(
        (
            "54 people came on Wednesday to the hall of Oll.\n\n"
            "Correction: An earlier version said that 45 people came. It was 54 people."
        ),
        language="en",
    )
    revision = revtrack.compare(old, new)
    text = report.text(revision, width=200)
    assert "a correction explains only part of it" in text
    assert "Not explained: “Tuesday” → “Wednesday”" in text
    assert "1 undisclosed (1 in part)" in text
    assert "Not explained: “Tuesday” → “Wednesday”" in report.markdown(revision)
    shown = lxml.html.document_fromstring(report.html(revision))
    (left,) = shown.find_class("rt-leftover")
    assert " ".join(left.text_content().split()) == "Not explained: Tuesday → Wednesday"


def test_a_possibly_disclosed_change_says_why_it_is_only_possible() -> None:
    """A general notice gives a reason, and no accusation."""
    old = revtrack.from_text("The bridge cost 45 crowns. It is open.", language="en")
    new = revtrack.from_text(
        "The bridge cost 54 crowns. It is open.\n\nThis article has been updated throughout.",
        language="en",
    )
    revision = revtrack.compare(old, new)
    for text in (report.text(revision, width=200), report.markdown(revision)):
        assert "0 undisclosed, 1 possibly disclosed" in text
        assert "may explain it" in text
        assert "eason: the notice" in text


@pytest.mark.parametrize(
    ("shortest", "longest", "words"),
    [
        (timedelta(hours=4), timedelta(hours=10), "4 to 10 hours"),
        (timedelta(0), timedelta(hours=10), "up to 10 hours"),
        (timedelta(hours=24), timedelta(days=5), "24 hours to 5 days"),
        (timedelta(days=4), timedelta(days=9), "4 to 9 days"),
        (timedelta(minutes=10), timedelta(minutes=40), "10 to 40 minutes"),
        (timedelta(hours=5), timedelta(hours=5), "5 hours"),
        (None, timedelta(hours=5), ""),
    ],
)
def test_a_delay_is_a_range(shortest: timedelta | None, longest: timedelta, words: str) -> None:
    """From the least to the most time, in one unit where both have one."""
    assert str(Delay(shortest, longest)) == words


def test_the_report_explains_its_states() -> None:
    """Each state that a change can bear is in the glossary of the page."""
    sentence, _ = CASES["en"]
    history = told("en", [page(sentence.format(45)), page(sentence.format(54))])
    tree = lxml.html.document_fromstring(report.html(history))
    terms = [dt.text_content() for dt in tree.find_class("rt-key")[0].iter("dt")]
    assert {word for word, _ in glossary()} <= set(terms)
