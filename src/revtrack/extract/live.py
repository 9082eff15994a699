"""Live blogs: which entry each block belongs to, with the entry's id and time.

A page is looked at only where it says that it is a live blog: schema.org's ``LiveBlogPosting``, or
*live* among the names around the article. An entry is the nearest element around a time stamp that
has an id, where several such elements stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import attrs
from lxml import etree

from revtrack.extract.frame import Frame
from revtrack.extract.pen import Draft
from revtrack.extract.scan import Scan
from revtrack.model import BlockKind, LiveEntry

__all__ = ["is_live", "with_entries"]

_LIVE = re.compile(r"(?:^|[\s_-])live(?:$|[\s_-]|blog|feed|ticker|updates?)")
_SAID = ("class", "id")
_IDS = ("id", "data-id", "data-entry-id", "data-post-id", "data-block-id", "data-update-id", "itemid")
# The fewest entries that are a live blog; how far around the article, and how many of the elements in
# it, are looked at for its name.
_FEWEST = 2
_AROUND = 6
_INSIDE = 30


def is_live(page: Scan, frame: Frame) -> bool:
    """Whether the page says that it is a live blog."""
    if any("LiveBlogPosting" in source for source in page.linked):
        return True
    near = [*islice(_upwards(frame.element), _AROUND), *islice(frame.element, _INSIDE)]
    names = " ".join([said for one in near for name in _SAID if (said := one.get(name))]).lower()
    if "live" in names and _LIVE.search(names) is not None:
        return True
    return any("LiveBlogPosting" in (one.get("itemtype") or "") for one in near)


def with_entries(frame: Frame, drafts: list[Draft]) -> list[Draft]:
    """*drafts* with their entries; the first block of each is of the kind LIVE_ENTRY.

    A block that is nothing but its entry's time is left out: the entry bears it. Kept, it would be text
    of all entries but the topmost, where a time belongs to the top matter.
    """
    entries = _entries(frame)
    if len(entries) < _FEWEST:
        return drafts
    found: list[Draft] = []
    begun: set[etree._Element] = set()
    for draft in drafts:
        element = next((one for one in _upwards(draft.holder) if one in entries), None)
        if element is not None:
            entry, shown = entries[element]
            if draft.block.text == shown:
                continue
            kind = draft.block.kind if element in begun else BlockKind.LIVE_ENTRY
            begun.add(element)
            block = attrs.evolve(draft.block, kind=kind, entry=entry)
            draft = attrs.evolve(draft, block=block)  # noqa: PLW2901 # the same draft, with its entry
        found.append(draft)
    return found


def _entries(frame: Frame) -> dict[etree._Element, tuple[LiveEntry, str]]:
    """The elements of the entries, each with its first time, and this as it is shown."""
    stamped: dict[etree._Element, etree._Element] = {}
    for stamp in frame.element.iter("time"):
        entry = next((one for one in _upwards(stamp) if _id(one) is not None), None)
        if entry is not None and entry is not frame.element and _holds(frame.element, entry):
            stamped.setdefault(entry, stamp)
    sides = Counter([entry.getparent() for entry in stamped])
    return {
        entry: (LiveEntry(_id(entry), _time(stamp)), " ".join("".join(stamp.itertext()).split()))
        for entry, stamp in stamped.items()
        if sides[entry.getparent()] >= _FEWEST
    }


def _holds(outer: etree._Element, inner: etree._Element) -> bool:
    return any(one is outer for one in inner.iterancestors())


def _id(element: etree._Element) -> str | None:
    return next((value for name in _IDS if (value := element.get(name))), None)


def _time(stamp: etree._Element) -> datetime | None:
    try:
        return datetime.fromisoformat((stamp.get("datetime") or "").strip())
    except ValueError:
        return None


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
