"""The nature of an edit, by golden cases that anyone can add to."""

from __future__ import annotations

from pathlib import Path

import pytest

from revtrack.changes.edit import Edit
from revtrack.changes.nature import judge, judge_text
from revtrack.diff import text as word_ops

CASES = Path(__file__).parent / "cases" / "nature.txt"


def _cases() -> list[tuple[str, str, str, str]]:
    groups = CASES.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    cases = []
    for group in groups:
        name, *fields = group.splitlines()
        old, new, expected = (field.partition(":")[2].strip() for field in fields)
        cases.append((name, old, new, expected))
    return cases


@pytest.mark.parametrize(("name", "old", "new", "expected"), _cases(), ids=lambda value: value[:40])
def test_each_edit_is_named_as_the_case_says(name: str, old: str, new: str, expected: str) -> None:
    """An edit gets the nature that the golden case gives it, and its weight."""
    verdict = judge(Edit(old, new, word_ops(old, new)))
    got = verdict.nature.value + (" !" if verdict.substantive else "")
    assert got == expected, f"{name}: decided by {verdict.rule}"


def test_text_without_letters_or_digits_is_not_content() -> None:
    """A row of asterisks that came or went says nothing."""
    assert not judge_text("* * *").substantive
    assert judge_text("Three people died.").substantive
