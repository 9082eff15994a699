"""Gathering text: parts of it become blocks with single spaces, with the links' places in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

import attrs
from lxml import etree

from revtrack.extract.block_kinds import as_lines, is_about_text, key_cell
from revtrack.extract.elements import BREAK, joins, language_of, raw_text, single_spaced, upwards
from revtrack.extract.labels import without_counter
from revtrack.model import Block, BlockKind, Link, Media, Span, Struck
from revtrack.notices.recognizing import begins_notice

__all__ = ["BlockBuilder", "Draft", "join_initial", "reference", "withdrawn_in"]

_STYLED = etree.XPath("descendant-or-self::*/@style/..")
_NAMED = etree.XPath("descendant-or-self::*/@class/..")
# All names at once are looked over in a fifth of the time of asking each element.
_CLASSES = etree.XPath("descendant-or-self::*/@class", smart_strings=False)
_STRIKING = ("strik", "struck", "line-through")
_STRUCK_TAGS = frozenset(["del", "s", "strike"])
_STRUCK_NAMES = re.compile(
    r"(?:^|[\s_-])(?:strike(?:d|out)?|strike-?through|strikethrough|struck(?:-?out|-?through)?"
    r"|line-through|linethrough)(?=$|[\s_])"
)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_UNSTRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:\s*none")

_LONGEST_REFERENCE = 8
"""Characters of a superscript that refers: *12*, *[3]*, *note 4*; range 4 to 12."""
# Letters that are no words by themselves.
_CONSONANTS = frozenset("BCDFGHJLMNPQRTX")
_COUNTED = re.compile(r"[\[(]?\d{1,3}[\])]?")
_SYMBOL = re.compile(r"(?:^|[\W\d_])[^\W\d_]{1,2}$")
"""What a number raised behind it is the power of: units and variables, of one or two letters."""


def withdrawn_in(tops: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """The elements inside *tops* whose words are struck out."""
    found: list[etree._Element] = []
    for top in tops:
        found += [*top.iter(*_STRUCK_TAGS), *_STYLED(top)]
        names = " ".join(_CLASSES(top))
        if any(word in names for word in _STRIKING):
            found += _NAMED(top)
    return frozenset(filter(_is_struck, found))


def _is_struck(element: etree._Element) -> bool:
    style = element.get("style") or ""
    if element.tag in _STRUCK_TAGS:
        return _UNSTRUCK_STYLE.search(style) is None
    named = _STRUCK_NAMES.search((element.get("class") or "").lower())
    return named is not None or _STRUCK_STYLE.search(style.lower()) is not None


def reference(raised: etree._Element, before: Sequence[str]) -> str | None:
    """A superscript or link as the mark of a reference, such as *[2]*; None where it is none.

    It holds a link inside the page, or is a number behind a word, which the parts *before* it end in.
    """
    words = raw_text(raised).strip()
    if not words or len(words) > _LONGEST_REFERENCE:
        return None
    if raised.tag == "a":
        joined = bool(before) and before[-1][-1:].strip() != ""
        if not (joined and _COUNTED.fullmatch(words) and (raised.get("href") or "").startswith("#")):
            return None
    elif not any((link.get("href") or "").startswith("#") for link in _links(raised)):
        line = next((part for part in reversed(before) if part), "")
        if not _COUNTED.fullmatch(words) or line[-1:].isspace() or not line:
            return None
        if line[-1].isdigit() or _SYMBOL.search(line):
            return None
    return words if words[0] in "[(" else f"[{words}]"


def _links(raised: etree._Element) -> list[etree._Element]:
    around = raised.getparent()
    held = list(raised.iter("a"))
    return held if around is None or around.tag != "a" else [*held, around]


def join_initial(parts: list[str]) -> None:
    """Join an enlarged first letter to its word, whatever white space the markup has between them."""
    letters = [number for number, part in enumerate(parts) if not part.isspace() and part]
    if len(letters) > 1 and (initial := parts[letters[0]].strip()) in _CONSONANTS:
        following = parts[letters[1]].lstrip()
        if following[:1].islower():
            parts[letters[0]], parts[letters[1]] = initial, following
            for number in range(letters[0] + 1, letters[1]):
                parts[number] = ""


# How elements are called that show pictures one by one, and how far around a caption they are.
_SHOW = re.compile(r"slide|galler|carousel|swiper|lightbox", re.IGNORECASE)
_SHOWN = 4

_CAPTION, _HEADING, _PARAGRAPH = BlockKind.CAPTION, BlockKind.HEADING, BlockKind.PARAGRAPH


def _lines(parts: list[str]) -> str:
    """The text of *parts* with its lines: as long as with spaces for the breaks."""
    lines: list[list[str]] = [[]]
    for part in parts:
        if part is BREAK:
            lines.append([])
        else:
            lines[-1].append(part)
    return "\n".join([text for line in lines if (text := single_spaced("".join(line)))])


@attrs.define
class Draft:
    """A block and what the choice of blocks needs to know of it.

    `linked` counts its characters that are links; `holder` is its element. It is `named` a correction
    or note, or `marked`: that or kept by a site rule; a `card` is inside a link that holds whole
    blocks.
    """

    block: Block
    linked: int
    holder: etree._Element
    marked: bool = False
    card: bool = False
    named: bool = False


@attrs.define
class BlockBuilder:
    """The text that is being gathered for the next block, and the blocks that are written.

    `kinds` and `opened` are elements around the text that give it its kind and its links. `notice` is
    one that is named a correction or note, `kept` one that a site rule keeps; `keeps_line` says that it
    keeps some of the line, `rescues` counts what is kept in spite of what is around it. `whole` is the
    element that becomes one block. `withdrawn` are elements whose words are struck out, `striking` the
    first parts of the open ones, `strikes` the parts of the closed ones, `alone` paragraphs before any
    block.
    """

    drafts: list[Draft] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    links: list[tuple[int, int, str]] = attrs.field(factory=list)
    media: list[Media] = attrs.field(factory=list)
    kinds: list[tuple[etree._Element, BlockKind]] = attrs.field(factory=list)
    opened: list[tuple[int, str]] = attrs.field(factory=list)
    notice: etree._Element | None = None
    kept: etree._Element | None = None
    keeps_line: bool = False
    rescues: int = 0
    whole: etree._Element | None = None
    withdrawn: frozenset[etree._Element] = frozenset()
    striking: list[int] = attrs.field(factory=list)
    strikes: list[tuple[int, int]] = attrs.field(factory=list)
    alone: list[str] = attrs.field(factory=list)

    def part(self) -> None:
        """What follows stands apart, in a block that is written whole."""
        if self.parts:
            self.parts.append(BREAK)

    def close_link(self) -> None:
        """The link that began last ends here."""
        if self.opened:
            first, href = self.opened.pop()
            self.links.append((first, len(self.parts), href))

    def close_struck(self) -> None:
        """The words that are struck out end here."""
        if self.striking and (first := self.striking.pop()) < len(self.parts):
            self.strikes.append((first, len(self.parts)))

    def _take_struck(self) -> tuple[Struck, ...]:
        """Take the words that are struck out from the parts."""
        ranges = [*self.strikes, *[(first, len(self.parts)) for first in self.striking]]
        self.strikes, self.striking = [], [0] * len(self.striking)
        found = []
        taken, length, parted = 0, 0, False  # what is before, as a single-spaced text
        for first, stop in sorted(ranges, key=lambda one: (one[0], -one[1])):
            between = "".join(self.parts[taken:first])
            if words := single_spaced(between):
                length += len(words) + ((parted or between[0].isspace()) and length > 0)
            parted = between[-1].isspace() if words else parted or between != ""
            words = single_spaced("".join(self.parts[max(first, taken) : stop]))
            for number in range(max(first, taken), stop):
                self.parts[number] = ""
            taken = max(taken, stop)
            if words:
                found.append(Struck(words, length))
        return tuple(found)

    def _strike_alone(self, struck: tuple[Struck, ...]) -> None:
        """A paragraph that is struck out as a whole goes with the block before it, or after."""
        if not self.drafts:
            self.alone += [one.text for one in struck]
            return
        block = self.drafts[-1].block
        after = [attrs.evolve(one, at=len(block.text)) for one in struck]
        block = attrs.evolve(block, struck=(*block.struck, *after))
        self.drafts[-1] = attrs.evolve(self.drafts[-1], block=block)

    def flush(self, holder: etree._Element) -> None:
        """Close the block that is being gathered, if any; *holder* is the element around it."""
        if not self.parts:
            return
        for first, href in self.opened:
            self.links.append((first, len(self.parts), href))
        struck = self._take_struck() if self.strikes or self.striking else ()
        kind = self.kinds[-1][1] if self.kinds else _PARAGRAPH
        code = kind is BlockKind.CODE
        joined = "".join(self.parts)
        if not joined.isascii() and BREAK in self.parts and not code and kind is not BlockKind.EMBED:
            _join_lines(self.parts)
            joined = "".join(self.parts)
        text = as_lines(joined) if code else single_spaced(joined)
        if text:
            links = _places(self.parts, self.links) if self.links and not code else ()
            self.write(
                text if kind is not BlockKind.EMBED else _lines(self.parts), links, holder, struck
            )
        elif struck:
            self._strike_alone(struck)
        self.parts = []
        if self.links:
            self.links = []
        if self.opened:
            self.opened = [(0, href) for _, href in self.opened]

    def finish(self) -> None:
        """Give what media are left to the last block."""
        if self.media and self.drafts:
            last = self.drafts[-1]
            media = (*last.block.media, *self.media)
            self.drafts[-1] = attrs.evolve(last, block=attrs.evolve(last.block, media=media))
            self.media = []

    def write(
        self,
        text: str,
        links: tuple[Link, ...],
        holder: etree._Element,
        struck: tuple[Struck, ...] = (),
    ) -> None:
        """A block of single-spaced *text* in *holder*; a notice in a caption is one, too."""
        kinds = self.kinds
        element, kind = kinds[-1] if kinds else (holder, _PARAGRAPH)
        if kind is _CAPTION and not (
            self.notice is not None
            or self.kept is element
            or begins_notice(text, language=language_of(holder))
            or is_about_text(element)
        ):
            if self.media and not self.media[-1].caption:
                around = (one.get("class") or "" for one in islice(upwards(element), _SHOWN))
                caption = without_counter(text, shows=any(map(_SHOW.search, around)))
                self.media[-1] = attrs.evolve(self.media[-1], caption=caption)
            return
        level = int(str(element.tag)[1]) if kind is _HEADING else None
        linked = sum([len(link.span) for link in links]) if links else 0
        media: tuple[Media, ...] = ()
        if self.media and kind is not _CAPTION:  # else its words may still come
            media, self.media = tuple(self.media), []
        if self.alone:
            struck, self.alone = (*[Struck(words, 0) for words in self.alone], *struck), []
        key = key_cell(element) if kind is BlockKind.TABLE_ROW else None
        block = Block(kind, text, links, media, level, key=key, struck=struck)
        marked = self.notice is not None or self.kept is not None or self.keeps_line
        named = self.notice is not None
        card = any(href for _, href in self.opened)
        self.drafts.append(Draft(block, linked, holder, marked, card, named))
        self.keeps_line = False


def _join_lines(parts: list[str]) -> None:
    """Take out the breaks between lines of a script that sets no spaces."""
    for number in range(1, len(parts) - 1):
        before, after = parts[number - 1].rstrip(), parts[number + 1].lstrip()
        if parts[number] is BREAK and joins(before, after):
            parts[number - 1 : number + 2] = [before, "", after]


def _places(parts: list[str], links: list[tuple[int, int, str]]) -> tuple[Link, ...]:
    """The links (first part, part after the last, address) with their spans in the text of *parts*."""
    starts, stops = [-1] * len(parts), [0]
    length, gap = 0, False
    for number, part in enumerate(parts):
        if words := single_spaced(part):
            if length and (gap or part[0].isspace()):
                length += 1
            starts[number] = length
            length += len(words)
            gap = part[-1].isspace()
        elif part:
            gap = True
        stops.append(length)
    following = length
    for number in range(len(parts) - 1, -1, -1):
        if starts[number] < 0:
            starts[number] = following
        following = starts[number]
    return tuple(
        [
            Link(Span(starts[first], stops[last]), href)
            for first, last, href in sorted(links)
            if href and first < last and starts[first] < stops[last]
        ]
    )
