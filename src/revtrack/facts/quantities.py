"""Quantities: numbers with their scale and unit, ordinals, durations and ages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

import attrs

from revtrack.facts.east import dense_quantities
from revtrack.facts.kinds import Fact, FactKind, Quantity
from revtrack.facts.numerals import (
    FRACTION_SIGNS,
    SCALES,
    VAGUE,
    decimal,
    fraction,
    in_one_word,
    ordinal,
    rulers,
    spelt,
)
from revtrack.facts.pieces import Piece, mask, pieces
from revtrack.facts.units import (
    DEGREES,
    MONEY,
    ONLY_MONEY,
    PERCENT,
    POINTS,
    SCALE_LETTERS,
    measured,
    symbol,
)
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["counts", "quantities"]

_DURATIONS = frozenset({"second", "month"})
_DEGREES = frozenset({"°", *DEGREES.values()})
_MINUS = re.compile(r"(?:^|[^\w)\d])[-−–]$")
_BELOW = re.compile(r"(?<!\w)([^\W\d_]+) $")
_BEFORE = 8  # characters of the longest word of minus and the space
_SQUARE = re.compile(r"m[2²3³](?!\w)|m²|m³")
_RATIO = re.compile(r"(\d{1,3})/(\d{1,3})(?![\d/])")


def quantities(text: str, words: Words, dated: Sequence[Fact] = ()) -> Iterator[Fact]:
    """The quantities and ordinals of *text* but for what its dates say."""
    taken = mask(text, dated)
    free = [piece for piece in pieces(text) if not taken[piece.start]]
    yield from rulers(text)
    if not words.spaced:
        yield from dense_quantities(text, words, taken)
        return
    at = 0
    while at < len(free):
        fact, used = _at(text, free, at, words)
        if fact is not None:
            yield fact
        at += max(1, used)


def _at(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[Fact | None, int]:
    first = run[at]
    placed = ordinal(text, run, at, words) or _one_in(run, at, words)
    if placed is not None:
        return placed
    if first.kind == "number" and not (
        first.glued and at and run[at - 1].kind == "word" and not _leads(run[at - 1], words)
    ):
        fact, used = _figure(text, run, at, words)
        led = fact is not None and first.glued and at and run[at - 1].kind == "word"
        if fact is not None and led:
            fact = attrs.evolve(fact, span=Span(run[at - 1].start, fact.span.stop))
        return fact, used
    if first.kind == "sign" and first.text in FRACTION_SIGNS:
        return _with_unit(text, run, at, at + 1, FRACTION_SIGNS[first.text], words)
    if first.kind != "word" or not _begins(first.key, words):
        return None, 1
    name = words.numbers.get(first.key)
    if name in VAGUE:
        value = Quantity(Fraction(VAGUE[name]), vague=True)
        return Fact(FactKind.QUANTITY, value, Span(first.start, first.stop)), 1
    part = fraction(run, at, words)
    if part is not None:
        scale, stop = _scale_of_part(run, at + part[1], words)
        return _with_unit(text, run, at, stop, part[0] * scale, words)
    number, used = spelt(run[at : at + 12], words)
    if number is None and (aged := counts(first.key, words)) is not None:
        return Fact(FactKind.QUANTITY, Quantity(aged, written=aged), Span(first.start, first.stop)), 1
    if number is None:
        one_and_a_half = first.key in words.ones and at + 1 < len(run) and _half(run, at + 2, words)
        if not one_and_a_half or not _unit_behind(text, run, at + 1, words)[1]:
            return None, 1
        number, used = Fraction(1), 1  # an hour and a half
    one = at + used
    if words.numbers.get(run[one - 1].key) == "half" and one < len(run) and run[one].key in words.ones:
        used += _unit_behind(text, run, one + 1, words) != ("", 0)  # half a percent
    return _with_unit(text, run, at, at + used, number, words)


_WHOLES = frozenset({3, 4, 5, 10, 20, 100})
"""Of how many something is said to be so with so many: *nine in ten*, *one in three*."""


def _one_in(run: Sequence[Piece], at: int, words: Words) -> tuple[Fact, int] | None:
    """*Nine in ten*, *neuf sur dix*, *nueve de cada diez*: a part, and no two numbers."""
    part, keys = _small(run, at, words), [piece.key for piece in run[at + 1 : at + 4]]
    for joint in words.parts_of if part else ():
        size = len(joint.split())
        if " ".join(keys[:size]) == joint:
            stop = at + 1 + size
            whole = _small(run, stop, words)
            counted = stop + 1 < len(run) and run[stop + 1].key in words.units  # 3 in 10 seconds
            if whole in _WHOLES and part < whole and not counted:
                span = Span(run[at].start, run[stop].stop)
                return Fact(FactKind.QUANTITY, measured(Fraction(part, whole), ""), span), stop + 1 - at
    return None


def _small(run: Sequence[Piece], at: int, words: Words) -> int:
    """The number of one piece, in digits or a word; 0 where it is none, or a larger one."""
    written = words.numbers.get(run[at].key, run[at].text) if at < len(run) else ""
    return int(written) if written.isdecimal() and len(written) <= len("100") else 0


def _begins(word: str, words: Words) -> bool:
    """Whether a number can begin with a word; most words say at once that none does."""
    listed = word in words.numbers or word in words.ones or word in words.number_phrases
    return listed or counts(word, words) is not None


def _scale_of_part(run: Sequence[Piece], stop: int, words: Words) -> tuple[int, int]:
    """The scale behind the name of a part and where it ends, or where the unit of the part begins.

    *A quarter of a million*, *three quarters of an hour*.
    """
    place = stop
    while place < len(run) and (run[place].key in words.partitives or run[place].key in words.ones):
        place += 1
    name = words.numbers.get(run[place].key, "") if place < len(run) else ""
    if name in SCALES:
        return SCALES[name], place + 1
    return 1, place if stop < place < len(run) and run[place].key in words.units else stop


def _leads(piece: Piece, words: Words) -> bool:
    """Whether a word is written in one with the number behind it: *x4*, *و9*, *بـ9*."""
    return piece.key == "x" or (bool(words.attached) and len(piece.key.strip("ـ")) == 1)


def counts(word: str, words: Words) -> Fraction | None:
    """The number that one word says: *zweihundert*, *neunjährig*; None for none."""
    aged = _aged(words)[1].fullmatch(word)
    return in_one_word(aged[1] if aged else word, words)


@cache
def _aged(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes an age of the number before it, and what does within a word."""
    endings = "|".join(words.age_endings) or "(?!)"
    behind = rf"[-‐‑ ]?(?:{endings.replace(' ', '[-‐‑ ]')})"
    return re.compile(behind, re.IGNORECASE), re.compile(rf"(\w+?)(?:{endings})\w{{0,5}}")


