"""Rows of tables, and tables that only lay out a page."""

from __future__ import annotations

from revtrack.extract import extract
from revtrack.model import Block, BlockKind

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


def after(markup: str) -> tuple[Block, ...]:
    """The blocks that *markup* becomes behind the story."""
    return extract(page(STORY + markup)).blocks[len(PARAGRAPHS) :]


def test_each_row_is_a_block() -> None:
    """Cells are parted by a space, whatever they span, and keep their links."""
    blocks = after(
        "<table><thead><tr><th>Day</th><th>Trips</th></tr></thead><tbody><tr><td>Monday</td><td>"
        "<a href='/mon'>12</a></td></tr><tr><td colspan='2'>none on Sunday</td></tr></tbody></table>"
    )
    assert [(one.kind, one.text) for one in blocks] == [
        (BlockKind.TABLE_ROW, "Day Trips"),
        (BlockKind.TABLE_ROW, "Monday 12"),
        (BlockKind.TABLE_ROW, "none on Sunday"),
    ]
    assert [(one.span.of(blocks[1].text), one.href) for one in blocks[1].links] == [("12", "/mon")]


def test_paragraphs_in_cells_are_cells() -> None:
    """What word processors make of a table is a table: a paragraph or division in each cell."""
    row = "<tr><td><p>{}</p></td><td><div>{}<br>trips</div></td></tr>"
    blocks = after(f"<table>{row.format('Monday', 12)}{row.format('Tuesday', 13)}</table>")
    assert [one.text for one in blocks] == ["Monday 12 trips", "Tuesday 13 trips"]
    assert {one.kind for one in blocks} == {BlockKind.TABLE_ROW}


def test_a_table_that_lays_out_the_page_has_no_rows() -> None:
    """Long paragraphs in cells are paragraphs, and so is what stands in a single cell."""
    long = " ".join(PARAGRAPHS)
    layout = f"<table><tr><td><p>{long}</p></td><td><p>{long}</p></td></tr></table>"
    assert {one.kind for one in after(layout)} == {BlockKind.PARAGRAPH}
    (one,) = after("<table><tr><td><p>The ferry goes each hour.</p></td></tr></table>")
    assert one.kind is BlockKind.PARAGRAPH


def test_the_name_of_a_table_is_text() -> None:
    """A caption over rows of data is kept, since there is no picture that it could be about."""
    rows = "<tr><td>Monday</td><td>12</td></tr>"
    for table in (
        f"<table><caption>Ferries a day</caption>{rows}</table>",
        f"<figure><figcaption>Ferries a day</figcaption><table>{rows}</table></figure>",
    ):
        assert [(one.kind, one.text) for one in after(table)] == [
            (BlockKind.CAPTION, "Ferries a day"),
            (BlockKind.TABLE_ROW, "Monday 12"),
        ]
