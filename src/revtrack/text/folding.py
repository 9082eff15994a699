"""Equality folding: two texts that a reader cannot tell apart fold to the same string.

Folded away are the spellings that a content management system changes by itself: Unicode normal
form, curly and straight quotes, kinds of spaces and runs of them, soft hyphens, zero-width and
direction marks, ligatures, the ellipsis character, the two hyphens that print as a hyphen-minus, two
or three hyphens that stand for an em dash, as typewriters have it; and faults of encoding
(`revtrack.text.faults`). The rules one by one are in `revtrack.text.normal`.
Whatever can carry meaning stays: case, digits, `?`, `%`, `-`, en and em dashes, the minus sign.
"""

from __future__ import annotations

import re
import unicodedata

from revtrack.text.faults import PASSES, has_fault, may_be_faulty, mended

__all__ = ["IDLE_JOINER", "INVISIBLE", "REPLACED", "TYPED_DASH", "fold"]

_COMMON = (("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u2018", "'"))
"""The four curly quotes that nearly every English text has: replaced before anything is scanned."""

REPLACED = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    "\u2026": "...",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters that print nothing. The overrides U+202D and U+202E are not here: they turn text round."""

_TABLE = str.maketrans({**REPLACED, **dict.fromkeys(INVISIBLE, "")})
_RARE = re.compile("[" + "".join(REPLACED) + INVISIBLE + "\u200c\u200d]")

# The joiners change the shape of what stands beside them from Arabic on; between Latin, Greek,
# Cyrillic or Hebrew letters, spaces and general punctuation they print nothing.
_PLAIN = "\u0000-\u05ff\u2000-\u206f"
IDLE_JOINER = re.compile(
    f"(?<=[{_PLAIN}])[\u200c\u200d]++|\\A[\u200c\u200d]++"
    f"|(?<![\u200c\u200d])[\u200c\u200d]++(?=[{_PLAIN}]|\\Z)"
)


TYPED_DASH = re.compile("(?<!-)--{1,2}(?!-)")
"""Longer runs are rules between parts of a text."""


def fold(text: str) -> str:
    """The form of *text* that is compared for equality; folding twice changes nothing.

    White space is collapsed to single spaces and stripped at both ends. Raises `TypeError` when
    *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    plain = _spelt_alike(text)
    if may_be_faulty(plain) and (has_fault(text) or has_fault(plain)):
        return _mended(text, plain)
    return plain


def _mended(text: str, plain: str) -> str:
    """*text* with its faults read back; *plain*, its other form, where that comes to no end.

    What is returned is either at rest, or begins a way that does not end: so it is folded to itself.
    """
    for start in (text, plain):
        read = start
        for _ in range(PASSES):
            again = _spelt_alike(mended(read))
            if again == read:
                return read
            read = again
        if _spelt_alike(mended(read)) == read:
            return read
    return plain


def _spelt_alike(text: str) -> str:
    if not text.isascii():
        for curly, straight in _COMMON:
            text = text.replace(curly, straight)
        if not text.isascii():
            text = _fold_rare(text)
    if "--" in text:
        text = TYPED_DASH.sub("—", text)
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # the only white space is single spaces inside: nothing to collapse
    return " ".join(text.split())


def _fold_rare(text: str) -> str:
    if _RARE.search(text):
        text = text.translate(_TABLE)
        if "\u200c" in text or "\u200d" in text:
            text = IDLE_JOINER.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text
