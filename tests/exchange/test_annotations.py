"""Web Annotations: what they select is in the captures, and what they say is text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import attrs
from hypothesis import given

import revtrack
from revtrack.exchange.annotations import annotation_page
from revtrack.history import History
from revtrack.report.entries import entries
from revtrack.tables import as_history
from revtrack.testing import EditedPair, edited_articles
from tests.report.made import HOSTILE, hostile_history, story


def notes(*histories: History) -> list[dict[str, Any]]:
    """The annotations of a page that has what the model asks of pages, notes, bodies and targets."""
    (written,) = annotation_page(histories)
    page = json.loads(written)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    items: list[dict[str, Any]] = page["items"]
    for one in (page, *items):
        assert UUID(one["id"].removeprefix("urn:uuid:")).version == 5
    for note in items:
        assert (note["type"], note["motivation"]) == ("Annotation", "describing")
        assert note["target"]
        assert {body["type"] for body in note["body"]} == {"TextualBody"}
        for target in note["target"]:
            assert target["type"] == "SpecificResource"
            assert target["source"].startswith(("http://", "https://", "urn:uuid:"))
            assert target.get("state", {"type": "TimeState"})["type"] == "TimeState"
    return items


def selected(text: str, target: dict[str, Any]) -> str:
    """The words that a target selects in *text*: both selectors select the same, at one place."""
    quote, position = target["selector"]
    start, end = position["start"], position["end"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert text[start:end] == quote["exact"]
    assert text[:start].endswith(quote["prefix"])
    assert text[end:].startswith(quote["suffix"])
    assert len(quote["prefix"]) == min(32, start)
    return str(quote["exact"])


@given(edited_articles())
def test_every_selector_finds_its_words(pair: EditedPair) -> None:
    """Quotation and position agree, and select the evidence of the change on each side in turn."""
    revision = revtrack.compare(pair.old, pair.new)
    found = notes(as_history(revision))
    assert len(found) == len(entries(revision))
    for note, entry in zip(found, entries(revision), strict=True):
        change = entry.change
        spans = [(revision.old.text, one) for one in change.old_spans]
        spans += [(revision.new.text, one) for one in change.new_spans]
        placed = [one for one in note["target"] if len(one.get("selector", ())) == 2]
        assert len(placed) == len(spans)
        for target, (text, span) in zip(placed, spans, strict=True):
            assert selected(text, target) == span.of(text)


def test_a_note_says_what_the_report_says() -> None:
    """The sentence, the nature and the state; a headline is quoted, each side at its own time."""
    headline, update, removed, edited, _ = notes(story())
    assert headline["body"][0]["value"] == "The headline was corrected; a correction explains it."
    assert [one["selector"][0]["exact"] for one in headline["target"]] == [
        "Crews close cranes in Larnby",
        "Authority closes cranes in Larnby",
    ]
    assert [one["state"]["sourceDate"] for one in headline["target"]] == [
        "2024-03-04T12:40:00Z",
        "2024-03-05T07:40:00Z",
    ]
    assert len(update["target"]) == len(removed["target"]) == 1
    assert [body["value"] for body in edited["body"][1:]] == ["number", "substantive", "undisclosed"]


def test_a_memento_is_named() -> None:
    """Where an archive keeps the capture, its address is there; without a time there is no state."""
    at = datetime(2024, 3, 4, tzinfo=UTC)
    place = "https://archive.example/20240304000000/https://ledger.example/"
    history = story()
    captures = (revtrack.Capture("https://ledger.example/", at, "memento", location=place),)
    history = attrs.evolve(
        history, versions=tuple([attrs.evolve(one, captures=captures) for one in history.versions])
    )
    (target, *_) = notes(history)[0]["target"]
    assert target["state"]["cached"] == place
    old, new = history.versions[0].article, history.versions[1].article
    bare = notes(as_history(revtrack.compare(*(attrs.evolve(one, url=None) for one in (old, new)))))
    assert all("state" not in one for note in bare for one in note["target"])
    assert bare[0]["target"][0]["source"].startswith("urn:uuid:")


def test_hostile_text_is_quoted_to_the_letter() -> None:
    """It is the value of a string, never an address, and the file is ASCII."""
    history = hostile_history()
    (written,) = annotation_page([history])
    assert written.isascii()
    exact = [
        selector["exact"]
        for note in notes(history)
        for target in note["target"]
        for selector in target.get("selector", ())
        if "exact" in selector
    ]
    assert HOSTILE[:20] in exact
