"""The algebra of operations, and what word operations promise for every pair of texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revtrack import diff
from revtrack.diff import Delete, Equal, Insert, Op, Replace, apply, check, compose, invert, merge
from revtrack.diff.pairing import _STRETCH, Hunk, _best_chain, word_weight
from revtrack.errors import PatchError
from revtrack.model import Span
from revtrack.text import fold, words

WORDS = st.sampled_from(["the", "The", "cat", "cats", "sat", ",", ".", "12.5%", "$3m", "“", '"', "and"])
TOKENS = st.lists(WORDS, max_size=14).map(tuple)
RESPELT = st.lists(
    st.sampled_from(
        [
            "don't",
            "12-05",
            "-5",
            "2021-08-11T13:00",
            "U.S.-led",
            "so-called",
            '"yes"',
            "the",
            "10 000",
            ",",
        ]
    ),
    max_size=10,
).map(" ".join)
SENTENCES = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.text(alphabet="ab ,.\u00a0\u2019'\u00ad\u200be\u0301", max_size=16),
    st.text(max_size=12),
)


@given(TOKENS, TOKENS)
def test_token_operations_tile_both_sides(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Operations cover both token lists without gap or overlap, and applying them gives the new one."""
    ops = diff.tokens(old, new)
    check(ops, len(old), len(new))
    assert apply(ops, old) == new


@given(SENTENCES, SENTENCES)
def test_text_operations_tile_both_sides(old: str, new: str) -> None:
    """Operations cover both texts without gap or overlap, and applying them gives the new one."""
    ops = diff.text(old, new)
    check(ops, len(old), len(new))
    assert apply(ops, old) == new


@given(SENTENCES, SENTENCES)
def test_no_operation_splits_a_word(old: str, new: str) -> None:
    """Every boundary between operations is a boundary between words or white space."""
    ops = diff.text(old, new)
    for side, spans in ((old, [op.old for op in ops]), (new, [op.new for op in ops])):
        inner = {place for word in words(side) for place in range(word.start + 1, word.stop)}
        assert not inner.intersection([span.start for span in spans])


@given(SENTENCES)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    """Comparing a text with itself gives one equal stretch, or nothing for nothing."""
    ops = diff.text(text, text)
    assert all(isinstance(op, Equal) and op.deleted is None for op in ops)
    assert len(ops) == bool(text)


@given(SENTENCES)
def test_spelling_is_no_difference(text: str) -> None:
    """Other quotes, spaces and soft hyphens leave equal operations only, to the letter."""
    spelt = text.replace("'", "\u2019").replace(" ", "\u00a0 ").replace("cat", "ca\u00adt")
    ops = diff.text(text, spelt)
    assert all(isinstance(op, Equal) for op in ops)
    assert apply(ops, text) == spelt


@given(RESPELT, RESPELT)
@example("on 2021-08-11T13:00", "on 2021-08-31T16:00")
def test_another_spelling_of_one_side_makes_no_other_difference(old: str, new: str) -> None:
    """Curly quotes, unbreakable spaces and hyphens beside an edit leave the edit as it was."""
    respelt = new.translate(str.maketrans("'\"- ", "\u2019\u201c\u2011\u00a0"))
    edits = [
        [(op.old, op.new) for op in diff.text(old, side) if not isinstance(op, Equal)]
        for side in (new, respelt)
    ]
    assert edits[0] == edits[1]


@given(SENTENCES, SENTENCES)
def test_what_does_not_fold_alike_is_a_difference(old: str, new: str) -> None:
    """Texts that read differently have an operation that is not equal."""
    if fold(old) != fold(new):
        assert not all(isinstance(op, Equal) for op in diff.text(old, new))


@given(SENTENCES, SENTENCES)
def test_inverting_leads_back(old: str, new: str) -> None:
    """The inverse takes the new text to the old one, and inverting twice changes nothing."""
    ops = diff.text(old, new)
    assert apply(invert(ops), new) == old
    assert invert(invert(ops)) == ops


