"""Lines near a headline as readers see them, and the elements in them that are marked for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

import attrs
from lxml import etree

from revtrack.extract.elements import is_inside, word_set
from revtrack.extract.names import Verdict, verdict_of

__all__ = ["SHORT", "Line", "Role", "is_called", "lines_of", "role_of"]

SHORT = 120
"""The longest line that is a byline or a date, in characters."""
# How many elements are looked at on each side of a headline.
_MOST = 400
_SKIPPED = word_set(
    """
    script style template noscript nav form button select svg iframe figure picture video table pre
    blockquote rt rp
    """
)
_BLOCKS = word_set(
    """
    p div li ul ol dl dt dd section header footer article aside address main h1 h2 h3 h4 h5 h6 br hr
    """
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_ONLY_BY = re.compile(r"\s*[^\W\d_]{2,4}", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|writers?)(?:[_-]{1,2}(?:names?|link|text|title))?(?=\s|$)"
)


class Role(Enum):
    """What an element is marked to say."""

    AUTHOR = "author"
    PUBLISHED = "published"
    MODIFIED = "modified"


# What microdata and RDFa call them, behind a prefix; and the classes of hAtom and its successor.
_PROPERTIES = {
    "author": Role.AUTHOR,
    "creator": Role.AUTHOR,
    "datepublished": Role.PUBLISHED,
    "datecreated": Role.PUBLISHED,
    "issued": Role.PUBLISHED,
    "date": Role.PUBLISHED,
    "created": Role.PUBLISHED,
    "datemodified": Role.MODIFIED,
    "modified": Role.MODIFIED,
}
_MICROFORMATS = {
    "published": Role.PUBLISHED,
    "dt-published": Role.PUBLISHED,
    "entry-date": Role.PUBLISHED,
    "updated": Role.MODIFIED,
    "dt-updated": Role.MODIFIED,
    "fn": Role.AUTHOR,
    "p-author": Role.AUTHOR,
}
_AUTHORING = frozenset(["author", "sioc:has_creator", "dc:creator", "dcterms:creator", "schema:author"])
_MARKED_TAGS = frozenset(["time", "abbr", "meta", "span", "a"])
# The attributes that may mark an element.
_SAYING = frozenset(["itemprop", "property", "rel", "pubdate", "class"])


@attrs.define
class Line:
    """A line that readers see, and the elements in it that are marked or hold a time."""

    text: str = ""
    marked: list[etree._Element] = attrs.field(factory=list)

    def add(self, piece: str | None) -> None:
        """Append *piece*; a bar stands where two elements meet without a space."""
        if piece:
            if self.text[-1:].isalnum() and piece[:1].isalnum():
                self.text += " " if _ONLY_BY.fullmatch(self.text) else " | "
            self.text += piece


def lines_of(roots: Iterable[etree._Element], stop: etree._Element | None) -> Iterator[Line]:
    """The lines of *roots*, up to *stop*, without those of forms, figures and other articles."""
    line, left = Line(), _MOST
    # A stack of our own costs half of what etree.iterwalk does.
    walk: list[tuple[etree._Element | None, Iterator[etree._Element]]] = [(None, iter(roots))]
    while walk:
        around, inside = walk[-1]
        begun = next(inside, None)
        one = around if begun is None else begun
        if begun is None:
            walk.pop()
        if one is None or one.tag in _BLOCKS or one is stop:
            if line.text.strip() or line.marked:
                yield Line(" ".join(line.text.split()), line.marked)
            line = Line()
        if one is None or one is stop:
            return
        if begun is not None:
            left -= 1
            if not left:
                return
            if one.tag not in _SKIPPED and not _is_other(one, stop):
                if _may_say(one):
                    line.marked.append(one)
                line.add(one.text)
                walk.append((one, iter(one)))
                continue
        if len(walk) > 1:
            line.add(one.tail)


def _is_other(element: etree._Element, stop: etree._Element | None) -> bool:
    """Whether the element is of comments, or another article in few words, with its own heading."""
    called, known = element.get("class"), element.get("id")
    if (called or known) and verdict_of(f"{called or ''} {known or ''}") is Verdict.COMMENTS:
        return stop is None or not is_inside(stop, element)
    if element.tag not in ("article", "li", "section", "a"):
        return False
    found = next(element.iter(*_HEADINGS), None)
    return found is not None and (stop is None or not is_inside(stop, element))


def _may_say(element: etree._Element) -> bool:
    names = element.keys()
    if not names:
        return False
    if element.tag in ("time", "abbr"):
        return True
    return not _SAYING.isdisjoint(names) and (role_of(element) is not None or is_called(element))


def is_called(element: etree._Element) -> bool:
    """Whether the class of *element* calls it an author's."""
    names = (element.get("class") or "").lower()
    return any(word in names for word in ("line", "author", "writer")) and bool(_CALLED.search(names))


def role_of(element: etree._Element) -> Role | None:
    """What the element is marked to say, for programs."""
    stated = element.get("itemprop") or element.get("property")
    if stated:
        return _PROPERTIES.get(stated.rpartition(":")[2].strip().lower())
    if not _AUTHORING.isdisjoint((element.get("rel") or "").lower().split()):
        return Role.AUTHOR
    if element.get("pubdate") is not None:
        return Role.PUBLISHED
    if element.tag in _MARKED_TAGS and (names := element.get("class")):
        roles = [_MICROFORMATS[name] for name in names.lower().split() if name in _MICROFORMATS]
        return Role.PUBLISHED if Role.PUBLISHED in roles else next(iter(roles), None)
    return None
