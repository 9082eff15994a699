"""A wrong clause and a right one: the pairs of values and words in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from revtrack.notices.folded import fold
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.values import facing, trimmed

__all__ = ["differing"]

# A right text of at most this many words is set against the like part of the wrong text.
_FRAGMENT = 5
# What both clauses share must be this long to part them: two words, or one of four letters.
_SHARED_WORDS, _SHARED_LETTERS = 2, 4
# Two clauses that differ in more words than this were rewritten: they are kept whole.
_LONGEST_PART = 8
# Longer clauses (words) are not compared: matching is quadratic, and a sentence is shorter.
_LONGEST_CLAUSE = 80
_COPULAS = frozenset({"was", "war", "era", "var", "is"})
_ARTICLES = frozenset({"a", "an", "the"})


def differing(wrong: str, right: str, words: Lexicon) -> Iterator[tuple[str, str]]:
    """The pairs in which two clauses may differ, the likeliest first, the whole clauses last."""
    cut = _cut(wrong, right)
    values = [*facing(wrong, right, words)]
    if len(values) == 1 or (values and cut is None):
        yield values[0]
    if cut is not None:
        yield cut
    yield from values[1:]
    yield wrong, right


def _cut(wrong: str, right: str) -> tuple[str, str] | None:
    """The two clauses without what they share; a short right text against its like."""
    one, other = wrong.split(), right.split()
    if 0 < len(other) <= _FRAGMENT and all(word[:1].isupper() for word in other):
        like = _capitals(one)
        if like:
            return like, right
    if max(len(one), len(other)) > _LONGEST_CLAUSE:
        return None
    match = SequenceMatcher(
        None, [fold(w) for w in one], [fold(w) for w in other], autojunk=False
    ).find_longest_match()
    shared = one[match.a : match.a + match.size]
    telling = shared and (len(shared[0]) >= _SHARED_LETTERS or shared[0] in _COPULAS)
    if match.size < _SHARED_WORDS and not telling:
        return None
    tails = one[match.a + match.size :], other[match.b + match.size :]
    heads = one[: match.a], other[: match.b]
    for left, right_part in (tails, heads):
        if left and right_part and max(len(left), len(right_part)) <= _LONGEST_PART:
            return _without_prepositions(left, right_part)
    return None


def _capitals(one: Sequence[str]) -> str | None:
    """The last name in the wrong clause: what a right name is set against."""
    stop = len(one)
    while stop and not one[stop - 1][:1].isupper():
        stop -= 1
    start = stop
    while start and one[start - 1][:1].isupper():
        start -= 1
    return trimmed(" ".join(one[start:stop])) or None


def _without_prepositions(left: Sequence[str], right: Sequence[str]) -> tuple[str, str]:
    """*came from A* against *was from B* is A against B; *in April*, *on 24 January* likewise."""
    lower = [fold(w) for w in right]
    for place in range(len(left) - 2, -1, -1):
        word = fold(left[place])
        if word in lower[:-1] and word not in _ARTICLES:
            left, right = left[place + 1 :], right[lower.index(word) + 1 :]
            break
    small = [w for w in (left[0], right[0]) if w.islower() and len(w) <= 4 and w not in _ARTICLES]
    if len(small) == 2 and len(left) > 1 and len(right) > 1:
        left, right = left[1:], right[1:]
    return trimmed(" ".join(left)), trimmed(" ".join(right))
