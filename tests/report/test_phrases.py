"""Changes in plain words."""

from __future__ import annotations

import attrs
import pytest

from revtrack.changes.kinds import CHANGE_TYPES, Nature, TextAdded, TextEdited, TextRemoved
from revtrack.model import BlockKind, NoticeKind, Span
from revtrack.report import phrases
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
    told = phrases.told(attrs.evolve(revision, changes=every_change()))
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
    """An undisclosed change says that no notice mentions it; a disclosed one names the notice."""
    first, second, _ = story().revisions
    words = phrases.told(second)[0]
    assert words.sentence == "A paragraph was removed; no notice mentions it."
    assert words.undisclosed
    assert phrases.disclosure(first.changes[0]) == "a correction discloses it"
    assert phrases.disclosure(first.changes[1]) == ""


def test_a_summary_counts_without_adding_up_to_a_judgement() -> None:
    """Changes, substantive ones and undisclosed ones are counted; zeros are left out."""
    history = story()
    assert phrases.summary(*history.revisions) == "5 changes, 4 substantive, 2 undisclosed"
    assert phrases.summary(history.revisions[2]) == "1 change"
    assert phrases.summary() == "no changes"


def test_the_words_never_speak_of_intent() -> None:
    """No sentence of the report holds a word for secrecy."""
    revision = revision_of(("=", PARAGRAPHS))
    told = phrases.told(attrs.evolve(revision, changes=every_change()))
    said = " ".join([words.sentence for words in told]).lower()
    assert not [word for word in ("stealth", "secret", "silent", "quiet", "hidden") if word in said]
