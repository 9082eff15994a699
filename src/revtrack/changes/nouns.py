"""Nouns: whether two words are nouns by their form and place, where no dictionary says so."""

from __future__ import annotations

import re
from typing import TypeAlias

from revtrack.changes.words import WORD, key
from revtrack.facts.names import begins_sentence
from revtrack.facts.vocabulary import Words

__all__ = ["BESIDE", "are_nouns"]

BESIDE = 24
"""How many characters before a word hold its neighbour (range 12 to 40)."""

_ELIDED = re.compile(r"^\w{1,4}['’]\w")
"""A word of grammar that is written with the next one: *l'arrestation*, *dell'arresto*."""

_Found: TypeAlias = tuple[str, str, int]
"""A side, a word of it, and where the word begins."""


def are_nouns(words: Words, old: _Found, new: _Found) -> bool:
    """Whether two words that stand for each other are nouns.

    In German they have a capital. Else both bear one mark of case, or stand before or behind it; or
    they are behind a word of grammar and before one or the end of their clause.
    """
    if words.language == "de":
        return all(word[0].isupper() and not begins_sentence(side, at) for side, word, at in (old, new))
    if not _marks(words, *old).isdisjoint(_marks(words, *new)):
        return True
    return words.spaced and _stands_as_noun(words, *old) and _stands_as_noun(words, *new)


def _marks(words: Words, side: str, word: str, at: int) -> set[str]:
    """The marks of case of a word; where words do not stand apart, one character is part of a word.

    A Japanese verb, which ends in Hiragana, has none.
    """
    if not words.spaced and (len(word) == 1 or "ぁ" <= word[-1] <= "ん"):
        return set()
    behind = {
        mark for mark in words.cases if word.endswith(mark) or side.startswith(mark, at + len(word))
    }
    return behind | {mark for mark in words.case_leads if side.endswith(mark, 0, at)}


def _stands_as_noun(words: Words, side: str, word: str, at: int) -> bool:
    function, stop = words.function, at + len(word)
    before = WORD.findall(side, max(0, at - BESIDE), at)[-1:]
    after = WORD.search(side, stop)
    ends = after is None or side[stop : after.start()].strip() or key(after.group()) in function
    led = bool(_ELIDED.search(word)) or (bool(before) and key(before[0].split("'")[-1]) in function)
    return led and bool(ends)
