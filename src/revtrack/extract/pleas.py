"""Pleas: what a site says to its reader about itself, and never about the story.

To subscribe, to log in, to consent, to give, to load a film, to follow. They are known by how many
words of a site's machinery a short text holds, beside one that speaks to the reader, and not by their
wording: ``pleas.toml`` has the beginnings of words per language. A language that is missing there
loses precision and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from revtrack.extract.words import finder, tables, words
from revtrack.model import Block
from revtrack.notices.phrases import alternation

__all__ = ["PLEA_LONGEST", "is_closing", "is_gate", "is_plea", "leads_to_terms"]

PLEA_LONGEST = 320
"""The longest plea, in characters (range 200 to 600)."""

# How many words of the machinery a plea holds at least, and how many characters there may be for each
# (range 2 to 4 and 50 to 150): articles that speak of these matters say other things as well.
_FEWEST = 3
_FOR_EACH = 70
# How many names of networks count (range 1 to 3): stories on them name more.
_NETWORKS = 2
# What every language has, and from which letter on scripts set no spaces between words.
_ANY, _ANY_OF = "follow any", "follow"
_DENSE = "\u2e80"
# The longest line of rights, in characters (range 100 to 400).
_RIGHTS_LONGEST = 320
# What the addresses of a site's terms hold.
_TERMS = (
    *("privacy", "terms", "guidelines", "cookie", "polic", "conditions"),
    *("datenschutz", "bedingungen"),
)


_TABLES = ("account", "consent", "film", "follow")


@cache
def _words(*kinds: str) -> dict[str, frozenset[str]]:
    """The words of these tables, each with the table and language that it is of (``account en``)."""
    found: dict[str, set[str]] = {}
    for kind in kinds:
        for language, of_language in tables("pleas")[kind].items():
            for word in of_language:
                found.setdefault(word, set()).add(f"{kind} {language}")
    return {word: frozenset(of) for word, of in found.items()}


@cache
def _machinery(*, dense: bool) -> re.Pattern[str]:
    stems = _words(*_TABLES)
    pattern = rf"\b{alternation((), [word for word in stems if word[0] < _DENSE], ends=('', ''))}"
    if dense:  # looked for at each character, not at each word
        others = [word for word in stems if word[0] >= _DENSE]
        pattern += f"|{alternation((), others, ends=('', ''))}"
    return re.compile(pattern)


def _held(folded: str) -> set[str]:
    """The words of the machinery in a *folded* text."""
    dense = not folded.isascii() and max(folded) >= _DENSE
    return set(_machinery(dense=dense).findall(folded))


@cache
def _address() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(_words('readers'), (), ends=('', ''))}\b")


def is_plea(text: str, *, least: int = _FEWEST) -> bool:
    """Whether a short text asks its reader for something that is the site's affair, not the story's.

    *least* is how many words must show it.
    """
    if len(text) > PLEA_LONGEST:
        return False
    folded = text.casefold()
    machinery = _held(folded)
    if len(machinery) < _FEWEST - 1:
        return False
    held = Counter([of for word in machinery for of in _words(*_TABLES)[word]])
    everywhere = held.pop(_ANY, 0)
    spoken = {of[-2:] for word in _address().findall(folded) for of in _words("readers")[word]}
    most = max(
        [
            count + (min(everywhere, _NETWORKS) if of.startswith(_ANY_OF) else 0) + (of[-2:] in spoken)
            for of, count in held.items()
        ],
        default=0,
    )
    return most >= least and most * _FOR_EACH >= len(text)


def is_gate(text: str) -> bool:
    """Whether a short text speaks of the account or subscription that shows the rest of a story.

    It holds two words of that, or one beside a word that speaks to the reader, in one language.
    """
    if len(text) > PLEA_LONGEST:
        return False
    folded = text.casefold()
    machinery = _held(folded)
    held = Counter([of for word in machinery for of in _words("account").get(word, ())])
    if not held or not machinery.isdisjoint(words("pleas", "letters")):
        return False
    spoken = {of[-2:] for word in _address().findall(folded) for of in _words("readers")[word]}
    return any(count > 1 or of[-2:] in spoken for of, count in held.items())


def is_closing(text: str) -> bool:
    """Whether the text is about the rights, or a plea."""
    if len(text) <= _RIGHTS_LONGEST and finder("pleas", "rights").search(text.casefold()) is not None:
        return True
    return is_plea(text)


def leads_to_terms(block: Block) -> bool:
    """Whether the block has several links, and all lead to a site's terms."""
    addresses = [link.href.lower() for link in block.links]
    return len(addresses) > 1 and all(any(word in one for word in _TERMS) for one in addresses)
