"""The interpreter that make uses is one that works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH with the shell and its tools and no Python at all."""
    for tool in ("sh", "grep", "tail"):
        found = shutil.which(tool)
        if found is None:
            pytest.skip(f"needs {tool}")
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def _find(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / ".ci" / "find-python"), *arguments],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_shim_that_fails_is_passed_over(bin_folder: Path) -> None:
    """A name on PATH that does not run, as a version manager leaves it, is not believed."""
    _script(bin_folder / "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    _script(bin_folder / "python3", f'exec {sys.executable} "$@"')
    done = _find(bin_folder)
    assert (done.returncode, done.stdout.strip()) == (0, "python3")


def test_a_version_manager_is_asked_for_the_path(bin_folder: Path) -> None:
    """Where only the version manager knows a fitting Python, its path is used."""
    _script(bin_folder / "python3.12", "exit 127")
    _script(
        bin_folder / "pyenv",
        'case "$1" in versions) echo 3.9.1; echo 3.12.1 ;; '
        f'which) [ "$PYENV_VERSION" = 3.12.1 ] && echo {sys.executable} ;; esac',
    )
    done = _find(bin_folder, "python3.12")
    assert (done.returncode, done.stdout.strip()) == (0, sys.executable)


def test_without_a_fitting_python_the_message_says_what_to_do(bin_folder: Path) -> None:
    """No Python, or only an old one: status 1 and a message that names the way out."""
    _script(bin_folder / "python3", "exit 1")
    done = _find(bin_folder)
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert "PYTHON=" in done.stderr


def test_make_says_what_there_is(tmp_path: Path) -> None:
    """`make` alone names the commands and touches nothing."""
    if shutil.which("make") is None:
        pytest.skip("needs make")
    done = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile")],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"demo", "test", "lint", "docs", "bench", "clean"} <= set(done.stdout.split())
    assert list(tmp_path.iterdir()) == []
