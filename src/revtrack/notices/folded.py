"""A copy of a text for looking words up: lower case, plain quotes, and the same length."""

from __future__ import annotations

__all__ = ["fold"]

# Each character becomes exactly one, so that a place in the copy is the same place in the text.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "_": " ",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "‑": "-",
        "İ": "i",
    }
)


def fold(text: str) -> str:
    """*text* in lower case with plain spaces and apostrophes; positions stay the same."""
    low = text.translate(_PLAIN).lower()
    if len(low) == len(text):
        return low
    return "".join([c.lower() if len(c.lower()) == 1 else c for c in text.translate(_PLAIN)])
