"""Patches apply to the text they were made for, to a slightly different one, and to no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.diff import patch
from revtrack.errors import PatchError
from revtrack.testing import EditedPair, edited_articles

OLD = (
    "The fire hurt 45 people at the harbour on Monday night. It was the worst fire in years. "
    "Nobody has claimed the watch. The mayor spoke later."
)
NEW = OLD.replace("45", "54").replace("in years", "in a decade")


@given(edited_articles())
def test_a_patch_makes_the_new_article_of_the_old_one(pair: EditedPair) -> None:
    """Applied to the text it was made for, a patch gives the new text to the letter."""
    made = patch(pair.old.text, pair.new.text)
    assert made.fits(pair.old.text)
    assert made.apply(pair.old.text) == pair.new.text


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_patch_of_any_two_texts_makes_the_one_of_the_other(old: str, new: str) -> None:
    """Whatever the characters, lone surrogates included."""
    assert patch(old, new).apply(old) == new


def test_a_patch_applies_to_a_text_that_differs_elsewhere() -> None:
    """Words before it and a changed word nearby do not keep a change from its place."""
    made = patch(OLD, NEW)
    other = "Updated. " + OLD.replace("Monday", "Tuesday")
    assert not made.fits(other)
    assert made.apply(other) == "Updated. " + NEW.replace("Monday", "Tuesday")


def test_a_patch_that_finds_no_place_is_refused_whole() -> None:
    """An unrelated text raises PatchError that says what to do; nothing is half done."""
    with pytest.raises(PatchError, match="make the patch again"):
        patch(OLD, NEW).apply("A choir of retired miners sang under the bridge.")


def test_a_patch_is_for_strings() -> None:
    """Anything else is a TypeError that names the argument."""
    with pytest.raises(TypeError, match="text"):
        patch(OLD, NEW).apply(b"bytes")  # type: ignore[arg-type] # the wrong type is the point


def test_a_patch_of_equal_texts_changes_nothing() -> None:
    """No hunks, no change, whatever the text."""
    assert patch(OLD, OLD).apply("anything") == "anything"
