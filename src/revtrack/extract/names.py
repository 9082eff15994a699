"""What the class and id names of elements say of them: furniture, the article's text, a caption.

Names are split into words (``article__related-links`` gives *article*, *related*, *links*), which are
looked up in ``names.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache

import attrs
from lxml import etree

from revtrack.extract.elements import HEADINGS, text_of
from revtrack.extract.labels import is_related_label, tables

__all__ = ["Names", "Verdict", "is_called_live", "name_words", "verdict_of"]


class Verdict(IntEnum):
    """What an element's class and id say of it, or a site rule."""

    OPEN = 0  # nothing
    PICTURE = 1  # a picture, perhaps with words about it
    BODY = 2  # the article's text
    NOTICE = 3  # a correction or editor's note: kept wherever it is
    KEPT = 4  # what a site rule keeps, wherever it is
    CAPTION = 5  # words about a picture
    SOFT = 6  # furniture, unless it turns out to hold most of the text
    COMMENTS = 7  # readers' comments: furniture, unless the headline is in it
    HARD = 8  # furniture, however much text it holds (related articles)


# A member of an enumeration costs a look-up each time it is named.
_OPEN, _PICTURE, _BODY, _NOTICE, _KEPT, _CAPTION, _SOFT, _COMMENTS, _HARD = Verdict
# What could be an article after all.
_DOUBTFUL = frozenset([_SOFT, _CAPTION, _COMMENTS])

# The fewest words of an id that is made of a heading's, and the share of them that the heading has
# (range .6 to 1: some signs are spelt in other letters, and ids have a word of their own before them).
_SLUG_WORDS = 3
_SHARE = 0.75
_ACCENT = re.compile(r"[\u0300-\u036f]")
_LETTERS = re.compile(r"\w+")
# Names that begin so are the categories an article is filed under, not what an element is.
_FILING = ("tag-", "category-", "tax-", "topic-", "post-tag", "section-", "format-", "type-")


class Names:
    """The verdicts of one page's elements, remembered by their class and id names.

    *lenient* names no furniture that could be an article: for pages where nothing else is left. What is
    `trusted` is none either: it holds the article, whatever it is called.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self.trusted: set[etree._Element] = set()
        self._lenient = lenient
        self._known: dict[str | tuple[str | None, str], Verdict] = {}

    def verdict(self, element: etree._Element) -> Verdict:
        """What the class and id of *element* say of it."""
        names, own = element.get("class"), element.get("id")
        if own is None:
            if names is None:
                return _OPEN
            key: str | tuple[str | None, str] = names
        else:
            key = (names, own)
        found = self._known.get(key)
        if found is None:
            found = verdict_of(f"{names or ''} {own or ''}")
            if own is not None and found > _KEPT and _is_slug(element, own):
                found = verdict_of(names or "")
            if self._lenient and found in _DOUBTFUL:
                found = _OPEN
            self._known[key] = found
        return _OPEN if found > _KEPT and element in self.trusted else found


def _is_slug(element: etree._Element, own: str) -> bool:
    """Whether the id *own* repeats the words of the first heading in *element*, which is no label."""
    words = _plain_words(own.replace("_", " "))
    heading = next(element.iter(*HEADINGS), None) if len(words) >= _SLUG_WORDS else None
    if heading is None:
        return False
    text = text_of(heading)
    known = frozenset(_plain_words(text))
    if sum([word in known for word in words]) < _SHARE * len(words):
        return False
    return not is_related_label(text)


def _plain_words(text: str) -> list[str]:
    return _LETTERS.findall(_ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())))


_LIVE = re.compile(r"(?:^|[\s_-])live(?:$|[\s_-]|blog|feed|ticker|updates?)")


def is_called_live(names: str) -> bool:
    """Whether class and id *names* are those of a live blog or its entries."""
    names = names.lower()
    return "live" in names and _LIVE.search(names) is not None


# How many verdicts are kept for the next page: captures of one site share their names. About 10 MB.
_REMEMBERED = 65_536

# In names without capitals words are what stands between other signs.
_APART = str.maketrans({code: " " for code in range(128) if not chr(code).islower()})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
# Build tools put letters and digits of chance into names, anew for each build: ``css-9ad8f1`` is about
# no advertisement. A part in which a letter follows a digit is of their making, but for a size
# (``ad300x250``); so are the short words of one that has lone capitals or letters (``gAdXyz``).
_PART = re.compile(r"[A-Za-z0-9]+")
_MADE = re.compile(r"[0-9](?!x[0-9])[A-Za-z]")
# The longest word that is met by chance (range 2 to 4: letters in every tenth page's names spell "ad").
_BY_CHANCE = 3


def name_words(names: str) -> list[str]:
    """The words of class and id names, in lower case; an empty word stands between names."""
    words: list[str] = []
    for name in names.split():
        if not name.startswith(_FILING):
            for part in _PART.findall(name):
                words.extend(_words_of_part(part))
            words.append("")
    return words


def _words_of_part(part: str) -> list[str]:
    if _MADE.search(part):
        return []
    words = [word.lower() for word in _WORD.findall(part)]
    if len(words) > 2 and part.isalpha() and any(len(word) == 1 for word in words):
        return [word for word in words if len(word) > _BY_CHANCE]
    return words


@attrs.frozen
class _Vocabulary:
    """The words and pairs of words of ``names.toml``; `known` are all that can decide anything."""

    words: dict[str, Verdict]
    pairs: dict[tuple[str, str], Verdict]
    embed: frozenset[str]
    hiding: frozenset[str]
    denying: frozenset[str]
    state: frozenset[str]
    known: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    said: dict[str, str] = tables("names")
    words: dict[str, Verdict] = {}
    pairs: dict[tuple[str, str], Verdict] = {}
    for verdict in Verdict:
        words |= dict.fromkeys(said.get(verdict.name.lower(), "").split(), verdict)
        for pair in said.get(f"{verdict.name.lower()}_pairs", "").split():
            first, second = pair.split("-")
            pairs[first, second] = verdict
    embed, hiding, denying, state = (
        frozenset(said[name].split()) for name in ("embed", "hiding", "denying", "state")
    )
    known = frozenset([*words, *hiding, *[second for _, second in pairs]])
    return _Vocabulary(words, pairs, embed, hiding, denying, state, known)


@lru_cache(maxsize=_REMEMBERED)
def verdict_of(names: str) -> Verdict:
    """What class and id *names* say: the gravest of a word, a notice and the text before furniture."""
    known = _vocabulary()
    plain = names.islower() and names.isascii()
    words = names.translate(_APART).split() if plain else map(str.lower, _WORD.findall(names))
    if known.known.isdisjoint(words):  # as those of most
        return _OPEN
    words = name_words(names)
    found = _OPEN
    previous = ""
    embeds = not known.embed.isdisjoint(words)
    for number, word in enumerate(words):
        if word in known.known:
            said = max(known.words.get(word, _OPEN), known.pairs.get((previous, word), _OPEN))
            if said is _OPEN and word in known.hiding and not previous and not words[number + 1]:
                said = _SOFT
            if said is _SOFT and embeds:
                said = _OPEN
            if said is _NOTICE:
                return _NOTICE
            if said is _BODY:
                found = _BODY
            elif (
                found is not _BODY
                and said > found
                and previous not in known.denying
                and words[number + 1] not in known.state
            ):
                found = said
        previous = word
    return found
