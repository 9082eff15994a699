"""The output of commands: documents, rows of bulk work, and a progress bar.

A document is written to a terminal, a pipe, or atomically to a file. A row is one line; a failed row
sets the exit status. The bar is on standard error, on a terminal only.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from revtrack.http import NOT_MODIFIED, OK
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.records import Observation, Outcome
from revtrack.report import write_atomically
from revtrack.report.marks import escape_controls_strictly, single_line
from revtrack.sources.source import ConcurrentSource, Ledgered, Source, listed

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = [
    "Destination",
    "ReaderGoneError",
    "Rows",
    "observation_line",
    "say",
    "show_tracebacks",
    "steps",
    "with_progress",
    "write_stream",
]


PLAIN_WIDTH = 100
"""The width without a terminal: fixed, so that a result is the same on every machine."""


class ReaderGoneError(Exception):
    """The reader of standard output has closed it (`revtrack … | head`)."""


@attrs.frozen
class Destination:
    """The destination of a document, None and `-` for standard output, and its form of `--format`."""

    output: str | None = None
    form: str = "text"

    @property
    def _on_terminal(self) -> bool:
        return self.output in (None, "-") and sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether text is in colour there.

        Colour is for terminals. A non-empty NO_COLOR turns it off, a non-empty FORCE_COLOR turns it on
        even in a pipe; NO_COLOR wins.
        """
        if self.output not in (None, "-") or os.environ.get("NO_COLOR"):
            return False
        is_forced = bool(os.environ.get("FORCE_COLOR"))
        return is_forced or (self._on_terminal and os.environ.get("TERM") != "dumb")

    @property
    def width(self) -> int:
        """The width in columns."""
        return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if self._on_terminal else PLAIN_WIDTH

    def write(self, text: str | Iterable[str | bytes]) -> None:
        """Write *text*, whole or in pieces; raises `click.ClickException` when it cannot be written."""
        pieces = [text if text.endswith("\n") else f"{text}\n"] if isinstance(text, str) else text
        shown = (one if isinstance(one, bytes) else self.shown(one) for one in pieces)
        write_stream(shown, self.output)

    def shown(self, document: str) -> str:
        """A *document* for its destination: on a terminal without control characters.

        JSON escapes these and remains the same document; every other form shows them by name.
        """
        if self.form in _HARMLESS or not self._on_terminal or document.isprintable():
            return document
        if self.form == "csv":
            return "\r\n".join(map(escape_controls_strictly, document.split("\r\n")))
        return "".join(
            [one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in document]
        )


def say(message: str) -> None:
    """Write *message* on one line of standard error, with control characters escaped."""
    click.echo(single_line(message), err=True)


def show_tracebacks() -> None:
    """Write the log of revtrack to standard error, with control characters escaped."""

    class Harmless(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return escape_controls_strictly(super().format(record))

    handler = logging.StreamHandler()
    handler.setFormatter(Harmless("revtrack: %(message)s"))
    log = logging.getLogger("revtrack")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)


_HARMLESS = frozenset({"text", "markdown", "html"})
"""Forms in which the text of an article has no effect on a terminal."""


