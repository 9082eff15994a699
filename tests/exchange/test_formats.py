"""The table of formats: what each is, for one history and for several."""

from __future__ import annotations

import json

import pytest

from revtrack import codec
from revtrack.exchange.formats import FORMATS
from revtrack.history import History
from revtrack.tables import Slim, as_history, slim
from tests.report.made import hostile_history, story


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("histories", [[], [story()], [story(), hostile_history()]])
def test_every_format_takes_any_number_of_histories(name: str, histories: list[History]) -> None:
    """None, one and two give pieces of one kind, the same each time."""
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="the extra tables is not installed")
    made = [list(FORMATS[name](histories)) for _ in range(2)]
    assert made[0] == made[1]
    assert len({type(piece) for piece in made[0]}) <= 1


def test_a_slim_history_is_a_document() -> None:
    """It comes back the same, without any paragraph that did not change, and is much smaller."""
    history = story()
    written = codec.dumps(slim(history))
    assert codec.loads(written, Slim) == slim(history)
    assert "Quiet paragraph" not in written
    assert len(written) < len(codec.dumps(history)) / 3
    value = json.loads(written)["value"]
    assert [one["number"] for one in value["versions"]] == [1, 2, 3, 4]
    assert value["changes"] == list(history.records())


def test_a_revision_is_a_history_of_two_versions() -> None:
    """It has the two articles as its versions; a history is itself."""
    history = story()
    (revision, *_) = history.revisions
    made = as_history(revision)
    assert [one.article for one in made.versions] == [revision.old, revision.new]
    assert made.records() == revision.records()
    assert as_history(history) is history
