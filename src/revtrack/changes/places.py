"""Places: names that say where."""

from __future__ import annotations

import re

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import replaced_names

__all__ = ["place"]

_BESIDE = 24
"""How many characters beside a name hold its neighbours (range 12 to 40)."""

_CAPITALS = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’ -]){2,30}"
_REGION = r"(?:, ?[^\W\d_]{2,20}\.?)?"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_REGION}|[^\W\d_a-z][\w.'’ -]{{1,30}}{_REGION}(?= ?\())"
    r" ?(?:\([^()]{2,30}\) ?)?[–—-]{1,2} "
)
"""*CITY, Country (Agency) —*: how a report says where it was written."""


def place(edit: Edit) -> Finding | None:
    """One place gave way to another: in the dateline, behind *in*, or beside *north* or *city*."""
    dateline = _dateline(edit)
    if dateline:
        return dateline
    lost, fresh = replaced_names(edit)
    if not lost or not fresh:
        return None
    gone, come = _places(edit, edit.old, lost), _places(edit, edit.new, fresh)
    return Finding(Nature.PLACE, gone, come) if gone and come else None


def _dateline(edit: Edit) -> Finding | None:
    if not edit.lost or not edit.fresh or not edit.lost[0][0][0].isupper():
        return None
    old, new = _DATELINE.match(edit.old), _DATELINE.match(edit.new)
    if not old or not new:
        return None
    gone = tuple([placed for placed in edit.lost if placed[1] < old.end()])
    come = tuple([placed for placed in edit.fresh if placed[1] < new.end()])
    named = gone and come and all(word[0].isupper() for word, _ in (*gone, *come))
    return Finding(Nature.PLACE, gone, come) if named else None


def _places(edit: Edit, side: str, names: Placed) -> Placed:
    return tuple([(word, at) for word, at in names if _is_place(edit, side, word, at)])


def _is_place(edit: Edit, side: str, word: str, at: int) -> bool:
    words = edit.words
    stop = at + len(word)
    before = WORD.findall(side, max(0, at - _BESIDE), at)[-1:]
    after = WORD.findall(side, stop, stop + _BESIDE)[:1]
    if not words.spaced:
        return any(side.startswith(noun, stop) for noun in words.place_nouns)
    lead = {key(near) for near in before}
    if lead & (words.place_leads | words.place_nouns):
        return not lead & words.hours and key(word) not in words.months
    return bool({key(near) for near in after} & words.place_nouns_after)
