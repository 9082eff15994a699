"""One look over the whole page: the elements that metadata and the choice of frame need.

Every filtered pass over a tree costs a twelfth of its parse, however few elements it gives, so there is
one for all purposes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import attrs
from lxml import etree

from revtrack.extract.elements import size_of

__all__ = ["Scan", "scan"]

_HOLDERS = frozenset(["div", "td", "article", "section"])
# The frequent ones first: each element is compared with one after the other.
_TAGS = (
    *("div", "li", "script", "meta", "p", "link", "br"),
    *("td", "section", "h2", "article", "h1", "title"),
)


@attrs.define
class Scan:
    """The elements of a page by what they are used for, in document order.

    `linked` are the texts of JSON-LD; `loose` are elements with running text of their own, outside
    paragraphs, and that text's length; `items` are list items that begin with text.
    """

    root: etree._Element
    metas: list[etree._Element] = attrs.field(factory=list)
    links: list[etree._Element] = attrs.field(factory=list)
    linked: list[str] = attrs.field(factory=list)
    titles: list[etree._Element] = attrs.field(factory=list)
    headings: list[etree._Element] = attrs.field(factory=list)
    paragraphs: list[etree._Element] = attrs.field(factory=list)
    loose: dict[etree._Element, int] = attrs.field(factory=dict)
    items: list[etree._Element] = attrs.field(factory=list)


# The shortest text of its own that makes an element count as holding running text, in characters (range
# 20 to 200; labels and buttons are shorter, sentences longer).
_LOOSE = 60
# As many of scripts of which one sign says what two or three letters do are as long.
_FEWEST = _LOOSE // 2


def scan(root: etree._Element) -> Scan:
    """Look over the page whose root element is *root*."""
    found = Scan(root)
    loose, paragraphs = found.loose, found.paragraphs
    keep: dict[str, Callable[[etree._Element], None]] = {
        "h1": found.headings.append,
        "h2": found.headings.append,
        "meta": found.metas.append,
        "link": found.links.append,
        "title": found.titles.append,
        "script": partial(_add_linked, found.linked),
    }
    for element in root.iter(*_TAGS):
        tag = element.tag
        if tag in _HOLDERS:
            text = element.text
            if text and len(text) > (_LOOSE if text.isascii() else _FEWEST):
                _add_loose(loose, element, text)
        elif tag == "li":
            text = element.text
            if text and not text.isspace():
                found.items.append(element)
        elif tag == "p":
            paragraphs.append(element)
        elif tag == "br":
            tail = element.tail
            if tail and len(tail) > (_LOOSE if tail.isascii() else _FEWEST):
                _add_loose(loose, element.getparent(), tail)
        else:
            keep[str(tag)](element)
    return found


def _add_linked(linked: list[str], script: etree._Element) -> None:
    if (kind := script.get("type")) and "ld+json" in kind.lower() and (text := script.text):
        linked.append(text)


def _add_loose(loose: dict[etree._Element, int], holder: etree._Element | None, text: str) -> None:
    size = size_of(" ".join(text.split()))
    if size > _LOOSE and holder is not None:
        loose[holder] = loose.get(holder, 0) + size
