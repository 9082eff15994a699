"""The author in the lines near a headline: marked as such, led by a word for *by*, or beside a date."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from lxml import etree

from revtrack.extract.bylines import byline_of, without_by
from revtrack.extract.elements import shown_text
from revtrack.extract.headlines import letters_of
from revtrack.extract.lines import CALLED, SHORT, Line, Role, lines_of, role_of
from revtrack.extract.times import dates_in

__all__ = ["APART", "author_in"]

APART = 2
"""How many lines are between a date and the name of an author, at most."""
# The longest byline and how much is read of an author, in characters; how many words a name has that no
# word for *by* leads; and how many paragraphs of a page are read for the words that it has.
_LONGEST, _MUCH = 90, 300
_WORDS = range(2, 5)
_PARAGRAPHS = 300
# Words on the buttons that stand beside names.
_NO_NAMES = frozenset(
    [
        *("about", "all", "author", "authors", "by", "comments", "email", "follow", "more", "news"),
        *("posts", "print", "profile", "read", "share", "sign", "subscribe", "view", "up"),
        *("updated", "published", "last", "the", "min", "home", "blog", "our", "your", "how", "to"),
    ]
)
_NAMED = etree.XPath(".//*[@itemprop='name']")
_BEHIND = re.compile(r"\s*(?:[|•·–—\d]|\s-\s|\bon\b|\bPublished\b|\bUpdated\b).*", re.DOTALL)
_LOWER = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")
_BARS = re.compile(r"[|•·–—/]|\s-\s")
_JOINED = re.compile(r"\s*[,;&]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и)\s+")


def author_in(
    heading: etree._Element,
    lines: list[Line],
    language: str | None,
    sites: Collection[str],
    *,
    stated: bool = False,
) -> str | None:
    """Who is marked as the author, else who a word for *by* names, else the name beside the date.

    Where it has to be *stated*, what is marked for programs is asked alone. The site itself is the
    author where nobody else is.
    """
    marked = dict.fromkeys([one for line in lines for one in line.marked])
    authors = [one for one in marked if role_of(one) is Role.AUTHOR]
    called = [one for one in marked if one not in authors and CALLED.search(one.get("class") or "")]
    byline: str | None = None
    for found in (authors, [] if stated else called):
        names = {
            one: name
            for one in found
            if not any(one in other.iterancestors() for other in found)
            and (name := _name(_text(one), language))
            and (found is authors or _is_named(heading, _text(one), name, language))
        }
        first = next((one.get("class") for one in names), None)  # a credit below is in another
        alike = [name for one, name in names.items() if one.get("class") == first]
        byline = byline or byline_of(alike, language)
        if people := [name for name in alike if letters_of(name) not in sites]:
            return byline_of(people, language)
    return byline or (None if stated else _in_lines(heading, lines, language, sites))


def _in_lines(
    heading: etree._Element, lines: list[Line], language: str | None, sites: Collection[str]
) -> str | None:
    """Who a word for *by* names in a line; else the name that has a line or a part of one to itself."""
    parts = [_parts(line.text, language) for line in lines]
    for part in [one for line in parts for one in line]:
        name = _name(part, language) if without_by(part, language) != part else None
        if name and all(_is_name(one) for one in _JOINED.split(name)):
            return name
    dated = [n for n, line in enumerate(lines) if parts[n] and _is_dated(line, language)]
    near = sorted({n for place in dated for n in range(place - APART, place + APART + 1)})
    alone = [parts[n][0] for n in near if 0 <= n < len(parts) and parts[n]]
    others = [name for one in alone if (name := _name(one, language)) and _is_name(name)]
    return next(
        (one for one in others if letters_of(one) not in sites and _is_proper(heading, one)), None
    )


def _is_dated(line: Line, language: str | None) -> bool:
    return any(one.tag == "time" for one in line.marked) or any(dates_in(line.text, language=language))


def _parts(line: str, language: str | None) -> list[str]:
    """The parts of a short line between its dates and bars; none of a label that ends in a colon."""
    if len(line) > SHORT or line.endswith((":", "：")):
        return []
    place, parts = 0, []
    for dated in dates_in(line, language=language):
        parts.append(line[place : dated.start])
        place = dated.stop
    parts.append(line[place:])
    return [
        one for part in parts for piece in _BARS.split(part) if (one := piece.strip(" ,.:;-()"))
    ] or [""]


def _is_named(heading: etree._Element, text: str, name: str, language: str | None) -> bool:
    return without_by(text, language) != text or (_is_name(name) and _is_proper(heading, name))


def _is_proper(heading: etree._Element, name: str) -> bool:
    """Whether *name* has capitals, and no word of it is on the page without, as those of a topic."""
    return name[0].isupper() and _words_of(heading).isdisjoint(name.lower().split())


def _words_of(heading: etree._Element) -> frozenset[str]:
    """The words that the page writes without a capital."""
    paragraphs = islice(heading.getroottree().getroot().iter("p", "li"), _PARAGRAPHS)
    return frozenset([word for one in paragraphs for word in _LOWER.findall(shown_text(one))])


def _text(element: etree._Element) -> str:
    """What the element says; a bar is between its lines, and where elements meet without a space."""
    named = _NAMED(element)
    text = " | ".join([line.text for line in lines_of(named[:1] or [element], None) if line.text])
    return text[:_MUCH] or " ".join((element.get("content") or "").split())


def _name(text: str, language: str | None) -> str | None:
    """The name at the beginning of *text*, up to a date or what else a sign parts from it."""
    text = without_by(text[:_MUCH], language)
    dated = next(dates_in(text, language=language), None)
    name = _BEHIND.sub("", text[: dated.start if dated else None]).strip(" ,.:;-")
    return name if name and len(name) <= _LONGEST and ":" not in name else None


def _is_name(text: str) -> bool:
    """Whether a text without a word for *by* reads like a name: a few words, each with a capital."""
    words = text.split()
    return len(words) in _WORDS and all(
        (word[0].isupper() or not word[0].isascii()) and word.casefold() not in _NO_NAMES
        for word in words
    )
