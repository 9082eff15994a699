"""Beside the headline: the byline and the dates that readers see and the page states nowhere else.

Asked only of pages whose metadata are silent. What counts is a short line in the same part of the page
as the headline, before the text has gone on for some paragraphs: comments, boxes and other articles have
authors and dates too. What is marked for programs (microdata, RDFa, microformats) counts behind the text
as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from enum import Enum
from itertools import islice

import attrs
from lxml import etree

from revtrack.extract.bylines import byline_of, without_by
from revtrack.extract.headlines import letters_of, text_of_element
from revtrack.extract.times import dates_in, read_time
from revtrack.extract.vocabulary import Verdict, verdict_of
from revtrack.notices.folded import fold
from revtrack.notices.language import choose
from revtrack.notices.lexicon import lexicon

__all__ = ["Beside", "read_beside"]

# How many elements up from the headline the part of the page begins that is looked at (range 2 to 6),
# and from how many up it may stand before the headline (range 1 to 3).
_UP, _UP_BEFORE = 6, 3
# The paragraphs that may stand before it in the text, and the length that makes them so, in characters.
_INTO, _PROSE = 2, 80
# How many elements are looked at on each side of the headline, and how many lines.
_MOST, _LINES = 400, 60
# The longest byline, in characters; how many words a name has that no word for *by* leads; the longest
# line with a date in it, and the most words beside the date (range 4 to 10: *By Ann Lee | Senior Writer*).
_LONGEST = 90
_WORDS = range(2, 5)
_SHORT, _OTHER_WORDS = 120, 8
# The longest label of a date in a line of its own, in characters, and how much is read of an author.
_LABEL, _MUCH = 30, 300
# How many paragraphs of a page are read for the words that it has.
_PARAGRAPHS = 300
# How many lines are between a date and the name of an author, at most.
_APART = 2
# Words on the buttons that stand beside names.
_NO_NAMES = frozenset(
    [
        *("about", "all", "author", "authors", "by", "comments", "email", "follow", "more", "news"),
        *("posts", "print", "profile", "read", "share", "sign", "subscribe", "view", "up"),
        *("updated", "published", "last", "the", "min", "home", "blog", "our", "your", "how", "to"),
    ]
)
_SKIPPED = frozenset(
    [
        *("script", "style", "template", "noscript", "nav", "form", "button", "select", "svg", "iframe"),
        *("figure", "picture", "video", "table", "pre", "blockquote", "rt", "rp"),
    ]
)
_BLOCKS = frozenset(
    [
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "header", "footer", "article"),
        *("aside", "address", "main", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr"),
    ]
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_ONLY_BY = re.compile(r"\s*[^\W\d_]{2,4}", re.IGNORECASE)
_NAMED = etree.XPath(".//*[@itemprop='name']")
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?)(?:[_-]{1,2}(?:names?|link|text|title))?(?=\s|$)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:[|•·–—\d]|\s-\s|\bon\b|\bPublished\b|\bUpdated\b).*", re.DOTALL)
_CHANGED = re.compile(r"updat|modif|chang", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publi|posted|created)", re.IGNORECASE)
_UPDATES = frozenset(["update", "updated", "changed"])
_WORD = re.compile(r"[^\W\d_]+")
_LOWER = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")
_DENSE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_BARS = re.compile(r"[|•·–—/]|\s-\s")
_JOINED = re.compile(r"\s*[,;&]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и)\s+")


class _Role(Enum):
    AUTHOR = "author"
    PUBLISHED = "published"
    MODIFIED = "modified"


# What microdata and RDFa call them, behind a prefix; and the classes of hAtom and its successor.
_PROPERTIES = {
    "author": _Role.AUTHOR,
    "creator": _Role.AUTHOR,
    "datepublished": _Role.PUBLISHED,
    "datecreated": _Role.PUBLISHED,
    "issued": _Role.PUBLISHED,
    "created": _Role.PUBLISHED,
    "datemodified": _Role.MODIFIED,
    "modified": _Role.MODIFIED,
}
_MICROFORMATS = {
    "published": _Role.PUBLISHED,
    "dt-published": _Role.PUBLISHED,
    "entry-date": _Role.PUBLISHED,
    "updated": _Role.MODIFIED,
    "dt-updated": _Role.MODIFIED,
    "fn": _Role.AUTHOR,
    "p-author": _Role.AUTHOR,
}
_MARKED_TAGS = frozenset(["time", "abbr", "meta", "span", "a"])


@attrs.frozen
class Beside:
    """What stands beside the headline; None where nothing does."""

    byline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


@attrs.define
class _Line:
    """A line that readers see, and the elements in it that are marked or hold a time."""

    text: str = ""
    marked: list[etree._Element] = attrs.field(factory=list)

    def add(self, piece: str | None) -> None:
        """Append *piece*; a bar stands where two elements meet without a space."""
        if piece:
            if self.text[-1:].isalnum() and piece[:1].isalnum():
                self.text += " " if _ONLY_BY.fullmatch(self.text) else " | "
            self.text += piece


def read_beside(heading: etree._Element, language: str | None, sites: Collection[str]) -> Beside:
    """The byline and times beside *heading*; *sites* are the folded names of the site, no authors."""
    above = [one for one in heading.iterancestors() if one.tag not in ("body", "html")][:_UP]
    if not above:
        return Beside()
    after = list(_lines(_behind(heading, above), None))
    before = list(_lines([above[min(_UP_BEFORE, len(above)) - 1]], heading))
    near = [*before[-_LINES:], *[_Line()] * (_APART + 1), *_until_prose(after)]
    published, modified = _times(near, language)
    if published is None and modified is None:
        published, modified = _times([_Line("", [*filter(_role, line.marked)]) for line in after], None)
    byline = _byline(heading, near, language, sites)
    byline = byline or _byline(heading, after, language, sites, stated=True)
    return Beside(byline, published, modified)


# ---------------------------------------------------------------------------------------------
# lines


def _behind(heading: etree._Element, above: list[etree._Element]) -> Iterator[etree._Element]:
    for level in (heading, *above[:-1]):
        yield from level.itersiblings()


def _until_prose(lines: list[_Line]) -> Iterator[_Line]:
    prose = 0
    for line in lines[:_LINES]:
        prose += len(line.text) > _PROSE
        if prose > _INTO:
            return
        yield line


def _lines(roots: Iterable[etree._Element], stop: etree._Element | None) -> Iterator[_Line]:
    """The lines of *roots*, up to *stop*, without those of forms, figures and other articles."""
    line, left = _Line(), _MOST
    for root in roots:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, one in walk:
            block = one.tag in _BLOCKS
            if block or one is stop:
                if line.text.strip() or line.marked:
                    yield _Line(" ".join(line.text.split()), line.marked)
                line = _Line()
            if one is stop:
                return
            if event == "end":
                if one is not root:
                    line.add(one.tail)
                continue
            left -= 1
            if not left:
                return
            if one.tag in _SKIPPED or not isinstance(one.tag, str) or _is_other(one, stop):
                walk.skip_subtree()
            else:
                if _may_say(one):
                    line.marked.append(one)
                line.add(one.text)
    if line.text.strip() or line.marked:
        yield _Line(" ".join(line.text.split()), line.marked)


def _is_other(element: etree._Element, stop: etree._Element | None) -> bool:
    """Whether the element is of comments, or another article in few words, with a heading of its own."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names != " " and verdict_of(names) is Verdict.COMMENTS:
        return stop is None or all(one is not element for one in stop.iterancestors())
    if element.tag not in ("article", "li", "section", "a"):
        return False
    found = next(element.iter(*_HEADINGS), None)
    return found is not None and (stop is None or all(one is not element for one in stop.iterancestors()))


