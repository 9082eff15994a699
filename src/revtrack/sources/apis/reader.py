"""What the sources over a JSON interface share: requests, and a page made from the answer.

An interface gives text without the page around it. The stored page contains what the interface
gave and nothing else: title, times, text and change notes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlencode

import attrs

from revtrack.errors import SourceError
from revtrack.http import OK, Headers
from revtrack.model import Capture, Screened, Snapshot
from revtrack.network import Client
from revtrack.sources.source import Ledgered, failed
from revtrack.urls import identify

__all__ = ["ApiSource", "Page", "endless_list", "rows_of"]

_ABSENT = frozenset([404, 410])


@attrs.frozen
class Page:
    """An article from an interface; `body` is HTML, `notes` are dated change notes."""

    title: str
    body: str
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    notes: tuple[tuple[datetime | None, str], ...] = ()

    def html(self, url: str) -> bytes:
        """The page of the article at *url*."""
        times = (("published", self.published_at), ("modified", self.modified_at))
        metas = [
            f'<meta property="article:{name}_time" content="{moment.isoformat()}">'
            for name, moment in times
            if moment is not None
        ]
        notes = [f"<li>{_dated(moment)}{escape(note)}</li>" for moment, note in self.notes]
        rows = f"<ul>{''.join(notes)}</ul>"
        history = f'<section class="change-history">{rows}</section>' if notes else ""
        language = f' lang="{escape(self.language)}"' if self.language else ""
        return (
            f'<!DOCTYPE html><html{language}><head><meta charset="utf-8">'
            f"<title>{escape(self.title)}</title>"
            f'<link rel="canonical" href="{escape(url)}">{"".join(metas)}</head>'
            f"<body><article><h1>{escape(self.title)}</h1>{self.body}{history}</article></body></html>"
        ).encode("utf-8", "replace")


@attrs.frozen
class ApiSource(Ledgered):
    """A JSON interface, requested with *client*. It is a source (`revtrack.sources.LedgerSource`).

    `captures` raises `SourceError` where the interface does not answer, or has no such article, and
    `AddressError` for a text that is not an address.
    """

    at_once: ClassVar[int] = 2
    """Concurrent fetches (range 1 to 4): an interface is one host, and often a small one."""

    client: Client = attrs.field(repr=False)

    def safe_address(self, url: str | None) -> str:
        """The safe form of *url*. Raises `SourceError` without an address."""
        if url is None:
            raise SourceError("an interface needs the address of an article", location="api")
        return identify(url).url

    def ask(
        self, address: str, fields: Mapping[str, object] | None = None, *, headers: Headers = ()
    ) -> Any:
        """The document at *address* with the parameters *fields*; None where the interface has none.

        Raises `FetchError` for an answer that is not JSON, or a status other than 200.
        """
        join = "&" if "?" in address else "?"
        target = f"{address}{join}{urlencode(fields)}" if fields else address
        answer = self.client.get(target, headers=headers, robots=False)
        if answer.status in _ABSENT:
            return None
        try:
            document = json.loads(answer.body)
        except (ValueError, RecursionError):
            document = None
        if answer.status != OK or not isinstance(document, dict | list):
            message = document.get("message", "") if isinstance(document, dict) else ""
            raise answer.failure(
                f"{address} has no JSON of an article: status {answer.status} {str(message)[:200]}"
            )
        return document

    def no_article(self, url: str) -> SourceError:
        """The error for an article that the interface does not have."""
        name = type(self).__name__
        return SourceError(f"{name} has no article at {url}: compare the address", location=url)

    def snapshot(self, capture: Capture, page: Page, headers: Iterable[tuple[str, str]]) -> Snapshot:
        """The snapshot of *capture* whose article is *page*."""
        body = page.html(capture.url or "")
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(body).hexdigest()),
            body,
            content_type="text/html; charset=utf-8",
            headers=tuple(headers),
        )


def rows_of(document: object, name: str) -> list[dict[str, Any]]:
    """The list *name* of a document; anything that is not an object of it is dropped."""
    rows = document.get(name) if isinstance(document, dict) else None
    return [one if isinstance(one, dict) else {} for one in rows] if isinstance(rows, list) else []


def endless_list(capture: Capture, what: str) -> Screened:
    """The row for a list that was not read to its end."""
    return failed(capture, f"{what} without an end: the entries listed so far are used")


def _dated(moment: datetime | None) -> str:
    return f'<time datetime="{moment.isoformat()}">{moment:%Y-%m-%d}</time> ' if moment else ""
