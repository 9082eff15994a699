"""Pleas: what a site says to its reader about itself, and never about the story.

To subscribe, to log in, to consent, to give, to load a film, to follow. They are known by how many
words of a site's machinery a short text holds, beside one that speaks to the reader, and not by their
wording: ``pleas.toml`` has the beginnings of words per language. A language that is missing there
loses precision and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from revtrack.extract.words import finder, tables, words
from revtrack.model import Block
from revtrack.notices.phrases import alternation

__all__ = [
    "PLEA_LONGEST",
    "asks_for_account",
    "is_closing",
    "is_gate",
    "is_plea",
    "leads_to_terms",
    "reads_on",
]

PLEA_LONGEST = 400
"""The longest plea or line of rights, in characters (range 200 to 600)."""

# How many words of the machinery a plea holds at least, and how many characters there may be for each
# (range 2 to 4 and 50 to 150): articles that speak of these matters say other things as well.
_FEWEST = 3
_FOR_EACH = 70
# How many names of networks count (range 1 to 3): stories on them name more.
_NETWORKS = 2
# The longest words of a link that leads to an account, in characters (range 20 to 60).
_LINK = 30
# How many answers are kept for the next capture, whose paragraphs are the same. About 2 MB.
_REMEMBERED = 4_096
# What every language has, and from which letter on scripts set no spaces between words.
_ANY, _ANY_OF = "follow any", "follow"
_DENSE = "\u2e80"
# What the addresses of a site's terms hold.
_TERMS = (
    *("privacy", "terms", "guidelines", "cookie", "polic", "conditions"),
    *("datenschutz", "bedingungen"),
)
# What people are quoted with, and a price.
_QUOTED = re.compile(r"[“„«»\"][^“”„«»\"]{1,320}[”“»«\"]")
_PRICE = re.compile(r"[€$£¥₩₹] ?\d|\d ?(?:[€$£¥₩₹]|euro|kr\b|zł|ft\b|руб|₽|円|元|원)")

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
    spaced = [word for word in stems if word[0] < _DENSE]
    pattern = rf"(?<!\w){alternation((), spaced, ends=('', ''))}"  # faster than at a boundary
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


@lru_cache(maxsize=_REMEMBERED)
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


def is_gate(text: str, *, language: str | None = None) -> bool:
    """Whether a short text asks its reader for the account that shows the rest of a story.

    It holds a word on accounts or subscriptions, and in the same language one that means the reader or
    the reading of this story, which may be in an app; or a sentence of it begins with the request. What
    people are quoted with does not count. Of a text whose *language* is known, others' words for the
    reader do not count.
    """
    if len(text) > PLEA_LONGEST:
        return False
    folded = _QUOTED.sub(" ", text).casefold()
    machinery = _held(folded)
    if not machinery.isdisjoint(words("pleas", "letters")):
        return False
    of_account = {of[-2:] for word in machinery for of in _words("account").get(word, ())}
    followed = Counter([of[-2:] for word in machinery for of in _words("follow").get(word, ())])
    asked, reading = _languages("acts", folded), _languages("reading", folded)
    you = _languages("you", folded)
    if language is not None and (own := language[:2].lower()) in tables("pleas")["account"]:
        you &= {own, "en"}
    found = (of_account & (reading | asked | you)) | (followed.keys() & reading)  # in our app
    has_price = _PRICE.search(folded) is not None
    found |= {one for one in asked if followed[one] > 1 or (followed[one] and has_price)}
    if "%" in folded:  # how much of the story is left
        found |= reading & you
    return bool(found)


def reads_on(text: str) -> bool:
    """Whether the words of a button lead to the rest of a story."""
    folded = text.casefold()
    return bool(_languages("account", folded) & _languages("reading", folded))


def asks_for_account(text: str) -> bool:
    """Whether these few words of a link or button lead to an account or a subscription."""
    return len(text) <= _LINK and not _held(text.casefold()).isdisjoint(_words("account"))


def _languages(table: str, folded: str) -> set[str]:
    """The languages of the words of a *table* that a *folded* text holds."""
    return {of[-2:] for word in _phrases(table).findall(folded) for of in _words(table)[word]}


@cache
def _phrases(table: str) -> re.Pattern[str]:
    """What finds the words of a *table*: acts where a sentence begins, of `reading` all beginnings."""
    spaced = [word for word in _words(table) if word[0] < _DENSE]
    dense = [word for word in _words(table) if word[0] >= _DENSE]
    edge = r"(?:^|(?<=[.!?:…|–—¿¡>] )|(?<=[¿¡]))" if table == "acts" else r"\b"
    stop = "" if table == "reading" else r"\b"
    found = f"{edge}{alternation(spaced, (), ends=('', ''))}{stop}"
    return re.compile(f"{found}|{alternation((), dense, ends=('', ''))}" if dense else found)


def is_closing(text: str) -> bool:
    """Whether the text is about the rights, or a plea."""
    if len(text) > PLEA_LONGEST:
        return False
    return finder("pleas", "rights").search(text.casefold()) is not None or is_plea(text)


def leads_to_terms(block: Block) -> bool:
    """Whether the block has several links, and all lead to a site's terms."""
    addresses = [link.href.lower() for link in block.links]
    return len(addresses) > 1 and all(any(word in one for word in _TERMS) for one in addresses)
