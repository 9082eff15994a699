"""The meta elements of a page by the names that content systems share, and what each name is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

__all__ = ["FOR", "LABELS", "PUBLISHED_ELSE", "Metas", "each", "first_of", "read_metas"]

Metas = Mapping[str, Sequence[str]]
"""The contents of the meta elements that are read, by name in lower case, each in page order."""

_NAMES = {
    "published": """
        article:published_time og:published_time og:article:published_time datepublished
        article:published date dc.date.issued dcterms.issued citation_publication_date
        parsely-pub-date pubdate
    """,
    "modified": "article:modified_time og:updated_time og:modified_time datemodified modified-else",
    "authors": """
        author article:author article:author_name dc.creator dcterms.creator parsely-author
        sailthru.author cxenseparse:author citation_author byl
    """,
    "section": """
        article:section og:section og:article:section parsely-section articlesection section
    """,
    "dek": "og:description description twitter:description dc.description dcterms.description",
    "publisher": "og:site_name dc.publisher dcterms.publisher citation_publisher publisher",
    "language": "og:locale content-language language dc.language dcterms.language",
}
"""The meta elements that content systems share by what they are for, the most telling names first."""
FOR = {what: tuple(names.split()) for what, names in _NAMES.items()}

# What names by their form say the same; several differ where one is the time of a template.
PUBLISHED_ELSE, _MODIFIED_ELSE = "published-else", "modified-else"
# What a shared link shows beside the headline: a label, and what it is of.
LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))

# The forms of the names of dates: article.updated, DC.date.issued, published-date, parsely-pub-date.
_MODIFIES = re.compile(r"modif|updat|lastmod|last-change")
_PUBLISHES = re.compile(
    r"publi(?:sh|cation)|pub[-_.]?(?:date|time)|\bpdate|(?:\b|_)(?:issued|created?)(?:\b|_)"
    r"|(?:\b|_)date$"
)
_OTHERWISE = re.compile(r"expir|event|start|valid|birth|copyright|review")

_READ = frozenset(
    [
        *[name for names in FOR.values() for name in names],
        *("og:title", "twitter:title", "application-name", "twitter:site", "og:url"),
        *[name for pair in LABELS for name in pair],
    ]
)


def read_metas(elements: Iterable[etree._Element]) -> Metas:
    """The meta elements that are read; an itemprop counts where it says one thing on the page."""
    found: dict[str, list[str]] = {}
    items: dict[str, list[str]] = {}
    for meta in elements:
        stated, named = meta.get("property"), meta.get("name")
        name = stated or named or meta.get("itemprop") or meta.get("http-equiv")
        if name is None:
            continue
        known = _known(name) or (_known(named) if stated and named else None)
        if known and (text := " ".join((meta.get("content") or "").split())):
            kept = found if stated or named or meta.get("itemprop") is None else items
            kept.setdefault(known, []).append(text)
    for name, texts in items.items():
        if len(set(texts)) == 1:
            found.setdefault(name, texts[:1])
    return found


def _known(name: str) -> str | None:
    """What a meta element of this name is read as; None where it is not read."""
    name = name.strip().lower()
    if name in _READ:
        return name
    if ("dat" in name or "pub" in name or "creat" in name or "issu" in name or "mod" in name) and (
        _OTHERWISE.search(name) is None
    ):
        if _MODIFIES.search(name):
            return _MODIFIED_ELSE
        if _PUBLISHES.search(name):
            return PUBLISHED_ELSE
    return None


def each(metas: Metas, names: Iterable[str]) -> Iterator[str]:
    """The first content of each of *names* that the page has."""
    return (metas[name][0] for name in names if name in metas)


def first_of(metas: Metas, name: str) -> str | None:
    """The first content of *name*, None where the page does not have it."""
    return metas[name][0] if name in metas else None
