"""The nature of an edit, by golden cases that anyone can add to."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from revtrack.changes.edit import Edit
from revtrack.changes.nature import judge, judge_text
from revtrack.diff import text as word_ops
from revtrack.facts.vocabulary import words_of
from revtrack.notices.lexicon import LANGUAGES

FILE = Path(__file__).parent / "cases" / "nature.txt"


@attrs.frozen
class Case:
    """One edit and what is expected of it."""

    name: str
    old: str
    new: str
    expected: str
    by: str | None
    edit: Edit


def _case(group: str) -> Case:
    name, *lines = group.splitlines()
    fields = {label: value.strip() for label, _, value in (line.partition(":") for line in lines)}
    old, new = fields["old"], fields["new"]
    edit = Edit(old, new, word_ops(old, new), language=fields.get("in", "en"))
    return Case(name, old, new, fields["is"], fields.get("by"), edit)


CASES = [_case(group) for group in FILE.read_text(encoding="utf-8").strip().split("\n\n")[1:]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_edit_is_named_as_the_case_says(case: Case) -> None:
    """An edit gets the nature that the golden case gives it, and its weight."""
    verdict = judge(case.edit)
    got = verdict.nature.value + (" !" if verdict.substantive else "")
    assert got == case.expected, f"decided by {verdict.rule}"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.by is not None], ids=lambda case: case.name
)
def test_a_verdict_shows_the_words_that_decided(case: Case) -> None:
    """The evidence of a verdict are the words that went and those that came, on their sides."""
    verdict = judge(case.edit)
    gone, come = (
        " ".join([span.of(side) for span in spans])
        for side, spans in ((case.old, verdict.old_evidence), (case.new, verdict.new_evidence))
    )
    assert case.by is not None
    assert [gone, come] == [words.strip() for words in case.by.split("|")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_notices_has_words_of_its_own(language: str) -> None:
    """Each list can be read and says how the language denies, hedges and reports."""
    words = words_of(language)
    assert words.negations
    assert words.hedges
    assert words.attributions


def test_text_without_letters_or_digits_is_not_content() -> None:
    """A row of asterisks that came or went says nothing."""
    assert not judge_text("* * *").substantive
    assert judge_text("Three people died.").substantive
