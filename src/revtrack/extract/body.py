"""One pass over the framing element: blocks of text with their links and media."""

from __future__ import annotations

import attrs
from lxml import etree

from revtrack.extract.frame import Frame
from revtrack.extract.vocabulary import Verdict
from revtrack.model import Block, BlockKind, Link, Media, MediaKind, Span

__all__ = ["Draft", "drafts"]

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "footer",
        "form",
        "button",
        "select",
        "template",
        "svg",
        "menu",
    ]
    + [
        "dialog",
        "head",
        "input",
        "textarea",
        "label",
        "object",
        "iframe",
        "title",
        "canvas",
        "datalist",
    ]
    + ["audio", "video", "aside", "math", "map", "option", "progress", "meter", "rp", "rt"]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    ]
    + [
        "ins",
        "kbd",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
    ]
    + [
        "tt",
        "u",
        "var",
        "wbr",
        "picture",
        "source",
        "img",
        "br",
        "nobr",
        "amp-img",
        "rb",
        "big",
        "blink",
    ]
)
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "tr": BlockKind.TABLE_ROW,
    "pre": BlockKind.CODE,
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], BlockKind.HEADING),
}
_IMAGE_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
# A line break; two of them with nothing between part paragraphs.
_BREAK = "\n"
# Elements that make a table row part of a page's layout rather than of a table.
_LAYOUT = ("p", "div", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "section", "article")


@attrs.frozen
class Draft:
    """A block and what the choice of blocks needs to know of it.

    `linked` counts its characters that are links; `holder` is the element that it stands in;
    `marked` says that its element is named a correction or note, `card` that it stands inside a link
    that holds whole blocks.
    """

    block: Block
    linked: int
    holder: etree._Element
    marked: bool = False
    card: bool = False


@attrs.define
class _Pen:
    """The text that is being gathered for the next block."""

    drafts: list[Draft] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    links: list[tuple[int, int, str]] = attrs.field(factory=list)
    media: list[Media] = attrs.field(factory=list)
    kinds: list[tuple[etree._Element, BlockKind]] = attrs.field(factory=list)
    opened: list[tuple[int, str]] = attrs.field(factory=list)
    notice: etree._Element | None = None

    def in_row(self) -> bool:
        """Whether a row of a table is open."""
        return bool(self.kinds) and self.kinds[-1][1] is BlockKind.TABLE_ROW

    def flush(self, holder: etree._Element) -> None:
        """Close the block that is being gathered."""
        if not self.parts:
            return
        for first, href in self.opened:
            self.links.append((first, len(self.parts), href))
        text, links = _normal(self.parts, self.links)
        if text:
            self._write(text, links, holder)
            self.media = []
        self.parts, self.links = [], []
        self.opened = [(0, href) for _, href in self.opened]

    def _write(self, text: str, links: tuple[Link, ...], holder: etree._Element) -> None:
        element, kind = self.kinds[-1] if self.kinds else (holder, BlockKind.PARAGRAPH)
        level = int(str(element.tag)[1]) if kind is BlockKind.HEADING else None
        linked = sum([len(link.span) for link in links])
        block = Block(kind, text, links, tuple(self.media), level)
        self.drafts.append(Draft(block, linked, holder, self.notice is not None, bool(self.opened)))


def drafts(frame: Frame) -> list[Draft]:
    """The blocks inside *frame* in reading order, without furniture elements."""
    pen = _Pen()
    top, names = frame.element, frame.names
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        tag = str(element.tag)
        if event == "start":
            verdict = names.verdict(element) if element is not top else Verdict.BODY
            inline = tag in _INLINE and verdict is not Verdict.CAPTION
            if element is not top and _is_left_out(element, tag, verdict, frame, pen):
                walker.skip_subtree()
                if not inline:
                    pen.flush(element)
                continue
            if inline:
                _open_inline(pen, element, tag)
            elif tag not in ("td", "th") or not pen.in_row():
                pen.flush(element)
                _open_block(pen, element, tag, verdict)
            text = element.text
        else:
            if tag in _INLINE and not (pen.kinds and pen.kinds[-1][0] is element):
                if tag == "a" and pen.opened:
                    first, href = pen.opened.pop()
                    pen.links.append((first, len(pen.parts), href))
            else:
                _close_block(pen, element, tag)
            text = element.tail if element is not top else None
        if text:
            pen.parts.append(text)
    pen.flush(top)
    return pen.drafts


def _close_block(pen: _Pen, element: etree._Element, tag: str) -> None:
    if tag in ("td", "th") and pen.in_row():
        pen.parts.append(" ")
        return
    pen.flush(element)
    if pen.kinds and pen.kinds[-1][0] is element:
        pen.kinds.pop()
    if pen.notice is element:
        pen.notice = None


def _is_left_out(element: etree._Element, tag: str, verdict: Verdict, frame: Frame, pen: _Pen) -> bool:
    """Whether the element and all that is in it are left out of the article."""
    if verdict is Verdict.NOTICE:
        if pen.notice is None and tag not in _INLINE:
            pen.notice = element
        return tag in ("nav", "form", "script", "style")
    if tag in _SKIP:
        return True
    return verdict >= Verdict.SOFT and frame.is_furniture(element)


def _open_inline(pen: _Pen, element: etree._Element, tag: str) -> None:
    if tag == "a":
        pen.opened.append((len(pen.parts), element.get("href") or ""))
    elif tag == "br":
        if _ends_in_break(pen.parts):
            pen.flush(element)
        else:
            pen.parts.append(_BREAK)
    elif tag in ("img", "amp-img"):
        for name in _IMAGE_ADDRESSES:
            src = element.get(name)
            if src and not src.startswith("data:"):
                pen.media.append(
                    Media(MediaKind.IMAGE, src, " ".join((element.get("alt") or "").split()))
                )
                break


def _ends_in_break(parts: list[str]) -> bool:
    """Whether nothing but white space came since the last line break."""
    for part in reversed(parts):
        if part is _BREAK:
            return True
        if not part.isspace():
            return False
    return False


def _open_block(pen: _Pen, element: etree._Element, tag: str, verdict: Verdict) -> None:
    kind = _KINDS.get(tag)
    if kind is BlockKind.TABLE_ROW and next(element.iter(*_LAYOUT), None) is not None:
        kind = None
    if verdict is Verdict.CAPTION:
        kind = BlockKind.CAPTION
    if kind is not None:
        pen.kinds.append((element, kind))


def _normal(parts: list[str], links: list[tuple[int, int, str]]) -> tuple[str, tuple[Link, ...]]:
    """The parts as one text with single spaces, and the links' spans in it."""
    raw = "".join(parts)
    text = " ".join(raw.split())
    if not links or not text:
        return text, ()
    offsets, position = [0], 0
    for part in parts:
        position += len(part)
        offsets.append(position)
    found = []
    for first, last, href in links:
        inside = " ".join(raw[offsets[first] : offsets[last]].split())
        if inside and href:
            start = text.find(inside, len(" ".join(raw[: offsets[first]].split())))
            if start >= 0:
                found.append(Link(Span(start, start + len(inside)), href))
    return text, tuple(found)
