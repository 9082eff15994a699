"""What a page states of itself for programs: in meta elements, and in JSON-LD, corrections too.

What cannot be read is left out; nothing here raises for a page's mistake.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import attrs
from lxml import etree

from revtrack.extract.headlines import letters_of
from revtrack.extract.json_repair import values
from revtrack.extract.times import read_time
from revtrack.model import Notice, NoticeKind, NoticeTarget
from revtrack.notices import find

__all__ = [
    "FOR",
    "LABELS",
    "PUBLISHED_ELSE",
    "Metas",
    "articles",
    "corrections",
    "each",
    "first_of",
    "objects",
    "read_metas",
    "types_of",
    "value_text",
    "value_texts",
]

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
        *("og:title", "twitter:title", "application-name", "twitter:site", "og:url", "copyright"),
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


_ARTICLE = re.compile(r"(article|posting|report|story|review|podcastepisode)$", re.IGNORECASE)
# What the source of such an object holds, whatever the case of its first letter: others are not parsed.
_KINDS = ("rticle", "osting", "eport", "tory", "eview", "pisode", "CorrectionComment")
# What describes a page where nothing describes an article on it.
_PAGE = re.compile(r"(webpage|creativework|recipe|itempage)$", re.IGNORECASE)
_CORRECTION = "CorrectionComment"
# What may be given by reference to another object on the page.
_REFERRING = ("author", "creator", "publisher", "correction")
# How deep lists and @graph are followed, and how many texts are read of one value.
_DEPTH = 6
_MOST_TEXTS = 100
_SCHEME = re.compile(r"(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def articles(
    sources: list[str], *, addresses: Collection[str | None] = (), titles: Collection[str | None] = ()
) -> list[dict[str, Any]]:
    """The objects in JSON-LD *sources* that describe the page's article, its own before what else does.

    Where there are several, those of another headline than its own are of other articles: its own is at
    one of *addresses*, else called by one of *titles*, else the first. Where there are none, those that
    describe the page. What is given by reference is looked up.
    """
    if not sources:
        return []
    parsed = [any(kind in source for kind in _KINDS) for source in sources]
    nodes = objects([source for source, wanted in zip(sources, parsed, strict=True) if wanted])
    found = [node for node in nodes if _is(node, _ARTICLE)]
    if len(found) > 1:
        found = _of_the_page(found, addresses, titles)
    given = [node.get(key) for node in found for key in _REFERRING]
    given = [one for value in given for one in (value if isinstance(value, list) else [value])]
    if not found or any(map(_is_reference, given)):
        nodes += objects([source for source, done in zip(sources, parsed, strict=True) if not done])
        found = found or [node for node in nodes if _is(node, _PAGE)]
        known = {name: node for node in nodes if len(node) > 1 and (name := _id_of(node))}
        found = [_resolved(node, known) for node in found]
    loose = [node for node in nodes if _CORRECTION in types_of(node)]
    if found and loose:
        here = {*map(_place, filter(None, addresses)), *_places(found[0])}
        loose = [node for node in loose if _is_of(node, here)]
        found[0] = {**found[0], "correction": [found[0].get("correction"), *loose]}
    return found


def value_text(value: object) -> str | None:
    """The text of a JSON-LD value: a string, an object's name, or the first of a list that has one."""
    if isinstance(value, str):
        return " ".join(_bare(value).split()) or None
    return next(_texts(value, 0), None)


def value_texts(value: object) -> list[str]:
    """The texts of a JSON-LD value, each once: those of a list are of its members."""
    return list(dict.fromkeys(islice(_texts(value, 0), _MOST_TEXTS)))


