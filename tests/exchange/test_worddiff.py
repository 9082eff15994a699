"""Word diff: an independent reader gets the new text from it and the old one, and the other way."""

from __future__ import annotations

import re

from hypothesis import example, given

import revtrack
from revtrack.changes.revision import Revision
from revtrack.exchange.worddiff import word_diff
from revtrack.testing import EditedPair, edited_articles
from tests.exchange.made import headed, sides, signs
from tests.report.made import revision_of

_HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@")


def patched(text: str, diff: str, *, back: bool = False) -> str:
    """The lines of *text* with the hunks of *diff* applied, forwards or *back*."""
    lines = text.split("\n")
    made: list[str] = []
    place = 0
    head: re.Match[str] | None = None
    found = ["", ""]
    for line in [*diff.removesuffix("\n").split("\n")[2:], "@@ -0,0 +0,0 @@"]:
        if line.startswith("@@ "):
            if head is not None:
                start, size = int(head[3 if back else 1]) - 1, int(head[4 if back else 2])
                here, there = (one.split("\n") for one in (found[::-1] if back else found))
                if start + size < len(lines):  # the last line that the hunk has ends
                    assert (here.pop(), there.pop()) == ("", "")
                assert here == lines[start : start + size]
                assert len(there) == int(head[2 if back else 4])
                made += [*lines[place:start], *there]
                place = start + size
            head, found = _HUNK.fullmatch(line), ["", ""]
            continue
        sign, words = ("~", "\n") if line == "~" else (line[0], line[1:])
        words = "\n" if words == "~" and sign in "-+" else words.removeprefix("\\")
        found[0] += words if sign != "+" else ""
        found[1] += words if sign != "-" else ""
    return "\n".join([*made, *lines[place:]])


@given(signs)
@example(headed(revision_of(("-", "{++x++}"), ("+", "{++x++}")), "", ""))
@example(revision_of(("=", "a"), ("-", "\n"), ("+", " "), ("=", "b~"), ("-", "~"), ("+", "\\~")))
def test_the_diff_leads_from_either_side_to_the_other(revision: Revision) -> None:
    """Its hunks fit the lines that they name, whatever words are in them."""
    diff = word_diff(revision)
    old, new = sides(revision)
    if old == new:
        assert diff == ""
        return
    assert patched(old, diff) == new
    assert patched(new, diff, back=True) == old


@given(edited_articles())
def test_so_does_the_diff_of_a_comparison(pair: EditedPair) -> None:
    """Of articles that were edited."""
    revision = revtrack.compare(pair.old, pair.new)
    old, new = sides(revision)
    diff = word_diff(revision)
    assert (patched(old, diff) if diff else old) == new
