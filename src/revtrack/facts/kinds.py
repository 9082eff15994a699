"""Facts: what a text says in values that can be compared, whatever their spelling."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TypeAlias

import attrs

from revtrack.model import Span

__all__ = ["Clock", "Day", "Era", "Fact", "FactKind", "Named", "Quantity", "Role", "Saying", "Value"]


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
