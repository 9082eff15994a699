"""compare_batch: captures in, rows on their histories out; nothing raises, nothing is lost."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack import CompareOptions
from revtrack.corpus import CAPTURES, RESULTS, compare_batch
from revtrack.errors import MissingExtraError
from revtrack.extract import BUILT_IN_BODY, Body, ParsedPage
from revtrack.model import Extractor
from tests.corpus.made import accounted

FIRST = datetime(2024, 3, 4, 8, tzinfo=UTC)
BODY = "The ferry carried 45 people to Holm.\n\nIt sails from the north pier at noon."
FIXED = BODY.replace("45", "54")
NOTICE = "Correction: An earlier version said the ferry carried 45 people. It carried 54."


def _text(text: str | None, hour: int = 0, **columns: Any) -> dict[str, Any]:
    return {
        "article": "ferry",
        "captured_at": FIRST + timedelta(hours=hour),
        "headline": "Ferry sails again",
        "text": text,
        "language": "en",
        **columns,
    }


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=CAPTURES)


def _compared(rows: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = compare_batch(_batch(rows), **options).to_pylist()
    return found


def test_a_history_reads_as_a_table() -> None:
    """A late correction gives three versions, two revisions and two changes, each judged."""
    rows = _compared([_text(BODY), _text(FIXED, 2), _text(f"{FIXED}\n\n{NOTICE}", 5)])
    table = [
        " ".join(
            [str(row[name]) for name in ("level", "version", "kind", "nature", "state") if row[name]]
        )
        for row in rows
    ]
    assert table == [
        "version 1",
        "version 2",
        "version 3",
        "revision 2",
        "change 2 TextEdited number disclosed late",
        "revision 3",
        "change 3 NoticeAdded notice none needed",
    ]
    edit = rows[4]
    assert edit["disclosed_by"] == [NOTICE]
    assert (edit["made_until"], edit["notice_until"]) == (
        FIRST + timedelta(hours=2),
        FIRST + timedelta(hours=5),
    )
    assert (edit["newsedits"], edit["extractor"], edit["substantive"]) == (
        ["fact"],
        "revtrack.plain 1",
        True,
    )
    (difference,) = edit["differences"]
    assert edit["old"][difference["old_start"] : difference["old_stop"]] == "45"
    assert edit["new"][difference["new_start"] : difference["new_stop"]] == "54"
    assert difference["disclosed_by"] == [NOTICE]
    assert rows[6]["notice_kind"] == "correction"


def test_rows_that_cannot_be_used_are_bad_rows_with_their_reason() -> None:
    """No key, a wrong address, no content and a reader's own reason each give one bad row."""
    rows = [
        {"text": BODY, "location": "f#0"},
        {"url": "nonsense", "text": BODY, "location": "f#1"},
        {"article": "ferry", "location": "f#2"},
        {"article": "ferry", "reason": "the line is not JSON", "location": "f#3"},
    ]
    found = {row["location"]: (row["level"], row["reason"]) for row in _compared(rows)}
    assert found == {
        "f#0": ("bad", "it has no article and no address"),
        "f#1": (
            "bad",
            "'nonsense' is not the address of a web page: it does not begin with http:// or https://",
        ),
        "f#2": ("bad", "it has no body and no text"),
        "f#3": ("bad", "the line is not JSON"),
    }


@attrs.frozen
class _Poisoned:
    """A body extractor with a mistake: it fails on pages that hold a word."""

    extractor: Extractor = BUILT_IN_BODY.extractor

    def body(self, page: ParsedPage) -> Body:
        if "poison" in "".join(page.root.itertext()):
            raise ZeroDivisionError("poison")
        return BUILT_IN_BODY.body(page)


def test_an_article_is_compared_without_the_capture_that_breaks_extraction() -> None:
    """A page on which a rule fails unexpectedly costs one row: the history of the others is there."""
    page = "<article><h1>Ferry</h1><p>{}</p><p>It sails from the north pier at noon.</p></article>"
    rows = [
        {
            "url": "https://heron.example/a",
            "captured_at": FIRST + timedelta(hours=n),
            "body": page.format(text).encode(),
        }
        for n, text in enumerate(["It carried 45 people.", "poison", "It carried 54 people."])
    ]
    found = _compared(rows, options=CompareOptions(body=_Poisoned()))
    assert [row["level"] for row in found] == ["version", "version", "revision", "change", "screened"]
    assert "unexpected ZeroDivisionError: poison" in found[-1]["reason"]


