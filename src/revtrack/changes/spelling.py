"""Spelling: when two words are one word in two spellings or forms, and when they are opposites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.distance.Levenshtein import normalized_similarity as likeness
from rapidfuzz.distance.Prefix import similarity as common_prefix

from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.words import Placed, key, words_in
from revtrack.facts.pieces import unaccented
from revtrack.facts.synonyms import has_dictionary, known
from revtrack.facts.vocabulary import Words

__all__ = ["alike", "inflects", "is_acronym", "misspelling", "plain", "turned", "unshortened"]

_COMMON = 4
"""How many first letters two forms of one word share at least."""

_ENDINGS = frozenset({"", "s", "es", "ies", "y", "d", "ed", "ing"})

TYPO_SIMILARITY = 0.75
"""From which likeness of their letters two words are one word spelt twice (range .6 to .9)."""

SLIPS = 2
"""How many letters a misspelling adds, drops, exchanges or swaps at most (range 1 to 3)."""

SHORTEST = 5
"""Words of fewer letters are too often another word (range 4 to 7)."""

_LONG = 10
"""From how many letters a letter more or less inside a word makes no other word (range 8 to 14)."""

_ACRONYM = 4
"""Letters of an acronym two of which may be in the wrong order (range 3 to 5)."""

_ROOT = 3
"""More letters than these are left of a word that has such a prefix: opposites end alike."""

_AMERICAN = {
    "ogue": "og",
    "our": "or",
    "ours": "ors",
    "tre": "ter",
    "tres": "ters",
    "ence": "ense",
    "ences": "enses",
}
_BRITISH = re.compile(r"(?:(?<=.{3})(?:ours?|ogue)|tres?|ences?)$")
"""Endings that British and American spelling write differently, also in names of offices and houses."""

_ZERO = re.compile(r"(?<=[^\W\d_])0+(?=[1-9])")
_TRIPLED = re.compile(r"(.)\1\1")
_DOUBLED = re.compile(r"(.)\1+")

_DEFINED = re.compile(r"\(\s?([^\W\d_a-z]{2,6})s?\s?\)")
"""An acronym in brackets, as it is put behind the words that it stands for."""

_OPPOSED = (
    *[("", prefix) for prefix in ("un", "in", "im", "il", "ir", "dis", "non", "anti")],
    *(("im", "ex"), ("in", "ex"), ("pre", "post"), ("under", "over"), ("in", "de")),
    *(("up", "down"), ("in", "out"), ("pro", "anti"), ("mini", "maxi"), ("hyper", "hypo")),
)
"""Prefixes that turn a word round, in English and the languages that took them from Latin and Greek."""


def alike(old: str, new: str) -> bool:
    """Two spellings or forms of one word; digits are no letters (*A320*, *A330*)."""
    if old[-1].isdigit() or new[-1].isdigit():
        return False
    one_word = likeness(old, new) >= TYPO_SIMILARITY or inflects(old, new)
    return one_word and new not in turned(old)


def inflects(old: str, new: str) -> bool:
    """*Communities* and *Community's* are one word in two forms."""
    old, new = key(old), key(new)
    if old[:_COMMON] != new[:_COMMON]:
        return False
    stem = common_prefix(old, new)
    return stem >= _COMMON and {old[stem:], new[stem:]} <= _ENDINGS


def turned(word: str) -> Iterator[str]:
    """The word with a prefix that turns it round: *legal*, *illegal*; *import*, *export*."""
    for pair in _OPPOSED:
        for prefix, other in (pair, pair[::-1]):
            if word.startswith(prefix) and len(word) > len(prefix) + _ROOT:
                yield other + word[len(prefix) :]


def is_acronym(word: str) -> bool:
    """Two to six capitals, also in the plural (*MPs*)."""
    stem = word.removesuffix("s")
    return stem.isupper() and stem.isalpha() and 2 <= len(stem) <= 6


def _initials(words: Iterable[str]) -> str:
    """The first letters of words, in lower case."""
    return "".join([word[0] for word in words]).casefold()


