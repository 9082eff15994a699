"""Where a text stands in another that is slightly different: what diff-match-patch is asked.

Its matching (Bitap, Wu & Manber 1992) allows letters that differ, and its differences map positions
from one wording to the other. Its own defaults weigh how far away a match is and give up after a
second: here distance counts for nothing and no clock runs, so the answer is the same on every machine.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from revtrack.model import Span

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

__all__ = ["LEAST", "alike_place"]

LEAST = 40
"""How many characters a wording needs to be looked for with differences (range 32 to 64)."""

_DIFFERING = 0.1
"""The share of letters that may differ (range .05 to .2; large: more changes go to a sentence that is
merely alike, small: more texts are refused). `bench/patching.py`: of 1,000 changes beside which letters
differ, 992 went to their place at .1 and two to another; of 1,000 whose sentence was gone, 992 were
refused. At .05 it was 475 and 993, at .15 it was 959 and 967."""

_WINDOW = 8_000
"""How far from where it is expected a wording is looked for, in characters: the work is a step for each
of them and each letter that may differ."""


@cache
def _engine() -> diff_match_patch:
    from diff_match_patch import diff_match_patch  # noqa: PLC0415 # slow to import, for few programs

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    engine.Match_Threshold = _DIFFERING
    engine.Match_Distance = 10**9
    engine.Match_MaxBits = 0  # integers here have no limit of bits
    return engine


def alike_place(text: str, wanted: str, within: Span, *, expected: int, since: int = 0) -> Span | None:
    """Where the stretch *within* of *wanted* lies in a *text* that holds *wanted* a little changed.

    The stretch itself must stand there to the letter, and at no second place may anything alike stand.
    None where that is not so, or *wanted* is shorter than `LEAST`. *expected* is where it would begin,
    *since* the first place where it may.
    """
    if len(wanted) < LEAST:
        return None
    engine = _engine()
    start = max(since, expected - _WINDOW)
    window = text[start : max(start, expected) + _WINDOW]
    at = engine.match_main(window, wanted, max(0, expected - start))
    if at < 0:
        return None
    masked = window[:at] + "\0" * len(wanted) + window[at + len(wanted) :]
    if engine.match_main(masked, wanted, at) >= 0:
        return None
    diffs = engine.diff_main(wanted, window[at : at + len(wanted) + LEAST], False)
    place = start + at + engine.diff_xIndex(diffs, within.start)
    found = Span(place, place + len(within))
    return found if found.of(text) == within.of(wanted) and place >= since else None
