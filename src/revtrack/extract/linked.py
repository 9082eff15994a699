"""JSON-LD: what a page says of itself in ``<script type="application/ld+json">``.

Pages put it in lists, in ``@graph``, and break it: trailing commas, HTML comments, line breaks inside
strings. What cannot be mended is left out; nothing here ever raises for a page's mistake.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["articles", "objects", "text_of", "types_of"]

_ARTICLE = re.compile(r"(article|posting|report|story|review|podcastepisode)$", re.IGNORECASE)
# What the source of such an object holds, whatever the case of its first letter: others are not parsed.
_KINDS = ("rticle", "osting", "eport", "tory", "eview", "pisode")
_TRAILING_COMMA = re.compile(r",\s{0,500}([}\]])")
_COMMENT = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)"
    r"|(?:-->|(?://|/\*)?\s{0,99}\]\]>(?:\s{0,99}\*/)?)\s*\Z"
)
# Line breaks may stand inside its strings.
_DECODER = json.JSONDecoder(strict=False)
# How deep lists and @graph are followed, and how long one block may be, in characters.
_DEPTH = 6
_LONGEST = 2_000_000


def articles(sources: list[str]) -> list[dict[str, Any]]:
    """The objects in JSON-LD *sources* that describe an article, in page order."""
    found: list[dict[str, Any]] = []
    for source in sources:
        if not any(kind in source for kind in _KINDS):
            continue
        found.extend(
            [
                node
                for node in _nodes(_loaded(source), 0)
                if any(_ARTICLE.search(kind) for kind in types_of(node))
            ]
        )
    return found


def objects(sources: list[str]) -> list[dict[str, Any]]:
    """All objects in JSON-LD *sources* that describe something, in page order."""
    return [node for source in sources for node in _nodes(_loaded(source), 0)]


def text_of(value: object) -> str | None:
    """The text of a JSON-LD value: a string, an object's name, or the first of a list that has one."""
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value"))
    if isinstance(value, str):
        return " ".join(html.unescape(value).split()) or None
    return None


def types_of(node: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD object as it states them."""
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


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


def _loaded(source: str) -> object:
    """The value of a JSON block, mended where it is broken in one of the usual ways; None otherwise."""
    if len(source) > _LONGEST:
        return None
    for mend in (_as_is, _mended):
        try:
            return _DECODER.decode(mend(source))
        except (ValueError, RecursionError):
            continue
    return None


def _as_is(source: str) -> str:
    return source


def _mended(source: str) -> str:
    if "<!" in source or "-->" in source or "]]>" in source:
        source = _COMMENT.sub("", _COMMENT.sub("", source))
    return _TRAILING_COMMA.sub(r"\1", source).strip().rstrip(";,")
