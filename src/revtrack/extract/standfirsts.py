"""Standfirsts: what sums an article up under its headline, in a sentence or in a list of points."""

from __future__ import annotations

import re

from lxml import etree

from revtrack.extract.elements import hides, language_of, size_of, text_of
from revtrack.extract.labels import ends_sentence, is_counter, is_dateline
from revtrack.extract.names import Names, Verdict

__all__ = ["LEAD", "OPENING", "is_standfirst"]

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
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_POINT = 10


def is_standfirst(element: etree._Element, names: Names) -> bool:
    """Whether an element under the headline sums the article up: a sentence, or a list of points.

    It leads nowhere else: links, buttons and fields are the page's machinery.
    """
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
    """Whether *text* reads like a sentence without its stop: words, few of them with a capital.

    What a word or two and a colon precede is a label and a name.
    """
    label, colon, rest = text.replace("：", ":").partition(":")
    if colon and (len(label.split()) < _SAID[0] or len(rest.split()) < _SAID[1]):
        return False
    words = [word for word in text.split() if word[0].isalpha()]
    small = sum([not word[0].isupper() for word in words])
    share = 3 if (language or "").startswith("de") else 2  # German nouns have capitals
    return share * small >= len(words) and (
        len(words) >= _WORDS or (text[0] >= _DENSE and size_of(text) >= _UNSPACED)
    )
