"""What belongs to an article and is outside its frame: the summary under its headline, and notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from revtrack.extract.elements import (
    ASIDE,
    BLOCK,
    SKIP,
    hides,
    language_of,
    raw_text,
    size_of,
    text_of,
    word_set,
)
from revtrack.extract.labels import ends_sentence, is_counter, is_dateline
from revtrack.extract.names import Names, Verdict
from revtrack.extract.weight import FURNITURE_TAGS, NEVER, Node
from revtrack.facts.vocabulary import primary, words_of
from revtrack.model import Article
from revtrack.notices.recognizing import begins_notice, is_notice, may_hold_notice

__all__ = ["reads_as_notice", "surroundings", "word_runs"]

LEAD = 60
"""The least running text that opens an article outside its frame, in characters.

Range 40 to 200; small: bylines and buttons come in, large: summaries are lost."""
OPENING = 600
"""The most text of an element that opens an article (range 300 to 1,000): longer are boxes."""

# The same of a sentence under the headline (range 15 to 40: labels and names are shorter), the fewest
# words of one without a full stop (range 5 to 8), before a colon and after it, and the least of one in
# a script without spaces.
_SENTENCE, _WORDS, _SAID, _UNSPACED = 20, 5, (2, 4), 30
# What a summary is set in, what is in none, and the shortest mean of the points of a list that is
# one, in characters (range 8 to 30: lists of names are shorter).
_SUMMARIES = frozenset(["p", "div", "section", "h2", "h3", "h4", "h5", "ul", "ol", "span", "strong"])
_MACHINERY = (
    *("a", "button", "input", "form", "time", "script", "style", "select", "label", "svg"),
    *("img", "figure", "picture", "figcaption", "video", "iframe", "h1"),
)
# From which letter on scripts set no spaces between words.
_DENSE = "\u2e80"
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_POINT = 10


# The most text of an element between headline and frame, as a share of the frame's (range .25 to .5).
_OPENS = 0.3
# How far out from the frame the article's summary and notices are looked for, in elements (5 to 60).
_LEVELS = 30


def surroundings(
    frame: etree._Element,
    heading: etree._Element | None,
    nodes: dict[etree._Element, Node],
    names: Names,
    earlier: Article | None,
) -> tuple[tuple[etree._Element, ...], tuple[etree._Element, ...]]:
    """What belongs to the article and stands outside *frame*."""
    around = set(heading.iterancestors()) if heading is not None else set()
    leads: list[etree._Element] = []
    tails: list[etree._Element] = []
    most = max(OPENING, _OPENS * nodes[frame].mass)
    inner, outer, own = frame, frame.getparent(), True
    for _ in range(_LEVELS):
        if outer is None or inner.tag in NEVER:
            break
        # the element of the headline beside the text is the article's own, be it the page's body
        beside = heading is not None and heading.getparent() is outer
        inside = own and outer.tag not in ("html", "body")
        own = own and (beside or (inside and inner.tag != "article"))
        alone = inside and not own and _is_only(inner, outer)
        headed = inner in around  # nothing opens the article before its headline
        before: list[etree._Element] = []
        after = False
        for child in outer.iterchildren():
            if child is inner:
                after = True
            elif after:
                tails.extend(_notices_after(child, names, own=own))
                if alone and _is_box(child, names) and reads_as_notice(child):
                    tails.append(child)
            elif headed:
                continue
            elif child is heading or child in around:
                before = [one for one in _under(heading, child) if _is_standfirst(one, names)]
            elif (
                _is_line(child)
                or _opens(nodes.get(child), most, earlier)
                or _is_named_notice(child, names)
                or _is_standfirst(child, names)
            ):
                before.append(child)
            elif own and names.verdict(child) < Verdict.NOTICE:
                before.extend(_notices_in(child))
        leads[:0] = before
        inner, outer = outer, outer.getparent()
    return (_without_copies(leads, frame) if inner in around else ()), tuple(tails)


def _is_only(inner: etree._Element, outer: etree._Element) -> bool:
    """Whether *outer* holds no article but *inner*, so that a notice next to it can be of no other."""
    return next(islice(outer.iter("article"), 1, None), None) is None


def _without_copies(leads: list[etree._Element], frame: etree._Element) -> tuple[etree._Element, ...]:
    """*leads* without those that *frame* repeats, if several: some pages hold their text twice."""
    held = text_of(frame) if len(leads) > 1 else ""
    copies = [one for one in leads if text_of(one) in held] if held else []
    return tuple([one for one in leads if one not in copies] if len(copies) > 1 else leads)


def _is_line(element: etree._Element) -> bool:
    """Whether the element is a paragraph, and no line on who wrote the article and when."""
    if element.tag != "p":
        return False
    text = text_of(element)
    return size_of(text) >= LEAD or ends_sentence(text) or _opens_notice(element)


def _under(heading: etree._Element | None, top: etree._Element) -> Iterator[etree._Element]:
    """What follows the *heading* inside *top*, in page order."""
    while heading is not None and heading is not top:
        yield from heading.itersiblings()
        heading = heading.getparent()


def _opens(node: Node | None, most: float, earlier: Article | None) -> bool:
    """Whether the element of *node* opens the article; a long one only where it did so before."""
    if node is None or node.mass < LEAD:
        return False
    return node.mass <= most or (earlier is not None and _is_known(node.element, earlier))


# How many words in a row are one piece of evidence (range 2 to 5; fewer stand in any text by chance).
_RUN = 3

_WORD = re.compile(r"\w+")


def _is_known(element: etree._Element, earlier: Article) -> bool:
    """Whether most of the words of *element* stood in the *earlier* article."""
    held = word_runs(raw_text(element))
    return 2 * len(held & word_runs(earlier.text)) > len(held)


def word_runs(text: str) -> set[tuple[str, ...]]:
    """The words of *text* in runs, by which a text is known again whatever its markup."""
    words = _WORD.findall(text)
    return set(zip(*[words[start:] for start in range(_RUN)], strict=False))


def _notices_after(element: etree._Element, names: Names, *, own: bool) -> Iterator[etree._Element]:
    """The notices that *element* after the text is or holds; boxes count in the *own* article only."""
    if element.tag == "p":
        if _opens_notice(element):
            yield element
    elif _is_named_notice(element, names):
        yield element
    elif own and element.tag in _BOXES and names.verdict(element) is not Verdict.COMMENTS:
        yield from _notices_in(element)


def _is_box(element: etree._Element, names: Names) -> bool:
    """Whether the element is a box that no name calls furniture."""
    return element.tag in _BOXES and names.verdict(element) < Verdict.NOTICE


def _is_named_notice(element: etree._Element, names: Names) -> bool:
    """Whether the element is named a correction."""
    return names.verdict(element) is Verdict.NOTICE and element.tag not in FURNITURE_TAGS - ASIDE


def _is_standfirst(element: etree._Element, names: Names) -> bool:
    """Whether an element under the headline sums the article up, and leads nowhere else."""
    if element.tag not in _SUMMARIES or next(element.iter(*_MACHINERY), None) is not None:
        return False
    verdict = names.verdict(element)
    if verdict > Verdict.NOTICE or verdict is Verdict.PICTURE or hides(element):
        return False
    if points := [text_of(one) for one in element.iter("li")]:
        long = len(points) > 1 and sum(map(size_of, points)) >= _POINT * len(points)
        return long and not any(map(is_counter, points))
    text = text_of(element)
    if len(text) > OPENING or is_dateline(text) or is_counter(text) or _CLOCK.search(text):
        return False
    size = size_of(text)
    if size >= LEAD or size < _SENTENCE:
        return size >= LEAD
    return ends_sentence(text) or _is_worded(text, language_of(element))


def _is_worded(text: str, language: str | None) -> bool:
    """Whether *text* reads like a sentence without its stop: words, no label with a name."""
    label, colon, rest = text.replace("：", ":").partition(":")
    if colon and (len(label.split()) < _SAID[0] or len(rest.split()) < _SAID[1]):
        return False
    words = [word for word in text.split() if word[0].isalpha()]
    small = sum([not word[0].isupper() for word in words])
    share = 3 if "capital_nouns" in words_of(primary(language or "")).traits else 2
    return share * small >= len(words) and (
        len(words) >= _WORDS or (text[0] >= _DENSE and size_of(text) >= _UNSPACED)
    )


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
# What may be or hold a notice; a paragraph and the point of a list are one where they begin with it.
_BOXES = (BLOCK - SKIP - word_set("article main body html h1 p li")) | ASIDE | {"small"}
_CODE = frozenset(["script", "style"])


def _opens_notice(element: etree._Element) -> bool:
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


def _notices_in(element: etree._Element) -> Iterator[etree._Element]:
    """The notices in a box after the article: the box itself, or what stands in it."""
    if next(islice(element.iter("a"), _LINKS, None), None) is not None:
        return
    text, language = _lines(element), language_of(element)
    if not text or len(text) > _LONGEST_BOX or not may_hold_notice(text, language=language):
        return
    if element.tag != "figure" and _is_notice(text, language):  # of a figure its caption alone
        yield element
        return
    inside = [element]
    while inside:
        for child in islice(inside.pop(), _ELEMENTS):
            if child.tag in ("p", "li") and _opens_notice(child):
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
