"""Markers of list items: which are known, and which beginnings of a text are none."""

from __future__ import annotations

import pytest

from revtrack.text import sentences
from revtrack.text.markers import item_markers, marker_of


@pytest.mark.parametrize(
    "text", ["3. Go.", "c) Go.", "(iv) Go.", "XII. Go.", "[2] Go.", "１．行く", "(B) Go."]
)
def test_a_marker_belongs_to_the_sentence_behind_it(text: str) -> None:
    """It is no sentence of its own."""
    assert marker_of(text) is not None
    assert [span.of(text) for span in sentences(text)] == [text]


@pytest.mark.parametrize("text", ["", "3.5 tons", "3.", "Go. Now.", "1999. Then", "3.Go", "(hello) Go"])
def test_other_beginnings_are_none(text: str) -> None:
    """Figures, words and a marker with nothing behind it mark no point."""
    assert marker_of(text) is None


@pytest.mark.parametrize(
    ("texts", "lengths"),
    [
        (["1. a", "2. b", "3. c"], [3, 3, 3]),
        (["1. a", "more of it", "2. b"], [3, 0, 3]),
        (["a. x", "b. y"], [3, 3]),
        (["i. x", "ii. y", "iii. z"], [3, 4, 5]),
        (["4) x", "text"], [3, 0]),
        (["12. Mai war es.", "13. Mai auch."], [0, 0]),
        (["A. Tiel said so.", "B. Roux said no."], [3, 3]),
        (["A. Tiel said so.", "He left."], [0, 0]),
        (["40. That was it.", "Nothing else."], [0, 0]),
        (["1. a", "3. b"], [0, 0]),
    ],
)
def test_a_marker_without_a_bracket_needs_a_neighbour_that_counts_on(
    texts: list[str], lengths: list[int]
) -> None:
    """Days of a month and initials are facts; two initials in alphabetical order pass for points."""
    assert item_markers(texts) == lengths
