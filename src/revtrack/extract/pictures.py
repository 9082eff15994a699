"""Pictures and boxes of a picture with words about it, where no caption and no name says so."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.elements import text_of
from revtrack.extract.labels import ends_sentence
from revtrack.extract.names import Verdict
from revtrack.model import Media, MediaKind

__all__ = ["image_of", "is_picture_box"]

_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")

# The longest text of a box with a picture that is words about it, in characters (range 100 to 400: of
# longer ones one in three is a paragraph of the article that a picture was put into).
_LONGEST = 250
# The most cells of a table that lays out a picture: the picture and the words below or beside it.
_CELLS = 2
# What words about a picture hold none of; elements that are more than a box; text that nobody sees.
_RICH = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "dl")
_LARGE = frozenset(["html", "body", "main", "article", "section"])
# A division that is a picture with words: how many elements it holds at most, the longest words (range
# 60 to 150 characters), and what the picture is set in. On the gold sets leaving such words out is
# right on pages of four sites and wrong on two, by little.
_PARTS = 4
_WORDS = 100
_FRAMES = frozenset(["img", "amp-img", "div", "a", "span", "picture"])
_LAID_OUT = frozenset(["table", "div"])
_UNSEEN = frozenset(["script", "style", "noscript", "template"])


def is_picture_box(element: etree._Element, tag: str, verdict: Verdict) -> bool:
    """Whether *element* holds a picture and little else: all its text is about the picture.

    It is an element that is named a picture, a table that was made to lay one out, or a division that
    begins with it. A paragraph in it that ends as sentences do may be the article's, and is kept.
    """
    if verdict is not Verdict.PICTURE and (tag not in _LAID_OUT or verdict is not Verdict.OPEN):
        return False
    if tag == "div" and verdict is Verdict.OPEN:
        return _is_picture_with_words(element)
    if tag in _LARGE or next(element.iter("img", "amp-img"), None) is None:
        return False
    if next(element.iter(*_RICH), None) is not None:
        return False
    if tag == "table" and sum(1 for _ in element.iter("td", "th")) > _CELLS:
        return False
    return _length(element) <= _LONGEST and not any(
        ends_sentence(text_of(one)) for one in element.iter("p") if one is not element
    )


def _is_picture_with_words(element: etree._Element) -> bool:
    """Whether a division holds a picture, a few words without an end below it, and nothing else."""
    if not 0 < len(element) <= _PARTS or (element.text or "").strip():
        return False
    first = element[0]
    if first.tag not in _FRAMES or (first.tail or "").strip() or text_of(first):
        return False
    if first.tag != "img" and next(first.iter("img"), None) is None:
        return False
    if next(element.iter("p", "time", "button", *_RICH), None) is not None:
        return False
    text = text_of(element)
    return len(text) <= _WORDS and not ends_sentence(text)


def _length(element: etree._Element) -> int:
    """The length of the text in *element* that readers see; more than `_LONGEST` is not counted."""
    length = 0
    for one in element.iter(etree.Element):
        if one.tag not in _UNSEEN:
            length += len(" ".join((one.text or "").split()))
        if one is not element:
            length += len(" ".join((one.tail or "").split()))
        if length > _LONGEST:
            break
    return length


def image_of(element: etree._Element) -> Media | None:
    """The picture that an ``img`` shows, wherever it names its address."""
    for name in _ADDRESSES:
        src = element.get(name)
        if src and not src.startswith("data:"):
            return Media(MediaKind.IMAGE, src, " ".join((element.get("alt") or "").split()))
    return None
