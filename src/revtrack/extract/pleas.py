"""Pleas, and boxes in the text: what a site says to its reader, and never about the story.

Pleas are known by how many words of a site's machinery (``pleas.toml``) a short text holds, beside one
that speaks to the reader. A language that is missing there loses precision and nothing else. A box is
an element with little text beside the article's that holds a field, a button, a price or a plea, or
ends the page in a button. What has none of these is a fact box or a quotation, and stays, as do
headings with a button to copy their address, lists to tick off, and the summary.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from lxml import etree

from revtrack.extract.block_builder import Draft
from revtrack.extract.elements import language_of, size_of
from revtrack.extract.labels import ends_sentence, finder, tables, words
from revtrack.model import Block, BlockKind
from revtrack.notices.phrases import alternation
from revtrack.notices.recognizing import begins_notice

__all__ = [
    "PLEA_LONGEST",
    "asks_for_account",
    "boxes",
    "is_closing",
    "is_gate",
    "is_plea",
    "leads_to_terms",
    "reads_on",
]

PLEA_LONGEST = 400
"""The longest plea or line of rights, in characters (range 200 to 600)."""

# How many words of the machinery a plea holds at least, and how many characters there may be for each
# (range 2 to 4 and 50 to 150): articles that speak of these matters say other things as well.
_FEWEST = 3
_FOR_EACH = 70
# How many names of networks count (range 1 to 3): stories on them name more.
_NETWORKS = 2
# The longest words of a link that leads to an account, in characters (range 20 to 60).
_LINK = 30
# How many answers are kept for the next capture, whose paragraphs are the same. About 2 MB.
_REMEMBERED = 4_096
# What every language has, and from which letter on scripts set no spaces between words.
_ANY, _ANY_OF = "follow any", "follow"
_DENSE = "\u2e80"
# What people are quoted with, and a price.
_QUOTED = re.compile(r"[“„«»\"][^“”„«»\"]{1,320}[”“»«\"]")
_PRICE = re.compile(r"[€$£¥₩₹] ?\d|\d ?(?:[€$£¥₩₹]|euro|kr\b|zł|ft\b|руб|₽|円|元|원)")

_TABLES = ("account", "consent", "film", "follow")


@cache
def _words(*kinds: str) -> dict[str, frozenset[str]]:
    """The words of these tables, each with the table and language that it is of (``account en``)."""
    found: dict[str, set[str]] = {}
    for kind in kinds:
        for language, of_language in tables("pleas")[kind].items():
            for word in of_language:
                found.setdefault(word, set()).add(f"{kind} {language}")
    return {word: frozenset(of) for word, of in found.items()}


@cache
def _machinery(*, dense: bool) -> re.Pattern[str]:
    stems = _words(*_TABLES)
    spaced = [word for word in stems if word[0] < _DENSE]
    pattern = rf"(?<!\w){alternation((), spaced, ends=('', ''))}"  # faster than at a boundary
    if dense:  # looked for at each character, not at each word
        others = [word for word in stems if word[0] >= _DENSE]
        pattern += f"|{alternation((), others, ends=('', ''))}"
    return re.compile(pattern)


def _held(folded: str) -> set[str]:
    """The words of the machinery in a *folded* text."""
    dense = not folded.isascii() and max(folded) >= _DENSE
    return set(_machinery(dense=dense).findall(folded))


@lru_cache(maxsize=_REMEMBERED)
def is_plea(text: str, *, least: int = _FEWEST) -> bool:
    """Whether *least* words show that a short text asks its reader for what is the site's affair."""
    if len(text) > PLEA_LONGEST:
        return False
    folded = text.casefold()
    machinery = _held(folded)
    if len(machinery) < _FEWEST - 1:
        return False
    held = Counter([of for word in machinery for of in _words(*_TABLES)[word]])
    everywhere = held.pop(_ANY, 0)
    spoken = _languages("readers", folded)
    most = max(
        [
            count + (min(everywhere, _NETWORKS) if of.startswith(_ANY_OF) else 0) + (of[-2:] in spoken)
            for of, count in held.items()
        ],
        default=0,
    )
    return most >= least and most * _FOR_EACH >= len(text)


