"""What revtrack says of the bundled story, the mission's own example."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import revtrack
from revtrack.changes.kinds import (
    HeadlineChanged,
    MetadataChanged,
    MetadataField,
    Nature,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.history import History
from revtrack.model import Notice, NoticeKind, NoticeTarget, Snapshot
from revtrack.sources import Files

STORY = Path(__file__).parents[2] / "examples" / "story"
OLD_HEADLINE = "Vesperan forces reopen the Tarn locks after nine weeks"
NEW_HEADLINE = "Vesperan-backed forces reopen the Tarn locks after nine weeks"
UPDATE = (
    "Update: The original headline read “Vesperan forces,” but I meant to write "
    "“Vesperan-backed forces.” I’ve corrected it above."
)
FAMILY = (
    "The lock-keeper’s family, who stayed in the house throughout, tell it differently. They say "
    "that they heard shots at half past four and saw two wounded men carried to the mill."
)
FURNITURE = (
    "Join the conversation", "Trending", "Advertisement", "Read next", "towpath letter", "Sign me up",
    "Skip to the article", "Filed under", "The chair that outlived", "Rubber boots", "comments",
    "Save me a chair as well", "slow water", "Fog warning", "Would you like to read", "Share",
)  # fmt: skip


def at(day: int, hour: int, minute: int) -> datetime:
    """A time in March 2024."""
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    """Every capture of the story with its page."""
    source = Files(STORY)
    return [source.fetch(capture) for capture in source.captures()]


@pytest.fixture(scope="module")
def history() -> History:
    """The story's history."""
    return revtrack.track(Files(STORY))


@pytest.fixture(scope="module")
def update(history: History) -> Notice:
    """The one notice that the post carries in the end."""
    (notice,) = history.versions[-1].article.notices
    return notice


def test_versions_and_their_captures(history: History) -> None:
    """Seven captures show four versions: differing furniture makes none."""
    seen = [[capture.captured_at for capture in version.captures] for version in history.versions]
    assert seen == [
        [at(4, 7, 40), at(4, 9, 5)],
        [at(4, 12, 30)],
        [at(5, 8, 15)],
        [at(6, 17, 30), at(9, 6, 0)],
    ]


def test_the_error_page_is_screened_out(history: History) -> None:
    """The error page is kept with a reason and is no version."""
    (screened,) = history.screened
    assert screened.capture.captured_at == at(5, 23, 0)


@pytest.mark.parametrize("pair", [(0, 1), (5, 6)])
def test_furniture_alone_makes_no_change(snapshots: list[Snapshot], pair: tuple[int, int]) -> None:
    """Advertisements, counts, comments, trending and related links come and go without a change."""
    old, new = pair
    assert revtrack.compare(snapshots[old], snapshots[new]).changes == ()


def test_furniture_stays_out_of_every_article(history: History) -> None:
    """No text of the page around the post is part of the post."""
    for version in history.versions:
        article = version.article
        found = [words for words in FURNITURE if words.lower() in article.text.lower()]
        assert found == []
        assert article.byline == "Ida Rask"
        assert article.language == "en"


def test_the_body_is_whole(history: History) -> None:
    """The first version has every paragraph, the heading and both quotations."""
    text = history.versions[0].article.text
    for words in (
        "The lower Tarn locks opened at dawn on Monday",
        "Columns loyal to the Basin Council entered the lock house",
        "What happens to the dredger",
        "save me a chair.",
        FAMILY,
    ):
        assert words in text


def test_the_headline_is_corrected_and_disclosed(history: History, update: Notice) -> None:
    """The corrected headline is a substantive change of a name that the update discloses."""
    revision = history.revisions[0]
    change = revision.headline
    assert change is not None
    assert (change.old, change.new) == (OLD_HEADLINE, NEW_HEADLINE)
    assert (change.nature, change.substantive) == (Nature.NAME, True)
    assert [notice.text for notice in change.disclosed_by] == [update.text]
    assert revision.undisclosed == ()


def test_the_update_is_a_correction_of_the_headline(history: History, update: Notice) -> None:
    """The added update is told, and for what it is: a correction with the wrong and the right words."""
    (added,) = history.revisions[0].updates
    assert added.new == UPDATE
    assert (update.text, update.label) == (UPDATE, "Update")
    assert (update.kind, update.target) == (NoticeKind.CORRECTION, NoticeTarget.HEADLINE)
    assert (update.said, update.says) == ("Vesperan forces", "Vesperan-backed forces")


