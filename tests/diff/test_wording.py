"""Word operations, case by case, and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from revtrack import diff
from revtrack.diff import Delete, Equal, Insert, Replace, TextOp, TokenOp
from revtrack.model import Span

CASES = [
    dict(
        [
            ("title", block.split("\n", 1)[0]),
            *re.findall(r"^(old|new|ops): (.*)$", block, flags=re.MULTILINE),
        ]
    )
    for block in re.split(
        r"^== ", (Path(__file__).parent / "cases/words.txt").read_text("utf-8"), flags=re.MULTILINE
    )[1:]
]


def _written(ops: tuple[TextOp, ...], old: str) -> str:
    """The operations as the case files write them; kept text as the old side spells it."""
    parts: list[str] = []
    for op in ops:
        match op:
            case Equal():
                parts.append(op.old.of(old))
            case Insert():
                parts.append(f"{{+{op.inserted}+}}")
            case Delete():
                parts.append(f"[-{op.deleted}-]")
            case Replace():
                parts.append(f"[-{op.deleted}=>{op.inserted}+]")
    return "".join(parts)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_golden_word_operations(case: dict[str, str]) -> None:
    """Each case of words.txt gives the operations that are written under it."""
    assert _written(diff.text(case["old"], case["new"]), case["old"]) == case["ops"]


def test_tokens_say_which_stands_for_which() -> None:
    """Given tokens are compared as they are, and spans count tokens."""
    expected: tuple[TokenOp, ...] = (
        Equal(Span(0, 1), Span(0, 1)),
        Replace(Span(1, 2), Span(1, 2), ("big",), ("small",)),
        Equal(Span(2, 3), Span(2, 3)),
        Insert(Span(3, 3), Span(3, 4), ("barked",)),
    )
    assert diff.tokens(["a", "big", "dog"], ["a", "small", "dog", "barked"]) == expected


def test_spelling_is_kept_in_an_equal_operation() -> None:
    """Words that are only spelt differently are equal and carry both spellings."""
    expected: tuple[TokenOp, ...] = (
        Equal(Span(0, 1), Span(0, 1), ("“",), ('"',)),
        Equal(Span(1, 2), Span(1, 2)),
    )
    assert diff.tokens(["“", "yes"], ['"', "yes"]) == expected


@pytest.mark.parametrize(
    "strange", ["\ud800 lone", "\u202e\u2066 turned", "x" * 1_000_000, "\u200b", "\u0301", " "]
)
def test_strange_texts_survive(strange: str) -> None:
    """Lone surrogates, direction marks, a word of a million letters, marks alone: all apply."""
    for old, new in ((strange, ""), ("", strange), (strange, f"{strange} then"), ("now", strange)):
        assert diff.apply(diff.text(old, new), old) == new


@pytest.mark.parametrize(("one", "other"), [(100, 300), (300, 100), (70, 130), (128, 64)])
def test_one_word_repeated_is_matched_once(one: int, other: int) -> None:
    """What both sides begin with is not what they end with, too."""
    old, new = "no " * one, "no " * other
    assert diff.apply(diff.text(old, new), old) == new


def test_a_long_text_of_one_repeated_word_is_compared_within_a_bound() -> None:
    """Past a bound on equal words the longest common run decides; the operations still apply."""
    old, new = "no " * 3_000, "no " * 1_400 + "yes " + "no " * 1_500
    assert diff.apply(diff.text(old, new), old) == new
