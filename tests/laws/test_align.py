"""Alignment: what holds for every two lists of sentences."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from revtrack.diff import Alignment, align
from revtrack.diff.chains import Step, heaviest_chain
from revtrack.diff.gaps import Limits, gap_steps
from revtrack.diff.likeness import Lexicon, Reading, likeness, shares_ends
from revtrack.diff.pairing import changed_hunks
from revtrack.text import fold

NAMES = [
    "mayor",
    "bridge",
    "river",
    "council",
    "budget",
    "harbour",
    "opened",
    "closed",
    "Monday",
    "1,200",
]
SENTENCE = st.lists(st.sampled_from(NAMES), min_size=1, max_size=7).map(" ".join)
SENTENCES = st.lists(SENTENCE, max_size=8)


@st.composite
def _edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A list of sentences and another made of it by deleting, inserting and editing."""
    old = draw(SENTENCES)
    new: list[str] = []
    for sentence in old:
        match draw(st.sampled_from(["keep", "keep", "drop", "edit", "add"])):
            case "keep":
                new.append(sentence)
            case "edit":
                new.append(f"{sentence} {draw(st.sampled_from(NAMES))}")
            case "add":
                new += [sentence, draw(SENTENCE)]
            case _:
                pass
    return old, new


def _in_order(alignment: Alignment) -> set[tuple[int, int]]:
    moved = {
        (i, j)
        for move in alignment.moves
        for i, j in zip(
            range(move.old.start, move.old.stop), range(move.new.start, move.new.stop), strict=True
        )
    }
    return set(alignment.pairs) - moved


@given(_edited())
def test_groups_tile_both_sides_in_order(pair: tuple[list[str], list[str]]) -> None:
    """Every sentence of both sides stands in exactly one group, and groups follow each other."""
    old, new = pair
    groups = align(old, new).groups
    assert [i for group in groups for i in range(group.old.start, group.old.stop)] == list(
        range(len(old))
    )
    assert [j for group in groups for j in range(group.new.start, group.new.stop)] == list(
        range(len(new))
    )
    assert all(len(group.old) or len(group.new) for group in groups)


@given(_edited())
def test_pairs_in_order_are_what_the_groups_hold(pair: tuple[list[str], list[str]]) -> None:
    """Two sentences stand for each other in order when they share a group and are not left apart."""
    alignment = align(*pair)
    inside = {
        (i, j)
        for group in alignment.groups
        for i in range(group.old.start, group.old.stop)
        for j in range(group.new.start, group.new.stop)
    }
    assert _in_order(alignment) == inside - alignment.apart


@given(_edited())
def test_every_sentence_of_a_shared_group_has_a_partner(pair: tuple[list[str], list[str]]) -> None:
    """Sentences that share a group hang together by pairs, and none of them is left alone."""
    alignment = align(*pair)
    held = _in_order(alignment)
    for group in alignment.groups:
        if len(group.old) and len(group.new):
            olds, news = (set(range(side.start, side.stop)) for side in (group.old, group.new))
            assert olds == {i for i, j in held if j in news}
            assert news == {j for i, j in held if i in olds}


@given(_edited())
def test_pairs_in_order_never_cross(pair: tuple[list[str], list[str]]) -> None:
    """Of two pairs in order one is not after the other on the old side and before it on the new."""
    pairs = sorted(_in_order(align(*pair)))
    assert all((a - c) * (b - d) >= 0 for (a, b), (c, d) in itertools.combinations(pairs, 2))


@given(_edited())
def test_a_moved_sentence_is_matched_nowhere_else(pair: tuple[list[str], list[str]]) -> None:
    """A move pairs sentences that the alignment in order left over on both sides."""
    alignment = align(*pair)
    held = _in_order(alignment)
    for move in alignment.moves:
        assert len(move.old) == len(move.new)
        assert not any(move.old.start <= i < move.old.stop for i, _ in held)
        assert not any(move.new.start <= j < move.new.stop for _, j in held)


@given(SENTENCES)
def test_a_text_aligns_with_itself(sentences: list[str]) -> None:
    """Every sentence stands for itself and nothing moved."""
    alignment = align(sentences, sentences)
    assert alignment.pairs == {(i, i) for i in range(len(sentences))}
    assert not alignment.moves


