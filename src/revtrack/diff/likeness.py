"""How alike two sentences are, as log-odds that a person would call one the other's revision.

Four measures of shared words are weighed by a logistic regression over the human links of
ArgRewrite V.2 (Kashefi et al. 2022), fitted on all sentence pairs between exact anchors. A word
weighs by its length, up to a bound: in text a longer word is a rarer one (Zipf 1935). Measured
against inverse document frequency over the whole text this lost nothing (F1 of edited pairs .958
against .958), and so a likeness depends on its two sentences alone, not on the texts around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import count, islice
from operator import ne

from rapidfuzz.distance import LCSseq

from revtrack.text.lexing import lexemes

__all__ = [
    "LOG_ODDS_OF_NOTHING",
    "Lexicon",
    "Reading",
    "handed_on",
    "likeness",
    "share_beside",
    "shares_ends",
]

LOG_ODDS_OF_NOTHING = -4.65
"""The log-odds of two sentences that share nothing.

Range -7.6 (what the regression says of any pair in a gap) to -4; higher links more. The decoder
chooses among rivals already, so the fitted constant is too strict: -4.65 was best on each half of
ArgRewrite and within .002 from -5.2 to -4.2.
"""
_SHARED = 3.9
"""Weight of the share of both sentences' words that are in common (Dice), fitted."""
_HELD = 2.4
"""Weight of the share of the shorter sentence that the longer one holds, fitted."""
_ORDER = 3.4
"""Weight of the longest common subsequence of words over the mean length, fitted."""
_TRIPLES = 1.25
"""Weight of common runs of three words, full from `_TRIPLES_ENOUGH` distinct ones on, fitted."""
_TRIPLES_ENOUGH = 4

_LONG_WORD = 8
_WORD_BASE = 2
_MARK_WEIGHT = 1
"""A word weighs its letters, at most 8, and 2; a punctuation mark 1.

Plain length, its square root and inverse document frequency were within .004 of each other.
"""


_STEM = 5
"""First letters that two forms of a word share (range 4 to 6)."""

_KEPT_WORDS = 8192
"""How many words are remembered with their weights: two versions share most of their words."""


class Lexicon:
    """Gives each distinct word one number, for the texts that are compared with each other."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._weights: list[int] = []

    def numbered(self, words: Sequence[str]) -> tuple[int, ...]:
        """The numbers of *words*."""
        return tuple(map(self._numbers.__getitem__, words))

    @property
    def weights(self) -> Sequence[int]:
        """What each word weighs, by number."""
        fresh = len(self._numbers) - len(self._weights)
        self._weights += [_weight(word) for word in islice(reversed(self._numbers), fresh)][::-1]
        return self._weights


@lru_cache(maxsize=_KEPT_WORDS)
def _weight(word: str) -> int:
    return min(len(word), _LONG_WORD) + _WORD_BASE if word[0].isalnum() else _MARK_WEIGHT


class Reading:
    """What is kept of a sentence, or of a run of sentences, to compare it; read when asked for."""

    def __init__(self, sentence: str, lexicon: Lexicon, *, aside: bool = False) -> None:
        """*sentence* is folded; letter case does not count; what is *aside* pairs with its like."""
        self.sentence = sentence
        self.aside = aside
        self._lexicon = lexicon

    @classmethod
    def of_run(cls, readings: Sequence[Reading], lexicon: Lexicon) -> Reading:
        """Several sentences read as one."""
        return cls(" ".join([reading.sentence for reading in readings]), lexicon)

    @cached_property
    def stems(self) -> Reading:
        """The same by the first letters of its words: other endings do not count."""
        cut = [word[:_STEM] for word in lexemes(self.sentence.casefold())]
        return Reading(" ".join(cut), self._lexicon)

    @cached_property
    def chunks(self) -> list[str]:
        """What stands between white space."""
        return self.sentence.split()

    @cached_property
    def words(self) -> tuple[int, ...]:
        """The words in order, by number."""
        return self._lexicon.numbered(lexemes(self.sentence.casefold()))

    @cached_property
    def bag(self) -> Counter[int]:
        """How often each word stands."""
        return Counter(self.words)

    @cached_property
    def weight(self) -> int:
        """What the words weigh together."""
        words = self.words
        return sum(map(self._lexicon.weights.__getitem__, words))

    def weighs(self, least: int) -> bool:
        """Whether the words weigh *least* or more; many words surely do, and are not read for it."""
        begun = [chunk for chunk in self.chunks if chunk[0].isalnum()]  # each begins with a word
        return len(begun) * (_WORD_BASE + 1) >= least or self.weight >= least

    @cached_property
    def triples(self) -> frozenset[tuple[int, int, int]]:
        """The runs of three words."""
        return frozenset(zip(self.words, self.words[1:], self.words[2:], strict=False))


def likeness(old: Reading, new: Reading, lexicon: Lexicon) -> float:
    """The log-odds that one is the other's revision; about 5 for equal sentences, never below -5."""
    shared = _shared(old.bag, new.bag, lexicon.weights)
    if not shared:
        return LOG_ODDS_OF_NOTHING
    common = LCSseq.similarity(old.words, new.words)
    triples = min(len(old.triples & new.triples), _TRIPLES_ENOUGH) / _TRIPLES_ENOUGH
    return (
        LOG_ODDS_OF_NOTHING
        + _SHARED * 2 * shared / (old.weight + new.weight)
        + _HELD * shared / min(old.weight, new.weight)
        + _ORDER * 2 * common / (len(old.words) + len(new.words))
        + _TRIPLES * triples
    )


