"""The articles that a feed on a server lists, sitemaps of sitemaps included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from revtrack.errors import FetchFault, SourceError
from revtrack.network import Client
from revtrack.sources.feeds.reading import Feed, FeedEntry, read_feed

__all__ = ["listed_articles"]

_SITEMAPS = 500
"""Sitemaps that one index may lead to (range 10 to 50,000): a large paper has one for each month."""


def listed_articles(client: Client, url: str, *, since: datetime | None = None) -> Iterator[FeedEntry]:
    """The articles that the feed or sitemap at *url* lists, each as it comes, newest lists first.

    *since*, an aware time, leaves out what is known to be older, sitemaps included. Raises `FetchError`
    where the server gives none, `SourceError` where what it gives is no feed, both only after the
    sitemaps that can be read, and `ValueError` for a time without a zone.
    """
    if since is not None and since.tzinfo is None:
        raise ValueError(f"since needs a time zone, got {since.isoformat()}")
    waiting, asked = [url], {url}
    told: set[str] = set()
    failure: SourceError | None = None
    while waiting:
        try:
            feed = _asked_for(client, waiting.pop(0))
        except SourceError as error:
            failure = failure or error  # one sitemap of many does not lose the others
            continue
        for entry in feed.entries:
            if entry.url not in told and _young(entry, since):
                told.add(entry.url)
                yield entry
        for sitemap in sorted(feed.sitemaps, key=_newest_first):
            if sitemap.url not in asked and len(asked) <= _SITEMAPS and _young(sitemap, since):
                asked.add(sitemap.url)
                waiting.append(sitemap.url)
    if failure is not None:
        raise failure


def _asked_for(client: Client, url: str) -> Feed:
    # no content type is asked for: servers send feeds under every name, and their bytes tell
    answer = client.get(url)
    if answer.status != 200:
        raise answer.failure(f"{answer.url} gives no feed: status {answer.status}", FetchFault.STATUS)
    return read_feed(answer.body, url=answer.url)


def _young(entry: FeedEntry, since: datetime | None) -> bool:
    moment = entry.modified_at or entry.published_at
    if since is None or moment is None:
        return True
    # midnight is mostly a day without a time, and may be any time of that day
    return moment + (timedelta(days=1) if moment.time() == time() else timedelta(0)) >= since


def _newest_first(entry: FeedEntry) -> float:
    moment = entry.modified_at
    return -moment.timestamp() if moment is not None else 0.0
