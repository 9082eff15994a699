"""Numerals: the number that digits or words stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from revtrack.facts.pieces import Piece, western
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = [
    "DECIMAL_POINT",
    "FRACTION_SIGNS",
    "KOREAN",
    "SCALES",
    "VAGUE",
    "count_words",
    "decimal",
    "fraction",
    "han",
    "in_one_word",
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

DECIMAL_POINT = frozenset({"en", "ja", "zh", "ko", "ar"})
"""Languages that write 1,000.5; the others write 1.000,5."""

_MARK = re.compile(r"[.,]")
_NO_DIGIT = re.compile(r"[^\d]")
_HAN_SCALES = (("兆", 10**12), ("조", 10**12), ("億亿억", 10**8), ("万萬만", 10**4))
KOREAN = "일이삼사오육칠팔구십백천만억조"
"""The digits and the scales of Korean, in order."""
_HAN_SMALL = (("千천", 1000), ("百백", 100), ("十십", 10))
_HAN_DIGITS = {
    c: n
    for n, row in enumerate("〇零영 一일 二两兩이 三삼 四사 五오 六육 七칠 八팔 九구".split())  # noqa: SIM905 - shorter
    for c in row
}
_LONGEST = 40
"""Digits of the longest number that is read (range 20 to 100): longer ones are no quantities."""


def decimal(written: str, language: str) -> Fraction:
    """The number that *written* digits stand for, with the marks of the language."""
    text = western(written)[:_LONGEST].replace("٫", ".").replace("٬", "'")
    marks = _MARK.findall(text)
    point = "." if language in DECIMAL_POINT else ","
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
    return not words.articles and not words.dotted_ordinals


def _cardinal(run: Sequence[Piece], at: int, words: Words) -> tuple[Fraction | None, int]:
    """The longest number below a scale that begins at a word, and how many words it has."""
    word = run[at].key
    for phrase, value in words.number_phrases.get(word, ()):
        if tuple([piece.key for piece in run[at : at + len(phrase)]]) == phrase:
            return Fraction(value), len(phrase)
    number = in_one_word(word, words)
    return number, int(number is not None)


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


def count_words(text: str, words: Words) -> Iterator[tuple[Fraction, str, Span]]:
    """The numbers in words before what they count, each with its unit: *아홉 명*, *삼십억 원*."""
    whole, each = _counting(words)
    for match in whole.finditer(text):
        number = Fraction(sum([int(words.numbers[one]) for one in each.findall(match[1] or "")]))
        read = number if match[1] else han(match[2])
        if read is not None:
            yield read, words.units[match[3]], Span(*match.span())


@cache
def _counting(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds such numbers with what they count, and the words of one."""
    spelt, units = (
        "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        for names in (words.numbers, words.units)
    )
    whole = rf"(?<!\w)(?:((?:{spelt})+)|([{KOREAN}]{{2,}})) ?({units})"
    return re.compile(whole), re.compile(spelt)


def han(written: str) -> Fraction | None:
    """The number in digits and East Asian numerals: *2億5000万*, *二十五*, *12만*."""
    text = western(written).replace(",", "").replace("，", "").replace(" ", "")
    return _scaled_by(text, _HAN_SCALES, lambda part: _scaled_by(part, _HAN_SMALL, _plain))


def _scaled_by(
    text: str, scales: Sequence[tuple[str, int]], read: Callable[[str], Fraction | None]
) -> Fraction | None:
    """The sum of what stands before each sign of a scale, so many times, and of the rest."""
    total = Fraction(0)
    for signs, scale in scales:
        place = next((n for n, c in enumerate(text) if c in signs), -1)
        if place >= 0:
            part = read(text[:place])
            if part is None:
                return None
            total += (part or Fraction(1)) * scale
            text = text[place + 1 :]
    rest = read(text)
    return None if rest is None else total + rest


def _plain(text: str) -> Fraction | None:
    digits = "".join([str(_HAN_DIGITS.get(c, c)) for c in text])
    if not digits:
        return Fraction(0)
    whole, _, part = digits.partition(".")
    part = part.replace(".", "")  # of a version, 2.1.3, the figures count
    if not (whole + part).isascii() or not (whole + part).isdigit():
        return None
    return Fraction(int(whole + part), 10 ** len(part))


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
