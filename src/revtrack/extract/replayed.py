"""Pages as web archives replay them: what the archive changed is undone before a page is read.

Addresses, a toolbar, remarks, the metadata of a page built anew. An article may cite an archive, so
nothing is done to a page that is no replay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

import attrs
from lxml import etree

from revtrack.extract.elements import take_out
from revtrack.remarks import Remark, RemarkKind
from revtrack.urls.replay import REPLAY_TIME

__all__ = ["may_be_replayed", "unwrap", "without_toolbar"]

# How a replay's address ends before the one inside it: its time, or the name of a page built anew.
_BEFORE = re.compile(rb"(?:" + REPLAY_TIME.encode() + rb"|/o/[\w-]{3,12})\\?/\Z")
_REACH = 48
# What such an address may end in: a digit, the mark behind it, a name or the sign that escapes a slash.
_LAST = frozenset(b"0123456789_\\-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOOKED_AT = 2_000
"""Places in a page that are looked at for a replay's address (range 200 to 20,000)."""

_TOOLBAR = re.compile(rb"<!--\s{0,9}BEGIN [A-Z ]{3,40}INSERT\s{0,9}-->")
_TOOLBAR_END = re.compile(rb"<!--\s{0,9}END [A-Z ]{3,40}INSERT\s{0,9}-->")
_MARKS = (b"FILE ARCHIVED ON", b"wombat.js", b"wm-ipp", b"wbinfo.", b"_wb_wombat")
_OF_ARCHIVES = re.compile(r"wm-ipp|wm-|_wb_|__wb|wb_iframe|wb-banner|donato$")

_HOST = r"(?:(?:https?:)?//[^/\s?#\"'<>]{1,255})?"
_REPLAY = re.compile(
    rf"(?P<prefix>{_HOST}(?:/[^\s?#\"'<>]{{0,200}}?)?/)(?P<time>{REPLAY_TIME})/(?=https?:/{{1,2}}[^/])"
)
_REBUILT = re.compile(r"(?P<prefix>(?:https?://[^/\s?#]{1,255})?/o/[\w-]{3,12}/)(?=https?:/{1,2}[^/])")
_DOTTED = re.compile(r"\d{4}\.\d\d\.\d\d-\d{6}")
_FOLDED = re.compile(r"(https?):/(?=[^/])")
_ADDRESSES = ("href", "src", "srcset", "poster", "content", "cite", "data", "data-src", "data-srcset")
_LEAST = 3
"""Links into one archive that make a page a replay where they are most of its links (range 2 to 10)."""


def may_be_replayed(page: bytes, places: Sequence[int]) -> bool:
    """Whether a replay's address stands at one of the *places* of ``/http`` in the page."""
    return any(
        _BEFORE.search(page, max(0, place - _REACH), place + 1)
        for place in islice(places, _LOOKED_AT)
        if page[place - 1] in _LAST
    )


def without_toolbar(page: bytes) -> bytes:
    """The page without what an archive put between comments of its own."""
    begin = _TOOLBAR.search(page)
    end = _TOOLBAR_END.search(page, begin.end()) if begin else None
    return page[: begin.start()] + page[end.end() :] if begin and end else page


def unwrap(root: etree._Element, page: bytes) -> Remark | None:
    """Give the addresses on a replayed page back, and take away and remark what the archive added."""
    replay = _replay_of(root, page)
    if replay is None:
        return None
    for element in list(root.iter(etree.Element)):
        if _OF_ARCHIVES.match(element.get("id") or ""):
            take_out(element)
            continue
        for name in _ADDRESSES:
            if (value := element.get(name)) and (given := replay.given(value, element.tag)) != value:
                element.set(name, given)
        if (
            element.tag == "script"
            and element.text
            and "ld+json" in (element.get("type") or "").lower()
        ):
            element.text = replay.everywhere.sub("", element.text)
    return _built_anew(root) if replay.is_rebuilt else None


@attrs.frozen
class _Replay:
    """How an archive writes addresses on a page: `links` for those of the capture's own time."""

    links: re.Pattern[str]
    everywhere: re.Pattern[str]
    is_rebuilt: bool

    def given(self, value: str, tag: object) -> str:
        """The address as the publisher gave it."""
        form = self.links if tag == "a" else self.everywhere
        given = form.sub("", value)
        return value if given == value else _FOLDED.sub(r"\1://", given)


def _replay_of(root: etree._Element, page: bytes) -> _Replay | None:
    stated = [match for value in _stated(root) if (match := _REPLAY.match(value))]
    rebuilt = [one for one in stated if _DOTTED.match(one["time"])]
    hrefs = [href.strip() for link in root.iter("a") if (href := link.get("href") or "")]
    hrefs = [href for href in hrefs if href[:1] not in ("#", "") and not href.startswith("javascript:")]
    linked = [match for href in hrefs if (match := _REPLAY.match(href))]
    if rebuilt:
        forms = {match["prefix"] for href in hrefs if (match := _REBUILT.match(href))}
        forms |= {one["prefix"] + one["time"] + "/" for one in rebuilt}
        links = re.compile("|".join(sorted(map(re.escape, forms))))
        return _Replay(links, links, is_rebuilt=True)
    most = len(linked) >= _LEAST and 2 * len(linked) > len(hrefs)
    if not (stated or most or any(mark in page for mark in _MARKS)):
        return None
    found = stated or linked
    if not found:
        return None
    prefixes = {re.sub(r"\A(?:https?:)?//[^/]*", "", one["prefix"]) for one in (*found, *linked)}
    times = Counter([one["time"][:14] for one in found])
    time = max(times, key=lambda one: (times[one], one))
    paths = "|".join(
        sorted([re.escape(one).replace("/", _SLASH) for one in prefixes], key=len, reverse=True)
    )
    return _Replay(
        re.compile(rf"{_HOST}(?:{paths}){time}(?:[a-z]{{2}}_)?/(?=https?:/)"),
        re.compile(rf"{_HOST.replace('/', _SLASH)}(?:{paths}){REPLAY_TIME}{_SLASH}(?=https?:\\?/)"),
        is_rebuilt=False,
    )


_SLASH = r"\\?/"


def _stated(root: etree._Element) -> Iterator[str]:
    """The addresses that the page states for its own."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield (link.get("href") or "").strip()
    for meta in root.iter("meta"):
        if (meta.get("property") or "").strip().lower() == "og:url":
            yield (meta.get("content") or "").strip()


def _built_anew(root: etree._Element) -> Remark:
    """Take away the metadata and the frame that an archive wrote: they are not the publisher's."""
    for meta in list(root.iter("meta")):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name is not None and not name.lower().endswith(":title"):
            take_out(meta)
    held = next((one for one in root.iter(etree.Element) if one.get("id") == "CONTENT"), None)
    for beside in [] if held is None else [*held.itersiblings(), *held.itersiblings(preceding=True)]:
        take_out(beside)
    return Remark(
        RemarkKind.REBUILT,
        "an archive built the page anew: its times and the names of its pictures are the archive's",
    )
