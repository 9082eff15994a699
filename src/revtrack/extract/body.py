"""One pass over the framing element: blocks of text with their links and media."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.frame import Frame
from revtrack.extract.pen import Draft, Pen
from revtrack.extract.vocabulary import Verdict
from revtrack.model import BlockKind, Media, MediaKind

__all__ = ["drafts"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIP = _names(
    """
    script style noscript nav footer form button select template svg menu dialog head input textarea
    label object iframe title canvas datalist audio video aside math map option progress meter rp rt
    """
)
# Elements that begin on a line of their own (the rendering section of the HTML standard); all
# others, and
# those that nobody knows, are part of a line.
_BLOCK = _names(
    """
    address article aside blockquote body caption center colgroup dd details dialog dir div dl dt
    fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main
    menu nav ol
    optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """
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
# What is left out even where it is named a correction: menus and code hold no article.
_NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "form",
        "button",
        "select",
        "svg",
    ]
)
_CELLS = frozenset(["td", "th"])
# Elements that make a table row part of a page's layout rather than of a table.
_LAYOUT = (
    "p",
    "div",
    "table",
    "ul",
    "ol",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "section",
    "article",
)


def drafts(frame: Frame) -> list[Draft]:
    """The blocks inside *frame* in reading order, without furniture elements."""
    pen = Pen()
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
    if frame.names.verdict(top) is Verdict.NOTICE:
        pen.notice = top
    done: etree._Element | None = None
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        text = None
        if event == "start":
            if _begin(element, Verdict.BODY if element is top else None, frame, pen):
                text = element.text
            else:
                walker.skip_subtree()
                done = element
        else:
            if element is not done:
                _end(element, pen)
            if element is not top:
                text = element.tail
        if text:
            pen.parts.append(text)
    pen.flush(top)


def _begin(element: etree._Element, verdict: Verdict | None, frame: Frame, pen: Pen) -> bool:
    """Open the element; whether what is in it is to be looked at (False: left out, or written)."""
    tag = str(element.tag)
    known = frame.names.verdict(element) if verdict is None else verdict
    inline = tag not in _BLOCK and known is not Verdict.CAPTION
    if (
        verdict is None
        and (known >= Verdict.NOTICE or tag in _SKIP)
        and _is_left_out(element, tag, known, frame, pen)
    ):
        if not inline and pen.parts:
            pen.flush(element)
        return False
    if tag == "p" and len(element) == 0 and known is not Verdict.CAPTION:
        _write_plain(pen, element)
        return False
    if inline:
        _open_inline(pen, element, tag)
    elif tag not in _CELLS or not pen.in_row():
        _open_block(pen, element, tag, known)
    return True


def _end(element: etree._Element, pen: Pen) -> None:
    """Close the element."""
    tag = str(element.tag)
    if tag in _BLOCK or (pen.kinds and pen.kinds[-1][0] is element):
        _close_block(pen, element, tag)
    elif tag == "a":
        pen.close_link()


def _write_plain(pen: Pen, element: etree._Element) -> None:
    """A paragraph without any element in it: most of them are so."""
    pen.flush(element)
    if element.text:
        pen.parts.append(element.text)
        pen.flush(element)
    if pen.notice is element:
        pen.notice = None


def _close_block(pen: Pen, element: etree._Element, tag: str) -> None:
    if tag in _CELLS and pen.in_row():
        pen.parts.append(" ")
        return
    pen.flush(element)
    if pen.kinds and pen.kinds[-1][0] is element:
        pen.kinds.pop()
    if pen.notice is element:
        pen.notice = None


def _is_left_out(element: etree._Element, tag: str, verdict: Verdict, frame: Frame, pen: Pen) -> bool:
    """Whether the element and all that is in it are left out of the article."""
    if verdict is Verdict.NOTICE and tag not in _NEVER:
        if pen.notice is None and tag in _BLOCK:
            pen.notice = element
        return False
    return tag in _SKIP or frame.is_furniture(element)


def _open_inline(pen: Pen, element: etree._Element, tag: str) -> None:
    if tag == "a":
        pen.open_link(element.get("href") or "")
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
                    Media(
                        MediaKind.IMAGE,
                        src,
                        " ".join((element.get("alt") or "").split()),
                    )
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


def _open_block(pen: Pen, element: etree._Element, tag: str, verdict: Verdict) -> None:
    pen.flush(element)
    kind = _KINDS.get(tag)
    if kind is BlockKind.TABLE_ROW and next(element.iter(*_LAYOUT), None) is not None:
        kind = None
    if verdict is Verdict.CAPTION:
        kind = BlockKind.CAPTION
    if kind is not None:
        pen.kinds.append((element, kind))
