"""Numerals: the number that digits or words stand for, and the places in an order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache

from revtrack.facts.kinds import Fact, FactKind
from revtrack.facts.pieces import Piece, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = [
    "FRACTION_SIGNS",
    "SCALES",
    "VAGUE",
    "decimal",
    "fraction",
    "in_one_word",
    "ordinal",
    "roman",
    "rulers",
    "spelt",
]

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

_MARK = re.compile(r"[.,]")
_NO_DIGIT = re.compile(r"[^\d]")
_KEPT = 8192  # words are remembered with the number that they are, if any: prose repeats itself
_LONGEST = 40
"""Digits of the longest number that is read (range 20 to 100): longer ones are no quantities."""


def decimal(written: str, words: Words) -> Fraction:
    """The number that *written* digits stand for, with the marks of the language."""
    text = western(written)[:_LONGEST].replace("٫", ".").replace("٬", "'")
    marks = _MARK.findall(text)
    point = "." if "decimal_point" in words.traits else ","
    split = -1
    if marks and (len(set(marks)) > 1 or len(marks) == 1):
        split = max(text.rfind("."), text.rfind(","))
        thousands = len(text) - split == 4 and text[0] != "0" and 1 <= split <= 3
        if thousands and len(set(marks)) == 1 and text[split] != point:
            split = -1  # one mark before three digits parts thousands
    whole, part = (text[:split], text[split + 1 :]) if split >= 0 else (text, "")
    digits = _NO_DIGIT.sub("", whole) or "0"
    return Fraction(int(digits + part), 10 ** len(part))


def spelt(run: Sequence[Piece], words: Words) -> tuple[Fraction | None, int]:
    """The number that the words at the beginning of *run* spell, and how many of them; None for none.

    *Two hundred and five*, *half a million*, *two and a half*, *quatre-vingt-deux millions*.
    """
    total, current, seen, at, used = Fraction(0), Fraction(0), False, 0, 0
    while at < len(run):
        value, length = _cardinal(run, at, words)
        if not seen and run[at].key in words.ones and _joint(run, at + 1, Fraction(1), words):
            value, length = Fraction(1), 1  # one and a half
        elif used == at and _in_all_forms(words) and run[at].key in words.ones:
            behind = run[at + 1].key if at + 1 < len(run) else ""
            if seen or (behind[:1] in words.attached and in_one_word(behind, words)):
                value, length = Fraction(1), 1  # двадцать одна, واحد وعشرون
        name = words.numbers.get(run[at].key)
        if 0 < used < at and words.fractions.get(run[at].key) == "2":
            name = "half"  # just joined
        behind_unit = seen and run[at].key[:1] in words.attached and 0 < current < 10
        tens = behind_unit and value is not None and value >= 20 and value % 10 == 0
        if value is not None and (not seen or tens or _fits(current, value)):
            current += value
        elif name == "half":
            whole = words.numbers.get(run[used - 1].key, "") if seen else ""
            whole = whole.removesuffix("s")  # *un million et demi*: half a million more
            current, length = current + Fraction(SCALES.get(whole, 1), 2), 1
        elif name in SCALES or (seen and VAGUE.get(name or "", 0) >= 1000):  # ثلاثة ملايين
            name = (name or "").removesuffix("s")
            total, current = _scaled(total, current if seen else Fraction(1), SCALES[name])
            length = 1
        elif seen and used == at and (joint := _joint(run, at, current, words)):
            at += joint
            continue
        else:
            break
        seen, used = True, at + length
        at = used
        if name == "half" and at + 1 < len(run) and run[at].key in words.ones:
            at += words.numbers.get(run[at + 1].key) in SCALES  # half a million
    return (total + current if seen else None), used


def _in_all_forms(words: Words) -> bool:
    """Whether a language without articles declines the one of *twenty-one*: there it is no article."""
    return not words.articles and "dotted_ordinals" not in words.traits


def _cardinal(run: Sequence[Piece], at: int, words: Words) -> tuple[Fraction | None, int]:
    """The longest number below a scale that begins at a word, and how many words it has."""
    word = run[at].key
    for phrase, value in words.number_phrases.get(word, ()):
        if tuple([piece.key for piece in run[at : at + len(phrase)]]) == phrase:
            return Fraction(value), len(phrase)
    number = in_one_word(word, words)
    return number, int(number is not None)


@lru_cache(maxsize=_KEPT)
def in_one_word(word: str, words: Words) -> Fraction | None:
    """*Neun*, *zweihundertfünf*, *dreißigtausend*, *hárommilliárd*: a number around its scale."""
    name = words.numbers.get(word, "")
    if name[:1].isdigit():
        return Fraction(name)
    if word[:1] in words.attached and words.numbers.get(word[1:], "").isdigit():
        return Fraction(words.numbers[word[1:]])  # وتسعة
    for written, scale in _scales(words):
        before, found, behind = word.partition(written)
        if found and (before or behind):
            many = in_one_word(before, words) if before else Fraction(1)
            if many is None and before in words.fractions:
                many = Fraction(1, int(words.fractions[before]))  # eine Viertelmillion
            rest = in_one_word(behind, words) if behind else Fraction(0)
            if many is not None and rest is not None and rest < scale:
                return many * scale + rest
    return None


@cache
def _scales(words: Words) -> tuple[tuple[str, int], ...]:
    """The words of scale, the largest first."""
    named = [(word, SCALES[name]) for word, name in words.numbers.items() if name in SCALES]
    return tuple(sorted(named, key=lambda one: -one[1]))


def _scaled(total: Fraction, current: Fraction, scale: int) -> tuple[Fraction, Fraction]:
    if scale <= 100:
        return total, (current or Fraction(1)) * scale
    if 0 < total < scale:
        return (total + current) * scale, Fraction(0)  # tres mil millones
    return total + (current or Fraction(1)) * scale, Fraction(0)


def _fits(current: Fraction, value: Fraction) -> bool:
    """Whether a smaller number can follow: *five hundred* six, *двадцати* двух."""
    return any(current % whole == 0 and value < whole for whole in (1000, 100)) or (
        current % 10 == 0 and current % 100 >= 20 and value < 10
    )


def _joint(run: Sequence[Piece], at: int, current: Fraction, words: Words) -> int:
    """How many words join the next part of a number: *hundred and five*, *two and a half*."""
    if at >= len(run) or run[at].key not in words.joining:
        return 0
    halves = [
        words.numbers.get(piece.key) == "half" or words.fractions.get(piece.key) == "2"
        for piece in run[at + 1 : at + 3]
    ]
    if halves[:1] == [True]:
        return int(at + 2 >= len(run) or run[at + 2].key not in words.articles - words.ones)
    if halves[1:] == [True] and run[at + 1].key in words.ones:
        return 2
    rest, _ = _cardinal(run, at + 1, words) if halves else (None, 0)
    return int(rest is not None and rest < 100 and current >= 100 and current % 100 == 0)


def fraction(run: Sequence[Piece], at: int, words: Words) -> tuple[Fraction, int] | None:
    """*A third*, *two thirds*, *three quarters*: a small number and the name of a part."""
    if at + 1 >= len(run):
        return None
    part = words.fractions.get(run[at + 1].key)
    if part is None:
        return None
    key = run[at].key
    value = "1" if key in words.ones else words.numbers.get(key, "")
    if not value.isdigit() or not 0 < int(value) < int(part):
        return None
    return Fraction(int(value), int(part)), 2


# ------------------------------------------------------------------------------------------ ordinals

_ROMAN = r"(?=[IVX])(X{0,2}(?:IX|IV|V?I{0,3}))"
_RULER = re.compile(rf"(?<=[^\W\d_] ){_ROMAN}(?![^\W_])")
_LETTER = re.compile("[IVX]")
_ENDED = re.compile(rf"{_ROMAN}(\w*)")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_GAP = frozenset({"", "-", "‐", "‑", ":", ".-"})
"""What may part a number from the ending of its ordinal: *4th*, *4-я*, *4:e*."""


def ordinal(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[Fact, int] | None:
    """*Third*, *3rd*, *3.*, *3º*: the place in an order."""
    first = run[at]
    # *девять* begins like the ordinal *девятый*
    value = None if first.key in words.numbers else words.ordinals.get(first.key)
    unit = _unit_of_ordinal(text, run, at, value or words.numbers.get(first.key, ""), words)
    if unit is not None:
        return unit
    if value is not None:
        if text.startswith(",", first.stop):
            return None  # First, it was late
        if first.key in words.fractions and at and fraction(run, at - 1, words):
            return None
        return Fact(FactKind.ORDINAL, Fraction(int(value)), Span(first.start, first.stop)), 1
    if first.kind != "number" or not first.text.isdigit():
        return None
    behind = run[at + 1] if at + 1 < len(run) else None
    if (
        behind is not None
        and behind.key in words.ordinal_endings
        and text[first.stop : behind.start] in _GAP
    ):
        span = Span(first.start, behind.stop)
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), span), 2
    dotted = (
        "dotted_ordinals" in words.traits and len(first.text) <= 2 and text.startswith(". ", first.stop)
    )
    signed = _SIGNED.match(text, first.stop)
    if signed and signed[0].endswith("°"):
        signed = signed if "degrees_order" in words.traits and len(first.text) < 3 else None
    if signed or (dotted and text[first.stop + 2 : first.stop + 3].isalpha()):
        stop = signed.end() if signed else first.stop + 1
        used = 1 + (behind is not None and behind.start < stop)
        return Fact(FactKind.ORDINAL, Fraction(int(first.text)), Span(first.start, stop)), used
    return None


_SIGNED = re.compile(r"\.?[ºª]|°(?= [^\W\d_]{4})")
"""The sign of an ordinal, or the one of degrees in its place before a noun: *4.º*, *il 3° restauro*."""


def _unit_of_ordinal(
    text: str, run: Sequence[Piece], at: int, ten: str, words: Words
) -> tuple[Fact, int] | None:
    """*Twenty-first*, *двадцать первый*, *التاسع عشر*: a ten and an ordinal below it."""
    if not ten.isdigit() or at + 1 >= len(run):
        return None
    behind = run[at + 1].key
    gap = text[run[at].stop : run[at + 1].start]
    if words.attached and int(ten) < 10 and words.numbers.get(behind) == "10" and gap == " ":
        ten, unit = "10", ten
    else:
        unit = "" if behind in words.numbers else words.ordinals.get(behind) or ""
    joined = gap == ("-" if "hyphenated_numbers" in words.traits else " ")
    least = 20 if words.numbers.get(run[at].key) == ten and "composed_teens" not in words.traits else 10
    if not joined or not unit or int(unit) >= 10 or int(ten) < least or int(ten) % 10:
        return None
    span = Span(run[at].start, run[at + 1].stop)
    return Fact(FactKind.ORDINAL, Fraction(int(ten) + int(unit)), span), 2


def rulers(text: str) -> Iterator[Fact]:
    """*Harald III*: the number of a ruler, a congress or a war."""
    for match in _RULER.finditer(text) if _LETTER.search(text) else ():
        if match[1] != "I":
            yield Fact(FactKind.ORDINAL, Fraction(_of_letters(match[1])), Span(*match.span(1)))


def roman(written: str, endings: Collection[str]) -> int:
    """The number of a Roman numeral, alone or with the ending of an ordinal (*XIXe*); 0 for none."""
    match = _ENDED.fullmatch(written)
    return _of_letters(match[1]) if match and (not match[2] or match[2] in endings) else 0


def _of_letters(numeral: str) -> int:
    values = [_ROMAN_VALUE[letter] for letter in numeral]
    return sum(
        [-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)]
    )
