"""The generated corpora: the same for the same seed, edited at the rates that are published."""

from __future__ import annotations

from itertools import pairwise

from revtrack import extract
from revtrack.testing.corpus import NEWSEDITS, corpus


def test_a_seed_gives_one_corpus() -> None:
    """The same seed gives the same captures, another one others."""
    assert list(corpus(articles=3, seed=5)) == list(corpus(articles=3, seed=5))
    assert list(corpus(articles=3, seed=5)) != list(corpus(articles=3, seed=6))


def test_the_rates_are_those_published() -> None:
    """Over many pairs, sentences and headlines change as often as they should."""
    kept, lost, headlines, pairs = 0, 0, 0, 0
    for old, new in pairwise(corpus(articles=60, seed=2)):
        if old.url != new.url or old.body == new.body:
            continue
        sides = [extract(one) for one in (old, new)]
        sentences = [set(side.text.replace("\n\n", " ").split(". ")) for side in sides]
        kept += len(sentences[0] & sentences[1])
        lost += len(sentences[0] - sentences[1])
        headlines += sides[0].headline != sides[1].headline
        pairs += 1
    assert abs(lost / (kept + lost) - NEWSEDITS.edited - NEWSEDITS.deleted) < 0.03
    assert abs(headlines / pairs - NEWSEDITS.headline) < 0.08