def test_an_article_that_cannot_be_compared_is_bad_rows_and_the_others_are_there() -> None:
    """An error that no history survives costs one article: each of its captures is a bad row."""

    @attrs.frozen
    class Missing(_Poisoned):
        def body(self, page: ParsedPage) -> Body:
            if "poison" in "".join(page.root.itertext()):
                raise MissingExtraError(extra="extract", package="trafilatura", purpose="this body")
            return BUILT_IN_BODY.body(page)

    page = "<article><h1>Ferry</h1><p>{}</p><p>It sails from the north pier at noon.</p></article>"
    rows = [
        {"article": article, "captured_at": FIRST, "number": n, "body": page.format(words).encode()}
        for n, (article, words) in enumerate([("a", "poison"), ("a", "It sails."), ("b", "It sails.")])
    ]
    found = _compared(rows, options=CompareOptions(body=Missing()))
    assert [(row["article"], row["level"]) for row in found] == [
        ("a", "bad"),
        ("a", "bad"),
        ("b", "version"),
    ]
    assert "its article cannot be compared: this body needs the package" in found[0]["reason"]


def test_an_error_page_is_screened_and_no_version() -> None:
    """A capture that shows no version keeps its time and gives its reason."""
    rows = [_text(BODY), {"article": "ferry", "captured_at": FIRST, "number": 1, "body": b"<p></p>"}]
    (screened,) = [row for row in _compared(rows) if row["level"] == "screened"]
    assert (screened["first_seen"], screened["article"]) == (FIRST, "ferry")
    assert screened["reason"].startswith("no article: ")


def test_the_article_and_the_outlet_follow_from_the_address() -> None:
    """Addresses that name one article share its key; its host is the outlet."""
    rows = [
        {"url": "http://www.heron.example/ferry/?utm_source=feed", "text": BODY, "captured_at": FIRST},
        {
            "url": "https://heron.example/ferry",
            "text": FIXED,
            "captured_at": FIRST + timedelta(hours=1),
        },
    ]
    found = _compared(rows)
    assert {(row["article"], row["outlet"]) for row in found} == {
        ("example,heron)/ferry", "heron.example")
    }
    assert sum([row["level"] == "revision" for row in found]) == 1


def test_columns_of_kindred_types_are_taken_and_others_left_out() -> None:
    """Naive times are UTC, strings may be pages, and columns of other names do not matter."""
    batch = pa.RecordBatch.from_pydict(
        {
            "url": pa.array(["https://heron.example/a"]).dictionary_encode(),
            "captured_at": pa.array([datetime(2024, 3, 4, 8)], pa.timestamp("ns")),
            "body": ["<article><h1>Ferry</h1><p>It carried 45 people to Holm on Monday.</p></article>"],
            "colour": ["red"],
        }
    )
    (version,) = compare_batch(batch).to_pylist()
    assert (version["headline"], version["first_seen"]) == ("Ferry", FIRST)


def test_the_function_travels_to_workers() -> None:
    """compare_batch can be pickled, and its result has the schema that is promised, also of nothing."""
    function = pickle.loads(pickle.dumps(compare_batch))  # noqa: S301 # our own
    assert function(_batch([])).schema == RESULTS


TEXTS = st.sampled_from([BODY, FIXED, f"{FIXED}\n\n{NOTICE}", "", "x\x00y", None])
CAPTURE = st.fixed_dictionaries(
    {
        "article": st.sampled_from(["ferry", "bridge", "", None]),
        "url": st.sampled_from(["https://heron.example/a", "https://\x00", "no", None]),
        "captured_at": st.none() | st.integers(0, 5).map(lambda hours: FIRST + timedelta(hours=hours)),
        "number": st.none() | st.integers(-3, 3),
        "status": st.sampled_from([None, 200, 404, -1]),
        "content_type": st.sampled_from([None, "text/html", "\x00"]),
        "headline": st.sampled_from([None, "Ferry", "Ferry sails", "\ufdd0"]),
        "body": st.none() | st.sampled_from([b"", b"<p>", b"\xff\xfe<html>", b"%PDF-1.4"]),
        "text": TEXTS,
        "reason": st.sampled_from([None, None, None, "unreadable"]),
    }
)


@given(st.lists(CAPTURE, max_size=9))
@settings(max_examples=60)
def test_every_row_is_accounted_for_whatever_it_holds(rows: list[dict[str, Any]]) -> None:
    """Captures of versions, screened rows and bad rows add up to the rows that were given."""
    assert accounted(_compared(rows)) == len(rows)


@given(
    st.lists(CAPTURE, max_size=8).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))
)
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(
    given_rows: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    """Any order of the captures gives the same batch."""
    rows, shuffled = given_rows
    assert compare_batch(_batch(rows)).equals(compare_batch(_batch(shuffled)))


def test_a_column_of_another_type_is_refused() -> None:
    """A column that cannot be what it should is a mistake of the program, not of one row."""
    batch = pa.RecordBatch.from_pydict(
        {"url": ["https://heron.example/a"], "captured_at": ["yesterday"]}
    )
    with pytest.raises(pa.ArrowInvalid, match="yesterday"):
        compare_batch(batch)
