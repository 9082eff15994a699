"""Where results go and how they look: a terminal, a pipe, or a file that is written atomically."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

__all__ = [
    "Look",
    "ReaderGoneError",
    "for_terminal",
    "look_of",
    "show_tracebacks",
    "write",
    "write_stream",
]

PLAIN_WIDTH = 100
"""Columns where there is no terminal to ask: fixed, so that a result is the same on every machine."""


class ReaderGoneError(Exception):
    """Whoever read standard output went away (`revtrack … | head`)."""


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
    """A JSON *document* as it goes to *output*: to a terminal without a character that it would obey.

    Every other form spells these out; JSON escapes them, and stays the same document.
    """
    if output not in (None, "-") or not sys.stdout.isatty() or document.isprintable():
        return document
    return "".join(
        [one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in document]
    )


def show_tracebacks() -> None:
    """Write the log of revtrack to standard error, with no character that a terminal would obey."""
    import logging  # noqa: PLC0415 - only where it is asked for

    from revtrack.report.neutral import spelt_out_strictly  # noqa: PLC0415 - slow to import

    class Harmless(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return spelt_out_strictly(super().format(record))

    handler = logging.StreamHandler()
    handler.setFormatter(Harmless("revtrack: %(message)s"))
    log = logging.getLogger("revtrack")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


def write(text: str, output: str | None, *, form: str = "text") -> None:
    """Write *text* as UTF-8 to *output*: a file, or standard output for None and `-`.

    *form* is that of `--format`. A file is there whole or not at all. Raises `click.ClickException`
    when it cannot be written.
    """
    text = for_terminal(text, output) if form.startswith("json") else text
    text = text if text.endswith("\n") else f"{text}\n"
    text = text.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair has no bytes
    if output in (None, "-"):
        _write_stdout(text)
    else:
        _write_file(text, Path(str(output)))


def write_stream(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write *pieces*, text as UTF-8, to *output*: standard output, or a file, there whole or not."""
    if output in (None, "-"):
        try:
            for piece in pieces:
                sys.stdout.buffer.write(_bytes_of(piece))
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return
    path = Path(str(output)).resolve()
    with _telling_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".revtrack-", dir=path.parent) as folder:
            draft = Path(folder) / "draft"
            with draft.open("wb") as stream:
                for piece in pieces:
                    stream.write(_bytes_of(piece))
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)


def _bytes_of(piece: str | bytes) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")


def _write_stdout(text: str) -> None:
    try:
        if sys.stdout.isatty():
            known = sys.stdout.encoding
            sys.stdout.write(text.encode(known, "replace").decode(known))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error


def _write_file(text: str, path: Path) -> None:
    from revtrack.report import write_whole  # noqa: PLC0415 - --help does not need it

    with _telling_of(path):
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a pipe or a device cannot be replaced
            return
        path = path.resolve()  # a symbolic link stays a link
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


@contextmanager
def _telling_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(
            f"cannot write {path}: {reason}; choose another place with --output"
        ) from error
