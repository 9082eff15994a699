"""Which of the blocks in the frame are the article: what stands around it goes, by rules in order.

Each rule looks at the blocks that are left and says which go. A block whose element is named a
correction or editor's note, or that begins like one, is never taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import pairwise, takewhile

import attrs
from lxml import etree

from revtrack.extract.block_builder import Draft
from revtrack.extract.block_kinds import numbers_lines
from revtrack.extract.elements import language_of, size_of, upwards
from revtrack.extract.headlines import letters_of
from revtrack.extract.labels import (
    COUNTER_LONGEST,
    LABEL_LONGEST,
    are_counters,
    begins_byline,
    ends_sentence,
    is_counter,
    is_dateline,
    is_label,
    is_related_label,
    leads_to_document,
    names_in,
)
from revtrack.extract.pleas import boxes, is_closing, leads_to_terms
from revtrack.model import Block, BlockKind, Media
from revtrack.notices.recognizing import begins_notice

__all__ = ["RULES", "Shown", "chosen", "decided"]

# The share of a block's characters that are links from which it is nothing but links (range .5 to 1).
_LINKED = 0.8
# The length from which a block is running text rather than a label, in characters (range 40 to 150).
_PROSE = 80
# What ends a sentence that asks nothing, and the shortest (range 15 to 40: labels are shorter).
_STOPS, _SENTENCE = (".", "。", "।"), 20
# What ends the topic before the headline of another article, and the shortest such headline, in
# characters (range 25 to 50: names and terms in a list of facts are shorter).
_TOPIC, _TITLE = (":", "：", "?", "？"), 30
# The longest link that is a topic an article is filed under, in characters (range 15 to 40).
_TOPICS = 25
# How many other blocks may stand among the closing words at the end (range 0 to 5).
_BETWEEN = 2
# The kinds of blocks that may be counters: a heading of few words is over something.
_COUNTING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)  # found faster than in a set
# The most blocks of a box whose heading may be left over.
_BOX = 60
# How many blocks of running text may stand before a byline: the summary under the headline (range 0
# to 2).
_SUMMARY = 1
# The longest word for *by* that a name is shown with, in characters (range 0 to 12).
_BY = 8


@attrs.frozen
class Shown:
    """What the page shows of the article beside its text: the headline's variants, and the byline."""

    headlines: frozenset[str] = frozenset()
    byline: str = ""

    def is_byline(self, text: str) -> bool:
        """Whether *text* is the byline, or a name in it."""
        return len(text) <= len(self.byline) + _BY and names_in(text) <= names_in(self.byline)


def chosen(drafts: list[Draft], shown: Shown) -> tuple[Draft, ...]:
    """The drafts of the article's blocks, in reading order."""
    left: list[Draft] = []
    early: tuple[Media, ...] = ()
    for draft, rule in zip(drafts, decided(drafts, shown), strict=True):
        block = draft.block
        if rule is None:
            left.append(_with_media(draft, early) if early else draft)
            early = ()
        elif block.media and (block.kind is BlockKind.EMBED or not any(map(str.isalpha, block.text))):
            if left:  # posts of which only a link is on the page, and pictures before a sign
                left[-1] = _with_media(left[-1], block.media)
            else:
                early += block.media
    return tuple(left)


def _with_media(draft: Draft, media: tuple[Media, ...]) -> Draft:
    return attrs.evolve(draft, block=attrs.evolve(draft.block, media=(*draft.block.media, *media)))


def decided(drafts: list[Draft], shown: Shown) -> list[str | None]:
    """For each of *drafts* the name of the rule that drops it, or None where it is kept."""
    rules: dict[int, str] = {}
    left = drafts
    for name, rule in RULES:
        gone = [left[number] for number in rule(left, shown)]
        if dropped := {id(draft): name for draft in gone if not _is_safe(draft, shown.headlines)}:
            rules |= dropped
            left = [draft for draft in left if id(draft) not in dropped]
    for draft in _left_over(drafts, rules) if rules else ():
        if not _is_safe(draft, shown.headlines):
            rules[id(draft)] = "left over"
    return [rules.get(id(draft)) for draft in drafts]


def _left_over(drafts: list[Draft], rules: Mapping[int, str]) -> Iterator[Draft]:
    """The headings of boxes in which all else was links, and is dropped."""
    for number, (draft, after) in enumerate(pairwise(drafts)):
        if id(after) not in rules or id(draft) in rules or draft.block.media:
            continue
        if draft.block.kind is not BlockKind.HEADING:
            continue
        box = draft.holder.getparent()
        rest = [*takewhile(partial(_is_in, box), drafts[number + 1 : number + _BOX])]
        if len(rest) == _BOX - 1 or (number and _is_in(box, drafts[number - 1])):
            continue
        links = [one for one in rest if rules.get(id(one)) in ("links", "related")]
        linked = sum([len(one.block.text) for one in links])
        if linked >= _TITLE and all(id(one) in rules for one in rest):
            yield draft


