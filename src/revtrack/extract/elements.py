"""Elements of a page: what each does to lines of text, where it is, what readers see; a look at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import attrs
from lxml import etree

__all__ = [
    "ASIDE",
    "BLOCK",
    "BREAK",
    "FLAT",
    "HEADINGS",
    "SKIP",
    "Scan",
    "ends_in_break",
    "hides",
    "is_inside",
    "joins",
    "language_of",
    "pieces_of",
    "raw_text",
    "scan",
    "shown_text",
    "single_spaced",
    "size_of",
    "take_out",
    "text_of",
    "upwards",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """The names in *text*, which white space parts."""
    return frozenset(text.split())


SKIP = word_set(
    """
    script style noscript nav footer form button select template svg menu dialog head input textarea
    label object iframe title canvas datalist audio video aside annotation annotation-xml
    map option progress meter rp rt
    """
)
# Elements that begin on a line of their own (the rendering section of the HTML standard); all others,
# and those that nobody knows, are part of a line.
BLOCK = word_set(
    """
    address article aside blockquote body caption center colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing
    main menu nav ol optgroup option p plaintext pre search section summary table tbody td tfoot th
    thead tr ul xmp
    """
)
# Elements that are part of a line and have no say in what is in it.
FLAT = word_set(
    "a abbr b bdi big cite code em font i ins kbd mark q samp small span strong sub sup time u var"
)
ASIDE = frozenset(["aside", "footer"])
"""What is outside a text or under it, and may be a notice on it."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# A line break; two of them with nothing between part paragraphs. It is known by its identity, which a
# string of one character shares with all that read like it.
BREAK = " \n"

_LONGEST = 2_000
"""The longest line of an element that is read, in characters: a bound against hostile pages."""
_MOST_PIECES = 4 * _LONGEST
"""Its characters and the tags among them that are walked: twice what one tag for each letter takes."""
# What holds no words that a reader reads, and what begins a line of its own.
_WORDLESS = frozenset(["style", "script", "template", "noscript", "svg", "rt", "rp"])
_OWN_LINES = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)")
_LINES = frozenset(["br", "hr", "div", "p", "li", "section", "header", *HEADINGS])


def ends_in_break(parts: list[str]) -> bool:
    """Whether nothing but white space came since the last line break."""
    for part in reversed(parts):
        if part is BREAK:
            return True
        if not part.isspace():
            return False
    return False


def single_spaced(text: str) -> str:
    """*text* without white space at its ends, and with one space for every other run of it."""
    text = text.strip()
    # No white space but the space is printable: most texts need no more than a look.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


@cache
def _dense() -> re.Pattern[str]:
    """Compiled when first asked for: a class of so many letters takes two milliseconds."""
    return re.compile("[\u2e80-\uffff][\u2e80-\uffff]*")


@cache
def _broken() -> re.Pattern[str]:
    dense = "[\u2e80-\uabff\uf900-\ufaff\uff00-\uffef]"
    return re.compile(rf"(?<={dense})[^\S\n]*\n\s*(?={dense})")


def joins(before: str, after: str) -> bool:
    """Whether a line break between two texts is no space: their script sets none."""
    ends = f"{before[-1:]}\n{after[:1]}"
    return not ends.isascii() and _broken().search(ends) is not None


def size_of(text: str) -> int:
    """How long *text* is to its readers: a sign of a script without letters counts two and a half."""
    if text.isascii():
        return len(text)
    return len(text) + 3 * sum(map(len, _dense().findall(text))) // 2


def raw_text(element: etree._Element) -> str:
    """All characters in *element*, scripts too: the fastest way to its text."""
    if len(element) == 0:
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def text_of(element: etree._Element) -> str:
    """All characters in *element* with single spaces."""
    return single_spaced(raw_text(element))


def shown_text(element: etree._Element) -> str:
    """The words of *element* as a line that readers see, as much of them as a headline could have.

    A line break and the edge of a block are spaces, but for a break in a script that sets none (CSS
    Text 3, section 4.1.3); styles, scripts and the readings of a word in dense scripts (``rt``, ``rp``)
    are no words; behind words no button is, nor a sign that links to itself.
    """
    if len(element) == 0:
        text = "" if element.tag in _WORDLESS else element.text or ""
        return single_spaced(text[:_LONGEST])
    text = "".join(pieces_of(element))[:_LONGEST]
    return " ".join((text if text.isascii() else _broken().sub("", text)).split())


