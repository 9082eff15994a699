"""What a page says of itself: headlines, authors, times, language, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import attrs
from lxml import etree

from revtrack.extract.elements import Scan, shown_text
from revtrack.extract.headings import on_page, shown, site_above, word_for_word
from revtrack.extract.headlines import (
    MOST_PARTS,
    beside_headline,
    day_of,
    is_site,
    letters_of,
    variants,
)
from revtrack.extract.labels import byline_of, is_address, is_by
from revtrack.extract.near_headline import NearHeadline, read_near
from revtrack.extract.stated import (
    FOR,
    LABELS,
    PUBLISHED_ELSE,
    Metas,
    articles,
    corrections,
    each,
    first_of,
    read_metas,
    value_text,
    value_texts,
)
from revtrack.extract.times import read_time
from revtrack.model import Headline, HeadlineSource, Notice

__all__ = ["Metadata", "read_metadata", "with_headline", "with_seen"]

_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]{1,255})", re.IGNORECASE)
_HOME = re.compile(r"(?:https?:)?(?://[^/?#]{1,255})?/?(?:index\.\w{2,5})?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}:", re.IGNORECASE)
# A language tag by its form (BCP 47); templates leave other things where one should stand.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}", re.IGNORECASE)


@attrs.frozen
class Metadata:
    """What a page says of itself, as it says it; `heading` is the element that shows the headline.

    `published_else` is when elements by less telling names say that it was published. `sites` are the
    names of its site, folded. `free` is false where the page states that its article is not accessible
    for free.
    """

    headline: str | None = None
    headlines: tuple[Headline, ...] = ()
    heading: etree._Element | None = None
    byline: str | None = None
    dek: str | None = None
    section: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    published_else: datetime | None = None
    day_of_address: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None
    corrections: tuple[Notice, ...] = ()
    sites: frozenset[str] = frozenset()
    free: bool = True

    @property
    def repeated(self) -> frozenset[str]:
        """The variants of the headline that a block of the text may repeat word for word."""
        return frozenset([one.text for one in self.headlines if one.source not in _NOT_REPEATED])


# Variants that are no repetition of the headline where they stand in the text: a second headline is
# often the line under the first.
_NOT_REPEATED = frozenset([HeadlineSource.ALTERNATIVE, HeadlineSource.SLUG])


def read_metadata(page: Scan, *, url: str | None = None) -> Metadata:
    """The metadata of a page that was looked over."""
    metas = read_metas(page.metas)
    title = shown_text(page.titles[0]) if page.titles else None
    canonical = _canonical(page, metas, url)
    linked = articles(
        page.linked, addresses=(canonical, url), titles=(first_of(metas, "og:title"), title)
    )
    publisher = _name(_stated(linked, "publisher", metas, FOR["publisher"]))
    shared = first_of(metas, "og:title")
    sites = _sites(metas, publisher, canonical or url) | beside_headline(title, shared)
    stated = [
        (HeadlineSource.OPEN_GRAPH, shared),
        (HeadlineSource.TWITTER, first_of(metas, "twitter:title")),
        (HeadlineSource.JSON_LD, next(_stated(linked, "headline", metas), None)),
        (HeadlineSource.TITLE, title),
    ]
    texts = [text[:2_000] for _, text in stated if text]
    sites |= _leading_home(page.headings, texts) | site_above(page, texts)
    seen = on_page(page.headings, texts, sites)
    if seen is None and texts:
        seen = word_for_word(page.root, texts, sites)
    said = [text for source, text in stated if text and source is not HeadlineSource.TITLE]
    stated.append(
        (HeadlineSource.ALTERNATIVE, next(_stated(linked, "alternativeHeadline", metas), None))
    )
    heading = shown(seen, said) if seen is not None else None
    headlines = variants(heading, stated, sites, (canonical, url))
    best = headlines[0] if headlines else None
    language = _language(page.root, metas, linked)
    bylines = list(_bylines(metas, linked, language))
    people = (one for one in bylines if not any(is_site(part, sites) for part in one.split(", ")))
    return Metadata(
        headline=best.text if best and best.source is not HeadlineSource.SLUG else None,
        headlines=headlines,
        heading=seen,
        byline=next(people, bylines[0] if bylines else None),
        dek=next(_stated(linked, "description", metas, FOR["dek"]), None),
        section=_name(_stated(linked, "articleSection", metas, FOR["section"])),
        publisher=publisher,
        published_at=_time(_stated(linked, "datePublished", metas, FOR["published"])),
        published_else=_published_also(metas, language),
        day_of_address=day_of(url) or day_of(canonical),
        modified_at=_time(_stated(linked, "dateModified", metas, FOR["modified"])),
        language=language,
        canonical_url=canonical,
        corrections=corrections(linked, language),
        sites=sites,
        free=not any(str(node.get("isAccessibleForFree")).lower().endswith("false") for node in linked),
    )


def with_headline(said: Metadata, headline: str, heading: etree._Element | None = None) -> Metadata:
    """*said* with *headline* for what the page shows, in the element *heading* where it is known."""
    others = [one for one in said.headlines if one.source is not HeadlineSource.H1]
    headlines = (Headline(HeadlineSource.H1, headline), *others)
    heading = said.heading if heading is None else heading
    return attrs.evolve(said, headline=headline, headlines=headlines, heading=heading)


def with_seen(said: Metadata) -> Metadata:
    """*said* with the byline and times that readers see beside the headline, where it states none.

    A byline that is the site's name gives way to a person's, and a time of publication that is copied
    from that of modification to an earlier day that readers see.
    """
    copied = said.published_at is not None and said.published_at == said.modified_at
    named = said.byline is not None and not is_site(said.byline, said.sites)
    seen = NearHeadline()
    dated = said.published_at is not None and not copied
    if said.heading is not None and not (named and dated):
        seen = read_near(
            said.heading,
            said.language,
            said.sites,
            byline=not named,
            times=not dated or said.modified_at is None,
        )
    published = said.published_at or _first_seen(seen.published_at, said)
    if copied and published and seen.published_at and seen.published_at.date() < published.date():
        published = seen.published_at
    return attrs.evolve(
        said,
        byline=said.byline if named else seen.byline or said.byline,
        published_at=published,
        modified_at=said.modified_at or seen.modified_at,
    )


def _first_seen(seen: datetime | None, said: Metadata) -> datetime | None:
    """When it was published: as *seen*, unless later than the day of the address; else as stated."""
    day = said.day_of_address
    if seen is not None and (day is None or seen.date() <= day.date()):
        return seen
    return day or said.published_else


def _stated(
    linked: list[dict[str, Any]], key: str, metas: Metas, names: Sequence[str] = ()
) -> Iterator[str]:
    """What the page states in JSON-LD under *key*, then in the meta elements called one of *names*."""
    for node in linked:
        if text := value_text(node.get(key)):
            yield text
    yield from each(metas, names)


def _name(stated: Iterable[str]) -> str | None:
    """The first that is a name: some state an address or a path in its place."""
    return next((name for name in stated if name[0] != "/" and not is_address(name)), None)


def _sites(metas: Metas, publisher: str | None, canonical: str | None) -> frozenset[str]:
    """The site's names, folded to their letters: what it calls itself, and its host's name."""
    named = ("og:site_name", "application-name", "twitter:site", "publisher", "copyright")
    names = [publisher, *[first_of(metas, name) for name in named]]
    if names[0] is not None or names[1] is not None:  # some name each page an application
        names = [name for name in names if name != first_of(metas, "og:title")] or names
    host = _HOST.match(canonical or "")
    if host is not None:
        labels = host.group(1).split(".")
        names.append(labels[0] if len(labels) < 3 else labels[-2])
    return frozenset([folded for name in names if name and (folded := letters_of(name))])


def _leading_home(headings: list[etree._Element], stated: list[str]) -> frozenset[str]:
    """What headings show as links to the front page, folded: names of its site, but no whole title."""
    names = set()
    for heading in headings[:MOST_PARTS]:
        link = next(heading.iter("a"), None) if heading.tag == "h1" else None
        if link is None:
            link = next(heading.iterancestors("a"), None)
        if link is not None and (href := link.get("href")) and _HOME.fullmatch(href) is not None:
            names.add(letters_of(shown_text(heading)))
    return frozenset(names - {letters_of(text) for text in stated} - {""})


def _bylines(metas: Metas, linked: list[dict[str, Any]], language: str | None) -> Iterator[str]:
    """The authors that the page states in JSON-LD, then in its meta elements."""
    for node in linked:
        for key in ("author", "creator"):
            if key in node and (line := byline_of(value_texts(node[key]), language)):
                yield line
    for name in FOR["authors"]:
        if name in metas and (line := byline_of(metas[name], language)):
            yield line
    for label, value in LABELS:
        if label in metas and value in metas and is_by(metas[label][0]):
            yield metas[value][0]


def _published_also(metas: Metas, language: str | None) -> datetime | None:
    """When the page says under other names that it was published; of several, the earliest."""
    stated = metas.get(PUBLISHED_ELSE, ())
    moments = [moment for text in stated if (moment := read_time(text, language=language))]
    return min(moments, key=lambda one: one.replace(tzinfo=None), default=None)


def _time(stated: Iterable[str]) -> datetime | None:
    return next((moment for text in stated if (moment := read_time(text))), None)


def _language(root: etree._Element, metas: Metas, linked: list[dict[str, Any]]) -> str | None:
    """The first language that is stated as a tag: words in other places are no tags."""
    names = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
    stated = [*map(root.get, names), *[_tag_of(node.get("inLanguage")) for node in linked]]
    for text in (*stated, *each(metas, FOR["language"])):
        tag = (text or "").partition(",")[0].strip().partition(".")[0].replace("_", "-")
        if _LANGUAGE_TAG.fullmatch(tag) and tag[:3].lower() != "utf":
            return tag
    return None


def _tag_of(language: object) -> str | None:
    """The tag of a language in JSON-LD: itself, or the alternate name of an object."""
    one = language[0] if isinstance(language, list) and language else language
    named = one.get("alternateName") if isinstance(one, dict) else None
    return value_text(named) or value_text(one)


def _canonical(page: Scan, metas: Metas, url: str | None) -> str | None:
    """The address that the page states for its own, whole; the front page where there is no other."""
    front: str | None = None
    links = [one for one in page.links if "canonical" in (one.get("rel") or "").lower().split()]
    stated = [href for one in links if (href := (one.get("href") or "").strip())]
    for href in (*stated, *each(metas, ("og:url",))):
        address = _whole(page, href, url)
        host = _HOST.match(address or "")
        if address is not None and (host is None or len(address) > host.end() + 1):
            return address
        front = front or address
    return front


def _whole(page: Scan, href: str, url: str | None) -> str | None:
    if _SCHEME.match(href) is None:
        base = page.root.find("head/base[@href]")
        try:
            inside = urljoin(url or "", (base.get("href") or "") if base is not None else "")
            return urljoin(inside, href)
        except ValueError:
            return href
    return href if href[:4].lower() == "http" else None
