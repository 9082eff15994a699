"""Every public value goes to JSON and comes back the same; what does not fit is refused by name."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given

import revtrack
from revtrack import codec
from revtrack.errors import CodecError
from revtrack.model import Article, Capture, NoticeKind, NoticeTarget, Snapshot, Span
from revtrack.testing import EditedPair, articles, edited_articles, html_page


def _snapshot(article: Article, day: int) -> Snapshot:
    at = datetime(2024, 1, day, 12, tzinfo=UTC)
    return Snapshot(Capture("https://news.example/story", at), html_page(article), "text/html")


@given(edited_articles())
def test_a_revision_comes_back_the_same(pair: EditedPair) -> None:
    """Reading what was written gives an equal revision."""
    revision = revtrack.compare(pair.old, pair.new)
    assert codec.loads(codec.dumps(revision), revtrack.Revision) == revision


@given(edited_articles())
def test_a_history_comes_back_the_same(pair: EditedPair) -> None:
    """Reading what was written gives an equal history, though each article is written once."""
    history = revtrack.History.from_snapshots([_snapshot(pair.old, 1), _snapshot(pair.new, 2)])
    written = codec.dumps(history)
    assert codec.loads(written, revtrack.History) == history
    assert "old" not in json.loads(written)["value"]["revisions"][0]


@given(articles())
def test_an_article_comes_back_the_same(article: Article) -> None:
    """Reading what was written gives an equal article."""
    assert codec.loads(codec.dumps(article), Article) == article


@pytest.mark.parametrize("dated", [None, date(2024, 1, 5), datetime(2024, 1, 5, 9, 30, tzinfo=UTC)])
def test_a_notice_keeps_whether_it_bears_a_date_or_a_time(dated: date | None) -> None:
    """A date stays a date and a time a time."""
    notice = revtrack.Notice(
        NoticeKind.CORRECTION,
        NoticeTarget.NAME,
        "Correction: …",
        Span(3, 9),
        said="a",
        says="b",
        dated=dated,
    )
    back = codec.loads(codec.dumps(notice), revtrack.Notice)
    assert back == notice
    assert type(back.dated) is type(dated)


def test_a_snapshot_keeps_every_byte() -> None:
    """Bodies survive, whatever their bytes."""
    snapshot = attrs.evolve(_snapshot(Article(), 3), body=bytes(range(256)))
    assert codec.loads(codec.dumps(snapshot), Snapshot) == snapshot


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "not a revtrack document"),
        ('{"format": 1, "type": "History", "value": {}}', "contains a History, not a Revision"),
        ('{"format": 99, "type": "Revision", "value": {}}', "format 99"),
        ('{"format": 1, "type": "Revision", "value": {"old": 3}}', "does not fit"),
        ('{"format": 1, "type": "Revision", "value": {"old": {}, "new": {}, "colour": 1}}', "colour"),
        (
            '{"format": 1, "type": "Revision", "value": {"old": {"headline": 5}, "new": {}}}',
            "does not fit",
        ),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_the_reason(document: str, complaint: str) -> None:
    """A wrong document raises CodecError and says what is wrong with it."""
    with pytest.raises(CodecError, match=complaint):
        codec.loads(document, revtrack.Revision)


def test_a_value_of_another_type_is_refused() -> None:
    """Only revtrack's own values are written."""
    with pytest.raises(TypeError, match="not int"):
        codec.dumps(3)


def test_a_patch_comes_back_and_still_applies() -> None:
    """A patch can be kept beside the text it was made for."""
    made = revtrack.diff.patch("The fire hurt 45 people.", "The fire hurt 54 people.")
    back = codec.loads(codec.dumps(made), revtrack.diff.Patch)
    assert back.apply("The fire hurt 45 people.") == "The fire hurt 54 people."


def test_a_change_alone_can_be_kept() -> None:
    """Each kind of change is a document of its own, under its own name."""
    (change,) = revtrack.compare(revtrack.from_text("Rain."), revtrack.from_text("Snow.")).changes[:1]
    assert codec.loads(codec.dumps(change), type(change)) == change


def test_a_truth_value_in_quotes_is_refused() -> None:
    """“false” is not false: nothing is made into what it is not."""
    (change,) = revtrack.compare(revtrack.from_text("Rain."), revtrack.from_text("Snow.")).changes[:1]
    written = codec.dumps(change).replace('"substantive": true', '"substantive": "false"')
    assert '"false"' in written
    with pytest.raises(CodecError, match="substantive"):
        codec.loads(written, type(change))
