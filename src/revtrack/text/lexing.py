"""Words: the smallest pieces of text that a reader takes as one.

A word, a number, an amount, a percentage, a numeric date, a hyphenated word, an abbreviation with
inner dots, a web or e-mail address is one token; punctuation stands apart. Text that is written
without spaces (Chinese, Japanese, Thai …) is cut by character. No token ends inside a grapheme:
accents, vowel signs, stacked consonants, emoji sequences and flags stay whole. Word characters follow
Unicode's alphanumeric property; the cases are those of UAX 29 that matter for comparing prose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from revtrack.model import Span

__all__ = ["lexemes", "placed_words", "ranges", "words"]

_SIMPLE_TEXT = re.compile(
    "[\u0000-\u00ac\u00ae-\u02ff\u1e00-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20bf\u2100-\u22ff]*+\\Z"
)
"""Texts without combining marks, unspaced scripts, invisible characters or emoji."""

_CURRENCY = "$€£¥₹₽₩₪₺฿＄￥"
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Hiragana and Han: scripts without spaces between words."""
_EXTENDING = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Categories of what belongs to the character before it: marks, joiners, invisible characters."""
_SPACING_VOWELS = (0x0E33, 0x0EB3, 0xFF9E, 0xFF9F)
"""Letters by category that belong to the one before: Thai and Lao vowels, voicing of narrow kana."""
_SHORT_CHUNK = 32
_KEPT_CHUNKS = 8192
"""Characters of a chunk whose words are remembered, and how many such chunks: about 2 MB at most.

Cutting a sentence of 170 characters takes 4 µs where its chunks are known and 26 µs by the pattern.
"""
_STACKING = "\u1039\u17d2"
"""Burmese and Khmer signs that put the next consonant under the one before."""
_DIGITS = r"\d++(?:[.,:/\-‐‑٫٬]\d++)*"
_UNIT = rf"(?:[%‰٪％]|°[CF]?(?!\w)|[{_CURRENCY}](?!\d))?"
_JOINING = "'’‘‛ʼ\\-‐‑־&·‧"
"""What joins letters to one word, as in *l'eau*, *well-known* and *col·lecció*."""
_PATH = r"[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]{}'’…]"
"""The rest of an address, without the punctuation that the sentence puts behind it."""
_LABEL = r"[A-Za-z0-9][\w\-]{0,62}\."
_HOST = (
    rf"(?<![\w.])(?={_LABEL}\w)(?:"
    rf"(?:(?:{_LABEL}){{1,8}}(?:com|org|net|edu|gov|int|info|news)|(?:{_LABEL}){{2,8}}[a-z]{{2}})"
    rf"(?!\w)(?:/(?:{_PATH})?)?|(?:{_LABEL}){{1,8}}[a-z]{{2,15}}/{_PATH})"
)
"""An address without a scheme, as far as it cannot be two sentences without a space (*end.then*)."""
_HEBREW = "\u05d0-\u05ea"


