"""The byline and the dates that readers see near the headline and the page states nowhere else.

What counts is a short line in the headline's part of the page, before the text has gone on for some
paragraphs; behind the text what is marked for programs (microdata, RDFa, microformats).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice, tee

import attrs
from lxml import etree

from revtrack.extract.elements import HEADINGS, is_inside, shown_text, size_of
from revtrack.extract.headlines import letters_of
from revtrack.extract.labels import begins_byline, byline_of, ends_sentence, without_by, words
from revtrack.extract.lines import SHORT, Line, Role, is_called, lines_of
from revtrack.extract.times import dates_in, read_time
from revtrack.notices.lexicon import choose, lexicon
from revtrack.notices.phrases import fold

__all__ = ["APART", "NearHeadline", "author_in", "read_near"]

APART = 2
"""How many lines are between a date and the name of an author, at most."""
# The longest byline and how much is read of an author, in characters; how many words a name has that no
# word for *by* leads; and how many paragraphs of a page are read for the words that it has.
_LONGEST, _MUCH = 90, 300
_WORDS = range(2, 5)
# How many signs the name of a person has in a script without spaces.
_SIGNS = range(2, 9)
# The longest word that leads from a name to a date, in characters.
_LEADING = 3
_PARAGRAPHS = 300
_NAMED = etree.XPath(".//*[@itemprop='name']")
_BEHIND = re.compile(r"\s*(?:[|•·–—\d]|\s-\s|\bon\b|\bPublished\b|\bUpdated\b).*", re.DOTALL)
_REPORTER = re.compile(r"(?<=[\u2e80-\uffff])\s?(?:記者|记者|기자)\Z")
_SMALL = 3  # letters of a word between a date and the word for *by*, and words of a label
_LOWER = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")
# The signs between the parts of a line, and a label that begins the next in scripts without capitals.
_BARS = re.compile(r"[|•·–—/]|\s-\s|\s(?=[\u2e80-\uffff]{1,4}[:：])")
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
    marked = {one: role for line in lines for one, role in line.marked.items()}
    authors = [one for one, role in marked.items() if role is Role.AUTHOR]
    called = [one for one in marked if one not in authors and is_called(one.get("class"))]
    byline: str | None = None
    for found in (authors, [] if stated else called):
        names = {
            one: name
            for one in found
            if not any(is_inside(other, one) for other in found)
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
        led = _led(part, language)
        by = without_by(led, language) != led or _REPORTER.search(led)
        name = _name(led, language) if by else None
        if name and all(_is_name(one) or _is_caseless(one) for one in _JOINED.split(name)):
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


def _led(part: str, language: str | None) -> str:
    """A *part* from the word for *by* on: before it are clocks and small words (*le*, *um*)."""
    words = part.split()
    while len(words) > 1 and without_by(rest := " ".join(words), language) == rest:
        small = not words[0][0].isalpha() or (words[0].islower() and len(words[0]) <= _SMALL)
        if not small and not _leads_to_date(words[0], language):
            return part
        del words[0]
    return " ".join(words)


def _is_named(heading: etree._Element, text: str, name: str, language: str | None) -> bool:
    if _is_caseless(name):
        return len(name) in _SIGNS and not _is_on_page(heading, [name])
    return without_by(text, language) != text or (_is_name(name) and _is_proper(heading, name))


def _is_proper(heading: etree._Element, name: str) -> bool:
    """Whether *name* has capitals, and no word of it is on the page without, as those of a topic."""
    return name[0].isupper() and not _is_on_page(heading, name.lower().split())


def _is_caseless(name: str) -> bool:
    """Whether *name* is one word in a script without capitals."""
    return name.isalpha() and size_of(name) > 2 * len(name)


def _is_on_page(heading: etree._Element, words: list[str]) -> bool:
    """Whether the page writes one of *words* without a capital."""
    paragraphs = islice(heading.getroottree().getroot().iter("p", "li"), _PARAGRAPHS)
    texts = (shown_text(one) for one in paragraphs)
    return any(
        any(word in text for word in words) and not set(_LOWER.findall(text)).isdisjoint(words)
        for text in texts
        if text.lower() not in words
    )


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
    name = _REPORTER.sub("", name)
    while (last := name.rpartition(" ")[2]) != name and _leads_to_date(last, language):
        name = name[: -len(last)].rstrip(" ,.:;-")
    return name if name and len(name) <= _LONGEST and ":" not in name else None


def _leads_to_date(word: str, language: str | None) -> bool:
    """Whether *word* is between a name and a date: *le*, *on the*, *Di.*, *Publié*."""
    if begins_byline(word) or (word.islower() and len(word) <= _LEADING):
        return True
    spoken = choose(language, "") if language else None
    return fold(word) in lexicon(spoken).filler


def _is_name(text: str) -> bool:
    """Whether a text without a word for *by* reads like a name: a few words, each with a capital."""
    parts, others = text.split(), words("labels", "button")
    return len(parts) in _WORDS and all(
        (word[0].isupper() or not word[0].isascii()) and word.casefold() not in others for word in parts
    )


# How many elements up from the headline the part of the page begins that is looked at (range 2 to 6),
# and from how many up it may stand before the headline (range 1 to 3).
_UP, _UP_BEFORE = 6, 3
# The paragraphs that may stand before it in the text, the length that makes them so, in characters, and
# the most lines on each side.
_INTO, _PROSE, _MOST_LINES = 2, 80, 60
# In how few lines behind the headline, with the gap, the text begins under a bare name (range 6 to 12).
_FEW = 8
# The most words beside a date (range 4 to 10: *By Ann Lee | Senior Writer*), and the longest label of a
# date in a line of its own, in characters.
_OTHER_WORDS, _LABEL = 8, 30
_CHANGED = re.compile(r"updat|modif|chang", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publi|posted|created)", re.IGNORECASE)
_UPDATES = frozenset(["update", "updated", "changed", "correction", "corrected", "last"])
_ONE_WORD = re.compile(r"[^\W\d_]+")


@attrs.frozen
class NearHeadline:
    """What stands beside the headline; None where nothing does."""

    byline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


def read_near(
    heading: etree._Element, language: str | None, sites: Collection[str], *, byline: bool, times: bool
) -> NearHeadline:
    """The *byline* and *times* beside *heading*, each where asked for; *sites* are no authors."""
    around = [*heading.iterancestors()]
    above = [one for one in around if one.tag not in ("body", "html")][:_UP] or around[:1]
    if not above:
        return NearHeadline()
    behind = (one for level in (heading, *above[:-1]) for one in level.itersiblings())
    first, after = tee(lines_of(behind, None))  # read on only where need be
    before = list(lines_of([above[min(_UP_BEFORE, len(above)) - 1]], heading))
    near = [*before[-_MOST_LINES:], *[Line()] * (APART + 1), *_until_prose(first)]
    published, modified = _times(near, language) if times else (None, None)
    author = author_in(heading, near, language, sites) if byline else None
    if byline and author is None:
        author = _alone(heading, near[min(len(before), _MOST_LINES) :], language, sites)
    if (byline and author is None) or (times and published is None and modified is None):
        marked = [line for line in after if line.marked]
        if times and published is None and modified is None:
            stated = [
                Line("", {one: role for one, role in line.marked.items() if role}) for line in marked
            ]
            published, modified = _times(stated, None)
        if byline and author is None:
            author = author_in(heading, marked, language, sites, stated=True)
    return NearHeadline(author, published, modified)


def _alone(
    heading: etree._Element, after: list[Line], language: str | None, sites: Collection[str]
) -> str | None:
    """The only name in a line between *heading* and the text; those of places are elsewhere, too."""
    stop = next((n for n, line in enumerate(after[:_FEW]) if size_of(line.text) > _PROSE), 0)
    lines = [_parts(line.text, language) for line in after[:stop]]
    leading = [_name(parts[0], language) for parts in lines if parts]
    names = [name for name in leading if name and _is_name(name)]
    if len(names) != 1 or letters_of(names[0]) in sites or not _is_proper(heading, names[0]):
        return None
    shown = behind = False
    for one in heading.getroottree().getroot().iter("p", "li", "a", *HEADINGS):
        behind = behind or one is heading
        whole = one.tag != "a" or next(one.iterancestors("p", "li"), None) is None
        if whole and names[0] in (text := shown_text(one)):
            if shown or not behind or one.tag in HEADINGS or size_of(text) > _PROSE:
                return None
            shown = True
    return names[0]


def _until_prose(lines: Iterator[Line]) -> Iterator[Line]:
    prose = 0
    for line in islice(lines, _MOST_LINES):
        prose += size_of(line.text) > _PROSE
        if prose > _INTO:
            return
        yield line


def _times(lines: list[Line], language: str | None) -> tuple[datetime | None, datetime | None]:
    """When it was published and modified: what is said to be so, else the one day that is there."""
    said: dict[Role | None, list[datetime]] = {None: [], Role.PUBLISHED: [], Role.MODIFIED: []}
    label = ""
    for line in lines:
        for role, moment in _dates(line, label, language):
            said[role].append(moment)
        label = line.text
    published = next(iter(said[Role.PUBLISHED]), None) or _agreed(said[None])
    return published, next(iter(said[Role.MODIFIED]), None)


def _agreed(moments: list[datetime]) -> datetime | None:
    """The one time that *moments* say, some of them as a day alone; None where they differ."""
    clocks = {one for one in moments if one.hour or one.minute or one.tzinfo}
    if len({one.date() for one in moments}) != 1 or len(clocks) > 1:
        return None
    return next(iter(clocks), moments[0])


def _dates(line: Line, above: str, language: str | None) -> Iterator[tuple[Role | None, datetime]]:
    """The times in a line, each with what it is said to be; *above* is the line before it."""
    marked = False
    for one, role in line.marked.items():
        if role is not Role.AUTHOR and (moment := _moment(one, language)) is not None:
            marked = True
            yield role or _labelled(f"{one.get('class') or ''} {line.text}", language), moment
    if marked or not 0 < len(line.text) <= SHORT:
        return
    dates = list(dates_in(line.text, language=language))
    if not dates or len(_ONE_WORD.findall(line.text)) > _OTHER_WORDS + 4 * len(dates):
        return
    edges = [0, *[one.stop for one in dates]]
    labels = [line.text[edge : one.start] for edge, one in zip(edges, dates, strict=False)]
    tail = line.text[edges[-1] :]
    if _ONE_WORD.search(labels[0]) is None:  # behind the dates, or above the one there is
        if len(dates) == 1:
            labels = [tail if _ONE_WORD.search(tail) else above if len(above) < _LABEL else ""]
        elif _labelled(tail, language) is Role.MODIFIED:
            labels = [*labels[1:], tail]
    elif ends_sentence(line.text) and (_ONE_WORD.search(tail) or _is_prose(labels[0], language)):
        return  # a sentence of the story
    for date, label in zip(dates, labels, strict=True):
        yield _labelled(label, language), date.moment


def _is_prose(label: str, language: str | None) -> bool:
    small = [word for word in _ONE_WORD.findall(label) if word.islower()]
    of_page = _PUBLISHED.search(label) or {"published", "own", *_UPDATES} & _classes(label, language)
    return len(small) > _SMALL and not of_page


def _moment(element: etree._Element, language: str | None) -> datetime | None:
    stated = element.get("datetime") or element.get("content") or element.get("title")
    return read_time(stated or shown_text(element), language=language)


def _labelled(label: str, language: str | None) -> Role | None:
    """What a date is, by the words before it: modified, or nothing that they say."""
    if _CHANGED.search(label):
        return None if _PUBLISHED.search(label) else Role.MODIFIED
    classes = _classes(label, language)
    return None if "published" in classes or _UPDATES.isdisjoint(classes) else Role.MODIFIED


def _classes(label: str, language: str | None) -> set[str]:
    """What the words of a *label* say in *language*."""
    spoken = choose(language, "") if language else None
    if spoken is None:
        return set()
    words, folded = lexicon(spoken), fold(label)
    found = words.label_finder.search(folded)
    named = {words.labels[found[0]]} if found is not None else set()
    return named | {name for mark in words.marks(folded) for name in mark.classes}