def _may_say(element: etree._Element) -> bool:
    return (
        element.tag in ("time", "abbr")
        or _role(element) is not None
        or ((names := element.get("class")) is not None and _CLASS.search(names) is not None)
    )


def _role(element: etree._Element) -> _Role | None:
    """What the element is marked to say, for programs."""
    stated = element.get("itemprop") or element.get("property")
    if stated:
        return _PROPERTIES.get(stated.rpartition(":")[2].strip().lower())
    if "author" in (element.get("rel") or "").lower().split():
        return _Role.AUTHOR
    if element.get("pubdate") is not None:
        return _Role.PUBLISHED
    if element.tag in _MARKED_TAGS and (names := element.get("class")):
        roles = [_MICROFORMATS[name] for name in names.lower().split() if name in _MICROFORMATS]
        return _Role.PUBLISHED if _Role.PUBLISHED in roles else next(iter(roles), None)
    return None


# ---------------------------------------------------------------------------------------------
# dates


def _times(lines: list[_Line], language: str | None) -> tuple[datetime | None, datetime | None]:
    """When it was published and modified: what is said to be so, else the one date that is there.

    Of several days none is taken: entries of a live blog and other articles have their dates too.
    """
    said: dict[_Role | None, list[datetime]] = {None: [], _Role.PUBLISHED: [], _Role.MODIFIED: []}
    label = ""
    for line in lines:
        for role, moment in _dates(line, label, language):
            said[role].append(moment)
        label = line.text
    published = next(iter(said[_Role.PUBLISHED]), None) or _agreed(said[None])
    return published, next(iter(said[_Role.MODIFIED]), None)


def _agreed(moments: list[datetime]) -> datetime | None:
    """The one time that *moments* say, some of them as a day alone; None where they differ."""
    clocks = {one for one in moments if one.hour or one.minute or one.tzinfo}
    if len({one.date() for one in moments}) != 1 or len(clocks) > 1:
        return None
    return next(iter(clocks), moments[0])


