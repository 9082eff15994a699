"""Blame: for each stretch of the newest text, the version that brought it.

The stretches are carried from version to version along the operations of each revision, as
ProseMirror's changeset carries its spans along steps. Text that moved keeps the version it came with.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import attrs

from revtrack.changes.kinds import TextEdited, TextMoved
from revtrack.changes.revision import Revision
from revtrack.diff import Delete, Equal, Insert, Replace
from revtrack.history import History
from revtrack.model import Span

__all__ = ["Blamed", "blame"]


@attrs.frozen
class Blamed:
    """A stretch of the newest text and the number of the version in which it first stood."""

    span: Span
    version: int


def blame(history: History) -> tuple[Blamed, ...]:
    """Tile the newest version's text with the versions that brought each stretch of it.

    Neighbouring stretches are of different versions. An empty history, or a newest version without
    text, gives an empty tuple.
    """
    if not history.versions:
        return ()
    first = history.versions[0]
    stretches = [Blamed(Span(0, len(first.article.text)), first.number)]
    for revision, version in zip(history.revisions, history.versions[1:], strict=True):
        stretches = _joined(_carried(stretches, revision, version.number))
    return tuple([stretch for stretch in stretches if len(stretch.span)])


def _carried(stretches: list[Blamed], revision: Revision, version: int) -> Iterator[Blamed]:
    """Carry stretches of a revision's old text over to its new text."""
    moved = dict(_told(revision))
    for op in revision.ops:
        match op:
            case Equal():
                yield from _kept(stretches, op)
            case Insert() if op.new.start in moved:
                yield from _moved(stretches, moved[op.new.start], op, version)
            case Insert() | Replace():
                yield Blamed(op.new, version)
            case Delete():
                pass


def _told(revision: Revision) -> Iterator[tuple[int, TextMoved | TextEdited]]:
    """For each place in the new text to which something moved, what is told of it."""
    changes = [
        change
        for change in (*revision.changes, *revision.technical)
        if isinstance(change, TextMoved | TextEdited)
    ]
    changes.sort(key=_start)
    for move in revision.moves:
        at = bisect_left(changes, move.new.start, key=_start)
        if at < len(changes) and _start(changes[at]) < move.new.stop:
            yield move.new.start, changes[at]


def _start(change: TextMoved | TextEdited) -> int:
    return change.new_spans[0].start


def _kept(stretches: list[Blamed], op: Equal[str]) -> Iterator[Blamed]:
    """What stayed keeps its versions; spelt at another length, that of its beginning."""
    if len(op.old) != len(op.new):
        yield Blamed(op.new, _version_at(stretches, op.old.start))
        return
    index = _index_at(stretches, op.old.start)
    while index < len(stretches) and stretches[index].span.start < op.old.stop:
        stretch = stretches[index]
        start, stop = max(stretch.span.start, op.old.start), min(stretch.span.stop, op.old.stop)
        yield Blamed(Span(start, stop).shifted(op.new.start - op.old.start), stretch.version)
        index += 1


def _moved(
    stretches: list[Blamed], change: TextMoved | TextEdited, op: Insert[str], version: int
) -> Iterator[Blamed]:
    old_base, new_base = change.old_spans[0].start, change.new_spans[0].start
    # the white space around the moved text is nobody's words
    yield Blamed(Span(op.new.start, new_base), version)
    for inner in change.ops:
        if isinstance(inner, Equal):
            old, new = inner.old.shifted(old_base), inner.new.shifted(new_base)
            yield from _kept(stretches, Equal(old, new))
        elif not isinstance(inner, Delete):
            yield Blamed(inner.new.shifted(new_base), version)
    yield Blamed(Span(change.new_spans[0].stop, op.new.stop), version)


def _index_at(stretches: list[Blamed], position: int) -> int:
    return max(0, bisect_right(stretches, position, key=lambda stretch: stretch.span.start) - 1)


def _version_at(stretches: list[Blamed], position: int) -> int:
    return stretches[_index_at(stretches, position)].version if stretches else 1


def _joined(stretches: Iterator[Blamed]) -> list[Blamed]:
    """Neighbours of one version as one stretch."""
    joined: list[Blamed] = []
    for stretch in stretches:
        if not len(stretch.span):
            continue
        if joined and joined[-1].version == stretch.version:
            joined[-1] = Blamed(Span(joined[-1].span.start, stretch.span.stop), stretch.version)
        else:
            joined.append(stretch)
    return joined
