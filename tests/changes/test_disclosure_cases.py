"""The state of each difference, by golden cases that anyone can add to."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import revtrack
from revtrack.changes import Change, Difference

FILE = Path(__file__).parent / "cases" / "disclosure.txt"


@attrs.frozen
class Case:
    """A revision and the states of its substantive differences."""

    name: str
    old: revtrack.Article
    new: revtrack.Article
    expected: tuple[str, ...]


def _case(group: str) -> Case:
    name, *lines = group.splitlines()
    language, headlines = "en", (None, None)
    sides: tuple[list[str], list[str]] = ([], [])
    expected = []
    for line in lines:
        label, _, words = line.partition(" ")
        words = words.strip()
        match label:
            case "in:":
                language = words
            case "h:":
                headlines = tuple(words.split(" > "))  # type: ignore[assignment] # two of them
            case "is:":
                expected += [words] if words else []
            case "=" | "-" | "+":
                for side, sign in zip(sides, "-+", strict=True):
                    if label in {"=", sign}:
                        side.append(words)
            case _:
                raise ValueError(f"{name}: no such line: {line}")
    old, new = (
        revtrack.from_text("\n\n".join(side), headline=headline, language=language)
        for side, headline in zip(sides, headlines, strict=True)
    )
    return Case(name, old, new, tuple(expected))


CASES = [_case(group) for group in FILE.read_text(encoding="utf-8").strip().split("\n\n")[1:]]


def _differences(revision: revtrack.Revision) -> list[tuple[Change, Difference]]:
    return [
        (change, one)
        for change in revision.changes
        for one in change.differences
        if one.substantive and one.state.value != "none needed"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_difference_has_the_state_that_the_case_gives(case: Case) -> None:
    """What a notice explains, may explain and does not explain, difference by difference."""
    found = _differences(revtrack.compare(case.old, case.new))
    shown = [
        f"{one.old.of(change.old or '')} > {one.new.of(change.new or '')}: {one.state.value}"
        for change, one in found
    ]
    assert len(found) == len(case.expected), shown
    for wanted in case.expected:
        words, _, state = wanted.rpartition(": ")
        old, _, new = words.partition(">")
        assert any(
            old.strip() in one.old.of(change.old or "")
            and new.strip() in one.new.of(change.new or "")
            and one.state.value == state
            for change, one in found
        ), shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_unrelated_edit_never_changes_the_state_of_another(case: Case) -> None:
    """A number that changes in a new sentence of its own leaves all other states as they are."""
    extra = [f"The lighthouse at Varlin has {steps} steps." for steps in (211, 223)]
    old, new = (
        revtrack.from_text(
            f"{words}\n\n{article.text}", headline=article.headline, language=article.language
        )
        for words, article in zip(extra, (case.old, case.new), strict=True)
    )
    before = [
        (change.old, change.new, one.old, one.state)
        for change, one in _differences(revtrack.compare(case.old, case.new))
    ]
    after = [
        (change.old, change.new, one.old, one.state)
        for change, one in _differences(revtrack.compare(old, new))
        if "lighthouse" not in (change.old or "")
    ]
    assert after == before
