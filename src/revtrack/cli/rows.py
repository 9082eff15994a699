"""Rows: what bulk work prints, one line each; a failure is a row and sets the exit status."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from revtrack.cli.output import ReaderGoneError, for_terminal, say
from revtrack.cli.progress import aside
from revtrack.records import Observation, Outcome
from revtrack.report.neutral import spelt_out_strictly

if TYPE_CHECKING:
    from revtrack.versions import Screened

__all__ = ["Rows", "observation_line"]

_FAILURES = 1
_SAID = 3
"""Reasons for skipping that a summary names (range 1 to 10); all are rows for programs."""


class Rows:
    """The rows of one command.

    `failed` counts the failures among them, `skipped` what is no capture, by reason.
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
        text = " ".join(spelt_out_strictly(line).splitlines())
        if self.json_lines:
            from revtrack import codec  # noqa: PLC0415 - slow to import

            text = for_terminal(codec.dumps(value), None)
        try:
            with aside():
                click.echo(text.encode("utf-8", "backslashreplace"))
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def skip(self, row: Screened) -> None:
        """Count what is no capture of a page; for programs it is a row too."""
        self.skipped[row.detail] += 1
        if self.json_lines:
            self.add(row, "")
            self.printed -= 1  # the summary counts it apart

    def end(self, context: click.Context, summary: str) -> None:
        """Print the *summary* on standard error and exit: status 1 after failures, else 0."""
        if self.skipped:
            said = "; ".join([f"{count} × {why}" for why, count in self.skipped.most_common(_SAID)])
            more = "; …" if len(self.skipped) > _SAID else ""
            summary += f", {self.skipped.total()} skipped ({said}{more})"
        say(summary)
        context.exit(_FAILURES if self.failed else 0)


def observation_line(row: Observation) -> str:
    """One observation for people: when, what it gave, the digest and size of the page, the address."""
    moment = row.capture.captured_at
    when = moment.strftime("%Y-%m-%d %H:%M:%S") if moment is not None else "time unknown       "
    if row.outcome is Outcome.FAILED:
        return f"{when}  failed     {row.capture.url}: {row.detail}"
    digest = (row.capture.digest or "")[:12]
    status = f" {row.status}" if row.status not in (None, 200, 304) else ""
    size = f"{row.size:,}" if row.size is not None else ""
    return f"{when}  {row.outcome.value:<9}  {digest}  {size:>9}  {row.capture.url}{status}"
