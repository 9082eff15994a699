"""Where results are written and how they look: a terminal, a pipe, or a file, whole or not at all."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from revtrack.report import write_whole
from revtrack.report.neutral import single_line, spelt_out_strictly

__all__ = [
    "Look",
    "ReaderGoneError",
    "for_terminal",
    "look_of",
    "say",
    "show_tracebacks",
    "write",
    "write_stream",
]

PLAIN_WIDTH = 100
"""Columns where there is no terminal to ask: fixed, so that a result is the same on every machine."""


class ReaderGoneError(Exception):
    """The reader of standard output has closed it (`revtrack … | head`)."""


@attrs.frozen
class Look:
    """Whether to use colour, and how many columns there are."""

    colour: bool
    width: int


def look_of(output: str | None) -> Look:
    """How text for *output* looks; None and `-` are standard output.

    Colour is for terminals. A non-empty NO_COLOR turns it off, a non-empty FORCE_COLOR turns it on
    even in a pipe; NO_COLOR wins.
    """
    if output not in (None, "-"):
        return Look(colour=False, width=PLAIN_WIDTH)
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if terminal else PLAIN_WIDTH
    if os.environ.get("NO_COLOR"):
        return Look(colour=False, width=width)
    if os.environ.get("FORCE_COLOR"):
        return Look(colour=True, width=width)
    return Look(colour=terminal and os.environ.get("TERM") != "dumb", width=width)


def for_terminal(document: str, output: str | None) -> str:
    """A JSON *document* as it is written to *output*: on a terminal without characters that act there.

    Every other form spells these out; JSON escapes them, and stays the same document.
    """
    if output not in (None, "-") or not sys.stdout.isatty() or document.isprintable():
        return document
    return "".join(
        [one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in document]
    )


def say(message: str) -> None:
    """Write *message* on one line of standard error; nothing in it can act on the terminal."""
    click.echo(single_line(message), err=True)


def show_tracebacks() -> None:
    """Write the log of revtrack to standard error, with no character that a terminal would obey."""

    class Harmless(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return spelt_out_strictly(super().format(record))

    handler = logging.StreamHandler()
    handler.setFormatter(Harmless("revtrack: %(message)s"))
    log = logging.getLogger("revtrack")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


def write(text: str | bytes, output: str | None, *, form: str = "text") -> None:
    """Write *text* to *output*: a file (as UTF-8), or standard output for None and `-`.

    *form* is that of `--format`. Raises `click.ClickException` when it cannot be written.
    """
    if isinstance(text, bytes):
        if output in (None, "-") and sys.stdout.isatty():
            raise click.UsageError(f"{form} is not for a terminal: give --output")
        write_stream([text], output)
        return
    text = for_terminal(text, output) if form.startswith("json") else text
    write_stream([text if text.endswith("\n") else f"{text}\n"], output)


def write_stream(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write *pieces* to *output*, as `write` does; a file is there whole or not at all."""
    if output in (None, "-"):
        try:
            sys.stdout.flush()
            for piece in pieces:
                sys.stdout.buffer.write(_bytes_of(piece, terminal=sys.stdout.isatty()))
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return
    path = Path(str(output))
    content = (_bytes_of(piece) for piece in pieces)
    with _reporting(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as device:  # a pipe or a device cannot be replaced
                device.writelines(content)
            return
        path = path.resolve()  # a symbolic link stays a link
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def _bytes_of(piece: str | bytes, *, terminal: bool = False) -> bytes:
    if isinstance(piece, bytes):
        return piece
    if terminal:
        return piece.encode(sys.stdout.encoding, "replace")
    return piece.encode("utf-8", "backslashreplace")  # half a surrogate pair has no bytes


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(
            f"cannot write {path}: {reason}; choose another place with --output"
        ) from error
