"""Boxes in the text: a field to fill in, a price, a plea. They are no text of the story.

A box is an element of its own with little text beside the article's. It is known by what it is for:
there is a field or a button in it, one of its lines is nothing but a price, its words are a plea, or it
stands at the end and its last words are a button. What is as short and has none of these is a fact box
or a quotation, and stays, as do headings with a button to copy their address, lists to tick off, and
the summary under the headline with the buttons to share.
"""

from __future__ import annotations

import re

from lxml import etree

from revtrack.extract.block_builder import Draft
from revtrack.extract.elements import language_of, size_of
from revtrack.extract.labels import ends_sentence
from revtrack.extract.pleas import asks_for_account, is_gate, is_plea
from revtrack.model import BlockKind
from revtrack.notices.recognizing import begins_notice

__all__ = ["boxes"]

# The most text of a box, in characters (range 200 to 600), and as a share of the article's (range .2 to
# .5); the shortest paragraph that makes an article's of one with a field or a price (range 100 to 250).
_BOX = 400
_SHARE = 0.34
_PROSE = 150
# The fewest points or rows that are a list of facts (range 2 to 5).
_FACTS = 3
# The most blocks of a box that stands first and is the summary, with buttons to share beside it.
_SUMMARY = 2
# How many words show that a paragraph which stands among the others is a plea (range 3 to 6).
_BARE = 4
# The longest line over a plea that goes with it, in characters (range 40 to 100).
_OVER = 80
_FIELDS = ("form", "input", "select", "textarea")
# Fields that a list to tick off has, too, and words that a link is named by which looks like a button.
_TICKS = frozenset(["checkbox", "radio", "hidden"])
_BUTTON_NAMES = re.compile(r"(?:^|[\s_-])(?:button|btn|cta)(?:$|[\s_-])")
_PRICE_LONGEST = 24
_PRICE = re.compile(
    r"(?:[^\W\d]{1,8} )?(?:[€$£¥₩₹]|US\$|CHF|EUR|kr\.?) ?\d[\d.,' ]{0,12}|"
    r"(?:[^\W\d]{1,8} )?\d[\d.,' ]{0,12} ?(?:[€$£¥₩₹]|CHF|EUR|kr\.?|zł|Ft|руб\.?|₽|円|元|원)"
)


def boxes(drafts: list[Draft]) -> set[int]:
    """The places in *drafts* of what stands in such boxes, and of pleas among the paragraphs."""
    total = sum([len(draft.block.text) for draft in drafts])
    most = min(_BOX, _SHARE * total)
    gone: set[int] = set()
    pleas: set[int] = set()
    for box, places in _grouped(drafts, most).items():
        texts = [drafts[place].block.text for place in places]
        kinds = [drafts[place].block.kind for place in places]
        lists = BlockKind.CODE in kinds or sum([kind in _ITEMS for kind in kinds]) >= _FACTS
        asking: list[int] = []
        if box is None:
            found = zip(places, texts, strict=True)  # what names a price is on what is for sale
            asking = [
                one for one, text in found if is_plea(text, least=_BARE) and not _PRICE.search(text)
            ]
        elif not lists and (is_plea(words := " ".join(texts)) or _is_gated(box, words)):
            asking = places
        elif not _asks(box, texts) and (
            lists
            or (places[0] == 0 and len(places) <= _SUMMARY and ends_sentence(texts[0]))
            or not _is_machine(box, [drafts[place] for place in places])
        ):
            continue
        if (asking or box is not None) and not _is_kept(box, drafts[places[0]], texts):
            pleas.update(asking)
            gone.update(asking or places)
    pleas.update(_call(drafts, _SHARE * total))
    over = [place - 1 for place in pleas if place and _is_over(drafts[place - 1])]
    gone.update(pleas, over)
    if sum([len(drafts[place].block.text) for place in gone]) > _SHARE * total:
        return set()  # an article on the matter
    return gone


def _is_kept(box: etree._Element | None, first: Draft, texts: list[str]) -> bool:
    """Whether there is a headline or a notice in *box*."""
    if box is not None and next(box.iter("h1"), None) is not None:
        return True
    language = language_of(first.holder)
    return any(begins_notice(text, language=language) for text in texts)


