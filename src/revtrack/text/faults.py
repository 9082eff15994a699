"""Faults of encoding that a content system puts into a text: what it meant can be read back.

Two of them are common. *Mojibake*: bytes in UTF-8 were read as windows-1252, so that ``’`` shows as
``â€™`` and ``é`` as ``Ã©``. *Entities that were encoded twice*: ``&amp;amp;`` in the page shows as
``&amp;``, or a number is written wrongly (``&x#24;``). Both are read back only where no writer can have
meant what stands there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html.entities import html5

__all__ = ["FAULTS", "PASSES", "Edit", "edited", "has_fault", "may_be_faulty", "mended"]

Edit = tuple[int, int, str]
"""What stands at `[start, stop)` becomes the text."""

PASSES = 4
"""How often a text is read back: faults upon faults (range 2 to 8; none in print needs more than 2)."""

# ------------------------------------------------------------------------------------- mojibake

# The characters that windows-1252 (as browsers read it) and ISO-8859-1 give to the bytes from 0x80 to
# 0xBF: of the latter they are C1 controls, which no text holds.
_HIGH = {
    **{chr(code): code for code in range(0x80, 0xC0)},
    **{bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0xC0)},
}
_BYTES = {**{chr(code): code for code in range(0x80, 0x100)}, **_HIGH}
_NEXT = "".join([re.escape(char) for char in _HIGH])
_MOJIBAKE = re.compile(
    # what a Western letter or sign becomes; letters of Eastern Europe, Greek and Cyrillic
    f"[ÂÃ](?:[{_NEXT} ]|\\Z)|(?:[ÄÅÎÏÐÑ][{_NEXT}])+"
    # quotes, dashes and the euro; the byte order mark and ligatures; emoji
    f"|â[€‚„†ˆ\x80\x82\x84\x86\x88][{_NEXT}]|ï(?:»¿|¬[{_NEXT}])|ð[Ÿ\x9f][{_NEXT}][{_NEXT}]"
)
_LEAD = re.compile("[ÂÃÄÅÎÏÐÑâïð]")
# What may stand after a capital letter in ordinary text: quotes, dashes, spaces and signs.
_CLOSING = frozenset(" ’‘“”»«…–—\u00a0™®°²³")

# The space that belongs to the fault, U+00A0, was collapsed with others or cut off.
_COLLAPSED = {"Â": "", "Â ": " ", "Ã": "à", "Ã ": "à "}


def _mojibake(text: str) -> Iterator[Edit]:
    """Bytes in UTF-8 that were read as windows-1252, read back."""
    for found in _MOJIBAKE.finditer(text):
        read = _read_back(found[0])
        if read is not None and not _is_meant(found):
            yield found.start(), found.end(), read


@lru_cache(maxsize=4096)  # a garbled page has few of them, each many times
def _read_back(shown: str) -> str | None:
    """What was meant by characters that are shown; None where they are no bytes of UTF-8."""
    if shown in _COLLAPSED:
        return _COLLAPSED[shown]
    try:
        read = bytes([_BYTES[char] for char in shown]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if any("\x80" <= char < "\xa0" for char in read) else read


def _is_meant(found: re.Match[str]) -> bool:
    """Whether a writer may have meant the match: a word in capitals before a closing quote or sign.

    Inside a word, and after a small letter, no capital and quote can have been meant.
    """
    shown, text, stop = found[0], found.string, found.end()
    before = text[found.start() - 1 : found.start()]
    if shown in _COLLAPSED:
        return before.isupper()
    if len(shown) != 2 or shown[0] == "Â" or shown == "Ã\u00a0":
        return False
    if shown[0] in "ÎÏ":
        return True  # one Greek letter by itself tells nothing
    return shown[1] in _CLOSING and not before.islower() and not text[stop : stop + 1].isalpha()


# ------------------------------------------------------------------------------------- entities

_REFERENCE = r"#[0-9]{1,7};|(?:#[xX]|[xX]#)[0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};"
_ENTITY = re.compile(f"&(?:amp;)+(?:{_REFERENCE})?|&(?:{_REFERENCE})")
# What an entity is written with: nobody encodes these, and reading them back could make another entity.
_SYNTAX = frozenset("0123456789#;&abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _entities(text: str) -> Iterator[Edit]:
    """Entities that show, read back; ``&amp;`` before them, too."""
    for found in _ENTITY.finditer(text):
        shown = found[0]
        reference = shown.rpartition("&")[2]
        while reference.startswith("amp;"):
            reference = reference[4:]
        meant = _meant(reference)
        if meant != shown:
            yield found.start(), found.end(), meant


def _meant(reference: str) -> str:
    if reference[1:2] == "#":  # typed in the wrong order: &x#24;
        reference = f"#x{reference[2:]}"
    if reference.startswith("#") or reference in html5:
        meant = html.unescape(f"&{reference}")
        if _SYNTAX.isdisjoint(meant):
            return meant
    return f"&{reference}"


FAULTS: list[tuple[str, Callable[[str], Iterator[Edit]]]] = [
    ("mojibake", _mojibake),
    ("entities", _entities),
]


def may_be_faulty(text: str) -> bool:
    """Whether *text* holds a character that begins a fault: a quick look that nearly all texts pass."""
    return "&" in text or (not text.isascii() and _LEAD.search(text) is not None)


def has_fault(text: str) -> bool:
    """Whether anything in *text* may be a fault."""
    lead = _LEAD.search(text)  # found ten times as fast as what it may begin
    garbled = lead is not None and _MOJIBAKE.search(text, lead.start()) is not None
    return garbled or _ENTITY.search(text) is not None


def mended(text: str) -> str:
    """*text* with its faults read back, and faults upon faults."""
    for _ in range(PASSES):
        meant = text
        for _, rule in FAULTS:
            meant = edited(meant, rule(meant))
        if meant == text:
            break
        text = meant
    return text


def edited(text: str, edits: Iterable[Edit]) -> str:
    """*text* after *edits*, which are in order and do not overlap."""
    parts: list[str] = []
    done = 0
    for start, stop, words in edits:
        parts += [text[done:start], words]
        done = stop
    return "".join([*parts, text[done:]]) if parts else text
