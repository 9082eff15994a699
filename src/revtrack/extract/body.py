"""One pass over the framing element: blocks of text with their links and media."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.code import paragraphs_of
from revtrack.extract.elements import (
    ASIDE,
    BLOCK,
    BREAK,
    FLAT,
    SKIP,
    ends_in_break,
    hides,
    single_spaced,
)
from revtrack.extract.embeds import PLAYED, embedded, is_embed, is_of_a_quotation, played_by
from revtrack.extract.frame import Frame
from revtrack.extract.inline import join_initial, reference, withdrawn
from revtrack.extract.names import Verdict
from revtrack.extract.noticed import reads_as_notice
from revtrack.extract.pen import Draft, Pen
from revtrack.extract.pictures import image_of, is_picture_box
from revtrack.extract.tables import is_row
from revtrack.model import BlockKind

__all__ = ["drafts"]


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
# What is left out even where it is named a correction: menus and code hold no article.
_NEVER = frozenset(
    ["script", "style", "noscript", "template", "nav", "form", "button", "select", "svg"]
)
# How often something kept may stand in something dropped that stands in something kept, and so on
# (range 3 to 100: rules have one or two; each takes four of Python's calls).
_RESCUES = 20
# A member of an enumeration costs a look-up each time it is named; these are named for each element.
_BODY, _NOTICE, _KEPT, _CAPTION = Verdict.BODY, Verdict.NOTICE, Verdict.KEPT, Verdict.CAPTION
_PICTURE = Verdict.PICTURE
# Kinds of which one element is one block, whatever stands in it.
_MARKS = frozenset(["br", "sup"])
_WHOLE = frozenset([BlockKind.TABLE_ROW, BlockKind.CODE, BlockKind.EMBED])


def drafts(frame: Frame) -> list[Draft]:
    """The blocks inside *frame* in reading order, without furniture elements."""
    tops = [*frame.leads, frame.element, *frame.tails]
    written = _written(frame, withdrawn(tops))
    struck = sum([len(one.text) for draft in written for one in draft.block.struck])
    if struck > sum([len(draft.block.text) for draft in written]):
        return _written(frame, frozenset())  # an element that was never closed, or a style for all
    return written


def _written(frame: Frame, struck: frozenset[etree._Element]) -> list[Draft]:
    """The blocks; *struck* are the elements whose words are struck out."""
    pen = Pen(withdrawn=struck)
    for lead in frame.leads:
        if not frame.is_furniture(lead):
            _walk(lead, frame, pen)
    _walk(frame.element, frame, pen)
    for tail in frame.tails:
        _walk(tail, frame, pen)
    pen.finish()
    return pen.drafts


def _walk(top: etree._Element, frame: Frame, pen: Pen) -> None:
    """Write the blocks inside *top*."""
    known = frame.names.verdict(top)
    pen.notice = top if known is _NOTICE else None
    pen.kept = top if known is _KEPT else None
    if not _begin(top, frame, pen, is_top=True):
        return
    if top is frame.element and pen.kinds and pen.kinds[-1][1] is BlockKind.HEADING:
        pen.kinds.pop()  # what holds the whole article heads nothing, whatever its tag
    if top.text:
        pen.parts.append(top.text)
    # A stack of our own: nesting is deeper than Python calls may be, and etree.iterwalk costs twice.
    opened = [(top, iter(top))]
    while opened:
        element, children = opened[-1]
        for child in children:
            if _begin(child, frame, pen):
                text = child.text
                if text and (pen.parts or not text.isspace()):
                    pen.parts.append(text)
                if len(child):
                    opened.append((child, iter(child)))
                    break
                _end(child, pen)
            text = child.tail
            if text and (pen.parts or not text.isspace()):
                pen.parts.append(text)
        else:
            opened.pop()
            _end(element, pen)
            text = element.tail if opened else None
            if text and (pen.parts or not text.isspace()):
                pen.parts.append(text)
    if pen.parts:
        pen.flush(top)


def _begin(element: etree._Element, frame: Frame, pen: Pen, *, is_top: bool = False) -> bool:
    """Open the element; whether what is in it is to be looked at (False: left out, or written)."""
    tag = str(element.tag)
    if tag in _MARKS and (opens := _mark(pen, element, tag)) is not None:
        return opens
    if frame.rivers and element in frame.rivers:
        if pen.parts:
            pen.flush(element)
        _rescue_from(element, frame, pen)
        return False
    known = _BODY if is_top else frame.names.verdict(element)
    if tag == "p" and known <= _BODY and pen.whole is None and _write_line(pen, element, frame):
        return False
    in_line = tag not in BLOCK and known is not _CAPTION
    if (
        (known >= _NOTICE or tag in SKIP)
        and not is_top
        and _is_left_out(element, tag, known, frame, pen)
    ):
        if not in_line and pen.parts and pen.whole is None:
            pen.flush(element)
        return False
    if in_line:
        _open_inline(pen, element, tag)
    elif pen.whole is not None:
        pen.part()
    elif _is_whole(pen, element, tag) or (not is_top and hides(element) and frame.is_small(element)):
        pen.flush(element)
        return False
    else:
        _open_block(pen, element, tag, known)
    if element in pen.withdrawn:
        pen.open_struck()
    return True


def _is_whole(pen: Pen, element: etree._Element, tag: str) -> bool:
    """Whether the element is preformatted text that is paragraphs and no code: these are written."""
    if tag != "pre" or len(element) or not (paragraphs := paragraphs_of(element.text or "")):
        return False
    pen.flush(element)
    for paragraph in paragraphs:
        pen.write(paragraph, (), element)
    return True


def _mark(pen: Pen, element: etree._Element, tag: str) -> bool | None:
    """Write a line break or a reference, and say what `_begin` does; None for any other superscript."""
    if tag == "br":
        _break(pen, element)
        return True
    mark = reference(element, pen.parts)
    if mark is None:
        return None
    pen.parts.append(mark)
    return False


def _end(element: etree._Element, pen: Pen) -> None:
    """Close the element."""
    tag = element.tag
    if element in pen.withdrawn:
        pen.close_struck()
    if tag in BLOCK or (pen.kinds and pen.kinds[-1][0] is element):
        _close_block(pen, element)
    elif tag == "a":
        pen.close_link()


def _write_line(pen: Pen, element: etree._Element, frame: Frame) -> bool:
    """Write a paragraph that holds nothing but words, links and line breaks, as nearly all do.

    False, and nothing is written, for any other.
    """
    if pen.opened or pen.striking or element in pen.withdrawn:
        return False
    text = element.text
    if len(element) == 0:
        if pen.parts:
            pen.flush(element)
        if text and (text := single_spaced(text)):
            pen.write(text, (), element)
    else:
        parts = [text or ""]
        links: list[tuple[int, int, str]] = []
        if not _gather(element, parts, links, frame, pen.withdrawn):
            return False
        if pen.parts:
            pen.flush(element)
        if "initial" in (names := (element[0].get("class") or "").lower()) or "drop" in names:
            join_initial(parts)
        pen.parts, pen.links = parts, links
        pen.flush(element)
    if pen.notice is element:
        pen.notice = None
    return True


def _gather(
    element: etree._Element,
    parts: list[str],
    links: list[tuple[int, int, str]],
    frame: Frame,
    struck: frozenset[etree._Element],
    *,
    depth: int = 3,
) -> bool:
    """Add the texts of the children of *element*, and what follows each; False for one that is odd."""
    for child in element:
        tag = child.tag
        if tag == "br":
            if len(child) or ends_in_break(parts):
                return False
            parts.append(BREAK)
        elif tag == "sup" and (mark := reference(child, parts)) is not None:
            parts.append(mark)
        elif tag not in FLAT or child in struck or frame.names.verdict(child) > _BODY:
            return False
        else:
            first = len(parts)
            if text := child.text:
                parts.append(text)
            if len(child) and not (
                depth and _gather(child, parts, links, frame, struck, depth=depth - 1)
            ):
                return False
            if tag == "a":
                links.append((first, len(parts), child.get("href") or ""))
        if text := child.tail:
            parts.append(text)
    return True


def _close_block(pen: Pen, element: etree._Element) -> None:
    if pen.whole is None or pen.whole is element:
        if pen.parts:
            pen.flush(element)
        if pen.kinds and pen.kinds[-1][0] is element:
            pen.kinds.pop()
        pen.whole = None
    else:
        pen.part()
    if pen.notice is element:
        pen.notice = None


def _is_left_out(element: etree._Element, tag: str, verdict: Verdict, frame: Frame, pen: Pen) -> bool:
    """Whether the element and all that is in it are left out of the article."""
    if tag in PLAYED and (played := played_by(element, tag)) is not None:
        pen.media.append(played)
    if verdict is _KEPT:
        return _is_apart(element, tag, frame, pen)
    if verdict is _NOTICE and tag not in _NEVER:
        if pen.notice is None and tag in BLOCK:
            pen.notice = element
        return False
    says_who = tag == "footer" and pen.kinds and pen.kinds[-1][1] is BlockKind.QUOTE
    said = says_who or tag not in SKIP or element in frame.names.trusted
    said = said or (tag in ASIDE and reads_as_notice(element))
    if said and not frame.is_furniture(element):
        return False
    _rescue_from(element, frame, pen)
    return True


def _is_apart(element: etree._Element, tag: str, frame: Frame, pen: Pen) -> bool:
    """Whether an element that a site rule keeps is written apart; else it is a part of its line."""
    if element not in frame.kept.roots:
        return False
    if tag not in BLOCK and not any(inner.tag in BLOCK for inner in element.iterdescendants()):
        pen.keeps_line = True
        return False
    _rescue(element, frame, pen)
    return True


def _rescue_from(element: etree._Element, frame: Frame, pen: Pen) -> None:
    """Write what a site rule keeps inside an element that is left out."""
    for one in frame.kept.inside(element):
        _rescue(one, frame, pen)


def _rescue(kept: etree._Element, frame: Frame, pen: Pen) -> None:
    """Write what a site rule keeps, whatever is around it."""
    if pen.parts and (above := kept.getparent()) is not None:
        pen.flush(above)
    if pen.rescues == _RESCUES:
        return
    around = pen.notice, pen.kept, pen.kinds, pen.whole
    pen.whole = None
    if pen.kinds and pen.kinds[-1][1] is BlockKind.CAPTION:
        pen.kinds = []
    pen.rescues += 1
    _walk(kept, frame, pen)
    pen.rescues -= 1
    pen.notice, pen.kept, pen.kinds, pen.whole = around


def _open_inline(pen: Pen, element: etree._Element, tag: str) -> None:
    if tag == "a":
        pen.open_link(element.get("href") or "")
    elif tag in ("img", "amp-img") and (image := image_of(element)) is not None:
        pen.media.append(image)


def _break(pen: Pen, element: etree._Element) -> None:
    """A line break; the second of two parts paragraphs."""
    if pen.whole is not None:
        pen.part()
    elif ends_in_break(pen.parts):
        pen.flush(element)
    elif pen.parts:
        pen.parts.append(BREAK)


def _open_block(pen: Pen, element: etree._Element, tag: str, verdict: Verdict) -> None:
    if pen.parts:
        pen.flush(element)
    kind = _KINDS.get(tag)
    if kind is BlockKind.TABLE_ROW and (pen.in_caption() or not is_row(element)):
        kind = None
    if tag == "figcaption" and is_of_a_quotation(element):
        kind = BlockKind.QUOTE
    elif verdict is _CAPTION or (
        (tag in ("table", "div") or verdict is _PICTURE) and is_picture_box(element, tag, verdict)
    ):
        kind = BlockKind.CAPTION
    if kind is BlockKind.QUOTE and is_embed(element):
        kind = BlockKind.EMBED
        pen.media += embedded(element)
    if kind is not None:
        pen.kinds.append((element, kind))
        if kind in _WHOLE:
            pen.whole = element
