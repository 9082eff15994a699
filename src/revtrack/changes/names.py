"""Names: which words of a passage are names, and when two of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance.Levenshtein import normalized_similarity as likeness
from rapidfuzz.distance.Prefix import similarity as common_prefix

from revtrack.changes.compounds import qualified
from revtrack.changes.edit import WORD, Edit, Finding, Placed, key, standing, words_in
from revtrack.changes.kinds import Nature
from revtrack.changes.references import pointed
from revtrack.diff import Replace
from revtrack.facts.pieces import unaccented
from revtrack.model import Span

__all__ = [
    "TYPO_SIMILARITY",
    "inflects",
    "initials",
    "is_acronym",
    "is_name",
    "name",
    "replaced_names",
    "title_case",
]

_COMMON = 4
"""How many first letters two forms of one word share at least."""

_ENDINGS = frozenset({"", "s", "es", "ies", "y", "d", "ed", "ing"})


_AMERICAN = {"our": "or", "ours": "ors", "tre": "ter", "tres": "ters", "ence": "ense", "ences": "enses"}
_PEOPLE = re.compile(r"(?<=...)(?:ian|ean|an|ese|ish|se|sche?)$")
_LAND = re.compile(r"(?<=...)(?:ia|en|[aoey])$")
"""Endings of the people of a place, or what is theirs, and of the place."""


_BRITISH = re.compile(r"(?:(?<=.{3})ours?|tres?|ences?)$")
"""Endings that British and American spelling write differently, also in names of offices and houses."""

_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z]")
"""What every acronym has a part of."""

_NEXT_CAPITAL = re.compile(r" [^\W\d_a-z][^\W\d_A-Z]")

SHORTER = 3
"""How many letters less make an abbreviation (range 2 to 5): one or two less are another spelling."""

TYPO_SIMILARITY = 0.75
"""From which likeness of their letters two words are one word spelt twice (range .6 to .9)."""

PAIRED = 6
"""Up to how many words on each side make a replacement of one name by another (range 3 to 10)."""

ABBREVIATED = 5
"""How many letters an abbreviation has at most (range 3 to 6)."""

_LOOK_BACK = 8
"""How many characters before a word tell whether it begins a sentence (marks and quotes in a row)."""

_BESIDE = 24
"""How many characters beside a word hold its neighbours (range 12 to 40)."""

_KEPT_SIDES = 8
"""How many texts are remembered with their case: more than one rule asks for the sides of an edit."""

_GIVEN_NAME = 3
"""Up to how many characters of a name can stand between a changed one and the title (range 1 to 4)."""


def name(edit: Edit) -> Finding | None:
    """One name or title gave way to another; one that only came or went is a matter of content."""
    return qualified(edit) or _title(edit) or _replaced(edit)


def _replaced(edit: Edit) -> Finding | None:
    lost, fresh = replaced_names(edit)
    return Finding(Nature.NAME, lost, fresh) if lost else None


@lru_cache(maxsize=1)  # the rule of places asks first, then that of names
def replaced_names(edit: Edit) -> tuple[Placed, Placed]:
    """The names that went and the names that came, each in order; both empty where none was replaced.

    One name gave way to another where a few words stand for a few: in a passage that was written anew
    nothing says which name stands for which. A name that only changed its place in the passage neither
    went nor came, and one name in two spellings, two forms, or short and in full is one.
    """
    if not _may_name(edit, edit.lost) or not _may_name(edit, edit.fresh):
        return (), ()
    lost, fresh = _names(edit, edit.old, edit.lost), _names(edit, edit.new, edit.fresh)
    lost = lost or _spellings_of(fresh, edit.lost)
    fresh = fresh or _spellings_of(lost, edit.fresh)
    lost, fresh = _paired(edit, lost, fresh)
    if not lost or not fresh or _shortened(lost, edit.new) or _shortened(fresh, edit.old):
        return (), ()
    same = all(_one_name(a, b) or _abbreviates(edit, a, b) for a, b in zip(lost, fresh, strict=False))
    return ((), ()) if same else (lost, fresh)


def _may_name(edit: Edit, words: Placed) -> bool:
    """Whether one of the words is written as a name is, where words stand apart."""
    return any(word[0].isalpha() and not word[0].islower() for word, _ in words) or (
        bool(words) and not edit.words.spaced
    )


def _paired(edit: Edit, lost: Placed, fresh: Placed) -> tuple[Placed, Placed]:
    """The names that stand on both sides of one short replacement."""
    if not lost or not fresh:
        return (), ()
    if not edit.words.spaced:
        return lost, fresh  # operations part the characters of a name
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for op in edit.ops:
        if isinstance(op, Replace) and max(_size(edit.old, op.old), _size(edit.new, op.new)) <= PAIRED:
            went = [(word, at) for word, at in lost if op.old.start <= at < op.old.stop]
            came = [(word, at) for word, at in fresh if op.new.start <= at < op.new.stop]
            if went and came:
                gone += went
                come += came
    return tuple(gone), tuple(come)


def _size(side: str, span: Span) -> int:
    return len(span.of(side).split())


def _one_name(old: tuple[str, int], new: tuple[str, int]) -> bool:
    a, b = old[0], new[0]
    return short_for(a, b) or inflects(a, b) or _plain(a) == _plain(b) or _of_one_place(a, b)


def _of_one_place(old: str, new: str) -> bool:
    """*Mexican* and *Mexico* are one place."""
    old, new = key(old).removesuffix("s"), key(new).removesuffix("s")
    return old[:3] == new[:3] and any(  # the endings stand behind three letters at least
        people != _PEOPLE.sub("", people) and _stem(people, _PEOPLE) == _stem(land, _LAND)
        for people, land in ((old, new), (new, old))
    )


def _stem(word: str, ending: re.Pattern[str]) -> str:
    return ending.sub("", word)


def _abbreviates(edit: Edit, old: tuple[str, int], new: tuple[str, int]) -> bool:
    """*Va.* is short for *Virginia*: letters of it in order, and a full stop; or its ends (*VA*)."""
    for (short, at), side, (long, _) in ((old, edit.old, new), (new, edit.new, old)):
        stopped = side.startswith(".", at + len(short))
        stopped = stopped or (short.isupper() and key(short)[-1] == key(long)[-1])
        if stopped and len(short) <= ABBREVIATED:
            letters = iter(key(long))
            if short[0] == long[0] and all(letter in letters for letter in key(short)):
                return True
    return False


def _plain(word: str) -> str:
    """A name without accents, in American spelling: *Zürich* is *Zurich*, *Defence* is *Defense*."""
    bare = key(word)
    if not bare.isascii():
        bare = unaccented(bare)
    return _BRITISH.sub(lambda match: _AMERICAN[match.group()], bare)


def _names(edit: Edit, side: str, words: Placed) -> Placed:
    if not words:
        return ()
    if not edit.words.spaced:
        return tuple([p for p in words if _called(edit, side, *p) or _written_as_one(p[0])])
    words = tuple([p for p in words if p[0][0].isalpha() and not p[0][0].islower()])
    if not words:
        return ()
    named = _known if edit.language != "de" and title_case(side) else is_name
    return tuple([p for p in words if named(edit, side, *p) and not pointed(side, p[1])])


def _spellings_of(names: Placed, words: Placed) -> Placed:
    """Capitalised words that spell one of the names: told by the other side, where it is known."""
    return tuple(
        [
            (word, at)
            for word, at in words
            if word[0].isupper() and any(likeness(word, name) >= TYPO_SIMILARITY for name, _ in names)
        ]
    )


def short_for(old: str, new: str) -> bool:
    """*Sec.* is short for *Section*: one is the beginning of the other, and not a letter less."""
    short, long = sorted((key(old), key(new)), key=len)
    return len(short) > 1 and len(long) - len(short) >= SHORTER and long.startswith(short)


def _shortened(words: Placed, other_side: str) -> bool:
    """All the words are acronyms that the other side spells out, or the words of one acronym there."""
    spelt = all(is_acronym(word) for word, _ in words)
    if not spelt and (len(words) < 2 or not _CAPITALS.search(other_side)):
        return False
    others = words_in(other_side)
    if spelt:
        first_letters = initials(others)
        if all(key(word).removesuffix("s") in first_letters for word, _ in words):
            return True
    own = initials([word for word, _ in words])
    return len(words) > 1 and any(is_acronym(word) and key(word).startswith(own) for word in others)


def is_acronym(word: str) -> bool:
    """Two to six capitals, also in the plural (*MPs*)."""
    stem = word.removesuffix("s")
    return stem.isupper() and stem.isalpha() and 2 <= len(stem) <= 6


def initials(words: Iterable[str]) -> str:
    """The first letters of words, in lower case."""
    return "".join([word[0] for word in words]).casefold()


def inflects(old: str, new: str) -> bool:
    """*Communities* and *Community's* are one word in two forms."""
    old, new = key(old), key(new)
    if old[:_COMMON] != new[:_COMMON]:
        return False
    stem = common_prefix(old, new)
    return stem >= _COMMON and {old[stem:], new[stem:]} <= _ENDINGS


