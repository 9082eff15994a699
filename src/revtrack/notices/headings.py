"""Lines that end in a date and what was done then: *Known faults (added 11 April 2017)*."""

from __future__ import annotations

import re

from revtrack.notices.dates import date_run, has_date
from revtrack.notices.folded import fold
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.opening import Opening

__all__ = ["CLOSING_BRACKETS", "LONGEST", "dated_heading", "dated_mark"]

LONGEST = 120
"""The longest line that is such a heading, in characters; headings of the gold have under 60."""

CLOSING_BRACKETS = ")）]］】"
"""With one of these such a heading ends."""

_BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]{6,60})[)）\]］】]\s*$")
# A closing mark in a script without spaces; a bracket in it gives the day of the week.
_MARK = re.compile(
    r"[※＊(（\[［【〔]([^※＊()（）\[\]［］【】〔〕]{1,14}(?:[(（][^()（）]{1,3}[)）][^※＊()（）]{0,14})?)"
    r"[)）\]］】〕]?\s*$"
)
_MARK_WITHIN = 40
_WEEKDAY = re.compile(r"[(（].[)）]")
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
    done = _done_then(bracket.group(1), bracket.start(1), words)
    if done is None or _DONE.isdisjoint(done.classes):
        return None
    return _opening(done, len(text))


def dated_mark(text: str, words: Lexicon) -> tuple[int, Opening] | None:
    """Where a line's closing mark begins in a script without spaces, and how it opens.

    *受付 ※4月30日(木)更新* · *…ます。（4月28日(火)追記）*. What was added announces its own line.
    """
    if words.spaced:
        return None
    folded = fold(text)
    mark = _MARK.search(folded, max(0, len(folded) - _MARK_WITHIN))
    done = _done_then(mark.group(1), mark.start(1), words) if mark else None
    if mark is None or done is None or {"updated", *_DONE}.isdisjoint(done.classes):
        return None
    whole = "added" in done.classes or not folded[: mark.start()].strip()
    start = 0 if whole else mark.start()
    opening = _opening(Mark(done.classes, done.start - start, done.stop - start), len(text) - start)
    return start, opening


def _done_then(inside: str, offset: int, words: Lexicon) -> Mark | None:
    """The word for what was done in a bracket that holds a date beside it and nothing else."""
    for mark in words.marks(inside):
        rest = _WEEKDAY.sub(" ", f"{inside[: mark.start]} {inside[mark.stop :]}").strip(" ,:、")
        stop, dated = date_run(rest, 0, words)
        if stop == len(rest) and (dated or has_date(rest, words)):
            return Mark(mark.classes, offset + mark.start, offset + mark.stop)
    return None


def _opening(done: Mark, body: int) -> Opening:
    return Opening(
        label="update" if "added" in done.classes else "updated",
        start=done.start,
        stop=done.stop,
        body=body,
        bracket=None,
        parting="",
        dated=True,
        text_follows=False,
    )
