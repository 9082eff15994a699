"""Choosing what was wrong and what is right among a notice's candidates, by what the captures hold."""

from __future__ import annotations

import re

import attrs

from revtrack.model import Notice
from revtrack.notices.folded import fold

__all__ = ["choose", "holds"]

_EDGES = " \t.,;:!?\"'“”„«»‘’()[]"
_SPACES = re.compile(r"\s+")


def choose(notice: Notice, old: str, new: str) -> Notice:
    """The *notice* with `said` and `says` set by two captures of its article, *old* and *new* text.

    Of its candidates the first wins whose wrong text is in the old capture and not in the new one, and
    whose right text is in the new capture; then one of which one side is. Where the captures bear none
    out, the notice stays as it was read.
    """
    best, most = None, 0
    for said, says in notice.candidates:
        weight = _weight(said, says, old, new)
        if weight > most:
            best, most = (said, says), weight
    if best is None or best == (notice.said, notice.says):
        return notice
    return attrs.evolve(notice, said=best[0], says=best[1])


def _weight(said: str | None, says: str | None, old: str, new: str) -> int:
    """How far the captures bear a pair out: 0 not at all, 4 on both sides."""
    was = bool(said) and holds(old, said or "")
    went = was and not holds(new, said or "")
    came = bool(says) and holds(new, says or "")
    fresh = came and not holds(old, says or "")
    return went + was * (came or not says) + fresh + came * (was or not said)


def holds(text: str, words: str) -> bool:
    """Whether *text* holds these *words* in a row, in any case of letters and with any quotes."""
    wanted = _SPACES.sub(" ", fold(words)).strip(_EDGES)
    if not wanted:
        return False
    before = r"(?<!\w)" if wanted[:1].isalnum() else ""
    after = r"(?!\w)" if wanted[-1:].isalnum() else ""
    dense = not wanted.isascii() and " " not in wanted
    pattern = re.escape(wanted) if dense else f"{before}{re.escape(wanted)}{after}"
    return re.search(pattern, _SPACES.sub(" ", fold(text))) is not None
