"""The revisions of a page of a wiki, by the interface of MediaWiki (``api.php``).

A revision is rendered when it is fetched, with the templates that the wiki has at that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

from revtrack.errors import FetchError, FetchFault
from revtrack.http import iso_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.sources.apis.reader import ApiSource, Page, endless_list, rows_of
from revtrack.sources.source import skipped

__all__ = ["MediaWiki"]

_QUERY = {"action": "query", "format": "json", "formatversion": 2, "redirects": 1}
_PIECES = 1_000
"""Answers per list (range 20 to 5,000), of 500 revisions each."""
_LOCATION = re.compile(r"(.+)\?oldid=(\d+)", re.DOTALL)


@attrs.frozen
class MediaWiki(ApiSource):
    """A wiki whose interface is at *address*, such as ``https://wiki.example/w/api.php``.

    A revision whose text was hidden is skipped with that reason; a capture's headers have the number,
    the user and the summary of its revision.
    """

    address: str

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The revisions of the page at *url*, oldest first, requested in pieces."""
        url = self.safe_address(url)
        return self._revisions(url, self._title(url))

    def _revisions(self, url: str, title: str) -> Iterator[Capture | Screened]:
        more: dict[str, object] = {
            "prop": "revisions", "titles": title, "rvdir": "newer", "rvlimit": "max",
            "rvprop": "ids|timestamp|sha1",
        }  # fmt: skip
        for _ in range(_PIECES):
            document = self._request({**_QUERY, **more})
            query = document.get("query")
            pages = rows_of(query, "pages")
            if not pages or "missing" in pages[0] or "invalid" in pages[0]:
                raise self.no_article(url)
            for revision in rows_of(pages[0], "revisions"):
                yield self._capture_of(url, revision)
            if not isinstance(document.get("continue"), dict):
                return
            more |= document["continue"]
        yield endless_list(Capture(url, None, source="mediawiki"), f"{self.address} lists {title}")

    def _capture_of(self, url: str, revision: dict[str, Any]) -> Capture | Screened:
        moment = iso_date(revision.get("timestamp"))
        capture = Capture(
            url,
            moment,
            source="mediawiki",
            location=f"{self.address}?oldid={revision.get('revid')}",
            payload_digest=f"wikitext-sha1:{revision['sha1']}" if revision.get("sha1") else None,
        )
        if "sha1hidden" in revision or "texthidden" in revision or moment is None:
            return skipped(capture, "the wiki hides the text or the time of this revision")
        return capture

    def fetch(self, capture: Capture) -> Snapshot:
        """The page at a revision. Raises `FetchError` where the wiki does not serve it."""
        found = _LOCATION.fullmatch(capture.location or "")
        if capture.source != "mediawiki" or found is None:
            raise ValueError(f"not a capture of a wiki: {capture}")
        parsed = self._request(
            {
                "action": "parse", "format": "json", "formatversion": 2, "oldid": found[2],
                "prop": "text|displaytitle", "disableeditsection": 1, "disabletoc": 1,
            }
        ).get("parse")  # fmt: skip
        if not isinstance(parsed, dict) or not isinstance(parsed.get("text"), str):
            raise self._refusal(f"no text of revision {found[2]}")
        page = Page(str(parsed.get("title", "")), parsed["text"], modified_at=capture.captured_at)
        return self.snapshot(capture, page, [("mediawiki-revision", found[2])])

    def _title(self, url: str) -> str:
        """The title of the page at *url*, parsed by the form of the wiki's own addresses."""
        place = urlsplit(url)
        title_parameter = parse_qs(place.query).get("title")
        if title_parameter:
            return title_parameter[0]
        query = self._request({**_QUERY, "meta": "siteinfo"}).get("query")
        general = query.get("general") if isinstance(query, dict) else None
        settings = general if isinstance(general, dict) else {}
        prefix, _, suffix = str(settings.get("articlepath", "/wiki/$1")).partition("$1")
        title = place.path.removeprefix(prefix).removesuffix(suffix)
        if not place.path.startswith(prefix) or not title:
            raise self.no_article(url)
        return unquote(title).replace("_", " ")

    def _request(self, fields: dict[str, object]) -> dict[str, Any]:
        document = self.ask(self.address, fields)
        if not isinstance(document, dict) or "error" in document:
            error = document.get("error") if isinstance(document, dict) else None
            why = error.get("info") if isinstance(error, dict) else None
            raise self._refusal(str(why or "it has no such interface"))
        return document

    def _refusal(self, why: str) -> FetchError:
        return FetchError(
            f"the wiki at {self.address} refused the request: {why}",
            url=self.address,
            fault=FetchFault.BAD_ANSWER,
        )
