"""Typed markers of list items: *3.*, *c)* or *(iv)* is where a point is, not what it says."""

from __future__ import annotations

import re
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

    *12. Mai* may be a day and *A. Lund* a name: a marker that no bracket closes needs a neighbour that
    counts on from it, and that does not go on with the same word, as the days of a month do.
    """
    marked = [*map(_MARKER.match, texts)]
    if not any(marked):
        return [0] * len(texts)
    found = [marker_of(text) if match else None for text, match in zip(texts, marked, strict=True)]
    lengths = []
    for at, marker in enumerate(found):
        counted = marker is not None and (
            marker.bracketed or any(_counts_on(found, marker, at, by) for by in (-1, 1))
        )
        lengths.append(marker.length if marker is not None and counted else 0)
    return lengths


def _counts_on(found: Sequence[Marker | None], marker: Marker, at: int, by: int) -> bool:
    """Whether the next block with a marker, in one direction, has the next one of its kind."""
    for place in range(at + by, at + by * (_BETWEEN + 2), by):
        if not 0 <= place < len(found):
            return False
        other = found[place]
        if other is not None and other.form == marker.form:
            counts = {number + by for number in marker.places} & other.places
            return bool(counts) and other.following != marker.following
    return False


_BETWEEN = 3
"""Blocks between two points of a list (range 0 to 10): further paragraphs of the first."""
