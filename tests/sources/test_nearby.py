"""An address of which a source has nothing: what is there instead is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from revtrack.network import Client, Guard, Politeness
from revtrack.sources import Files
from revtrack.sources.memento import Cdx
from revtrack.sources.named import nearby
from revtrack.sources.warc import Warc
from revtrack.urls import identify
from tests.archive.made import ARTICLES, write_folder, write_warc
from tests.network.clock import FakeClock
from tests.network.server import Server

HELD = [
    "https://paper.example/2024/03/lock-reopens",
    "https://paper.example/2024/03/ferry-runs-again",
    "https://paper.example/sport",
]


@pytest.fixture
def client() -> Iterator[Client]:
    """A client that may reach loopback."""
    politeness = Politeness(pause=0, tries=1, robots=False, clock=FakeClock())
    with Client("tests@example.org", politeness=politeness, guard=Guard(loopback=True)) as one:
        yield one


def _indexed(server: Server, status: str = "200 OK") -> str:
    question = "url=https%3A%2F%2Fpaper.example%2F%2A&output=json&limit=5000&showResumeKey=true"
    lines = [f"k 20240105123000 {url} text/html 200 AAAA 1" for url in [*HELD, HELD[0]]]
    server.answers[f"/cdx?{question}&collapse=urlkey"] = lambda talk: talk.answer(
        "\n".join(lines).encode() if status.startswith("200") else b"<p>No.", status=status
    )
    return server.url("/cdx")


@pytest.mark.parametrize("slip", ["lock-reopen", "lock-repoens", "Lock-reopens", "lock-reopens-"])
def test_an_index_names_what_is_most_alike_first(client: Client, server: Server, slip: str) -> None:
    """The addresses of the same site, each once, the one that was meant at the head."""
    found = nearby(Cdx(client, _indexed(server)), f"https://paper.example/2024/03/{slip}")
    assert found[0] == HELD[0]
    assert sorted(found) == sorted(HELD)


@pytest.mark.parametrize("status", ["404 Not Found", "400 Bad Request", "500 Oops"])
def test_an_index_that_cannot_say_names_nothing(client: Client, server: Server, status: str) -> None:
    """Whoever serves no list of a site is no failure."""
    assert nearby(Cdx(client, _indexed(server, status)), HELD[0] + "x") == ()


def test_files_of_records_name_what_they_hold(tmp_path: Path) -> None:
    """The address that was meant comes first; a folder of one article names nothing."""
    write_warc(tmp_path / "made.warc.gz")
    source = Warc(tmp_path / "made.warc.gz")
    for made in ARTICLES:
        assert identify(nearby(source, made.url + "x")[0]).key == identify(made.url).key
    write_folder(tmp_path, ARTICLES[0])
    assert nearby(Files(tmp_path), ARTICLES[0].url + "x") == ()


def test_track_says_what_is_there(tmp_path: Path) -> None:
    """A mistyped address is a row that failed and names what the file holds."""
    write_warc(tmp_path / "made.warc.gz")
    for address, status in ((ARTICLES[0].url + "x", 1), (ARTICLES[0].url, 0)):
        words = ["track", address, "--store", "news.db", "--source", "warc:made.warc.gz"]
        done = subprocess.run(
            [sys.executable, "-m", "revtrack", *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        assert ("there are captures of" in done.stdout) is bool(status)
