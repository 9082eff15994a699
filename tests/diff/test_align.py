"""Alignment of sentences, case by case, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from revtrack.diff import Alignment, Move, align
from revtrack.model import Span

CASES = [
    block.strip("\n").split("\n")
    for block in re.split(
        r"^== ", (Path(__file__).parent / "cases/alignment.txt").read_text("utf-8"), flags=re.MULTILINE
    )[1:]
]


def _written(alignment: Alignment) -> str:
    moved = {
        (move.old.start + k, move.new.start + k)
        for move in alignment.moves
        for k in range(len(move.old))
    }
    pairs = sorted(alignment.pairs)
    return " ".join([f"{i}~{j}" if (i, j) in moved else f"{i}={j}" for i, j in pairs])


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_golden_alignments(case: list[str]) -> None:
    """Each case of alignment.txt gives the pairs that are written under it."""
    old = [line[2:] for line in case if line.startswith("- ")]
    new = [line[2:] for line in case if line.startswith("+ ")]
    expected = next(line for line in case if line.startswith("pairs:")).removeprefix("pairs:").strip()
    assert _written(align(old, new)) == expected


def test_a_moved_run_is_one_move() -> None:
    """Neighbours that moved together are one move, short ones among them too."""
    stays = [
        f"Paragraph number {n} stays where it was, and it is long enough to hold." for n in range(6)
    ]
    run = [
        "The inquiry will report to parliament in the autumn.",
        "It sits in Leeds.",
        "Its costs are met by the state.",
    ]
    alignment = align([*run, *stays], [*stays, *run])
    assert alignment.moves == (Move(Span(0, 3), Span(6, 9)),)


def test_an_alignment_of_nothing_is_empty() -> None:
    """Two empty sides give no pairs, no groups and no moves."""
    alignment = align([], [])
    assert (alignment.pairs, alignment.moves, alignment.groups) == (frozenset(), (), ())


def test_strange_characters_survive() -> None:
    """Lone surrogates, unpaired direction marks and a word of a million letters are sentences too."""
    strange = ["\ud800 lone", "\u202e turned", "x" * 1_000_000, ""]
    assert align(strange, strange).pairs == {(i, i) for i in range(4)}


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (["Yes."] * 3_000, ["Yes."] * 2_500, 2_500),
        (["a", "b"] * 1_500, ["b", "a"] * 1_500, 2_999),
        ([f"w{n}" for n in range(3_000)], [f"v{n}" for n in range(3_000)], 0),
        (
            ["no " * (n % 50) for n in range(1_000)],
            ["no " * (n % 51 + 1) + "x" for n in range(1_000)],
            0,
        ),
    ],
)
def test_adversarial_texts_are_aligned_as_far_as_they_agree(
    old: list[str], new: list[str], kept: int
) -> None:
    """Sentences all equal, taking turns, all different or of one repeated word end in good time."""
    alignment = align(old, new)
    assert len(alignment.pairs) >= kept


def test_a_bound_on_size_is_told() -> None:
    """When a limit left possible pairs unseen the alignment says so."""
    old = [f"The gauge at station {n} showed {n} metres." for n in range(200)]
    new = [f"The gauge at station {n} showed {n + 1} metres." for n in range(200)]
    alignment = align(old, new)
    assert alignment.bounded
    assert alignment.pairs == {(n, n) for n in range(200)}