def words(text: str) -> tuple[Span, ...]:
    """The words and punctuation marks of *text* as spans, in order; white space is in none.

    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    return tuple(
        [Span(start, start + len(word)) for start, word in zip(*placed_words(text), strict=True)]
    )


def placed_words(text: str) -> tuple[list[int], list[str]]:
    """Where each word of *text* starts, and the words themselves."""
    found = lexemes(text)
    starts: list[int] = []
    at = 0
    for word in found:
        at = text.index(word, at)  # nothing but white space lies between
        starts.append(at)
        at += len(word)
    return starts, found


def lexemes(text: str) -> list[str]:
    """The words of *text* themselves, for counting."""
    chunks = text.split()
    usual = max(map(len, chunks), default=0) <= _SHORT_CHUNK
    return list(chain.from_iterable(map(_short_chunk if usual else _chunk_words, chunks)))


def _chunk_words(chunk: str) -> tuple[str, ...]:
    """The words of a chunk without white space, which they tile; no word reaches over white space."""
    return _short_chunk(chunk) if len(chunk) <= _SHORT_CHUNK else _cut(chunk)


@lru_cache(maxsize=_KEPT_CHUNKS)
def _short_chunk(chunk: str) -> tuple[str, ...]:
    """The same, remembered: two versions of a text share most chunks, and prose repeats itself."""
    if chunk.isascii():
        if chunk.isalnum():
            return (chunk,)
        if chunk[-1] in ",." and chunk[:-1].isalnum():
            return (chunk[:-1], chunk[-1])
    return _cut(chunk)


def _cut(chunk: str) -> tuple[str, ...]:
    return tuple(_pattern_for(chunk).findall(chunk))


def _pattern_for(text: str) -> re.Pattern[str]:
    return _simple_pattern() if _SIMPLE_TEXT.match(text) else _full_pattern()


@cache
def _simple_pattern() -> re.Pattern[str]:
    return _pattern(letter=r"\w", mark="", other=r"\S")


@cache
def _full_pattern() -> re.Pattern[str]:
    """The pattern for every script; the marks are looked up once, in about 20 ms."""
    mark = f"[{_marks()}\U0001f3fb-\U0001f3ff]"
    return _pattern(
        letter=f"[^\\W{_UNSPACED}]{mark}*+",
        mark=f"{mark}*+",
        other="|".join(
            (
                "[\U0001f1e6-\U0001f1ff]{2}",
                (
                    f"[\u0e40-\u0e44\u0ec0-\u0ec4]?[{_UNSPACED}]{mark}*+"
                    f"(?:[{_UNSPACED}](?<=[{_STACKING}].){mark}*+)*"
                ),
                f"\\S(?:\u200d[^\\s\\w]|{mark})*",
            )
        ),
    )


def _marks() -> str:
    """The marks that belong to the character before them.

    Left out are the blocks of ideographs, Hangul and private use, which have none.
    """
    blocks = (0xAD, 0xAE), (0x300, 0x3400), (0xA000, 0xAC00), (0xF900, 0x20000), (0xE0000, 0xE01F0)
    return ranges(
        [
            code
            for start, stop in blocks
            for code in range(start, stop)
            if code in _SPACING_VOWELS or unicodedata.category(chr(code)) in _EXTENDING
        ]
    )


def ranges(codes: Iterable[int]) -> str:
    """Characters, by their numbers in order, as ranges of a set: hundreds one by one compile slowly."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join([f"{chr(first)}-{chr(last)}" for first, last in found])


def _pattern(*, letter: str, mark: str, other: str) -> re.Pattern[str]:
    """One alternative per kind of token; nothing that must match follows a repeat, so time is linear.

    No group is repeated possessively, and none begins with a look-behind: before Python 3.11.5 such a
    repeat never ends, or ends with the wrong match (gh-106052).
    """
    word = f"(?:{letter})+"
    inner = f'(?:[{_JOINING}]{word}|["״”“](?<=[{_HEBREW}].)(?=[{_HEBREW}]){word})*'
    return re.compile(
        "|".join(
            (
                rf"(?:(?:https?|ftp)://|www\.){_PATH}",
                r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}",
                (
                    rf"(?:(?<!\w)[+\-‐‑−±])?(?:(?<!\w)[A-Z]{{1,3}})?[{_CURRENCY}]?{_DIGITS}{_UNIT}{mark}"
                    rf"(?:{word}(?:[:.]\d++(?:{word})?)*)?{inner}"
                ),
                rf"(?<![\w.])(?:[^\W\d_]{{1,2}}\.){{2,}}(?:[{_JOINING}]{word}{inner})?",
                r"(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?!\w)",
                _HOST,
                rf"(?<!\w)[@#]{word}{inner}",
                rf"{word}{inner}(?:\.(?<=\d.)\d++(?:{word})?)*",
                r"\.{2,}",
                other,
            )
        )
    )
