"""Code keeps its lines."""

from __future__ import annotations

import pytest

from revtrack.compare import compare
from revtrack.extract import extract
from revtrack.model import Block, BlockKind

from .pages import PARAGRAPHS, STORY, page

LINES = "def ferry(hour):\n    if hour < 6:\n        return None\n    return 'pier  1'"


def after(markup: str) -> tuple[Block, ...]:
    """The blocks that *markup* becomes behind the story."""
    return extract(page(STORY + markup)).blocks[len(PARAGRAPHS) :]


@pytest.mark.parametrize(
    "markup",
    [
        f"<pre><code>{LINES.replace('<', '&lt;')}\n</code></pre>",
        f"<div class='highlight'><pre>\n{LINES.replace('<', '&lt;')}</pre></div>",
        "<pre>" + "<br>".join(LINES.replace("<", "&lt;").split("\n")) + "</pre>",
        "<pre><code>"
        + "".join(f"<div class='line'>{one}</div>" for one in LINES.replace("<", "&lt;").split("\n"))
        + "</code></pre>",
        "<pre>" + LINES.replace("<", "&lt;").replace("return", "<b>return</b>") + "</pre>",
        "<pre>" + LINES.replace("<", "&lt;").replace("\n    if", "  \n\n    if") + "</pre>",
    ],
)
def test_code_keeps_its_lines_and_their_indentation(markup: str) -> None:
    """However the lines are parted in the markup, the block is the code, without blank lines."""
    assert [(one.kind, one.text) for one in after(markup)] == [(BlockKind.CODE, LINES)]


def test_the_numbers_of_lines_are_no_code() -> None:
    """The column of numbers beside a listing is left out."""
    listing = f"<table><tr><td><pre>1\n2\n3\n4</pre></td><td><pre>{LINES}</pre></td></tr></table>"
    assert [one.kind for one in after(listing.replace("hour < 6", "hour"))] == [BlockKind.CODE]


def test_another_indentation_is_no_change() -> None:
    """White space is folded in code, too."""
    other = LINES.replace("    ", "  ")
    old, new = (
        extract(page(f"{STORY}<pre>{one.replace('<', '&lt;')}</pre>")) for one in (LINES, other)
    )
    assert compare(old, new).changes == ()
