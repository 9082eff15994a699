"""The live page: one capture, now, requested only if changed since the last.

A page that consists of a refresh to another page is followed like a redirect.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import ClassVar

import attrs
import lxml.etree
import lxml.html

from revtrack.errors import AddressError, SourceError
from revtrack.http import NOT_MODIFIED, OK, http_date, value_of
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.network import Answer, Client
from revtrack.network.client import PAGE_TYPES
from revtrack.urls import identify
from revtrack.urls.identity import site_of
from revtrack.urls.parts import joined, read_parts
from revtrack.urls.replay import stated_replay

__all__ = ["Live"]

_WITH_VALIDATORS = (OK, NOT_MODIFIED)
"""The statuses of snapshots whose validators may be sent to a server."""

_HEAD = 64 * 2**10
"""Bytes of a page in which a refresh is looked for: it is in the head."""

_LONGEST_REFRESH = 5
"""Seconds (range 0 to 10) up to which a refresh counts as a redirect. With a longer time it
reloads a page that is meant to be read, as front pages and live reports do."""

_CONTENT = re.compile(
    r"\s*(?P<seconds>\d{1,6})(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<target>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT_SCRIPTS = frozenset(["noscript", "template"])
"""Elements whose refresh is for browsers without scripts; readers see the page itself."""


@attrs.frozen
class Live:
    """The page as its server serves it now.

    *last* gives the latest stored snapshot of an address, None where there is none. With it the request
    is conditional (`ETag`, `Last-Modified`). Where the page has not changed, the server answers 304: an
    observation like any other, whose snapshot has the status 304, the headers of that answer and the
    known body. A page that redirects its readers on the same site (``<meta http-equiv="refresh">``) is
    followed once.
    """

    at_once: ClassVar[int] = 8
    """Concurrent fetches (range 1 to 16): enough to keep several hosts busy; each host has a limit of
    its own."""

    client: Client = attrs.field(repr=False)
    last: Callable[[str], Snapshot | None] | None = attrs.field(default=None, repr=False)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The one capture that can be made now of *url*, in its safe form.

        Raises `SourceError` without an address: a server has no list.
        """
        if url is None:
            raise SourceError("a live page needs its address", location="http")
        address = identify(url).url
        now = self.client.politeness.clock.now()
        return iter([Capture(address, now, source="http", location=address)])

    def fetch(self, capture: Capture) -> Snapshot:
        """Request the page now; the snapshot's time is that of the answer.

        Error pages (404, 410 …) are snapshots with their status. Raises `FetchError` when there is no
        usable answer, and `ValueError` for a capture of another source.
        """
        if capture.source != "http" or capture.location is None:
            raise ValueError(f"not a capture of a live page: {capture}")
        known = None if self.last is None else self.last(capture.location)
        if known is not None and not (
            known.url == capture.location and known.status in _WITH_VALIDATORS
        ):
            known = None  # validators of another address or of an error page are not those of the page
        # validators of a page that only redirects would be those of another page
        is_redirect = known is not None and any(step.status == OK for step in known.redirects)
        conditions = () if is_redirect else _conditions(known)
        answer = self.client.get(capture.location, headers=conditions, types=PAGE_TYPES)
        target = _refresh_of(answer.body, answer.url) if answer.status == OK else None
        if target is not None:
            conditions = _conditions(known) if is_redirect else ()
            led = self.client.get(target, headers=conditions, types=PAGE_TYPES)
            step = Redirect(answer.url, answer.status, target)
            answer = attrs.evolve(led, redirects=(*answer.redirects, step, *led.redirects))
        return _snapshot(capture, answer, known)


def _conditions(known: Snapshot | None) -> tuple[tuple[str, str], ...]:
    """The request headers that make a request conditional."""
    if known is None:
        return ()
    conditions = []
    for header, request_header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        value = value_of(known.headers, header)
        if value is not None and value.isprintable() and value.isascii():
            conditions.append((request_header, value))
    return tuple(conditions)


def _captured(capture: Capture, answer: Answer) -> Capture:
    """What was captured, and when: for a replayed page of an archive, the archive's capture."""
    replay = stated_replay(answer.url)
    moment = http_date(answer.header("memento-datetime")) or (replay.moment if replay else None)
    if replay is None or moment is None:
        return attrs.evolve(capture, captured_at=answer.received_at)
    return attrs.evolve(capture, url=replay.url, captured_at=moment)


def _snapshot(capture: Capture, answer: Answer, known: Snapshot | None) -> Snapshot:
    body, content_type = answer.body, answer.header("content-type")
    headers = answer.headers
    if answer.status == NOT_MODIFIED:
        if known is None:
            raise answer.failure(
                f"{answer.url} answers 304, not modified, to a question without a condition"
            )
        body, content_type = known.body, known.content_type
        # the validators are those of the first answer, whether the server repeats them or not
        for name in ("etag", "last-modified"):
            value = value_of(known.headers, name)
            if answer.header(name) is None and value is not None:
                headers = (*headers, (name, value))
    observed = attrs.evolve(_captured(capture, answer), digest=hashlib.sha256(body).hexdigest())
    return Snapshot(
        observed,
        body,
        content_type=content_type,
        headers=headers,
        status=answer.status,
        redirects=answer.redirects,
    )


def _refresh_of(body: bytes, url: str) -> str | None:
    """The target of the page's immediate refresh, on the same site; None where it has none."""
    head = body[:_HEAD]
    if b"refresh" not in head.lower():
        return None
    try:
        root = lxml.html.document_fromstring(head)
    except (lxml.etree.ParserError, ValueError):
        return None
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if any(ancestor.tag in _WITHOUT_SCRIPTS for ancestor in meta.iterancestors()):
            continue
        found = _CONTENT.match(meta.get("content") or "")
        if found is None or int(found["seconds"]) > _LONGEST_REFRESH:
            return None
        target = found["target"]
        if found["quote"]:
            target = target.partition(found["quote"])[0]
        return _on_the_same_site(url, target.strip())
    return None


def _on_the_same_site(url: str, target: str) -> str | None:
    try:
        page, destination = identify(url), identify(joined(url, target))
    except AddressError:
        return None
    same = site_of(read_parts(page.url).host) == site_of(read_parts(destination.url).host)
    return destination.url if same and destination.url != page.url else None
