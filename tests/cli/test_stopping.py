"""One slow host stops nothing: outcomes are kept as they come, waits end, hosts are put off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from revtrack.records import Outcome
from revtrack.sources.memento.timegate import ARCHIVED_AT
from revtrack.store import Store
from tests.network.server import Talk, serving
from tests.store.made import page

pytest.importorskip("httpcore2", reason="the extra http is not installed")

Run = Callable[..., subprocess.CompletedProcess[str]]
NETWORK = ("--contact", "desk@paper.example", "--pause", "0", "--allow-loopback")


@pytest.mark.skipif(os.name != "posix", reason="an interruption is a signal")
def test_an_interruption_ends_every_wait(tmp_path: Path, environment: dict[str, str]) -> None:
    """What was had is stored while a host is waited for, and Ctrl-C does not wait it out."""
    with serving() as server:
        server.answers["/slow"] = lambda talk: talk.answer(
            status="503 Service Unavailable", Retry_After="110"
        )
        server.answers["/good"] = lambda talk: talk.answer(page(1))
        slow, good = server.url("/slow", host="localhost"), server.url("/good")
        words = ["track", slow, good, "--store", "news.db", *NETWORK, "--json"]
        running = subprocess.Popen(
            [sys.executable, "-m", "revtrack", *words],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert running.stdout is not None
        row = json.loads(running.stdout.readline())
        assert row["value"]["capture"]["url"] == good
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)  # less than the wait that the host asked for
    with Store.open(tmp_path / "news.db") as store:
        assert [one.capture.url for one in store.observations()] == [good]


def test_a_host_that_wants_to_be_left_alone_is_put_off(revtrack: Run, tmp_path: Path) -> None:
    """After an answer that asks for a long wait, the next look is due after that wait."""
    with serving() as server:
        server.answers["/a"] = lambda talk: talk.answer(page(1))
        url = server.url("/a")
        assert revtrack("track", url, "--store", "news.db", *NETWORK).returncode == 0
        server.answers["/a"] = lambda talk: talk.answer(
            status="429 Too Many Requests", Retry_After="864000"
        )
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        at = ("--at", f"{tomorrow:%Y-%m-%dT%H:%M}")
        watched = revtrack("watch", "--once", "--store", "news.db", *at, *NETWORK)
    assert watched.returncode == 1
    with Store.open(tmp_path / "news.db") as store:
        (followed,) = store.schedule.followed()
    assert timedelta(days=9) < followed.next_check - tomorrow < timedelta(days=11)


def _archive(talk: Talk) -> None:
    talk.answer(b"saved", Content_Location=f"/web/20240304080000/{talk.path.removeprefix('/save/')}")


def test_a_page_that_changed_is_saved_at_an_archive(revtrack: Run, tmp_path: Path) -> None:
    """The address of the memento is kept with the capture; a page that did not change is not saved."""
    with serving() as server:
        url = server.url("/a")
        server.answers["/a"] = lambda talk: (
            talk.answer(status="304 Not Modified", ETag='"1"')
            if talk.headers.get("if-none-match")
            else talk.answer(page(1), ETag='"1"')
        )
        server.answers[f"/save/{url}"] = _archive
        archive = ("--archive", server.url("/save/{url}"))
        assert revtrack("track", url, "--store", "news.db", *NETWORK, *archive).returncode == 0
        again = ("watch", "--once", "--store", "news.db", "--at", "2101-01-01")
        assert revtrack(*again, *NETWORK, *archive).returncode == 0
        assert server.asked(f"/save/{url}") == 1
        memento = server.url(f"/web/20240304080000/{url}")
    with Store.open(tmp_path / "news.db") as store:
        first, second = store.observations()
        assert second.outcome is Outcome.UNCHANGED
        assert (ARCHIVED_AT, memento) in store.fetch(first.capture).headers


def test_an_archive_that_fails_loses_no_capture(revtrack: Run, tmp_path: Path) -> None:
    """Where the archive does not save the page, a row says so and the capture is kept."""
    with serving() as server:
        server.answers["/a"] = lambda talk: talk.answer(page(1))
        archive = ("--archive", server.url("/save/{url}"))
        done = revtrack("track", server.url("/a"), "--store", "news.db", *NETWORK, *archive)
    assert done.returncode == 1
    assert "not archived" in done.stdout
    with Store.open(tmp_path / "news.db") as store:
        assert [one.outcome for one in store.observations()] == [Outcome.PAGE]
