"""A live page on loopback, tracked and watched from the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from revtrack import codec
from revtrack.records import Observation, Outcome
from tests.network.server import Server, Talk, serving
from tests.store.made import page

pytest.importorskip("httpcore2", reason="the extra http is not installed")

Run = Callable[..., subprocess.CompletedProcess[str]]
NETWORK = ("--contact", "desk@paper.example", "--pause", "0", "--allow-loopback", "--json")


def _unless_unchanged(number: int) -> Callable[[Talk], None]:
    """An answer with the page of that number, or 304 where it is known already."""

    def answer(talk: Talk) -> None:
        if talk.headers.get("if-none-match") == f'"{number}"':
            talk.answer(status="304 Not Modified", ETag=f'"{number}"')
        else:
            talk.answer(page(number), ETag=f'"{number}"')

    return answer


def _rows(done: subprocess.CompletedProcess[str]) -> list[Observation]:
    return [codec.loads(line, Observation) for line in done.stdout.splitlines()]


def test_a_live_page_is_followed(revtrack: Run) -> None:
    """A page, a word that it is unchanged, another page and a failure: every look is kept."""
    with serving() as server:
        told = _followed(revtrack, server)
    assert [row.outcome for row in told] == [
        Outcome.PAGE,
        Outcome.UNCHANGED,
        Outcome.PAGE,
        Outcome.FAILED,
    ]
    assert told[0].capture.digest == told[1].capture.digest != told[2].capture.digest
    assert "503" in (told[3].detail or "")
    assert revtrack("history", told[0].capture.url, "--store", "news.db").returncode == 1


def _followed(revtrack: Run, server: Server) -> list[Observation]:
    url = server.url("/harbour")
    server.answers["/harbour"] = _unless_unchanged(1)
    first = revtrack("track", url, "--store", "news.db", *NETWORK)
    assert first.returncode == 0, first.stderr
    rows = _rows(first)
    for year, answer in enumerate((_unless_unchanged(1), _unless_unchanged(2), _busy)):
        server.answers["/harbour"] = answer
        when = ("--at", f"21{year}0-01-01")
        done = revtrack("watch", "--once", "--store", "news.db", *when, *NETWORK)
        assert done.returncode == (1 if answer is _busy else 0), done.stderr
        rows += _rows(done)
    return rows


def _busy(talk: Talk) -> None:
    talk.answer(status="503 Service Unavailable", Retry_After="9999")