def write_stream(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write *pieces* to *output* unchanged; a file is written atomically."""
    if output in (None, "-"):
        try:
            sys.stdout.flush()
            for piece in pieces:
                if isinstance(piece, bytes) and sys.stdout.isatty():
                    raise click.UsageError("this format is not for a terminal: give --output")
                with hidden_bar():
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
        path = path.resolve()  # a symbolic link remains a link
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)


def _bytes_of(piece: str | bytes, *, terminal: bool = False) -> bytes:
    if isinstance(piece, bytes):
        return piece
    if terminal:
        return piece.encode(sys.stdout.encoding, "replace")
    return piece.encode("utf-8", "backslashreplace")  # a lone surrogate has no bytes


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(
            f"cannot write {path}: {reason}; choose another place with --output"
        ) from error


# ----------------------------------------------------------------------------------- a progress bar

_shown: list[Progress] = []
"""The bar on the terminal, if any."""


@attrs.frozen
class _ProgressSource(Ledgered):
    """A source that reports how many of its captures were read."""

    source: Source
    listed: Callable[[int], None]
    fetched: Callable[[], None]

    @property
    def at_once(self) -> int:
        return self.source.at_once if isinstance(self.source, ConcurrentSource) else 1

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        entries = list(listed(self.source, url))
        self.listed(sum([isinstance(one, Capture) for one in entries]))
        return iter(entries)

    def fetch(self, capture: Capture) -> Snapshot:
        snapshot = self.source.fetch(capture)
        self.fetched()
        return snapshot


@contextmanager
def _bar(words: str, total: int | None) -> Iterator[tuple[Progress, TaskID] | None]:
    """A progress bar for the context, None where standard error is no terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - slow to import, pipes do not need it
        from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415 - as above
    except ModuleNotFoundError:  # the bar is optional, so its absence is not an error
        yield None
        return
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        _shown.append(progress)
        try:
            yield progress, progress.add_task(words, total=total)
        finally:
            _shown.pop()


@contextmanager
def hidden_bar() -> Iterator[None]:
    """Hide the bar while something is written to standard output."""
    if not _shown or not sys.stdout.isatty():
        yield
        return
    _shown[-1].stop()
    try:
        yield
    finally:
        _shown[-1].start()


@contextmanager
def with_progress(source: Source) -> Iterator[Source]:
    """*source*, with a progress bar for the context where standard error is a terminal."""
    with _bar("reading captures", None) as bar:
        if bar is None:
            yield source
            return
        progress, task = bar
        yield _ProgressSource(
            source,
            listed=lambda count: progress.update(task, total=count),
            fetched=lambda: progress.advance(task),
        )


@contextmanager
def steps(words: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar for *total* steps labelled *words*; call the returned function after each step."""
    with _bar(words, total) as bar:
        if bar is None:
            yield lambda: None
            return
        progress, task = bar
        yield lambda: progress.advance(task)


# --------------------------------------------------------------------------------------------- rows

_FAILURES = 1
_NAMED_REASONS = 3
"""Reasons for skipping in a summary (range 1 to 10); all are rows for programs."""


class Rows:
    """The rows of one command.

    `failed` counts the failures among them, `skipped` the entries that are not captures, by reason.
    """

    def __init__(self, *, json_lines: bool) -> None:
        self.json_lines = json_lines
        self.printed = 0
        self.failed = 0
        self.skipped: Counter[str] = Counter()

    def add(self, value: object, line: str, *, failed: bool = False) -> None:
        """Print one row: *value* by the codec, or *line* for people."""
        self.printed += 1
        self.failed += failed
        text = " ".join(escape_controls_strictly(line).splitlines())
        if self.json_lines:
            from revtrack import codec  # noqa: PLC0415 - slow to import

            text = Destination(form="json").shown(codec.dumps(value))
        try:
            with hidden_bar():
                click.echo(text.encode("utf-8", "backslashreplace"))
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def fail(self, capture: Capture, why: str, *, place: str | None = None) -> None:
        """Print the row of a *capture* that failed; for people it is named by its *place*."""
        row = Screened(capture, ScreenReason.FETCH_FAILED, why)
        self.add(row, f"failed  {place or capture.url or capture.location}: {why}", failed=True)

    def skip(self, row: Screened) -> None:
        """Count an entry that is not a capture of a page; for programs it is also a row."""
        self.skipped[row.detail] += 1
        if self.json_lines:
            self.add(row, "")
            self.printed -= 1  # the summary counts it separately

    def end(self, summary: str) -> int:
        """Print the *summary* on standard error; the exit status is 1 after failures, else 0."""
        if self.skipped:
            reasons = "; ".join(
                [f"{count} × {why}" for why, count in self.skipped.most_common(_NAMED_REASONS)]
            )
            more = "; …" if len(self.skipped) > _NAMED_REASONS else ""
            summary += f", {self.skipped.total()} skipped ({reasons}{more})"
        say(summary)
        return _FAILURES if self.failed else 0


def observation_line(row: Observation) -> str:
    """One observation for people: time, outcome, digest and size of the page, address."""
    moment = row.capture.captured_at
    when = moment.strftime("%Y-%m-%d %H:%M:%S") if moment is not None else "time unknown       "
    if row.outcome is Outcome.FAILED:
        return f"{when}  failed     {row.capture.url}: {row.detail}"
    digest = (row.capture.digest or "")[:12]
    status = f" {row.status}" if row.status not in (None, OK, NOT_MODIFIED) else ""
    size = f"{row.size:,}" if row.size is not None else ""
    return f"{when}  {row.outcome.value:<9}  {digest}  {size:>9}  {row.capture.url}{status}"
