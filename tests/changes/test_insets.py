"""Notices inside a sentence: cut out before sentences are compared, told as notices of their own."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.changes.kinds import NoticeAdded, NoticeRemoved, TextAdded, TextEdited, TextMoved
from revtrack.diff import Equal, apply
from revtrack.model import Article, Notice, NoticeKind, NoticeTarget, Span

BEFORE = "The ferry to Orsund will not sail this week."
AFTER = "Passengers may ask for their money at the pier."


def article(*paragraphs: str, notices: tuple[str, ...] = ()) -> Article:
    """An article in which these words are notices."""
    made = revtrack.from_text("\n\n".join(paragraphs))
    found = [
        Notice(NoticeKind.CORRECTION, NoticeTarget.NUMBER, words, Span(at, at + len(words)))
        for words in notices
        for at in [made.text.index(words)]
    ]
    return attrs.evolve(made, notices=tuple(found))


def compared(old: Article, new: Article) -> revtrack.Revision:
    """The revision, whose operations tile both texts and belong to one change each."""
    revision = revtrack.compare(old, new)
    assert apply(revision.ops, old.text) == new.text
    for op in revision.ops:
        if not isinstance(op, Equal):
            owners = [
                change
                for change in revision.changes
                if any(len(op.old) and op.old.overlaps(span) for span in change.old_spans)
                or any(len(op.new) and op.new.overlaps(span) for span in change.new_spans)
            ]
            assert len(owners) == 1, op
    return revision


INSIDE = [
    (
        "The fire hurt seven sailors, two of them badly.",
        "The fire hurt three sailors [{}], two of them badly.",
        "an earlier version said seven",
    ),
    (
        "The fire hurt seven sailors, two of them badly.",
        "The fire hurt three sailors — {} — two of them badly.",
        "we had written seven",
    ),
    (
        "The fire hurt seven sailors.",
        "({}) The fire hurt three sailors.",
        "CORRECTS number of hurt to three",
    ),
    (
        "The fire hurt seven sailors.",
        "The fire hurt three sailors. [{}]",
        "Corrected from seven. We are sorry.",
    ),
    (
        "Bei dem Brand wurden sieben Matrosen verletzt.",
        "Bei dem Brand wurden drei Matrosen (zuvor hieß es hier sieben) verletzt.",
        "zuvor hieß es hier sieben",
    ),
    (
        "L'incendie a blessé sept marins.",
        "L'incendie a blessé trois marins (et non sept comme écrit plus tôt).",
        "et non sept comme écrit plus tôt",
    ),
    (
        "火事で七人の船員がけがをした。",
        "火事で三人の船員（{}）がけがをした。",
        "当初七人としたのは誤りでした",
    ),
]


@pytest.mark.parametrize(("old", "form", "words"), INSIDE)
def test_a_notice_inside_a_sentence_leaves_its_sentence_an_edit(
    old: str, form: str, words: str
) -> None:
    """One edit of the sentence and one notice that was added; and the other way round."""
    without = article(BEFORE, old, AFTER)
    corrected = article(BEFORE, form.format(words), AFTER, notices=(words,))
    there = compared(without, corrected)
    assert {type(change) for change in there.changes} == {TextEdited, NoticeAdded}
    assert len(there.changes) == 2
    (edit,) = there.edited
    assert edit.old == old
    assert words not in (edit.new or "")
    assert {type(change) for change in compared(corrected, without).changes} == {
        TextEdited,
        NoticeRemoved,
    }


def test_a_notice_that_stays_is_no_part_of_a_later_edit() -> None:
    """The sentence around a notice is edited again, and the notice is told to be what it was."""
    words = "an earlier version said seven"
    one = f"The fire hurt three sailors [{words}], two of them badly."
    old = article(BEFORE, one, AFTER, notices=(words,))
    new = article(BEFORE, one.replace("three", "four"), AFTER, notices=(words,))
    (change,) = compared(old, new).changes
    assert isinstance(change, TextEdited)
    assert change.new == "The fire hurt four sailors, two of them badly."


def test_a_notice_inside_a_sentence_may_be_worded_anew() -> None:
    """It is an edit of the notice, and the sentence reads as it did."""
    one = "The fire hurt three sailors [{}], two of them badly."
    words = "an earlier version said seven", "earlier versions said seven, then five"
    (change,) = compared(
        *[article(BEFORE, one.format(said), AFTER, notices=(said,)) for said in words]
    ).changes
    assert change.rule == "edited.notice"


def test_a_new_sentence_is_told_without_the_notice_inside_it() -> None:
    """Added text and added notice are two changes."""
    words = "an earlier version said seven"
    one = f"The fire hurt three sailors [{words}], two of them badly."
    revision = compared(article(BEFORE, AFTER), article(BEFORE, one, AFTER, notices=(words,)))
    assert [type(change) for change in revision.changes] == [TextAdded, NoticeAdded]
    assert revision.added[0].new == "The fire hurt three sailors, two of them badly."


def test_a_sentence_that_moved_and_took_a_notice_on_lost_nothing() -> None:
    """What reads the same around the notice was not removed."""
    words = "an earlier version said seven"
    plain, noted = "The fire hurt three sailors.", f"The fire hurt three sailors [{words}]."
    revision = compared(article(plain, BEFORE, AFTER), article(BEFORE, AFTER, noted, notices=(words,)))
    assert not any(change.substantive for change in revision.removed)
    assert any(isinstance(change, NoticeAdded) for change in revision.changes)


def test_brackets_without_a_notice_are_text() -> None:
    """Only what is known as a notice is cut out."""
    old = article(BEFORE, "The fire hurt seven sailors, two of them badly.", AFTER)
    new = article(BEFORE, "The fire hurt seven sailors [from the north], two of them badly.", AFTER)
    (change,) = compared(old, new).changes
    assert isinstance(change, TextEdited)
    assert "[from the north]" in (change.new or "")


def test_a_move_takes_a_notice_along() -> None:
    """A sentence with a notice in it that reads the same elsewhere has moved as a whole."""
    words = "an earlier version said seven"
    noted = f"The fire at the pier hurt three sailors [{words}] and a cook."
    old = article(noted, BEFORE, AFTER, notices=(words,))
    new = article(BEFORE, AFTER, noted, notices=(words,))
    assert [type(change) for change in compared(old, new).changes] == [TextMoved]


texts = st.lists(
    st.text(alphabet="ab .[]—\n", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=4
)


@given(texts, texts, st.data())
def test_whatever_a_notice_covers_operations_tile_and_belong_to_one_change(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    """Notices at any places keep the laws of a comparison."""
    sides = []
    for paragraphs in (old, new):
        made = revtrack.from_text("\n\n".join(paragraphs))
        spans = data.draw(
            st.lists(st.tuples(*[st.integers(0, max(0, len(made.text) - 1))] * 2), max_size=2)
        )
        notices = [
            Notice(
                NoticeKind.CORRECTION,
                NoticeTarget.OTHER,
                made.text[min(span) : max(span) + 1],
                Span(min(span), max(span) + 1),
            )
            for span in spans
            if made.text
        ]
        sides.append(attrs.evolve(made, notices=tuple(notices)))
    compared(*sides)
