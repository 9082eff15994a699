"""Typed markers of list items: *3.*, *c)* or *(iv)* is where a point is, not what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import attrs

__all__ = ["Marker", "item_markers", "marker_of"]

_MARKER = re.compile(
    r"(?P<open>[(（\[]?)(?P<sign>\d{1,3}|[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|[^\W\d_])(?P<close>[.)）\]．、])"
    r"(?:\s+|(?<=[)）．、]))(?=[^\s.])"
)
_BRACKETS = frozenset(")）]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@attrs.frozen
class Marker:
    """A marker at the start of a text: `length` characters with the space behind it, `form` its style.

    `places` are what it may count as: *c* is the third letter and a hundred.
    """

    length: int
    form: tuple[str, str, str]
    places: frozenset[int]
    following: str

    @property
    def bracketed(self) -> bool:
        """Whether a bracket closes it: no initial and no day of a month is written so."""
        return self.form[2] in _BRACKETS


def marker_of(text: str) -> Marker | None:
    """What stands at the start of *text* in the form of a marker."""
    match = _MARKER.match(text)
    if match is None:
        return None
    sign = match["sign"]
    if sign.isdecimal():
        kind, places = "number", {int(sign)}
    else:
        kind = "letter" if sign.islower() else "capital"
        places = {ord(sign.lower()) - ord("a") + 1} if len(sign) == 1 else set()
        if not set(sign.lower()) - _ROMAN.keys():
            places.add(_roman(sign.lower()))
    following = text[match.end() : match.end() + _LOOKED_AT].split(None, 1)[0].casefold()
    return Marker(match.end(), (match["open"], kind, match["close"]), frozenset(places), following)


_LOOKED_AT = 40


def _roman(sign: str) -> int:
    values = [_ROMAN[letter] for letter in sign]
    return sum(
        [
            -value if value < after else value
            for value, after in zip(values, [*values[1:], 0], strict=True)
        ]
    )


def item_markers(texts: Sequence[str]) -> list[int]:
    """For each of the *texts* of neighbouring blocks the length of its marker, 0 where it has none.

    *12. Mai* may be a day and *A. Lund* a name: a marker that no bracket closes needs a list, in which
    each counts on from the one before and some do not go on with one word, as the days of a month do.
    """
    marked = [*map(_MARKER.match, texts)]
    if not any(marked):
        return [0] * len(texts)
    lengths = [0] * len(texts)
    lists: defaultdict[tuple[str, str, str], list[tuple[int, Marker]]] = defaultdict(list)
    for at, text in enumerate(texts):
        marker = marker_of(text) if marked[at] else None
        if marker is None:
            continue
        if marker.bracketed:
            lengths[at] = marker.length
        listed = lists[marker.form]
        if listed and not _counts_on(*listed[-1], at, marker):
            listed.clear()
        listed.append((at, marker))
        if len({point.following for _, point in listed}) > 1:
            for place, point in listed:
                lengths[place] = point.length
    return lengths


def _counts_on(before: int, one: Marker, at: int, two: Marker) -> bool:
    """Whether the second marker is the next one after the first, and near it."""
    return at - before <= _BETWEEN + 1 and bool({n + 1 for n in one.places} & two.places)


_BETWEEN = 3
"""Blocks between two points of a list (range 0 to 10): further paragraphs of the first."""
