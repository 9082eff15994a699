"""Captured less, captured more: a beginning of an article beside the whole of it is no edit.

A page that was cut off, and a teaser before a wall, show the beginning of the article; a page with its
film alone shows nothing of the text. What they lack was not captured, which is not the same as removed;
and what the whole article has more was not added.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from revtrack import text
from revtrack.changes.kinds import (
    Change,
    MediaChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextRemoved,
    UpdateAdded,
)
from revtrack.diff import Equal
from revtrack.diff.ops import TextOp
from revtrack.extract.pleas import PLEA_LONGEST, is_gate
from revtrack.model import Article, Block, Span
from revtrack.remarks import PARTIAL, Remark, RemarkKind

__all__ = ["Parted", "part_captured"]

# The most of the other side's text that a beginning of it has (range .5 to .95).
_PART = 0.8
# The shortest stretch of text that both sides have for it to count as shared, in characters.
_SHARED = 20
_MARKS = " .…[]"
_CUT = ("…", "...", "[…]")
_ENDS = frozenset(".!?。！？؟।")
# What the addresses of pages say that ask to log in or to subscribe.
_GATES = ("login", "signin", "sign-in", "register", "subscri", "account", "/abo", "paywall", "premium")


@attrs.frozen
class Parted:
    """The changes of the page, those that captures made, and the remarks that say so."""

    changes: tuple[Change, ...]
    technical: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()


@attrs.frozen
class _Ends:
    """Up to where the sides share text, in both: what stands after it is in one capture only."""

    old: int
    new: int
    is_old: bool  # whether the old side is the beginning

    def is_beyond(self, old: Sequence[Span], new: Sequence[Span]) -> bool:
        """Whether all of it follows what both sides have."""
        return all(span.start >= self.old for span in old) and all(
            span.start >= self.new for span in new
        )

    def is_last(self, old: Sequence[Span], new: Sequence[Span]) -> bool:
        """Whether nothing that both sides have follows."""
        return all(span.stop >= self.old for span in old) and all(span.stop >= self.new for span in new)


def part_captured(
    changes: Sequence[Change], old: Article, new: Article, ops: Sequence[TextOp]
) -> Parted:
    """Part *changes* into those of the page and those that come of a capture of its beginning."""
    signs = [_sign(article, other) for article, other in ((old, new), (new, old))]
    if signs == [None, None]:
        signs = [_breaks_off(article, other) for article, other in ((old, new), (new, old))]
    if (signs[0] is None) == (signs[1] is None):
        return Parted(tuple(changes))
    is_old = signs[0] is not None
    part, whole = (old, new) if is_old else (new, old)
    if len(part.text) > _PART * len(whole.text):
        return Parted(tuple(changes))
    shared = [op for op in ops if isinstance(op, Equal) and len(op.old) >= _SHARED]
    last = shared[-1] if shared else None
    ends = _Ends(last.old.stop, last.new.stop, is_old) if last else _Ends(0, 0, is_old)
    marks = [_is_of_capture(change, ends) for change in changes]
    sign = signs[0] or signs[1]
    if not any(marks) or sign is None:
        return Parted(tuple(changes))
    marked = list(zip(changes, marks, strict=True))
    return Parted(
        tuple([change for change, mark in marked if not mark]),
        tuple([change for change, mark in marked if mark]),
        (_remark(sign, is_old=is_old),),
    )


def _sign(article: Article, other: Article) -> Remark | None:
    """What says that *article* shows a part of the text of *other*, where that one shows some."""
    if not other.blocks:
        return None
    return next((remark for remark in article.remarks if remark.kind in PARTIAL), None)


def _breaks_off(article: Article, other: Article) -> Remark | None:
    """What shows by its form that *article* is a beginning of *other*.

    It ends inside a sentence that the other has whole, or in a short text that the other has not,
    on the account or subscription that shows the rest.
    """
    if not article.blocks or len(article.text) > _PART * len(other.text):
        return None
    whole = [text.fold(block.text) for block in other.blocks]
    last = article.blocks[-1]
    ended = text.fold(last.text)
    if ended in whole:
        return None
    if _is_gate(last) and not any(_is_wording(ended, one) for one in whole):
        return Remark(RemarkKind.TEASER, "it ends in words on logging in or subscribing")
    if len(article.blocks) == 1 and not ended.endswith(_CUT):
        return None  # a sentence alone may be worded shorter
    begun = ended.rstrip(_MARKS)
    if len(begun) >= _SHARED and any(
        len(one) > len(begun)
        and one.startswith(begun)
        and one[len(begun) - 1 : len(begun)] not in _ENDS
        for one in whole
    ):
        return Remark(RemarkKind.TEASER, "it ends inside a sentence")
    return None


def _is_wording(one: str, other: str) -> bool:
    """Whether two texts share half of the words of the first: one may be the other, edited."""
    words = set(one.casefold().split())
    return 2 * len(words.intersection(other.casefold().split())) >= len(words)


def _is_gate(block: Block) -> bool:
    return is_gate(block.text) or (
        len(block.text) <= PLEA_LONGEST
        and any(word in link.href.lower() for link in block.links for word in _GATES)
    )


def _remark(sign: Remark, *, is_old: bool) -> Remark:
    shown = "nothing of the text of" if sign.kind is RemarkKind.NO_TEXT else "only the beginning of"
    kind, side, missing = (
        (RemarkKind.CAPTURED_MORE, "old", "what the new one has more is not told as added")
        if is_old
        else (RemarkKind.CAPTURED_LESS, "new", "what it lacks is not told as removed")
    )
    return Remark(kind, f"the {side} capture shows {shown} the article ({sign.text}): {missing}")


def _is_of_capture(change: Change, ends: _Ends) -> bool:
    """Whether the change lies beyond what both captures show."""
    match change:
        case TextRemoved() | NoticeRemoved() | TextAdded() | NoticeAdded() | UpdateAdded():
            return ends.is_beyond(change.old_spans, change.new_spans)
        case TextEdited():
            return ends.is_last(change.old_spans, change.new_spans) and _is_begun(change, ends)
        case MediaChanged():
            return (change.old is None) if ends.is_old else (change.new is None)
        case _:
            return False


def _is_begun(change: TextEdited, ends: _Ends) -> bool:
    """Whether one side of the edited text is the beginning of the other, as far as it was captured."""
    part, whole = text.fold(change.old or ""), text.fold(change.new or "")
    if not ends.is_old:
        part, whole = whole, part
    return whole.startswith(part.rstrip(_MARKS))