def _is_in(box: etree._Element | None, draft: Draft) -> bool:
    return box is not None and box in upwards(draft.holder)


def _is_safe(draft: Draft, headlines: Collection[str]) -> bool:
    """Whether no rule is for this block; the headline is no text even where all around it is."""
    if draft.marked and draft.block.text not in headlines:
        return True
    return begins_notice(draft.block.text, language=language_of(draft.holder))


def _is_prose(draft: Draft) -> bool:
    """Whether the block is running text: long, or short and none of the things that labels are."""
    return size_of(draft.block.text) >= _PROSE and draft.block.kind is not BlockKind.HEADING


def _is_sentence(draft: Draft) -> bool:
    return size_of(draft.block.text) >= _SENTENCE and ends_sentence(draft.block.text)


def _is_linked(draft: Draft) -> bool:
    return draft.linked > 0 and draft.linked > _LINKED * len(draft.block.text)


def _heads_section(draft: Draft) -> bool:
    """Whether a heading is that of a section: others and paragraphs are next to it, not in boxes."""
    holder = draft.holder
    above = holder.getparent() if draft.block.kind is BlockKind.HEADING else None
    tags = [one.tag for one in above] if above is not None else []
    return tags.count(holder.tag) > 1 and "p" in tags


def _headline(drafts: list[Draft], shown: Shown) -> set[int]:
    """The headline is kept apart from the body, and what stands above it: its section, a date."""
    headlines = shown.headlines
    letters = {letters_of(text) for text in headlines}
    gone: set[int] = set()
    under = False
    for number, draft in enumerate(drafts):
        heads = draft.block.kind is BlockKind.HEADING
        if under and heads and draft.holder.tag != "h1":
            continue  # that of a section, called as the article is
        if draft.block.text in headlines or (heads and letters_of(draft.block.text) in letters):
            gone.add(number)
        under = under or _is_prose(draft)
    first = min(gone, default=0)
    if not any(_is_prose(draft) and not _is_over(draft, drafts[first]) for draft in drafts[:first]):
        gone.update(range(first))
    return gone


def _is_over(draft: Draft, headline: Draft) -> bool:
    """Whether the block is in the header of something else than the headline: of the site."""
    header = next(draft.holder.iterancestors("header"), None)
    return header is not None and header not in headline.holder.iterancestors()


def _labels(drafts: list[Draft], _: Shown) -> set[int]:
    """Cards that link elsewhere, buttons and other labels."""
    return {
        number
        for number, draft in enumerate(drafts)
        if draft.card
        or is_label(draft.block.text)
        or (draft.block.kind is BlockKind.CODE and numbers_lines(draft.block.text))
    }


def _counters(drafts: list[Draft], _: Shown) -> set[int]:
    """Share buttons and what is counted beside them: each by itself, or all that one element holds."""
    short = [
        number
        for number, draft in enumerate(drafts)
        if len(draft.block.text) <= COUNTER_LONGEST and draft.block.kind in _COUNTING
    ]
    gone = {number for number in short if is_counter(drafts[number].block.text)}
    parents = [draft.holder.getparent() for draft in drafts] if gone else []
    groups: dict[etree._Element | None, list[int]] = {parents[number]: [] for number in gone}
    for number, parent in enumerate(parents):
        if parent in groups:
            groups[parent].append(number)
    for beside in groups.values():
        if are_counters([drafts[number].block.text for number in beside]):
            gone.update(beside)
    return gone


def _related(drafts: list[Draft], _: Shown) -> set[int]:
    """A label such as "Read also", with the links or cards that follow it."""
    gone: set[int] = set()
    for number, draft in enumerate(drafts):
        text = draft.block.text
        if len(text) > LABEL_LONGEST or number in gone or not is_related_label(text):
            continue
        gone.add(number)
        place = draft.holder.getparent()
        for following in range(number + 1, len(drafts)):
            after = drafts[following]
            if not _is_linked(after) and (
                (after.holder.getparent() is place and after.holder.tag == "p")
                or draft.block.kind is not BlockKind.HEADING is after.block.kind
            ):
                break
            if place is None or place not in upwards(after.holder):
                break
            gone.add(following)
    return gone


