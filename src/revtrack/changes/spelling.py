"""Spelling: a word that was misspelt and is spelt right, or the other way, says the same."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from revtrack.changes.edit import Edit, Finding, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import inflects
from revtrack.facts.pieces import unaccented
from revtrack.facts.synonyms import known

__all__ = ["misspelling"]

_WITH_DICTIONARY = frozenset({"en"})

SLIPS = 2
"""How many letters a misspelling adds, drops, exchanges or swaps at most (range 1 to 3)."""

SHORTEST = 5
"""Words of fewer letters are too often another word (range 4 to 7)."""

_TRIPLED = re.compile(r"(.)\1\1")
_DOUBLED = re.compile(r"(.)\1+")


def misspelling(edit: Edit) -> Finding | None:
    """Each word that went is the one that came in its place, and one of the two is no word.

    Where there is no dictionary a slip of the hand must show by its form: a letter doubled or not, two
    letters in the wrong order, an accent. A name in another spelling is another name, unless one letter
    stands three times in a row.
    """
    if not edit.lost or len(edit.lost) != len(edit.fresh):
        return None
    pairs = [(key(a), key(b)) for (a, _), (b, _) in zip(edit.lost, edit.fresh, strict=True)]
    named = any(word[0].isupper() and not _TRIPLED.search(word) for word, _ in edit.lost)
    if named or not all(_misspelt(one, other, edit.language) for one, other in pairs):
        return None
    return Finding(Nature.TYPO, edit.lost, edit.fresh)


def _misspelt(one: str, other: str, language: str) -> bool:
    if min(len(one), len(other)) < SHORTEST or not (one.isalpha() and other.isalpha()):
        return False
    if language not in _WITH_DICTIONARY or _TRIPLED.search(one):
        return _slipped(one, other) and not inflects(one, other)
    if OSA.distance(one, other, score_cutoff=SLIPS) > SLIPS:
        return False
    return known(one, language=language) != known(other, language=language)


def _slipped(one: str, other: str) -> bool:
    plain = [_DOUBLED.sub(r"\1", unaccented(word)) for word in (one, other)]
    if plain[0] == plain[1]:
        return True
    differ = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    swapped = (
        len(one) == len(other)
        and len(differ) == 2
        and differ in [list(p) for p in pairwise(range(len(one)))]
    )
    return swapped and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
