"""Code keeps its lines; prose that was set like code has paragraphs."""

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


def test_links_in_code_have_their_places() -> None:
    """Also behind blank lines, which are not kept."""
    (code,) = after("<pre>\nimport a\n\n  call <a href='/f'> f</a>(x)</pre>")
    assert code.text == "import a\n  call  f(x)"
    assert [(link.span.of(code.text), link.href) for link in code.links] == [("f", "/f")]


def test_the_numbers_of_lines_are_no_code() -> None:
    """The column of numbers beside a listing is left out."""
    listing = f"<table><tr><td><pre>1\n2\n3\n4</pre></td><td><pre>{LINES}</pre></td></tr></table>"
    assert [one.kind for one in after(listing.replace("hour < 6", "hour"))] == [BlockKind.CODE]


def test_prose_that_was_set_like_code_has_paragraphs() -> None:
    """A release or letter in a ``<pre>`` is parted where a line is blank."""
    long = [f"{one} {PARAGRAPHS[0]}" for one in PARAGRAPHS[1:]]
    wrapped = "\n\n".join(one.replace(" the ", "\nthe ") for one in long)
    blocks = extract(f"<html><body><h1>Bridge closes</h1><pre>\n{wrapped}\n</pre></body></html>").blocks
    assert [(one.kind, one.text) for one in blocks] == [(BlockKind.PARAGRAPH, one) for one in long]


def test_another_indentation_is_no_change() -> None:
    """White space is folded in code, too."""
    other = LINES.replace("    ", "  ")
    old, new = (
        extract(page(f"{STORY}<pre>{one.replace('<', '&lt;')}</pre>")) for one in (LINES, other)
    )
    assert compare(old, new).changes == ()
