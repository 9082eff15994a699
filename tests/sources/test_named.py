"""Sources by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from revtrack.network import Client
from revtrack.sources import Files
from revtrack.sources.live import Live
from revtrack.sources.named import KINDS, SourceContext, named_source


def _no_client() -> Client:
    raise AssertionError("this source needs no client")


def test_a_folder_needs_no_client(tmp_path: Path) -> None:
    """A source on this machine is opened without anything of the network."""
    assert named_source(f"files:{tmp_path}", SourceContext(_no_client)) == Files(tmp_path)


def test_the_live_page() -> None:
    """The live page gets the program's client and its memory."""
    with Client("tests@example.org") as client:
        source = named_source("live", SourceContext(lambda: client, last=lambda _: None))
        assert isinstance(source, Live)
        assert source.client is client


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("wayback", "InternetArchive"),
        ("timemap:https://archive.example/timemap/link/", "TimeMap"),
        ("timegate:https://archive.example/{url}", "TimeGate"),
        ("cdx:http://127.0.0.1:8080/news/cdx", "Cdx"),
    ],
)
def test_archives(written: str, kind: str) -> None:
    """Archives get the program's client and the address after the colon."""
    with Client("tests@example.org") as client:
        source = named_source(written, SourceContext(lambda: client))
    assert type(source).__name__ == kind


@pytest.mark.parametrize("written", ["", "nowhere", "files", "files:", "live:", "live:now", ":x"])
def test_an_unknown_source_lists_the_known(written: str) -> None:
    """What names no source is refused with the forms that do."""
    with pytest.raises(ValueError, match=r"there are live, wayback, .*files:FOLDER"):
        named_source(written, SourceContext(_no_client))


def test_every_kind_is_told_apart() -> None:
    """No two kinds have one name."""
    assert len({kind.name for kind in KINDS}) == len(KINDS)
