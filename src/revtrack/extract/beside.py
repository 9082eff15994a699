"""Beside the headline: the byline and the times that readers see and the page states nowhere else.

Asked only of pages whose metadata are silent. A name or time counts when it stands in the same part of
the page as the headline, and before the text has gone on for some paragraphs: comments, boxes and other
articles have authors and times too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import attrs
from lxml import etree

from revtrack.extract.bylines import byline_of, without_by
from revtrack.extract.headlines import text_of_element
from revtrack.extract.times import read_time

__all__ = ["Beside", "read_beside"]

# How many elements up from the headline the part of the page begins that is looked at (range 2 to 6),
# and from how many up it may stand before the headline (range 1 to 3).
_UP, _UP_BEFORE = 4, 2
# The paragraphs that may stand before it in the text, and the length that makes them so, in characters.
_INTO, _PROSE = 2, 80
# The longest byline, in characters; how much is looked at for one; and how many words a name has that
# no word for *by* leads.
_LONGEST, _MUCH = 90, 300
_WORDS = range(2, 5)
# Words on the buttons that stand beside names.
_NO_NAMES = frozenset(
    [
        *("about", "all", "author", "authors", "by", "comments", "email", "follow", "more", "news"),
        *("posts", "print", "profile", "read", "share", "sign", "subscribe", "view", "up"),
    ]
)

# The elements that say who and when, and how many of them are looked at on each side of the headline.
_TAGS = ("p", "time", "a", "span", "div", "address", "li", "cite", "meta")
_MOST = 100
_PROPERTIES = frozenset(["author", "datePublished", "dateModified"])
_ONLY_BY = re.compile(r"\s*[^\W\d_]{2,4}", re.IGNORECASE)
_NAMED = etree.XPath(".//*[@itemprop='name']")
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?)(?:[_-]{1,2}(?:names?|link|text|title))?(?=\s|$)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:[|•·–—\d]|\s-\s|\bon\b|\bPublished\b|\bUpdated\b).*", re.DOTALL)
_CHANGED = re.compile(r"updat|modif|chang", re.IGNORECASE)


@attrs.frozen
class Beside:
    """What stands beside the headline; None where nothing does."""

    byline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


def read_beside(heading: etree._Element, language: str | None) -> Beside:
    """The byline and times that stand beside *heading*."""
    near = list(_near(heading))
    published, modified = _times(near)
    return Beside(_byline(near, language), published, modified)


def _byline(near: list[etree._Element], language: str | None) -> str | None:
    """Who is said to be the author in so many words, else by the name of an element."""
    stated = [one for one in near if _is_author(one)]
    if authors := [name for one in stated if (name := _name(_text(one), language))]:
        return byline_of(authors, language)
    called = [one for one in near if _CLASS.search(one.get("class") or "")]
    texts = [_text(one) for one in called]
    for text in texts:
        if without_by(text, language) != text and (name := _name(text, language)):
            return name
    inner = {
        one: name
        for one, text in zip(called, texts, strict=True)
        if not any(one in other.iterancestors() for other in called)
        and (name := _name(text, language))
        and _is_name(name)
    }
    classes = [one.get("class") for one in inner]  # a credit below is in another
    return byline_of([inner[one] for one in inner if one.get("class") == classes[0]], language)


def _text(element: etree._Element) -> str:
    """What the element says; a bar stands where two elements meet without a space."""
    named = _NAMED(element)
    text = ""
    for piece in (named[0] if named else element).itertext():
        meet = text[-1:].isalnum() and piece[:1].isalnum()
        text += (
            f" | {piece}" if meet and not _ONLY_BY.fullmatch(text) else f" {piece}" if meet else piece
        )
        if len(text) > _MUCH:
            break
    return " ".join((text or element.get("content") or "").split())


def _name(text: str, language: str | None) -> str | None:
    """The name at the beginning of *text*, up to a date or what else a sign parts from it."""
    name = _BEHIND.sub("", without_by(text[:_MUCH], language)).strip(" ,.:;-")
    return name if name and len(name) <= _LONGEST else None


def _is_name(text: str) -> bool:
    """Whether a text without a word for *by* reads like a name: a few words, each with a capital."""
    words = text.split()
    return len(words) in _WORDS and all(
        (word[0].isupper() or not word[0].isascii()) and word.casefold() not in _NO_NAMES
        for word in words
    )


def _near(heading: etree._Element) -> Iterator[etree._Element]:
    """The elements around *heading* that may say who and when, in page order."""
    above = [one for one in heading.iterancestors() if one.tag not in ("body", "html")][:_UP]
    if not above:
        return
    left = _MOST
    for one in above[min(_UP_BEFORE, len(above)) - 1].iter(*_TAGS, str(heading.tag)):
        left -= 1
        if one is heading or not left:
            break
        if _may_say(one):
            yield one
    prose, left = 0, _MOST
    for level in (heading, *above[:-1]):
        for beside in level.itersiblings():
            for one in beside.iter(*_TAGS):
                left -= 1
                if one.tag == "p" and len(text_of_element(one)) > _PROSE:
                    prose += 1
                if prose > _INTO or not left:
                    return
                if _may_say(one):
                    yield one


def _may_say(element: etree._Element) -> bool:
    """Whether the element is a time, or names an author or a date."""
    tag = element.tag
    return (
        tag == "time"
        or ((names := element.get("class")) is not None and ("yline" in names or "uthor" in names))
        or element.get("itemprop") in _PROPERTIES
        or (tag == "a" and _is_author(element))
    )


def _is_author(element: etree._Element) -> bool:
    rel = (element.get("rel") or "").lower().split()
    return "author" in rel or element.get("itemprop") == "author"


def _times(near: list[etree._Element]) -> tuple[datetime | None, datetime | None]:
    """When it was published and modified: what is said to be so, else the one time that stands there.

    Of several none is taken: entries of a live blog and other articles have their times too.
    """
    published: datetime | None = None
    modified: datetime | None = None
    loose: dict[datetime, None] = {}
    for one in near:
        prop = one.get("itemprop") or ""
        if one.tag != "time" and not prop.startswith("date"):
            continue
        moment = read_time(one.get("datetime") or one.get("content") or text_of_element(one))
        if moment is None:
            continue
        if prop == "dateModified" or (not prop and _CHANGED.search(one.get("class") or "")):
            modified = modified or moment
        elif prop == "datePublished" or one.get("pubdate") is not None:
            published = published or moment
        else:
            loose.setdefault(moment)
    return published or (next(iter(loose)) if len(loose) == 1 else None), modified
