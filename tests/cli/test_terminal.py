"""What a person at a terminal sees, and what a pipe gets."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
ESCAPE = "\x1b["


@attrs.frozen
class Screen:
    """What stood on the terminal, what went into the pipe, and how it ended."""

    terminal: str
    piped: str
    status: int


def on_a_terminal(
    words: Sequence[str | Path],
    environment: dict[str, str],
    *,
    stream: str = "stdout",
    columns: int = 80,
) -> Screen:
    """Run revtrack with one output *stream* on a pseudo-terminal and the other in a pipe."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    other = "stderr" if stream == "stdout" else "stdout"
    command = [sys.executable, "-m", "revtrack", *map(str, words)]
    streams = {stream: inner, other: subprocess.PIPE}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, **streams) as running:  # type: ignore[call-overload]  # which stream is which varies
        os.close(inner)
        shown = _all_of(outer)
        pipe = running.stderr if stream == "stdout" else running.stdout
        return Screen(shown.decode(), pipe.read().decode(), running.wait(60))


def _all_of(terminal: int) -> bytes:
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # how a pseudo-terminal says that its other end is closed
            part = b""
        if not part:
            os.close(terminal)
            return shown
        shown += part


@pytest.fixture
def terminal(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a terminal with colours."""
    return environment | {"TERM": "xterm-256color"}


def test_colour_on_a_terminal(terminal: dict[str, str], old: Path, new: Path) -> None:
    """On a terminal deleted words are struck out and inserted ones underlined, in colour."""
    screen = on_a_terminal(["diff", old, new], terminal)
    assert screen.status == 1
    assert ESCAPE in screen.terminal
    assert "backed" in screen.terminal


def test_plain_in_a_pipe(revtrack: Run, old: Path, new: Path) -> None:
    """In a pipe there is no escape sequence, and the words can still be told apart."""
    done = revtrack("diff", old, new)
    assert "\x1b" not in done.stdout
    assert "Vesperan-backed" in done.stdout


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_can_be_turned_off(
    terminal: dict[str, str], old: Path, new: Path, variables: dict[str, str], coloured: bool
) -> None:
    """A non-empty NO_COLOR and a dumb terminal have no colour; NO_COLOR wins over FORCE_COLOR."""
    screen = on_a_terminal(["diff", old, new], terminal | variables)
    assert (ESCAPE in screen.terminal) is coloured


def test_colour_can_be_forced_into_a_pipe(
    revtrack: Run, environment: dict[str, str], old: Path, new: Path
) -> None:
    """FORCE_COLOR colours a pipe, an empty one does not."""
    assert ESCAPE in revtrack("diff", old, new, env=environment | {"FORCE_COLOR": "1"}).stdout
    assert ESCAPE not in revtrack("diff", old, new, env=environment | {"FORCE_COLOR": ""}).stdout


def test_colour_is_decoration_only(
    revtrack: Run, environment: dict[str, str], old: Path, new: Path
) -> None:
    """A file never gets colour, even when it is forced."""
    done = revtrack("diff", old, new, "-o", "out.txt", env=environment | {"FORCE_COLOR": "1"})
    assert (done.returncode, done.stdout) == (1, "")


def test_the_bar_is_on_a_terminal(terminal: dict[str, str], story: Path) -> None:
    """Reading a folder shows a progress bar on standard error when that is a terminal."""
    screen = on_a_terminal(["history", story], terminal, stream="stderr")
    assert "reading captures" in screen.terminal
    assert ESCAPE not in screen.piped
    assert "Vesperan-backed" in screen.piped


def test_rows_and_bar_never_share_a_line(terminal: dict[str, str], story: Path, tmp_path: Path) -> None:
    """What is printed, a row or a document, begins its line, from which the bar was taken away."""
    words: list[str | Path] = [
        "track",
        "https://paper.example/a",
        "--store",
        tmp_path / "a.db",
        "--source",
        f"files:{story}",
    ]
    shown = _shown_by(words, terminal)
    assert "fetching captures" in shown
    rows = re.findall(r"(.{4})2024-03-\d\d \d\d:\d\d:\d\d  page", shown, re.DOTALL)
    assert len(rows) == 7
    assert {lead[-4:] for lead in rows} <= {f"{ESCAPE}2K"}
    exported = _shown_by(["export", "--store", tmp_path / "a.db"], terminal)
    assert "writing captures" in exported
    documents = re.findall(r"(?:^|\n|2K)(\{.*\})\r$", exported, re.MULTILINE)
    assert len([json.loads(one) for one in documents]) == 7


def _shown_by(words: Sequence[str | Path], environment: dict[str, str]) -> str:
    """What stands on a terminal to which both outputs go."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "revtrack", *map(str, words)]
    with subprocess.Popen(command, env=environment, stdin=inner, stdout=inner, stderr=inner) as running:
        os.close(inner)
        shown = _all_of(outer).decode()
        assert running.wait(60) == 0
    return shown


def test_no_bar_in_a_pipe(revtrack: Run, environment: dict[str, str], story: Path) -> None:
    """In a pipe there is no bar, however colour is set."""
    assert revtrack("history", story).stderr == ""
    assert revtrack("history", story, env=environment | {"FORCE_COLOR": "1"}).stderr == ""


def test_no_bar_on_a_dumb_terminal(terminal: dict[str, str], story: Path) -> None:
    """A terminal that cannot move its cursor gets no bar."""
    screen = on_a_terminal(["history", story], terminal | {"TERM": "dumb"}, stream="stderr")
    assert screen.terminal == ""


def test_page_text_cannot_drive_the_terminal(terminal: dict[str, str], tmp_path: Path) -> None:
    """Escape sequences inside an article are spelt out instead of sent to the terminal."""
    page = b"<article><h1>Ferry \x1b]0;owned\x07</h1>" + b"<p>The ferry \x1b[2Jruns every hour.</p>" * 4
    (tmp_path / "hostile.html").write_bytes(page)
    screen = on_a_terminal(["extract", tmp_path / "hostile.html"], terminal)
    assert screen.status == 0
    assert "\x1b]" not in screen.terminal
    assert "\x1b[2J" not in screen.terminal


def test_a_terminal_with_few_characters(revtrack: Run, environment: dict[str, str], new: Path) -> None:
    """An output encoding that lacks a character never stops the work."""
    done = revtrack("extract", new, env=environment | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "“Vesperan forces,”" in done.stdout


HOSTILE = (
    "<html><body><article><h1>The gauge \x9b2J is read</h1><p>The keeper \u202e reads the gauge \u2066 "
    "each morning, \x1b]52;c;x\x07 and the board prints it.</p>"
    "<p>Nobody may change a figure.</p></article>"
)


@pytest.mark.parametrize("form", ["json", "text", "markdown"])
def test_nothing_on_a_terminal_acts(tmp_path: Path, environment: dict[str, str], form: str) -> None:
    """In no form does a page drive the terminal: JSON escapes what is not printable."""
    page = tmp_path / "page.html"
    page.write_text(HOSTILE, encoding="utf-8")
    plain = {**environment, "NO_COLOR": "1"}
    shown = on_a_terminal(["extract", "-f", form, page], plain).terminal
    acting = [one for one in shown if not one.isprintable() and one not in "\r\n"]
    assert acting == []
    if form == "json":
        assert "\\u202e" in shown
        piped = on_a_terminal(["extract", "-f", form, page], plain, stream="stderr").piped
        assert json.loads("".join(shown.split("\r\n"))) == json.loads(piped)


def test_a_table_on_a_terminal_does_not_act(tmp_path: Path, environment: dict[str, str]) -> None:
    """Rows of a comparison are shown without a character that a terminal obeys."""
    pages = [tmp_path / name for name in ("old.html", "new.html")]
    for page, words in zip(
        pages, (HOSTILE, HOSTILE.replace("a figure", "the \u202e\x9b2J book")), strict=True
    ):
        page.write_text(words, encoding="utf-8")
    shown = on_a_terminal(["diff", "-f", "csv", *pages], {**environment, "NO_COLOR": "1"}).terminal
    assert "book" in shown
    assert [one for one in shown if not one.isprintable() and one not in "\r\n"] == []
