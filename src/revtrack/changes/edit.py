"""Edit: two wordings of one passage and the words between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from unicodedata import category

import attrs

from revtrack.diff import Equal, TextOp
from revtrack.model import Span

__all__ = ["WORD", "Edit", "key"]

_MARKS = "".join([chr(code) for code in range(0x300, 0x17D4) if category(chr(code)) in {"Mn", "Mc"}])
"""Vowel signs and accents of their own: Hindi, Tamil, Thai, Arabic and others write words with them."""

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*|[$€£¥₹]?\d+(?:[.,:]\d+)*[%½¼¾]?|[%$€£¥₹½¼¾]")
"""A word, a number with its currency or per cent sign, or such a sign alone."""

_KEPT_KEYS = 8192
"""How many words are remembered with their keys: prose repeats itself, and two versions even more."""

_REFERENCE = re.compile(r"\[\s?[\w.]{1,12}\s?\]")


@attrs.frozen(slots=False)  # what is read off it is kept in its dictionary, the quickest place
class Edit:
    """Two wordings of one passage and the operations between them.

    `quoted` says that the whole passage is a quotation; `language` is the article's.
    """

    old: str
    new: str
    ops: tuple[TextOp, ...]
    quoted: bool = False
    language: str | None = None

    @cached_property
    def gone(self) -> tuple[Span, ...]:
        """The stretches of the old side that the new side has not."""
        return tuple([op.old for op in self.ops if not isinstance(op, Equal) and len(op.old)])

    @cached_property
    def come(self) -> tuple[Span, ...]:
        """The stretches of the new side that the old side has not."""
        return tuple([op.new for op in self.ops if not isinstance(op, Equal) and len(op.new)])

    @cached_property
    def gone_words(self) -> tuple[tuple[str, int], ...]:
        """The words that went, with their positions in the old side."""
        return _words(self.old, self.gone)

    @cached_property
    def come_words(self) -> tuple[tuple[str, int], ...]:
        """The words that came, with their positions in the new side."""
        return _words(self.new, self.come)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The words of two to six capitals that went or came, in lower case."""
        words = (word for word, _ in (*self.gone_words, *self.come_words))
        return frozenset([key(word) for word in words if word.isupper() and 2 <= len(word) <= 6])

    @cached_property
    def swapped(self) -> tuple[Counter[str], Counter[str]]:
        """The words that went and came in lower case, without those that only changed places."""
        gone = Counter([key(word) for word, _ in self.gone_words])
        come = Counter([key(word) for word, _ in self.come_words])
        return (gone, come) if gone.keys().isdisjoint(come) else (gone - come, come - gone)


def _words(side: str, spans: Iterable[Span]) -> tuple[tuple[str, int], ...]:
    """Words with their positions; what stands in square brackets is a mark of reference, not a word."""
    words = [
        (match.group(), match.start())
        for span in spans
        for match in WORD.finditer(side, span.start, span.stop)
    ]
    if "[" in side:
        marks = [match.span() for match in _REFERENCE.finditer(side)]
        words = [
            (word, at) for word, at in words if not any(start < at < stop for start, stop in marks)
        ]
    return tuple(words)


@lru_cache(maxsize=_KEPT_KEYS)
def key(word: str) -> str:
    """A word as it is compared: lower case, straight apostrophe, without a possessive ending."""
    return word.casefold().replace("’", "'").removesuffix("'s")
