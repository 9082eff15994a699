"""Feeds and sitemaps: the addresses of the articles that a site lists. Needs the extra `http`.

RSS and Atom in all their versions, JSON Feed, sitemaps (news sitemaps, indexes of sitemaps and plain
lists too). `read_feed` reads one that is there already; `listed_articles` asks a server and follows
indexes.
"""

from revtrack.sources.feeds.listing import listed_articles
from revtrack.sources.feeds.reading import Feed, FeedEntry, read_feed

__all__ = ["Feed", "FeedEntry", "listed_articles", "read_feed"]
