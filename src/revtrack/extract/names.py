"""What the class and id names of one page's elements say of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lxml import etree

from revtrack.extract.labels import is_label, is_related_label
from revtrack.extract.pleas import is_closing
from revtrack.extract.vocabulary import Verdict, verdict_of

__all__ = ["Names"]

_OPEN, _KEPT = Verdict.OPEN, Verdict.KEPT
# What could be an article after all.
_DOUBTFUL = frozenset([Verdict.SOFT, Verdict.CAPTION, Verdict.COMMENTS])


# The fewest words of an id that is made of a heading's, and the share of them that the heading has
# (range .6 to 1: some signs are spelt in other letters, and what makes ids puts a word of its own
# before
# them).
_WORDS = 3
_SHARE = 0.75
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"\w+")


class Names:
    """The verdicts of one page's elements, remembered by their class and id names.

    An id that is made of the words of the heading in the element says what the text is about, not what
    the element is.

    *lenient* names no furniture that could be an article: for pages where nothing else is left. What is
    `trusted` is none either: it holds the article, whatever it is called.
    """

    def __init__(self, *, lenient: bool = False, trusted: Iterable[etree._Element] = ()) -> None:
        self.trusted = set(trusted)
        self._lenient = lenient
        self._known: dict[str | tuple[str | None, str], Verdict] = {}

    def verdict(self, element: etree._Element) -> Verdict:
        """What the class and id of *element* say of it."""
        names, own = element.get("class"), element.get("id")
        if own is None:
            if names is None:
                return _OPEN
            key: str | tuple[str | None, str] = names
        else:
            key = (names, own)
        found = self._known.get(key)
        if found is None:
            found = verdict_of(f"{names or ''} {own or ''}")
            if own is not None and found > _KEPT and _is_slug(element, own):
                found = verdict_of(names or "")
            if self._lenient and found in _DOUBTFUL:
                found = _OPEN
            self._known[key] = found
        return _OPEN if found > _KEPT and element in self.trusted else found


def _is_slug(element: etree._Element, own: str) -> bool:
    """Whether the id *own* repeats the words of the first heading in *element*, which is no label."""
    words = _words(own.replace("_", " "))
    heading = next(element.iter(*_HEADINGS), None) if len(words) >= _WORDS else None
    if heading is None:
        return False
    text = " ".join(etree.tostring(heading, method="text", encoding="unicode", with_tail=False).split())
    known = frozenset(_words(text))
    if sum([word in known for word in words]) < _SHARE * len(words):
        return False
    return not (is_label(text) or is_related_label(text) or is_closing(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(_ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())))
