"""The replay software that most archives run, as it is installed: pages in a frame, and rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from revtrack import compare, extract, track
from revtrack.errors import ExtractionError
from revtrack.model import Snapshot
from revtrack.network import Client
from revtrack.sources import Files, Source
from revtrack.sources.live import Live
from revtrack.sources.memento import Cdx, TimeGate
from tests.archive import pywb
from tests.archive.made import ARTICLES, address_of, same_everywhere, write_folder

MADE = ARTICLES[0]


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the collection of a pywb in framed mode."""
    with pywb.archive(tmp_path_factory.mktemp("framed"), framed=True) as address:
        yield f"{address}/{pywb.COLLECTION}"


@pytest.mark.parametrize("way", ["timegate", "cdx"])
def test_a_framed_archive_gives_the_same_history(
    way: str, framed: str, archivist: Client, tmp_path: Path
) -> None:
    """A gate that answers with a frame leads to the captures all the same."""
    source: Source = (
        TimeGate(archivist, f"{framed}/") if way == "timegate" else Cdx(archivist, f"{framed}/cdx")
    )
    write_folder(tmp_path, MADE)
    right = same_everywhere(track(Files(tmp_path), MADE.url))
    assert same_everywhere(track(source, address_of(MADE))) == right


def test_a_replayed_page_is_the_raw_one(framed: str, archivist: Client) -> None:
    """A page as the archive shows it, rewritten and with its scripts, compares without a change."""
    source = Cdx(archivist, f"{framed}/cdx")
    live, seen = Live(archivist), 0
    for capture in source.captures(address_of(MADE)):
        raw = source.fetch(capture)
        if raw.status != 200 or raw.redirects or not _is_version(raw):
            continue
        shown = re.sub(r"/(\d{14})/", r"/\1mp_/", str(capture.location), count=1)
        replayed = live.fetch(next(live.captures(shown)))
        assert (replayed.url, replayed.captured_at) == (raw.url, raw.captured_at)
        assert replayed.body != raw.body, "nothing was rewritten"
        assert compare(raw, replayed).changes == ()
        seen += 1
    assert seen >= 3


def _is_version(page: Snapshot) -> bool:
    try:
        extract(page)
    except ExtractionError:
        return False
    return True
