"""Changes of the body come in reading order and as what they are."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.changes import Nature

from .pairs import pairs

PARAGRAPHS = [
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.",
    "The lock-keeper and his family were asleep in the house beside the gate.",
    "Police said 45 people were taken to hospital, most of them with burns.",
    "The harbour will stay closed until the engineers have looked at the quay.",
]


def _compare(old: list[str], new: list[str]) -> revtrack.Revision:
    return revtrack.compare(revtrack.from_text("\n\n".join(old)), revtrack.from_text("\n\n".join(new)))


def test_a_removed_paragraph_is_told_before_the_edit_that_follows_it() -> None:
    """Reading order holds where a paragraph went before an edited one."""
    revision = _compare(PARAGRAPHS, [PARAGRAPHS[0], PARAGRAPHS[2].replace("45", "54"), PARAGRAPHS[3]])
    assert [type(change).__name__ for change in revision.changes] == ["TextRemoved", "TextEdited"]


def test_paragraphs_that_went_are_told_one_by_one() -> None:
    """Each block that went is a change of its own."""
    revision = _compare(PARAGRAPHS, [PARAGRAPHS[0], PARAGRAPHS[3]])
    assert [change.old for change in revision.removed] == PARAGRAPHS[1:3]


def test_a_sentence_added_inside_a_paragraph_is_told_alone() -> None:
    """The rest of the paragraph is not part of the change."""
    fresh = "Nobody has claimed the silver watch."
    revision = _compare(PARAGRAPHS, [*PARAGRAPHS[:3], f"{PARAGRAPHS[3]} {fresh}"])
    assert [(type(change).__name__, change.new) for change in revision.changes] == [
        ("TextAdded", fresh)
    ]


def test_a_paragraph_cut_in_two_is_no_change() -> None:
    """Where a paragraph breaks is a matter of layout."""
    joined = [f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", *PARAGRAPHS[2:]]
    assert _compare(joined, PARAGRAPHS).changes == ()


def test_a_notice_is_never_an_edit_of_the_story() -> None:
    """A correction that repeats the sentence it corrects is still a notice that was added."""
    notice = (
        "Correction: Police said 54 people were taken to hospital, not 45, most of them with burns."
    )
    revision = _compare(PARAGRAPHS, [*PARAGRAPHS[:2], PARAGRAPHS[3], notice])
    assert [type(change).__name__ for change in revision.changes] == ["TextRemoved", "NoticeAdded"]


def test_a_move_tells_its_direction_and_what_it_meant_for_the_lead() -> None:
    """A last paragraph that became the first moved up, into the first three paragraphs."""
    filler = [f"Paragraph {word} speaks of the {word} trade in the basin." for word in ("salt", "rye")]
    old = [*PARAGRAPHS[:3], *filler, PARAGRAPHS[3]]
    up = _compare(old, [PARAGRAPHS[3], *PARAGRAPHS[:3], *filler]).moved
    down = _compare([PARAGRAPHS[3], *PARAGRAPHS[:3], *filler], old).moved
    assert [(move.direction.value, move.prominence.value) for move in up] == [("up", "into the lead")]
    assert [(move.direction.value, move.prominence.value) for move in down] == [
        ("down", "out of the lead")
    ]


def test_two_blocks_that_read_the_same_in_other_characters_are_both_kept() -> None:
    """The result does not hang on which of two spellings is met first."""
    straight, curly = (f"She called it {mark}a very fine harbour{mark} in her letter." for mark in '"“')
    revision = _compare([straight, PARAGRAPHS[0], curly], [PARAGRAPHS[0], straight])
    assert [type(change).__name__ for change in revision.changes] == ["TextRemoved"]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("A line that only says when the article was updated is metadata"),
)
def test_a_time_stamp_in_the_text_is_metadata(language: str, old: str, new: str) -> None:
    """A line that only says when the article was updated may change, come and go: no fact changes."""
    for first, second in ((old, new), ("", new), (old, "")):
        revision = revtrack.compare(
            revtrack.from_text(f"{STAMPED}\n\n{first}", language=language),
            revtrack.from_text(f"{STAMPED}\n\n{second}", language=language),
        )
        assert [(change.nature, change.substantive) for change in revision.changes] == [
            (Nature.METADATA, False)
        ]
        assert revision.undisclosed == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Updated 12 May: 45 people were hurt.", "Updated 12 May: 54 people were hurt."),
        ("The museum opens on 3 May 2021.", "The museum opens on 4 May 2021."),
    ],
)
def test_a_date_that_is_told_is_no_time_stamp(old: str, new: str) -> None:
    """A line that says more than when it was updated is judged like any other."""
    (change,) = revtrack.compare(
        revtrack.from_text(f"{STAMPED}\n\n{old}"), revtrack.from_text(f"{STAMPED}\n\n{new}")
    ).changes
    assert change.substantive


STAMPED = "The lock at Velm is shut until the engineers have looked at it."
