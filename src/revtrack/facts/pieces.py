"""Pieces: the words, numbers and signs of a text, as the readers of facts take them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, digit, normalize

import attrs

from revtrack.facts.kinds import Fact

__all__ = ["Piece", "mask", "neighbours", "pieces", "small", "unaccented", "western"]

_GROUPED = (
    r"\d{1,3}(?:(?P<mark>[.,'’٬ \u00a0\u2009\u202f])\d{3})(?:(?P=mark)\d{3})*(?:[.,٫]\d+)?(?![\d])"
)
_PIECE = re.compile(
    rf"(?P<number>{_GROUPED}|\d+(?:[.,٫]\d+)?)"
    r"|(?P<sign>[%％‰$€£¥₹₽₩₪½¼¾⅓⅔⅕⅛°])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
)
"""A number with its groups of three digits, a word, or a sign that belongs to numbers."""

_ELIDED = re.compile(r"(?:[dlnsjmc]|qu|dell|all|nell|dall|sull)'(?=\w{2})")
"""Small words that lose their vowel before the next one: *d'euros*, *l'année*, *dell'anno*."""

_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


@attrs.frozen
class Piece:
    """One piece: `key` is the word as it is compared; `glued` if no space parts it from the last."""

    text: str
    key: str
    kind: str
    start: int
    stop: int
    glued: bool


@lru_cache(maxsize=64)
def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of *text* in order."""
    found: list[Piece] = []
    last = -1
    for match in _PIECE.finditer(text):
        start, stop = match.span()
        written = match.group()
        key = _ELIDED.sub("", written.casefold().replace("’", "'").removesuffix("'s"))
        found.append(Piece(written, key, match.lastgroup or "", start, stop, start == last))
        last = stop
    return tuple(found)


def mask(text: str, facts: Iterable[Fact]) -> bytearray:
    """One byte per character of *text*, 1 where one of the facts is said."""
    covered = bytearray(len(text))
    for fact in facts:
        covered[fact.span.start : fact.span.stop] = b"\1" * len(fact.span)
    return covered


def unaccented(word: str) -> str:
    """A word without its accents: *Zürich* is *Zurich*."""
    if word.isascii():
        return word
    return "".join([c for c in normalize("NFD", word) if category(c) != "Mn"])


def western(number: str) -> str:
    """A number in the digits 0 to 9: *٤٥*, *४५* and *４５* are 45."""
    if not _FOREIGN_DIGIT.search(number):
        return number
    return "".join([str(digit(c)) if c.isdigit() else c for c in number])


def small(piece: Piece) -> int | None:
    """The number of up to two digits that a piece is."""
    return (
        int(western(piece.text))
        if piece.kind == "number" and piece.text.isdigit() and len(piece.text) <= 2
        else None
    )


def neighbours(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The word before a match, and the one behind it."""
    before = text[max(0, match.start() - 12) : match.start()].casefold().rstrip(" .")
    behind = text[match.end() : match.end() + 12].casefold().lstrip(" ")
    return re.split(r"[\s(]", before)[-1], re.split(r"[^\w']", behind)[0]