def _figure(text: str, run: Sequence[Piece], at: int, words: Words) -> tuple[Fact | None, int]:
    """A number in digits, with letters or words of scale behind it."""
    first, used = run[at], at + 1
    ratio = _RATIO.match(text, first.start)
    if ratio and first.text == ratio[1] and int(ratio[2]) in {2, 3, 4, 5, 6, 8, 10, 16}:
        return _with_unit(text, run, at, at + 2, Fraction(int(ratio[1]), int(ratio[2])), words)
    number = decimal(first.text, words)
    if used < len(run) and run[used].text in FRACTION_SIGNS and run[used].start - first.stop <= 1:
        number, used = number + FRACTION_SIGNS[run[used].text], used + 1
    if used < len(run) and (money := _scaled_money(text, run, used, words)):
        value = measured(number * money[0], money[1])
        return Fact(FactKind.QUANTITY, value, Span(first.start, run[used].stop)), used + 1 - at
    while used < len(run):
        scale = _scale(text, run, at, used, words)
        if scale is None:
            break
        number, used = number * scale, used + 1
        if half := _half(run, used, words):  # 2 millions et demi
            number, used = number + Fraction(scale, 2), used + half
    return _with_unit(text, run, at, used, number, words)


def _scale(text: str, run: Sequence[Piece], at: int, place: int, words: Words) -> int | None:
    """What the word behind a number multiplies it by, if it does."""
    piece, gap = run[place], text[run[place - 1].stop : run[place].start]
    if piece.kind != "word" or gap.strip(" \u00a0\u2009\u202f-"):
        return None
    name = words.numbers.get(piece.key)
    if name in SCALES:
        return SCALES[name]
    if name in VAGUE and VAGUE[name] >= 1000:
        return VAGUE[name]
    if piece.key in words.scales:
        return words.scales[piece.key]
    scale = SCALE_LETTERS.get(piece.key)
    behind = run[place + 1] if place + 1 < len(run) else None
    if scale is not None and behind is not None and behind.glued and behind.text in MONEY:
        return scale  # 4,5 M€
    if scale is None or piece.key == "t" or (piece.key in {"k", "b", "m"} and not piece.glued):
        return scale if scale and piece.key in {"mio", "mrd", "bn", "tn", "mn"} else None
    money = at > 0 and run[at - 1].kind == "sign" and run[at - 1].text in MONEY
    if money or piece.key not in ONLY_MONEY:
        return scale
    # *5m people*, *5m votes*: many things; a *5m wall* is a length
    many = behind is not None and behind.key.endswith(("s", "people", "euro", "dollar"))
    return scale if many else None


