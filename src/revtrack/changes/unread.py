"""Unread: articles in a language whose notices are not read, and the rule without words for them.

A short new paragraph at the top or the end of an article that holds both the old value and the new one
of a change is very likely its notice, in any language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence

import attrs

from revtrack import facts
from revtrack.changes.disclosure import BY_VALUES
from revtrack.changes.edit import is_read
from revtrack.changes.kinds import Change, Nature, NoticeAdded, TextAdded, TextEdited
from revtrack.model import Article, Notice, NoticeAct, NoticeKind, NoticeTarget
from revtrack.remarks import Remark, RemarkKind

__all__ = ["language_remark", "with_unread_notices"]

_FIRST, _LAST = 2, 3
"""Among how many paragraphs at the top and at the end a notice is looked for (range 1 to 5)."""
_LONGEST = 400
"""Characters of such a notice (range 200 to 600): longer paragraphs are the story."""


def language_remark(changes: Sequence[Change], new: Article) -> tuple[Remark, ...]:
    """The remark that the article's notices are not read, where anything of substance was changed."""
    if is_read(new) or not any(change.substantive for change in changes):
        return ()
    said = f"the article's language ({new.language})" if new.language else "the article's language"
    return (
        Remark(
            RemarkKind.LANGUAGE_NOT_READ,
            f"{said} is not one whose notices are read: a notice may have been overlooked",
        ),
    )


def with_unread_notices(changes: Sequence[Change], new: Article) -> tuple[Change, ...]:
    """The changes; in a language that is not read, an added paragraph with both values is a notice."""
    if is_read(new):
        return tuple(changes)
    replaced = list(_replaced(changes))
    return tuple([_as_notice(change, replaced, new) or change for change in changes])


def _replaced(
    changes: Sequence[Change],
) -> Iterator[tuple[TextEdited, int, frozenset[Hashable], frozenset[Hashable]]]:
    """The differences in which one value was replaced by another."""
    for change in changes:
        if isinstance(change, TextEdited):
            for number, one in enumerate(change.differences):
                gone = facts.values(one.old.of(change.old or ""))
                come = facts.values(one.new.of(change.new or ""))
                if gone - come and come - gone:
                    yield change, number, gone - come, come - gone


def _as_notice(
    change: Change,
    replaced: Sequence[tuple[TextEdited, int, frozenset[Hashable], frozenset[Hashable]]],
    new: Article,
) -> NoticeAdded | None:
    if not isinstance(change, TextAdded) or len(change.new or "") > _LONGEST or not replaced:
        return None
    place = bisect_right(new.block_spans, change.new_spans[0].start, key=lambda span: span.start)
    if _FIRST < place <= len(new.blocks) - _LAST:
        return None
    named = facts.values(change.new or "")
    for edited, number, gone, come in replaced:
        if gone & named and come & named:
            one = edited.differences[number]
            notice = Notice(
                kind=NoticeKind.CORRECTION,
                target=NoticeTarget.BODY,
                text=change.new or "",
                span=attrs.evolve(change.new_spans[0], stop=change.new_spans[-1].stop),
                said=one.old.of(edited.old or ""),
                says=one.new.of(edited.new or ""),
                language=new.language,
                acts=(NoticeAct.CORRECTED,),
            )
            return NoticeAdded(
                old=None,
                new=change.new,
                rule=BY_VALUES,
                nature=Nature.NOTICE,
                substantive=True,
                new_spans=change.new_spans,
                notice=notice,
            )
    return None
