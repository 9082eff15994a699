"""Synonyms: whether two words say the same, and whether a word is one at all.

English words are looked up in a small file compiled from WordNet (`tools/compile_synonyms.py`); the
other languages have short lists of common pairs in their own files. A word that is in neither is no
synonym of any other.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from revtrack.facts.vocabulary import words_of

__all__ = ["PERSON", "has_dictionary", "kind_of_thing", "known", "lemmas", "opposed", "same_meaning"]

PERSON = "P"
"""The letter of people in `kind_of_thing`."""

_ENGLISH = "en"

_RULES = (
    ("ise", "ize"), ("ises", "ize"), ("ised", "ize"), ("ising", "ize"),
    ("ies", "y"), ("ied", "y"), ("ves", "f"), ("ves", "fe"), ("es", "e"), ("es", ""), ("s", ""),
    ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("ier", "y"), ("iest", "y"), ("er", "e"),
    ("er", ""), ("est", "e"), ("est", ""), ("ily", "y"), ("ly", ""), ("ly", "le"), ("ally", ""),
)  # fmt: skip
"""Endings of English words and what stands in their place in the dictionary."""

_SHORTEST = 2
"""Letters that are left of a word whose ending is taken off, at least."""


def same_meaning(one: str, other: str, *, language: str) -> bool:
    """Whether two words in lower case say the same, in some sense and some form of each."""
    listed = words_of(language).synonyms
    if not set(listed.get(one) or ()).isdisjoint(listed.get(other) or ()):
        return True
    if language != _ENGLISH:
        return False
    return not _groups_of(one).isdisjoint(_groups_of(other)) or not _forms(one).isdisjoint(
        _forms(other)
    )


def has_dictionary(language: str) -> bool:
    """Whether the words of a language are looked up in a dictionary, and not in a short list."""
    return language == _ENGLISH


def known(word: str, *, language: str) -> bool:
    """Whether a word is in the dictionary of the language, in some form; True where there is none."""
    return language != _ENGLISH or any(form in _dictionary() for form in lemmas(word))


def opposed(one: str, other: str, *, language: str) -> bool:
    """Whether two words in lower case are opposites by the dictionary of the language."""
    if language != _ENGLISH:
        return False
    pairs = _opposites()
    return any(" ".join(sorted((a, b))) in pairs for a in lemmas(one) for b in lemmas(other) if a != b)


def kind_of_thing(word: str, *, language: str) -> str:
    """A letter for the kind of thing that a word in lower case names, such as a body part or a person.

    What happens and what people do or say is one kind (*resignation*). Empty for a word that names
    nothing of the sort, and where there is no dictionary.
    """
    if language != _ENGLISH:
        return ""
    kinds = _dictionary()
    return next((kinds[form] for form in lemmas(word) if form in kinds), "")


@lru_cache(maxsize=4096)
def _groups_of(word: str) -> frozenset[int]:
    groups = _groups()
    return frozenset([number for form in lemmas(word) for number in groups.get(form, ())])


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    return frozenset([form for form in lemmas(word) if form in _groups()])


@lru_cache(maxsize=4096)
def lemmas(word: str) -> tuple[str, ...]:
    """The words of which an English *word* may be a form, itself first."""
    found = [word]
    base = _irregular().get(word)
    if base:
        found.append(base)
    for ending, instead in _RULES:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word.removesuffix(ending)
            found.append(stem + instead)
            if not instead and ending in {"ed", "ing", "er", "est"} and stem[-1:] == stem[-2:-1]:
                found.append(stem[:-1])
    return tuple(found)


@cache
def _part(number: int) -> str:
    """One part of the dictionary, unpacked when it is first asked for."""
    packed = Path(__file__).with_name("words").joinpath("en.wordnet").read_bytes()
    head, _, rest = packed.partition(b"\n")
    sizes = [int(size) for size in head.split()]
    start = sum(sizes[:number])
    return zlib.decompress(rest[start : start + sizes[number]]).decode("ascii")


@cache
def _groups() -> Mapping[str, Sequence[int]]:
    """Each word and the numbers of the groups in which it stands."""
    groups: dict[str, list[int]] = {}
    for number, group in enumerate(_part(0).splitlines()):
        for word in group.split():
            groups.setdefault(word, []).append(number)
    return groups


@cache
def _irregular() -> Mapping[str, str]:
    return dict([line.split() for line in _part(1).splitlines()])


@cache
def _opposites() -> frozenset[str]:
    return frozenset(_part(2).splitlines())


@cache
def _dictionary() -> Mapping[str, str]:
    """Every word, and the letter for its kind of thing."""
    found: dict[str, str] = {}
    last = ""
    for line in _part(3).splitlines():
        kind = line[-1:] if line[-1:].isupper() else ""
        last = last[: int(line[0])] + line[1 : len(line) - len(kind)]
        found[last] = kind
    return found
