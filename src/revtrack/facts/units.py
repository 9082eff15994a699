"""Units: what numbers count, by the signs that every language writes alike."""

from __future__ import annotations

from fractions import Fraction

from revtrack.facts.kinds import Quantity

__all__ = [
    "DEGREES",
    "INCH",
    "MONEY",
    "ONLY_MONEY",
    "PERCENT",
    "POINTS",
    "SCALE_LETTERS",
    "TENTHS",
    "measured",
    "symbol",
]

PERCENT, POINTS, INCH = "%", "percentage points", "inch"
TENTHS = "tenths"
"""What a share is counted in where it is no percentage: *三成* and *3割* are 30%."""
MONEY = frozenset({"$", "€", "£", "¥", "₹", "₽", "₩", "₪", "kr", "zł", "Ft", "R$"})

SCALE_LETTERS = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "mill": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "mrd": 10**9,
    "md": 10**9,
    "tn": 10**12,
    "t": 10**3,
}
"""Letters of scale behind digits; *b* and *m* only beside a currency, since *5m* is a length too,
and *t* only in one word with it (*5 tkr*)."""
ONLY_MONEY = frozenset({"b", "m"})

_PREFIXES = dict(zip("nµμmcdhkMGT", (-9, -6, -6, -3, -2, -1, 2, 3, 6, 9, 12), strict=True))
"""The prefixes of SI units and the power of ten that each stands for."""

_BY_PREFIX = {
    base: prefixes
    for bases, prefixes in (
        ("m g l L", "nµμmcdhk"),
        ("V W Wh VA Ah eV Hz Pa bar Ω N J", "nµμmhkMGT"),
        ("Sv Gy Bq cal Wp bit bps", "nµμmkMGT"),
        ("A", "nµμmk"),
        ("s", "nµμm"),
        ("B", "kMGT"),
    )
    for base in bases.split()
}
"""Base units and the prefixes that they are written with: a *Ms* is a person, a *pm* an hour."""

_PREFIXED = frozenset({"A", "s", "B", "N", "J", "bit"})
"""Those that are known with a prefix alone: *10 A* and *5 N* are other things too."""

_SI = {
    prefix + base: ("l" if base == "L" else base, Fraction(10) ** _PREFIXES.get(prefix, 0))
    for base, prefixes in _BY_PREFIX.items()
    for prefix in ([] if base in _PREFIXED else [""]) + [*prefixes]
}
"""By its symbol: the base unit, and how many of it one is. Their case tells *mW* from *MW*."""

_SYMBOLS = dict(
    pair.split("=")
    for pair in (  # noqa: SIM905 - shorter to read
        "mph=mph kmh=kmh rpm=rpm lb=lb oz=oz dB=dB db=dB a=are ha=hectare in=inch ft=foot yd=yard"
        " mi=mile mcg=µg tsp=tsp tbsp=tbsp tl=tsp TL=tsp el=tbsp EL=tbsp h=hour min=minute hz=Hz"
        " kw=kW mw=MW gw=GW kwh=kWh mwh=MWh"
        " EUR=€ USD=$ GBP=£ JPY=¥ INR=₹ RUB=₽ KRW=₩ PLN=zł HUF=Ft BRL=R$"
    ).split()
)
"""Other symbols of units and codes of currencies that every language writes alike."""

DEGREES = {"c": "°C", "f": "°F", "k": "K"}

_MEASURES: dict[str, tuple[str, Fraction]] = {
    **_SI,
    "litre": ("l", Fraction(1)),
    "foot": (INCH, Fraction(12)),
    "yard": (INCH, Fraction(36)),
    "minute": ("second", Fraction(60)),
    "hour": ("second", Fraction(3600)),
    "day": ("second", Fraction(86400)),
    "week": ("second", Fraction(604800)),
    "year": ("month", Fraction(12)),
}
"""Units that are so many of another one."""


def symbol(written: str) -> str:
    """The unit that a symbol of all languages stands for, in its own case; empty for none."""
    return _SYMBOLS.get(written) or (written if written in _SI else "")


def measured(number: Fraction, unit: str) -> Quantity:
    """A number of a unit, in the base unit of its kind."""
    if unit == TENTHS:
        number, unit = number * 10, PERCENT
    if unit == PERCENT:
        return Quantity(number / 100, sign=unit, written=number)
    base, factor = _MEASURES.get(unit, (unit, Fraction(1)))
    return Quantity(number * factor, base, sign=unit, written=number)
