"""Numerals: the number that a run of digits or of words stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from revtrack.facts.pieces import Piece, western
from revtrack.facts.vocabulary import Words

__all__ = ["FRACTION_SIGNS", "SCALES", "VAGUE", "decimal", "han", "spelt"]

SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""What the words of scale multiply by, under the names that the language files use."""

VAGUE = {f"{scale}s": value for scale, value in SCALES.items()}
"""*Dozens* and *thousands*: of which nobody says how many."""

FRACTION_SIGNS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "⅕": Fraction(1, 5),
    "⅛": Fraction(1, 8),
}

_DECIMAL_POINT = frozenset({"en", "ja", "zh", "ko", "ar"})
"""Languages that write 1,000.5; the others write 1.000,5."""

_MARK = re.compile(r"[.,]")
_NO_DIGIT = re.compile(r"[^\d]")
_HAN_SCALES = (("兆", 10**12), ("조", 10**12), ("億亿억", 10**8), ("万萬만", 10**4))
_HAN_SMALL = (("千천", 1000), ("百백", 100), ("十십", 10))
_HAN_DIGITS = {
    c: n
    for n, row in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for c in row
}
_ARTICLE = 2
"""Letters of *a* and *an*, which are no part of a number behind a ten."""

_LONGEST = 40
"""Digits of the longest number that is read (range 20 to 100): longer ones are no quantities."""


def decimal(written: str, language: str) -> Fraction:
    """The number that *written* digits stand for, with the marks of the language."""
    text = western(written)[:_LONGEST].replace("٫", ".").replace("٬", "'")
    marks = _MARK.findall(text)
    point = "." if language in _DECIMAL_POINT else ","
    split = -1
    if marks and (len(set(marks)) > 1 or len(marks) == 1):
        split = max(text.rfind("."), text.rfind(","))
        sole = len(set(marks)) == 1
        if sole and _groups(text, split) and text[split] != point:
            split = -1  # one mark before three digits parts thousands
    whole, part = (text[:split], text[split + 1 :]) if split >= 0 else (text, "")
    digits = _NO_DIGIT.sub("", whole) or "0"
    return Fraction(int(digits + part), 10 ** len(part))


def _groups(text: str, at: int) -> bool:
    return len(text) - at == 4 and text[0] != "0" and 1 <= at <= 3


def spelt(run: Sequence[Piece], words: Words) -> tuple[Fraction | None, int]:
    """The number that the words at the beginning of *run* spell, and how many of them; None for none.

    *Two hundred and five*, *half a million*, *two and a half*, *three quarters*.
    """
    if not run or words.numbers.get(run[0].key) is None:
        return None, 0  # as nearly everywhere
    total, current, used, seen = Fraction(0), Fraction(0), 0, False
    at = 0
    while at < len(run):
        word = run[at].key
        value = words.numbers.get(word)
        if value is None and word in words.ones and current % 100 >= 20 and current % 10 == 0:
            value = "1" if len(word) > _ARTICLE else None  # thirty-one
        if value is None:
            if seen and _joins(run, at, current, words):
                at += 1
                continue
            break
        if value == "half":
            current = current + Fraction(1, 2) if seen else Fraction(1, 2)
        elif value in SCALES:
            total, current = _scaled(total, current if seen else Fraction(1), SCALES[value])
        elif value.isdigit() and (not seen or _fits(current, int(value))):
            current += int(value)
        else:
            break
        seen = True
        at += 1
        used = at
        if value == "half" and at + 1 < len(run) and run[at].key in words.ones:
            at += words.numbers.get(run[at + 1].key) in SCALES  # half a million
    return (total + current if seen else None), used


def _scaled(total: Fraction, current: Fraction, scale: int) -> tuple[Fraction, Fraction]:
    if scale <= 100:
        return total, (current or Fraction(1)) * scale
    return total + (current or Fraction(1)) * scale, Fraction(0)


def _fits(current: Fraction, value: int) -> bool:
    """Whether a small number can follow: *five hundred* six, *twenty* one."""
    return (
        (current == 0)
        or (current % 100 == 0 and value < 100)
        or (current % 10 == 0 and current % 100 >= 20 and value < 10)
    )


def _joins(run: Sequence[Piece], at: int, current: Fraction, words: Words) -> bool:
    """Whether the word between is the *and* of a number: *hundred and five*, *two and a half*."""
    if run[at].key not in words.joining or at + 1 >= len(run):
        return (
            run[at].key in words.ones
            and at + 1 < len(run)
            and (words.numbers.get(run[at + 1].key) == "half" and run[at - 1].key in words.joining)
        )
    following = words.numbers.get(run[at + 1].key, "")
    if following == "half" or (run[at + 1].key in words.ones and at + 2 < len(run)):
        return words.numbers.get(run[min(at + 2, len(run) - 1)].key) == "half" or following == "half"
    if not following.isdigit():
        return False
    hundred = current >= 100 and current % 100 == 0
    tens = words.language in {"es", "pt", "ru"} and current % 10 == 0 and current >= 20
    return (hundred and int(following) < 100) or (tens and int(following) < 10)


def han(written: str) -> Fraction | None:
    """The number in digits and East Asian numerals: *2億5000万*, *二十五*, *12만*."""
    text = western(written).replace(",", "").replace("，", "").replace(" ", "")
    total = Fraction(0)
    for signs, scale in _HAN_SCALES:
        place = next((n for n, c in enumerate(text) if c in signs), -1)
        if place >= 0:
            part = _han_small(text[:place])
            if part is None:
                return None
            total += (part or Fraction(1)) * scale
            text = text[place + 1 :]
    rest = _han_small(text)
    return None if rest is None else total + rest


def _han_small(text: str) -> Fraction | None:
    total = Fraction(0)
    for signs, scale in _HAN_SMALL:
        place = next((n for n, c in enumerate(text) if c in signs), -1)
        if place >= 0:
            part = _plain(text[:place])
            if part is None:
                return None
            total += (part or Fraction(1)) * scale
            text = text[place + 1 :]
    rest = _plain(text)
    return None if rest is None else total + rest


def _plain(text: str) -> Fraction | None:
    digits = "".join([str(_HAN_DIGITS.get(c, c)) for c in text])
    if not digits:
        return Fraction(0)
    whole, _, part = digits.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit():
        return None
    return Fraction(int(whole + part), 10 ** len(part))
