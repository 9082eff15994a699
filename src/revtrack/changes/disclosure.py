"""Disclosure: which notice of the new article explains which change.

A notice is linked to a change by evidence, each piece a named test in `EVIDENCE`: the wrong words it
quotes went, the right words it quotes came, or it names a number or a name that changed. The
notice's target guides: one that speaks of the headline explains the headline only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from revtrack import text
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    MetadataChanged,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.changes.nature import Edit
from revtrack.model import Notice, NoticeTarget

__all__ = ["EVIDENCE", "disclose"]

_MARKS = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"\w+(?:[.,:'’]\w+)*")


def _plain(words: str | None) -> str:
    return _MARKS.sub(" ", text.fold(words or "")).strip().casefold()


@attrs.frozen
class _Told:
    """One change as a notice could speak of it: both sides and the words that differ, folded."""

    change: Change
    old: str
    new: str
    gone: frozenset[str]
    come: frozenset[str]


def _told(change: Change) -> _Told | None:
    match change:
        case HeadlineChanged() | TextEdited() | TextMoved() if change.ops:
            edit = Edit(change.old or "", change.new or "", change.ops)
            gone = frozenset([_plain(word) for word, _ in edit.gone_words])
            come = frozenset([_plain(word) for word, _ in edit.come_words])
        case HeadlineChanged() | TextAdded() | TextRemoved() | TextEdited() | MetadataChanged():
            gone, come = (
                frozenset([_plain(m.group()) for m in _TOKEN.finditer(side or "")])
                for side in (change.old, change.new)
            )
        case _:
            return None
    return _Told(change, _plain(change.old), _plain(change.new), gone, come)


# --------------------------------------------------------------------------------------- evidence


def _wrong_words_went(notice: Notice, told: _Told) -> bool:
    said = _plain(notice.said)
    return bool(said) and _holds(told.old, said) and not _holds(told.new, said)


def _right_words_came(notice: Notice, told: _Told) -> bool:
    says = _plain(notice.says)
    return bool(says) and _holds(told.new, says) and not _holds(told.old, says)


def _names_what_changed(notice: Notice, told: _Told) -> bool:
    """A number or a name that went or came stands in the notice."""
    words = {_plain(m.group()) for m in _TOKEN.finditer(notice.text) if _telling(m.group())}
    return bool(words & (told.gone | told.come))


def _telling(word: str) -> bool:
    return any(c.isdigit() for c in word) or (word[0].isupper() and len(word) > 2)


def _holds(side: str, words: str) -> bool:
    return f" {words} " in f" {side} "


EVIDENCE: Sequence[tuple[str, Callable[[Notice, _Told], bool]]] = [
    ("wrong-words-went", _wrong_words_went),
    ("right-words-came", _right_words_came),
    ("names-what-changed", _names_what_changed),
]
"""Name and test of each kind of evidence, the strongest first."""


def _speaks_of(notice: Notice, told: _Told) -> bool:
    """Whether the notice's target allows the change at all."""
    if isinstance(told.change, HeadlineChanged):
        return notice.target is not NoticeTarget.BODY or bool(notice.said or notice.says)
    if isinstance(told.change, MetadataChanged):
        return notice.target in {NoticeTarget.BYLINE, NoticeTarget.DATE}
    return notice.target is not NoticeTarget.HEADLINE


def _explains(notice: Notice, told: _Told, *, only: bool) -> bool:
    if not _speaks_of(notice, told):
        return False
    if isinstance(told.change, HeadlineChanged) and notice.target is NoticeTarget.HEADLINE and only:
        return True  # it says that the headline was changed, and the headline was
    return any(test(notice, told) for _, test in EVIDENCE)


def disclose(changes: Sequence[Change], notices: Sequence[Notice]) -> tuple[Change, ...]:
    """Put on each change the notices that explain it; `notices` are those that came with it."""
    if not notices:
        return tuple(changes)
    return tuple([_disclosed(change, notices) for change in changes])


def _disclosed(change: Change, notices: Sequence[Notice]) -> Change:
    told = _told(change)
    if told is None:
        return change
    headline_notices = [n for n in notices if n.target is NoticeTarget.HEADLINE]
    found = tuple([n for n in notices if _explains(n, told, only=len(headline_notices) == 1)])
    return attrs.evolve(change, disclosed_by=found) if found else change
