"""Feeds and sitemaps: the addresses of the articles that a site lists. Needs the extra `http`.

RSS and Atom in all their versions, JSON Feed, sitemaps (news sitemaps, indexes of sitemaps and plain
lists too). `read_feed` parses one; `listed_articles` requests one from a server and follows indexes.
"""

from __future__ import annotations

import html
import io
import json
import re
from calendar import timegm
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any

import attrs
from lxml import etree

from revtrack.errors import AddressError, FetchFault, SourceError, optional, reason_of
from revtrack.extract.encoding import decoded, encoding_of
from revtrack.http import OK, iso_date
from revtrack.model import Capture, Screened
from revtrack.network import Client
from revtrack.sources.files import unpacked
from revtrack.sources.source import failed, skipped
from revtrack.urls import Address, identify
from revtrack.urls.parts import led_to

__all__ = ["Feed", "FeedEntry", "ledger_of_feed", "listed_articles", "read_feed"]


_BLANK = b"\xef\xbb\xbf \t\r\n"
_HEAD = 4_096
_SITEMAPS = ("urlset", "sitemapindex")
_WIDE = ("utf-16", "utf-32")
_DECLARED = re.compile(r"\A\s*<\?xml\b[^>]{0,200}>")
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]{0,99})")
_ENTRY = re.compile(rb"<(/)?(?:[\w.-]{1,99}:)?(?:url|sitemap|item|entry)(?=[\s>])[^>]{0,9999}>")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_AMPERSAND = re.compile(rb"&(?:#(?:\d{1,32}|[xX][0-9a-fA-F]{1,32});|(?!#?\w{1,32};))")


