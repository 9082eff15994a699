"""A live page on loopback, tracked and watched from the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

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


def _changed(revtrack: Run, server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    """What a check of a page printed that changed a number in its text."""
    url = server.url("/harbour")
    server.answers["/harbour"] = _unless_unchanged(1)
    revtrack("track", url, "--store", "news.db", *NETWORK)
    server.answers["/harbour"] = _unless_unchanged(2)
    when = ("--at", "2110-01-01")
    return revtrack("watch", "--once", "--store", "news.db", *when, *NETWORK, *words)


def test_a_command_gets_the_changes(revtrack: Run, tmp_path: Path) -> None:
    """Its input is what changed, as text; a second check without a change runs nothing."""
    with serving() as server:
        done = _changed(revtrack, server, "--run", "tee changes.txt", "--only", "undisclosed,headline")
        said = (tmp_path / "changes.txt").read_text("utf-8")
        (tmp_path / "changes.txt").unlink()
        again = ("--at", "2120-01-01", "--run", "tee changes.txt")
        revtrack("watch", "--once", "--store", "news.db", *NETWORK, *again)
    assert (done.returncode, len(_rows(done))) == (0, 1)
    assert said.startswith("News of the Tarn locks\nhttp://127.0.0.1")
    assert "A number was changed between" in said
    assert "[-1-]{+2+} boats" in said
    assert not (tmp_path / "changes.txt").exists()


def test_what_nobody_asked_for_is_not_sent(revtrack: Run, tmp_path: Path) -> None:
    """A changed number is no headline."""
    with serving() as server:
        _changed(revtrack, server, "--run", "tee changes.txt", "--only", "headline")
    assert not (tmp_path / "changes.txt").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--run", "false"), "not notified: "),
        (("--run", "no-such-program"), "not notified: "),
        (("--notify", "nothing"), "not notified: "),
        (("--notify", "json://127.0.0.1:1/"), "not notified: json did not accept the message"),
    ],
)
def test_a_message_that_cannot_be_sent_is_a_row(
    revtrack: Run, words: tuple[str, ...], said: str
) -> None:
    """The capture is stored all the same, and the status says that something failed."""
    if "--notify" in words:
        pytest.importorskip("apprise", reason="the extra notify is not installed")
    with serving() as server:
        done = _changed(revtrack, server, *words)
    assert done.returncode == 1
    assert said in done.stdout
    assert "1 of 1 checked, 1 failed" in done.stderr


def test_a_service_gets_the_changes(revtrack: Run) -> None:
    """The address is one of Apprise."""
    pytest.importorskip("apprise", reason="the extra notify is not installed")
    with serving() as server:
        server.answers["/hook"] = lambda talk: talk.answer(b"{}")
        done = _changed(revtrack, server, "--notify", f"json://127.0.0.1:{server.port}/hook")
        assert server.asked("/hook") == 1, done.stdout


def test_only_knows_what_there_is(revtrack: Run) -> None:
    """A kind of change that there is not is trouble, with those that there are."""
    done = revtrack("watch", "--once", "--store", "news.db", "--only", "everything")
    assert done.returncode == 2
    assert "'everything' is none of all, undisclosed, headline, notices" in done.stderr
