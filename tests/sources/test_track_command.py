"""`revtrack track` from a real archive into a store: one history, however the archive is asked."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from revtrack import History, codec, track
from revtrack.sources import Files
from revtrack.store import Store
from tests.archive.made import ARTICLES, Made, same_everywhere, write_folder
from tests.archive.pywb import COLLECTION
from tests.network.server import Talk, serving

WAYS = ("cdx:{}/cdx", "timemap:{}/timemap/link/", "timegate:{}/")


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "revtrack", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def _told(store: Path, made: Made) -> History:
    done = _run("history", made.url, "--store", store, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return codec.loads(done.stdout, History)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.partition(":")[0])
def test_track_keeps_what_an_archive_has(way: str, archive: str, tmp_path: Path) -> None:
    """Tracked from an archive and read from the store: the history of the captures in a folder."""
    store = tmp_path / "news.db"
    options: list[str | Path] = ["--store", store, "--source", way.format(f"{archive}/{COLLECTION}")]
    network = ["--contact", "tests@example.org", "--pause", "0", "--allow-loopback"]
    done = _run("track", *[made.url for made in ARTICLES], *options, *network)
    assert done.returncode == 0, done.stderr + done.stdout
    for number, made in enumerate(ARTICLES):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_folder(folder, made)
        assert same_everywhere(_told(store, made)) == same_everywhere(track(Files(folder), made.url))


def test_loopback_is_refused_without_the_option(archive: str, tmp_path: Path) -> None:
    """An archive on this machine is asked only where that is allowed; a row says that it was not."""
    source = f"cdx:{archive}/{COLLECTION}/cdx"
    network = ["--contact", "tests@example.org", "--pause", "0"]
    done = _run("track", ARTICLES[0].url, "--store", tmp_path / "a.db", "--source", source, *network)
    assert done.returncode == 1
    assert "refused to connect" in done.stdout + done.stderr


def test_a_second_watch_changes_nothing_for_the_first(tmp_path: Path) -> None:
    """A timer may start a check while one still waits for a server: each article is asked for once."""
    path = tmp_path / "news.db"
    words = ("watch", "--once", "--store", path, "--contact", "tests@example.org", "--pause", "0",
             "--allow-loopback")  # fmt: skip
    seconds: list[subprocess.CompletedProcess[str]] = []
    with serving() as server:

        def answer(talk: Talk) -> None:
            if not seconds:
                seconds.append(_run(*words))
            talk.answer(f"<h1>Lock {talk.path}</h1>{'<p>Nine boats wait at Tarn. ' * 9}".encode())

        places = [server.url(f"/{number}") for number in range(3)]
        with Store.open(path) as store:
            for number, place in enumerate(places):
                server.answers[f"/{number}"] = answer
                store.schedule.follow(place, "live", at=datetime(2024, 1, 1, tzinfo=UTC))
        first = _run(*words)
        assert [server.asked(f"/{number}") for number in range(3)] == [1, 1, 1]
    assert (first.returncode, seconds[0].returncode) == (0, 0), first.stderr + seconds[0].stderr
    assert "3 of 3 checked, 0 failed" in first.stderr
    assert "0 of 3 checked, 0 failed" in seconds[0].stderr
    with Store.open(path) as store:
        assert len(list(store.observations())) == 3
        assert [row.fault for row in store.verify() if row.fault] == []
