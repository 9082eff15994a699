"""Pages that say nothing but where the page is: a refresh in place of a redirect."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

from revtrack.errors import AddressError
from revtrack.urls import identify
from revtrack.urls.parts import joined
from revtrack.urls.variants import site_of

__all__ = ["refresh_of"]

_HEAD = 64 * 2**10
"""Bytes of a page in which a refresh is looked for: it is written in the head."""

_SOON = 5
"""Seconds (range 0 to 10) up to which a refresh leads to the page that is meant. After a longer time it
loads a page anew that was to be read, as front pages and live reports do."""

_CONTENT = re.compile(
    r"\s*(?P<seconds>\d{1,6})(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<target>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT_SCRIPTS = frozenset(["noscript", "template"])
"""Where a refresh is for browsers that run no scripts; the page itself is the one that readers see."""


def refresh_of(body: bytes, url: str) -> str | None:
    """Where the page at *url* sends its readers at once, on the same site; None where it does not."""
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
        if any(above.tag in _WITHOUT_SCRIPTS for above in meta.iterancestors()):
            continue
        found = _CONTENT.match(meta.get("content") or "")
        if found is None or int(found["seconds"]) > _SOON:
            return None
        target = found["target"]
        if found["quote"]:
            target = target.partition(found["quote"])[0]
        return _on_the_same_site(url, target.strip())
    return None


def _on_the_same_site(url: str, target: str) -> str | None:
    try:
        here, there = identify(url), identify(joined(url, target))
    except AddressError:
        return None
    same = site_of(_host(here.url)) == site_of(_host(there.url))
    return there.url if same and there.url != here.url else None


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition(":")[0]
