"""Pages without running text that are versions all the same: films, galleries, sounds.

Such a page states what it is, shows the headline that it states, and is a work of another kind than
text or shows what is played. Whatever is in doubt stays refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from lxml import etree

from revtrack.extract.elements import Scan, hides, is_inside
from revtrack.extract.headlines import likeness
from revtrack.extract.metadata import Metadata
from revtrack.extract.names import Names, Verdict, name_words
from revtrack.extract.stated import objects, types_of, value_text
from revtrack.model import HeadlineSource
from revtrack.remarks import Remark, RemarkKind

__all__ = ["is_about", "textless", "waits_for_text"]

# How alike the headline on the page and one that is stated must be (range .4 to 1): a site's name and a
# word or two may differ.
_ALIKE = 0.6
# How long a page says that its text is for that text to be missing, in characters and in words (range
# 50 to 500 and 10 to 100: a film's summary is stated as its text now and then).
_STATED_TEXT = 200
_STATED_WORDS = 50
# How far out from the headline a film and words about it stand, in elements (range 2 to 4; large: the
# site's other films and its pleas for subscription are taken for them).
_BESIDE = 3
# The least text away from the headline that is about the work, in characters (range 150 to 500): pleas
# for subscription and the like are shorter.
_PLEA = 250
# How many elements that are named the article's body are looked at: a bound against hostile pages.
_BODIES = 8

_TEXTS = re.compile(r"(?:article|posting|report|story|review)$")
_WORKS = re.compile(r"^(?:video|music)\b|(?:video|audio)object$|episode$|gallery$|^(?:clip|movie)$")

_UNSEEN = frozenset(["head", "script", "style", "noscript", "template", "svg"])
_AROUND = frozenset(["nav", "footer", "aside", "button", "select", "menu", "dialog"])
_FURNITURE = frozenset([Verdict.HARD, Verdict.SOFT])
_PLAYERS = frozenset(["video", "object", "embed"])
_ITEM_TYPES = etree.XPath("string(ancestor::*[@itemtype][1]/@itemtype)")
_HOLDS = etree.XPath(
    "boolean(.//text()[normalize-space()][not(parent::script or parent::style or parent::noscript)]"
    " or .//img or .//audio or .//iframe or .//video or .//object or .//embed)"
)
# What the address of a frame with a film says; frames without such a word are advertisements as a rule.
_PLAYING = re.compile(r"video|player|embed|youtube|vimeo|dailymotion|brightcove|watch|clip")
# How the element is named that a script puts a player into. What reads a text aloud is beside a text.
_PLAYER_NAMES = re.compile(r"player|brightcove|youtube|vimeo|dailymotion|kaltura", re.IGNORECASE)
_READ_ALOUD = frozenset(["audio", "speech", "listen", "tts", "voice"])
_NO_SIZE = frozenset(["0", "1", "0px", "1px"])


def textless(page: Scan, said: Metadata, *, url: str | None = None) -> Remark | None:
    """A remark where *page*, on which no text was found, is a version of a work all the same.

    None where it does not say what it is, does not show the headline that it states, or shows nothing
    in the place of a text. *url* is its address; the front page of a site is no work.
    """
    heading = said.heading
    if heading is None or re.fullmatch(
        r"[a-z]+://[^/?#]*/?", (said.canonical_url or url or "").lower()
    ):
        return None
    shown = next((one.text for one in said.headlines if one.source is HeadlineSource.H1), "")
    kinds = [kind.rpartition("/")[2] for kind in str(_ITEM_TYPES(heading)).lower().split()]
    for one in objects(page.linked):
        if _is_stated(shown, [value_text(one.get("headline")), value_text(one.get("name"))]):
            kinds += [kind.lower() for kind in types_of(one)]
    texts = [found[0] for kind in kinds if (found := _TEXTS.search(kind))]
    others = [one.text for one in said.headlines if one.source is not HeadlineSource.H1]
    if _is_stated(shown, others):
        named = [(meta.get("property") or meta.get("name") or "", meta) for meta in page.metas]
        graph = next((meta.get("content") for name, meta in named if name.lower() == "og:type"), None)
        kinds.append((graph or "").strip().lower())  # https://ogp.me/#types
    works = [found[0] for kind in kinds if (found := _WORKS.search(kind))]
    if works and not texts:
        kind = works[0]
    elif (texts or kinds[-1:] == ["article"]) and (
        player := next(filter(_plays, _shown(heading)), None)
    ) is not None:
        kind = f"{[*works, *texts, 'article'][0]} and shows <{player.tag!s}>"
    else:
        return None
    if waits_for_text(page) is not None:
        return None
    told = f"the page holds no running text, but states that it is of the kind {kind}"
    return Remark(RemarkKind.NO_TEXT, told)


def is_about(heading: etree._Element | None, element: etree._Element, length: float) -> bool:
    """Whether *element*, of *length* characters, is about the work: near its *heading*, or long."""
    if length >= _PLEA:
        return True
    near = _near(heading) if heading is not None else None
    return near is not None and (element is near or is_inside(element, near))


def _near(heading: etree._Element) -> etree._Element | None:
    """The element that holds *heading* and what stands with it; None where that is the whole page."""
    around = takewhile(lambda one: one.tag != "body", islice(heading.iterancestors(), _BESIDE))
    return [None, *around][-1]


def waits_for_text(page: Scan) -> str | None:
    """What says that a script would bring the text that *page* does not hold, in words; else None."""
    for one in objects(page.linked):
        if any(_TEXTS.search(kind.lower()) for kind in types_of(one)):
            words = str(one.get("wordCount") or "").strip()[:9]
            if len(value_text(one.get("articleBody")) or "") >= _STATED_TEXT or (
                words.isdecimal() and int(words) >= _STATED_WORDS
            ):
                return "it states a text that it does not hold"
    names = Names()
    bodies = (
        one
        for one in page.root.iter("div", "section", "article", "main")
        if one.get("itemprop") == "articleBody" or names.verdict(one) is Verdict.BODY
    )
    if not all(map(_HOLDS, islice(bodies, _BODIES))):
        return "the element for its text is empty"
    return None


def _is_stated(shown: str, stated: Iterable[str | None]) -> bool:
    return any(text and likeness(shown, text) >= _ALIKE for text in stated)


def _shown(heading: etree._Element) -> Iterator[etree._Element]:
    """The elements near *heading* that a reader sees and that are no furniture by their names."""
    around = frozenset(heading.iterancestors())
    names = Names()
    stack = [near] if (near := _near(heading)) is not None else []
    while stack:
        element = stack.pop()
        if element.tag in _UNSEEN or hides(element):
            continue
        if element not in around and (element.tag in _AROUND or names.verdict(element) in _FURNITURE):
            continue
        yield element
        stack.extend(reversed(element))


def _plays(element: etree._Element) -> bool:
    """Whether the element plays a film, or a script puts a player into it."""
    if element.get("hidden") is not None or element.get("width") in _NO_SIZE:
        return False
    if element.tag in _PLAYERS:
        return element.get("loop") is None and "image" not in (element.get("type") or "")
    if element.tag == "iframe":
        src = element.get("src") or element.get("data-src") or ""
        return _PLAYING.search(src.lower()) is not None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _PLAYER_NAMES.search(names) is not None and _READ_ALOUD.isdisjoint(name_words(names))
