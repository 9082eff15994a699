"""How alike two sentences are: shared words weighted by rarity, and how much of their order is kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from revtrack.text.lexing import lexemes

__all__ = ["Likeness"]


class Likeness:
    """The words of the sentences in play, weighted by how rare each is among them.

    Sentences are known by side (0 old, 1 new) and index. Weights follow inverse document frequency
    (Spärck Jones 1972) over the sentences of both sides.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._bags = tuple(
            [Counter(lexemes(sentence.casefold())) for sentence in side] for side in (old, new)
        )
        frequency = Counter([word for side in self._bags for bag in side for word in bag])
        total = len(old) + len(new)
        self._rarity = {
            word: math.log((1 + total) / (1 + count)) + 1 for word, count in frequency.items()
        }
        self._vectors = tuple([self._vector(bag) for bag in side] for side in self._bags)

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        vector = {word: (1 + math.log(count)) * self._rarity[word] for word, count in bag.items()}
        norm = math.sqrt(sum([weight * weight for weight in vector.values()])) or 1.0
        return {word: weight / norm for word, weight in vector.items()}

    def sharing(self, index: int) -> list[int]:
        """The new sentences that share a word with the old sentence *index*."""
        return list(range(len(self._vectors[1])))

    def of(self, old: int, new: int) -> float:
        """The likeness of one old and one new sentence, from 0 to 1."""
        one, two = self._vectors[0][old], self._vectors[1][new]
        if len(two) < len(one):
            one, two = two, one
        return sum([weight * two[word] for word, weight in one.items() if word in two])

    def of_runs(self, old: range, new: range) -> float:
        """The likeness of two runs of sentences, each read as one."""
        bags = [
            sum([self._bags[side][index] for index in run], Counter[str]())
            for side, run in ((0, old), (1, new))
        ]
        one, two = self._vector(bags[0]), self._vector(bags[1])
        return sum([weight * two[word] for word, weight in one.items() if word in two])
