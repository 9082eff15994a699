"""Words: the smallest pieces of text that a reader takes as one.

A word, a number, an amount, a percentage, a numeric date, a hyphenated word, an abbreviation with
inner dots, a web or e-mail address is one token; punctuation stands apart. Text that is written
without spaces (Chinese, Japanese, Thai …) is cut by character. No token ends inside a grapheme:
accents, vowel signs, emoji sequences and flags stay whole. Word characters follow Unicode's
alphanumeric property; the cases are those of UAX 29 that matter for comparing prose.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from revtrack.model import Span

__all__ = ["lexemes", "words"]

_SIMPLE_TEXT = re.compile("[\u0000-\u02ff\u1e00-\u200b\u2010-\u20bf\u2100-\u218f\u2190-\u22ff]*+\\Z")
"""Texts in which no combining mark, unspaced script, joiner or emoji can occur."""

_CURRENCY = "$€£¥₹₽₩₪₺฿"
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Hiragana and Han: scripts without spaces between words."""


def words(text: str) -> tuple[Span, ...]:
    """The words and punctuation marks of *text* as spans, in order; white space is in none.

    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    pattern = _simple_pattern() if _SIMPLE_TEXT.match(text) else _full_pattern()
    return tuple([Span(*match.span()) for match in pattern.finditer(text)])


@cache
def _simple_pattern() -> re.Pattern[str]:
    return _pattern(letter=r"\w", mark="", other=r"\S")


@cache
def _full_pattern() -> re.Pattern[str]:
    """The pattern for every script; the marks are looked up once, in about 20 ms."""
    marks = "".join(
        [
            chr(code)
            for code in (*range(0x300, 0x20000), *range(0xE0000, 0xE01F0))
            if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me") or 0xE0020 <= code < 0xE0080
        ]
    )
    mark = f"[{marks}\u200c\u200d\U0001f3fb-\U0001f3ff]"
    letter = f"[^\\W{_UNSPACED}]{mark}*+"
    joined = f"\\S(?:(?:\u200d\\S)|{mark})*+"
    flag = "[\U0001f1e6-\U0001f1ff]{2}"
    thai = f"[\u0e40-\u0e44\u0ec0-\u0ec4]?[{_UNSPACED}]{mark}*+"
    return _pattern(letter=letter, mark=f"{mark}*+", other=f"{flag}|{thai}|{joined}")


def _pattern(*, letter: str, mark: str, other: str) -> re.Pattern[str]:
    """One alternative per kind of token; every repeat is possessive or bounded, so time is linear."""
    word = f"(?:{letter})++"
    inner = f"(?:['’ʼ\\-‐‑&](?:{letter})++)*+"
    return re.compile(
        "|".join(
            (
                r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]{}'’…]",
                r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+",
                f"(?<!\\w)[+\\-−±]?[{_CURRENCY}]?\\d++(?:[.,:/\\-]\\d++)*+(?:%|‰|°[CF]?(?!\\w)|{inner}{word}{inner}|){mark}",
                r"(?<![\w.])(?:[^\W\d_]\.){2,}",
                f"{word}{inner}",
                f"{other}",
            )
        )
    )


def lexemes(text: str) -> list[str]:
    """The words of *text* themselves, for counting."""
    pattern = _simple_pattern() if _SIMPLE_TEXT.match(text) else _full_pattern()
    return pattern.findall(text)
