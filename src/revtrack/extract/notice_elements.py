"""Elements that are a notice: asides, footers and boxes outside the text, by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from revtrack.extract.elements import BLOCK, language_of
from revtrack.notices.recognizing import begins_notice, is_notice, may_hold_notice

__all__ = [
    "notices_in",
    "opens_notice",
    "reads_as_notice",
]

# The longest text of a box that is a notice by its words alone, in characters (range 300 to 1,500;
# nothing in the gold sets decides it), and of one in which a notice may stand among other things.
_LONGEST = 800
_LONGEST_BOX = 4000
# The longest sentence on the day of a change before the one that says what it was (range 40 to 80).
_DATED, _STOP = 60, re.compile(r"\. ")
# More links make a box a list of other stories, or the machinery of the page (range 4 to 12).
_LINKS = 6
# The most elements of such a box that are looked at.
_ELEMENTS = 200
_BOXES = frozenset(["aside", "details", "div", "footer", "section", "small"])
_CODE = frozenset(["script", "style"])


def opens_notice(element: etree._Element) -> bool:
    """Whether a paragraph begins with a notice."""
    return begins_notice(_lines(element), language=language_of(element))


def reads_as_notice(element: etree._Element) -> bool:
    """Whether an element, such as an aside, is a notice and as long as one."""
    return _is_notice(_lines(element), language_of(element))


def _is_notice(text: str, language: str | None) -> bool:
    if len(text) > _LONGEST:
        return False
    ends = [end.end() for end in _STOP.finditer(text[:_DATED])]  # *It was changed on 4 April. An …*
    rests = [text[end:] for end in ends if any(map(str.isdigit, text[:end]))]
    return any(is_notice(one, language=language) for one in (text, *rests))


def notices_in(element: etree._Element) -> Iterator[etree._Element]:
    """The notices in a box after the article: the box itself, or what stands in it."""
    if element.tag not in _BOXES:
        return
    if next(islice(element.iter("a"), _LINKS, None), None) is not None:
        return
    text, language = _lines(element), language_of(element)
    if not text or len(text) > _LONGEST_BOX or not may_hold_notice(text, language=language):
        return
    if _is_notice(text, language):
        yield element
        return
    inside = [element]
    while inside:
        for child in islice(inside.pop(), _ELEMENTS):
            if child.tag in ("p", "li") and opens_notice(child):
                yield child
            elif child.tag in _BOXES:
                if reads_as_notice(child):
                    yield child
                elif len(inside) < _ELEMENTS:
                    inside.append(child)


def _lines(element: etree._Element) -> str:
    """The text of an element, each of its blocks on a line of its own; cut where it is too long."""
    lines = [""]
    size = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one.tag in _CODE:
            walk.skip_subtree()
            continue
        if one is not element and one.tag in BLOCK:
            lines.append("")
        text = one.text if event == "start" else one.tail if one is not element else None
        if text and isinstance(one.tag, str | type(None)):
            lines[-1] += text
            size += len(text)
        if size > _LONGEST_BOX:
            break
    single = [" ".join(line.split()) for line in lines]
    return "\n".join([line for line in single if line])