def shares_ends(old: Reading, new: Reading, enough: float) -> bool:
    """Whether `likeness` is above *enough* for what the sides have in common at both ends alone.

    Never true where `likeness` is not above it; cheap, since the sentences are not read.
    """
    olds, news = old.chunks, new.chunks
    size = min(len(olds), len(news))
    first = [*map(ne, olds, news), True].index(True)
    last = min(size - first, [*map(ne, reversed(olds), reversed(news)), True].index(True))
    kept = 2 * (first + last)  # chunks hold one word or more each
    between = [*olds[first : len(olds) - last], *news[first : len(news) - last]]
    most = (enough - LOG_ODDS_OF_NOTHING) / _ORDER  # the share of the order must be above it
    if kept <= most * (kept + len(between)):
        return False
    return kept > most * (kept + len(lexemes(" ".join(between).casefold())))


def share_beside(part: Reading, others: Sequence[Reading], whole: Reading, lexicon: Lexicon) -> float:
    """The share of *part* that stands in *whole* and that *others* do not explain, from 0 to 1."""
    left = whole.bag.copy()
    for other in others:
        left.subtract(other.bag)
    return _shared(part.bag, left, lexicon.weights) / part.weight if part.weight else 0.0


def handed_on(
    giver: Reading, taker: Reading, kept: Sequence[Reading], own: Sequence[Reading], lexicon: Lexicon
) -> tuple[float, float]:
    """How much of what *giver* lost *taker* won: as a share of the lighter sentence, and of both parts.

    What *giver* lost stands in none of *kept*, and what *taker* won in none of *own*. Both from 0 to 1.
    """
    lost, won = giver.bag.copy(), taker.bag.copy()
    for reading in kept:
        lost.subtract(reading.bag)
    for reading in own:
        won.subtract(reading.bag)
    weights = lexicon.weights
    shared = _shared(+lost, +won, weights)
    if not shared:
        return 0.0, 0.0
    parts = sum([weights[word] * count for part in (+lost, +won) for word, count in part.items()])
    return shared / min(giver.weight, taker.weight), 2 * shared / parts


def _shared(one: Counter[int], two: Counter[int], weights: Sequence[int]) -> int:
    if len(two) < len(one):
        one, two = two, one
    return sum(
        [
            weights[word] * min(count, other)
            for word, count in one.items()
            if (other := two.get(word, 0)) > 0
        ]
    )
