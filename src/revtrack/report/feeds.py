"""Feeds of changes: Atom (RFC 4287) and JSON Feed, with the marked words in each entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

import attrs
from lxml import etree

from revtrack.report.neutral import single_line
from revtrack.report.page import feed_content
from revtrack.report.summary import Finding, Tally

__all__ = ["Item", "Linked", "atom", "json_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_START = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a change whose time is unknown: a feed must give one."""


@attrs.frozen
class Linked:
    """An article of a site: what it is called, who published it, and where its page is."""

    page: str
    url: str
    title: str
    outlet: str
    language: str | None
    versions: int
    changed: datetime | None
    counts: Tally


@attrs.frozen
class Item:
    """A finding about an article, and the first capture with the change."""

    article: Linked
    finding: Finding
    moment: datetime | None

    @property
    def link(self) -> str:
        """Where the change is in the report, from the folder of the site."""
        return f"{self.article.page}#r{self.finding.revision}-c{self.finding.entry.first}"

    @property
    def id(self) -> str:
        """A name of the change that stays its own when the site is written anew."""
        entry, change = self.finding.entry, self.finding.entry.change
        what = (type(change).__name__, change.old, change.new, entry.first)
        parts = (self.article.page, self.moment, *what)
        return f"urn:uuid:{uuid5(NAMESPACE_URL, ascii(parts))}"

    @property
    def title(self) -> str:
        """What was observed, and in which article."""
        return single_line(f"{self.finding.entry.observed}: {self.article.title}")

    @property
    def time(self) -> str:
        """The time that a feed gives, as in RFC 3339."""
        return (self.moment or _START).astimezone(UTC).isoformat().replace("+00:00", "Z")


def atom(items: Sequence[Item], *, title: str, address: str) -> str:
    """The items as an Atom feed; links are relative where *address* is empty."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})

    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    add(feed, "title", single_line(title))
    add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, ascii((address, title)))}")
    add(feed, "updated", max([one.time for one in items], default=f"{_START:%Y-%m-%dT%H:%M:%SZ}"))
    add(feed, "link", href=urljoin(address, "feed.atom"), rel="self")
    add(feed, "link", href=urljoin(address, "index.html"))
    add(add(feed, "author"), "name", "revtrack")
    for one in items:
        entry = add(feed, "entry")
        add(entry, "title", one.title)
        add(entry, "id", one.id)
        add(entry, "updated", one.time)
        add(entry, "link", href=urljoin(address, one.link))
        add(entry, "category", term=one.finding.entry.change.state.value)
        add(entry, "content", feed_content(one), type="html")
    etree.indent(feed)
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True).decode() + "\n"


def json_feed(items: Sequence[Item], *, title: str, address: str) -> str:
    """The items as a JSON Feed (version 1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": single_line(title),
        "home_page_url": urljoin(address, "index.html"),
        "feed_url": urljoin(address, "feed.json"),
        "items": [
            {
                "id": one.id,
                "url": urljoin(address, one.link),
                "title": one.title,
                "content_html": feed_content(one),
                "date_published": one.time,
                "tags": [one.finding.entry.change.state.value, one.article.outlet],
            }
            for one in items
        ],
    }
    return json.dumps(feed, indent=1) + "\n"
