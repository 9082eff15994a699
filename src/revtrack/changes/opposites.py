"""Opposites: words that exclude each other, by prefix, by a list of the language or a dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance.Postfix import similarity as common_suffix

from revtrack.changes.content import unpaired
from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.spelling import turned
from revtrack.changes.words import Placed, key
from revtrack.facts.synonyms import opposed, same_meaning
from revtrack.facts.vocabulary import Words

__all__ = ["contrast", "opposite", "same_denial"]

_TAIL = 4
"""How many last letters opposites by prefix share at least, as `turned` has it."""

_COMPOUND = 4
"""Letters of the common end of two compounds (range 3 to 6): *linkermotor*, *rechtermotor*."""

_HYPHENS = frozenset("-‐‑")


def opposite(edit: Edit) -> Finding | None:
    """A word gave way to its opposite by prefix; *non-linear* and *nonlinear* are none."""
    tails = {word[-_TAIL:] for word in edit.lost_keys}
    if tails.isdisjoint([word[-_TAIL:] for word in edit.fresh_keys]):
        return None
    come = {key(p[0]): p for p in _unjoined(edit.new, edit.fresh)}
    for word, at in _unjoined(edit.old, edit.lost):
        for other in turned(key(word)):
            if other in come:
                return Finding(Nature.NEGATION, ((word, at),), (come[other],))
    return None


def _unjoined(side: str, words: Placed) -> Placed:
    return tuple([(word, at) for word, at in words if side[max(0, at - 1) : at] not in _HYPHENS])


def same_denial(edit: Edit) -> Finding | None:
    """A prefix that denies gave way to a word that does: *insufficient*, *not sufficient*."""
    negations = edit.words.negations
    for words, denying in ((edit.lost_keys, edit.fresh_keys), (edit.fresh_keys, edit.lost_keys)):
        if not negations.isdisjoint(denying) and negations.isdisjoint(words):
            turns = [other for word in words for other in turned(word) if len(other) < len(word)]
            if any(
                same_meaning(a, b, language=edit.language) or a == b for a in turns for b in denying
            ):
                return Finding(Nature.WORDING, edit.lost, edit.fresh)
    return None


def contrast(edit: Edit) -> Finding | None:
    """A word gave way to one that excludes it: *rose*, *fell*; *son*, *daughter*.

    By the lists of the language, by the dictionary, or by how two compounds begin.
    """
    words = edit.words
    if words.spaced:
        held = [[(p, words.senses.get(key(p[0])) or ()) for p in placed] for _, placed in edit.sides]
    else:  # the words that one side has more often
        old, new = edit.around
        held = [
            [
                ((word, 0), listed)
                for word, listed in words.senses.exact.items()
                if a.count(word) > b.count(word)
            ]
            for a, b in ((old, new), (new, old))
        ]
    for lost, mine in held[0]:
        for fresh, others in held[1]:
            giving = not words.givers.isdisjoint([key(lost[0]), key(fresh[0])])
            if giving and len(edit.lost) != len(edit.fresh):
                continue  # *connected to*, *from*: which it is, their verb says
            if _exclude(mine, others):
                if words.spaced:
                    return Finding(Nature.CONTENT, (lost,), (fresh,))
                return Finding(Nature.CONTENT, edit.lost, edit.fresh)
    sides = unpaired(edit)
    if len(sides[0]) == len(sides[1]) == 1:
        one, other = key(sides[0][0][0]), key(sides[1][0][0])
        if opposed(one, other, language=edit.language) or _begin_opposed(one, other, words):
            return Finding(Nature.CONTENT, *sides)
    return None


def _exclude(mine: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> bool:
    """Whether two words have senses of one group, and none in common."""
    groups = {group for group, _ in mine} & {group for group, _ in others}
    return bool(groups) and set(mine).isdisjoint(others)


def _begin_opposed(one: str, other: str, words: Words) -> bool:
    """Whether two compounds end alike and begin with words of which one excludes the other."""
    sizes = range(common_suffix(one, other), _COMPOUND - 1, -1)
    begun = [[words.senses.get(word[:-size]) or () for word in (one, other)] for size in sizes]
    return any(_exclude(*senses) for senses in begun)
