"""Laws of judging by values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from revtrack.changes.edit import Edit
from revtrack.changes.nature import Verdict, judge
from revtrack.diff import Equal
from revtrack.diff import text as word_ops
from revtrack.facts.vocabulary import words_of


def _judged(old: str, new: str, language: str = "en") -> Verdict:
    return judge(Edit(old, new, word_ops(old, new), language=language))


SENTENCES = st.sampled_from(
    [
        "The harbour board paid {} for the old ferry.",
        "They counted {} in the hall.",
        "A fund of {} was set up.",
    ]
)
NUMBERS = st.integers(min_value=2, max_value=9_999)
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@given(SENTENCES, NUMBERS)
def test_another_notation_of_a_number_is_never_substantive(sentence: str, number: int) -> None:
    """Thousands with a comma, a space or a word of scale, and small numbers in words, are one value."""
    forms = [f"{number * 1000:,} crowns", f"{number} thousand crowns", f"{number * 1000} crowns"]
    for form in forms[1:]:
        assert not _judged(sentence.format(forms[0]), sentence.format(form)).substantive
    if number - 2 < len(WORDS):
        written = f"{WORDS[number - 2]} boats"
        assert not _judged(sentence.format(written), sentence.format(f"{number} boats")).substantive


@given(SENTENCES, NUMBERS, NUMBERS)
def test_another_number_is_always_substantive(sentence: str, one: int, other: int) -> None:
    """Two numbers that differ are two facts."""
    verdict = _judged(sentence.format(f"{one} boats"), sentence.format(f"{other} boats"))
    assert verdict.substantive == (one != other)


@given(st.sampled_from(sorted(words_of("en").senses.exact)), st.data())
def test_a_word_for_one_that_excludes_it_is_substantive(word: str, data: st.DataObject) -> None:
    """Whatever the two words are, in both directions."""
    senses = words_of("en").senses
    mine = senses.exact[word]
    excluding = [
        other
        for other, listed in senses.exact.items()
        if {g for g, _ in mine} & {g for g, _ in listed} and set(mine).isdisjoint(listed)
    ]
    if not excluding:
        return
    other = data.draw(st.sampled_from(sorted(excluding)))
    old, new = (
        f"The board said the plan was {word} there.",
        f"The board said the plan was {other} there.",
    )
    assert _judged(old, new).substantive
    assert _judged(new, old).substantive


NOUNS = st.lists(
    st.sampled_from(["tug", "ferry", "bus", "tram", "barge", "lorry", "crane", "van"]),
    min_size=2,
    max_size=2,
    unique=True,
)


@given(NOUNS, st.sampled_from(["hit", "passed", "towed", "rammed"]))
def test_exchanging_subject_and_object_is_substantive(nouns: list[str], verb: str) -> None:
    """Who did it and to whom was turned round; joined by *and* they may change places."""
    one, other = nouns
    assert _judged(f"The {one} {verb} the {other}.", f"The {other} {verb} the {one}.").substantive
    assert not _judged(
        f"The {one} and the {other} left.", f"The {other} and the {one} left."
    ).substantive


EDITS = st.lists(
    st.sampled_from(
        ["45", "54", "Tuesday", "Wednesday", "Anna", "Holm", "very", "the", "hall", "rose", "fell"]
    ),
    max_size=9,
)


@given(EDITS, EDITS)
def test_every_operation_is_in_exactly_one_difference(one: list[str], other: list[str]) -> None:
    """And the verdict is that of the gravest difference."""
    old, new = " ".join(["The", *one]), " ".join(["The", *other])
    edit = Edit(old, new, word_ops(old, new))
    verdict = judge(edit)
    for op in edit.ops:
        if not isinstance(op, Equal):
            holding = [
                d
                for d in verdict.differences
                if d.old.start <= op.old.start
                and op.old.stop <= d.old.stop
                and d.new.start <= op.new.start
                and op.new.stop <= d.new.stop
            ]
            assert holding
    if verdict.differences:
        assert verdict.substantive == any(d.substantive for d in verdict.differences)
