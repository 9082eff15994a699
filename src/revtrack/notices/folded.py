"""A copy of a text for looking words up: lower case, plain quotes, and the same length."""

from __future__ import annotations

__all__ = ["fold"]

# Each character becomes exactly one, so that a place in the copy is the same place in the text. No
# character of Unicode but the last has a small letter that is longer.
_PLAIN = (
    ("\t", " "),
    ("_", " "),
    ("`", "'"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("‑", "-"),
    ("İ", "i"),
)


def fold(text: str) -> str:
    """*text* in lower case with plain spaces and apostrophes; positions stay the same."""
    for character, plain in _PLAIN:
        text = text.replace(character, plain)
    return text.lower()
