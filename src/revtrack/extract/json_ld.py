"""JSON-LD: what a page says of itself in ``<script type="application/ld+json">``, corrections too.

It is mended as far as it can be: comments and idle commas, quotation marks and line breaks in strings,
several values in one script. The rest is left out; nothing here raises for a page's mistake.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import attrs

from revtrack.extract.headlines import letters_of
from revtrack.extract.times import read_time
from revtrack.model import Notice, NoticeKind, NoticeTarget
from revtrack.notices import find

__all__ = ["articles", "corrections", "objects", "types_of", "value_text", "value_texts", "values"]

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


# Line breaks may stand inside its strings.
_DECODER = json.JSONDecoder(strict=False)
# How long one block may be, in characters.
_SOURCE_LONGEST = 2_000_000
# How deep lists and objects may stand in one another (range 20 to 100): pages have below ten, and much
# that is made of a value follows it by calls.
_DEEPEST = 50

_MARK = re.compile(r"""["',{}\[\]]|//|/\*|<!--|-->|<!\[CDATA\[|\]\]>""")
_CLOSED_BY = {"{": "}", "[": "]"}
# Where a string ends: at the next quotation mark; or, where those inside are not escaped, at the next
# one that something follows which may follow a string.
_NEXT = {
    '"': re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*(")', re.DOTALL),
    "'": re.compile(r"[^'\\]*+(?:\\.[^'\\]*+)*(')", re.DOTALL),
}
_FOLLOWED = r"(?=\s*+(?:[:}\]]|,\s*+[\"'{}\[\]\dtfn-]|\Z))"
_FITTING = {
    '"': re.compile(rf'(?:[^"\\]++|\\.|"(?!{_FOLLOWED}))*(")(?={_FOLLOWED})', re.DOTALL),
    "'": re.compile(rf"(?:[^'\\]++|\\.|'(?!{_FOLLOWED}))*(')(?={_FOLLOWED})", re.DOTALL),
}
_IN_STRING = re.compile(r'(\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt]))|\\|(")')
_BETWEEN = re.compile(r"[\s,;]*")


def values(source: str) -> list[object]:
    """The values in a block of JSON that people wrote; none where it cannot be mended."""
    return [value for value in _read(source) if not _is_deep(value)]


def _is_deep(value: object) -> bool:
    """Whether lists and objects stand in one another deeper than Python's own calls can follow."""
    level: list[Any] = [value] if isinstance(value, list | dict) else []
    for _ in range(_DEEPEST):
        lists = [one.values() if isinstance(one, dict) else one for one in level]
        level = [inner for one in lists for inner in one if isinstance(inner, list | dict)]
        if not level:
            return False
    return True


def _read(source: str) -> list[object]:
    if len(source) > _SOURCE_LONGEST:
        return []
    try:
        return [_DECODER.decode(source)]
    except (ValueError, RecursionError):
        pass
    if '"' not in source and "&quot;" in source:
        source = html.unescape(source)
    for ends in (_NEXT, _FITTING):
        if found := list(_decoded(_mended(source, ends))):
            return found
    return []


def _decoded(source: str) -> Iterator[object]:
    """One value after another, up to the first that cannot be read."""
    place = _after(source, 0)
    while place < len(source):
        try:
            value, place = _DECODER.raw_decode(source, place)
        except (ValueError, RecursionError):
            return
        yield value
        place = _after(source, place)


def _after(source: str, place: int) -> int:
    found = _BETWEEN.match(source, place)
    return found.end() if found else place


def _mended(source: str, ends: dict[str, re.Pattern[str]]) -> str:
    """*source* without comments and idle commas, its strings as JSON wants them, its brackets closed.

    *ends* finds where strings end, by their quotation mark.
    """
    source = source.lstrip("\ufeff")
    parts: list[str] = []
    unclosed: list[str] = []
    place = 0
    while (mark := _MARK.search(source, place)) is not None:
        sign = mark[0]
        parts.append(source[place : mark.start()])
        place = mark.end()
        if sign in ends:
            end = ends[sign].match(source, place)
            parts.append(f'"{_IN_STRING.sub(_escaped, source[place : end.start(1) if end else None])}"')
            place = end.end() if end else len(source)
        elif sign == "//":
            place = _behind(source, "\n", place)
        elif sign == "/*":
            place = _behind(source, "*/", place)
        elif sign == ",":
            parts.append(sign)
        elif sign in _CLOSED_BY:
            unclosed.append(_CLOSED_BY[sign])
            parts.append(sign)
        elif sign in "]}":
            _drop_comma(parts)
            if unclosed and unclosed[-1] == sign:
                unclosed.pop()
            parts.append(sign)
    parts.append(source[place:])
    _drop_comma(parts)
    return "".join([*parts, *reversed(unclosed)])


def _behind(source: str, sign: str, place: int) -> int:
    found = source.find(sign, place)
    return found + len(sign) if found >= 0 else len(source)


def _drop_comma(parts: list[str]) -> None:
    """Take the comma away that nothing but white space follows."""
    while parts and (not parts[-1] or parts[-1].isspace()):
        parts.pop()
    if parts and parts[-1] == ",":
        parts.pop()


def _escaped(found: re.Match[str]) -> str:
    return found[1] or ('\\"' if found[2] else "")
