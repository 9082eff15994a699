"""Live blogs: which entry each block belongs to, with the entry's id and time.

The entries of a page that says it is a live blog are those that its JSON-LD lists, found by their ids
or headlines; else the nearest elements with an id around time stamps, where several are alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice, takewhile
from typing import TypeAlias
from urllib.parse import urlsplit

import attrs
from lxml import etree

from revtrack.extract.block_builder import Draft
from revtrack.extract.elements import HEADINGS, Scan, raw_text, text_of, upwards
from revtrack.extract.frame import Frame
from revtrack.extract.headlines import letters_of
from revtrack.extract.names import is_called_live
from revtrack.extract.stated import objects, value_text
from revtrack.extract.times import read_time
from revtrack.model import BlockKind, LiveEntry

__all__ = ["is_age", "with_entries"]

_SAID = ("class", "id")
# What is named an entry's goes before what scripts may have set.
_IDS = ("data-entry-id", "data-post-id", "data-block-id", "data-update-id", "id", "data-id", "itemid")
# The fewest entries that are a live blog; how far around the article, and how many of the elements in
# it, are looked at for its name.
_FEWEST = 2
_AROUND = 6
_INSIDE = 30
# How deep a block or a time stamp may lie in its entry (range 20 to 200): the work stays within the
# number of elements, however deep a page is nested.
_DEEP = 64
# How long ago: *5 min ago*, *vor 5 Minuten*, *5分前*: a small number, a few words, none with a capital
# unless one without stands before the number; or one of something: *an hour ago*.
_AGE = re.compile(
    r"[\W_]*(?:[^\W\d_]{1,12}\.?\s){0,3}\d{1,3}\s?"
    r"(?:(?:(?<=[^\W\d_]\s\d\s)|(?<=[^\W\d_]\s\d\d\s)|(?![A-ZÀ-ÞА-Я]))[^\W\d_]{1,10}\.?\s?){0,3}[\W_]*"
    r"|[\W_]*(?i:just now|(?:an?|one) (?:hour|minute|moment) ago|vor einer (?:stunde|minute)"
    r"|(?:un['’]ora|un minuto) fa|il y a une (?:heure|minute)|hace (?:una hora|un minuto)"
    r"|há (?:uma hora|um minuto)|een (?:uur|minuut) geleden|(?:en|et) (?:time|minutt?) siden"
    r"|(?:en|ett) (?:timme|minut) sedan|(?:godzinę|minutę) temu|(?:час|минуту) назад)[\W_]*"
)

# What else may bear the time of an entry: a clock and a short word, in an element of their own.
_CLOCK = re.compile(r"\s*(?:[^\W\d_]{1,5}\.?\s)?\d{1,2}[:.h時时]\d{2}(?:\s?[^\W\d_][\w.]{0,5})?\s*")

_STAMP = re.compile(rf"\d{{1,2}}[:.h時时]\d{{2}}(?:Uhr|h)?(?:\s?[·|•–-]\s?)?(?=\w)(?:{_AGE.pattern})")
"""A clock and an age without a space between them: *09:50* and *2h ago* of two elements."""

_Found: TypeAlias = dict[etree._Element, tuple[LiveEntry, str]]
"""The elements of the entries, each with its time as it is shown."""


def with_entries(page: Scan, frame: Frame, drafts: list[Draft]) -> list[Draft]:
    """*drafts* with their entries; the first block of each is of the kind LIVE_ENTRY.

    A block that is nothing but its entry's time is left out: it would be text of all but the first.
    """
    entries = (_listed(page, frame) or _stamped(frame)) if _is_live(page, frame) else {}
    if len(entries) < _FEWEST:
        return drafts
    found: list[Draft] = []
    begun: set[etree._Element] = set()
    clock: etree._Element | None = None
    for draft in drafts:
        element = next((one for one in islice(upwards(draft.holder), _DEEP) if one in entries), None)
        if element is not None:
            (entry, shown), text = entries[element], draft.block.text
            rest = text.removeprefix(shown) if text.startswith(shown) else text.removesuffix(shown)
            beside = shown and (rest != text or clock is element)
            clock = element if text == shown else None
            if beside and (not rest or _AGE.fullmatch(rest)):
                continue
            kind = draft.block.kind if element in begun else BlockKind.LIVE_ENTRY
            begun.add(element)
            block = attrs.evolve(draft.block, kind=kind, entry=entry)
            draft = attrs.evolve(draft, block=block)  # noqa: PLW2901 # the same draft, with its entry
        found.append(draft)
    return found


def is_age(text: str) -> bool:
    """Whether *text* is a clock and how long ago that was: another one each time the page is read."""
    return _STAMP.fullmatch(text) is not None


def _is_live(page: Scan, frame: Frame) -> bool:
    """Whether the page says that it is a live blog."""
    if any("LiveBlogPosting" in source for source in page.linked):
        return True
    near = [*islice(upwards(frame.element), _AROUND), *islice(frame.element, _INSIDE)]
    names = " ".join([said for one in near for name in _SAID if (said := one.get(name))])
    if is_called_live(names):
        return True
    return any("LiveBlogPosting" in (one.get("itemtype") or "") for one in near)


def _listed(page: Scan, frame: Frame) -> _Found:
    """The entries that the page lists for programs, and what is beside them, like them, with an id."""
    updates = list(_updates([source for source in page.linked if "liveBlogUpdate" in source]))
    if len(updates) < _FEWEST:
        return {}
    by_id = {one.id: one for one, _ in updates if one.id}
    marked: dict[etree._Element, LiveEntry] = {}
    for element in frame.element.iterdescendants(etree.Element):
        known = next((by_id[v] for name in _IDS if (v := element.get(name)) in by_id), None)
        if known is not None:
            marked[element] = known
    if len(marked) < _FEWEST:
        by_headline = {letters: one for one, headline in updates if (letters := letters_of(headline))}
        for heading in frame.element.iterdescendants(*HEADINGS[1:5]):
            known = by_headline.get(letters_of(raw_text(heading)))
            if known is not None:
                marked[heading] = known
    found = {
        element: _entry(mark, next(element.iter("time"), None), marked[mark])
        for element, mark in _around(marked, frame.element)
    }
    for one in _like(found):
        if _id(one) is None:
            return {}
        found[one] = _entry(one, next(one.iter("time"), None))
    return found if len(found) >= _FEWEST else {}


def _like(found: Iterable[etree._Element]) -> list[etree._Element]:
    """The elements beside those that were found that are of their kind, by tag and class."""
    known = {*found}
    kinds = {(one.getparent(), str(one.tag), one.get("class")) for one in known}
    return [
        one
        for parent, tag, names in kinds
        if parent is not None
        for one in parent.iterchildren(tag)
        if one.get("class") == names and one not in known
    ]


def _updates(sources: list[str]) -> Iterator[tuple[LiveEntry, str]]:
    """The entries that JSON-LD lists, each with its headline."""
    for node in objects(sources):
        listed = node.get("liveBlogUpdate")
        for one in listed if isinstance(listed, list) else [listed]:
            if isinstance(one, dict):
                addresses = [one.get(name) for name in ("@id", "url", "identifier")]
                ids = [_name(said) for said in addresses if isinstance(said, str)]
                published = read_time(value_text(one.get("datePublished")))
                entry = LiveEntry(next(filter(None, ids), None), published)
                yield entry, value_text(one.get("headline")) or ""


def _name(address: str) -> str:
    """What an address calls an entry: its fragment, else the end of its path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.fragment or parts.path.rstrip("/").rpartition("/")[2]