def _texts(value: object, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _texts(one, depth + 1)
    elif isinstance(value, dict):
        named = value.get("name") or value.get("@value")
        if not named:
            names = (value.get("givenName"), value.get("familyName"))
            named = " ".join([name for name in names if isinstance(name, str)])
        yield from _texts(named, depth + 1)
    elif isinstance(value, str):
        if text := " ".join(_bare(value).split()):
            yield text
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _bare(text: str) -> str:
    """*text* without the entities and tags of HTML."""
    if "&" in text:
        text = html.unescape(text)
    return _TAG.sub("", text) if "<" in text else text


def objects(sources: list[str]) -> list[dict[str, Any]]:
    """All objects in JSON-LD *sources* that describe something, in page order."""
    return [node for source in sources for value in values(source) for node in _nodes(value, 0)]


def _nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _nodes(value[key], depth + 1)


def types_of(node: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD object as it states them."""
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _is(node: dict[str, Any], kind: re.Pattern[str]) -> bool:
    return any(kind.search(one) for one in types_of(node))


def _of_the_page(
    found: list[dict[str, Any]], addresses: Collection[str | None], titles: Collection[str | None]
) -> list[dict[str, Any]]:
    """Of several articles the page's own, with what else describes it."""
    here = {_place(address) for address in addresses if address}
    called = {letters_of(title) for title in titles if title}
    heads = [letters_of(value_text(node.get("headline")) or "") for node in found]
    own = next(
        (n for n, node in enumerate(found) if not here.isdisjoint(_places(node))),
        next((n for n, head in enumerate(heads) if head in called), 0),
    )
    alike = [n for n, head in enumerate(heads) if n != own and (not head or head == heads[own])]
    return [found[own], *[found[n] for n in alike]]


def _is_of(comment: dict[str, Any], here: set[str]) -> bool:
    """Whether a correction is of the page at one of the addresses *here*, for all that it states."""
    works = comment.get("correctedWork")
    named = [
        place
        for work in (works if isinstance(works, list) else [works])
        for place in _places(work if isinstance(work, dict) else {"url": work})
    ]
    return not any(named) or not here.isdisjoint(named)


def _places(node: dict[str, Any]) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    stated = [node.get("url"), node.get("@id"), page]
    stated += [page.get("@id"), page.get("url")] if isinstance(page, dict) else []
    return (_place(one) for one in stated if isinstance(one, str) and one)


def _place(address: str) -> str:
    """An address as far as it tells pages apart: without scheme, fragment and last slash."""
    return _SCHEME.sub("", address, count=1).partition("#")[0].rstrip("/")


def _is_reference(value: object) -> bool:
    return (
        isinstance(value, dict) and "@id" in value and value_text(value) is None and "text" not in value
    )


def _resolved(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """*node* with the objects that it refers to by their ``@id``."""
    looked = {key: _looked_up(node[key], known) for key in _REFERRING if key in node}
    return {**node, **looked}


def _looked_up(value: object, known: dict[str, dict[str, Any]]) -> object:
    if isinstance(value, list):
        return [_looked_up(one, known) for one in value]
    if isinstance(value, dict) and _is_reference(value):
        return known.get(_id_of(value) or "", value)
    return value


def _id_of(node: dict[str, Any]) -> str | None:
    name = node.get("@id")
    return name if isinstance(name, str) else None


# The most corrections that are read of one page.
_MOST_CORRECTIONS = 100


def corrections(linked: list[dict[str, Any]], language: str | None) -> tuple[Notice, ...]:
    """The corrections that the page's articles in JSON-LD state, as notices without a span."""
    found: dict[str, Notice] = {}
    for node in linked:
        for value in _flat(node.get("correction")):
            one = _correction(value, language)
            if one is not None and len(found) < _MOST_CORRECTIONS:
                found.setdefault(one.text, one)
    return tuple(found.values())


def _flat(value: object) -> Iterator[object]:
    """The members of lists in lists, two deep: a page's own and those that stand apart."""
    for one in value if isinstance(value, list) else [value]:
        yield from one if isinstance(one, list) else [one]


def _correction(value: object, language: str | None) -> Notice | None:
    dated = None
    if isinstance(value, dict):
        dated = read_time(value_text(value.get("datePublished") or value.get("dateCreated")))
        value = value.get("text") or value.get("description") or value.get("articleBody")
    text = value_text(value) if isinstance(value, str | dict | list) else None
    if text is None or text.startswith(("http://", "https://")):
        return None
    notice = Notice(NoticeKind.CORRECTION, NoticeTarget.OTHER, text, language=language)
    notice = next(iter(find(text, language=language)), notice)
    return attrs.evolve(notice, text=text, span=None, dated=notice.dated or dated)
