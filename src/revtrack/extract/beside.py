"""Beside the headline: the byline and the dates that readers see and the page states nowhere else.

Asked only of pages whose metadata are silent. What counts is a short line in the same part of the page
as the headline, before the text has gone on for some paragraphs: comments, boxes, other articles
have authors and dates too. What is marked for programs (microdata, RDFa, microformats) counts behind
the text as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice, tee

import attrs
from lxml import etree

from revtrack.extract.authors import APART, author_in
from revtrack.extract.elements import shown_text
from revtrack.extract.lines import SHORT, Line, Role, lines_of, role_of
from revtrack.extract.times import dates_in, read_time
from revtrack.notices.folded import fold
from revtrack.notices.language import choose
from revtrack.notices.lexicon import lexicon

__all__ = ["Beside", "read_beside"]

# How many elements up from the headline the part of the page begins that is looked at (range 2 to 6),
# and from how many up it may stand before the headline (range 1 to 3).
_UP, _UP_BEFORE = 6, 3
# The paragraphs that may stand before it in the text, the length that makes them so, in characters, and
# the most lines on each side.
_INTO, _PROSE, _LINES = 2, 80, 60
# The most words beside a date (range 4 to 10: *By Ann Lee | Senior Writer*), and the longest label of a
# date in a line of its own, in characters.
_OTHER_WORDS, _LABEL = 8, 30
_CHANGED = re.compile(r"updat|modif|chang", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publi|posted|created)", re.IGNORECASE)
_UPDATES = frozenset(["update", "updated", "changed", "correction", "corrected", "last"])
_WORD = re.compile(r"[^\W\d_]+")
_DENSE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@attrs.frozen
class Beside:
    """What stands beside the headline; None where nothing does."""

    byline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None


def read_beside(
    heading: etree._Element,
    language: str | None,
    sites: Collection[str],
    *,
    byline: bool,
    times: bool,
) -> Beside:
    """The *byline* and *times* beside *heading*, each where it is asked for.

    *sites* are the folded names of the site, which are no authors.
    """
    above = [one for one in heading.iterancestors() if one.tag not in ("body", "html")][:_UP]
    if not above:
        return Beside()
    first, after = tee(lines_of(_behind(heading, above), None))  # read on only where need be
    before = list(lines_of([above[min(_UP_BEFORE, len(above)) - 1]], heading))
    near = [*before[-_LINES:], *[Line()] * (APART + 1), *_until_prose(first)]
    published, modified = _times(near, language) if times else (None, None)
    author = author_in(heading, near, language, sites) if byline else None
    if (byline and author is None) or (times and published is None and modified is None):
        marked = [line for line in after if line.marked]
        if times and published is None and modified is None:
            stated = [Line("", [*filter(role_of, line.marked)]) for line in marked]
            published, modified = _times(stated, None)
        if byline and author is None:
            author = author_in(heading, marked, language, sites, stated=True)
    return Beside(author, published, modified)


def _behind(heading: etree._Element, above: list[etree._Element]) -> Iterator[etree._Element]:
    for level in (heading, *above[:-1]):
        yield from level.itersiblings()


def _until_prose(lines: Iterator[Line]) -> Iterator[Line]:
    prose = 0
    for line in islice(lines, _LINES):
        prose += len(line.text) > _PROSE
        if prose > _INTO:
            return
        yield line


def _times(lines: list[Line], language: str | None) -> tuple[datetime | None, datetime | None]:
    """When it was published and modified: what is said to be so, else the one date that is there.

    Of several days none is taken: entries of a live blog and other articles have their dates too.
    """
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
    for one in line.marked:
        role = role_of(one)
        if role is not Role.AUTHOR and (moment := _moment(one, language)) is not None:
            marked = True
            yield role or _labelled(f"{one.get('class') or ''} {line.text}", language), moment
    if marked or not 0 < len(line.text) <= SHORT:
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
    for date, label in zip(dates, labels, strict=True):
        yield _labelled(label, language), date.moment


def _moment(element: etree._Element, language: str | None) -> datetime | None:
    for stated in (element.get("datetime"), element.get("content"), element.get("title")):
        if stated:
            return read_time(stated, language=language)
    return read_time(shown_text(element), language=language)


def _labelled(label: str, language: str | None) -> Role | None:
    """What a date is, by the words before it: modified, or nothing that they say."""
    if _CHANGED.search(label):
        return None if _PUBLISHED.search(label) else Role.MODIFIED
    spoken = choose(language, "") if language else None
    if spoken is None:
        return None
    words, folded = lexicon(spoken), fold(label)
    classes = {name for mark in words.marks(folded) for name in mark.classes}
    if "published" in classes:
        return None
    found = words.label_finder.search(folded)
    classes |= {words.labels[found[0]]} if found is not None else set()
    return None if _UPDATES.isdisjoint(classes) else Role.MODIFIED


def _is_dense(text: str) -> bool:
    return not text.isascii() and _DENSE.search(text) is not None
