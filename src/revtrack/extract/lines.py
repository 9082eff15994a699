"""Lines near a headline as readers see them, and the elements in them that are marked for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache

import attrs
from lxml import etree

from revtrack.extract.elements import HEADINGS, is_inside, word_set
from revtrack.extract.names import Verdict, verdict_of

__all__ = ["SHORT", "Line", "Role", "is_called", "lines_of"]

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
_ONLY_BY = re.compile(r"\s*[^\W\d_]{2,4}", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|writers?)(?:[_-]{1,2}(?:names?|link|text|title))?(?=\s|$)"
)


# The address of a button that hands on that of the page; in an archive's, it begins a part of the path.
_SHARES = re.compile(r"[=?&\s+]https?(?:://|%3a)|%20https?(?:://|%3a)", re.IGNORECASE)


class Role(Enum):
    """What an element is marked to say."""

    AUTHOR = "author"
    PUBLISHED = "published"
    MODIFIED = "modified"


# What microdata and RDFa call them, behind a prefix; and the classes of hAtom and its successor.
_PROPERTIES = {
    **dict.fromkeys(["author", "creator"], Role.AUTHOR),
    **dict.fromkeys(["datepublished", "datecreated", "issued", "date", "created"], Role.PUBLISHED),
    **dict.fromkeys(["datemodified", "modified"], Role.MODIFIED),
}
_MICROFORMATS = {
    **dict.fromkeys(["published", "dt-published", "entry-date"], Role.PUBLISHED),
    **dict.fromkeys(["updated", "dt-updated"], Role.MODIFIED),
    **dict.fromkeys(["fn", "p-author"], Role.AUTHOR),
}
_AUTHORING = frozenset(["author", "sioc:has_creator", "dc:creator", "dcterms:creator", "schema:author"])
_ROLED = frozenset(["itemprop", "property", "rel", "pubdate", "class"])
_MARKED_TAGS = frozenset(["time", "abbr", "meta", "span", "a"])
_TIMES = frozenset(["time", "abbr"])


@attrs.define
class Line:
    """A line that readers see; the elements in it that are marked or hold a time, with their roles."""

    text: str = ""
    marked: dict[etree._Element, Role | None] = attrs.field(factory=dict)

    def add(self, piece: str | None) -> None:
        """Append *piece*; a bar stands where two elements meet without a space."""
        if piece:
            if self.text[-1:].isalnum() and piece[:1].isalnum():
                self.text += " " if _ONLY_BY.fullmatch(self.text) else " | "
            self.text += piece


def lines_of(roots: Iterable[etree._Element], stop: etree._Element | None) -> Iterator[Line]:
    """The lines of *roots*, up to *stop*, without those of forms, figures and other articles."""
    line, left = Line(), _MOST
    for root in roots:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, one in walk:
            tag = one.tag
            if (tag in _BLOCKS or one is stop) and (line.text or line.marked):
                if (text := " ".join(line.text.split())) or line.marked:
                    yield Line(text, line.marked)
                line = Line()
            if one is stop:
                return
            if event == "end":
                if one is not root:
                    line.add(one.tail)
                continue
            left -= 1
            if not left:
                return
            said = dict(one.items())  # costs less than to ask for four of them
            if (
                tag in _SKIPPED
                or not isinstance(tag, str)
                or _is_other(one, said, stop)
                or (tag == "a" and _SHARES.search(said.get("href") or ""))
            ):
                walk.skip_subtree()
            else:
                role = _role(tag, said) if said else None
                if said and (role or tag in _TIMES or is_called(said.get("class"))):
                    line.marked[one] = role
                line.add(one.text)
    if (text := " ".join(line.text.split())) or line.marked:
        yield Line(text, line.marked)


def _is_other(element: etree._Element, said: Mapping[str, str], stop: etree._Element | None) -> bool:
    """Whether the element is of comments, or another article in few words, with its own heading."""
    names = said.get("class"), said.get("id")
    if any(names) and verdict_of(f"{names[0] or ''} {names[1] or ''}") is Verdict.COMMENTS:
        return stop is None or not is_inside(stop, element)
    if element.tag not in ("article", "li", "section", "a"):
        return False
    found = next(element.iter(*HEADINGS[:4]), None)
    return found is not None and (stop is None or not is_inside(stop, element))


@lru_cache(maxsize=1_024)
def is_called(names: str | None) -> bool:
    """Whether the class *names* of an element call it an author's."""
    return names is not None and _CALLED.search(names.lower()) is not None


def _role(tag: object, said: Mapping[str, str]) -> Role | None:
    """What an element is marked to say, for programs."""
    if _ROLED.isdisjoint(said):
        return None
    if stated := said.get("itemprop") or said.get("property"):
        return _PROPERTIES.get(stated.rpartition(":")[2].strip().lower())
    if not _AUTHORING.isdisjoint(said.get("rel", "").lower().split()):
        return Role.AUTHOR
    if "pubdate" in said:
        return Role.PUBLISHED
    if tag in _MARKED_TAGS and (names := said.get("class")):
        roles = [_MICROFORMATS[name] for name in names.lower().split() if name in _MICROFORMATS]
        return Role.PUBLISHED if Role.PUBLISHED in roles else next(iter(roles), None)
    return None
