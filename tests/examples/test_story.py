"""What revtrack says of the bundled stories: the mission's own example, and one in Arabic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import revtrack
from revtrack.history import History
from revtrack.model import NoticeKind, NoticeTarget
from revtrack.sources import Files

EXAMPLES = Path(__file__).parents[2] / "examples"
FURNITURE = {
    "story": (
        "Join the conversation", "Trending", "Advertisement", "Read next", "towpath letter",
        "Sign me up", "Skip to the article", "Filed under", "The chair that outlived", "Rubber boots",
        "comments", "Save me a chair as well", "slow water", "Fog warning", "Would you like to read",
        "Share",
    ),
    "story-ar": ("الأكثر قراءة", "شارك برأيك", "مشاركة"),
}  # fmt: skip


def _said(history: History) -> Iterator[str]:
    """The captures of each version, then each change of each revision, a line for one."""
    for version in history.versions:
        seen = " ".join([f"{capture.captured_at:%dT%H:%M}" for capture in version.captures])
        article = version.article
        known = f"{article.language}, {article.byline}, {len(article.blocks)} blocks"
        yield f"version of {seen}, {known}: {article.headline}"
    for row in history.screened:
        yield f"screened {row.capture.captured_at:%dT%H:%M}: {row.reason.value}"
    for revision in history.revisions:
        between = revision.interval.after, revision.interval.until
        yield "revision between {:%dT%H:%M} and {:%dT%H:%M}".format(*between)
        for change in revision.changes:
            sign = " !" if change.substantive else ""
            kind = f"{type(change).__name__}, {change.nature.value}{sign}, {change.state.value}"
            yield f"    {kind}: {change.old} > {change.new}"


@pytest.mark.parametrize("name", FURNITURE)
def test_the_history_of_a_story_is_that_of_its_file(name: str) -> None:
    """Versions, what is no version, and each change with its state are as written, and no others."""
    expected = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    assert list(_said(revtrack.track(Files(EXAMPLES / name)))) == expected.splitlines()


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_stays_out_of_every_article(name: str) -> None:
    """No text of the page around the post is part of the post."""
    for version in revtrack.track(Files(EXAMPLES / name)).versions:
        text = version.article.text.lower()
        assert [words for words in FURNITURE[name] if words.lower() in text] == []


def test_the_update_is_a_correction_of_the_headline() -> None:
    """It has the wrong and the right words; alone, the last page attests the earlier headline."""
    source = Files(EXAMPLES / "story")
    article = revtrack.extract([source.fetch(capture) for capture in source.captures()][-1])
    (update,) = article.notices
    assert (update.label, update.kind, update.target) == (
        "Update", NoticeKind.CORRECTION, NoticeTarget.HEADLINE
    )  # fmt: skip
    assert (update.said, update.says) == ("Vesperan forces", "Vesperan-backed forces")
    (attested,) = article.attested
    assert attested.text == "Vesperan forces reopen the Tarn locks after nine weeks"
    assert (attested.current, attested.target) == (article.headline, NoticeTarget.HEADLINE)
    assert attested.notice == update