def unshortened(edit: Edit, lost: Placed, fresh: Placed) -> tuple[Placed, Placed]:
    """Words of both sides without acronyms that the other side spells out, and what they stand for.

    The acronym is among the words of the other side that changed, or is in brackets on this side.
    """
    return (
        _unshortened(lost, edit.come_words, edit.old, edit.new),
        _unshortened(fresh, edit.gone_words, edit.new, edit.old),
    )


def _unshortened(words: Placed, others: Placed, side: str, other_side: str) -> Placed:
    if not words:
        return words
    acronyms = [
        *[word for word, _ in others if is_acronym(word)],
        *(_DEFINED.findall(side) if "(" in side else ()),
    ]
    short = any(is_acronym(word) for word, _ in words)
    if not acronyms and not short:
        return words
    own = _initials([word for word, _ in words])
    initials = "".join([key(acronym) for acronym in acronyms if key(acronym) in own])
    heads = _initials(words_in(other_side)) if short else ""
    return tuple(
        [
            (word, at)
            for word, at in words
            if word[0].casefold() not in initials and not (is_acronym(word) and key(word) in heads)
        ]
    )


def misspelling(edit: Edit) -> Finding | None:
    """Each word that went is the one that came in its place, and one of the two is no word.

    Where there is no dictionary a slip of the hand must show by its form: a letter doubled or not, two
    letters in the wrong order, an accent. A name in another spelling is another name, unless one letter
    is three times in a row or two letters are in the wrong order; a title and a long German noun
    are words like others.
    """
    if not edit.lost or len(edit.lost) != len(edit.fresh):
        return None
    pairs = [(a, b) for (a, _), (b, _) in zip(edit.lost, edit.fresh, strict=True)]
    if not all(_misspelt(one, other, edit.words) for one, other in pairs):
        return None
    return Finding(Nature.TYPO, edit.lost, edit.fresh)


def _misspelt(old: str, new: str, words: Words) -> bool:
    one, other, language = key(old), key(new), words.language
    shortest = _ACRONYM if is_acronym(old) and is_acronym(new) else SHORTEST
    if not (one.isalpha() and other.isalpha()):
        return False
    if plain(one) == plain(other) and old[0].islower():
        return True
    if min(len(one), len(other)) < shortest:
        return False
    if (one in words.date_words) != (other in words.date_words):  # *Febuary*, and no *June*, *July*
        return OSA.distance(one, other, score_cutoff=SLIPS) <= SLIPS and not inflects(one, other)
    noun = not words.titles.isdisjoint((one, other)) or (
        "capital_nouns" in words.traits and len(one) >= _LONG
    )
    if old[0].isupper() and not noun and not _TRIPLED.search(one):
        return _transposed(one, other)
    if not has_dictionary(language) or _TRIPLED.search(one):
        return _slipped(one, other) and not inflects(one, other)
    if OSA.distance(one, other, score_cutoff=SLIPS) > SLIPS:
        return False
    return known(one, language=language) != known(other, language=language)


def plain(word: str) -> str:
    """A word without accents, in American spelling: *Zürich* is *Zurich*, *Defence* is *Defense*.

    The zero before a number is none of it: *HEDGE07* is *HEDGE7*.
    """
    bare = _ZERO.sub("", unaccented(key(word)))
    return _BRITISH.sub(lambda match: _AMERICAN[match.group()], bare)


def _slipped(one: str, other: str) -> bool:
    single = [_DOUBLED.sub(r"\1", unaccented(word)) for word in (one, other)]
    return single[0] == single[1] or _transposed(one, other) or _holds_one_more(one, other)


def _holds_one_more(one: str, other: str) -> bool:
    """Whether a long word has one letter more inside, before its ending: *wunderschöhne*."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG or len(long) - len(short) != 1:
        return False
    same = common_prefix(short, long)
    return _COMMON <= same <= len(short) - 2 and short[same:] == long[same + 1 :]


def _transposed(one: str, other: str) -> bool:
    """Whether the words are the same but for two neighbouring letters in the other order."""
    return sorted(one) == sorted(other) and OSA.distance(one, other) == 1
