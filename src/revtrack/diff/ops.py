"""Operations: the position-level difference between two texts, as a closed union.

A tuple of operations *tiles* both sides: the old spans cover the old text without gap or overlap,
the new spans the new text. Operations carry the characters (or tokens) they take away and bring, so
that they can be applied to the old side alone, inverted and composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar, assert_never

import attrs

from revtrack.errors import PatchError
from revtrack.model import Span

__all__ = [
    "Delete",
    "Equal",
    "Insert",
    "Move",
    "Op",
    "Replace",
    "TextOp",
    "TokenOp",
    "apply",
    "check",
    "checked_strings",
    "compose",
    "contents",
    "invert",
    "merge",
    "operation",
]

S = TypeVar("S", str, tuple[str, ...])
"""What a side is made of: characters (`str`) or tokens (a tuple of strings)."""


@attrs.frozen
class Equal(Generic[S]):
    """Both sides read the same.

    `deleted` and `inserted` are None, unless the sides are spelt with other characters that read the
    same (curly and straight quotes, kinds of spaces, Unicode normal forms, the capital of a word that
    begins a sentence on one side only): then they hold both spellings, and applying the operation
    still gives the new side to the letter.
    """

    old: Span
    new: Span
    deleted: S | None = None
    inserted: S | None = None


@attrs.frozen
class Insert(Generic[S]):
    """The new side has something that the old side has not; `old` is the empty span where it goes."""

    old: Span
    new: Span
    inserted: S


@attrs.frozen
class Delete(Generic[S]):
    """The old side has something that the new side has not; `new` is the empty span it left."""

    old: Span
    new: Span
    deleted: S


@attrs.frozen
class Replace(Generic[S]):
    """One stretch of the old side stands as another on the new side."""

    old: Span
    new: Span
    deleted: S
    inserted: S


Op: TypeAlias = Equal[S] | Insert[S] | Delete[S] | Replace[S]
TextOp: TypeAlias = Equal[str] | Insert[str] | Delete[str] | Replace[str]
TokenOp: TypeAlias = (
    Equal[tuple[str, ...]]
    | Insert[tuple[str, ...]]
    | Delete[tuple[str, ...]]
    | Replace[tuple[str, ...]]
)


@attrs.frozen
class Move:
    """An overlay on operations: what `old` lost by a Delete stands again at `new` by an Insert."""

    old: Span
    new: Span

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each old position with the new one that stands for it; with all where lengths differ."""
        olds, news = range(self.old.start, self.old.stop), range(self.new.start, self.new.stop)
        return zip(olds, news, strict=True) if len(olds) == len(news) else product(olds, news)


# ---------------------------------------------------------------------------------------------
# the algebra


def operation(old: Span, new: Span, deleted: S, inserted: S) -> Op[S]:
    """The operation that turns *deleted*, at *old*, into *inserted*, at *new*."""
    if deleted == inserted:
        return Equal(old, new)
    if not deleted:
        return Insert(old, new, inserted)
    if not inserted:
        return Delete(old, new, deleted)
    return Replace(old, new, deleted, inserted)


def check(ops: Iterable[Op[S]], old_length: int, new_length: int) -> None:
    """Raise `PatchError` unless *ops* tile an old side and a new side of these lengths."""
    old_at = new_at = 0
    for op in ops:
        if op.old.start != old_at or op.new.start != new_at:
            raise PatchError(f"operations leave a gap or overlap at old {old_at}, new {new_at}: {op}")
        old_at, new_at = op.old.stop, op.new.stop
    if (old_at, new_at) != (old_length, new_length):
        raise PatchError(
            f"operations cover {old_at} and {new_at} positions of {old_length} and {new_length}"
        )


def apply(ops: Iterable[Op[S]], old: S) -> S:
    """The new side, made from *old* and what the operations bring.

    Raises `PatchError` when the operations do not tile *old*, or take away what it does not have.
    """
    parts: list[S] = []
    at = 0
    for op in ops:
        found = old[op.old.start : op.old.stop]
        deleted, inserted = contents(op)
        fits = op.old.start == at and len(found) == len(op.old) and deleted in (None, found)
        if not fits:
            raise PatchError(f"the operation does not fit the old side at {op.old.start}: {op}")
        at = op.old.stop
        parts.append(found if inserted is None else inserted)
    if at != len(old):
        raise PatchError(f"the operations cover {at} positions of an old side of {len(old)}")
    return _joined(parts, old[:0])


