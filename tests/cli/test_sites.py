"""The command that writes a site."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra report is not installed")

Run = Callable[..., subprocess.CompletedProcess[str]]
URL = "https://lockkeeper.example/2024/03/tarn-locks-reopen"


def test_a_site_is_written_from_a_folder_and_from_a_store(
    revtrack: Run, story: Path, tmp_path: Path
) -> None:
    """Both have the article; a summary is on standard error."""
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    for place in (story, "news.db"):
        done = revtrack("site", place, "-o", "out/site")
        assert done.returncode == 0, done.stderr
        assert (
            done.stderr == "out/site/index.html: 1 article; 8 changes, 5 substantive, 3 undisclosed\n"
        )
    assert "tarn-locks-reopen" in (tmp_path / "out/site/index.html").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_trouble(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A file in the place of the folder, a place without captures, and an address that is none."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    for words, said in (
        (("site", story, "-o", "out"), "choose another folder with --output"),
        (("site", ".", "-o", "site"), "no captures in . or its subfolders"),
        (("site", story, "-o", "site", "--address", "mine"), "'mine' is not an address"),
    ):
        done = revtrack(*words)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_folder_with_other_files_is_left_alone(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A site is written to a new folder or over an earlier site, and never among other files."""
    out = tmp_path / "mine"
    out.mkdir()
    (out / "index.html").write_text("my own page", encoding="utf-8")
    done = revtrack("site", story, "-o", out)
    assert (done.returncode, "other files than a site" in done.stderr) == (2, True)
    assert [one.name for one in out.iterdir()] == ["index.html"]