def _title(edit: Edit) -> Finding | None:
    """One title gave way to another: *Captain Keller*, *Major Keller*."""
    titles = edit.words.titles
    if not edit.words.spaced or edit.keys.isdisjoint(titles):
        return None
    gone = tuple([p for p in edit.lost if key(p[0]) in titles])
    come = tuple([p for p in edit.fresh if key(p[0]) in titles])
    return Finding(Nature.NAME, gone, come) if gone and come else None


def is_name(edit: Edit, side: str, word: str, at: int) -> bool:
    """A capital inside a sentence, or two capitals anywhere, make a name, if nothing speaks against it.

    A word that the article also writes in lower case is none. In German, where every noun has a
    capital, and in scripts without capitals, a title or a second name beside it must say so.
    """
    if len(word) < 2:
        return False
    if not word[0].isupper():
        return word[0].isalpha() and not word[0].islower() and _titled(edit, side, at)
    if _written_as_one(word):
        return True
    if word.casefold() in edit.words.function or edit.in_lower_case(word.casefold()):
        return False
    if edit.language == "de":
        return _titled(edit, side, at) or _beside_a_name(side, word, at)
    return (
        not begins_sentence(side, at)
        or _known(edit, side, word, at)
        or _begins_name(edit, side, at, word)
    )