def _grouped(drafts: list[Draft], most: float) -> dict[etree._Element | None, list[int]]:
    """The places of *drafts* by the outermost element around them that holds at most *most*."""
    held: dict[etree._Element, float] = {}
    places: dict[etree._Element, list[int]] = {}
    for place, draft in enumerate(drafts):
        holder = draft.holder
        if draft.block.kind not in _ITEMS and holder.tag not in _FLOW:
            places.setdefault(holder, []).append(place)
        else:
            above = holder.getparent()
            places.setdefault(holder if above is None else above, []).append(place)
    for element, here in places.items():
        length: float = sum([len(drafts[place].block.text) for place in here])
        one: etree._Element | None = element
        while one is not None and held.get(one, 0) <= most:
            held[one] = held.get(one, 0) + length
            if held[one] > most:
                length = most + 1  # what is around it is too large as well, and is looked at once
            one = one.getparent()
    found: dict[etree._Element | None, list[int]] = {}
    for element, here in places.items():
        box, one = None, element
        while one is not None and held[one] <= most:
            box, one = one, one.getparent()
        found.setdefault(box, []).extend(here)
    return found


_FLOW = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "br"])
_ITEMS = frozenset([BlockKind.LIST_ITEM, BlockKind.TABLE_ROW])


def _asks(box: etree._Element, texts: list[str]) -> bool:
    """Whether there is a field to fill in in *box*, and no paragraph."""
    return max(map(size_of, texts)) < _PROSE and any(
        one.tag != "input" or one.get("type") not in _TICKS for one in box.iter(*_FIELDS)
    )


def _is_gated(box: etree._Element, words: str) -> bool:
    """Whether the *words* ask for an account, to which a link or button of its own in *box* leads."""
    leads = (one.text or "" for one in box.iter("a", "button"))
    return any(map(asks_for_account, leads)) and is_gate(words, language=language_of(box))


def _is_machine(box: etree._Element, drafts: list[Draft]) -> bool:
    """Whether there is a price in *box*, or a button and more than headings, and no paragraph."""
    texts = [draft.block.text for draft in drafts]
    if max(map(size_of, texts)) >= _PROSE:
        return False
    if any(_PRICE.fullmatch(text) for text in texts if len(text) < _PRICE_LONGEST):
        return True
    if all(draft.block.kind is BlockKind.HEADING for draft in drafts):
        return False
    if next(box.iter("button"), None) is not None:
        return True
    return next(box.iter("audio", "video"), None) is not None and not any(map(ends_sentence, texts))


def _call(drafts: list[Draft], most: float) -> range:
    """The places of a box at the end, apart from the text, whose last words are a button."""
    stop = len(drafts)
    if not stop or not _ends_in_button(drafts[-1]) or any(map(_ends_in_button, drafts[:-1])):
        return range(0)
    box, start = drafts[-1].holder, stop - 1
    length = len(drafts[-1].block.text)
    while (above := box.getparent()) is not None and length <= most:
        around = start
        while around and above in (one := drafts[around - 1].holder, *one.iterancestors()):
            around -= 1
        length = sum([len(draft.block.text) for draft in drafts[around:]])
        if length <= most:
            box, start = above, around
    return range(start, stop) if start < stop - 1 and length > most else range(0)


def _ends_in_button(draft: Draft) -> bool:
    """Whether words of the block end in a link, its only one, that is made to look like a button."""
    links, text = draft.block.links, draft.block.text
    if len(links) != 1 or links[0].span.stop != len(text) or not links[0].span.start:
        return False
    link = next(draft.holder.iter("a"), None)
    return link is not None and (
        link.get("role") == "button" or _BUTTON_NAMES.search(link.get("class") or "") is not None
    )


def _is_over(draft: Draft) -> bool:
    """Whether the block is a heading, or a line without an end, as stands over a plea."""
    text = draft.block.text
    if draft.block.kind is BlockKind.HEADING:
        return True
    return len(text) <= _OVER and draft.block.kind is BlockKind.PARAGRAPH and not ends_sentence(text)
