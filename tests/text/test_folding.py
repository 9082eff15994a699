"""What folding takes for the same, and what it never does."""

from __future__ import annotations

import pytest

from revtrack.text import fold


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("“Yes,” it’s", '"Yes," it\'s'),
        ("„Ja“ «oui»", '"Ja" "oui"'),
        ("a\u00a0b\u2009c  d\n", "a b c d"),
        ("co\u00adoperate", "cooperate"),
        ("cafe\u0301", "café"),
        ("wait…", "wait..."),
        ("a plane---it flies -- lands", "a plane—it flies — lands"),
        ("o\ufb03ce", "office"),
        ("non\u2011stop", "non-stop"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("plain\u200d text\u200c", "plain text"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_spellings_that_read_the_same(one: str, two: str) -> None:
    """What a content system changes by itself folds to one text."""
    assert fold(one) == fold(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Polish", "polish"),
        ("5%", "5"),
        ("-3", "3"),
        ("Really?", "Really"),
        ("2019–20", "2019-20"),
        ("one—two", "one–two"),
        ("----", "—-"),
        ("a b", "ab"),
        ("می\u200cخواهم", "میخواهم"),
        ("👩\u200d🚀", "👩🚀"),
        ("\u202eabc", "abc"),
        ("naïve", "naive"),
    ],
)
def test_what_can_carry_meaning_stays(one: str, two: str) -> None:
    """Case, signs, digits, dashes, joiners between letters that need them, accents are kept apart."""
    assert fold(one) != fold(two)


def test_a_long_run_of_joiners_ends() -> None:
    """A hundred thousand joiners between Arabic letters read as one, in linear time."""
    assert fold("می" + "\u200c" * 100_000 + "خواهم") == "می\u200cخواهم"
