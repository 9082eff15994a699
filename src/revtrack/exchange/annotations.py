"""Web Annotations (W3C): each change as a note on its evidence in the old and in the new capture.

A target is a capture, by its address and time and, where an archive keeps it, its memento. In it the
words are selected by a quotation with a little of the text around it, and by their place in the
article's text, counted in characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from revtrack.changes.kinds import HeadlineChanged, NoticeAdded, NoticeRemoved, UpdateAdded
from revtrack.history import History
from revtrack.model import Article, Capture, Span
from revtrack.report.catalogue import language
from revtrack.report.entries import Entry, entries
from revtrack.report.nouns import memento_of
from revtrack.tables import encodable

__all__ = ["annotation_page", "urn_of"]

AROUND = 32
"""Characters of the text before and after a quotation, by which it is found again (range 16 to 64)."""

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_QUOTABLE = (HeadlineChanged, NoticeAdded, NoticeRemoved, UpdateAdded)
"""Changes whose text is on the page, even if not in the article's text."""


def annotation_page(histories: Iterable[History]) -> Iterator[str]:
    """One annotation page with a note on each entry of the reports on *histories*."""
    notes = [
        _note(
            entry,
            [
                *_targets(old.article, old.captures[-1], entry, old=True),
                *_targets(new.article, new.captures[0], entry, old=False),
            ],
        )
        for history in histories
        for revision, old, new in zip(
            history.revisions, history.versions, history.versions[1:], strict=False
        )
        for entry in entries(revision)
    ]
    page = {"type": "AnnotationPage", "items": notes}
    yield json.dumps({"@context": _CONTEXT, **_identified(page)}) + "\n"


def _identified(value: dict[str, Any]) -> dict[str, Any]:
    """*value* with an identifier derived from its content."""
    return {"id": urn_of(json.dumps(value)), **value}


def urn_of(text: str) -> str:
    """An identifier derived from *text*."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, encodable(text))}"


def _note(entry: Entry, targets: list[dict[str, Any]]) -> dict[str, Any]:
    description = {"purpose": "describing", "value": entry.sentence, "language": language()}
    tags = [{"purpose": "tagging", "value": fact} for fact in entry.facts]
    body = [{"type": "TextualBody", "format": "text/plain", **one} for one in (description, *tags)]
    note = {"type": "Annotation", "motivation": "describing", "body": body, "target": targets}
    return _identified(note)


def _targets(
    article: Article, capture: Capture, entry: Entry, *, old: bool
) -> Iterator[dict[str, Any]]:
    """The targets of the entry on one side; empty where this side has none of its text."""
    change = entry.change
    words, spans = (change.old, change.old_spans) if old else (change.new, change.new_spans)
    quotes: list[list[dict[str, Any]]] = [_selectors(article.text, span) for span in spans]
    if not quotes and words is not None:
        quoted = [{"type": "TextQuoteSelector", "exact": words}]
        quotes = [quoted if isinstance(change, _QUOTABLE) else []]
    for quote in quotes:
        target: dict[str, Any] = {"type": "SpecificResource", "source": _source(article, capture)}
        state: dict[str, Any] = {}
        if capture.captured_at is not None:
            at = capture.captured_at.astimezone(UTC).replace(tzinfo=None)
            state["sourceDate"] = f"{at.isoformat(timespec='seconds')}Z"
        if memento := memento_of(capture):
            state["cached"] = memento
        target |= {"state": {"type": "TimeState", **state}} if state else {}
        yield target | ({"selector": quote} if quote else {})


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.stop : span.stop + AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.stop},
    ]


def _source(article: Article, capture: Capture) -> str:
    """The address of the capture; an identifier derived from the text where it has none."""
    addresses: Sequence[str | None] = (capture.url, article.canonical_url, article.url)
    known = (one for one in addresses if one and one.startswith(("https://", "http://")))
    return next(known, urn_of(article.text))
