"""Tables of data, told from tables that lay out a page: which rows are rows, and what names a table."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.elements import text_of

__all__ = ["is_row", "key_cell", "names_a_table"]

# The longest text of a cell of data that holds paragraphs, in characters (range 60 to 300; columns of a
# page are longer, figures and names shorter).
_LONGEST = 150
# What stands in the cells of a page's layout and in no table of data.
_LARGE = ("table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "section", "article")
_CELLS = ("td", "th")
_CAPTIONS = ("caption", "figcaption")


def is_row(row: etree._Element) -> bool:
    """Whether a ``tr`` is a row of data, and one block.

    Word processors put a paragraph into each cell, so short ones say nothing where there are two cells.
    """
    if next(row.iter(*_LARGE), None) is not None:
        return False
    if next(row.iter("p", "div"), None) is None:
        return True
    cells = [cell for cell in row if cell.tag in _CELLS]
    return len(cells) > 1 and all(_is_cell(cell) for cell in cells)


def key_cell(row: etree._Element) -> str | None:
    """What a row is about: its first cell with letters, where other cells follow; else None."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    if len(cells) > 1:
        for cell in cells:
            text = text_of(cell)
            if any(map(str.isalpha, text)):
                return text if len(text) <= _LONGEST else None
    return None


def _is_cell(cell: etree._Element) -> bool:
    """Whether the cell holds one short text, in whatever elements."""
    return len(text_of(cell)) <= _LONGEST


def names_a_table(caption: etree._Element) -> bool:
    """Whether *caption* names a table of data, and not a picture."""
    above = caption.getparent()
    return (
        caption.tag in _CAPTIONS
        and above is not None
        and next(above.iter("tr"), None) is not None
        and next(above.iter("img", "amp-img"), None) is None
    )
