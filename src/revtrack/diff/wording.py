"""Word operations: which words of one text stand as which words of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add

from revtrack.diff.hunks import settled
from revtrack.diff.ops import (
    Delete,
    Equal,
    Insert,
    Replace,
    TextOp,
    TokenOp,
    checked_strings,
    operation,
)
from revtrack.diff.pairing import Hunk, changed_hunks
from revtrack.model import Span
from revtrack.text import fold
from revtrack.text.lexing import placed_words

__all__ = ["text", "tokens"]

_Range = tuple[int, int]


def tokens(old: Sequence[str], new: Sequence[str]) -> tuple[TokenOp, ...]:
    """The operations that turn the tokens *old* into the tokens *new*; spans count tokens.

    Tokens that fold to the same text are equal, and so are those that differ only by the capital
    that the start of a sentence brings; where the spelling differs the `Equal` gives both. A
    `Delete` beside an `Insert` says that the two have nothing to do with each other, a `Replace`
    that one stands for the other. Raises `TypeError` naming the argument when a side is not a
    sequence of strings.
    """
    olds, news = checked_strings("old", old), checked_strings("new", new)
    ops: list[TokenOp] = []
    keys = [[fold(word) for word in side] for side in (olds, news)]
    for equal, (i, i_stop, j, j_stop) in _stretches(*keys):
        gone, come = olds[i:i_stop], news[j:j_stop]
        if not equal:
            ops.append(operation(Span(i, i_stop), Span(j, j_stop), gone, come))
            continue
        for differs, start, stop in _spelling_runs(gone, come):
            spans = Span(i + start, i + stop), Span(j + start, j + stop)
            ops.append(Equal(*spans, gone[start:stop], come[start:stop]) if differs else Equal(*spans))
    return tuple(ops)


def text(old: str, new: str) -> tuple[TextOp, ...]:
    """The operations between the words of two strings; spans count characters.

    Words are never split, white space goes with the words it parts, and words or spaces that are
    only spelt differently are `Equal` with both spellings, as in `tokens`. Raises `TypeError` naming
    the argument when a side is not a string.
    """
    for name, side in (("old", old), ("new", new)):
        if not isinstance(side, str):
            raise TypeError(f"{name} must be a string, not {type(side).__name__}")
    whole = Span(0, len(old)), Span(0, len(new))
    if old == new:
        return (Equal(*whole),) if old else ()
    if fold(old) == fold(new):
        return (Equal(*whole, old, new),)
    (olds, old_keys), (news, new_keys) = _read(old), _read(new)
    draft = _Draft(old, new)
    for equal, (i, i_stop, j, j_stop) in _stretches(old_keys, new_keys):
        if equal:
            draft.keep(olds[i:i_stop], news[j:j_stop])
        else:
            draft.change(olds[i:i_stop], news[j:j_stop])
    return draft.finished()


class _Draft:
    """The operations made so far and how far they reach on each side."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._old_at = self._new_at = 0
        self._alike_from: _Range | None = None  # where the two sides began to be equal to the letter
        self._ops: list[TextOp] = []

    def finished(self) -> tuple[TextOp, ...]:
        """All the operations, the rest of both sides included."""
        self._add(len(self._old), len(self._new), equal=True)
        self._lay_alike()
        return tuple(self._ops)

    def keep(self, olds: Sequence[_Range], news: Sequence[_Range]) -> None:
        """Words that are kept, with the white space before and between them."""
        self._add(olds[0][0], news[0][0], equal=True)
        ends = olds[-1][1], news[-1][1]
        if self._old[self._old_at : ends[0]] == self._new[self._new_at : ends[1]]:
            self._add(*ends, equal=True)
            return
        for (start, stop), (new_start, new_stop) in zip(olds, news, strict=True):
            self._add(start, new_start, equal=True)
            self._add(stop, new_stop, equal=True)

    def change(self, olds: Sequence[_Range], news: Sequence[_Range]) -> None:
        """Words that changed, with the white space before them if only one side has any there."""
        if olds and news and not self._one_sided_space(olds[0][0], news[0][0]):
            self._add(olds[0][0], news[0][0], equal=True)
        self._add(
            olds[-1][1] if olds else self._old_at, news[-1][1] if news else self._new_at, equal=False
        )

    def _one_sided_space(self, old_stop: int, new_stop: int) -> bool:
        """Whether, behind kept words, one side has white space and the other has none."""
        behind_kept = self._alike_from is not None or not self._ops or isinstance(self._ops[-1], Equal)
        return behind_kept and (old_stop > self._old_at) != (new_stop > self._new_at)

    def _add(self, old_stop: int, new_stop: int, *, equal: bool) -> None:
        """Everything up to here as one operation, joined to the last where they belong together."""
        start = self._old_at, self._new_at
        self._old_at, self._new_at = old_stop, new_stop
        gone, come = self._old[start[0] : old_stop], self._new[start[1] : new_stop]
        if gone == come:
            if gone and self._alike_from is None:
                self._alike_from = start
            return
        self._lay_alike(start)
        old, new = Span(start[0], old_stop), Span(start[1], new_stop)
        if equal and self._reads_alike(old, new):
            self._ops.append(Equal(old, new, gone, come))
            return
        op = operation(old, new, gone, come)
        last = self._ops[-1] if self._ops else None
        if last is not None and _belong_together(last, op):
            old, new = Span(last.old.start, old_stop), Span(last.new.start, new_stop)
            self._ops[-1] = operation(old, new, old.of(self._old), new.of(self._new))
        else:
            self._ops.append(op)

    def _lay_alike(self, stop: _Range | None = None) -> None:
        """Lay what was equal to the letter so far as one operation."""
        if self._alike_from is not None:
            (i, j), (i_stop, j_stop) = self._alike_from, stop or (self._old_at, self._new_at)
            self._ops.append(Equal(Span(i, i_stop), Span(j, j_stop)))
            self._alike_from = None

    def _reads_alike(self, old: Span, new: Span) -> bool:
        """Whether the space beside kept words differs in spelling only, or at an end of the text."""
        if len(old) and len(new):
            return True
        if self._ops and not isinstance(self._ops[-1], Equal):
            return False
        ends = old.stop == len(self._old) and new.stop == len(self._new)
        starts = old.start == 0 and new.start == 0
        there = old.of(self._old) or new.of(self._new)
        return starts or ends or not any(map(str.isspace, there))


