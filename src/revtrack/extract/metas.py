"""The meta elements of a page by the names that content systems share, and what each name is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

__all__ = [
    "AUTHORS",
    "DEKS",
    "LANGUAGES",
    "MODIFIED",
    "PUBLISHED",
    "PUBLISHERS",
    "SECTIONS",
    "Metas",
    "each",
    "first_of",
    "read_metas",
]

Metas = Mapping[str, Sequence[str]]
"""The contents of the meta elements that are read, by name in lower case, each in page order."""

PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "article:publish_date",
    "article.published",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "citation_publication_date",
    "citation_date",
    "pdate",
    "bt:pubdate",
    "weibo:article:create_at",
)
"""When the article was published, the most telling names first; so in each of these lists."""

MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "og:article:modified_time",
    "datemodified",
    "article:modified",
    "article:updated",
    "article.updated",
    "rnews:datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "weibo:article:update_at",
)
AUTHORS = (
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "citation_author",
    "byl",
)
SECTIONS = (
    "article:section",
    "og:section",
    "og:article:section",
    "parsely-section",
    "articlesection",
    "section",
)
DEKS = ("og:description", "description", "twitter:description", "dc.description", "dcterms.description")
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher")
LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "dcterms.language")

_READ = frozenset(
    [
        *(*PUBLISHED, *MODIFIED, *AUTHORS, *SECTIONS, *DEKS, *PUBLISHERS, *LANGUAGES),
        *("og:title", "twitter:title"),
        *("application-name", "twitter:site"),
        "og:url",
    ]
)


def read_metas(elements: Iterable[etree._Element]) -> Metas:
    """The page's meta elements that are read.

    An itemprop counts where it says one thing: in a list of other articles each has its own.
    """
    found: dict[str, list[str]] = {}
    items: dict[str, list[str]] = {}
    for meta in elements:
        stated, named = meta.get("property"), meta.get("name")
        name = stated or named or meta.get("itemprop") or meta.get("http-equiv")
        if name is None:
            continue
        name = name.strip().lower()
        if name not in _READ:
            name = named.strip().lower() if stated and named else ""
            if name not in _READ:
                continue
        if text := " ".join((meta.get("content") or "").split()):
            kept = found if stated or named or meta.get("itemprop") is None else items
            kept.setdefault(name, []).append(text)
    for name, texts in items.items():
        if len(set(texts)) == 1:
            found.setdefault(name, texts[:1])
    return found


def each(metas: Metas, names: Iterable[str]) -> Iterator[str]:
    """The first content of each of *names* that the page has."""
    for name in names:
        if name in metas:
            yield metas[name][0]


def first_of(metas: Metas, name: str) -> str | None:
    """The first content of *name*, None where the page does not have it."""
    return metas[name][0] if name in metas else None