def test_the_correction_revision_holds_nothing_else(history: History) -> None:
    """Beside headline and update only the modified date moved: nothing was removed or edited."""
    kinds = [type(change) for change in history.revisions[0].changes]
    assert sorted(kinds, key=lambda kind: kind.__name__) == [
        HeadlineChanged,
        MetadataChanged,
        UpdateAdded,
    ]
    (modified,) = history.revisions[0].metadata
    assert modified.field is MetadataField.MODIFIED


def test_the_paragraph_that_vanished(history: History) -> None:
    """The removed paragraph is told with its whole text, and nothing discloses it."""
    (removed,) = history.revisions[1].removed
    assert (removed.old, removed.new) == (FAMILY, None)
    assert removed.disclosed_by == ()
    assert removed in history.revisions[1].undisclosed


def test_the_number_that_changed(history: History) -> None:
    """The changed number is an undisclosed substantive edit, with the sentence of both sides."""
    (edited,) = history.revisions[1].edited
    assert edited.old == (
        "The toll office expects 60 barges a day by the end of the week, against 95 before the flood."
    )
    assert edited.new == (
        "The toll office expects 40 barges a day by the end of the week, against 95 before the flood."
    )
    assert (edited.nature, edited.substantive) == (Nature.NUMBER, True)
    assert edited in history.revisions[1].undisclosed


def test_the_silent_revision_holds_nothing_else(history: History) -> None:
    """One removal, one edit, no notice, and the modified date stood still."""
    kinds = [type(change) for change in history.revisions[1].changes]
    assert sorted(kinds, key=lambda kind: kind.__name__) == [TextEdited, TextRemoved]
    assert len(history.revisions[1].undisclosed) == 2


def test_the_paragraph_that_moved(history: History) -> None:
    """The moved paragraph is a move that pairs both places, not a removal and an addition."""
    revision = history.revisions[2]
    moved = " ".join(str(change.new) for change in revision.moved)
    assert moved.startswith("Grain prices in the lower basin fell")
    assert moved.endswith("blamed the fog.")
    assert [change.old for change in revision.moved] == [change.new for change in revision.moved]
    assert (revision.removed, revision.added) == ((), ())


def test_the_quotation_that_was_edited(history: History) -> None:
    """The edited quotation is an undisclosed substantive edit."""
    (edited,) = history.revisions[2].edited
    assert edited.old == "The inspections are temporary and will end within ten days."
    assert edited.new == "The inspections are temporary and will end within thirty days."
    assert edited.nature in (Nature.QUOTE, Nature.NUMBER)
    assert edited.substantive
    assert edited in history.revisions[2].undisclosed


def test_the_last_revision_holds_nothing_else(history: History) -> None:
    """A move, an edit and the modified date: that is all."""
    kinds = {type(change) for change in history.revisions[2].changes}
    assert kinds == {TextMoved, TextEdited, MetadataChanged}


def test_when_each_revision_happened(history: History) -> None:
    """A revision lies between the last capture without it and the first with it."""
    intervals = [(revision.interval.after, revision.interval.until) for revision in history.revisions]
    assert intervals == [
        (at(4, 9, 5), at(4, 12, 30)),
        (at(4, 12, 30), at(5, 8, 15)),
        (at(5, 8, 15), at(6, 17, 30)),
    ]


def test_the_life_of_the_headline(history: History) -> None:
    """Two headlines, each with the versions that bore it."""
    lives = [(life.text, life.versions) for life in history.headlines]
    assert lives == [(OLD_HEADLINE, (1,)), (NEW_HEADLINE, (2, 3, 4))]


def test_the_last_capture_alone_attests_the_earlier_headline(snapshots: list[Snapshot]) -> None:
    """From the newest page alone the earlier headline is rebuilt, attested and not captured."""
    article = revtrack.extract(snapshots[-1])
    (attested,) = article.attested
    assert (attested.text, attested.current) == (OLD_HEADLINE, NEW_HEADLINE)
    assert attested.target is NoticeTarget.HEADLINE
    assert attested.notice in article.notices