def _scaled_money(text: str, run: Sequence[Piece], place: int, words: Words) -> tuple[int, str] | None:
    """*5 mkr*, *5 tkr*: what a letter of scale in one word with a currency multiplies, and by what."""
    key = run[place].key
    if text[run[place - 1].stop : run[place].start].strip(" \u00a0\u2009\u202f"):
        return None
    return next(
        (
            (scale, unit)
            for letters, scale in SCALE_LETTERS.items()
            if key.startswith(letters)
            and (unit := words.units.get(key[len(letters) :], "")) in MONEY
            and key not in words.units
        ),
        None,
    )


def _half(run: Sequence[Piece], at: int, words: Words) -> int:
    """How many pieces behind a unit add a half: *and a half*, *et demie*, *y media*."""
    if at + 1 >= len(run) or run[at].key not in words.joining:
        return 0
    used = 2 if run[at + 1].key in words.ones else 1
    named = run[at + used].key if at + used < len(run) else ""
    behind = run[at + used + 1].key if at + used + 1 < len(run) else ""
    other = behind in words.articles or behind in words.units  # an hour and half the crew
    return used + 1 if words.fractions.get(named) == "2" and not other else 0


def _with_unit(
    text: str, run: Sequence[Piece], at: int, stop: int, number: Fraction, words: Words
) -> tuple[Fact, int]:
    """The quantity with the unit that is written before it or behind it."""
    start, end = run[at].start, run[stop - 1].stop
    unit, used = _unit_behind(text, run, stop, words)
    if used and unit in MONEY and (cents := _cents(text, run, stop + used, words)):
        number, used = number + cents, used + 1
    if used and (half := _half(run, stop + used, words)):
        number, used = number + Fraction(1, 2), used + half
    if used:
        end = run[stop + used - 1].stop
    if _SQUARE.match(text, run[stop].start if stop < len(run) else len(text)):
        unit, end = (
            text[run[stop].start : run[stop].start + 2].replace("²", "2").replace("³", "3"),
            run[stop].stop + 1,
        )
        used = 2 if stop + 1 < len(run) and run[stop + 1].start == run[stop].stop else 1
    before = run[at - 1] if at else None
    if not unit and before is not None and text[before.stop : start].strip(" \u00a0") == "":
        named = words.units.get(before.key) or symbol(before.text)
        unit = before.text if before.text in MONEY else named if named in MONEY else ""
        start = before.start if unit else start
        land = run[at - 2].text if at > 1 and run[at - 2].stop == start else ""
        if unit == "$" and land.isupper() and len(land) <= _LAND:  # US$ is $, A$ is not
            start, unit = run[at - 2].start, unit if land == "US" else f"{land}$"
    minus = _BELOW.search(text, max(0, start - _BEFORE), start)
    word = minus[1].casefold() if minus else ""
    if minus and (word in words.minus or (word in words.less and unit in _DEGREES)):
        number, start = -number, minus.start(1)
    elif _MINUS.search(text[max(0, start - 2) : start]):
        number = -number
    value = measured(number, unit)
    kind = FactKind.QUANTITY
    if value.unit in _DURATIONS:
        aged = _aged(words)[0].match(text, run[stop - 1].stop)
        kind = FactKind.AGE if aged else FactKind.DURATION
    return Fact(kind, value, Span(start, end)), stop - at + used


