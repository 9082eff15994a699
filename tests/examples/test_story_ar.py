"""What revtrack says of the bundled Arabic story: other words, another direction, the same job."""

from __future__ import annotations

from pathlib import Path

import pytest

import revtrack
from revtrack.changes.kinds import Nature
from revtrack.history import History
from revtrack.sources import Files

STORY = Path(__file__).parents[2] / "examples" / "story-ar"


@pytest.fixture(scope="module")
def history() -> History:
    """The story's history."""
    return revtrack.track(Files(STORY))


def test_three_versions_of_the_article(history: History) -> None:
    """Three captures show three versions, each without the page around it."""
    assert len(history.versions) == 3
    for version in history.versions:
        article = version.article
        assert article.headline == "العبّارة تعود إلى الخدمة بعد ثلاثة أسابيع"
        assert article.language == "ar"
        assert article.text.startswith("عادت العبّارة إلى الخدمة صباح الأحد")
        for furniture in ("الأكثر قراءة", "شارك برأيك", "مشاركة"):
            assert furniture not in article.text


def test_the_corrected_number(history: History) -> None:
    """The changed number is told with both sentences, and the correction with its text."""
    (edited,) = history.revisions[0].edited
    assert edited.old == "وحملت في رحلتها الأولى 45 راكبًا بين الضفتين."
    assert edited.new == "وحملت في رحلتها الأولى 54 راكبًا بين الضفتين."
    assert (edited.nature, edited.substantive) == (Nature.NUMBER, True)
    (notice,) = history.revisions[0].notices
    assert str(notice.new).startswith("تصحيح:")


def test_the_correction_discloses_the_number(history: History) -> None:
    """The correction quotes both numbers, so it discloses the edit."""
    (edited,) = history.revisions[0].edited
    assert [notice.text for notice in edited.disclosed_by] == [history.revisions[0].notices[0].new]
    assert history.revisions[0].undisclosed == ()


def test_the_paragraph_that_vanished(history: History) -> None:
    """The removed paragraph is told whole and is undisclosed."""
    (removed,) = history.revisions[1].removed
    assert str(removed.old).startswith("وكان الجسر قد أُغلق")
    assert str(removed.old).endswith("قبل ذلك بشهرين.")
    assert history.revisions[1].undisclosed == (removed,)
