"""Changes in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

import revtrack
from revtrack import report
from revtrack.changes.kinds import (
    CHANGE_TYPES,
    Direction,
    Nature,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.model import BlockKind, Interval, NoticeKind, NoticeTarget, ScreenReason, Span
from revtrack.report import phrases, summary
from revtrack.report.entries import entries
from revtrack.report.nouns import screened_because
from revtrack.report.phrases import disclosure_clause, remarks
from tests.report.made import every_change, revision_of, story

PARAGRAPHS = "First one here. Second one here.\n\nAnother paragraph.\n\nA third."


def removed(*spans: Span) -> TextRemoved:
    """A removal of *spans* of PARAGRAPHS."""
    return TextRemoved(
        old="x", new=None, rule="r", nature=Nature.CONTENT, substantive=True, old_spans=spans
    )


def test_every_kind_of_change_has_its_words() -> None:
    """Each member of the closed union is told in a sentence of its own, with a capital and a stop."""
    revision = revision_of(("=", PARAGRAPHS))
    told = entries(attrs.evolve(revision, changes=every_change()))
    assert {type(change) for change in every_change()} == set(CHANGE_TYPES)
    assert len({words.observed for words in told}) == len(told)
    assert all(words.sentence[0].isupper() and words.sentence.endswith(".") for words in told)


@pytest.mark.parametrize("nature", Nature)
def test_every_nature_of_an_edit_has_its_words(nature: Nature) -> None:
    """An edited sentence is told by the nature of the edit."""
    change = TextEdited(old="a", new="b", rule="r", nature=nature, substantive=True)
    assert phrases.observed(change, revision_of(("=", PARAGRAPHS))).endswith(
        ("changed", "sentence", "d", "n")
    )


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([Span(0, 32)], "A paragraph was removed"),
        ([Span(0, 52)], "Two paragraphs were removed"),
        ([Span(0, 15)], "A sentence was removed"),
        ([Span(0, 15), Span(16, 32)], "Two sentences were removed"),
        ([], "Text was removed"),
    ],
)
def test_removed_text_is_called_by_what_it_was(spans: list[Span], expected: str) -> None:
    """Whole blocks are counted as blocks, parts of them as sentences."""
    assert phrases.observed(removed(*spans), revision_of(("-", PARAGRAPHS))) == expected


def test_blocks_are_called_by_their_kind() -> None:
    """A heading is a heading; blocks of several kinds are blocks."""
    revision = revision_of(("+", PARAGRAPHS), kinds=[BlockKind.HEADING])
    change = TextAdded(
        old=None, new="x", rule="r", nature=Nature.CONTENT, substantive=True, new_spans=(Span(0, 32),)
    )
    assert phrases.observed(change, revision) == "A heading was added"
    both = attrs.evolve(change, new_spans=(Span(0, 52),))
    assert phrases.observed(both, revision) == "Two blocks were added"


def test_a_headline_is_corrected_only_where_a_correction_says_so() -> None:
    """Without a correction notice the headline was changed, and nothing more is claimed."""
    revision = story().revisions[0]
    change = revision.changes[0]
    assert phrases.observed(change, revision) == "The headline was corrected"
    update = attrs.evolve(change.disclosed_by[0], kind=NoticeKind.UPDATE)
    for notices in ((), (update,)):
        untold = attrs.evolve(change, disclosed_by=notices)
        assert phrases.observed(untold, revision) == "The headline was changed"


def test_what_no_notice_explains_is_told_as_that() -> None:
    """An undisclosed change says that no notice explains it; a disclosed one names the notice."""
    first, second, _ = story().revisions
    words = entries(second)[0]
    assert words.sentence == "A paragraph was removed; it is not explained by any correction notice."
    assert words.undisclosed
    assert disclosure_clause(first.changes[0]) == "a correction explains it"
    assert disclosure_clause(first.changes[1]) == ""


def test_a_reworded_notice_needs_no_other_notice() -> None:
    """A substantive change that does not count as undisclosed is not said to be unexplained."""
    change = TextEdited(old="a", new="b", rule="r", nature=Nature.NOTICE, substantive=True)
    assert disclosure_clause(change) == ""
    added = TextAdded(
        old=None, new="x", rule="r", nature=Nature.NOTICE, substantive=True, new_spans=(Span(0, 15),)
    )
    assert phrases.observed(added, revision_of(("+", PARAGRAPHS))) == "A sentence was added to a notice"


def test_notices_that_explain_are_counted() -> None:
    """Two corrections are two; notices of several kinds are named one by one."""
    change = story().revisions[0].changes[0]
    (correction,) = change.disclosed_by
    update = attrs.evolve(correction, kind=NoticeKind.UPDATE)
    other = attrs.evolve(correction, text="Correction: more.")
    for notices, expected in (
        ((correction,), "a correction explains it"),
        ((correction, other), "two corrections explain it"),
        ((correction, update, other), "two corrections and an update explain it"),
    ):
        explained = attrs.evolve(change, disclosed_by=notices)
        assert disclosure_clause(explained) == expected


def test_a_moved_notice_is_called_a_notice() -> None:
    """Where a notice stands at another place, the notice was moved, and not a paragraph."""
    revision = revision_of(("=", PARAGRAPHS))
    place = Span(34, 52)
    correction = story().revisions[0].changes[0].disclosed_by[0]
    notice = attrs.evolve(correction, span=place, target=NoticeTarget.HEADLINE)
    moved = TextMoved(
        old="x", new="x", rule="moved", nature=Nature.ORDER, substantive=False,
        new_spans=(place,), direction=Direction.UP, prominence=Prominence.SAME,
    )  # fmt: skip
    assert phrases.observed(moved, revision) == "A paragraph was moved up"
    held = attrs.evolve(revision, new=attrs.evolve(revision.new, notices=(notice,)))
    assert phrases.observed(moved, held) == "A correction of the headline was moved up"


def test_captures_that_were_screened_out_count_among_the_captures() -> None:
    """Seven captures of which one was screened out are seven."""
    assert summary.capture_counts(story()) == "9 captures (1 screened out), 4 versions"
    assert summary.capture_counts(attrs.evolve(story(), screened=())) == "8 captures, 4 versions"


def test_advice_to_callers_is_no_part_of_a_reason() -> None:
    """A screened capture is told with what was found, without what a programmer could do about it."""
    (row,) = story().screened
    for reason, detail, expected in (
        (ScreenReason.EMPTY, "the page is empty: capture it again", "the page is empty"),
        (ScreenReason.NO_ARTICLE, "a login wall", "a login wall"),
        (ScreenReason.FETCH_FAILED, "cannot read a.html: it is gone", "cannot read a.html: it is gone"),
    ):
        assert screened_because(attrs.evolve(row, reason=reason, detail=detail)) == expected


def test_without_changes_nothing_came() -> None:
    """Where nothing changed, no time is given in which a change came."""
    day = datetime(2024, 3, 4, tzinfo=UTC)
    revision = attrs.evolve(revision_of(("=", PARAGRAPHS)), interval=Interval(day, day))
    assert summary.revision_summary(revision) == "No changes"
    for told in (report.text, report.markdown, report.html):
        assert "Made " not in told(revision)


def test_an_old_side_that_was_captured_later_is_remarked() -> None:
    """Sides in the wrong order of time give a remark, and no interval that ends before it begins."""
    late, early = datetime(2024, 3, 9, tzinfo=UTC), datetime(2024, 3, 4, tzinfo=UTC)
    revision = attrs.evolve(story().revisions[1], interval=Interval(late, early))
    (remark,) = remarks(revision)
    assert remark.startswith(
        "the old side was captured later (9 March 2024, 00:00 UTC) than the new one"
    )
    assert summary.revision_summary(revision).startswith("2 changes")
    for told in (report.text, report.markdown, report.html):
        assert "captured later" in told(revision)
        assert "and 4 March" not in told(revision)


def test_a_summary_counts_without_adding_up_to_a_judgement() -> None:
    """Changes, substantive ones and undisclosed ones are counted; zeros are left out."""
    history = story()
    assert summary.summary(*history.revisions) == "5 changes, 4 substantive, 2 undisclosed"
    assert summary.summary(history.revisions[2]) == "1 change"
    assert summary.summary() == "no changes"


def test_the_words_never_speak_of_intent() -> None:
    """No sentence of the report holds a word for secrecy."""
    revision = revision_of(("=", PARAGRAPHS))
    told = entries(attrs.evolve(revision, changes=every_change()))
    said = " ".join([words.sentence for words in told]).lower()
    assert not [word for word in ("stealth", "secret", "silent", "quiet", "hidden") if word in said]


def test_a_link_says_in_words_what_it_rests_on() -> None:
    """Beside the notice stands why it is taken to explain the change; without one nothing stands."""
    old = revtrack.from_text("Police said 45 people were hurt. The quay is shut.", language="en")
    new = revtrack.from_text(
        "Police said 54 people were hurt. The pier is shut.\n\n"
        "Correction: An earlier version said that 45 people were hurt. It was 54, not 45.",
        language="en",
    )
    linked, other, _ = entries(revtrack.compare(old, new))
    assert linked.reason == "the notice gives the old and the new wording"
    assert other.reason == ""
