"""One pass over the framing element: blocks of text with their links and media."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.block_builder import BlockBuilder, Draft, join_initial, reference, withdrawn_in
from revtrack.extract.block_kinds import (
    PLAYED,
    embedded,
    image_of,
    is_embed,
    is_picture_box,
    is_row,
    played_by,
)
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
from revtrack.extract.frame import Frame
from revtrack.extract.names import Verdict
from revtrack.extract.surroundings import reads_as_notice
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
_RAISED = ("sup", "a")
_MARKS = frozenset(["br", "sup", "a"])
_WHOLE = (BlockKind.TABLE_ROW, BlockKind.CODE, BlockKind.EMBED)  # found faster than in a set


def drafts(frame: Frame) -> list[Draft]:
    """The blocks inside *frame* in reading order, without furniture elements."""
    withdrawn = withdrawn_in([*frame.leads, frame.element, *frame.tails])
    written = _written(frame, withdrawn)
    if not withdrawn:
        return written
    struck = sum([len(one.text) for draft in written for one in draft.block.struck])
    if struck > sum([len(draft.block.text) for draft in written]):
        return _written(frame, frozenset())  # an element that was never closed, or a style for all
    return written


def _written(frame: Frame, struck: frozenset[etree._Element]) -> list[Draft]:
    """The blocks; *struck* are the elements whose words are struck out."""
    builder = BlockBuilder(withdrawn=struck)
    for lead in frame.leads:
        if not frame.is_furniture(lead):
            _walk(lead, frame, builder)
    _walk(frame.element, frame, builder)
    for tail in frame.tails:
        _walk(tail, frame, builder)
    builder.finish()
    return builder.drafts


def _walk(top: etree._Element, frame: Frame, builder: BlockBuilder) -> None:
    """Write the blocks inside *top*."""
    known = frame.names.verdict(top)
    builder.notice = top if known is _NOTICE else None
    builder.kept = top if known is _KEPT else None
    if not _begin(top, frame, builder, is_top=True):
        return
    if top is frame.element and builder.kinds and builder.kinds[-1][1] is BlockKind.HEADING:
        builder.kinds.pop()  # what holds the whole article heads nothing, whatever its tag
    if top.text:
        builder.parts.append(top.text)
    # From neighbour to neighbour: an iterator over children costs as much as six of them, and nesting
    # is deeper than Python calls may be.
    one = top[0] if len(top) else None
    while one is not None:
        if _begin(one, frame, builder):
            _add(builder, one.text)
            if len(one):
                one = one[0]
                continue
            _end(one, builder)
        _add(builder, one.tail)
        while (after := one.getnext()) is None and (one := one.getparent()) is not top:
            _end(one, builder)
            _add(builder, one.tail)
        one = after
    _end(top, builder)
    if builder.parts:
        builder.flush(top)


def _add(builder: BlockBuilder, text: str | None) -> None:
    """Add *text* to what is gathered; nothing begins with white space."""
    if text and (builder.parts or not text.isspace()):
        builder.parts.append(text)


def _begin(
    element: etree._Element, frame: Frame, builder: BlockBuilder, *, is_top: bool = False
) -> bool:
    """Open the element; whether what is in it is to be looked at (False: left out, or written)."""
    tag = str(element.tag)
    if tag in _MARKS and (opens := _mark(builder, element, tag)) is not None:
        return opens
    if frame.teasers and element in frame.teasers:
        if builder.parts:
            builder.flush(element)
        _rescue_from(element, frame, builder)
        return False
    known = _BODY if is_top else frame.names.verdict(element)
    if tag == "p" and known <= _BODY and builder.whole is None and _write_line(builder, element, frame):
        return False
    in_line = tag not in BLOCK and known is not _CAPTION
    if (
        (known >= _NOTICE or tag in SKIP)
        and not is_top
        and _is_left_out(element, tag, known, frame, builder)
    ):
        if not in_line and builder.parts and builder.whole is None:
            builder.flush(element)
        return False
    if in_line:
        _open_inline(builder, element, tag)
    elif builder.whole is not None:
        builder.part()
    elif not is_top and hides(element) and frame.is_small(element):
        builder.flush(element)
        return False
    else:
        _open_block(builder, element, tag, known)
    if builder.withdrawn and element in builder.withdrawn:
        builder.striking.append(len(builder.parts))
    return True


def _mark(builder: BlockBuilder, element: etree._Element, tag: str) -> bool | None:
    """Write a line break or a reference, and say what `_begin` does; None for what is neither."""
    if tag == "br":
        if builder.whole is not None:
            builder.part()
        elif ends_in_break(builder.parts):  # the second of two parts paragraphs
            builder.flush(element)
        elif builder.parts:
            builder.parts.append(BREAK)
        return True
    mark = reference(element, builder.parts)
    if mark is None:
        return None
    builder.parts.append(mark)
    return False


def _end(element: etree._Element, builder: BlockBuilder) -> None:
    """Close the element."""
    tag = element.tag
    if builder.withdrawn and element in builder.withdrawn:
        builder.close_struck()
    if tag in BLOCK or (builder.kinds and builder.kinds[-1][0] is element):
        _close_block(builder, element)
    elif tag == "a":
        builder.close_link()


def _write_line(builder: BlockBuilder, element: etree._Element, frame: Frame) -> bool:
    """Write a paragraph that holds nothing but words, links and line breaks, as nearly all do."""
    if builder.opened or builder.striking or element in builder.withdrawn:
        return False
    text = element.text
    if len(element) == 0:
        if builder.parts:
            builder.flush(element)
        if text and (text := single_spaced(text)):
            builder.write(text, (), element)
    else:
        parts = [text or ""]
        links: list[tuple[int, int, str]] = []
        if not _gather(element, parts, links, frame, builder.withdrawn):
            return False
        if builder.parts:
            builder.flush(element)
        if "initial" in (names := (element[0].get("class") or "").lower()) or "drop" in names:
            join_initial(parts)
        builder.parts, builder.links = parts, links
        builder.flush(element)
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
    for child in element[:]:
        tag = child.tag
        if tag == "br":
            if len(child) or ends_in_break(parts):
                return False
            parts.append(BREAK)
        elif tag in _RAISED and (mark := reference(child, parts)) is not None:
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


def _close_block(builder: BlockBuilder, element: etree._Element) -> None:
    if builder.whole is None or builder.whole is element:
        if builder.parts:
            builder.flush(element)
        if builder.kinds and builder.kinds[-1][0] is element:
            builder.kinds.pop()
        builder.whole = None
    else:
        builder.part()
    if builder.notice is element:
        builder.notice = None


def _is_left_out(
    element: etree._Element, tag: str, verdict: Verdict, frame: Frame, builder: BlockBuilder
) -> bool:
    """Whether the element and all that is in it are left out of the article."""
    if (
        tag in PLAYED
        and (played := played_by(element, tag)) is not None
        and all(played.src != one.src for one in builder.media)
    ):
        builder.media.append(played)
    if verdict is _KEPT:
        return _is_apart(element, tag, frame, builder)
    if verdict is _NOTICE and tag not in _NEVER:
        if builder.notice is None and tag in BLOCK:
            builder.notice = element
        return False
    says_who = tag == "footer" and builder.kinds and builder.kinds[-1][1] is BlockKind.QUOTE
    said = says_who or tag not in SKIP or element in frame.names.trusted
    said = said or (tag in ASIDE and reads_as_notice(element))
    if said and not frame.is_furniture(element):
        return False
    _rescue_from(element, frame, builder)
    return True


def _is_apart(element: etree._Element, tag: str, frame: Frame, builder: BlockBuilder) -> bool:
    """Whether an element that a site rule keeps is written apart; else it is a part of its line."""
    if element not in frame.kept.roots:
        return False
    if tag not in BLOCK and not any(inner.tag in BLOCK for inner in element.iterdescendants()):
        builder.keeps_line = True
        return False
    _rescue(element, frame, builder)
    return True


def _rescue_from(element: etree._Element, frame: Frame, builder: BlockBuilder) -> None:
    """Write what a site rule keeps inside an element that is left out."""
    for one in frame.kept.inside(element):
        _rescue(one, frame, builder)


def _rescue(kept: etree._Element, frame: Frame, builder: BlockBuilder) -> None:
    """Write what a site rule keeps, whatever is around it."""
    if builder.parts and (above := kept.getparent()) is not None:
        builder.flush(above)
    if builder.rescues == _RESCUES:
        return
    around = builder.notice, builder.kept, builder.kinds, builder.whole
    builder.whole = None
    if builder.kinds and builder.kinds[-1][1] is BlockKind.CAPTION:
        builder.kinds = []
    builder.rescues += 1
    _walk(kept, frame, builder)
    builder.rescues -= 1
    builder.notice, builder.kept, builder.kinds, builder.whole = around


def _open_inline(builder: BlockBuilder, element: etree._Element, tag: str) -> None:
    if tag == "a":
        builder.opened.append((len(builder.parts), element.get("href") or ""))
    elif tag in ("img", "amp-img") and (image := image_of(element)) is not None:
        builder.media.append(image)


def _open_block(builder: BlockBuilder, element: etree._Element, tag: str, verdict: Verdict) -> None:
    if builder.parts:
        builder.flush(element)
    kind = _KINDS.get(tag)
    if kind is BlockKind.TABLE_ROW and (
        (builder.kinds and builder.kinds[-1][1] is BlockKind.CAPTION) or not is_row(element)
    ):
        kind = None
    if verdict is _CAPTION or (
        (tag == "table" or verdict is _PICTURE) and is_picture_box(element, tag, verdict)
    ):
        kind = BlockKind.CAPTION
    if kind is BlockKind.QUOTE and is_embed(element):
        kind = BlockKind.EMBED
        builder.media += embedded(element)
    if kind is not None:
        builder.kinds.append((element, kind))
        if kind in _WHOLE:
            builder.whole = element