def _dates(
    line: _Line, above: str, language: str | None
) -> Iterator[tuple[_Role | None, datetime]]:
    """The times in a line, each with what it is said to be; *above* is the line before it."""
    marked = False
    for one in line.marked:
        role = _role(one)
        if role is not _Role.AUTHOR and (moment := _moment(one, language)) is not None:
            marked = True
            yield role or _labelled(f"{one.get('class') or ''} {line.text}", language), moment
    if marked or not 0 < len(line.text) <= _SHORT:
        return
    dates = list(dates_in(line.text, language=language))
    if not dates or len(_WORD.findall(line.text)) > _OTHER_WORDS + 4 * len(dates):
        return
    edges = [0, *[one.stop for one in dates]]
    labels = [line.text[edge : one.start] for edge, one in zip(edges, dates, strict=False)]
    if _WORD.search(labels[0]) is None:  # behind the date, or in the line above it
        labels = [*labels[1:], line.text[edges[-1] :]] if _is_dense(line.text) else labels
        if len(dates) == 1 and _WORD.search(labels[0]) is None:
            tail = line.text[edges[-1] :]
            labels = [tail if _WORD.search(tail) else above if len(above) < _LABEL else ""]
    for one, label in zip(dates, labels, strict=True):
        yield _labelled(label, language), one.moment


def _moment(element: etree._Element, language: str | None) -> datetime | None:
    for stated in (element.get("datetime"), element.get("content"), element.get("title")):
        if stated:
            return read_time(stated, language=language)
    return read_time(text_of_element(element), language=language)


def _labelled(label: str, language: str | None) -> _Role | None:
    """What a date is, by the words before it: modified, or nothing that they say."""
    if _CHANGED.search(label):
        return None if _PUBLISHED.search(label) else _Role.MODIFIED
    spoken = choose(language, "") if language else None
    if spoken is None:
        return None
    words, folded = lexicon(spoken), fold(label)
    told = words.label_finder.search(folded)
    if told is not None and words.labels[told[0]] in _UPDATES:
        return _Role.MODIFIED
    changed = any(not _UPDATES.isdisjoint(mark.classes) for mark in words.marks(folded))
    return _Role.MODIFIED if changed else None


def _is_dense(text: str) -> bool:
    return not text.isascii() and _DENSE.search(text) is not None


# ---------------------------------------------------------------------------------------------
# bylines


def _byline(
    heading: etree._Element,
    lines: list[_Line],
    language: str | None,
    sites: Collection[str],
    *,
    stated: bool = False,
) -> str | None:
    """Who is marked as the author, else who a word for *by* names, else the name beside the date.

    Where it has to be *stated*, what is marked for programs is asked alone. The site itself is the author
    where nobody else is.
    """
    marked = dict.fromkeys([one for line in lines for one in line.marked])
    authors = [one for one in marked if _role(one) is _Role.AUTHOR]
    called = [one for one in marked if one not in authors and _CLASS.search(one.get("class") or "")]
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
    heading: etree._Element, lines: list[_Line], language: str | None, sites: Collection[str]
) -> str | None:
    """Who a word for *by* names in a line; else the name that has a line or a part of one to itself."""
    parts = [_parts(line.text, language) for line in lines]
    for part in [one for line in parts for one in line]:
        if without_by(part, language) != part and (name := _name(part, language)):
            if all(_is_name(one) for one in _JOINED.split(name)):
                return name
    dated = [n for n, line in enumerate(lines) if parts[n] and _is_dated(line, language)]
    near = sorted({n for place in dated for n in range(place - _APART, place + _APART + 1)})
    alone = [parts[n][0] for n in near if 0 <= n < len(parts) and parts[n]]
    names = [name for one in alone if (name := _name(one, language)) and _is_name(name)]
    return next(
        (one for one in names if letters_of(one) not in sites and _is_proper(heading, one)), None
    )


def _is_dated(line: _Line, language: str | None) -> bool:
    return any(one.tag == "time" for one in line.marked) or any(dates_in(line.text, language=language))


def _parts(line: str, language: str | None) -> list[str]:
    """The parts of a short line between its dates and bars; none of a label that ends in a colon."""
    if len(line) > _SHORT or line.endswith((":", "：")):
        return []
    place, parts = 0, []
    for dated in dates_in(line, language=language):
        parts.append(line[place : dated.start])
        place = dated.stop
    parts.append(line[place:])
    return [one for part in parts for piece in _BARS.split(part) if (one := piece.strip(" ,.:;-()"))] or [""]


def _is_named(heading: etree._Element, text: str, name: str, language: str | None) -> bool:
    return without_by(text, language) != text or (_is_name(name) and _is_proper(heading, name))


def _is_proper(heading: etree._Element, name: str) -> bool:
    """Whether *name* has capitals, and the page never writes a word of it without, as those of a topic."""
    return name[0].isupper() and _words_of(heading).isdisjoint(name.lower().split())


def _words_of(heading: etree._Element) -> frozenset[str]:
    """The words that the page writes without a capital."""
    paragraphs = islice(heading.getroottree().getroot().iter("p", "li"), _PARAGRAPHS)
    return frozenset([word for one in paragraphs for word in _LOWER.findall(text_of_element(one))])


def _text(element: etree._Element) -> str:
    """What the element says; a bar is between its lines, and where two elements meet without a space."""
    named = _NAMED(element)
    text = " | ".join([line.text for line in _lines(named[:1] or [element], None) if line.text])
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
