"""Headings that say when they were added: *Known faults (added 11 April 2017)*."""

from __future__ import annotations

import re

from revtrack.notices.dates import date_run
from revtrack.notices.folded import fold
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.opening import Opening

__all__ = ["CLOSING_BRACKETS", "LONGEST", "dated_heading"]

LONGEST = 120
"""The longest line that is such a heading, in characters; headings of the gold have under 60."""

CLOSING_BRACKETS = ")）]］】"
"""With one of these such a heading ends."""

_BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]{6,60})[)）\]］】]\s*$")
# What was done; *updated* alone with a date is a time stamp and says nothing.
_DONE = frozenset({"added", "corrected", "changed", "clarify"})


def dated_heading(text: str, words: Lexicon) -> Opening | None:
    """The opening of a line whose closing bracket holds a date and what was done then, else None."""
    if len(text) > LONGEST or text.rstrip()[-1:] not in CLOSING_BRACKETS:
        return None
    folded = fold(text)
    bracket = _BRACKET.search(folded)
    if bracket is None or not folded[: bracket.start()].strip():
        return None
    for mark in words.marks(bracket.group(1)):
        rest = f"{bracket.group(1)[: mark.start]} {bracket.group(1)[mark.stop :]}".strip(" ,:")
        stop, dated = date_run(rest, 0, words)
        if dated and stop == len(rest) and not _DONE.isdisjoint(mark.classes):
            start = bracket.start(1) + mark.start
            return Opening(
                label="update",
                start=start,
                stop=start + mark.stop - mark.start,
                body=len(text),
                bracket=None,
                parting="",
                dated=True,
                text_follows=False,
            )
    return None
