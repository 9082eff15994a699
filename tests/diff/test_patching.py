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


@pytest.mark.parametrize(
    "other",
    [
        "A long first part was put before it. " * 30 + OLD,
        OLD.replace("harbour", "ferry harbour"),
        OLD.replace("hurt", "injured").replace("The mayor spoke later.", ""),
        OLD.replace(" ", "\u00a0"),
        f"“No comment,” Lind said. {OLD}",
    ],
    ids=["a long insertion", "beside a change", "on one side of each", "other spaces", "before it"],
)
def test_a_patch_finds_the_place_of_a_change(other: str) -> None:
    """Text put in before it, words changed on one side of it, another spelling of spaces."""
    replaced = [("45", "54"), ("in years", "in a decade"), ("in\u00a0years", "in a\u00a0decade")]
    patched = patch(OLD, NEW).apply(other)
    for old, new in replaced:
        other = other.replace(old, new)
    assert patched.replace("\u00a0", " ") == other.replace("\u00a0", " ")


def test_a_change_between_words_that_differ_in_letters_is_found() -> None:
    """A word put between others finds its place where both sides were corrected a little."""
    old = "On Monday the ferry left the harbour at noon with all of its crew and two dozen passengers."
    made = patch(old, old.replace("at noon", "at noon sharp"))
    other = old.replace("ferry", "fery").replace("dozen", "dozens")
    assert made.apply(other) == other.replace("at noon", "at noon sharp")
    made = patch(old, old.replace("noon", "dusk"))
    assert made.apply(other) == other.replace("noon", "dusk")


def test_what_is_brought_needs_both_sides() -> None:
    """Words put into a sentence that is gone do not go into another that ends alike."""
    end = " near the harbour bridge after a long night of rain."
    old = f"The mayor of Tarn counted boats{end} It was cold."
    made = patch(old, old.replace("boats", "boats twice"))
    with pytest.raises(PatchError):
        made.apply(f"It was cold. Two bakers from Quill sold bread{end}")


def test_two_places_that_are_alike_are_none() -> None:
    """Where a change could go to two places as well, it goes to neither."""
    old = "The mayor counted 14 boats near the bridge after a long night of rain."
    made = patch(old, old.replace("14", "41"))
    other = old.replace("mayor", "major").replace("bridge", "ridge")
    assert made.apply(other) == other.replace("14", "41")
    with pytest.raises(PatchError):
        made.apply(f"{other} {other}")


def test_a_change_at_an_end_of_a_short_text_is_found() -> None:
    """Where the text ends, less of it is enough."""
    made = patch("The fire hurt 45 people.", "The fire hurt 54 people.")
    assert made.apply("The fire injured 45 people.") == "The fire injured 54 people."


def test_a_change_whose_sentence_is_gone_goes_to_no_other_sentence() -> None:
    """A sentence that is alike but for a word is not taken for the one that is gone."""
    one, two = "The mayor found 14 boats near the bridge.", "The doctor found 14 boats near the pier."
    made = patch(f"{one} It rained. {two}", f"{one.replace('14', '41')} It rained. {two}")
    with pytest.raises(PatchError):
        made.apply(f"It rained all day. {two}")


def test_text_that_repeats_itself_gives_a_change_more_text_around_it() -> None:
    """The right one of many equal sentences is changed, also when the text grew before it."""
    line = "The ferry left the harbour at noon. "
    old = line * 3 + "Nobody saw it. " + line * 3
    new = line * 3 + "Nobody saw it. " + line + line.replace("noon", "six") + line
    assert patch(old, new).apply("It rained. " * 20 + old) == "It rained. " * 20 + new


def test_a_patch_that_finds_no_place_is_refused_whole() -> None:
    """An unrelated text raises PatchError that says what to do; nothing is half done."""
    with pytest.raises(PatchError, match="make the patch again"):
        patch(OLD, NEW).apply("A choir of retired miners sang under the bridge.")


def test_a_patch_of_equal_texts_changes_nothing() -> None:
    """No hunks, no change, whatever the text."""
    assert patch(OLD, OLD).apply("anything") == "anything"
