"""Pages of GOV.UK, by its content interface, with the change notes that its editors write.

The interface has the current text of a page and the public notes of all its changes. A change note from
before the first capture is listed as a row without a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

import attrs

from revtrack.errors import SourceError
from revtrack.http import iso_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.sources.apis.reader import ApiSource, Page, rows_of
from revtrack.sources.source import skipped

__all__ = ["GovUk"]

_ADDRESS = "https://www.gov.uk/api/content"
_UNPUBLISHED = frozenset(["redirect", "gone", "vanish"])
"""The kinds of documents that are no longer published."""


@attrs.frozen
class GovUk(ApiSource):
    """The content interface at *address*; other sites run the same software."""

    address: str = _ADDRESS

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """Rows for the change notes of the page at *url*, then the capture that can be made now."""
        url = self.safe_address(url)
        document = self._document(url)
        for moment, note in _notes(document):
            reason = f"a change note without the text of its time: {note}"
            if moment is None or not note:
                reason = "a change note without a time or words"
            yield skipped(Capture(url, moment, source="govuk", location=self._place(url)), reason)
        now = self.client.politeness.clock.now()
        yield Capture(url, now, source="govuk", location=self._place(url))

    def fetch(self, capture: Capture) -> Snapshot:
        """The page as it is now, its change notes after the text."""
        if capture.source != "govuk" or capture.url is None:
            raise ValueError(f"not a capture of GOV.UK: {capture}")
        document = self._document(capture.url)
        published, changed = document.get("first_published_at"), document.get("public_updated_at")
        notice = document.get("withdrawn_notice")
        explanation = str(notice.get("explanation", "")) if isinstance(notice, dict) else ""
        page = Page(
            str(document.get("title", "")),
            explanation + _text(document),
            str(document.get("locale") or "en"),
            iso_date(published),
            iso_date(changed),
            tuple([note for note in _notes(document) if note[0] is not None and note[1]]),
        )
        kind = str(document.get("document_type", ""))
        return self.snapshot(capture, page, [("govuk-document-type", kind)])

    def _place(self, url: str) -> str:
        return self.address.rstrip("/") + urlsplit(url).path

    def _document(self, url: str) -> dict[str, Any]:
        document = self.ask(self._place(url))
        if not isinstance(document, dict) or document.get("document_type") in _UNPUBLISHED:
            raise self.no_article(url)
        if not isinstance(document.get("details"), dict):
            raise SourceError(f"{self._place(url)} is not a page", location=url)
        return document


def _notes(document: dict[str, Any]) -> list[tuple[Any, str]]:
    """The change notes, oldest first; those without a time are first."""
    rows = rows_of(document["details"], "change_history")
    notes = [(iso_date(one.get("public_timestamp")), str(one.get("note") or "")) for one in rows]
    return sorted(notes, key=lambda one: (one[0] is not None, one[0] or 0))


def _text(document: dict[str, Any]) -> str:
    """The HTML of a page, or of the parts of a guide under their titles."""
    details = document["details"]
    parts = details.get("parts")
    if isinstance(parts, list):
        found = [part for part in parts if isinstance(part, dict)]
        titles = [f"<h2>{escape(str(part.get('title', '')))}</h2>" for part in found]
        bodies = [_html(part.get("body")) for part in found]
        return "".join([title + body for title, body in zip(titles, bodies, strict=True)])
    return _html(details.get("body"))


def _html(body: object) -> str:
    """A text in HTML; some pages have it in several forms."""
    if isinstance(body, list):
        forms = {one.get("content_type"): one.get("content") for one in body if isinstance(one, dict)}
        body = forms.get("text/html")
    return body if isinstance(body, str) else ""
