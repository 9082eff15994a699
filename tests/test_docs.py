"""The shell examples of README and docs do what they say; the Python ones run through sybil.

A `console` block holds lines that start with `$ `: each `revtrack` line is run beside a copy of the
examples that the blocks of one page share, in their order, as a reader would run them. The lines under
it are what it must print (`...` stands for anything). A line
`(exit N)` states the exit status; without one the status is 0 or 1, as for `diff`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

import attrs
import pytest

import revtrack

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKE_TARGETS = re.compile(r"^([a-z-]+):", re.MULTILINE)
LIKE_DOCTEST = ELLIPSIS | NORMALIZE_WHITESPACE


@attrs.frozen
class Shown:
    """One command of the documentation and what is shown under it."""

    page: Path
    line: int
    command: str
    output: str


def _shown() -> Iterator[list[Shown]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found: list[Shown] = []
        for block in BLOCK.finditer(text):
            first = text.count("\n", 0, block.start()) + 2
            for number, line in enumerate(block[1].splitlines(keepends=True), first):
                if line.startswith("$ "):
                    found.append(Shown(page, number, line[2:].strip(), ""))
                elif found:
                    found[-1] = attrs.evolve(found[-1], output=found[-1].output + line)
        yield found


SHOWN = [commands for commands in _shown() if commands]


def _page(commands: list[Shown]) -> str:
    return str(commands[0].page.relative_to(ROOT))


@pytest.mark.parametrize("commands", SHOWN, ids=_page)
def test_a_shell_example_prints_what_the_page_shows(commands: list[Shown], tmp_path: Path) -> None:
    """Every `revtrack` command in the documentation runs and prints what stands under it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}
    for shown in commands:
        if not re.search(r"(^|\| *)revtrack\b", shown.command):
            assert re.match(r"(make|pip|git|cd|python) ", shown.command), f"untested: {shown}"
            continue
        done = subprocess.run(
            ["bash", "-c", shown.command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        printed = done.stdout + done.stderr
        expected, _, status = shown.output.partition("(exit ")
        allowed = {int(status.split(")")[0])} if status else {0, 1}
        assert done.returncode in allowed, f"{shown}\n{printed}"
        if expected.strip():
            assert OutputChecker().check_output(expected, printed, LIKE_DOCTEST), printed


def test_the_documentation_names_only_targets_that_make_has() -> None:
    """Each `make` target in README and docs exists."""
    targets = set(MAKE_TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = {
        name
        for page in [*PAGES, ROOT / "CONTRIBUTING.md"]
        for name in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"))
    }
    assert named <= targets
    assert {"demo", "test"} <= named


def test_the_names_of_the_package_are_on_its_page() -> None:
    """What `import revtrack` gives is in the reference under the name that users write."""
    page = (ROOT / "docs" / "reference" / "revtrack.md").read_text(encoding="utf-8")
    assert set(revtrack.__all__) == set(re.findall(r"`(\w+)`", page))