def _cents(text: str, run: Sequence[Piece], at: int, words: Words) -> Fraction:
    """*12 euros 50*: two digits right behind the money, with no unit of their own."""
    if at >= len(run) or not (run[at].text.isdecimal() and len(run[at].text) == len("50")):
        return Fraction(0)
    alone = (
        text[run[at - 1].stop : run[at].start] == " " and not _unit_behind(text, run, at + 1, words)[1]
    )
    return Fraction(int(run[at].text), 100) if alone else Fraction(0)


_LAND = 2  # letters before a dollar sign that say whose dollars they are

_ABBREVIATION = 4
"""Letters of a scale that may be cut short with a full stop, at most: *mill.* (3 to 5)."""

_WORDS_TOO = frozenset({"in", "a"})
"""Symbols of units, the inch and the are, that are small words where more of the clause follows."""


def _unit_behind(text: str, run: Sequence[Piece], stop: int, words: Words) -> tuple[str, int]:
    """The unit behind a number and how many pieces it is made of."""
    if stop >= len(run):
        return "", 0
    piece = run[stop]
    last = run[stop - 1]
    gap = text[last.stop : piece.start]
    if last.kind == "word" and len(last.text) <= _ABBREVIATION:
        gap = gap.removeprefix(".")  # 3,2 Mrd. Euro
    if gap.strip(" \u00a0\u2009\u202f-‐‑"):
        return "", 0
    if piece.text == "°":
        follows = run[stop + 1] if stop + 1 < len(run) else None
        degree = DEGREES.get(follows.key) if follows and follows.glued else None
        return (degree, 2) if degree else ("°", 1)
    if piece.kind == "sign":
        sign = piece.text.replace("％", PERCENT)
        return (sign, 1) if sign in MONEY or sign in "%‰" else ("", 0)
    following = run[stop + 1].key if stop + 1 < len(run) else ""
    if piece.key in words.partitives and following in words.units:  # 2,5 milioni di euro
        return words.units[following], 2
    two = f"{piece.key} {following}"
    if two in words.phrases_of_units:
        return words.phrases_of_units[two], 2
    if piece.text in {"C", "F"}:
        return DEGREES[piece.key], 1
    unit = words.units.get(piece.key) or symbol(piece.text)
    if piece.text in _WORDS_TOO and not _closes(text, piece.stop):
        return "", 0
    if unit == PERCENT and words.units.get(following) == "points":
        return POINTS, 2
    return (unit, 1) if unit else ("", 0)


def _closes(text: str, stop: int) -> bool:
    """Whether nothing of the clause follows: *3 in* is a length there, *3 in ten* is none."""
    return not text[stop : stop + 1].isspace() or not text[stop : stop + 2].strip()
