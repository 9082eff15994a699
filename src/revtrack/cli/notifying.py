"""Notifications of `watch` about new changes: it runs a command and sends messages."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Set
from datetime import datetime

import attrs
import click

from revtrack.cli.options import gathers
from revtrack.cli.output import Rows
from revtrack.errors import optional
from revtrack.history import History
from revtrack.model import Capture
from revtrack.report.entries import Entry
from revtrack.report.formats import terminal_text
from revtrack.report.marks import single_line
from revtrack.report.outline import finding_lines
from revtrack.report.summary import Finding, all_findings, title_of

__all__ = ["Notifications", "notifies"]

_ONLY: dict[str, Callable[[Entry], bool]] = {
    "all": lambda entry: entry.substantive or entry.kind == "notice",
    "undisclosed": lambda entry: entry.undisclosed,
    "headline": lambda entry: entry.kind == "headline",
    "notices": lambda entry: entry.kind == "notice",
}
_LONGEST = 300
"""Seconds that a command may take (range 30 to 600): claims of a run last a quarter of an hour."""

_ERRORS = 2
"""Where commands print: standard output is for rows."""


@attrs.frozen
class Notifications:
    """Which changes to notify of, the command to run and the addresses to notify."""

    only: tuple[str, ...]
    run: str | None
    addresses: tuple[str, ...]

    def send(self, history: History, new_times: Set[datetime], rows: Rows) -> None:
        """Report the changes that the captures of these times show; a failure is a row."""
        if not (self.run or self.addresses):
            return
        found = [
            line for finding in self._findings(history, new_times) for line in finding_lines(finding)
        ]
        if not found:
            return
        title, address = single_line(title_of(history)), history.url or ""
        body = f"{title}\n{single_line(address)}\n\n{terminal_text(found)}"
        for send in (self._run, self._write):
            try:
                send(title, body, address)
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                rows.fail(Capture(address, None), f"not notified: {error}")

    def _findings(self, history: History, new_times: Set[datetime]) -> Iterator[Finding]:
        for one in all_findings(history):
            if history.versions[one.revision].first_seen in new_times:
                yield from [one] if any(_ONLY[name](one.entry) for name in self.only) else []

    def _run(self, _: str, body: str, address: str) -> None:
        if self.run:
            environment = {**os.environ, "REVTRACK_URL": address}
            subprocess.run(  # noqa: S603 - the user's own command; the article is only its input
                shlex.split(self.run), input=body.encode(), env=environment, stdout=_ERRORS,
                check=True, timeout=_LONGEST,
            )  # fmt: skip

    def _write(self, title: str, body: str, _: str) -> None:
        for address in self.addresses:
            apprise = optional("apprise", extra="notify", purpose="--notify")
            service = apprise.Apprise()
            if not service.add(address):
                raise ValueError("no service of Apprise has an address of the form of --notify")
            if not service.notify(title=title, body=body, body_format="text"):
                raise ValueError(f"{address.partition(':')[0]} did not accept the message")


def _names(_: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(value.split(","))
    if unknown := sorted({*names} - {*_ONLY}):
        message = f"{unknown[0]!r} is none of {', '.join(_ONLY)}."
        raise click.BadParameter(message, param=option)
    return names


notifies = gathers(
    "notifications",
    Notifications,
    click.option("--only", metavar="KINDS", default="all", show_default=True, callback=_names,
                 help=f"What to notify of: {', '.join(_ONLY)}; several with commas."),
    click.option("--run", metavar="COMMAND",
                 help="Run COMMAND with the changes of each article as its input."),
    click.option("--notify", "addresses", metavar="URL", multiple=True,
                 help="Send the changes to a service, by its Apprise URL. Repeatable."),
)  # fmt: skip
