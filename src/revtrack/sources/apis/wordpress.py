"""The revisions of a post or page of WordPress, by its REST interface.

WordPress shows revisions only to users who may edit: a user name and an *application password*, as
``USER:PASSWORD`` in the environment variable `TOKEN`. It is sent to that site only, over HTTPS.
Without it only the current text is available.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import attrs

from revtrack.errors import SourceError
from revtrack.http import Headers, iso_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.sources.apis.reader import ApiSource, Page, endless_list, rows_of
from revtrack.sources.source import skipped
from revtrack.urls.parts import read_parts

__all__ = ["TOKEN", "WordPress"]

TOKEN = "REVTRACK_WORDPRESS"  # noqa: S105 - the name of a variable
"""The name of the environment variable that holds ``USER:PASSWORD``."""

_PIECE = 100
_PIECES = 100
"""Answers per list (range 10 to 1,000), of 100 revisions each."""
_LOCATION = re.compile(r"(?P<post>.+/wp/v2/(?:posts|pages)/\d+)(?:/revisions/\d+)?")
_AUTOSAVE = "-autosave"
_THIS_MACHINE = frozenset(["127.0.0.1", "[::1]", "localhost"])


def _root(address: str) -> str:
    """The root of the interface at the *address* of a site, or of the interface itself."""
    place = address.rstrip("/")
    return place if place.endswith("/wp-json") else f"{place}/wp-json"


@attrs.frozen
class WordPress(ApiSource):
    """The site at *address*, whose interface is below ``/wp-json``.

    Revisions from before the publication are skipped, except for the last one, which is the published
    text; so are revisions that WordPress saves automatically during editing.
    """

    address: str = attrs.field(converter=_root)

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The states of the post at *url*, oldest first."""
        url = self.safe_address(url)
        place, post = self._post(url)
        published = iso_date(post.get("date_gmt"))
        changed = iso_date(post.get("modified_gmt")) or published
        current = Capture(url, changed, source="wordpress", location=place)
        revisions = self._revisions(place) if self._token() else []
        entries: list[Capture | Screened] = []
        if len(revisions) == _PIECE * _PIECES:
            entries.append(
                endless_list(Capture(url, None, source="wordpress"), f"{place} lists revisions")
            )
        drafts: list[Capture] = []
        for revision in sorted(
            revisions, key=lambda one: (str(one.get("date_gmt")), str(one.get("id")))
        ):
            moment = iso_date(revision.get("date_gmt"))
            where = f"{place}/revisions/{revision.get('id')}"
            capture = Capture(url, moment, source="wordpress", location=where)
            if moment is None or _AUTOSAVE in str(revision.get("slug")):
                entries.append(skipped(capture, "it was saved automatically, or without a time"))
            elif published is not None and moment <= published:
                drafts.append(capture)
            else:
                entries.append(capture)
        if drafts:
            first = attrs.evolve(drafts.pop(), captured_at=published)
            entries.insert(0, first)
        entries += [skipped(draft, "it is a draft from before the publication") for draft in drafts]
        return iter(
            entries if any(isinstance(one, Capture) for one in entries) else [*entries, current]
        )

    def fetch(self, capture: Capture) -> Snapshot:
        """The post at a revision, or as it is now."""
        found = _LOCATION.fullmatch(capture.location or "")
        if capture.source != "wordpress" or found is None:
            raise ValueError(f"not a capture of WordPress: {capture}")
        document = self._request(found[0], {"context": "edit"} if found[0] != found["post"] else {})
        if not isinstance(document, dict):
            raise self.no_article(capture.url or found[0])
        page = Page(
            unescape(_rendered(document, "title")),
            _rendered(document, "content"),
            published_at=iso_date(document.get("date_gmt")) if found[0] == found["post"] else None,
            modified_at=capture.captured_at,
        )
        return self.snapshot(capture, page, [("wordpress-id", str(document.get("id", "")))])

    def _post(self, url: str) -> tuple[str, dict[str, Any]]:
        """The place and the head of the post at *url*, found by the last part of its path."""
        slug = urlsplit(url).path.rstrip("/").rpartition("/")[2]
        for kind in ("posts", "pages"):
            found = self._request(f"{self.address}/wp/v2/{kind}", {"slug": slug}) if slug else None
            if isinstance(found, list) and found and isinstance(found[0], dict):
                return f"{self.address}/wp/v2/{kind}/{found[0].get('id')}", found[0]
        raise self.no_article(url)

    def _revisions(self, place: str) -> list[dict[str, Any]]:
        fields = {"context": "edit", "per_page": _PIECE, "_fields": "id,slug,date_gmt"}
        found: list[dict[str, Any]] = []
        for number in range(1, _PIECES + 1):
            answer = self._request(f"{place}/revisions", {**fields, "page": number})
            found += rows_of({"revisions": answer}, "revisions")
            if len(found) < _PIECE * number:
                break
        return found

    def _token(self) -> str | None:
        return os.environ.get(TOKEN) or None

    def _request(self, address: str, fields: dict[str, object]) -> Any:
        token = self._token()
        headers: Headers = ()
        if token is not None:
            parts = read_parts(self.address)
            if parts.scheme != "https" and parts.host not in _THIS_MACHINE:
                raise SourceError(f"{TOKEN} is only sent over https", location=self.address)
            headers = (("Authorization", f"Basic {b64encode(token.encode()).decode()}"),)
        return self.ask(address, fields, headers=headers)


def _rendered(document: dict[str, Any], name: str) -> str:
    field = document.get(name)
    return str(field.get("rendered", "")) if isinstance(field, dict) else ""
