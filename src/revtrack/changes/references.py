"""References: where a text points at its own figures, tables, notes and sources.

A reference that was renumbered, put in or taken out changes where a reader is sent, and nothing that
the text says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from revtrack.model import Span

__all__ = ["addresses", "lies_in", "marks", "pointed", "pointers", "touched"]

_MARK = r"\[\s?[\w.]{1,12}\s?\]"
_MARKS = re.compile(_MARK)

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+")

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
_LONE_MARK = re.compile(r"\s*\([^\s()a-z]{1,8}\)\s*")
"""A bracket without a word that is all of a passage, such as *(B12)*."""


def marks(side: str) -> Sequence[tuple[int, int]]:
    """Where marks of reference in square brackets stand, such as *[12]*."""
    if lone := _LONE_MARK.fullmatch(side):
        return [lone.span()]
    return [match.span() for match in _MARKS.finditer(side)] if "[" in side else []


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
    return sum([_meets(stretches, start, stop) for start, stop in marks(side)])


def _meets(stretches: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether one of the stretches shares a position with `[start, stop)`."""
    place = bisect_left(stretches, stop, key=itemgetter(0))
    return place > 0 and stretches[place - 1][1] > start


def addresses(side: str) -> Sequence[tuple[int, int]]:
    """Where a text spells out web addresses: they say where a reader is sent, and nothing else."""
    if "://" not in side and "www." not in side:
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
