"""Which notice explains which change."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.changes import Reason, TextAdded, TextRemoved

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


def _linked(revision: revtrack.Revision) -> dict[Reason, list[str | None]]:
    """What each reason links, by the new side of the change or else its old side."""
    found: dict[Reason, list[str | None]] = {}
    for one in revision.disclosures:
        found.setdefault(one.reason, []).append(one.change.new or one.change.old)
    return found


def test_a_link_says_why_and_points_at_the_words() -> None:
    """Quoted words that went and came are the surest reason, and the spans show them."""
    revision = _revision(
        ("45 people", "54 people"),
        notice="Correction: An earlier version of this article said that 45 people were hurt. "
        "It was 54, not 45.",
    )
    (link,) = revision.disclosures
    assert (link.reason, link.score) == (Reason.WORDS_REPLACED, 1.0)
    assert link.words == "the notice gives the old and the new wording"
    assert [span.of(link.notice.text) for span in link.notice_spans] == ["45", "54"]
    assert [span.of(link.change.old or "") for span in link.old_spans] == ["45"]
    assert [span.of(link.change.new or "") for span in link.new_spans] == ["54"]
    assert link.change in revision.changes
    assert link.late is None


def test_updates_in_the_plural_announce_what_stands_under_them() -> None:
    """Under the line “Updates” the new paragraphs are announced, other notices among them."""
    new = "\n\n".join(
        [
            STORY,
            "Updates",
            "The wall held.",
            "Correction: This article misstated the age of the shed.",
            "Nobody lives in the yard.",
        ]
    )
    revision = revtrack.compare(
        revtrack.from_text(STORY, language="en"), revtrack.from_text(new, language="en")
    )
    assert _linked(revision) == {Reason.STANDS_UNDER: ["The wall held.", "Nobody lives in the yard."]}


def test_a_heading_that_came_above_a_notice_is_part_of_it() -> None:
    """The line “Corrections” above a correction is no undisclosed addition to the story."""
    told = "An earlier version of this article misspelled the surname of Anna Kessler."
    new = "\n\n".join([STORY.replace("Keller", "Kessler"), "Revision notes", told])
    revision = revtrack.compare(
        revtrack.from_text(STORY, language="en"), revtrack.from_text(new, language="en")
    )
    (heading,) = [change for change in revision.changes if isinstance(change, TextAdded)]
    assert heading.rule == "added.heading-of-notice"
    assert revision.undisclosed == ()


def test_words_in_common_link_when_they_are_rare() -> None:
    """A notice that describes a removed sentence in its own words explains it."""
    revision = _revision(
        ("\n\nThe chief of the brigade, Anna Keller, spoke of a fault in the wiring.", ""),
        ("45", "54"),
        notice="This article was edited to remove a claim about faulty wiring.",
    )
    assert _linked(revision)[Reason.COMMON_WORDS] == [
        "The chief of the brigade, Anna Keller, spoke of a fault in the wiring."
    ]


def test_a_correction_that_points_at_nothing_speaks_of_the_facts_and_not_of_the_spelling() -> None:
    """Of several edits a vague correction explains the substantive ones."""
    revision = _revision(
        ("45", "54"),
        ("warehouses", "warehoses"),
        notice="Correction: An earlier version of this article gave a wrong figure.",
    )
    assert [one.change.nature.value for one in revision.disclosures] == ["number"]


def test_a_pointer_yields_to_the_notice_that_says_more() -> None:
    """A line that only says “corrected”, beside the correction itself, explains nothing twice."""
    revision = _revision(
        ("45", "54"),
        notice="This article was corrected.\n\n"
        "Correction: An earlier version of this article gave a wrong number of people.",
    )
    (link,) = revision.disclosures
    assert link.notice.text.startswith("Correction:")


def test_a_wide_notice_covers_also_what_it_does_not_name() -> None:
    """“Updated throughout, notably with …” speaks of more than the one thing that it names."""
    revision = _revision(
        ("45", "54"),
        ("closed until", "shut until"),
        notice="Update: This article has been updated based on comments. By now we know of 54 people.",
    )
    assert set(_linked(revision)) == {Reason.VALUE_NAMED, Reason.GENERAL}


def test_a_notice_that_only_adds_explains_no_removal() -> None:
    """What was taken out is not explained by “to include a comment”."""
    revision = _revision(
        ("\n\nThe harbour will stay closed until the engineers have looked at the quay.", ""),
        notice="This article was updated to include a comment by the mayor.",
    )
    assert [type(change) for change in revision.undisclosed] == [TextRemoved]


def test_a_clause_beside_a_named_change_belongs_to_it_and_a_fact_does_not() -> None:
    """A sentence added right behind the corrected one is covered, a name that changed there is not."""
    notice = "Correction: This article was wrong about the number of the injured, as 54 signed a list."
    both = _revision(
        ("Police said 45 people were", "Police said 54 people were"),
        ("most of them with burns.", "most of them with burns. Nine had left by noon."),
        notice=notice,
    )
    assert both.undisclosed == ()
    other = _revision(
        ("Police said 45 people were", "Police said 54 people were"),
        ("Anna Keller", "Anna Kessler"),
        notice=notice,
    )
    assert [change.nature.value for change in other.undisclosed] == ["name"]


def test_a_headline_that_shares_the_number_is_explained_too() -> None:
    """A correction of a date in the text explains the same date in the headline."""
    revision = _revision(
        ("Monday night", "Tuesday night"),
        notice="Note: This story has been updated with the new date of the hearing, 13 August.",
        headlines=("Harbour hearing on 16 July", "Harbour hearing on 13 August"),
    )
    assert revision.headline is not None
    assert revision.headline.disclosed_by


@pytest.mark.parametrize("notice", [None, "Correction: This article misspelled a name."])
def test_the_links_are_those_on_the_changes(notice: str | None) -> None:
    """`disclosures` and what the changes bear say the same."""
    revision = _revision(("Keller", "Kessler"), ("45", "54"), notice=notice)
    on_changes = {(c.old, n.text) for c in revision.changes for n in (*c.disclosed_by, *c.possibly_by)}
    assert {(one.change.old, one.notice.text) for one in revision.disclosures} == on_changes


def test_a_notice_that_quotes_both_wordings_covers_no_clause_beside_them() -> None:
    """“It is 54, not 45” says nothing of the sentence that was added behind the number."""
    revision = _revision(
        ("Police said 45 people were", "Police said 54 people were"),
        ("most of them with burns.", "most of them with burns. Nine had left by noon."),
        notice="Correction: This article misstated the number of the injured. It is 54, not 45.",
    )
    assert [type(change) for change in revision.undisclosed] == [TextAdded]
