"""Words: those of a text as they are compared, and those that an edit changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias
from unicodedata import category

from revtrack.changes.references import addresses, lies_in, marks
from revtrack.diff import Equal, TextOp
from revtrack.facts.vocabulary import DEFAULT
from revtrack.model import Article
from revtrack.notices.language import choose
from revtrack.text.lexing import ranges

__all__ = ["WORD", "Placed", "changed_words", "is_read", "key", "spoken", "words_in"]

Placed: TypeAlias = tuple[tuple[str, int], ...]
"""Words with their positions in one side of an edit."""

_MARKS = ranges([code for code in range(0x300, 0x17D4) if category(chr(code)) in {"Mn", "Mc"}])
"""Vowel signs and accents of their own: Hindi, Tamil, Thai, Arabic and others write words with them."""

# runs of letters and, rarely, marks between them: a choice at each letter takes half as long again
_LETTERS = rf"[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*"
_CURRENCY = "$€£¥₹₽₩"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_NUMBER = rf"[{_CURRENCY}]?\d+(?:[.,:٫٬]\d+)*[%½¼¾]?"
_BEGINS = rf"(?=[\w%½¼¾{_CURRENCY}])"  # most other characters are passed over by this alone
WORD = re.compile(rf"{_BEGINS}(?:(?<!\d){_WORD}\d*|{_WORD}|{_NUMBER}|[%½¼¾{_CURRENCY}])")
"""A word (*A320* is one), a number with its currency or per cent sign, or such a sign alone."""

_KEPT_KEYS = 8192
"""How many words are remembered with their keys: prose repeats itself, and two versions even more."""


@lru_cache(maxsize=_KEPT_KEYS)
def key(word: str) -> str:
    """A word as it is compared: lower case, straight apostrophe, without a possessive ending."""
    return word.casefold().replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=4)  # several rules ask for the whole of one side
def words_in(side: str) -> tuple[str, ...]:
    """All the words of one side."""
    return tuple(WORD.findall(side))


def changed_words(old: str, new: str, ops: Iterable[TextOp]) -> tuple[Placed, Placed]:
    """The words of each side that the operations touch, with their positions.

    What is in square brackets is a mark of reference, and a web address is none of the story's words.
    """
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for op in ops:
        if not isinstance(op, Equal):
            for side, span, words in ((old, op.old, gone), (new, op.new, come)):
                for match in WORD.finditer(side, span.start, span.stop):
                    words.append((match.group(), match.start()))
    return _unmarked(old, gone), _unmarked(new, come)


def _unmarked(side: str, words: Sequence[tuple[str, int]]) -> Placed:
    for references in (marks(side), addresses(side)) if words else ():
        words = [p for p in words if not lies_in(references, p[1])] if references else words
    return tuple(words)


_TELLING = 200
"""Characters in which a text of any known language has common words of it."""


def spoken(article: Article) -> str:
    """The language by whose words an article is judged: its own if there is a list, else English.

    An article that does not say its language is asked for its most common words.
    """
    return _chosen(article.language, article.text or article.headline or "") or DEFAULT


def is_read(article: Article) -> bool:
    """Whether the article's notices are read: its language, stated or guessed, has a lexicon.

    A short text that does not show its language is taken for one that is read.
    """
    text = article.text or article.headline or ""
    short = not article.language and len(text) < _TELLING
    return short or _chosen(article.language, text) is not None


@lru_cache(maxsize=2)  # each edit of an article asks
def _chosen(language: str | None, text: str) -> str | None:
    return choose(language, text)
