"""The page on the command line leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from revtrack.cli.commands import revtrack
from revtrack.cli.output import Destination
from revtrack.sources.files import BODY_LIMIT, SUFFIXES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


def section(name: str) -> str:
    """The part of the page under the heading of one command."""
    found = re.search(
        rf"^## {name}$(.*?)(?=^## |^\(|\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found, f"no heading '## {name}' in {PAGE.name}"
    return found[1]


GROUPS = {command for command in revtrack.commands.values() if isinstance(command, click.Group)}
PARENTS = {below: group for group in GROUPS for below in group.commands.values()}
COMMANDS = [revtrack, *[one for one in revtrack.commands.values() if one not in GROUPS], *PARENTS]


def heading(command: click.Command) -> str:
    """The heading under which a command is documented."""
    above = [PARENTS[command].name] if command in PARENTS else []
    return " ".join(
        ["revtrack", *map(str, above), *([] if command is revtrack else [str(command.name)])]
    )


@pytest.mark.parametrize("command", COMMANDS, ids=heading)
def test_every_command_and_option_is_documented(command: click.Command) -> None:
    """Each command has a heading, and under it each of its options and arguments."""
    said = section(heading(command))
    for parameter in command.params:
        names = (
            parameter.opts
            if isinstance(parameter, click.Option)
            else [parameter.make_metavar(click.Context(command))]
        )
        missing = [name for name in names if f"`{name}`" not in said and name not in said]
        assert missing == [], f"{heading(command)}: {missing}"


@pytest.mark.parametrize("command", COMMANDS, ids=heading)
def test_no_option_is_documented_that_does_not_exist(command: click.Command) -> None:
    """An option that the page defines under a command is one of its options."""
    known = {name for parameter in command.params for name in parameter.opts} | {"-h", "--help"}
    defined = re.findall(r"^(`-.*)\n: ", section(heading(command)), re.MULTILINE)
    named = {name for line in defined for name in re.findall(r"`(--?[a-z]+)`", line)}
    assert named <= known


def test_every_form_is_documented() -> None:
    """Each value of --format has its line."""
    page = PAGE.read_text(encoding="utf-8")
    forms = {form for one in revtrack.commands.values() for form in _forms(one)}
    assert {"text", "html", "csv", "jsonl"} <= forms
    assert [form for form in forms if f"\n`{form}`\n:" not in page] == []


def _forms(command: click.Command) -> list[str]:
    chosen = [one.type for one in command.params if one.name == "form" and command.name != "export"]
    return [str(form) for one in chosen if isinstance(one, click.Choice) for form in one.choices]


def test_what_a_folder_may_hold_is_documented() -> None:
    """The endings of captures and the greatest size are on the page."""
    page = PAGE.read_text(encoding="utf-8")
    assert f"{BODY_LIMIT // 2**20} MiB" in page
    assert [suffix for suffix in SUFFIXES if suffix.removesuffix(".gz") not in page] == []


def test_the_environment_is_documented() -> None:
    """Every environment variable that decides how output looks is on the page."""
    colour = getattr(Destination.colour, "fget", None)
    assert colour is not None
    read = {name for name in colour.__code__.co_consts if isinstance(name, str) and name.isupper()}
    page = PAGE.read_text(encoding="utf-8")
    assert {"NO_COLOR", "FORCE_COLOR", "TERM"} <= read
    assert [name for name in sorted(read) if f"`{name}" not in page] == []


def test_every_command_that_reads_pages_says_how() -> None:
    """--body and --site-rules are options of all commands but those that only move captures about."""
    reading = {
        command.name
        for command in COMMANDS
        if {"body", "site_rules"} <= {parameter.name for parameter in command.params}
    }
    moving = {"captures", "forget", "import", "revtrack", "schema", "stats", "verify"}
    assert {command.name for command in COMMANDS} - reading == moving
