"""A static site over many articles: recent changes, undisclosed ones, corrections, outlets, and feeds.

Each article has a page with its report. The lists and the feeds (Atom, RFC 4287, and JSON Feed) contain
the findings of all articles, newest first. The site works from a folder and from a server; its pages
are escaped like reports.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

import attrs
from lxml import etree

from revtrack.history import History
from revtrack.ledger import NoticeAppeared
from revtrack.report import summary, write_atomically
from revtrack.report.catalogue import N_, tr
from revtrack.report.marks import single_line
from revtrack.report.nouns import counted
from revtrack.report.outline import observation
from revtrack.report.page import feed_content, html, site_page
from revtrack.report.summary import Finding, Tally
from revtrack.report.views import language_tag

__all__ = ["TITLE", "atom", "json_feed", "write_site"]


_ATOM = "http://www.w3.org/2005/Atom"
_START = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a change whose time is unknown: feeds require one."""


@attrs.frozen
class SiteArticle:
    """An article of a site: its title, its outlet, and the address of its page."""

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

    article: SiteArticle
    finding: Finding
    moment: datetime | None

    @property
    def link(self) -> str:
        """The address of the change in the report, relative to the folder of the site."""
        return f"{self.article.page}#r{self.finding.revision}-c{self.finding.entry.first}"

    @property
    def id(self) -> str:
        """An identifier of the change that remains the same when the site is written again."""
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
        """The time for a feed, as in RFC 3339."""
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


TITLE = N_("Changes to published articles")

_ON_FRONT_PAGE = 20
"""Changes on the front page (range 10 to 50); the page of all changes lists the rest."""

_ON_A_PAGE = 1_000
"""Items on a page (range 200 to 5,000): a thousand changes take about a megabyte."""

_IN_A_FEED = 100
"""Changes in a feed (range 20 to 500): enough for a feed reader that polls once a day."""

_ARTICLES = "articles"
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@attrs.frozen
class _Correction:
    """A notice of an article, its observation, what it explains, and when it was added."""

    article: SiteArticle
    found: NoticeAppeared
    observed: str
    moment: datetime | None


@attrs.define
class _Contents:
    """The contents of the site's lists."""

    articles: list[SiteArticle] = attrs.field(factory=list)
    items: list[Item] = attrs.field(factory=list)
    corrections: list[_Correction] = attrs.field(factory=list)
    pages: Counter[str] = attrs.field(factory=Counter)

    def add(self, history: History) -> SiteArticle:
        """Add the findings and notices of *history*; returns the article as the lists name it."""
        article = _site_article(history)
        self.pages[article.url] += 1
        if (number := self.pages[article.url]) > 1:  # two folders may hold captures of one address
            article = attrs.evolve(article, page=article.page.replace(".html", f"-{number}.html"))
        self.articles.append(article)
        for _, _, group in summary.findings(history, summary.entries_by_revision(history)):
            self.items += [
                Item(article, one, history.revisions[one.revision - 1].interval.until) for one in group
            ]
        self.corrections += [
            _Correction(article, found, f"{observation(found)}.", found.interval.until)
            for found in history.ledger().notices
        ]
        return article


_LINK_TO_INDEX = b'"../index.html"'  # a report that is part of a site links to its index


def write_site(
    histories: Iterable[History],
    folder: str | os.PathLike[str],
    *,
    title: str = TITLE,
    address: str = "",
) -> tuple[int, summary.Tally]:
    """Write a site about *histories* into *folder*; returns the number of articles and their changes.

    *address* is where it will be published, for the links of its feeds; without it they are relative.
    Pages of an earlier site that are not written again are removed. Raises `MissingExtraError` without
    the extra ``report``, and `OSError` when *folder* cannot be written to, or contains other files.
    """
    place, title = Path(folder), tr(title)
    if place.is_dir() and any(place.iterdir()) and not _made_by_revtrack(place / "index.html"):
        raise FileExistsError(errno.EEXIST, "the folder holds other files than a site", str(place))
    found = _Contents()
    reports = ((found.add(history).page, html(history, home="../index.html")) for history in histories)
    for name, content in chain(reports, _lists(found, title, address)):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place / name, content)
    written = {Path(article.page).name for article in found.articles}
    for page in (place / _ARTICLES).glob("*.html"):
        if page.name not in written and _made_by_revtrack(page) and _LINK_TO_INDEX in page.read_bytes():
            page.unlink()
    return len(found.articles), _counts(found.articles)