def begins_sentence(side: str, at: int) -> bool:
    """Whether a word has its capital from where it stands."""
    lead = side[max(0, at - _LOOK_BACK) : at].rstrip(" \t\n\"'“‘«„([")
    return not lead or lead[-1] in ".!?:…•*–—"


def _titled(edit: Edit, side: str, at: int) -> bool:
    before = WORD.findall(side, max(0, at - _BESIDE), at)
    return bool(before) and key(before[-1]) in edit.words.titles


def _beside_a_name(side: str, word: str, at: int) -> bool:
    """A capitalised word beside another without a word between: a first name and a surname."""
    stop = at + len(word)
    return bool(
        re.search(r"(?<![.!?:] )\b[^\W\d_a-zäöüß][a-zäöüß]+ $", side[max(0, at - _BESIDE) : at])
        or re.match(r" [^\W\d_a-zäöüß][a-zäöüß]", side[stop : stop + _BESIDE])
    )


def _begins_name(edit: Edit, side: str, at: int, word: str) -> bool:
    """A word at the beginning of a sentence before another with a capital: *Hanna Holm signed*."""
    behind = _NEXT_CAPITAL.match(side, at + len(word))
    return behind is not None and not title_case(side) and key(word) not in edit.words.titles


def _known(edit: Edit, side: str, word: str, at: int) -> bool:
    """In a headline in title case: the article writes the word with a capital inside a sentence."""
    if len(word) > 1 and word.isupper() and not side.isupper():
        return True
    if not word[0].isupper() or edit.in_lower_case(word.casefold()):
        return False
    return any(not begins_sentence(edit.story, place) for place in standing(word, edit.story))


def _called(edit: Edit, side: str, word: str, at: int) -> bool:
    """In Japanese, Chinese, Korean: a title follows (田中さん), or it is foreign (ジョン・スミス)."""
    stop = at + len(word)
    for place in range(stop, stop + _GIVEN_NAME + 1):
        if any(side.startswith((title, f" {title}"), place) for title in edit.words.titles):
            return True
        if not side[place : place + 1].isalpha():
            break
    return bool(re.fullmatch("[\u30a1-\u30fa\u30fc]+", word)) and "・" in {
        side[at - 1 : at],
        side[stop : stop + 1],
    }


def _written_as_one(word: str) -> bool:
    """More than one capital, or a number grown on: a name wherever it stands, in any script."""
    return word[0].isupper() and (sum([c.isupper() for c in word]) > 1 or word[-1].isdigit())


@lru_cache(maxsize=_KEPT_SIDES)
def title_case(side: str) -> bool:
    """A headline in title case: capitals say nothing about names there."""
    first = [word[0] for word in words_in(side) if len(word) > 3 and word[0].isalpha()]
    return len(first) >= 3 and sum(map(str.isupper, first)) > 0.7 * len(first)