@given(_edited())
def test_swapping_the_sides_mirrors_an_alignment_of_kept_sentences(
    pair: tuple[list[str], list[str]],
) -> None:
    """Exact pairs are the same number either way, and their total is never less than the ends give."""
    old, new = pair
    forth, back = align(old, new), align(new, old)
    same = sum([fold(old[i]) == fold(new[j]) for i, j in forth.pairs])
    mirrored = sum([fold(old[i]) == fold(new[j]) for j, i in back.pairs])
    prefix = sum(1 for _ in itertools.takewhile(lambda p: p[0] == p[1], zip(old, new, strict=False)))
    assert min(same, mirrored) >= prefix


@given(_edited())
def test_other_quotes_and_spaces_align_alike(pair: tuple[list[str], list[str]]) -> None:
    """Spelling does not count: the alignment is that of the folded sentences."""
    old, new = pair
    spelt = [sentence.replace(" ", "\u00a0 ") for sentence in new]
    assert align(old, spelt) == align(old, new)


@given(SENTENCE, SENTENCE, SENTENCE, SENTENCE, st.sampled_from([-4.0, -3.0, -2.0, -1.5]))
def test_what_two_sentences_share_at_their_ends_never_says_too_much(
    start: str, old: str, new: str, end: str, enough: float
) -> None:
    """Where the words at both ends settle it, the whole likeness says the same."""
    lexicon = Lexicon()
    one = Reading(f"{start} {old}, US$5 {end}", lexicon)
    two = Reading(f"{start} {new} ({end}", lexicon)
    if shares_ends(one, two, enough):
        assert likeness(one, two, lexicon) > enough


STEPS = st.lists(
    st.builds(
        lambda i, j, p, q, gain: Step(i, j, i + p, j + q, float(gain)),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(1, 2),
        st.integers(1, 2),
        st.integers(-3, 9),
    ),
    max_size=9,
)


def _worth(chain: tuple[Step, ...], neighbours: float) -> float:
    beside = [
        one
        for one, two in itertools.pairwise(chain)
        if (one.old_stop, one.new_stop) == (two.old, two.new)
    ]
    return sum([step.gain for step in chain]) + neighbours * len(beside)


@given(STEPS, st.sampled_from([0.0, 1.0]))
def test_the_chain_is_as_heavy_as_trying_every_subset(steps: list[Step], neighbours: float) -> None:
    """The fast chain weighs what the best of all subsets weighs (the slow, obvious way)."""
    chains = [
        chain
        for size in range(1, len(steps) + 1)
        for chain in itertools.combinations(sorted(steps), size)
        if all(a.old_stop <= b.old and a.new_stop <= b.new for a, b in itertools.pairwise(chain))
    ]
    best = max([_worth(chain, neighbours) for chain in chains], default=0.0)
    found = heaviest_chain(steps, neighbours=neighbours)
    assert _worth(tuple(found), neighbours) == best


@given(SENTENCES, SENTENCES)
def test_limits_that_are_not_met_change_nothing(old: list[str], new: list[str]) -> None:
    """The bounded search finds what the unbounded one finds, unless it says that it was bounded."""
    lexicon = Lexicon()
    readings = [[Reading(sentence, lexicon) for sentence in side] for side in (old, new)]
    places = (range(len(old)), range(len(new)))
    small = gap_steps(readings[0], readings[1], places, lexicon, Limits(sharers=5, rivals=5))
    whole = gap_steps(readings[0], readings[1], places, lexicon, Limits(10_000, 10_000))
    assert small.bounded or small == whole


@given(st.lists(st.sampled_from("abcd,."), max_size=9), st.lists(st.sampled_from("abcd,."), max_size=9))
def test_words_between_hunks_are_equal(old: list[str], new: list[str]) -> None:
    """What is kept between changed stretches reads the same on both sides."""
    hunks, _ = changed_hunks(old, new)
    i = j = 0
    for hunk in hunks:
        assert old[i : hunk.old] == new[j : hunk.new]
        i, j = hunk.old_stop, hunk.new_stop
    assert old[i:] == new[j:]
