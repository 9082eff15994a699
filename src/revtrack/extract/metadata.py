"""What a page says of itself: headlines, authors, times, language, address."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import attrs
from lxml import etree

from revtrack.extract.linked import articles, text_of
from revtrack.extract.scan import Scan
from revtrack.model import Headline, HeadlineSource

__all__ = ["Metadata", "read_metadata"]

_SEPARATOR = re.compile(r"\s+(?:[|»«·•:–—-]|::|--)\s+|\s*\|\s*")
_WORD = re.compile(r"\w+")
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
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")


@attrs.frozen
class Metadata:
    """What a page says of itself, as it says it."""

    headline: str | None = None
    headlines: tuple[Headline, ...] = ()
    byline: str | None = None
    dek: str | None = None
    section: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None


def read_metadata(page: Scan) -> Metadata:
    """The metadata of a page that was looked over."""
    root = page.root
    metas = _metas(page.metas)
    linked = articles(page.linked)
    publisher = _first(linked, "publisher") or metas.get("og:site_name")
    headlines = _headlines(page, metas, linked, publisher)
    return Metadata(
        headline=headlines[0].text if headlines else None,
        headlines=headlines,
        byline=_byline(metas, linked),
        dek=_first(linked, "description") or metas.get("og:description") or metas.get("description"),
        section=_first(linked, "articleSection") or metas.get("article:section"),
        publisher=publisher,
        published_at=_time(
            [_first(linked, "datePublished"), *[metas.get(name) for name in _PUBLISHED]]
        ),
        modified_at=_time([_first(linked, "dateModified"), *[metas.get(name) for name in _MODIFIED]]),
        language=_language(root, metas, linked),
        canonical_url=_canonical(page.links, metas),
    )


def _metas(elements: list[etree._Element]) -> dict[str, str]:
    """The page's meta elements: the first content of each name, property or itemprop."""
    found: dict[str, str] = {}
    for meta in elements:
        content = meta.get("content")
        if not content:
            continue
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        )
        if name:
            text = " ".join(content.split())
            if text:
                found.setdefault(name.strip().lower(), text)
    return found


def _first(linked: list[dict[str, Any]], key: str) -> str | None:
    return next((text for node in linked if (text := text_of(node.get(key)))), None)


def _headlines(
    page: Scan, metas: dict[str, str], linked: list[dict[str, Any]], publisher: str | None
) -> tuple[Headline, ...]:
    others = [
        (HeadlineSource.OPEN_GRAPH, metas.get("og:title")),
        (HeadlineSource.TWITTER, metas.get("twitter:title")),
        (HeadlineSource.JSON_LD, _first(linked, "headline")),
    ]
    known = [text for _, text in others if text]
    title = _text(page.titles[0]) if page.titles else None
    h1 = _best_h1(page.headings, [*known, *([title] if title else [])])
    if title:
        title = _without_site(title, [*([h1] if h1 else []), *known], publisher)
    variants = [(HeadlineSource.H1, h1), *others, (HeadlineSource.TITLE, title)]
    return tuple(
        [
            Headline(source, _without_site(text, [h1] if h1 else [], publisher))
            for source, text in variants
            if text
        ]
    )


def _text(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split()) or None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _alike(one: str, other: str) -> float:
    first, second = _words(one), _words(other)
    return len(first & second) / max(1, len(first | second))


def _best_h1(headings: list[etree._Element], known: list[str]) -> str | None:
    """The h1 (or h2) that says most nearly what the other variants say; the first h1 without them."""
    for tag in ("h1", "h2"):
        texts = [text for element in headings if element.tag == tag and (text := _text(element))]
        scored = [
            (max((_alike(text, other) for other in known), default=0.0), -number, text)
            for number, text in enumerate(texts)
        ]
        best = max(scored, default=None)
        if best is not None and best[0] >= 0.3:
            return best[2]
        if tag == "h1" and len(texts) == 1 and len(_words(texts[0])) >= 3:
            return texts[0]
    return None


def _without_site(title: str, known: list[str], publisher: str | None) -> str:
    """*title* without the name of the site that pages put at its end or its beginning."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    for other in known:
        if title.startswith(other) or title.endswith(other):
            return other
    if publisher:
        name = publisher.casefold()
        if parts[-1].casefold() == name:
            return title[: title.rfind(parts[-1])].rstrip(" |»«·•:–—-")
        if parts[0].casefold() == name:
            return title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |»«·•:–—-")
    return title


def _byline(metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        authors = node.get("author")
        names = [text_of(one) for one in (authors if isinstance(authors, list) else [authors])]
        kept = list(dict.fromkeys([name for name in names if name and not name.startswith("http")]))
        if kept:
            return ", ".join(kept)
    return next(
        (text for name in _AUTHORS if (text := metas.get(name)) and not text.startswith("http")), None
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
        if "canonical" in (link.get("rel") or "").lower().split():
            return (link.get("href") or "").strip() or None
    return metas.get("og:url")
