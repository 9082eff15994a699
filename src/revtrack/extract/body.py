"""One pass over the framing element: blocks of text with their links and media."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from revtrack.extract.frame import Names
from revtrack.extract.vocabulary import Verdict
from revtrack.model import Block, BlockKind, Link, Media, MediaKind, Span

__all__ = ["blocks_of"]

_SKIP = frozenset(
    "script style noscript nav footer form button select template svg menu dialog head input textarea label object "
    "iframe title canvas datalist".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr picture source img br nobr amp-img".split()
)
_KINDS = {
    "p": BlockKind.PARAGRAPH,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "tr": BlockKind.TABLE_ROW,
    "pre": BlockKind.CODE,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}
_IMAGE_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")


class _Collector:
    """The text that is being gathered for the next block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.links: list[tuple[int, int, str]] = []
        self.media: list[Media] = []
        self.kinds: list[tuple[BlockKind, int | None]] = []

    def flush(self) -> None:
        """Close the block that is being gathered."""
        if not self.parts and not self.media:
            return
        text, links = _normal(self.parts, self.links)
        kind, level = self.kinds[-1] if self.kinds else (BlockKind.PARAGRAPH, None)
        if text or self.media:
            self.blocks.append(Block(kind, text, links, tuple(self.media), level))
        self.parts, self.links, self.media = [], [], []


def _normal(parts: list[str], links: list[tuple[int, int, str]]) -> tuple[str, tuple[Link, ...]]:
    """The parts as one text with single spaces, and the links' spans in it."""
    raw = "".join(parts)
    text = " ".join(raw.split())
    if not links:
        return text, ()
    offsets, position = [0], 0
    for part in parts:
        position += len(part)
        offsets.append(position)
    found = []
    for first, last, href in links:
        before = " ".join(raw[: offsets[first]].split())
        inside = " ".join(raw[offsets[first] : offsets[last]].split())
        if not inside:
            continue
        start = text.find(inside, max(0, len(before)))
        if start >= 0:
            found.append(Link(Span(start, start + len(inside)), href))
    return text, tuple(found)


def blocks_of(
    frame: etree._Element, names: Names, *, headlines: frozenset[str] = frozenset()
) -> tuple[Block, ...]:
    """The blocks of the article inside *frame*, in reading order, without furniture."""
    got = _Collector()
    parts, walker = got.parts, etree.iterwalk(frame, events=("start", "end"))
    open_links: list[tuple[int, str]] = []
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if element is not frame and (tag in _SKIP or names.verdict(element) is Verdict.FURNITURE):
                walker.skip_subtree()
                if tag not in _INLINE:
                    got.flush()
                continue
            if tag in _INLINE:
                if tag == "a":
                    open_links.append((len(got.parts), element.get("href") or ""))
                elif tag == "br":
                    _break(got)
                elif tag in ("img", "amp-img"):
                    _image(got, element)
            else:
                got.flush()
                if tag in _KINDS and (tag != "p" or not got.kinds):
                    got.kinds.append(
                        (_KINDS[tag], int(tag[1]) if _KINDS[tag] is BlockKind.HEADING else None)
                    )
            if element.text:
                got.parts.append(element.text)
        else:
            if tag in _INLINE:
                if tag == "a" and open_links:
                    first, href = open_links.pop()
                    if first <= len(got.parts):
                        got.links.append((first, len(got.parts), href))
            elif tag not in _SKIP:
                got.flush()
                if got.kinds and tag in _KINDS and got.kinds[-1][0] is _KINDS[tag]:
                    got.kinds.pop()
            if element.tail and element is not frame:
                got.parts.append(element.tail)
    got.flush()
    return tuple(_kept(got.blocks, headlines))


def _break(got: _Collector) -> None:
    """A line break; two in a row part paragraphs."""
    if got.parts and got.parts[-1] == "\n":
        got.flush()
    else:
        got.parts.append("\n")


def _image(got: _Collector, element: etree._Element) -> None:
    for name in _IMAGE_ADDRESSES:
        src = element.get(name)
        if src and not src.startswith("data:"):
            got.media.append(Media(MediaKind.IMAGE, src, " ".join((element.get("alt") or "").split())))
            return


def _kept(blocks: list[Block], headlines: frozenset[str]) -> Iterator[Block]:
    for block in blocks:
        if not block.text:
            continue
        if block.kind is BlockKind.HEADING and block.text in headlines:
            continue
        linked = sum(len(link.span) for link in block.links)
        if linked > 0.8 * len(block.text) and block.kind is not BlockKind.HEADING:
            continue
        yield block
