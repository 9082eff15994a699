"""Facts: what a text says in values that can be compared, whatever their spelling."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

import attrs

from revtrack.model import Span

__all__ = [
    "Clock",
    "Day",
    "Era",
    "Fact",
    "FactKind",
    "Named",
    "Quantity",
    "Role",
    "Saying",
    "Value",
    "date",
    "era",
]

_LATEST = 21
"""The last century that is read (range 21 to 30)."""


class FactKind(Enum):
    """What a fact is about."""

    QUANTITY = "quantity"
    ORDINAL = "ordinal"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    AGE = "age"
    NAME = "name"
    PLACE = "place"
    QUOTATION = "quotation"
    ROLE = "role"


@attrs.frozen
class Quantity:
    """A number and what it counts: *$2.5m*, *2.5 million dollars* and *$2,500,000* are equal.

    Units of one measure are brought to one (*2 hours* is *120 minutes*), a percentage is its hundredth,
    so that *half* is *50%*; `sign` keeps the unit as it was written and is not compared. `vague` marks
    *dozens* and *thousands*, which are no numbers.
    """

    number: Fraction
    unit: str = ""
    vague: bool = False
    sign: str = attrs.field(default="", eq=False)
    written: Fraction | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Day:
    """A day, or what is said of one: each part is None where the text leaves it out.

    `weekday` is 1 for Monday to 7; `word` a word that dates by itself, such as *yesterday*.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    word: str = ""


@attrs.frozen
class Era:
    """A century or a decade: its first year and how many it has.

    A decade may give two figures alone: *the 80s*.
    """

    first: int
    years: int


@attrs.frozen
class Clock:
    """A time of day on the clock of 24 hours, with its zone if the text names one."""

    hour: int
    minute: int = 0
    zone: str = ""


@attrs.frozen
class Named:
    """A name: the surname is what it is found by; given names, initials and a title are parts."""

    surname: str
    given: tuple[str, ...] = ()
    title: str = ""


@attrs.frozen
class Saying:
    """Words in quotation marks, folded, and who says them where the sentence says so."""

    words: str
    speaker: str = ""


@attrs.frozen
class Role:
    """Who does what to whom: the passive of a sentence and its active form are equal."""

    verb: str
    agent: str
    patient: str


Value: TypeAlias = Quantity | Day | Era | Clock | Named | Saying | Role | Fraction | str


@attrs.frozen
class Fact:
    """One fact of a text: its kind, its value, and where it is said."""

    kind: FactKind
    value: Value
    span: Span


def date(year: int | None, month: int | None, day: int | None, span: Span) -> Iterator[Fact]:
    """The day that is said at *span*, if there is such a day."""
    if (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31):
        yield Fact(FactKind.DATE, Day(year, month, day), span)


def era(
    number: int, span: Span, *, century: bool = False, kind: FactKind = FactKind.DATE
) -> Iterator[Fact]:
    """The century of this number, or the decade that begins with this year; nothing else."""
    if century:
        if 1 <= number <= _LATEST:
            yield Fact(kind, Era(100 * (number - 1), 100), span)
    elif number >= 1000 and number % 100 == 0:  # the 1800s
        yield Fact(kind, Era(number, 100), span)
    elif number % 10 == 0 and (10 <= number <= 90 or 1000 < number < 2100):
        yield Fact(kind, Era(number, 10), span)
