"""The byline and the dates that readers see near the headline and the page states nowhere else.

What counts is a short line in the headline's part of the page, before the text has gone on for some
paragraphs; behind the text what is marked for programs (microdata, RDFa, microformats), and a line that
says when the article was published, or by whom and when.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice, tee

import attrs
from lxml import etree

from revtrack.extract.bylines import APART, PROSE, author_in, author_under, led_by
from revtrack.extract.elements import shown_text, size_of
from revtrack.extract.labels import begins_byline, ends_sentence, without_by
from revtrack.extract.lines import SHORT, Line, Role, lines_of
from revtrack.extract.times import dates_in, read_time
from revtrack.notices.lexicon import choose, lexicon
from revtrack.notices.phrases import fold

__all__ = ["NearHeadline", "read_near"]

# How many elements up from the headline the part of the page begins that is looked at (range 2 to 6),
# and from how many up it may stand before the headline (range 1 to 3).
_UP, _UP_BEFORE = 6, 3
# The paragraphs that may stand before it in the text, and the most lines on each side.
_INTO, _MOST_LINES = 2, 60
# The most words beside a date (range 4 to 10: *By Ann Lee | Senior Writer*), and the longest label of a
# date in a line of its own, in characters.
_OTHER_WORDS, _LABEL = 8, 30
_CHANGED = re.compile(r"updat|modif|chang", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publi|posted|created)", re.IGNORECASE)
_UPDATES = frozenset(["update", "updated", "changed", "correction", "corrected", "last"])
_SMALL = 3  # words without a capital before the date in a label
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
        author = author_under(heading, near[min(len(before), _MOST_LINES) :], language, sites)
    if (byline and author is None) or (times and published is None and modified is None):
        lines = list(after)
        marked = [line for line in lines if line.marked]
        if times and published is None and modified is None:
            stated = [
                Line("", {one: role for one, role in line.marked.items() if role}) for line in marked
            ]
            published, modified = _times(stated, None)
        if times and published is None and modified is None:
            published, modified = _times(list(_signing(lines, language)), language)
        if byline and author is None:
            author = author_in(heading, marked, language, sites, stated=True)
    return NearHeadline(author, published, modified)


def _signing(lines: list[Line], language: str | None) -> Iterator[Line]:
    """The short lines behind running text that say when it was published, or by whom."""
    into = False
    for line in lines:
        text = line.text
        into = into or size_of(text) > PROSE
        if not into or len(text) > SHORT or not any(map(str.isdigit, text)):
            continue
        led = led_by(text, language)
        by = begins_byline(text) or without_by(led, language) != led
        said = _PUBLISHED.search(text) or _CHANGED.search(text)
        if by or said or {"published", *_UPDATES} & _classes(text, language):
            yield line


def _until_prose(lines: Iterator[Line]) -> Iterator[Line]:
    prose = 0
    for line in islice(lines, _MOST_LINES):
        prose += size_of(line.text) > PROSE
        if prose > _INTO:
            return
        yield line


def _times(lines: list[Line], language: str | None) -> tuple[datetime | None, datetime | None]:
    """When it was published and modified: what is said to be so, else the one day that is there."""
    said: dict[Role | None, list[datetime]] = {None: [], Role.PUBLISHED: [], Role.MODIFIED: []}
    label = ""
    texts = []
    for line in lines:
        for role, moment in _dates(line, label, language):
            said[role].append(moment)
            if role is None:
                texts.append(line.text)
        label = line.text
    published = next(iter(said[Role.PUBLISHED]), None) or _agreed(said[None])
    if published is None:
        found = zip(texts, said[None], strict=True)
        published = _agreed([moment for text, moment in found if _is_date(text, language)])
    return published, next(iter(said[Role.MODIFIED]), None)


def _is_date(text: str, language: str | None) -> bool:
    """Whether *text* is a date, with the name of its day or a clock, and nothing else."""
    for one in dates_in(text, language=language):
        return len(_ONE_WORD.findall(text[: one.start])) < 2 and not _ONE_WORD.search(text[one.stop :])
    return False


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
    elif _is_prose(labels[0], language) or (ends_sentence(line.text) and _ONE_WORD.search(tail)):
        return  # a sentence of the story
    for date, label in zip(dates, labels, strict=True):
        yield _labelled(label, language), date.moment


def _is_prose(label: str, language: str | None) -> bool:
    small = [word for word in _ONE_WORD.findall(label) if word.islower()]
    of_page = _PUBLISHED.search(label) or {"published", "own", *_UPDATES} & _classes(label, language)
    return len(small) > _SMALL and not of_page


def _moment(element: etree._Element, language: str | None) -> datetime | None:
    stated = element.get("datetime") or element.get("content") or element.get("title")
    moment = read_time(stated or shown_text(element), language=language)
    if stated and moment and _PUBLISHED.search(shown := shown_text(element)):
        seen = next((one.moment for one in dates_in(shown, language=language)), moment)
        return seen if (moment.date() - seen.date()).days > 1 else moment  # that of a change
    return moment


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
