"""Units: what numbers count, by the signs that every language writes alike."""

from __future__ import annotations

from fractions import Fraction

from revtrack.facts.kinds import Quantity

__all__ = [
    "DEGREES",
    "MONEY",
    "ONLY_MONEY",
    "PERCENT",
    "POINTS",
    "SCALE_LETTERS",
    "SYMBOLS",
    "measured",
]

PERCENT, POINTS = "%", "percentage points"
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
}
"""Letters of scale behind digits; *b* and *m* only beside a currency, since *5m* is a length too."""
ONLY_MONEY = frozenset({"b", "m"})

SYMBOLS = {
    **{
        symbol: symbol
        for symbol in ("km", "m", "cm", "mm", "kg", "g", "mg", "µg", "l", "hl", "ml", "cl", "dl", "ha")
    },
    **{
        symbol: symbol
        for symbol in ("mph", "kmh", "kw", "mw", "gw", "kwh", "mwh", "hz", "ft", "yd", "lb", "oz")
    },
    "mi": "mile",
    "μg": "µg",
    "mcg": "µg",
    "tsp": "tsp",
    "tbsp": "tbsp",
    "tl": "tsp",
    "el": "tbsp",
    "h": "hour",
    "min": "minute",
}
"""Symbols of units that every language writes alike."""

DEGREES = {"c": "°C", "f": "°F", "k": "K"}

_MEASURES: dict[str, tuple[str, Fraction]] = {
    "km": ("m", Fraction(1000)),
    "cm": ("m", Fraction(1, 100)),
    "mm": ("m", Fraction(1, 1000)),
    "kg": ("g", Fraction(1000)),
    "mg": ("g", Fraction(1, 1000)),
    "µg": ("g", Fraction(1, 10**6)),
    "hl": ("l", Fraction(100)),
    "litre": ("l", Fraction(1)),
    "dl": ("l", Fraction(1, 10)),
    "cl": ("l", Fraction(1, 100)),
    "ml": ("l", Fraction(1, 1000)),
    "hectare": ("ha", Fraction(1)),
    "minute": ("second", Fraction(60)),
    "hour": ("second", Fraction(3600)),
    "day": ("second", Fraction(86400)),
    "week": ("second", Fraction(604800)),
    "year": ("month", Fraction(12)),
    "kwh": ("wh", Fraction(1000)),
    "mwh": ("wh", Fraction(10**6)),
    "mw": ("kw", Fraction(1000)),
    "gw": ("kw", Fraction(10**6)),
}
"""Units that are so many of another one."""


def measured(number: Fraction, unit: str) -> Quantity:
    """A number of a unit, in the base unit of its kind."""
    if unit == PERCENT:
        return Quantity(number / 100, sign=unit, written=number)
    base, factor = _MEASURES.get(unit, (unit, Fraction(1)))
    return Quantity(number * factor, base, sign=unit, written=number)