@attrs.frozen
class FeedEntry:
    """One article that a feed lists: its address in safe form, its title and its times."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


@attrs.frozen
class Feed:
    """The articles that a feed lists, each once and in its order, and the sitemaps that it links to.

    `unread` counts the entries, of both, that name no web page.
    """

    entries: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[FeedEntry, ...] = ()
    unread: int = 0


def read_feed(body: bytes, *, url: str = "") -> Feed:
    """The entries of the feed or sitemap in *body*; *url* is its address, for relative addresses.

    Entries without the address of a web page are counted. Raises `SourceError` for what is neither a
    feed nor a sitemap.
    """
    body = _in_utf8(unpacked(body, location=url or "the feed")).lstrip(_BLANK)
    if body.startswith(b"<"):
        body = _escaped(_without_partial_entry(body))
    sitemaps: list[FeedEntry] = []
    if body.startswith(b"{"):
        entries = _of_json(body, url)
    elif (root := _sitemap(body)) is not None:
        entries = _of_sitemap(root, url)
        sitemaps = _of_sitemap(root, url, each="sitemap")
    elif body.startswith(b"<"):
        entries = _of_xml(body, url)
    else:
        entries = _of_lines(body, url)
    identified, identified_sitemaps = _with_address(entries), _with_address(sitemaps)
    unread = len(entries) + len(sitemaps) - len(identified) - len(identified_sitemaps)
    return Feed(tuple(_deduplicated(identified)), tuple(_deduplicated(identified_sitemaps)), unread)


def _in_utf8(body: bytes) -> bytes:
    """*body* in UTF-8 where it has two or four bytes a character; otherwise unchanged."""
    encoding = encoding_of(body[:_HEAD])
    if not encoding.startswith(_WIDE):
        return body
    return _DECLARED.sub("", decoded(body, encoding), count=1).encode("utf-8", "replace")


def _without_partial_entry(body: bytes) -> bytes:
    """XML without the entry in which it was cut off: a truncated address is another address."""
    root = _ROOT.search(body)
    if root is None or body.rfind(b"</" + root[1]) >= 0:
        return body
    end = None
    for tag in _ENTRY.finditer(body):
        if tag[1]:
            end = tag.end()
        elif end is None:
            end = tag.start()
    return body if end is None else body[:end]


def _escaped(body: bytes) -> bytes:
    """XML without ampersands that begin no reference: a parser would drop what follows."""
    first, *sections = body.split(_CDATA)
    escaped = [_AMPERSAND.sub(_reference, first)]
    for section in sections:
        inside, end, after = section.partition(_CDATA_END)
        escaped += [_CDATA, inside, end, _AMPERSAND.sub(_reference, after)]
    return b"".join(escaped)


def _reference(found: re.Match[bytes]) -> bytes:
    if found[0] == b"&":
        return b"&amp;"
    character = html.unescape(found[0].decode("ascii"))  # half a surrogate pair is no character
    return b"&#xFFFD;" if character == "\ufffd" else found[0]


def _no_feed(url: str) -> SourceError:
    address = url or "this"
    return SourceError(
        f"{address} is neither a feed (RSS, Atom, JSON Feed) nor a sitemap", location=url or "feed"
    )


def _with_address(entries: Iterable[FeedEntry]) -> list[tuple[Address, FeedEntry]]:
    """The entries that name a web page."""
    found = []
    for entry in entries:
        with suppress(AddressError):
            found.append((identify(entry.url), entry))
    return found


def _deduplicated(entries: Iterable[tuple[Address, FeedEntry]]) -> Iterator[FeedEntry]:
    """Each article once, under the safe form of its first address."""
    seen = set()
    for address, entry in entries:
        if address.key not in seen:
            seen.add(address.key)
            yield attrs.evolve(entry, url=address.url)


# ----------------------------------------------------------------------------------- RSS and Atom


def _of_xml(body: bytes, url: str) -> list[FeedEntry]:
    feedparser = optional("feedparser", extra="http", purpose="reading feeds")
    try:
        # a stream, since the parser takes text for a file's name; it resolves relative addresses
        found = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url})
    except Exception as error:  # it raises many kinds of errors, KeyError above all
        raise _no_feed(url) from error
    if not found.version:
        raise _no_feed(url)
    return [
        FeedEntry(
            # an identifier may also be marked as an address
            led_to(url, entry.get("link") or (entry.get("guidislink") and entry.get("id"))) or "",
            _text(entry.get("title")),
            _of_parts(dict.get(entry, "published_parsed")),
            _of_parts(dict.get(entry, "updated_parsed")),
        )
        for entry in found.entries
    ]


def _of_parts(parts: Any) -> datetime | None:
    """The time in UTC of the parts that the feed parser gives."""
    try:
        return datetime.fromtimestamp(timegm(parts), UTC) if parts else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


# ---------------------------------------------------------------------------------------- JSON Feed


def _of_json(body: bytes, url: str) -> list[FeedEntry]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_feed(url) from error
    items = document.get("items")
    if "jsonfeed.org/version/" not in str(document.get("version")) or not isinstance(items, list):
        raise _no_feed(url)
    return [
        FeedEntry(
            led_to(url, item.get("url") or item.get("external_url")) or "",
            _text(item.get("title")),
            iso_date(item.get("date_published")),
            iso_date(item.get("date_modified")),
        )
        for item in [one if isinstance(one, dict) else {} for one in items]
    ]


# ----------------------------------------------------------------------------------------- sitemaps


def _sitemap(body: bytes) -> etree._Element | None:
    """The root of a sitemap, None for anything else."""
    head = body[:_HEAD]
    if not any(f"{name}".encode() in head for name in _SITEMAPS):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    return root if root is not None and _name(root) in _SITEMAPS else None


def _of_sitemap(root: etree._Element, url: str, *, each: str = "url") -> list[FeedEntry]:
    """The pages (*each* ``url``) or further sitemaps that a sitemap lists, in any namespace."""
    entries = []
    for element in root:
        if _name(element) != each:
            continue
        news = next((part for part in element if _name(part) == "news"), None)
        entries.append(
            FeedEntry(
                led_to(url, _child_text(element, "loc")) or "",
                _child_text(news, "title") or None,
                iso_date(_child_text(news, "publication_date")),
                iso_date(_child_text(element, "lastmod")),
            )
        )
    return entries


def _child_text(element: etree._Element | None, name: str) -> str:
    """The text of a child: pictures and films inside have addresses, titles and times of their own."""
    parts = () if element is None else element
    return next((_text(part.text) or "" for part in parts if _name(part) == name), "")


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _of_lines(body: bytes, url: str) -> list[FeedEntry]:
    """A sitemap of plain text: one address per line, and nothing else."""
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        raise _no_feed(url)
    return [FeedEntry(line) for line in lines]


def _text(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


_EARLIEST = datetime.min.replace(tzinfo=UTC)
_MOST_SITEMAPS = 500
"""Sitemaps that one index may link to (range 10 to 50,000): a large paper has one for each month."""


def listed_articles(client: Client, url: str, *, since: datetime | None = None) -> Iterator[FeedEntry]:
    """The articles that the feed or sitemap at *url* lists, one by one, newest lists first.

    *since*, an aware time, leaves out what is known to be older, sitemaps included. Raises `FetchError`
    where the server serves none and `SourceError` where the answer is no feed, both only after the
    sitemaps that can be read, and `ValueError` for a time without a zone.
    """
    failure: SourceError | None = None
    for one in _entries_and_failures(client, url, since):
        if isinstance(one, FeedEntry):
            yield one
        elif isinstance(one, SourceError):
            failure = failure or one
    if failure is not None:
        raise failure


def ledger_of_feed(
    client: Client, url: str, *, since: datetime | None = None
) -> Iterator[FeedEntry | Screened]:
    """The articles of `listed_articles`, and a row for each entry and each sitemap that gives none."""
    for one in _entries_and_failures(client, url, since):
        if isinstance(one, SourceError):
            yield failed(Capture(one.location, None), reason_of(one))
        else:
            yield one


def _entries_and_failures(
    client: Client, url: str, since: datetime | None
) -> Iterator[FeedEntry | Screened | SourceError]:
    if since is not None and since.tzinfo is None:
        raise ValueError(f"since needs a time zone, got {since.isoformat()}")
    pending, seen = [url], {url}
    known: set[str] = set()
    unread = 0
    while pending:
        address = pending.pop(0)
        try:
            feed = _requested_feed(client, address)
        except SourceError as error:
            yield error  # one sitemap of many does not lose the others
            continue
        for entry in feed.entries:
            if entry.url not in known and _is_recent(entry, since):
                known.add(entry.url)
                yield entry
        for _ in range(feed.unread):
            yield skipped(Capture(address, None), "an entry names no web page")
        for sitemap in sorted(
            feed.sitemaps, key=lambda one: one.modified_at or _EARLIEST, reverse=True
        ):
            if sitemap.url in seen or not _is_recent(sitemap, since):
                continue
            if len(seen) > _MOST_SITEMAPS:
                unread += 1
                continue
            seen.add(sitemap.url)
            pending.append(sitemap.url)
    if unread:
        message = f"{url} lists {unread + _MOST_SITEMAPS} sitemaps: {_MOST_SITEMAPS} were read"
        yield SourceError(message, location=url)


def _requested_feed(client: Client, url: str) -> Feed:
    # no content type is requested: servers send feeds under every type; the bytes decide
    answer = client.get(url)
    if answer.status != OK:
        raise answer.failure(f"{answer.url} is not a feed: status {answer.status}", FetchFault.STATUS)
    return read_feed(answer.body, url=answer.url)


def _is_recent(entry: FeedEntry, since: datetime | None) -> bool:
    moment = entry.modified_at or entry.published_at
    if since is None or moment is None:
        return True
    # midnight mostly means a day without a time, and may be any time of that day
    return moment + (timedelta(days=1) if moment.time() == time() else timedelta(0)) >= since
