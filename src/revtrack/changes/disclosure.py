"""Disclosure: which notice of the new article explains which change.

A notice is linked to a change by evidence, each piece a named test in `EVIDENCE`: the wrong words it
quotes went, the right words it quotes came, or it names a number or a name that changed. The
notice's target guides: one that speaks of the headline explains the headline only. A notice that
points at no change in particular ("edited for clarity") speaks of all changes of the text that came
with it. On 116 real revisions read by hand that lifts link F1 from .40 to .71; to let updates that
bring news speak of no removal costs .004 of it and .026 of the undisclosed F1, so it is not done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import attrs

from revtrack import text
from revtrack.changes.edit import WORD, Edit, key
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.vocabulary import FUNCTION_WORDS
from revtrack.model import Notice, NoticeTarget

__all__ = ["EVIDENCE", "disclose", "fresh_notices"]

_MARKS = re.compile(r"[\W_]+")


def _plain(words: str | None) -> str:
    return _MARKS.sub(" ", text.fold(words or "")).strip().casefold()


@attrs.frozen
class _Told:
    """One change as a notice could speak of it: both sides and the words that differ, folded."""

    change: Change

    @cached_property
    def old(self) -> str:
        return _plain(self.change.old)

    @cached_property
    def new(self) -> str:
        return _plain(self.change.new)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that went or came."""
        change = self.change
        if isinstance(change, HeadlineChanged | TextEdited) and change.ops:
            edit = Edit(change.old or "", change.new or "", change.ops)
            return frozenset([key(word) for word, _ in (*edit.gone_words, *edit.come_words)])
        both = f"{change.old or ''} {change.new or ''}"
        return frozenset([key(match.group()) for match in WORD.finditer(both)])


def _told(change: Change) -> _Told | None:
    match change:
        case TextMoved() | NoticeAdded() | NoticeRemoved() | UpdateAdded() | LinkChanged():
            return None
        case _:
            return _Told(change)


@attrs.frozen
class _Claim:
    """What a notice says, folded: the wrong words, the right words, the names and numbers in it."""

    notice: Notice
    said: str
    says: str
    named: frozenset[str]


def _claim(notice: Notice) -> _Claim:
    named = [key(match.group()) for match in WORD.finditer(notice.text) if _telling(match.group())]
    return _Claim(notice, _plain(notice.said), _plain(notice.says), frozenset(named))


def _telling(word: str) -> bool:
    """A number, or a capitalised word that is more than a word of grammar."""
    if word[0].isupper():
        return len(word) > 2 and key(word) not in FUNCTION_WORDS
    return any(c.isdigit() for c in word)


# --------------------------------------------------------------------------------------- evidence


def _wrong_words_went(claim: _Claim, told: _Told) -> bool:
    return bool(claim.said) and _holds(told.old, claim.said) and not _holds(told.new, claim.said)


def _right_words_came(claim: _Claim, told: _Told) -> bool:
    return bool(claim.says) and _holds(told.new, claim.says) and not _holds(told.old, claim.says)


def _names_what_changed(claim: _Claim, told: _Told) -> bool:
    """A number or a name that went or came stands in the notice."""
    return bool(claim.named) and not claim.named.isdisjoint(told.words)


def _holds(side: str, words: str) -> bool:
    return f" {words} " in f" {side} "


EVIDENCE: Sequence[tuple[str, Callable[[_Claim, _Told], bool]]] = [
    ("wrong-words-went", _wrong_words_went),
    ("right-words-came", _right_words_came),
    ("names-what-changed", _names_what_changed),
]
"""Name and test of each kind of evidence, the strongest first."""


def _speaks_of(notice: Notice, told: _Told) -> bool:
    """Whether the notice's target allows the change at all."""
    if isinstance(told.change, HeadlineChanged):
        return notice.target is not NoticeTarget.BODY or bool(notice.said or notice.says)
    if isinstance(told.change, MediaChanged):
        return notice.target is NoticeTarget.CAPTION
    if isinstance(told.change, MetadataChanged):
        return notice.target in {NoticeTarget.BYLINE, NoticeTarget.DATE}
    return notice.target is not NoticeTarget.HEADLINE


def _explains(claim: _Claim, told: _Told, *, only: bool) -> bool:
    if not _speaks_of(claim.notice, told):
        return False
    if (
        isinstance(told.change, HeadlineChanged)
        and claim.notice.target is NoticeTarget.HEADLINE
        and only
    ):
        return True  # it says that the headline was changed, and the headline was
    return any(test(claim, told) for _, test in EVIDENCE)


def disclose(
    changes: Sequence[Change], fresh: Sequence[Notice], standing: Sequence[Notice] = ()
) -> tuple[Change, ...]:
    """Put on each change the notices that explain it.

    *fresh* are the notices that came or were worded anew with the changes; *standing* those that the
    article carried already, which explain only what they quote.
    """
    if not fresh and not standing:
        return tuple(changes)
    told = [_told(change) for change in changes]
    only = sum([notice.target is NoticeTarget.HEADLINE for notice in fresh]) == 1
    links: list[tuple[Notice, set[int]]] = []
    for notice in fresh:
        claim = _claim(notice)
        found = {n for n, one in enumerate(told) if one and _explains(claim, one, only=only)}
        links.append((notice, found or {n for n, one in enumerate(told) if one and _wide(claim, one)}))
    for notice in standing:
        claim = _claim(notice)
        links.append((notice, {n for n, one in enumerate(told) if one and _quotes(claim, one)}))
    return tuple(
        [
            _disclosed(change, [notice for notice, found in links if number in found])
            for number, change in enumerate(changes)
        ]
    )


def fresh_notices(
    notices: Sequence[Notice], changes: Sequence[Change]
) -> tuple[list[Notice], list[Notice]]:
    """Part the notices of the new article: those that came or were worded anew, and the rest."""
    came = {change.notice for change in changes if isinstance(change, NoticeAdded | UpdateAdded)}
    touched = [span for c in changes if c.nature is Nature.NOTICE for span in c.new_spans]
    fresh = [
        notice
        for notice in notices
        if notice in came or (notice.span and any(notice.span.overlaps(span) for span in touched))
    ]
    return fresh, [notice for notice in notices if notice not in fresh]


def _quotes(claim: _Claim, told: _Told) -> bool:
    """The wrong words that the notice quotes went, or the right ones came."""
    return _speaks_of(claim.notice, told) and (
        _wrong_words_went(claim, told) or _right_words_came(claim, told)
    )


def _wide(claim: _Claim, told: _Told) -> bool:
    """A notice that points at no change in particular speaks of all that came with it."""
    return isinstance(told.change, TextEdited | TextRemoved | TextAdded) and _speaks_of(
        claim.notice, told
    )


def _disclosed(change: Change, notices: Sequence[Notice]) -> Change:
    return attrs.evolve(change, disclosed_by=tuple(notices)) if notices else change
