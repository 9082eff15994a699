"""Bylines: who wrote an article, by the lines near its headline.

What is marked as the author for programs goes first, then what a word for *by* leads, then a name
beside the date, and last a bare name between the headline and the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from lxml import etree

from revtrack.extract.elements import HEADINGS, is_inside, shown_text, size_of
from revtrack.extract.headlines import letters_of
from revtrack.extract.labels import begins_byline, byline_of, without_by, words
from revtrack.extract.lines import SHORT, Line, Role, is_called, lines_of
from revtrack.extract.times import dates_in
from revtrack.notices.lexicon import choose, lexicon
from revtrack.notices.phrases import fold

__all__ = ["APART", "PROSE", "author_in", "author_under", "led_by"]

APART = 2
"""How many lines are between a date and the name of an author, at most."""
PROSE = 80
"""The length from which a line is running text, in characters."""
# In how few lines behind the headline, with the gap, the text begins under a bare name (range 6 to 12).
_FEW = 8
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
            and (name := _name(_text(one, language), language))
            and (found is authors or _is_named(heading, _text(one, language), name, language))
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
        led = led_by(part, language)
        by = without_by(led, language) != led or _REPORTER.search(led)
        name = _name(led, language) if by else None
        if name and all(_is_name(one) or _is_caseless(one) for one in _JOINED.split(name)):
            return name
    dated = [n for n, line in enumerate(lines) if parts[n] and _is_dated(line, language)]
    near = sorted({n for place in dated for n in range(place - APART, place + APART + 1)})
    alone = [parts[n][0] for n in near if 0 <= n < len(parts) and parts[n]]
    others = [name for one in alone if (name := _name(one, language)) and _are_names(name)]
    people = (one for one in others if letters_of(one) not in sites and _is_proper(heading, one))
    return next((one for one in people if not _is_elsewhere(heading, one)), None)


def _is_elsewhere(heading: etree._Element, name: str) -> bool:
    """Whether *name* is in the text, or before it in a heading or a list, as places and topics are.

    What begins with a name may be on the author.
    """
    behind = into = False
    for one in heading.getroottree().getroot().iter("p", "li", *HEADINGS):
        behind = behind or one is heading
        text = shown_text(one)
        long = size_of(text) > PROSE and one is not heading
        into = into or (behind and long)
        if name in text and (
            (long and one.tag == "p" and not text.startswith(name))
            or (one.tag in HEADINGS and not into)
            or (one.tag == "li" and not behind)
        ):
            return True
    return False


def _is_dated(line: Line, language: str | None) -> bool:
    return any(one.tag == "time" for one in line.marked) or any(dates_in(line.text, language=language))


def _parts(line: str, language: str | None) -> list[str]:
    """The parts of a short line between its dates and bars, without labels that end in a colon."""
    if len(line) > SHORT or line.endswith((":", "：")):
        return []
    place, parts = 0, []
    for dated in dates_in(line, language=language):
        parts.append(line[place : dated.start])
        place = dated.stop
    parts.append(line[place:])
    pieces = [piece.strip() for part in parts for piece in _BARS.split(part)]
    named = [one.strip(" ,.:;-()") for one in pieces if not one.endswith((":", "："))]
    return [one for one in named if one] or [""]


def led_by(part: str, language: str | None) -> str:
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


def _text(element: etree._Element, language: str | None) -> str:
    """What the element says; a bar is between its lines, and where elements meet without a space.

    Of a link to all that somebody wrote (*View all posts by Ann Lee*) it is the end, from *by* on.
    """
    named = _NAMED(element)
    text = " | ".join([line.text for line in lines_of(named[:1] or [element], None) if line.text])
    for start in range(1, len(words := text.split()) - 1) if element.tag == "a" else ():
        name = without_by(led := " ".join(words[start:]), language)
        if name != led and _is_name(name):
            return led
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


def _are_names(text: str) -> bool:
    """Whether *text* reads like names; of a place and its country each is one word (*Lima, Peru*)."""
    return all(map(_is_name, _JOINED.split(text)))


def _is_name(text: str) -> bool:
    """Whether a text without a word for *by* reads like a name: a few words, each with a capital."""
    parts, others = text.split(), words("labels", "button")
    return len(parts) in _WORDS and all(
        (word[0].isupper() or not word[0].isascii()) and word.casefold() not in others for word in parts
    )


def author_under(
    heading: etree._Element, after: list[Line], language: str | None, sites: Collection[str]
) -> str | None:
    """The only name in a line between *heading* and the text; those of places are elsewhere, too."""
    stop = next((n for n, line in enumerate(after[:_FEW]) if size_of(line.text) > PROSE), 0)
    lines = [_parts(line.text, language) for line in after[:stop]]
    leading = [_name(parts[0], language) for parts in lines if parts]
    names = [name for name in leading if name and _are_names(name)]
    if len(names) != 1 or letters_of(names[0]) in sites or not _is_proper(heading, names[0]):
        return None
    headings = (shown_text(one) for one in heading.getroottree().getroot().iter(*HEADINGS))
    return None if _is_elsewhere(heading, names[0]) or names[0] in headings else names[0]
