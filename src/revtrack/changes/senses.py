"""Senses: one word that gave way to another, by which the passage says another thing."""

from __future__ import annotations

import re
from itertools import islice

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key, standing
from revtrack.changes.kinds import Nature
from revtrack.changes.names import begins_sentence, is_name, title_case
from revtrack.changes.weight import unpaired
from revtrack.facts.synonyms import PERSON, kind_of_thing, opposed, same_meaning

__all__ = ["content_word", "contrast"]

_ROOT = 4
"""How many first letters make two words one of another family: *Mexican*, *Mexico* (range 3 to 6)."""

_BESIDE = 24
"""How many characters before a word hold its neighbour (range 12 to 40)."""

PHRASE = 2
"""Up to how many words name one thing, the last of them the thing itself: *heart attack* (1 to 3)."""

_WITH_DICTIONARY = frozenset({"en"})
"""Languages whose nouns are known by a dictionary; the others show them by form."""


def contrast(edit: Edit) -> Finding | None:
    """A word gave way to one that excludes it: *rose*, *fell*; *son*, *daughter*."""
    senses = edit.words.senses
    if not edit.words.spaced:
        return _contrast_inside(edit)
    come = [(placed, senses.get(key(placed[0])) or ()) for placed in edit.fresh]
    for lost in edit.lost:
        mine = senses.get(key(lost[0])) or ()
        for fresh, others in come:
            groups = {group for group, _ in mine} & {group for group, _ in others}
            if groups and set(mine).isdisjoint(others):
                return Finding(Nature.CONTENT, (lost,), (fresh,))
    return _opposites(edit)


def _opposites(edit: Edit) -> Finding | None:
    """The same by the dictionary: one word for one that it calls the opposite."""
    lost, fresh = unpaired(edit)
    if len(lost) == len(fresh) == 1:
        one, other = key(lost[0][0]), key(fresh[0][0])
        if opposed(one, other, language=edit.language):
            return Finding(Nature.CONTENT, lost, fresh)
    return None


def _contrast_inside(edit: Edit) -> Finding | None:
    """The same where words do not stand apart: the senses of a group that only one side has."""
    found = []
    for side, other in ((edit.old, edit.new), (edit.new, edit.old)):
        senses = [
            sense
            for word, listed in edit.words.senses.exact.items()
            if side.count(word) > other.count(word)
            for sense in listed
        ]
        found.append(senses)
    groups = {group for group, _ in found[0]} & {group for group, _ in found[1]}
    for group in groups:
        if {s for g, s in found[0] if g == group}.isdisjoint({s for g, s in found[1] if g == group}):
            return Finding(Nature.CONTENT, edit.lost, edit.fresh)
    return None


def content_word(edit: Edit) -> Finding | None:
    """One word of content gave way to another that is no synonym, or one that names something came.

    Words for concrete things of one kind exclude each other (*leg*, *chest*), and a name says who a
    common word only meant. Words of other kinds are too often two ways to put it.
    """
    if not edit.words.spaced:
        return None
    lost, fresh = unpaired(edit)
    if 1 <= len(lost) <= PHRASE and 1 <= len(fresh) <= PHRASE:
        told = _other_thing(edit, lost[-1], fresh[-1])
    else:
        told = not lost and bool(fresh) and (_names_one(edit, fresh) or _adds_one(edit, fresh))
    return Finding(Nature.CONTENT, lost, fresh) if told else None


def _other_thing(edit: Edit, lost: tuple[str, int], fresh: tuple[str, int]) -> bool:
    one, other = key(lost[0]), key(fresh[0])
    if one[:_ROOT] == other[:_ROOT] or same_meaning(one, other, language=edit.language):
        return False
    if edit.language in _WITH_DICTIONARY:
        kind = kind_of_thing(one, language=edit.language)
        if kind == PERSON and lost[0].islower() and is_name(edit, edit.new, *fresh):
            return True
        common = lost[0].islower() and fresh[0].islower()
        return common and bool(kind) and kind == kind_of_thing(other, language=edit.language)
    alone = len(edit.lost) == len(edit.fresh) == 1
    return alone and _is_noun(edit, edit.old, *lost) and _is_noun(edit, edit.new, *fresh)


def _is_noun(edit: Edit, side: str, word: str, at: int) -> bool:
    """Whether a word stands as a noun.

    In German with a capital, else behind a word of grammar and before one or the end of its clause.
    """
    if edit.language == "de":
        return word[0].isupper() and not begins_sentence(side, at)
    function = edit.words.function
    before = WORD.findall(side, max(0, at - _BESIDE), at)[-1:]
    behind = re.match(r"[ ,.;:!?)\"”»]*", side[at + len(word) :])
    stop = at + len(word) + (behind.end() if behind else 0)
    after = WORD.match(side, stop)
    ends = after is None or key(after.group()) in function or side[at + len(word) : stop].strip() != ""
    return bool(before) and key(before[0].split("'")[-1]) in function and ends


def _names_one(edit: Edit, fresh: Placed) -> bool:
    """Whether a name or another word with a capital inside the sentence came."""
    return not title_case(edit.new) and any(
        word[0].isupper()
        and not edit.in_lower_case(word.casefold())
        and not begins_sentence(edit.new, at)
        and key(word) not in edit.words.titles
        and not (edit.lost and _named_elsewhere(edit, word))
        and (edit.language != "de" or is_name(edit, edit.new, word, at))
        for word, at in fresh
    )


def _named_elsewhere(edit: Edit, word: str) -> bool:
    """Whether the article has the name in another place: it only stands for a pronoun here."""
    return next(islice(standing(word, edit.story), 1, None), None) is not None


def _adds_one(edit: Edit, fresh: Placed) -> bool:
    """Whether a word came with the *and* that joins it: *beat and robbed*."""
    return any(key(word) in edit.words.joining for word, _ in edit.fresh) and len(fresh) == 1
