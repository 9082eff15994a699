"""Statistics: figures by outlet with intervals, as a table and as a page that cannot act."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from revtrack.corpus import OutletStatistics, statistics
from revtrack.corpus.summary import page, table
from revtrack.errors import ExchangeError
from tests.corpus.made import finished

HOSTILE = '"><script>alert(1)</script>\u202e'


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over twelve articles of two outlets: half corrected late, half not at all."""
    folder = tmp_path_factory.mktemp("statistics")
    body = "The ferry carried {} people to Holm.\n\nIt sails from the north pier at noon."
    notice = "\n\nCorrection: An earlier version said the ferry carried 45 people. It carried 54."
    lines = []
    for number in range(12):
        texts = [
            body.format(45),
            body.format(54),
            body.format(54) + (notice if number % 2 else "\n\nThe end is near."),
        ]
        for hour, text in enumerate(texts):
            row = {
                "article": f"a{number}",
                "outlet": "heron" if number < 8 else HOSTILE,
                "language": "en",
            }
            row |= {"captured_at": f"2024-03-04T{8 + 3 * hour:02}:00:00Z", "text": text}
            row |= {"headline": "Ferry sails" if number % 4 or not hour else "Ferry sails again"}
            lines.append(json.dumps(row))
    (folder / "rows.jsonl").write_text("\n".join(lines))
    finished([folder / "rows.jsonl"], folder / "out", shards=2)
    return folder / "out"


def _heron(found: tuple[OutletStatistics, ...]) -> OutletStatistics:
    (one,) = [one for one in found if one.outlet == "heron"]
    return one


def test_figures_are_those_of_the_rows(out: Path) -> None:
    """Counts, shares and the delay of late notices, for all outlets and for each."""
    found = statistics(out)
    assert [one.outlet for one in found] == ["all outlets", HOSTILE, "heron"]
    assert (found[0].articles, found[0].revisions) == (12, 24)
    heron = _heron(found)
    assert (heron.articles, heron.versions.value, heron.versions_median.value) == (8, 3, 3)
    assert heron.delay.value == 3.0
    assert heron.headline.value == 2 / 16
    assert heron.states["disclosed late"].value == pytest.approx(4 / heron.substantive)
    assert sum([one.value or 0 for one in heron.states.values()]) == pytest.approx(1)


def test_intervals_hold_their_figures_and_repeat(out: Path) -> None:
    """Each interval encloses its figure, shares have a width, and a second reading gives the same."""
    first, second = statistics(out), statistics(out)
    assert first == second
    for one in first:
        for estimate in (one.versions, one.headline, *one.states.values()):
            assert estimate.low <= estimate.value <= estimate.high  # type: ignore[operator] # there are data
    late = _heron(first).states["disclosed late"]
    assert late.low < late.high  # type: ignore[operator] # as above


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}


def test_the_page_runs_and_loads_nothing(out: Path) -> None:
    """An outlet's name stays text: no script, no link, and no character that turns the line around."""
    made = page(statistics(out))
    read = _Tags()
    read.feed(made)
    assert not read.tags & {"script", "img", "link", "a", "iframe"}
    assert not read.attributes & {"src", "href", "onclick", "style"}
    assert "\u202e" not in made
    assert "\u202e" not in table(statistics(out))


def test_without_a_finished_shard_there_are_no_statistics(tmp_path: Path) -> None:
    """A folder without results is refused, with the command that makes them."""
    with pytest.raises(ExchangeError, match="revtrack corpus run"):
        statistics(tmp_path)
