"""Patches: the changes of one text, in a form that applies to a slightly different text too.

Each hunk carries some of the text around its changes, as the patches of diff-match-patch do (Fraser
2006). Where that text stands unchanged, the changes go there. Elsewhere each change must find the
words it takes away to the letter, with the text on one side of them or text on both sides that is a
little changed, at one place only: a patch rather refuses than guesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import attrs

from revtrack.diff.ops import Equal, TextOp, contents, operation
from revtrack.diff.wording import text as word_ops
from revtrack.errors import PatchError
from revtrack.model import Span

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

__all__ = ["Patch", "PatchHunk", "patch"]

_CONTEXT = 24
"""How many characters around a change help to find its place: some four words on each side.

Range 16 to 64; more refuse texts that differ nearby. Of 2,000 changes whose sentence was gone, in texts
of sentences that are alike but for some words, at 24 none went to another sentence; at 16 fourteen did.
"""
_MOST_CONTEXT = 192
"""How many characters they may become where fewer stand at several places of the text."""
_LEAST = 8
"""How many characters, taken away or beside that, make a place at an end of the text. Range 4 to 12."""
_SPELLINGS = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u202f\u2010\u2011", "''\"\"  --")
"""Spellings that make no other text when a place is looked for, character by character."""


@attrs.frozen
class PatchHunk:
    """Neighbouring changes and the text around them.

    `old` is where they stood in the text the patch was made for. `parts` are operations with spans
    counted from the start of the hunk; an `Equal` among them holds its text, so that it can be found.
    """

    old: Span
    parts: tuple[TextOp, ...]


@attrs.frozen
class Patch:
    """What makes a new text of an old one. `made_for` is the SHA-256 of the old text (UTF-8)."""

    made_for: str
    hunks: tuple[PatchHunk, ...]

    def fits(self, text: str) -> bool:
        """Whether *text* is, to the letter, the text that the patch was made for."""
        return _digest(text) == self.made_for

    def apply(self, text: str) -> str:
        """Make the changes in *text*, which may differ from the text the patch was made for.

        Raises `PatchError` when the place of a change is not found, and changes nothing then;
        `TypeError` when *text* is not a string.
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a string, not {type(text).__name__}")
        reading = text.translate(_SPELLINGS)
        pieces: list[str] = []
        at = drift = 0
        for hunk in self.hunks:
            start = _nearest(reading, hunk, hunk.old.start + drift, at)
            for change in _changes(hunk.parts):
                if start >= 0:
                    place = start + len(change.before)
                else:
                    expected = hunk.old.start + len(change.before) + drift
                    place = _anchored(reading, change, at, expected)
                if place < at:
                    raise PatchError(
                        f"the patch was made for another text (SHA-256 {self.made_for[:12]}…), and "
                        "this one lacks the place of a change: make the patch again from this text"
                    )
                pieces += (text[at:place], change.come)
                at = place + len(change.gone)
                drift = place - len(change.before) - hunk.old.start
        return "".join([*pieces, text[at:]])


def patch(old: str, new: str) -> Patch:
    """The patch that makes *new* of *old*.

    Raises `TypeError` naming the argument when a side is not a string.
    """
    return Patch(_digest(old), tuple(_hunks(word_ops(old, new), old)))


class _Change(NamedTuple):
    """What is taken away and brought at one place of a hunk, and the hunk's old text around it."""

    before: str
    gone: str
    come: str
    behind: str


