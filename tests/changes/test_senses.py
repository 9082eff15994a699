"""One word, another fact; another wording, the same: in several languages."""

from __future__ import annotations

import pytest

from revtrack.changes.edit import Edit
from revtrack.changes.kinds import Difference
from revtrack.changes.nature import judge
from revtrack.diff import text as word_ops

from .pairs import pairs


@pytest.mark.parametrize(("language", "old", "new"), pairs("Another word says another thing"))
def test_a_word_that_says_another_thing_is_substantive(language: str, old: str, new: str) -> None:
    """And so it is with the sides exchanged."""
    assert judge(Edit(old, new, word_ops(old, new), language=language)).substantive
    assert judge(Edit(new, old, word_ops(new, old), language=language)).substantive


@pytest.mark.parametrize(("language", "old", "new"), pairs("Another wording says the same"))
def test_another_wording_of_the_same_is_not_substantive(language: str, old: str, new: str) -> None:
    """A synonym, a misspelling, another voice."""
    assert not judge(Edit(old, new, word_ops(old, new), language=language)).substantive
    assert not judge(Edit(new, old, word_ops(new, old), language=language)).substantive


def test_one_sentence_has_a_difference_for_each_fact_that_changed() -> None:
    """A figure, a day and both parts of a name are three differences of three natures."""
    old = "On Monday some 45 boats left, said the harbour master, Anna Holt."
    new = "On Friday some 54 boats left, said the harbour master, Hanna Bolt."
    found = [(d.old.of(old), d.new.of(new), d.substantive) for d in judged(old, new)]
    assert found == [
        ("Monday", "Friday", True),
        ("45", "54", True),
        ("Anna Holt", "Hanna Bolt", True),
    ]


def judged(old: str, new: str) -> tuple[Difference, ...]:
    """The differences of an edit."""
    return judge(Edit(old, new, word_ops(old, new))).differences
