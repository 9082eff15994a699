"""What a page says of itself: headlines, authors, times, language, address."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import attrs
from lxml import etree

from revtrack.extract.headlines import letters_of, on_page, shown, text_of_element, variants
from revtrack.extract.linked import articles, text_of
from revtrack.extract.scan import Scan
from revtrack.extract.stated import Correction, corrections
from revtrack.model import Headline, HeadlineSource

__all__ = ["Metadata", "read_metadata"]

_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]{1,255})", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
# Every name of a meta element that is read: most of them are not.
_READ = frozenset(
    [
        *_PUBLISHED,
        *_MODIFIED,
        *_AUTHORS,
        "og:title",
        "twitter:title",
        "og:site_name",
        "application-name",
        "twitter:site",
        "og:description",
        "description",
        "article:section",
        "og:locale",
        "content-language",
        "og:url",
    ]
)


@attrs.frozen
class Metadata:
    """What a page says of itself, as it says it; `heading` is the element that shows the headline.

    `free` is false where the page states that its article is not accessible for free.
    """

    headline: str | None = None
    headlines: tuple[Headline, ...] = ()
    heading: etree._Element | None = None
    byline: str | None = None
    dek: str | None = None
    section: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None
    corrections: tuple[Correction, ...] = ()
    free: bool = True

    @property
    def repeated(self) -> frozenset[str]:
        """The variants of the headline that a block of the text may repeat word for word."""
        return frozenset([one.text for one in self.headlines if one.source not in _BESIDE])


# Variants that are no repetition of the headline where they stand in the text: a second headline is
# often the line under the first.
_BESIDE = frozenset([HeadlineSource.ALTERNATIVE, HeadlineSource.SLUG])


def read_metadata(page: Scan, *, url: str | None = None) -> Metadata:
    """The metadata of a page that was looked over."""
    root = page.root
    metas = _metas(page.metas)
    linked = articles(page.linked)
    publisher = _first(linked, "publisher") or metas.get("og:site_name")
    canonical = _canonical(page.links, metas)
    sites = _sites(metas, publisher, canonical or url)
    stated = [
        (HeadlineSource.OPEN_GRAPH, metas.get("og:title")),
        (HeadlineSource.TWITTER, metas.get("twitter:title")),
        (HeadlineSource.JSON_LD, _first(linked, "headline")),
        (
            HeadlineSource.TITLE,
            text_of_element(page.titles[0]) if page.titles else None,
        ),
    ]
    seen = on_page(page.headings, [text[:2_000] for _, text in stated if text], sites)
    said = [text for source, text in stated if text and source is not HeadlineSource.TITLE]
    stated.append((HeadlineSource.ALTERNATIVE, _first(linked, "alternativeHeadline")))
    heading = shown(seen, said) if seen is not None else None
    headlines = variants(heading, stated, sites, (canonical, url))
    best = headlines[0] if headlines else None
    return Metadata(
        headline=best.text if best and best.source is not HeadlineSource.SLUG else None,
        headlines=headlines,
        heading=seen,
        byline=_byline(metas, linked),
        dek=_first(linked, "description") or metas.get("og:description") or metas.get("description"),
        section=_first(linked, "articleSection") or metas.get("article:section"),
        publisher=publisher,
        published_at=_time(
            [_first(linked, "datePublished"), *[metas.get(name) for name in _PUBLISHED]]
        ),
        modified_at=_time([_first(linked, "dateModified"), *[metas.get(name) for name in _MODIFIED]]),
        language=_language(root, metas, linked),
        canonical_url=canonical,
        corrections=corrections(linked),
        free=not any(str(node.get("isAccessibleForFree")).lower().endswith("false") for node in linked),
    )


def _metas(elements: list[etree._Element]) -> dict[str, str]:
    """The page's meta elements that are read: the first content of each name or property.

    An itemprop counts where it says one thing: in a list of other articles each has its own.
    """
    found: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for meta in elements:
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        )
        if name is not None and (name := name.strip().lower()) in _READ:
            text = " ".join((meta.get("content") or "").split())
            if text and meta.get("itemprop") is not None:
                items.setdefault(name, []).append(text)
            elif text:
                found.setdefault(name, text)
    for name, texts in items.items():
        if len(set(texts)) == 1:
            found.setdefault(name, texts[0])
    return found


def _first(linked: list[dict[str, Any]], key: str) -> str | None:
    return next((text for node in linked if (text := text_of(node.get(key)))), None)


def _sites(metas: dict[str, str], publisher: str | None, canonical: str | None) -> frozenset[str]:
    """The site's names, folded to their letters: what it calls itself, and its host's name."""
    names = [
        publisher,
        metas.get("og:site_name"),
        metas.get("application-name"),
        metas.get("twitter:site"),
    ]
    if names[0] is not None or names[1] is not None:  # some name each page an application
        names = [name for name in names if name != metas.get("og:title")] or names
    host = _HOST.match(canonical or "")
    if host is not None:
        labels = host.group(1).split(".")
        names.append(labels[0] if len(labels) < 3 else labels[-2])
    return frozenset([folded for name in names if name and (folded := letters_of(name))])


def _byline(metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        authors = node.get("author")
        names = [text_of(one) for one in (authors if isinstance(authors, list) else [authors])]
        kept = list(dict.fromkeys([name for name in names if name and not name.startswith("http")]))
        if kept:
            return ", ".join(kept)
    return next(
        (text for name in _AUTHORS if (text := metas.get(name)) and not text.startswith("http")),
        None,
    )


def _time(stated: list[str | None]) -> datetime | None:
    for text in stated:
        if text:
            try:
                return datetime.fromisoformat(text.strip())
            except ValueError:
                continue
    return None


def _language(root: etree._Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    stated = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or _first(linked, "inLanguage")
        or metas.get("og:locale")
        or metas.get("content-language")
    )
    return stated.strip().replace("_", "-") or None if stated else None


def _canonical(links: list[etree._Element], metas: dict[str, str]) -> str | None:
    for link in links:
        if (kind := link.get("rel")) and "canonical" in kind.lower().split():
            return (link.get("href") or "").strip() or None
    return metas.get("og:url")