def invert(ops: Iterable[Op[S]]) -> tuple[Op[S], ...]:
    """The operations that lead from the new side back to the old one."""
    return tuple([_inverted(op) for op in ops])


def merge(ops: Iterable[Op[S]]) -> tuple[Op[S], ...]:
    """The same difference with neighbours joined and nothing empty.

    Neighbouring insertions, deletions and replacements become one replacement; where none of them was
    one, a deletion and an insertion, which still say that they have nothing to do with each other.
    They become none at all when they bring what they take. Neighbouring equal stretches become one
    unless their spelling differs.
    """
    merged: list[Op[S]] = []
    for equal, run in groupby([op for op in ops if len(op.old) or len(op.new)], _is_equal):
        for op in run if equal else _fused(list(run)):
            last = merged[-1] if merged else None
            if _plain(op) and last is not None and _plain(last):
                merged[-1] = Equal(_hull(last.old, op.old), _hull(last.new, op.new))
            else:
                merged.append(op)
    return tuple(merged)


def compose(first: Sequence[Op[S]], second: Sequence[Op[S]]) -> tuple[Op[S], ...]:
    """The operations that do *first* and then *second*.

    ``apply(compose(f, s), x) == apply(s, apply(f, x))``. What the first brings and the second takes
    away leaves no trace. Raises `PatchError` when the new side of *first* and the old side of
    *second* have different lengths.
    """
    middle = first[-1].new.stop if first else 0
    if middle != (second[-1].old.stop if second else 0):
        raise PatchError("the second operations are not for the text that the first ones make")
    check(first, first[-1].old.stop if first else 0, middle)
    check(second, middle, second[-1].new.stop if second else 0)
    composed: list[Op[S]] = []
    old_at = new_at = 0
    firsts: Sequence[Op[S]]
    seconds: Sequence[Op[S]]
    for firsts, seconds in _regions(first, second):
        old = Span(old_at, old_at + sum([len(op.old) for op in firsts]))
        new = Span(new_at, new_at + sum([len(op.new) for op in seconds]))
        old_at, new_at = old.stop, new.stop
        deleted, inserted = _ends(firsts, seconds)
        equal = all(isinstance(op, Equal) for op in (*firsts, *seconds))
        if deleted is None or inserted is None:
            composed.append(Equal(old, new))
        elif equal and deleted != inserted:
            composed.append(Equal(old, new, deleted, inserted))
        else:
            composed.append(operation(old, new, deleted, inserted))
    return merge(composed)


def _regions(
    first: Sequence[Op[S]], second: Sequence[Op[S]]
) -> Iterator[tuple[list[Op[S]], list[Op[S]]]]:
    """The smallest stretches of the middle text at whose ends both lists have a boundary.

    Plain equal stretches are cut where the other list has a boundary, as they can be.
    """
    ones, twos = list(reversed(first)), list(reversed(second))
    while ones or twos:
        firsts: list[Op[S]] = []
        seconds: list[Op[S]] = []
        if ones and not len(ones[-1].new):
            firsts.append(ones.pop())
        elif twos and not len(twos[-1].old):
            seconds.append(twos.pop())
        else:
            firsts.append(ones.pop())
            seconds.append(twos.pop())
            while (ahead := firsts[-1].new.stop - seconds[-1].old.stop) != 0:
                if ahead > 0 and _plain(firsts[-1]):
                    firsts[-1], rest = _cut(firsts[-1], len(firsts[-1].new) - ahead)
                    ones.append(rest)
                elif ahead < 0 and _plain(seconds[-1]):
                    seconds[-1], rest = _cut(seconds[-1], len(seconds[-1].old) + ahead)
                    twos.append(rest)
                elif ahead > 0:
                    seconds.append(twos.pop())
                else:
                    firsts.append(ones.pop())
        yield firsts, seconds


