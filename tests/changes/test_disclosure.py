"""Which notice explains which change."""

from __future__ import annotations

import revtrack

STORY = (
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.\n\n"
    "Police said 45 people were taken to hospital, most of them with burns.\n\n"
    "The chief of the brigade, Anna Keller, spoke of a fault in the wiring.\n\n"
    "The harbour will stay closed until the engineers have looked at the quay."
)


def _revision(
    *edits: tuple[str, str], notice: str | None, headlines: tuple[str, str] = ("Fire", "Fire")
) -> revtrack.Revision:
    new = STORY
    for old_words, new_words in edits:
        assert old_words in new
        new = new.replace(old_words, new_words)
    if notice:
        new += f"\n\n{notice}"
    return revtrack.compare(
        revtrack.from_text(STORY, headline=headlines[0], language="en"),
        revtrack.from_text(new, headline=headlines[1], language="en"),
    )


def test_a_notice_discloses_the_number_it_corrects_and_no_other_change() -> None:
    """The number that the notice names is disclosed, the name that changed beside it is not."""
    revision = _revision(
        ("45", "54"),
        ("Keller", "Kessler"),
        notice="Correction: An earlier version of this article said that 45 people were taken to "
        "hospital. The number is 54.",
    )
    assert [change.new for change in revision.undisclosed] == [
        "The chief of the brigade, Anna Kessler, spoke of a fault in the wiring."
    ]


def test_a_headline_notice_discloses_the_headline_and_not_the_text() -> None:
    """A notice that speaks of the headline leaves changes of the text undisclosed."""
    revision = _revision(
        ("45", "54"),
        notice="Update: The original headline read “Fire at the port,” but I meant to write "
        "“Fire at the harbour.”",
        headlines=("Fire at the port", "Fire at the harbour"),
    )
    assert revision.headline is not None
    assert len(revision.headline.disclosed_by) == 1
    assert [change.nature.value for change in revision.undisclosed] == ["number"]


def test_without_a_notice_every_substantive_change_is_undisclosed() -> None:
    """Nothing explains a number that changed in silence."""
    assert len(_revision(("45", "54"), notice=None).undisclosed) == 1


def test_a_notice_that_names_nothing_in_particular_speaks_of_all_changes() -> None:
    """A wide notice leaves nothing undisclosed that came with it."""
    revision = _revision(
        ("45", "54"),
        ("Keller", "Kessler"),
        notice="Correction: An earlier version of this article contained several errors.",
    )
    assert revision.undisclosed == ()


def test_a_notice_that_vanishes_is_itself_undisclosed() -> None:
    """Taking a correction away is a substantive change that nothing explains."""
    notice = "Correction: An earlier version of this article misstated the number of people."
    old = revtrack.from_text(f"{STORY}\n\n{notice}", language="en")
    revision = revtrack.compare(old, revtrack.from_text(STORY, language="en"))
    assert [type(change) for change in revision.undisclosed] == [revtrack.NoticeRemoved]


def test_a_capital_at_the_start_of_a_sentence_is_no_evidence() -> None:
    """“The” and “This” in a notice do not disclose the removal of a paragraph that has them."""
    gone = "The chief of the brigade, Anna Keller, spoke of a fault in the wiring."
    new = STORY.replace(gone + "\n\n", "").replace("45", "54")
    notice = "Correction: This article misstated the number of people. The number is 54, not 45."
    revision = revtrack.compare(
        revtrack.from_text(STORY, language="en"),
        revtrack.from_text(f"{new}\n\n{notice}", language="en"),
    )
    assert [change.old for change in revision.undisclosed] == [gone]


def test_a_notice_that_came_first_discloses_the_edit_that_follows_it() -> None:
    """A notice that stands in both captures explains the change whose words it quotes."""
    notice = "Correction: An earlier version said that 45 people were hurt. It was 54, not 45."
    old = revtrack.from_text(f"{STORY}\n\n{notice}", language="en")
    new = revtrack.from_text(f"{STORY.replace('45 people', '54 people')}\n\n{notice}", language="en")
    revision = revtrack.compare(old, new)
    assert [change.nature.value for change in revision.changes] == ["number"]
    assert revision.undisclosed == ()


def test_a_notice_worded_anew_is_no_undisclosed_change_of_the_story() -> None:
    """The hour in a notice is not a fact of the story."""
    notice = "Update: This article was updated at 5 p.m. to include a statement from the mayor."
    revision = revtrack.compare(
        revtrack.from_text(f"{STORY}\n\n{notice}", language="en"),
        revtrack.from_text(f"{STORY}\n\n{notice.replace('5 p.m.', '6 p.m.')}", language="en"),
    )
    assert [change.rule for change in revision.changes] == ["edited.notice"]
    assert revision.undisclosed == ()
