"""Patches: the changes of one text, in a form that applies to a slightly different text too.

Each hunk carries some of the text around it, and is looked for near the place it was made for, with
the Bitap search of diff-match-patch (Fraser 2006, after Wu and Manber 1992). This is the one module
that meets diff-match-patch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import attrs

from revtrack.diff.ops import Delete, Equal, Insert, Replace, TextOp
from revtrack.diff.wording import text as word_ops
from revtrack.errors import PatchError
from revtrack.model import Span

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch, patch_obj

__all__ = ["Patch", "PatchHunk", "patch"]

_DELETE, _INSERT, _EQUAL = -1, 1, 0
"""How diff-match-patch names its operations."""

_CONTEXT = 24
"""How many characters around a change help to find its place: some four words on each side.

Range 8 to 64; fewer find wrong places in repetitive text, more refuse texts that differ nearby.
"""
_PATTERN = 128
"""How many characters are looked for at once; a longer hunk is looked for by its two ends.

Range 64 to 512; Python's integers have no word size, so the bound is one of time only.
"""


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
        if not self.hunks:
            return text
        patched, found = _engine().patch_apply([_theirs(hunk) for hunk in self.hunks], text)
        if all(found):
            return patched
        raise PatchError(
            f"the patch was made for another text (SHA-256 {self.made_for[:12]}…), and this one lacks "
            "the place of a change: make the patch again from this text"
        )


def patch(old: str, new: str) -> Patch:
    """The patch that makes *new* of *old*.

    Raises `TypeError` naming the argument when a side is not a string.
    """
    ops = word_ops(old, new)
    pieces = [piece for op in ops for piece in _pieces(op, old)]
    made = _engine().patch_make(old, pieces)
    return Patch(_digest(old), tuple([_ours(one) for one in made]))


def _digest(text: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 # loads OpenSSL, which few programs need

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _engine() -> diff_match_patch:
    from diff_match_patch import diff_match_patch  # noqa: PLC0415 # a slow import that few programs need

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # its default of a second gives another result on a busy machine
    engine.Patch_Margin = _CONTEXT
    engine.Match_MaxBits = _PATTERN  # it must exceed the margin, or cutting long hunks never ends
    return engine


def _pieces(op: TextOp, old: str) -> Iterator[tuple[int, str]]:
    """One of our operations as diff-match-patch writes it."""
    match op:
        case Equal(deleted=None):
            yield _EQUAL, op.old.of(old)
        case Insert():
            yield _INSERT, op.inserted
        case Delete():
            yield _DELETE, op.deleted
        case Equal() | Replace():
            yield _DELETE, op.deleted or ""
            yield _INSERT, op.inserted or ""


def _ours(made: patch_obj) -> PatchHunk:
    parts: list[TextOp] = []
    old = new = 0
    for kind, piece in made.diffs:
        gone = 0 if kind == _INSERT else len(piece)
        come = 0 if kind == _DELETE else len(piece)
        spans = Span(old, old + gone), Span(new, new + come)
        if kind == _EQUAL:
            parts.append(Equal(*spans, piece, piece))
        elif kind == _INSERT:
            parts.append(Insert(*spans, piece))
        else:
            parts.append(Delete(*spans, piece))
        old, new = old + gone, new + come
    return PatchHunk(Span(made.start1, made.start1 + made.length1), tuple(parts))


def _theirs(hunk: PatchHunk) -> patch_obj:
    from diff_match_patch import patch_obj  # noqa: PLC0415 # as above

    made = patch_obj()
    made.diffs = [piece for part in hunk.parts for piece in _stored(part)]
    made.start1 = made.start2 = hunk.old.start
    made.length1, made.length2 = len(hunk.old), _length(hunk.parts)
    return made


def _stored(part: TextOp) -> Sequence[tuple[int, str]]:
    if isinstance(part, Equal):
        return [(_EQUAL, part.deleted or "")]
    return list(_pieces(part, ""))


def _length(parts: Sequence[TextOp]) -> int:
    return sum([len(part.new) for part in parts])