@given(SENTENCES, SENTENCES, SENTENCES)
def test_composing_agrees_with_applying_one_after_the_other(old: str, middle: str, new: str) -> None:
    """The composed operations tile, and do what the two do in turn."""
    first, second = diff.text(old, middle), diff.text(middle, new)
    composed = compose(first, second)
    check(composed, len(old), len(new))
    assert apply(composed, old) == new
    assert apply(
        compose(diff.tokens(tuple(old), tuple(middle)), diff.tokens(tuple(middle), tuple(new))),
        tuple(old),
    ) == tuple(new)


@given(SENTENCES, SENTENCES)
def test_an_edit_and_its_inverse_leave_no_trace(old: str, new: str) -> None:
    """Composed with its inverse an edit is equal throughout."""
    ops = diff.text(old, new)
    composed = compose(ops, invert(ops))
    assert all(isinstance(op, Equal) for op in composed)


@given(SENTENCES, SENTENCES)
def test_merging_keeps_the_difference(old: str, new: str) -> None:
    """Merged operations tile and apply as before, alternate, and merge no further."""
    merged = merge(diff.text(old, new))
    check(merged, len(old), len(new))
    assert apply(merged, old) == new
    assert merge(merged) == merged


@given(SENTENCES, SENTENCES)
def test_merging_says_that_one_stands_for_the_other_only_where_it_was_said(old: str, new: str) -> None:
    """Without a replacement among them no operations merge into one: strangers stay apart."""
    ops: list[Op[str]] = []
    for op in diff.text(old, new):
        if isinstance(op, Replace):
            left = Span(op.new.start, op.new.start)
            ops += [Delete(op.old, left, op.deleted)]
            ops += [Insert(Span(op.old.stop, op.old.stop), op.new, op.inserted)]
        else:
            ops.append(op)
    merged = merge(ops)
    check(merged, len(old), len(new))
    assert apply(merged, old) == new
    assert not any(isinstance(op, Replace) for op in merged)


@given(SENTENCES, SENTENCES, SENTENCES)
def test_operations_do_not_apply_to_another_text(old: str, new: str, other: str) -> None:
    """Applying to a text of another length, or without what is taken away, is refused."""
    ops = diff.text(old, new)
    taken = [(op.old, op.deleted) for op in ops if isinstance(op, Delete | Replace)]
    if len(other) != len(old) or any(span.of(other) != deleted for span, deleted in taken):
        with pytest.raises(PatchError):
            apply(ops, other)


@given(SENTENCES, SENTENCES, st.data())
def test_a_gap_in_the_operations_is_refused(old: str, new: str, data: st.DataObject) -> None:
    """A list of operations with one missing does not tile."""
    ops: tuple[Op[str], ...] = diff.text(old, new)
    if ops:
        gone = data.draw(st.integers(0, len(ops) - 1))
        with pytest.raises(PatchError):
            check([*ops[:gone], *ops[gone + 1 :]], len(old), len(new))


def _worth(kept: list[tuple[int, int]], old: list[str], new: list[str]) -> float:
    """What keeping these words gains, less what the stretches between them cost."""
    total, i, j = 0.0, 0, 0
    for a, b in [*kept, (len(old), len(new))]:
        total -= _STRETCH if a > i or b > j else 0.0
        total += word_weight(old[a]) if a < len(old) else 0.0
        i, j = a + 1, b + 1
    return total


@given(
    st.lists(st.sampled_from(["ab", "budget", ",", "x"]), max_size=5),
    st.lists(st.sampled_from(["ab", "budget", ",", "x"]), max_size=5),
)
def test_the_kept_words_are_worth_as_much_as_the_best_of_all_choices(
    old: list[str], new: list[str]
) -> None:
    """The fast chain of kept words weighs what trying every common subsequence finds."""
    core = Hunk(0, len(old), 0, len(new))
    equal = [(i, j) for i in range(len(old)) for j in range(len(new)) if old[i] == new[j]]
    best = max(
        _worth(list(kept), old, new)
        for size in range(min(len(old), len(new)) + 1)
        for kept in itertools.combinations(equal, size)
        if all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(kept))
    )
    rows = [[j for i, j in equal if i == row] for row in range(len(old))]
    found = [(pair.old, pair.new) for pair in _best_chain(old, rows, core)]
    assert _worth(found, old, new) == pytest.approx(best)
