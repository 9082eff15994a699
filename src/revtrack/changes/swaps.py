"""Swaps: the same words in exchanged roles. *A beat B* is not *B beat A*."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
from rapidfuzz.distance.Postfix import similarity as common_suffix
from rapidfuzz.distance.Prefix import similarity as common_prefix

from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.words import WORD, Placed, key
from revtrack.facts import Role
from revtrack.facts.names import begins_sentence
from revtrack.facts.pieces import pieces, unaccented
from revtrack.facts.statements import roles
from revtrack.facts.vocabulary import Words

__all__ = ["exchanged", "swap", "turned_roles"]

STEM = 4
"""How many first letters name a word in all its forms (range 3 to 6)."""

_FEWEST, _MOST = 3, 16
"""How many words of content an exchange has: two and a verb, up to a long clause (range 8 to 30)."""

_LONGEST = 40
"""Up to how many characters without spaces are searched for an exchange (range 20 to 80)."""

_SHARED = 8
"""How many characters that both stretches begin or end with are looked through (range 4 to 12)."""

_LISTING = re.compile("[,;/]")
_VOWELS = re.compile("[aeiouyаеиоуыэюяіїє]")
_CASES = frozenset({"der", "den", "dem"})
_ONE_FORM = {"이 ": "가 ", "을 ": "를 ", "은 ": "는 "}
_KOREAN = re.compile("[이을은] ")
"""Particles of Korean that depend on the sound before them."""

Part = tuple[str, int, str]
"""A word or run of capitalised words: as it is compared, where it is, as it is written."""


def swap(edit: Edit) -> Finding | None:
    """Names or numbers exchanged their places, and the words between them stayed where they were.

    What is between them must say something: *Anna and Ben* is *Ben and Anna*.
    """
    if edit.lost or edit.fresh or not (edit.gone_words and edit.come_words):
        return None
    old, new = _parts(edit.old), _parts(edit.new)
    if len(old) != len(new):
        return None
    moved = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a[0] != b[0]]
    if len(moved) < 2 or sorted([old[n][0] for n in moved]) != sorted([new[n][0] for n in moved]):
        return None
    between = [part for part in old[moved[0] + 1 : moved[-1]] if not _nature(part)]
    natures = {_nature(old[n]) for n in moved}
    if None in natures or all(part[0] in edit.words.joining for part in between):
        return None
    nature = Nature.NUMBER if natures == {Nature.NUMBER} else Nature.NAME
    return Finding(nature, _placed(old, moved), _placed(new, moved))


def exchanged(edit: Edit) -> Finding | None:
    """*A did it to B*, *B did it to A*: what was before a verb and what was behind it changed places.

    Who acts is known by the place, or by the form and the small word before it: where both are as they
    were (*in May rose the prices*), and where a verb is passive, only the order is another.
    """
    words = edit.words
    if not words.spaced:
        found = _exchanged_characters(edit.old, edit.new, words)
    elif _initials(edit.gone_words, words) != _initials(edit.come_words, words) or edit.keys & (
        words.passives | words.agents
    ):
        return None
    else:
        found = _exchanged_words(_said(edit.old, words), _said(edit.new, words), words)
        found = found or _other_cases(edit)
    return Finding(Nature.CONTENT, edit.gone_words, edit.come_words) if found else None


def _initials(placed: Placed, words: Words) -> list[str]:
    """The first letters of the words of content: an exchange keeps them all."""
    return sorted([key(word)[0] for word, _ in placed if key(word) not in words.function])


@attrs.frozen
class _Word:
    """A word of content; `lead` are the small words before it, `listed` says that a list goes on."""

    key: str
    lead: tuple[str, ...]
    listed: bool

    def same(self, other: _Word) -> bool:
        """Whether both are one word in whatever form: *Pies* and *psa*, *rolnik* and *rolnika*."""
        a, b = sorted((self.key, other.key), key=len)
        if a == b or (common_prefix(a, b) >= STEM and len(b) - len(a) <= STEM):
            return True
        one, two = sorted([_VOWELS.sub("", unaccented(word)) for word in (a, b)], key=len)
        return a[0] == b[0] and len(one) > 1 and two.startswith(one) and len(two) - len(one) <= 1


def _said(side: str, words: Words) -> list[_Word]:
    """The words of content of one side."""
    found: list[_Word] = []
    lead: list[str] = []
    stop = 0
    for piece in pieces(side):
        if piece.key in words.function:
            lead.append(piece.key)
            continue
        listed = not words.joining.isdisjoint(lead) or bool(_LISTING.search(side, stop, piece.start))
        small = tuple([word for word in lead if word not in words.articles])
        found.append(_Word(piece.key, small, listed))
        lead, stop = [], piece.stop
    return found


def _exchanged_words(old: list[_Word], new: list[_Word], words: Words) -> bool:
    while old and new and old[0].same(new[0]):
        old, new = old[1:], new[1:]
    while old and new and old[-1].same(new[-1]):
        old, new = old[:-1], new[:-1]
    size = len(old)
    if len(new) != size or not _FEWEST <= size <= _MOST:
        return False
    for first in range(1, size - 1):
        for last in range(1, size - first):
            turned = [*old[size - last :], *old[first : size - last], *old[:first]]
            if all(map(_Word.same, turned, new)):
                verb, second = old[first], old[size - last]
                listed = verb.listed and second.listed
                pairs = (old[0], new[size - first]), (second, new[0])
                return not listed and not _borne(pairs, words)
    return False


def _borne(pairs: Iterable[tuple[_Word, _Word]], words: Words) -> bool:
    """Whether the forms of two words say who acts, and did not change with their places."""
    return all(a.key == b.key and a.lead == b.lead for a, b in pairs) and (
        not words.articles or any(a.lead for a, _ in pairs)
    )


def _other_cases(edit: Edit) -> bool:
    """*Der Hund biss den Mann*, *den Hund biss der Mann*: only the cases of the articles changed."""
    gone, come = ([key(word) for word, _ in words] for words in (edit.gone_words, edit.come_words))
    return edit.language == "de" and gone != come and {*gone} == {*come} <= _CASES and len(gone) > 1


def _exchanged_characters(old: str, new: str, words: Words) -> bool:
    """The same where words do not stand apart: two stretches that changed places around a third."""
    old, new = (_KOREAN.sub(lambda match: _ONE_FORM[match.group()], side) for side in (old, new))
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
        if new.endswith(old[:first]):
            for last in range(1, len(old) - first):
                stop = len(old) - last
                if new == old[stop:] + old[first:stop] + old[:first]:
                    return old[first:stop].strip()
    return ""


def _parts(side: str) -> list[Part]:
    """The words of one side; capitalised words in a row are one part, since they are one name."""
    parts: list[Part] = []
    stop = -1
    for match in WORD.finditer(side):
        word, at = match.group(), match.start()
        runs = parts and word[0].isupper() and parts[-1][2][0].isupper() and side[stop:at] == " "
        if runs and not begins_sentence(side, at):
            before, start, written = parts.pop()
            parts.append((f"{before} {key(word)}", start, f"{written} {word}"))
        else:
            parts.append((key(word), at, word))
        stop = match.end()
    return parts


def _nature(part: Part) -> Nature | None:
    if any(map(str.isdigit, part[0])):
        return Nature.NUMBER
    return Nature.NAME if part[2][0].isupper() else None


def _placed(parts: list[Part], moved: list[int]) -> Placed:
    return tuple([(parts[n][2], parts[n][1]) for n in moved])


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
    if not (old or new) or not _only_grammar(edit):
        return None
    if old and new:
        return Finding(Nature.WORDING, edit.lost, edit.fresh) if {*old} & {*new} else None
    active = [key(word)[:STEM] for word in WORD.findall(edit.new if old else edit.old)]
    nouns = [noun[:STEM] for role in (old or new) for noun in (role.patient, role.agent)]
    if len(nouns) != 2 or not set(nouns) <= set(active):
        return None
    turned = active.index(nouns[0]) < active.index(nouns[1])
    return Finding(Nature.CONTENT if turned else Nature.WORDING, edit.lost, edit.fresh)


def _only_grammar(edit: Edit) -> bool:
    """Whether nothing but grammar and the forms of the verb changed."""
    words = edit.words
    aside = words.function | words.passives | words.agents | words.exchanges.keys()
    lost, fresh = (
        sorted([key(word)[: STEM - 1] for word, _ in side if key(word) not in aside])
        for _, side in edit.sides
    )
    return lost == fresh
