"""Numbers: the values that went and came in an edit, and what they count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import digit

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.references import pointed, touched
from revtrack.facts.vocabulary import SIGNS, Words

__all__ = ["date", "number"]

_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_THOUSANDS = re.compile(r"[,٬](?=\d{3}(?!\d))")
_MINUS = re.compile(r"[^\w)]?[-−]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = re.compile(r"[012]?\d[:.][0-5]\d")
_HALF_DAY = re.compile(r"\d ?([ap])\.? ?m\b", re.IGNORECASE)
_HAN_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万萬億亿兆]+")
_HAN_DATE = re.compile("[年月日時时點点分]")
_MONEY = frozenset({"$", "€", "£", "¥", "₹", "₽", "₩", "kr", "zł", "Ft", "R$"})
_SHARE = frozenset({"%", "percentage points"})

_STUCK = "".join(SIGNS)
"""The signs that stick to a number without a space."""

_BESIDE = 16
"""How many characters on each side of a number tell what it counts: a word or two (range 8 to 32)."""


def number(edit: Edit) -> Finding | None:
    """What kind of number changed: a percentage, an amount, a date or a number; None where none did.

    A number in words and the same in digits are one value, so are `5%` and `5 percent`. A unit that
    changed beside a number that stayed changes the number. The number of a figure, a table or a
    source is a reference and counts nothing.
    """
    counted = [
        [placed for placed in words if _counts(placed[0], edit.words)]
        for words in (edit.gone_words, edit.come_words)
    ]
    if not any(counted):
        return None
    gone, come = _Values(edit, edit.old, counted[0]), _Values(edit, edit.new, counted[1])
    same = gone.values == come.values or _referred(edit, gone, come)
    if same and not _other_units(gone, come):
        return None
    return Finding(_counted(gone, come), gone.changed(come), come.changed(gone))


def _counted(gone: _Values, come: _Values) -> Nature:
    units = gone.units_near | come.units_near
    if units & _SHARE:
        return Nature.PERCENTAGE
    if units & _MONEY:
        return Nature.AMOUNT
    dates = [*gone.dates, *come.dates]
    return Nature.DATE if dates and all(dates) else Nature.NUMBER


def _referred(edit: Edit, gone: _Values, come: _Values) -> bool:
    """Marks of reference stand where the numbers of the other side stood."""
    lost, fresh = gone.values - come.values, come.values - gone.values
    if lost and fresh:
        return False
    marked = touched(edit.new, edit.come) if lost else touched(edit.old, edit.gone)
    return marked >= sum((lost or fresh).values())


def _other_units(gone: _Values, come: _Values) -> bool:
    """Another unit on each side, or a currency or per cent sign on one: *by 5* is not *by 5%*."""
    signs = _SHARE | _MONEY
    return gone.units != come.units and (
        (bool(gone.units) and bool(come.units)) or bool((gone.units | come.units) & signs)
    )


def _counts(word: str, words: Words) -> bool:
    """Whether a word is a number or a unit; *A320* is neither."""
    name = word.casefold()
    if name in words.units or name in words.numbers:
        return True
    if word.isascii() and word.isalpha():
        return False
    return bool(_HAN_NUMERAL.fullmatch(word) or (_DIGIT.search(word) and not word[0].isalpha()))


class _Values:
    """The numbers among some words of one side, with what stands beside them."""

    def __init__(self, edit: Edit, side: str, words: Iterable[tuple[str, int]]) -> None:
        self.words = edit.words
        self.values: Counter[str] = Counter()
        self.units: set[str] = set()
        self.units_near: set[str] = set()
        self.dates: list[bool] = []
        self.placed: list[tuple[str, tuple[str, int]]] = []
        for word, at in words:
            if pointed(side, at):
                continue
            name = word.casefold()
            if name in self.words.units:
                self._unit(self.words.units[name], (word, at))
            elif name in self.words.numbers:
                self._value(self.words.numbers[name], (word, at), dated=False)
            elif _HAN_NUMERAL.fullmatch(word):
                self._value(word, (word, at), dated=bool(_HAN_DATE.match(side, at + len(word))))
            else:
                self._figure(side, word, at)

    def _unit(self, unit: str, placed: tuple[str, int]) -> None:
        self.units.add(unit)
        self.units_near.add(unit)
        self.placed.append((unit, placed))

    def _value(self, value: str, placed: tuple[str, int], *, dated: bool) -> None:
        self.values[value] += 1
        self.dates.append(dated)
        self.placed.append((value, placed))

    def _figure(self, side: str, word: str, at: int) -> None:
        minus = "-" if _MINUS.fullmatch(side, max(0, at - 2), at) else ""
        units = self.words.units
        self.units |= {units[sign] for sign in (word[0], word[-1]) if sign in units}
        before = [key(w) for w in WORD.findall(side, max(0, at - _BESIDE), at)][-1:]
        stop = at + len(word)
        after = [key(w) for w in WORD.findall(side, stop, stop + _BESIDE)][:1]
        self.units_near |= self.units | {units[near] for near in (*before, *after) if near in units}
        value = minus + _THOUSANDS.sub("", _western(word)).strip(_STUCK)
        dated = self._is_date(word, before, after) or bool(_HAN_DATE.match(side, stop))
        self._value(value, (word, at), dated=dated)

    def _is_date(self, word: str, before: list[str], after: list[str]) -> bool:
        words = self.words
        beside = {*before, *after}
        if beside & words.months:
            return True
        if _YEAR.fullmatch(word):
            return bool(set(before) & words.year_leads)
        return bool(beside & words.hours) and (
            bool(_CLOCK.fullmatch(word)) or bool(set(after) & words.hours)
        )

    def changed(self, other: _Values) -> Placed:
        """The numbers and units that the other side has not, or all where the counts tell nothing."""
        names = {*other.values, *other.units}
        return tuple([placed for value, placed in self.placed if value not in names])


def _western(word: str) -> str:
    """The number in the digits 0 to 9: *٤٥*, *४५* and *４５* are 45."""
    if not _FOREIGN_DIGIT.search(word):
        return word
    return "".join([str(digit(c)) if c.isdigit() else c for c in word]).replace("٫", ".")


def date(edit: Edit) -> Finding | None:
    """A weekday, a month or a time of day came, went or gave way to another."""
    words = edit.words
    if words.spaced:
        return edit.by(Nature.DATE, words.date_words) or _time_of_day(edit)
    found = [
        Counter({word: side.count(word) for word in words.date_words}) for side in (edit.old, edit.new)
    ]
    return Finding(Nature.DATE, edit.lost, edit.fresh) if found[0] != found[1] else None


def _time_of_day(edit: Edit) -> Finding | None:
    """*9 a.m.* became *9 p.m.*, or another time zone stands behind it."""
    clock = edit.by(Nature.DATE, edit.words.hours)
    if clock and clock.gone and clock.come:
        return clock
    if not _HALF_DAY.search(edit.old):
        return None
    halves = [[m[1].casefold() for m in _HALF_DAY.finditer(side)] for side in (edit.old, edit.new)]
    if all(halves) and len(halves[0]) == len(halves[1]) and halves[0] != halves[1]:
        return Finding(Nature.DATE, edit.lost, edit.fresh)
    return None