def _belong_together(last: TextOp, op: TextOp) -> bool:
    """Insertions or deletions in a row, white space beside a change."""
    if isinstance(last, Equal) or isinstance(op, Equal):
        return False
    return type(last) is type(op) is not Replace or _blank(op)


def _blank(op: TextOp) -> bool:
    match op:
        case Delete(_, _, content) | Insert(_, _, content):
            return not fold(content)
        case _:
            return False


def _read(side: str) -> tuple[list[_Range], list[str]]:
    """Where the words stand and what they fold to; what folds to nothing is no word."""
    starts, pieces = placed_words(side)
    ranges = list(zip(starts, map(add, starts, map(len, pieces)), strict=True))
    if side.isascii():
        return ranges, pieces
    keys = [word if word.isascii() else fold(word) for word in pieces]
    if "" in keys:
        ranges = [span for span, key in zip(ranges, keys, strict=True) if key]
        keys = [key for key in keys if key]
    return ranges, keys


def _spelling_runs(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[bool, int, int]]:
    """Runs of tokens that are spelt differently (True) or alike (False) on the two sides."""
    start = 0
    for index in range(1, len(gone) + 1):
        differs = gone[index - 1] != come[index - 1]
        if index == len(gone) or (gone[index] != come[index]) != differs:
            yield differs, start, index
            start = index


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Hunk]]:
    """Equal (True) and changed (False) stretches in order, tiling both sides."""
    hunks, _ = changed_hunks(old, new)
    i = j = 0
    for hunk in settled(hunks, old, new):
        if i < hunk.old:
            yield True, Hunk(i, hunk.old, j, hunk.new)
        yield False, hunk
        i, j = hunk.old_stop, hunk.new_stop
    if i < len(old):
        yield True, Hunk(i, len(old), j, len(new))