def _made_by_revtrack(page: Path) -> bool:
    return page.is_file() and b'content="revtrack"' in page.read_bytes()[:2_000]


def _lists(found: _Contents, title: str, address: str) -> Iterator[tuple[str, str]]:
    items = sorted(found.items, key=_order_of, reverse=True)
    corrections = sorted(found.corrections, key=_time_of, reverse=True)
    undisclosed = [one for one in items if one.finding.entry.undisclosed]
    outlets = list(_outlets(found.articles))
    sums = counted(len(found.articles), "article"), counted(len(outlets), "outlet")
    totals = tr("{articles} of {outlets}", articles=sums[0], outlets=sums[1]) + ". "
    views: dict[str, dict[str, object]] = {
        "index": {
            "revisions": _grouped(items[:_ON_FRONT_PAGE]),
            "outlets": outlets,
            "lede": ((totals, "outlets"), *summary.disclosure_counts(_counts(found.articles))),
        },
        "changes": _newest_first(items),
        "undisclosed": _newest_first(undisclosed),
        "corrections": {"corrections": corrections[:_ON_A_PAGE]},
        "outlets": {"outlets": outlets},
    }
    counts = {
        "changes": _changes_of(items),
        "undisclosed": _changes_of(undisclosed),
        "corrections": len(corrections),
        "outlets": len(outlets),
    }
    for name, view in views.items():
        yield f"{name}.html", site_page({"name": name, "site": title, "counts": counts, **view})
    yield "feed.atom", atom(items[:_IN_A_FEED], title=title, address=address)
    yield "feed.json", json_feed(items[:_IN_A_FEED], title=title, address=address)


def _time_of(item: Item | _Correction) -> tuple[datetime, str]:
    return item.moment or _EARLIEST, item.article.page


def _order_of(item: Item) -> tuple[datetime, str, int, int]:
    """The key to sort findings in descending order: the last revision first, its changes as listed."""
    return *_time_of(item), item.finding.revision, -item.finding.entry.first


def _newest_first(items: list[Item]) -> dict[str, object]:
    return {"revisions": _grouped(items[:_ON_A_PAGE]), "older": _changes_of(items[_ON_A_PAGE:])}


def _changes_of(items: Iterable[Item]) -> int:
    return sum([len(one.finding.entry.changes) for one in items])


def _grouped(items: Iterable[Item]) -> list[list[Item]]:
    """Neighbouring findings of one revision together."""
    return [
        list(group)
        for _, group in groupby(items, key=lambda one: (one.article.page, one.finding.revision))
    ]


def _site_article(history: History) -> SiteArticle:
    last = history.versions[-1]
    url = history.url or history.captures[0].location or ""
    host = (_split_url(url).hostname or "").removeprefix("www.")
    return SiteArticle(
        page=f"{_ARTICLES}/{_name(url)}.html",
        url=url,
        title=summary.title_of(history),
        outlet=host or last.article.publisher or tr("Outlet unknown"),
        language=language_tag(last.article),
        versions=len(history.versions),
        changed=last.first_seen,
        counts=summary.tally(history.revisions),
    )


def _split_url(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # brackets without an IPv6 address
        return urlsplit("")


def _name(url: str) -> str:
    """The file name of an article's page: the last words of its address, and a digest of all of it."""
    words = re.findall("[a-z0-9]+", re.sub(r"\.\w{2,5}$", "", _split_url(url).path.lower()))
    digest = sha256(url.encode("utf-8", "replace")).hexdigest()[:10]
    return "-".join([*words[-8:], digest])[-90:].lstrip("-")


def _outlets(articles: Iterable[SiteArticle]) -> Iterator[dict[str, object]]:
    by_outlet = sorted(articles, key=attrgetter("outlet", "page"))
    for name, group in groupby(by_outlet, key=attrgetter("outlet")):
        newest_first = sorted(group, key=lambda one: one.changed or _EARLIEST, reverse=True)
        yield {"name": name, "articles": newest_first, "counts": _counts(newest_first)}


def _counts(articles: Iterable[SiteArticle]) -> summary.Tally:
    return summary.total([article.counts for article in articles])