def _links(drafts: list[Draft], _: Shown) -> set[int]:
    """Blocks that are nothing but links, or a label such as "Read also" and links."""
    gone: set[int] = set()
    under = False
    last = max((number for number, draft in enumerate(drafts) if _is_prose(draft)), default=0)
    for number, draft in enumerate(drafts):
        if not draft.linked:
            under = under or _is_prose(draft)
        elif (rest := _without_links(draft.block)) and (
            is_related_label(rest)
            or is_label(rest)
            or _announces(draft.block, rest)
            or (number > last and _lists_topics(draft.block, rest))
        ):
            gone.add(number)
        elif not _is_linked(draft) or (under and _heads_section(draft)):
            under = under or _is_prose(draft)
        elif not (under and leads_to_document(draft.block)):
            gone.add(number)
    return gone


def _announces(block: Block, rest: str) -> bool:
    """Whether an item is a headline that links to its article, and *rest* is the topic before it."""
    if block.kind is not BlockKind.LIST_ITEM or not rest.endswith(_TOPIC) or len(block.links) > 1:
        return False
    title = block.text[block.links[0].span.start : block.links[0].span.stop]
    return block.text.endswith(title) and size_of(title) >= _TITLE and "://" not in title


def _lists_topics(block: Block, rest: str) -> bool:
    """Whether a block is a label with a colon and, behind it, several links of a word or a number."""
    names = [block.text[link.span.start : link.span.stop] for link in block.links]
    short = all(len(name) <= _TOPICS and not ends_sentence(name) for name in names)
    return short and len(names) > 1 and rest.rstrip(" ,;|·0123456789").endswith(_TOPIC[:2])


def _without_links(block: Block) -> str:
    """What of a block is no link."""
    parts, done = [], 0
    for link in block.links:
        parts.append(block.text[done : link.span.start])
        done = link.span.stop
    return "".join([*parts, block.text[done:]]).strip()


def _top_matter(drafts: list[Draft], shown: Shown) -> set[int]:
    """Dates, bylines and sections before the running text, or between it and a summary before it."""
    gone: set[int] = set()
    passed = 0
    runs = _is_prose if any(map(_is_prose, drafts)) else _is_sentence  # short ones may be all there is
    for number, draft in enumerate(drafts):
        if runs(draft) and (passed := passed + 1) > _SUMMARY:
            break
        text, headed = draft.block.text, draft.block.kind is BlockKind.HEADING
        dated = is_dateline(text) and (begins_byline(text) or not (passed or headed))
        if dated or shown.is_byline(text):
            gone.add(number)
    return gone


def _end_matter(drafts: list[Draft], _: Shown) -> set[int]:
    """Words about the writer, the newsletter, comments and rights at the end."""
    gone = {number for number, draft in enumerate(drafts) if leads_to_terms(draft.block)}
    others = 0
    for number in range(len(drafts) - 1, 0, -1):
        text = drafts[number].block.text
        if number in gone or is_closing(text) or _is_foot(drafts[number], drafts[number - 1]):
            gone.add(number)
        elif (others := others + 1) > _BETWEEN:
            break
    return gone


def _is_foot(draft: Draft, before: Draft) -> bool:
    """Whether the block is a line of the page itself, below the paragraphs that its boxes hold."""
    above = draft.holder.getparent()
    is_line = draft.holder.tag == "div" and above is not None and above.tag == "body"
    is_short = size_of(draft.block.text) < _PROSE and not _is_sentence(draft)
    return is_line and is_short and before.holder.tag == "p" and before.holder.getparent() is not above


def _empty_headings(drafts: list[Draft], _: Shown) -> set[int]:
    """Headings and labels at the end, with nothing under them: no text and, of several, no picture."""
    gone: set[int] = set()
    for number in range(len(drafts) - 1, 0, -1):
        block, before = drafts[number].block, drafts[number - 1].block
        if block.kind is BlockKind.HEADING:
            if block.text.endswith(_STOPS) and size_of(block.text) >= _SENTENCE:
                break  # running text that a site sets as a heading, for its size
            if block.media and before.media and before.kind is BlockKind.HEADING:
                break
        elif block.media or len(block.text) > LABEL_LONGEST or not block.text.endswith((":", "：")):
            break
        gone.add(number)
    return gone


RULES: list[tuple[str, Callable[[list[Draft], Shown], set[int]]]] = [
    ("headline", _headline),
    ("labels", _labels),
    ("counters", _counters),
    ("related", _related),
    ("links", _links),
    ("boxes", lambda drafts, _: boxes(drafts)),
    ("top matter", _top_matter),
    ("end matter", _end_matter),
    ("empty headings", _empty_headings),
]
