"""Swaps: the same words in exchanged roles. *A beat B* is not *B beat A*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import or_
from typing import TypeAlias

import attrs
from rapidfuzz.distance.Postfix import similarity as common_suffix
from rapidfuzz.distance.Prefix import similarity as common_prefix

from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.words import WORD, Placed, key
from revtrack.facts import Role
from revtrack.facts.pieces import Piece, pieces, unaccented
from revtrack.facts.statements import roles
from revtrack.facts.vocabulary import Words

__all__ = ["exchanged", "turned_roles"]

STEM = 4
"""How many first letters name a word in all its forms (range 3 to 6)."""

_MOST = 16
"""How many words of content an exchange has at most: a long clause (range 8 to 30)."""

_LONGEST = 40
"""Up to how many characters without spaces are searched for an exchange (range 20 to 80)."""

_SHARED = 8
"""How many characters that both stretches begin or end with are looked through (range 4 to 12)."""

_SCORED = frozenset("-‐‑–:")
"""What parts the two numbers of a score, which are another result in the other order."""

_LISTING = re.compile("[,;/]")
_VOWELS = re.compile("[aeiouyаеиоуыэюяіїє]")
_UNMARKED = re.compile("[bcdfghjklłmnńprsśtwzźżбвгджзйклмнпрстфхцчшщ]$")


def exchanged(edit: Edit) -> Finding | None:
    """*A did it to B*, *B did it to A*: what was before a verb and what was behind it changed places.

    So do two names or two numbers that a small word parts (*from 5 to 7*). Who acts is known by the
    place, or by the form and the small word before it: where both are as they were (*in May rose the
    prices*), and where a verb is passive, only the order is another.
    """
    words = edit.words
    if words.spaced:
        if _initials(edit.gone_words, words) != _initials(edit.come_words, words) or edit.keys & (
            words.passives | words.agents
        ):
            return None
        for old, new in _clauses(edit):
            found = _exchanged_words(_said(edit.old, old, words), _said(edit.new, new, words), words)
            if found is not None:
                return found
        if not _other_cases(edit):
            return None
    elif not _exchanged_characters(edit.old, edit.new, words):
        return None
    return Finding(Nature.CONTENT, edit.gone_words, edit.come_words)


def _initials(placed: Placed, words: Words) -> list[str]:
    """The first letters of the words of content, and all digits: an exchange keeps them all."""
    told = [key(word) for word, _ in placed if key(word) not in words.function]
    return sorted(["".join(sorted(word)) if word[0].isdigit() else word[0] for word in told])


_Run: TypeAlias = Sequence[Piece]


def _clauses(edit: Edit) -> Sequence[tuple[_Run, _Run]]:
    """What stands for each other on both sides: all, or two clauses where a report was turned round.

    *Nobody was hurt, said the police*, *The police said that nobody was hurt*: one side has behind a
    comma the words with which the other begins, which goes on with another clause.
    """
    old, new = pieces(edit.old), pieces(edit.new)
    if (size := _report(edit.old, old, new, edit.words)) is not None:
        return (old[:-size], new[size:]), (old[-size:], new[:size])
    if (size := _report(edit.new, new, old, edit.words)) is not None:
        return (old[size:], new[:-size]), (old[:size], new[-size:])
    return ((old, new),)


def _report(side: str, run: _Run, other: _Run, words: Words) -> int | None:
    """How many words behind a comma of one side begin the other, before a word that only joins."""
    texts = {piece.text.casefold() for piece in run}
    for n in range(1, len(run)):
        size = len(run) - n
        if not n <= len(other) - size or "," not in side[run[n - 1].stop : run[n].start]:
            continue
        said = sorted([piece.key for piece in run[n:]])
        joined = other[size].text.casefold() not in texts or not words.attributions.isdisjoint(said)
        if joined and said == sorted([piece.key for piece in other[:size]]):
            return size
    return None


@attrs.frozen
class _Word:
    """A word of content; `lead` are the small words before it, `listed` says that a list goes on."""

    written: str
    start: int
    key: str
    lead: tuple[str, ...]
    listed: bool

    def same(self, other: _Word) -> bool:
        """Whether both are one word in whatever form: *Pies* and *psa*, *rolnik* and *rolnika*."""
        a, b = sorted((self.key, other.key), key=len)
        shared, more = common_prefix(a, b), len(b) - len(a)
        if a == b or (shared >= STEM and more <= STEM) or (shared == len(a) >= STEM - 1 and more <= 2):
            return True  # *owe*, *owes*
        one, two = sorted([_VOWELS.sub("", unaccented(word)) for word in (a, b)], key=len)
        return a[0] == b[0] and len(one) > 1 and two.startswith(one) and len(two) - len(one) <= 1


def _said(side: str, run: _Run, words: Words) -> list[_Word]:
    """The words of content of a stretch of one side."""
    found: list[_Word] = []
    lead: list[str] = []
    stop = run[0].start if run else 0
    for piece in run:
        if piece.key in words.function:
            lead.append(piece.key)
            continue
        if piece.kind == "number" and side[stop : piece.start] in _SCORED:
            lead.append(side[stop : piece.start])
        listed = not words.joining.isdisjoint(lead) or bool(_LISTING.search(side, stop, piece.start))
        small = tuple([word for word in lead if word not in words.articles])
        found.append(_Word(piece.text, piece.start, piece.key, small, listed))
        lead, stop = [], piece.stop
    return found


def _exchanged_words(old: list[_Word], new: list[_Word], words: Words) -> Finding | None:
    """What changed places around what is between: names, numbers or other content; None for nothing."""
    while old and new and old[0].same(new[0]):
        old, new = old[1:], new[1:]
    while old and new and old[-1].same(new[-1]):
        old, new = old[:-1], new[:-1]
    size = len(old)
    if len(new) != size or not 2 <= size <= _MOST:
        return None
    if (found := _in_each_others_places(old, new)) is not None:
        return found
    for first in range(1, size):
        for last in range(1, size - first + 1):
            turned = [*old[size - last :], *old[first : size - last], *old[:first]]
            if all(map(_Word.same, turned, new)):
                gone, come = (
                    [*side[:one], *side[size - other :]]
                    for side, one, other in ((old, first, last), (new, last, first))
                )
                nature = _nature(gone)
                verb, second = old[first], old[size - last]
                alike = _nature(old[:first]) is _nature(old[size - last :]) is not Nature.CONTENT
                joined = alike and second.lead == new[last].lead != ()
                pairs = (old[0], new[size - first]), (second, new[0])
                if (
                    _is_dated(old[:first], words) != _is_dated(old[size - last :], words)
                    or not (joined or verb is not second)
                    or (verb.listed and second.listed)
                    or _borne(pairs, words)
                ):
                    return None
                return Finding(nature, _placed(gone), _placed(come))
    return None


def _is_dated(side: Sequence[_Word], words: Words) -> bool:
    """Whether words only say when, which is so wherever they are: *El viernes dimitió el jefe*.

    So does a word of order with those before it: *Poco después dimitió el jefe*.
    """
    if any(group == "order" for group, _ in words.senses.get(side[-1].key) or ()):
        return True
    return all(word.key in words.date_words or word.key in words.months_by_name for word in side)


def _in_each_others_places(old: list[_Word], new: list[_Word]) -> Finding | None:
    """Names or numbers that are where others of them were, while all around them stayed."""
    moved = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a.key != b.key]
    gone, come = ([side[n] for n in moved] for side in (old, new))
    nature = _nature(gone)
    stayed = [word.lead for word in old] == [word.lead for word in new]
    same = sorted([word.key for word in gone]) == sorted([word.key for word in come])
    alike = all(_nature([a]) is _nature([b]) for a, b in zip(gone, come, strict=True))
    parted = len(moved) < len(old) or any(word.lead and not word.listed for word in old[1:])
    if nature is Nature.CONTENT or not (stayed and same and alike and parted):
        return None
    return Finding(nature, _placed(gone), _placed(come))


def _nature(exchanged: Sequence[_Word]) -> Nature:
    counts = [any(map(str.isdigit, word.written)) for word in exchanged]
    if all(counts):
        return Nature.NUMBER
    named = [word.written[0].isupper() for word in exchanged]
    return Nature.NAME if all(map(or_, counts, named)) else Nature.CONTENT


def _placed(side: Iterable[_Word]) -> Placed:
    return tuple([(word.written, word.start) for word in side])


def _borne(pairs: Iterable[tuple[_Word, _Word]], words: Words) -> bool:
    """Whether the forms of two words say who acts, and did not change with their places.

    Without articles an ending says it; two nouns that end in a consonant have one form for both.
    """
    pairs = tuple(pairs)
    led = any(a.lead for a, _ in pairs)
    if not led and not words.articles and all(_UNMARKED.search(a.key) for a, _ in pairs):
        return False
    marked = led or "marks_objects" in words.traits or not words.articles
    return marked and all(a.key == b.key and a.lead == b.lead for a, b in pairs)


def _other_cases(edit: Edit) -> bool:
    """*Der Hund biss den Mann*, *den Hund biss der Mann*: only the cases of the articles changed."""
    gone, come = ([key(word) for word, _ in words] for words in (edit.gone_words, edit.come_words))
    return len(gone) > 1 and gone != come and {*gone} == {*come} <= edit.words.cased_articles


def _exchanged_characters(old: str, new: str, words: Words) -> bool:
    """The same where words do not stand apart: two stretches that changed places around a third."""
    for forms in words.particle_forms:  # they depend on the sound before them
        old, new = (side.replace(f"{forms[0]} ", f"{forms[1]} ") for side in (old, new))
    if old == new or sorted(old) != sorted(new):
        return False
    start = common_prefix(old, new)
    stop = len(old) - common_suffix(old, new)
    if stop - start > _LONGEST:
        return False
    for begin in range(start, max(-1, start - _SHARED), -1):
        for end in range(stop, min(len(old), stop + _SHARED) + 1):
            middle = _turned(old[begin:end], new[begin:end])
            if middle:
                return middle.isalpha() and not any(word in middle for word in words.joining)
    return False


def _turned(old: str, new: str) -> str:
    """What is between two stretches that changed places; empty if the texts do not consist of these."""
    for first in range(1, len(old) - 1):
        if old[:first].strip() and new.endswith(old[:first]):
            for last in range(1, len(old) - first):
                stop = len(old) - last
                if old[stop:].strip() and new == old[stop:] + old[first:stop] + old[:first]:
                    return old[first:stop].strip()
    return ""


def turned_roles(edit: Edit) -> Finding | None:
    """A passive whose doer was done to, or the other way; the same doer in another voice is wording.

    *Sold to* and *bought from* are the two sides of one trade in the same way.
    """
    words = edit.words
    if edit.keys.isdisjoint(words.passives | words.exchanges.keys()):
        return None
    old, new = (
        [fact.value for fact in roles(side, words) if isinstance(fact.value, Role)]
        for side in (edit.old, edit.new)
    )
    sure = _only_grammar(edit, _stem)
    stays_passive = not (old and new) and edit.keys.isdisjoint(words.agents)
    if not (old or new) or stays_passive or not (sure or _only_grammar(edit, _consonants)):
        return None
    if old and new:
        return Finding(Nature.WORDING, edit.lost, edit.fresh) if sure and {*old} & {*new} else None
    active = [key(word)[:STEM] for word in WORD.findall(edit.new if old else edit.old)]
    by = {word[:STEM] for word in words.agents}
    nouns = [noun[:STEM] for role in (old or new) for noun in (role.patient, role.agent)]
    if len(nouns) != 2 or not set(nouns) <= set(active):
        return None
    if by.intersection(active[: active.index(nouns[1])][-1:]):
        return None  # *approved the plan by a majority*
    turned = active.index(nouns[0]) < active.index(nouns[1])
    if not (turned or sure):
        return None
    return Finding(Nature.CONTENT if turned else Nature.WORDING, edit.lost, edit.fresh)


def _stem(word: str) -> str:
    return word[: STEM - 1]


def _consonants(word: str) -> str:
    """What stays of a verb whose vowels change: *took*, *taken*; *biss*, *gebissen*."""
    return _VOWELS.sub("", unaccented(word).removeprefix("ge"))[: STEM - 2]


def _only_grammar(edit: Edit, form: Callable[[str], str]) -> bool:
    """Whether nothing but grammar and the forms of the verb changed; *form* is what these share."""
    words = edit.words
    aside = words.function | words.passives | words.agents | words.exchanges.keys()
    lost, fresh = (
        sorted([form(key(word)) for word, _ in side if key(word) not in aside])
        for _, side in edit.sides
    )
    return lost == fresh