def _digest(text: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 # loads OpenSSL, which few programs need

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _hunks(ops: Sequence[TextOp], old: str) -> Iterator[PatchHunk]:
    """Changes that stand close to each other together, each group with the text around it."""
    group: list[TextOp] = []
    for op in ops:
        if isinstance(op, Equal) and op.deleted is None:
            continue
        if group and op.old.start - group[-1].old.stop >= 2 * _CONTEXT:
            yield _hunk(group, old)
            group = []
        group.append(op)
    if group:
        yield _hunk(group, old)


def _hunk(changes: Sequence[TextOp], old: str) -> PatchHunk:
    span = _surroundings(changes[0].old.start, changes[-1].old.stop, old)
    parts: list[TextOp] = []
    at, new_at = span.start, 0
    for change in changes:
        kept = old[at : change.old.start]
        if kept:
            parts.append(_part(at - span.start, new_at, kept, kept))
        new_at += len(kept)
        gone, come = [content or "" for content in contents(change)]
        parts.append(_part(change.old.start - span.start, new_at, gone, come))
        at, new_at = change.old.stop, new_at + len(come)
    if kept := old[at : span.stop]:
        parts.append(_part(at - span.start, new_at, kept, kept))
    return PatchHunk(span, tuple(parts))


def _part(old_at: int, new_at: int, gone: str, come: str) -> TextOp:
    old, new = Span(old_at, old_at + len(gone)), Span(new_at, new_at + len(come))
    return Equal(old, new, gone, come) if gone == come else operation(old, new, gone, come)


def _surroundings(start: int, stop: int, old: str) -> Span:
    """The changed stretch with as much text on both sides as tells it from every other place."""
    size = _CONTEXT
    while True:
        span = Span(max(0, start - size), min(len(old), stop + size))
        wanted = span.of(old)
        alone = old.find(wanted) == span.start and old.find(wanted, span.start + 1) < 0
        if alone or size >= _MOST_CONTEXT:
            return span
        size *= 2


def _changes(parts: Sequence[TextOp]) -> Iterator[_Change]:
    sides = [[content or "" for content in contents(part)] for part in parts]
    olds = [gone for gone, _ in sides]
    for index, (gone, come) in enumerate(sides):
        if not isinstance(parts[index], Equal):
            yield _Change("".join(olds[:index]), gone, come, "".join(olds[index + 1 :]))


def _nearest(text: str, hunk: PatchHunk, expected: int, since: int) -> int:
    """Where all the old text of the hunk stands, nearest to where it is expected; -1 for nowhere."""
    wanted = "".join([contents(part)[0] or "" for part in hunk.parts]).translate(_SPELLINGS)
    expected = max(expected, since)
    behind = text.find(wanted, expected)
    before = text.rfind(wanted, since, expected + len(wanted))
    if behind < 0 or before < 0:
        return max(behind, before)
    return before if expected - before < behind - expected else behind


def _anchored(text: str, change: _Change, since: int, expected: int) -> int:
    """Where the words stand with the text around them, if that is one place; else -1.

    Words that are taken away need the text on one side of them to the letter, and what is only brought
    needs the text on both sides: that, and either side of words, may be slightly different.
    """
    left = change.before[-_CONTEXT:].translate(_SPELLINGS)
    right = change.behind[:_CONTEXT].translate(_SPELLINGS)
    gone = change.gone.translate(_SPELLINGS)
    if gone or len(left) < _CONTEXT or len(right) < _CONTEXT:
        place = _beside(text, left, gone, right, since)
        if place >= 0:
            return place
    within = Span(len(left), len(left) + len(gone))
    found = _alike_place(text, left + gone + right, within, expected=expected - len(left), since=since)
    return found.start if found is not None else -1


def _beside(text: str, left: str, gone: str, right: str, since: int) -> int:
    """Where the words stand with the text on one side to the letter, if that is one place; else -1.

    Less text is enough where the text that the patch was made for began or ended there, and so does
    this one.
    """
    if len(left) == _CONTEXT:
        place = _only_place(text, left + gone, since)
    else:
        place = 0 if len(left + gone) >= _LEAST and text.startswith(left + gone) else -1
    if place >= 0:
        return place + len(left)
    if len(right) == _CONTEXT:
        return _only_place(text, gone + right, since)
    place = len(text) - len(gone + right)
    return place if len(gone + right) >= _LEAST and text.endswith(gone + right) else -1


def _only_place(text: str, wanted: str, since: int) -> int:
    place = text.find(wanted, since)
    return place if place < 0 or text.find(wanted, place + 1) < 0 else -1


# ------------------------------------------------------------------------------------- likeness

_LEAST_ALIKE = 40
"""How many characters a wording needs to be looked for with differences (range 32 to 64)."""

_DIFFERING = 0.1
"""The share of letters that may differ (range .05 to .2; large: more changes go to a sentence that is
merely alike, small: more texts are refused). `bench/patching.py`: of 1,000 changes beside which letters
differ, 992 went to their place at .1 and two to another; of 1,000 whose sentence was gone, 992 were
refused. At .05 it was 475 and 993, at .15 it was 959 and 967."""

_WINDOW = 8_000
"""How far from where it is expected a wording is looked for, in characters: the work is a step for each
of them and each letter that may differ."""


@cache
def _engine() -> diff_match_patch:
    from diff_match_patch import diff_match_patch  # noqa: PLC0415 # slow to import, for few programs

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    engine.Match_Threshold = _DIFFERING
    engine.Match_Distance = 10**9
    engine.Match_MaxBits = 0  # integers here have no limit of bits
    return engine


def _alike_place(text: str, wanted: str, within: Span, *, expected: int, since: int = 0) -> Span | None:
    """Where the stretch *within* of *wanted* lies in a *text* that holds *wanted* a little changed.

    The stretch itself must stand there to the letter, and at no second place may anything alike stand.
    None where that is not so, or *wanted* is shorter than `_LEAST_ALIKE`. *expected* is where it would
    begin, *since* the first place where it may.
    """
    if len(wanted) < _LEAST_ALIKE:
        return None
    engine = _engine()
    start = max(since, expected - _WINDOW)
    window = text[start : max(start, expected) + _WINDOW]
    at = engine.match_main(window, wanted, max(0, expected - start))
    if at < 0:
        return None
    masked = window[:at] + "\0" * len(wanted) + window[at + len(wanted) :]
    if engine.match_main(masked, wanted, at) >= 0:
        return None
    diffs = engine.diff_main(wanted, window[at : at + len(wanted) + _LEAST_ALIKE], False)
    place = start + at + engine.diff_xIndex(diffs, within.start)
    found = Span(place, place + len(within))
    return found if found.of(text) == within.of(wanted) and place >= since else None