def pieces_of(element: etree._Element) -> Iterator[str]:
    """The words of *element*, and the spaces between its lines, in page order."""
    left, worded = _MOST_PIECES, False
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        tag = one.tag
        piece = "\n" if tag == "br" else " " if tag in _LINES or _is_shown_as_line(one) else ""
        if event == "end":
            piece += (one is not element and one.tail) or ""
        elif (
            tag in _WORDLESS
            or not isinstance(tag, str)
            or (worded and (tag == "button" or _is_permalink(one)))
        ):
            walk.skip_subtree()
        else:
            piece += one.text or ""
        yield piece
        worded = worded or not (piece.isspace() or not piece)
        left -= 1 + len(piece)
        if left < 0:
            return


def _is_permalink(element: etree._Element) -> bool:
    """Whether *element* is a sign that links to where it is: *#*, *¶*."""
    link = element.tag == "a" and (element.get("href") or "").startswith("#")
    return link and not any(map(str.isalnum, raw_text(element)))


def _is_shown_as_line(element: etree._Element) -> bool:
    """Whether the style of *element* gives it lines of its own."""
    style = element.get("style") if isinstance(element.tag, str) else None
    return style is not None and _OWN_LINES.search(style.lower()) is not None


def hides(element: etree._Element) -> bool:
    """Whether the style of *element* hides it and all that is in it."""
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def language_of(element: etree._Element) -> str | None:
    """The language that the page of *element* says it is in."""
    root = element.getroottree().getroot()
    return root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")


def upwards(element: etree._Element) -> Iterator[etree._Element]:
    """*element* and those around it, the nearest first."""
    yield element
    yield from element.iterancestors()


def is_inside(element: etree._Element, outer: etree._Element | None) -> bool:
    """Whether *element* is in *outer*, and is not itself it."""
    return any(one is outer for one in element.iterancestors())


def take_out(element: etree._Element, kept: Sequence[etree._Element] = ()) -> None:
    """Take *element* out of its page, but for what is *kept* of it and what follows it."""
    above = element.getparent()
    if above is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    for one in kept:
        one.tail = None
        element.addprevious(one)
    above.remove(element)


# One look over the whole page: every filtered pass over a tree costs a twelfth of its parse, however
# few elements it gives, so there is one for all purposes.
_HOLDERS = frozenset(["div", "td", "article", "section"])
# The frequent ones first: each element is compared with one after the other.
_SCANNED = (
    *("div", "li", "script", "meta", "p", "link", "br"),
    *("td", "section", "h2", "article", "h1", "title"),
)


@attrs.define
class Scan:
    """The elements of a page by what they are used for, in document order.

    `linked` are the texts of JSON-LD; `loose` are elements with running text of their own, outside
    paragraphs, and that text's length; `items` are list items that begin with text.
    """

    root: etree._Element
    metas: list[etree._Element] = attrs.field(factory=list)
    links: list[etree._Element] = attrs.field(factory=list)
    linked: list[str] = attrs.field(factory=list)
    titles: list[etree._Element] = attrs.field(factory=list)
    headings: list[etree._Element] = attrs.field(factory=list)
    paragraphs: list[etree._Element] = attrs.field(factory=list)
    loose: dict[etree._Element, int] = attrs.field(factory=dict)
    items: list[etree._Element] = attrs.field(factory=list)


# The shortest text of its own that makes an element count as holding running text, in characters (range
# 20 to 200; labels and buttons are shorter, sentences longer).
_LOOSE = 60
# As many of scripts of which one sign says what two or three letters do are as long.
_FEWEST = _LOOSE // 2


def scan(root: etree._Element) -> Scan:
    """Look over the page whose root element is *root*."""
    found = Scan(root)
    loose = found.loose
    kept = {
        "p": found.paragraphs,
        "meta": found.metas,
        "link": found.links,
        "title": found.titles,
        **dict.fromkeys(["h1", "h2"], found.headings),
    }
    for element in root.iter(*_SCANNED):
        tag = element.tag
        if tag in _HOLDERS:
            text = element.text
            if text and len(text) > (_LOOSE if text.isascii() else _FEWEST):
                _add_loose(loose, element, text)
        elif tag == "li":
            text = element.text
            if text and not text.isspace():
                found.items.append(element)
        elif tag == "br":
            tail = element.tail
            if tail and len(tail) > (_LOOSE if tail.isascii() else _FEWEST):
                _add_loose(loose, element.getparent(), tail)
        elif tag != "script":
            kept[str(tag)].append(element)
        elif (kind := element.get("type")) and "ld+json" in kind.lower() and (text := element.text):
            found.linked.append(text)
    return found


def _add_loose(loose: dict[etree._Element, int], holder: etree._Element | None, text: str) -> None:
    size = size_of(" ".join(text.split()))
    if size > _LOOSE and holder is not None:
        loose[holder] = loose.get(holder, 0) + size
