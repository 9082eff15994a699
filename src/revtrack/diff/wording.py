"""Word operations: which words of one text stand as which words of another."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from revtrack.diff.arguments import checked_strings
from revtrack.diff.ops import Equal, TextOp, TokenOp, merge, operation
from revtrack.model import Span
from revtrack.text import fold, words

__all__ = ["text", "tokens"]

_Hunk = tuple[int, int, int, int]
"""A changed stretch: old start and stop, new start and stop, in tokens."""


def tokens(old: Sequence[str], new: Sequence[str]) -> tuple[TokenOp, ...]:
    """The operations that turn the tokens *old* into the tokens *new*; spans count tokens.

    Tokens that fold to the same text are equal; where their spelling differs the `Equal` says so.
    Raises `TypeError` naming the argument when a side is not a sequence of strings.
    """
    olds, news = checked_strings("old", old), checked_strings("new", new)
    ops: list[TokenOp] = []
    for equal, (i, i_stop, j, j_stop) in _stretches(olds, news):
        gone, come = olds[i:i_stop], news[j:j_stop]
        if not equal:
            ops.append(operation(Span(i, i_stop), Span(j, j_stop), gone, come))
            continue
        for run, (a, a_stop) in _spelling_runs(gone, come):
            spans = Span(i + a, i + a_stop), Span(j + a, j + a_stop)
            spelt = (gone[a:a_stop], come[a:a_stop]) if run else (None, None)
            ops.append(Equal(*spans, *spelt))
    return tuple(ops)


def text(old: str, new: str) -> tuple[TextOp, ...]:
    """The operations between the words of two strings; spans count characters.

    Words are never split, white space belongs to what it surrounds, and words or spaces that are
    only spelt differently are `Equal` with both spellings. Raises `TypeError` when a side is not a
    string.
    """
    for name, side in (("old", old), ("new", new)):
        if not isinstance(side, str):
            raise TypeError(f"{name} must be a string, not {type(side).__name__}")
    if old == new:
        return (Equal(Span(0, len(old)), Span(0, len(new))),) if old else ()
    old_words, new_words = words(old), words(new)
    stretches = _stretches([span.of(old) for span in old_words], [span.of(new) for span in new_words])
    ops: list[TextOp] = []
    old_at = new_at = 0

    def add(old_stop: int, new_stop: int, *, equal: bool) -> None:
        nonlocal old_at, new_at
        gone, come = old[old_at:old_stop], new[new_at:new_stop]
        spans = Span(old_at, old_stop), Span(new_at, new_stop)
        if equal and gone != come and gone and come:
            ops.append(Equal(*spans, gone, come))
        elif gone or come:
            ops.append(operation(*spans, gone, come))
        old_at, new_at = old_stop, new_stop

    for equal, (i, i_stop, j, j_stop) in stretches:
        if equal:
            for old_word, new_word in zip(old_words[i:i_stop], new_words[j:j_stop], strict=True):
                add(old_word.start, new_word.start, equal=True)
                add(old_word.stop, new_word.stop, equal=True)
        else:
            if i < i_stop and j < j_stop:
                add(old_words[i].start, new_words[j].start, equal=True)
            add(
                old_words[i_stop - 1].stop if i < i_stop else old_at,
                new_words[j_stop - 1].stop if j < j_stop else new_at,
                equal=False,
            )
    add(len(old), len(new), equal=True)
    return merge(ops)


def _spelling_runs(gone: Sequence[str], come: Sequence[str]) -> list[tuple[bool, tuple[int, int]]]:
    """Runs of tokens that are spelt differently (True) or alike (False) on the two sides."""
    runs: list[tuple[bool, tuple[int, int]]] = []
    for index, (one, two) in enumerate(zip(gone, come, strict=True)):
        differs = one != two
        if runs and runs[-1][0] == differs:
            runs[-1] = (differs, (runs[-1][1][0], index + 1))
        else:
            runs.append((differs, (index, index + 1)))
    return runs


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, _Hunk]]:
    """Equal (True) and changed (False) stretches in order, tiling both sides."""
    codes: dict[str, int] = {}
    ours = [codes.setdefault(fold(token), len(codes)) for token in old]
    theirs = [codes.setdefault(fold(token), len(codes)) for token in new]
    stretches: list[tuple[bool, _Hunk]] = []
    i = j = 0
    for block in LCSseq.editops(ours, theirs).as_matching_blocks():
        if i < block.a or j < block.b:
            stretches.append((False, (i, block.a, j, block.b)))
        i, j = block.a + block.size, block.b + block.size
        if block.size:
            stretches.append((True, (block.a, i, block.b, j)))
    return stretches
