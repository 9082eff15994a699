"""Words: those of a text as they are compared, and those that an edit changed.

A reference points at the text's own figures, tables, notes and sources. One that was renumbered, put in
or taken out changes where a reader is sent, and nothing that the text says; nor does a web address.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias
from unicodedata import category

from revtrack.diff import Equal, TextOp
from revtrack.facts.vocabulary import DEFAULT, UNREAD
from revtrack.model import Article, Span
from revtrack.notices.lexicon import choose
from revtrack.text.lexing import ranges
from revtrack.text.markup import instructions, markup

__all__ = [
    "KEPT_KEYS",
    "WORD",
    "Placed",
    "addresses",
    "changed_words",
    "is_read",
    "key",
    "lies_in",
    "marks",
    "pointed",
    "pointers",
    "spoken",
    "touched",
    "words_in",
]

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

KEPT_KEYS = 8192
"""How many words are remembered with their keys: prose repeats itself, and two versions even more."""


@lru_cache(maxsize=KEPT_KEYS)
def key(word: str) -> str:
    """A word as it is compared: lower case, straight apostrophe, without a possessive ending."""
    return word.casefold().replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=4)  # several rules ask for the whole of one side
def words_in(side: str) -> tuple[str, ...]:
    """All the words of one side."""
    return tuple(WORD.findall(side))


def changed_words(
    old: str, new: str, ops: Iterable[TextOp], *, rendered: bool = False
) -> tuple[Placed, Placed]:
    """The words of each side that the operations touch, with their positions.

    Marks of reference, markup and web addresses are none of the story's words.
    """
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for op in ops:
        if not isinstance(op, Equal):
            for side, span, words in ((old, op.old, gone), (new, op.new, come)):
                for match in WORD.finditer(side, span.start, span.stop):
                    words.append((match.group(), match.start()))
    return _unmarked(old, gone, rendered=rendered), _unmarked(new, come, rendered=rendered)


def _unmarked(side: str, words: Sequence[tuple[str, int]], *, rendered: bool) -> Placed:
    for references in (marks(side, rendered=rendered), addresses(side)) if words else ():
        words = [p for p in words if not lies_in(references, p[1])] if references else words
    return tuple(words)


_TELLING = 200
"""Characters in which a text of any known language has common words of it."""


def spoken(article: Article) -> str:
    """The language by whose words an article is judged: its own if there is a list, else `UNREAD`.

    An article that does not say its language is asked for its most common words, and a short one that
    does not show it is taken for English.
    """
    chosen = _chosen(article.language, article.text or article.headline or "")
    return chosen or (DEFAULT if is_read(article) else UNREAD)


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


# -------------------------------------------------------------------------------------- references

_MARK = r"\[\s?[\w.]{1,12}\s?\]"
_MARKED = re.compile(rf"{_MARK}|\[+(?:[\w-]+ ){{0,2}}#\d+\]+(?:\[\])?")
"""*[12]*, *[[Issue #204]]*."""

_ADDRESS = re.compile(
    r"(?:\[[^\[\]]{1,60}\]: (?=(?:https?:/)?/))?"
    r"(?:https?://|www\.|(?:(?<=\]: )|(?<=<))//?(?=\w))[^\s<>\"“”]+"
)
"""A web address, or a label in brackets and what it leads to: *[plan]: /de/plan*."""

_NOUN = (
    r"(?:(?:fig(?:ure)?|tab(?:le)?|eqn?|equation|ref(?:erence)?|appendix|appendice|footnote|theorem"
    r"|lemma|pp?|page)s?\b\.?|sect?s?\.)"
)
"""Nouns of reference. *Section* and *chapter* in full are none: those of a law are facts."""

_INITIAL = r"\b(?=[AEFLPRSTaeflprst\u017f])"
"""Where a noun of reference may begin: most words are passed over by their first letter."""

_NUMBER = r"\d{1,4}[a-z]?(?:\.\d{1,3})*\b|[A-Z]\b(?:\.\d{1,3})*|[IVX]{1,5}\b"
_PLACE = rf"\(?\s?(?:{_MARK}|{_NUMBER})\s?\)?"
_POINTER = re.compile(
    rf"{_INITIAL}(?i:{_NOUN})\s?{_PLACE}(?:\s?(?:,|–|-|(?i:and|to|or)\b)\s?{_PLACE})*"
    rf"|{_INITIAL}(?i:{_NOUN})$"
    r"|\(\s?(?i:see|cf\.?)\b[^()]{0,80}\)"
)
"""*Fig. 3 and 4*, *Appendix A.1*, *(see the table below)*: a noun of reference and its number, which
cutting sentences at full stops may have parted from it, or a bracket that tells where to look."""

_HINTS = ("fig", "tab", "eq", "ref", "append", "footn", "theor", "lemma", "page", "sec", "see", "cf")
_PAGE = re.compile(r"[Pp](?<!\w.)[Pp]?[Ss]?\b")
"""What every pointer has a part of: most sentences have none of it and are not read further."""

_TARGET = re.compile(r"[\d\[(A-Z](?:(?<![A-Z])|\b)")
"""What a noun of reference points at begins so: a digit, a bracket, or a capital that ends."""

_LONGEST_NOUN = 16
"""The last characters of a text in which its last word, if it is a noun of reference, has room."""

_KEPT_SIDES = 8
"""How many texts are remembered with their pointers: each rule that judges an edit asks for both."""

_LONE_NOUN = re.compile(rf"\W*(?i:{_NOUN})\W*")
_LONE_MARK = re.compile(r"\s*\(\s?[A-Z]{1,3}#?\d{1,4}\s?\)\s*")
"""A bracket without a word that is all of a passage, such as *(B12)*."""


@lru_cache(maxsize=_KEPT_SIDES)
def marks(side: str, *, rendered: bool = False) -> Sequence[tuple[int, int]]:
    """Where marks of reference and markup stand; readers see the tags in what is *rendered*."""
    if lone := _LONE_MARK.fullmatch(side):
        return [lone.span()]
    hidden = instructions(side) if rendered else markup(side)
    if "[" not in side:
        return hidden
    marked = [match.span() for match in _MARKED.finditer(side)]
    return sorted([*hidden, *[span for span in marked if not lies_in(hidden, span[0])]])


def pointed(side: str, at: int) -> bool:
    """Whether a position lies in a stretch by which a text points at its own parts."""
    return lies_in(pointers(side), at)


def lies_in(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a position lies in one of some stretches, which are in order and do not overlap."""
    place = bisect_right(stretches, at, key=itemgetter(0))
    return place > 0 and at < stretches[place - 1][1]


def touched(side: str, spans: Sequence[Span]) -> int:
    """How many marks of reference the spans touch."""
    stretches = [(span.start, span.stop) for span in spans]
    found = [*instructions(side), *[match.span() for match in _MARKED.finditer(side)]]
    return sum([_meets(stretches, start, stop) for start, stop in found])


def _meets(stretches: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether one of the stretches shares a position with `[start, stop)`."""
    place = bisect_left(stretches, stop, key=itemgetter(0))
    return place > 0 and stretches[place - 1][1] > start


@lru_cache(maxsize=_KEPT_SIDES)
def addresses(side: str) -> Sequence[tuple[int, int]]:
    """Where a text spells out web addresses: they say where a reader is sent, and nothing else."""
    if not any(map(side.__contains__, ("://", "www.", "]: /", "</"))):
        return ()
    return [match.span() for match in _ADDRESS.finditer(side)]


@lru_cache(maxsize=_KEPT_SIDES)
def pointers(side: str) -> Sequence[tuple[int, int]]:
    """Where a text points at its own parts: the stretches, words and numbers together."""
    # without anything to point at, only a noun of reference at the end or alone is of interest
    read = side if _TARGET.search(side) else side[-_LONGEST_NOUN:]
    folded = read.casefold()
    if not any(map(folded.__contains__, _HINTS)) and not _PAGE.search(read):
        return ()
    lone = _LONE_NOUN.fullmatch(side)
    return [lone.span()] if lone else [match.span() for match in _POINTER.finditer(side)]
