"""The post that started the project: four captures, and what must come out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import revtrack
from revtrack.changes.kinds import MetadataField
from revtrack.history import History
from revtrack.model import BlockKind, NoticeKind, NoticeTarget
from revtrack.sources import Files


@pytest.fixture(scope="module")
def seed(shared: Path) -> History:
    """The history of the four captures."""
    source = Files(shared / "data" / "seed")
    return History.from_snapshots(source.fetch(capture) for capture in source.captures())


def test_other_furniture_is_no_revision(seed: History) -> None:
    """The second capture differs in furniture only: three versions, two revisions."""
    assert [len(version.captures) for version in seed.versions] == [2, 1, 1]
    assert len(seed.revisions) == 2
    assert seed.screened == ()


def test_the_headline_is_corrected_and_disclosed(seed: History) -> None:
    """The headline changed, and the update notice, a correction of the headline, discloses it."""
    revision = seed.revisions[0]
    headline = revision.headline
    assert headline is not None
    assert headline.old is not None
    assert headline.new is not None
    assert headline.old.replace("US", "US-backed", 1) == headline.new
    assert headline.substantive
    (notice,) = headline.disclosed_by
    assert (notice.kind, notice.target) == (NoticeKind.CORRECTION, NoticeTarget.HEADLINE)
    assert (notice.said, notice.says) == ("US forces", "US-backed forces")


def test_the_update_is_the_only_new_text(seed: History) -> None:
    """An update was added; nothing was removed, edited or moved."""
    revision = seed.revisions[0]
    (update,) = revision.updates
    assert update.new is not None
    assert update.new.startswith("Update:")
    assert update.notice.kind is NoticeKind.CORRECTION
    assert (revision.removed, revision.edited, revision.moved, revision.added) == ((), (), (), ())
    assert revision.undisclosed == ()


def test_the_silent_correction_of_a_place_is_seen(seed: History) -> None:
    """One sentence was edited and nothing said so; the modified date did not move."""
    revision = seed.revisions[1]
    (edit,) = revision.edited
    assert edit.old is not None
    assert edit.new is not None
    assert "western Iran" in edit.old
    assert edit.old.replace("western Iran", "western Iraq") == edit.new
    assert edit.disclosed_by == ()
    assert [change for change in revision.changes if change is not edit] == []
    assert MetadataField.MODIFIED not in {change.field for change in revision.metadata}


def test_the_silent_correction_is_undisclosed(seed: History) -> None:
    """A corrected place is substantive, and no notice explains it."""
    revision = seed.revisions[1]
    assert revision.undisclosed == revision.edited


def test_the_last_capture_alone_attests_the_earlier_headline(shared: Path) -> None:
    """From one capture: the earlier headline is reconstructed, attested by the notice."""
    page = (shared / "data" / "seed" / "20171017T171500Z.html").read_bytes()
    article = revtrack.extract(page)
    (attested,) = article.attested
    assert attested.target is NoticeTarget.HEADLINE
    assert article.headline is not None
    assert attested.current == article.headline
    assert attested.text == article.headline.replace("US-backed forces", "US forces")
    assert attested.notice in article.notices


def test_the_text_alone_attests_the_earlier_headline(shared: Path) -> None:
    """The post as it was found, without HTML, attests the earlier headline too."""
    found = (shared / "data" / "seed" / "last-capture.txt").read_text(encoding="utf-8")
    headline, text = found.split("\n\n", 1)
    article = revtrack.from_text(text, headline=headline)
    (attested,) = article.attested
    assert attested.text == headline.replace("US-backed forces", "US forces")


def test_furniture_stays_out_and_quotes_stay_quotes(seed: History) -> None:
    """The site's calls after the article are not its text; the agency texts are quotes."""
    article = seed.versions[-1].article
    assert "Join the conversation" not in article.text
    assert "Trending" not in article.text
    assert sum(block.kind is BlockKind.QUOTE for block in article.blocks) >= 3
