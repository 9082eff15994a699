"""News items and records of updates: what is written is read back, and the vocabularies are read."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import revtrack
from revtrack.changes.kinds import NoticeAdded
from revtrack.errors import ExchangeError
from revtrack.exchange.newsml import news_message
from revtrack.exchange.updates import KINDS, Update, read_updates
from revtrack.labels import NoticeKind
from revtrack.report.marks import escape_controls
from revtrack.tables import as_history
from tests.report.made import START, history_of, hostile_history, story

URL = "https://ledger.example/cranes"


def test_the_notices_of_a_history_are_signals() -> None:
    """A correction is signalled where it was added, with its text as note, and nowhere else."""
    (written,) = news_message([story()])
    root = etree.fromstring(written)
    items = root.findall(".//{*}newsItem")
    assert [item.get("version") for item in items] == ["2", "3", "4"]
    assert [len(item.findall(".//{*}signal")) for item in items] == [1, 0, 0]
    (update,) = read_updates(written)
    assert (update.kind, update.term, update.work) == (NoticeKind.CORRECTION, "sig:correction", URL)
    assert update.text == story().revisions[0].updates[0].notice.text
    assert update.dated == story().versions[1].first_seen


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        (NoticeKind.UPDATE, ["sig:update"]),
        (NoticeKind.CLARIFICATION, ["sig:correction"]),
        (NoticeKind.RETRACTION, ["sig:correction", "stat:canceled"]),
        (NoticeKind.EDITORS_NOTE, ["edNote"]),
    ],
)
@given(words=st.text())
def test_any_notice_comes_back(kind: NoticeKind, terms: list[str], words: str) -> None:
    """Whatever the notice says is its text; a withdrawal cancels the item."""
    (first, *_) = story().revisions
    notice = attrs.evolve(first.updates[0].notice, kind=kind, text=f"It is so: {words}.")
    change = NoticeAdded(
        old=None, new=notice.text, notice=notice, rule="r", nature=first.updates[0].nature,
        substantive=False,
    )  # fmt: skip
    new = attrs.evolve(first.new, notices=(notice,), headline=words)
    history = history_of(attrs.evolve(first, new=new, changes=(change,)))
    (written,) = news_message([history])
    found = read_updates(written)
    assert [one.term for one in found] == terms
    assert {one.text for one in found} == {" ".join(escape_controls(notice.text).split())}


def test_hostile_text_stays_text() -> None:
    """Its items have no element but those of the format, and nothing is resolved in reading."""
    (written,) = news_message([hostile_history()])
    names = {etree.QName(one).localname for one in etree.fromstring(written).iter()}
    assert "script" not in names
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><itemMeta><edNote>&b;</edNote></itemMeta>'
    assert read_updates(bomb) == ()


def test_an_item_needs_a_time() -> None:
    """Where neither capture nor page states one, the error says so; a stated time will do."""
    old, new = (revtrack.from_text("One."), revtrack.from_text("Two."))
    with pytest.raises(ExchangeError, match="needs the time of its version"):
        list(news_message([as_history(revtrack.compare(old, new))]))
    dated = attrs.evolve(new, modified_at=START)
    (written,) = news_message([as_history(revtrack.compare(old, dated))])
    assert START.isoformat() in written
    assert list(news_message([])) != []


NINJS = {
    "uri": "urn:item:1",
    "versioncreated": "2024-03-04T12:30:00Z",
    "pubstatus": "canceled",
    "ednote": "Correction: The bridge closes in May, not in April.",
}
CROSSREF = {
    "message": {
        "DOI": "10.5555/notice",
        "update-to": [
            {
                "DOI": "10.5555/paper",
                "type": "retraction",
                "label": "Retraction",
                "updated": {"date-parts": [[2024, 3, 4]], "date-time": "2024-03-04T00:00:00Z"},
            },
            {"DOI": "10.5555/other", "type": "new_version", "updated": {"date-time": "2024-03"}},
            {"DOI": "10.5555/third", "type": "tribute"},
        ],
        "updated-by": [{"DOI": "10.5555/doubt", "type": "expression_of_concern", "label": "Concern"}],
    }
}
PUBMED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionIn"><RefSource>J Tests. 2024;1:2</RefSource><PMID>2</PMID>
</CommentsCorrections>
<CommentsCorrections RefType="ErratumFor"><PMID>3</PMID></CommentsCorrections>
<CommentsCorrections RefType="CommentIn"><PMID>4</PMID></CommentsCorrections>
</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_ninjs_is_read() -> None:
    """Without signals the note itself says what it is; a canceled item is withdrawn."""
    at = datetime(2024, 3, 4, 12, 30, tzinfo=UTC)
    text = NINJS["ednote"]
    expected = (
        Update(NoticeKind.CORRECTION, "edNote", "urn:item:1", None, text, at),
        Update(NoticeKind.WITHDRAWAL, "canceled", "urn:item:1", None, text, at),
    )
    assert read_updates(json.dumps(NINJS)) == expected
    assert read_updates(json.dumps([NINJS, NINJS])) == expected
    signalled = NINJS | {"signals": [{"qcode": "sig:update"}], "pubstatus": "usable"}
    assert [one.term for one in read_updates(json.dumps(signalled))] == ["sig:update"]


def test_crossref_is_read() -> None:
    """Types in both directions, each with the work and the notice; other types are passed over."""
    assert read_updates(json.dumps(CROSSREF).encode()) == (
        Update(
            NoticeKind.RETRACTION,
            "retraction",
            "10.5555/paper",
            "10.5555/notice",
            "Retraction",
            date(2024, 3, 4),
        ),
        Update(NoticeKind.UPDATE, "new_version", "10.5555/other", "10.5555/notice"),
        Update(
            NoticeKind.EXPRESSION_OF_CONCERN,
            "expression_of_concern",
            "10.5555/notice",
            "10.5555/doubt",
            "Concern",
        ),
    )


def test_pubmed_is_read() -> None:
    """A reference leads from the work to its notice, or the other way; comments are no updates."""
    assert read_updates(PUBMED) == (
        Update(NoticeKind.RETRACTION, "RetractionIn", "1", "2", "J Tests. 2024;1:2"),
        Update(NoticeKind.CORRECTION, "ErratumFor", "3", "1"),
    )


def test_no_word_has_two_meanings() -> None:
    """Each word of the vocabularies is listed once."""
    words = " ".join(KINDS.values()).split()
    assert len(words) == len(set(words))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["retraction", "sig:update", "canceled", "Correction: It is A, not B."]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            [
                *("update-to", "updated-by", "type", "DOI", "updated", "date-parts", "date-time"),
                *("message", "items", "signals", "ednote", "pubstatus", "uri", "versioncreated"),
            ]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(_VALUES)
def test_any_json_is_read(value: object) -> None:
    """Odd values are passed over, and deep ones end."""
    assert isinstance(read_updates(json.dumps(value)), tuple)
    deep = "[" * 900 + "]" * 900
    assert read_updates(deep) == ()


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_what_is_no_record_is_an_error_of_ours(content: str | bytes) -> None:
    """It is read as empty, or refused by name."""
    with contextlib.suppress(ExchangeError):
        assert isinstance(read_updates(content), tuple)