def _around(
    marks: Collection[etree._Element], frame: etree._Element
) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The element of each mark's entry, with the mark: itself, or the widest without another mark."""
    held = Counter([one for mark in marks for one in _up_to(mark, frame)])
    for mark in marks:
        if held[mark] > 1:  # other entries stand in it
            continue
        element = mark
        if next(mark.iter("p"), None) is None:
            element = [*takewhile(lambda one: held[one] == 1, _up_to(mark, frame))][-1]
        yield element, mark


def _up_to(element: etree._Element, frame: etree._Element) -> Iterator[etree._Element]:
    """The element and those around it, inside *frame*."""
    for one in islice(upwards(element), _DEEP):
        if one is frame:
            return
        yield one


def _stamped(frame: Frame) -> _Found:
    """The elements with an id that are nearest around time stamps, where several are alike."""
    stamped: dict[etree._Element, etree._Element] = {}
    clocks = (one for one in frame.element.iter(etree.Element) if len(one) == 0)
    stamps = [*frame.element.iter("time")]
    for stamp in stamps or [one for one in clocks if _CLOCK.fullmatch(one.text or "")]:
        around = islice(_up_to(stamp, frame.element), 1, None)
        entry = next((one for one in around if _id(one) is not None), None)
        if entry is not None:
            stamped.setdefault(entry, stamp)
    for above in range(2):  # all side by side, or each in a wrapper of its own
        beside = {
            one: (*islice(one.iterancestors(), above, above + 1), str(one.tag) if above else "")
            for one in stamped
        }
        sides = Counter(beside.values())
        found = {
            entry: _entry(entry, stamp)
            for entry, stamp in stamped.items()
            if sides[beside[entry]] >= _FEWEST
        }
        if found:
            return found
    return {}


def _id(element: etree._Element) -> str | None:
    return next((value for name in _IDS if (value := element.get(name))), None)


def _entry(
    element: etree._Element, stamp: etree._Element | None, listed: LiveEntry | None = None
) -> tuple[LiveEntry, str]:
    """The entry of *element*, and its time as it is shown; what is *listed* goes before a stamp."""
    listed = listed or LiveEntry(None)
    time = listed.published_at or (read_time(stamp.get("datetime")) if stamp is not None else None)
    return LiveEntry(_id(element) or listed.id, time), text_of(stamp) if stamp is not None else ""