def _ends(firsts: Sequence[Op[S]], seconds: Sequence[Op[S]]) -> tuple[S, S] | tuple[None, None]:
    """The old and the new content of a region; None for both when nothing in it is known to differ."""
    known = {op.new: inserted for op in firsts if (inserted := contents(op)[1]) is not None}
    known |= {op.old: deleted for op in seconds if (deleted := contents(op)[0]) is not None}
    if not known:
        return None, None
    empty = next(iter(known.values()))[:0]
    olds = [_known(op.new, known) if _plain(op) else contents(op)[0] for op in firsts]
    news = [_known(op.old, known) if _plain(op) else contents(op)[1] for op in seconds]
    return (
        _joined([part for part in olds if part is not None], empty),
        _joined([part for part in news if part is not None], empty),
    )


def _known(wanted: Span, known: dict[Span, S]) -> S | None:
    """The content of the *wanted* part of the middle text, pieced together from what is known of it."""
    pieces = [
        content[max(wanted.start - span.start, 0) : wanted.stop - span.start]
        for span, content in sorted(known.items(), key=itemgetter(0))
        if span.overlaps(wanted)
    ]
    return _joined(pieces[1:], pieces[0]) if pieces else None


def _plain(op: Op[S]) -> bool:
    return isinstance(op, Equal) and op.deleted is None


def contents(op: Op[S]) -> tuple[S | None, S | None]:
    """What the operation takes away and what it brings; None where it says nothing about it."""
    match op:
        case Equal(_, _, deleted, inserted) | Replace(_, _, deleted, inserted):
            return deleted, inserted
        case Insert(_, _, inserted):
            return inserted[:0], inserted
        case Delete(_, _, deleted):
            return deleted, deleted[:0]
        case _:
            assert_never(op)


def _inverted(op: Op[S]) -> Op[S]:
    match op:
        case Equal(old, new, deleted, inserted):
            return Equal(new, old, inserted, deleted)
        case Insert(old, new, inserted):
            return Delete(new, old, inserted)
        case Delete(old, new, deleted):
            return Insert(new, old, deleted)
        case Replace(old, new, deleted, inserted):
            return Replace(new, old, inserted, deleted)
        case _:
            assert_never(op)


def _is_equal(op: Op[S]) -> bool:
    return isinstance(op, Equal)


def _fused(run: list[Op[S]]) -> list[Op[S]]:
    """Neighbouring differences as one, or as a deletion and an insertion where none replaces."""
    old, new = _hull(run[0].old, run[-1].old), _hull(run[0].new, run[-1].new)
    sides = [(gone, come) for gone, come in map(contents, run) if gone is not None and come is not None]
    taken = _joined([gone for gone, _ in sides[1:]], sides[0][0])
    brought = _joined([come for _, come in sides[1:]], sides[0][1])
    fused = operation(old, new, taken, brought)
    if isinstance(fused, Replace) and not any(isinstance(op, Replace) for op in run):
        left, came = Span(new.start, new.start), Span(old.stop, old.stop)
        return [Delete(old, left, taken), Insert(came, new, brought)]
    return [fused]


def _cut(op: Op[S], size: int) -> tuple[Op[S], Op[S]]:
    """A plain equal stretch in two, the first of *size* positions."""
    old_at, new_at = op.old.start + size, op.new.start + size
    return (
        Equal(Span(op.old.start, old_at), Span(op.new.start, new_at)),
        Equal(Span(old_at, op.old.stop), Span(new_at, op.new.stop)),
    )


def _hull(one: Span, two: Span) -> Span:
    return Span(one.start, two.stop)


def _joined(parts: Sequence[S], empty: S) -> S:
    if isinstance(empty, str):
        return empty + "".join(parts)
    joined: list[str] = list(empty)
    for part in parts:
        joined.extend(part)
    return tuple(joined)


def checked_strings(name: str, side: Sequence[str]) -> tuple[str, ...]:
    """The *side* as a tuple; `TypeError` naming the argument unless it is a sequence of strings."""
    if isinstance(side, str) or not isinstance(side, Iterable):
        raise TypeError(f"{name} must be a sequence of strings, not {type(side).__name__}")
    strings = tuple(side)
    for item in strings:
        if not isinstance(item, str):
            raise TypeError(f"{name} must hold strings only, not {type(item).__name__}")
    return strings
