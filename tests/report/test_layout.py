"""The full text with its marks: rows, moves, folded stretches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from revtrack.model import BlockKind
from revtrack.report.layout import Row, rows, stretches
from revtrack.report.marks import Mark, Run, runs_of
from tests.report.made import Part, replaced, revision_of, tiled

WORDS = st.lists(st.sampled_from(["\n\n", "\n", " ", "a", "b."]), min_size=1, max_size=8).map("".join)
PARTS = st.lists(st.tuples(st.sampled_from("=-+"), WORDS), max_size=12)


def squeezed(text: str) -> str:
    """*text* without white space."""
    return "".join(text.split())


def side(found: tuple[Row, ...], *marks: Mark) -> str:
    """The text of all runs that bear one of *marks*, without white space."""
    return squeezed(
        "".join(
            [run.text for row in found for run in row.runs if run.mark in marks and not run.pilcrow]
        )
    )


def shown(*parts: Part) -> list[str]:
    """Each row as a line: deleted in [], inserted in {}."""
    frames = {Mark.KEPT: "{}", Mark.DELETED: "[{}]", Mark.INSERTED: "{{{}}}"}
    return [
        "".join([frames[run.mark].format(run.text) for run in row.runs])
        for row in rows(revision_of(*parts))
    ]


@given(PARTS)
def test_the_new_side_of_the_rows_is_the_new_text(parts: list[Part]) -> None:
    """Kept and inserted runs in reading order are the new text, white space apart."""
    new = tiled(parts)[1]
    assert side(rows(revision_of(*parts)), Mark.KEPT, Mark.INSERTED) == squeezed(new)


@given(PARTS)
def test_the_old_side_of_the_rows_holds_every_old_character(parts: list[Part]) -> None:
    """Kept and deleted runs in reading order are the old text, white space apart."""
    old = tiled(parts)[0]
    assert side(rows(revision_of(*parts)), Mark.KEPT, Mark.DELETED) == squeezed(old)


@given(PARTS)
def test_a_block_of_the_new_text_is_one_row(parts: list[Part]) -> None:
    """No block of the new article is torn into two rows, and no row joins two blocks."""
    revision = revision_of(*parts)
    blocks = [squeezed(block.text) for block in revision.new.blocks]
    made = [side((row,), Mark.KEPT, Mark.INSERTED) for row in rows(revision)]
    assert [text for text in made if text] == [text for text in blocks if text]


@given(PARTS)
def test_folding_loses_no_row(parts: list[Part]) -> None:
    """The stretches hold all rows in order, and only unchanged ones are folded."""
    found = rows(revision_of(*parts, ("=", "\n\nQuiet." * 6), *parts))
    folded = stretches(found)
    assert tuple([row for stretch in folded for row in stretch.rows]) == found
    hidden = [row for stretch in folded if stretch.folded for row in stretch.rows]
    assert hidden
    assert all(row.unchanged for row in hidden)


def test_a_deleted_paragraph_is_a_row_of_its_own() -> None:
    """Whichever of its two breaks went with it, a deleted paragraph stands alone."""
    expected = ["A.", "[B.]", "C."]
    assert shown(("=", "A.\n\n"), ("-", "B.\n\n"), ("=", "C.")) == expected
    assert shown(("=", "A."), ("-", "\n\nB."), ("=", "\n\nC.")) == expected


def test_a_rewritten_paragraph_is_shown_as_two() -> None:
    """A paragraph without one kept word is the old paragraph, then the new one."""
    assert shown(("=", "A.\n\n"), ("+", "N."), ("-", "B."), ("=", "\n\nC.")) == [
        "A.",
        "[B.]",
        "{N.}",
        "C.",
    ]


def test_a_paragraph_break_that_came_is_marked() -> None:
    """A split paragraph is two rows, the second marked with an inserted pilcrow."""
    assert shown(("=", "One. "), ("+", "\n\n"), ("=", "Two.")) == ["One. ", "{¶}Two."]


def test_a_paragraph_break_that_went_is_marked() -> None:
    """Two paragraphs that became one are one row with a deleted pilcrow."""
    assert shown(("=", "One."), ("-", "\n\n"), ("+", " "), ("=", "Two.")) == ["One.[¶]{ }Two."]


def test_deleted_words_stand_before_the_inserted_ones() -> None:
    """Where operations touch, what went is shown first."""
    assert shown(("=", "a "), ("+", "new"), ("-", "old"), ("=", " b")) == ["a [old]{new} b"]


def test_a_moved_paragraph_is_known_at_both_places() -> None:
    """The runs of both ends of a move carry its number."""
    revision = revision_of(
        ("-", "A.\n\n"), ("=", "B.\n\n"), ("+", "A.\n\n"), ("=", "C."), moves=[(0, 2)]
    )
    assert [(run.mark, run.move) for row in rows(revision) for run in row.runs] == [
        (Mark.DELETED, 0),
        (Mark.KEPT, None),
        (Mark.INSERTED, 0),
        (Mark.KEPT, None),
    ]


def test_a_deleted_block_keeps_its_kind() -> None:
    """A heading that is gone is shown as a heading."""
    revision = revision_of(("-", "Gone.\n\n"), ("=", "Text."), kinds=[BlockKind.HEADING])
    assert [row.kind for row in rows(revision)] == [BlockKind.HEADING, BlockKind.HEADING]


def test_long_unchanged_stretches_are_folded_with_a_row_of_context() -> None:
    """One unchanged row stands beside a changed one; the rest is folded away."""
    quiet = "\n\n".join(f"Quiet {number}." for number in range(6))
    found = stretches(rows(revision_of(("=", f"{quiet}\n\n"), ("+", "New."))))
    assert [(len(stretch.rows), stretch.folded) for stretch in found] == [
        (5, True),
        (1, False),
        (1, False),
    ]


def test_operations_that_do_not_fit_show_both_sides_whole() -> None:
    """Short texts whose operations tell another story are shown as they are."""
    assert runs_of("old", "new", tiled([("=", "other")])[2]) == (
        Run(Mark.DELETED, "old"),
        Run(Mark.INSERTED, "new"),
    )
    assert runs_of("old", "new", replaced("old", "new"))[1] == Run(Mark.INSERTED, "new")