def is_gate(text: str, *, language: str | None = None) -> bool:
    """Whether a short text asks its reader for the account that shows the rest of a story.

    It holds a word on accounts and, in the same language, one that means the reader or the reading; or
    a sentence of it begins with the request. In a known *language* the reader is named in no other.
    """
    if len(text) > PLEA_LONGEST:
        return False
    folded = _QUOTED.sub(" ", text).casefold()
    machinery = _held(folded)
    if not machinery.isdisjoint(words("pleas", "letters")):
        return False
    of_account = {of[-2:] for word in machinery for of in _words("account").get(word, ())}
    followed = Counter([of[-2:] for word in machinery for of in _words("follow").get(word, ())])
    asked, reading = _languages("acts", folded), _languages("reading", folded)
    you = _languages("you", folded)
    if language is not None and (own := language[:2].lower()) in tables("pleas")["account"]:
        you &= {own, "en"}
    found = (of_account & (reading | asked | you)) | (followed.keys() & reading)  # in our app
    has_price = _PRICE.search(folded) is not None
    found |= {one for one in asked if followed[one] > 1 or (followed[one] and has_price)}
    if "%" in folded:  # how much of the story is left
        found |= reading & you
    return bool(found)


def reads_on(text: str) -> bool:
    """Whether the words of a button lead to the rest of a story."""
    folded = text.casefold()
    return bool(_languages("account", folded) & _languages("reading", folded))


def asks_for_account(text: str) -> bool:
    """Whether these few words of a link or button lead to an account or a subscription."""
    return len(text) <= _LINK and not _held(text.casefold()).isdisjoint(_words("account"))


def _languages(table: str, folded: str) -> set[str]:
    """The languages of the words of a *table* that a *folded* text holds."""
    return {of[-2:] for word in _phrases(table).findall(folded) for of in _words(table)[word]}


@cache
def _phrases(table: str) -> re.Pattern[str]:
    """What finds the words of a *table*: acts where a sentence begins, of `reading` all beginnings."""
    spaced = [word for word in _words(table) if word[0] < _DENSE]
    dense = [word for word in _words(table) if word[0] >= _DENSE]
    edge = r"(?:^|(?<=[.!?:…|–—¿¡>] )|(?<=[¿¡]))" if table == "acts" else r"\b"
    stop = "" if table == "reading" else r"\b"
    found = f"{edge}{alternation(spaced, (), ends=('', ''))}{stop}"
    return re.compile(f"{found}|{alternation((), dense, ends=('', ''))}" if dense else found)


def is_closing(text: str) -> bool:
    """Whether the text is about the rights, or a plea."""
    if len(text) > PLEA_LONGEST:
        return False
    return finder("pleas", "rights").search(text.casefold()) is not None or is_plea(text)


def leads_to_terms(block: Block) -> bool:
    """Whether the block has several links, and all lead to a site's terms."""
    return len(block.links) > 1 and all(
        any(word in link.href.lower() for word in words("pleas", "terms")) for link in block.links
    )


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
_PRICED = re.compile(
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
                one for one, text in found if is_plea(text, least=_BARE) and not _PRICED.search(text)
            ]
        elif not lists and (is_plea(said := " ".join(texts)) or _is_gated(box, said)):
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
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)  # found faster than in a set


def _asks(box: etree._Element, texts: list[str]) -> bool:
    """Whether there is a field to fill in in *box*, and no paragraph."""
    return max(map(size_of, texts)) < _PROSE and any(
        one.tag != "input" or one.get("type") not in _TICKS for one in box.iter(*_FIELDS)
    )


def _is_gated(box: etree._Element, said: str) -> bool:
    """Whether the words *said* ask for an account, to which a link or button in *box* leads."""
    leads = (one.text or "" for one in box.iter("a", "button"))
    return any(map(asks_for_account, leads)) and is_gate(said, language=language_of(box))


def _is_machine(box: etree._Element, drafts: list[Draft]) -> bool:
    """Whether there is a price in *box*, or a button and more than headings, and no paragraph."""
    texts = [draft.block.text for draft in drafts]
    if max(map(size_of, texts)) >= _PROSE:
        return False
    lines = [draft.block.text for draft in drafts if draft.block.kind is not BlockKind.TABLE_ROW]
    if any(_PRICED.fullmatch(text) for text in lines if len(text) < _PRICE_LONGEST):
        return True  # a row of a table has its price next to what it is of
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
    text, kind = draft.block.text, draft.block.kind
    short = len(text) <= _OVER and kind is BlockKind.PARAGRAPH and not ends_sentence(text)
    return short or kind is BlockKind.HEADING
