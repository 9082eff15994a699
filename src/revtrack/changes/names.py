"""Names: which words of a passage are names, and when two of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from revtrack.changes.edit import WORD, Edit, key
from revtrack.changes.vocabulary import FUNCTION_WORDS
from revtrack.model import Span

__all__ = ["inflects", "qualified", "replaced_names", "short_for"]

_ENDINGS = frozenset({"", "s", "es", "ies", "y", "d", "ed", "ing"})

_HYPHEN = r"[-‐‑]"
_COMPOUND = re.compile(rf"[^\W\d_]+(?:{_HYPHEN}[^\W\d_]+)+")

_LOOK_BACK = 8
"""How many characters before a word tell whether it begins a sentence (marks and quotes in a row)."""


def replaced_names(edit: Edit) -> tuple[list[str], list[str]]:
    """The names that went and the names that came, each in order; empty where only one side has any.

    A name that only changed its place in the passage neither went nor came.
    """
    gone, come = edit.swapped
    lost = [word for word, at in edit.gone_words if key(word) in gone and is_name(edit.old, word, at)]
    fresh = [word for word, at in edit.come_words if key(word) in come and is_name(edit.new, word, at)]
    if not lost or not fresh or title_case(edit.old) or title_case(edit.new):
        return [], []
    return lost, fresh


def short_for(old: str, new: str) -> bool:
    """*Sec.* is short for *Section*: one is the beginning of the other."""
    short, long = sorted((key(old), key(new)), key=len)
    return len(short) > 1 and long.startswith(short)


def inflects(old: str, new: str) -> bool:
    """*Communities* and *Community's* are one word in two forms."""
    old, new = key(old), key(new)
    stem = sum(
        [1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(old, new, strict=False))]
    )
    return stem > 3 and {old[stem:], new[stem:]} <= _ENDINGS


def qualified(edit: Edit) -> bool:
    """A name became part of a compound, or left one: *US forces*, *US-backed forces*."""
    return _joins(edit.new, edit.come, edit.gone_words) or _joins(edit.old, edit.gone, edit.come_words)


def _joins(side: str, spans: Iterable[Span], others: Iterable[tuple[str, int]]) -> bool:
    bare = {word for word, _ in others if word[0].isupper()}
    return any(
        not bare.isdisjoint(re.split(_HYPHEN, match.group()))
        for span in spans
        for match in _COMPOUND.finditer(side, span.start, span.stop)
    )


def is_name(side: str, word: str, at: int) -> bool:
    """A capital inside a sentence, or two capitals anywhere, make a name."""
    if not word[0].isupper() or len(word) < 2:
        return False
    if sum([letter.isupper() for letter in word]) > 1:
        return True
    lead = side[max(0, at - _LOOK_BACK) : at].rstrip(" \t\n\"'“‘«„([")
    return bool(lead) and lead[-1] not in ".!?:…•*–—" and word.casefold() not in FUNCTION_WORDS


def title_case(side: str) -> bool:
    """A headline in title case: capitals say nothing about names there."""
    long = [m.group() for m in WORD.finditer(side) if len(m.group()) > 3 and m.group()[0].isalpha()]
    return len(long) >= 3 and sum([word[0].isupper() for word in long]) > 0.7 * len(long)
