"""Blame: which version added each stretch of a text, and where removed text was.

The stretches are carried from version to version along the operations of each revision, like the spans
of ProseMirror's changeset along steps. Moved text keeps the version that added it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

import attrs

from revtrack.changes.kinds import TextEdited, TextMoved, TextRemoved
from revtrack.changes.revision import Revision
from revtrack.diff import Delete, Equal, Insert, Replace
from revtrack.history import History
from revtrack.model import Span

__all__ = ["Blamed", "Removed", "Trace", "blame", "overlapping", "trace", "version_at"]


@attrs.frozen
class Blamed:
    """A stretch of a text and the number of the version that added it."""

    span: Span
    version: int


@attrs.frozen
class Removed:
    """A removed passage.

    `version` is the first version with it, `revision` the number of the revision that removed it and
    `change` that of its change, from 1; `place` is its position in the newest text.
    """

    text: str
    version: int
    revision: int
    change: int
    place: int


@attrs.frozen
class Trace:
    """The text of a history over time.

    `stretches` tile the text of each version. `places` are the spans of each change's evidence in the
    newest text, by the numbers of the revision and the change, from 1, where the text has any of it.
    """

    stretches: tuple[tuple[Blamed, ...], ...] = ()
    removed: tuple[Removed, ...] = ()
    places: dict[tuple[int, int], Span] = attrs.field(factory=dict)


def blame(history: History) -> tuple[Blamed, ...]:
    """Tile the newest version's text with the versions that added each stretch of it.

    Neighbouring stretches are of different versions. An empty history, or a newest version without
    text, gives an empty tuple.
    """
    return trace(history).stretches[-1] if history.versions else ()


def trace(history: History) -> Trace:
    """Follow the text of *history* from version to version."""
    if not history.versions:
        return Trace()
    first = history.versions[0]
    stretches = [Blamed(Span(0, len(first.article.text)), first.number)]
    found = [tuple([one for one in stretches if len(one.span)])]
    removed: list[Removed] = []
    places: dict[tuple[int, int], Span] = {}
    for number, revision in enumerate(history.revisions, 1):
        move = _position_map(revision)
        new_removals = _removed(revision, number, stretches)
        removed = [attrs.evolve(one, place=move(one.place)) for one in (*removed, *new_removals)]
        for key, span in places.items():
            start = move(span.start)
            stop = max(start, move(span.stop - 1) + 1) if len(span) else start
            places[key] = Span(start, stop)
        for change, one in enumerate(revision.changes, 1):
            if one.new_spans:
                places[number, change] = Span(one.new_spans[0].start, one.new_spans[-1].stop)
        stretches = _joined(_carried(stretches, revision, history.versions[number].number))
        found.append(tuple([one for one in stretches if len(one.span)]))
    kept: dict[tuple[int, int], Span] = {}
    for (number, change), span in places.items():  # changes with words in the newest text
        versions = {one.version for one in overlapping(stretches, span)} if len(span) else set()
        if history.versions[number].number in versions:
            kept[number, change] = span
    return Trace(tuple(found), tuple(removed), kept)


def _removed(revision: Revision, number: int, stretches: list[Blamed]) -> Iterator[Removed]:
    """The passages that *revision* removed, with their places in its old text."""
    for change, one in enumerate(revision.changes, 1):
        if isinstance(one, TextRemoved) and one.old and one.old_spans:
            start = one.old_spans[0].start
            yield Removed(one.old, version_at(stretches, start), number, change, start)


def _position_map(revision: Revision) -> Callable[[int], int]:
    """The position in the new text of a position in a revision's old text."""
    ops = revision.ops
    starts = [op.old.start for op in ops]

    def moved(position: int) -> int:
        for one in revision.moves:
            if one.old.start <= position < one.old.stop:
                return one.new.start + min(position - one.old.start, max(0, len(one.new) - 1))
        at = bisect_right(starts, position) - 1
        if at < 0:
            return min(position, len(revision.new.text))
        op = ops[at]
        inside = min(position - op.old.start, len(op.new)) if isinstance(op, Equal) else 0
        return op.new.start + inside

    return moved


def _carried(stretches: list[Blamed], revision: Revision, version: int) -> Iterator[Blamed]:
    """Carry stretches of a revision's old text over to its new text."""
    moved = dict(_changes_by_place(revision))
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


def _changes_by_place(revision: Revision) -> Iterator[tuple[int, TextMoved | TextEdited]]:
    """For each place in the new text that something moved to, the change that reports it."""
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
    """Kept text keeps its versions; with another length it gets the version of its beginning."""
    if len(op.old) != len(op.new):
        yield Blamed(op.new, version_at(stretches, op.old.start))
        return
    for stretch in overlapping(stretches, op.old):
        start, stop = max(stretch.span.start, op.old.start), min(stretch.span.stop, op.old.stop)
        yield Blamed(Span(start, stop).shifted(op.new.start - op.old.start), stretch.version)


def _moved(
    stretches: list[Blamed], change: TextMoved | TextEdited, op: Insert[str], version: int
) -> Iterator[Blamed]:
    old_base, new_base = change.old_spans[0].start, change.new_spans[0].start
    # the white space around the moved text belongs to no version
    yield Blamed(Span(op.new.start, new_base), version)
    for inner in change.ops:
        if isinstance(inner, Equal):
            old, new = inner.old.shifted(old_base), inner.new.shifted(new_base)
            yield from _kept(stretches, Equal(old, new))
        elif not isinstance(inner, Delete):
            yield Blamed(inner.new.shifted(new_base), version)
    yield Blamed(Span(change.new_spans[0].stop, op.new.stop), version)


def overlapping(stretches: Sequence[Blamed], span: Span) -> Sequence[Blamed]:
    """Those of *stretches*, which tile a text, that are in *span*; for an empty span, the one there."""
    start = max(0, bisect_right(stretches, span.start, key=_begin) - 1)
    return stretches[start : max(start + 1, bisect_left(stretches, span.stop, key=_begin))]


def _begin(stretch: Blamed) -> int:
    return stretch.span.start


def version_at(stretches: Sequence[Blamed], position: int) -> int:
    """The version that added the character at *position*; the first where there is no text."""
    found = overlapping(stretches, Span(position, position))
    return found[0].version if found else 1


def _joined(stretches: Iterator[Blamed]) -> list[Blamed]:
    """Join neighbours of one version into one stretch."""
    joined: list[Blamed] = []
    for stretch in stretches:
        if not len(stretch.span):
            continue
        if joined and joined[-1].version == stretch.version:
            joined[-1] = Blamed(Span(joined[-1].span.start, stretch.span.stop), stretch.version)
        else:
            joined.append(stretch)
    return joined
