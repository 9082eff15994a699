"""Numbers: the values that went and came in an edit, and what they count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from revtrack.changes.edit import WORD, Edit
from revtrack.changes.kinds import Nature
from revtrack.changes.vocabulary import MONTHS, NUMBER_WORDS, UNITS, YEAR_LEADS

__all__ = ["number_nature"]

_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_MINUS = re.compile(r"[^\w)]?[-−]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = re.compile(r"[012]?\d[:.][0-5]\d")
_HOURS = frozenset({"am", "pm", "a.m", "p.m", "uhr", "gmt", "utc", "est", "edt", "at", "um", "o'clock"})
_MONEY = frozenset({"$", "€", "£", "¥", "₹"})

_STUCK = "$€£¥₹%½¼¾"
"""The signs that stick to a number without a space."""

_BESIDE = 16
"""How many characters on each side of a number tell what it counts: a word or two (range 8 to 32)."""


def number_nature(edit: Edit) -> Nature | None:
    """What kind of number changed: a percentage, an amount, a date or a number; None where none did.

    A number in words and the same in digits are one value, so are `5%` and `5 percent`. A unit that
    changed beside a number that stayed changes the number.
    """
    gone, come = _Values(edit.old, edit.gone_words), _Values(edit.new, edit.come_words)
    if gone.values == come.values and not _other_units(gone, come):
        return None
    units = gone.units_near | come.units_near
    if "%" in units:
        return Nature.PERCENTAGE
    if units & _MONEY:
        return Nature.AMOUNT
    dates = [*gone.dates, *come.dates]
    return Nature.DATE if dates and all(dates) else Nature.NUMBER


def _other_units(gone: _Values, come: _Values) -> bool:
    """Another unit on each side, or a currency or per cent sign on one: *by 5* is not *by 5%*."""
    signs = {"%", *_MONEY}
    return gone.units != come.units and (
        (bool(gone.units) and bool(come.units)) or bool((gone.units | come.units) & signs)
    )


class _Values:
    """The numbers among some words of one side, with what stands beside them."""

    def __init__(self, side: str, words: Iterable[tuple[str, int]]) -> None:
        self.values: Counter[str] = Counter()
        self.units: set[str] = set()
        self.units_near: set[str] = set()
        self.dates: list[bool] = []
        for word, at in words:
            name = word.casefold()
            if name in UNITS:
                self.units.add(UNITS[name])
                self.units_near.add(UNITS[name])
            elif _DIGIT.search(word):
                self._figure(side, word, at)
            elif name in NUMBER_WORDS:
                self.values[NUMBER_WORDS[name]] += 1
                self.dates.append(False)

    def _figure(self, side: str, word: str, at: int) -> None:
        minus = "-" if _MINUS.fullmatch(side, max(0, at - 2), at) else ""
        signs = {sign for sign in (word[0], word[-1]) if sign in UNITS}
        self.values[minus + _THOUSANDS.sub("", word).strip(_STUCK)] += 1
        self.units |= {UNITS[sign] for sign in signs}
        before = [m.group().casefold() for m in WORD.finditer(side, max(0, at - _BESIDE), at)][-1:]
        stop = at + len(word)
        after = [m.group().casefold() for m in WORD.finditer(side, stop, stop + _BESIDE)][:1]
        self.units_near |= self.units | {UNITS[near] for near in (*before, *after) if near in UNITS}
        self.dates.append(_is_date(word, before, after))


def _is_date(word: str, before: list[str], after: list[str]) -> bool:
    beside = {*before, *after}
    if beside & MONTHS:
        return True
    if _YEAR.fullmatch(word):
        return bool(set(before) & YEAR_LEADS)
    return bool(beside & _HOURS) and (bool(_CLOCK.fullmatch(word)) or bool(set(after) & _HOURS))
