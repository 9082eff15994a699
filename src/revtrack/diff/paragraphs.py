"""The paragraphs in which sentences stand, as evidence for their alignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["Paragraphs"]

_ELSEWHERE = -1.0
"""Log-odds of a pair whose paragraphs are both known to stand elsewhere; range -3 to 0.

On ArgRewrite it decides nothing from -3 to 0. To reward pairs whose paragraphs belong together as
well was tried and lost .001 to .012 of F1: sentences added to a kept paragraph were taken for edits.
"""


class Paragraphs:
    """Which old paragraph stands as which new one, as far as kept sentences tell."""

    def __init__(
        self,
        old: Sequence[int] | None,
        new: Sequence[int] | None,
        old_length: int,
        new_length: int,
    ) -> None:
        for name, blocks, length in (("old", old, old_length), ("new", new, new_length)):
            if blocks is not None and not isinstance(blocks, Sequence):
                raise TypeError(f"{name}_blocks must be a sequence, not {type(blocks).__name__}")
            if blocks is not None and len(blocks) != length:
                raise ValueError(
                    f"{name}_blocks must hold one number per sentence: {len(blocks)} for {length}"
                )
        self._blocks = (old, new) if old is not None and new is not None else None
        self._together: set[tuple[int, int]] = set()
        self._known: tuple[set[int], set[int]] = (set(), set())

    def learn(self, kept: Iterable[tuple[int, int]]) -> None:
        """Take note of the paragraphs of sentences that were kept."""
        if self._blocks is None:
            return
        old, new = self._blocks
        self._together = {(old[i], new[j]) for i, j in kept}
        self._known = {one for one, _ in self._together}, {two for _, two in self._together}

    def of_pair(self, i: int, j: int) -> float:
        """What the paragraphs say for old sentence *i* and new sentence *j*, in log-odds."""
        if self._blocks is None:
            return 0.0
        one, two = self._blocks[0][i], self._blocks[1][j]
        if (one, two) in self._together:
            return 0.0
        return _ELSEWHERE if one in self._known[0] and two in self._known[1] else 0.0
