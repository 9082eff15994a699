"""What is on the page and outside the article: a sum of each text block that was left out.

Two captures whose articles differ by a block that the other page holds outside differ by extraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from lxml import etree

from revtrack.extract.block_builder import Draft
from revtrack.extract.elements import (
    BLOCK,
    BREAK,
    SKIP,
    Scan,
    ends_in_break,
    raw_text,
    single_spaced,
    size_of,
)
from revtrack.extract.frame import Frame
from revtrack.model import Block
from revtrack.text import fold

__all__ = ["left_out", "outside"]

# The shortest text that gets a sum, in folded characters (range 10 to 60): shorter ones are labels, and
# stand on many pages by chance.
_SHORTEST = 25
# The most text that is looked at outside the article: so many times that of the page (range 4 to 16),
# or so many characters. Nested elements could hold the same text a thousand times over.
_AGAIN, _LITTLE = 8, 200_000


def left_out(
    page: Scan, frame: Frame, drafts: Sequence[Draft], blocks: Iterable[Block]
) -> tuple[int, ...]:
    """The sums of the texts on *page* that are not in *blocks*, in order of size.

    *drafts* are all that was written of the frame. What is nothing but links is not looked at.
    """
    # a copy of the body's text outside the frame counts: a comment may quote what the body loses
    texts = {draft.block.text for draft in drafts}.difference([block.text for block in blocks])
    texts.update([text for _, text in outside(page, frame, drafts)])
    sums = {
        crc32(folded.encode("utf-8", "surrogatepass"))
        for text in texts
        if len(text) >= _SHORTEST or not text.isascii()  # else no fold makes it longer
        if size_of(folded := fold(text)) >= _SHORTEST
    }
    return tuple(sorted(sums))


def outside(page: Scan, frame: Frame, drafts: Iterable[Draft]) -> Iterator[tuple[etree._Element, str]]:
    """The lines of text in elements that none of *drafts* was written from, each with its element."""
    written = frozenset([draft.holder for draft in drafts])
    left, least = _LITTLE, True
    for element in dict.fromkeys([*page.paragraphs, *page.loose, *page.items]):
        if element in written:
            continue
        if len(element):
            only = element[0] if len(element) == 1 and not element.text else None
            if only is None or only.tag != "a" or only.tail:  # one link is not all that it holds
                for line in _lines(element, frame):
                    left -= len(line)
                    yield element, single_spaced(line)
                if left < 0 and least:
                    left, least = left + _AGAIN * len(page.root.xpath("string()")), False
                if left < 0:
                    return
        elif text := element.text:
            yield element, single_spaced(text)


def _lines(element: etree._Element, frame: Frame) -> Iterator[str]:
    """The lines of text that stand directly in *element*: blocks in it and double breaks part them."""
    parts = [element.text or ""]
    for child in element[:]:
        tag = str(child.tag)
        if tag in BLOCK or (tag == "br" and ends_in_break(parts)):
            yield "".join(parts)
            parts = []
        elif tag == "br":
            parts.append(BREAK)
        elif tag not in SKIP and not frame.is_furniture(child):
            parts.append(raw_text(child))
        if child.tail:
            parts.append(child.tail)
    yield "".join(parts)
