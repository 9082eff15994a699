"""The example scripts run as they are and print what they promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = EXAMPLES / "story"


def run(name: str, *words: str | Path, folder: Path, **variables: str) -> str:
    """What a script prints, run in *folder*."""
    environment = {
        key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}
    }
    done = subprocess.run(
        [sys.executable, EXAMPLES / name, *map(str, words)],
        cwd=folder, env=environment | variables | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_demo(tmp_path: Path) -> None:
    """The demo tells each revision, writes the report, and says where it is."""
    said = run("demo.py", folder=tmp_path)
    report = tmp_path / "build" / "demo" / "index.html"
    assert said.rstrip().endswith("build/demo/index.html")
    assert "backed forces" in report.read_text(encoding="utf-8")
    assert "7 captures (1 screened out), 4 versions" in said
    assert "2024-03-05 23:00:00+00:00: screened out, " in said
    assert "headline, attested by a notice, not captured: Vesperan forces reopen the Tarn" in said
    for words in ("Vesperan-backed", "40", "stayed in the house", "thirty"):
        assert words in said


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_demo_colours(tmp_path: Path, variables: dict[str, str], coloured: bool) -> None:
    """The demo is plain in a pipe, coloured when that is forced, and NO_COLOR wins."""
    assert ("\x1b[" in run("demo.py", folder=tmp_path, **variables)) is coloured


def test_compare_two_files(tmp_path: Path) -> None:
    """Two captures give the corrected headline, the update, and what discloses what."""
    said = run("compare_two_files.py", folder=tmp_path)
    assert "HeadlineChanged" in said
    assert "new: Vesperan-backed forces reopen" in said
    assert "disclosed by: Update: The original headline read" in said
    assert "0 of them undisclosed" in said


def test_compare_two_given_files(tmp_path: Path) -> None:
    """Two files named on the command line are compared instead of the story's."""
    words = (STORY / "20240304T123000Z.html", STORY / "20240305T081500Z.html")
    said = run("compare_two_files.py", *words, folder=tmp_path)
    assert "TextRemoved" in said
    assert "2 changes, 2 of them undisclosed" in said


def test_headline_life(tmp_path: Path) -> None:
    """Both headlines are told with the interval in which they came."""
    lines = run("headline_life.py", folder=tmp_path).splitlines()
    assert lines == [
        "Vesperan forces reopen the Tarn locks after nine weeks",
        "  there when first captured, 2024-03-04 07:40:00+00:00",
        "Vesperan-backed forces reopen the Tarn locks after nine weeks",
        "  appeared between 2024-03-04 09:05:00+00:00 and 2024-03-04 12:30:00+00:00",
    ]


def test_headline_life_from_the_last_capture_alone(tmp_path: Path) -> None:
    """With the last capture alone the earlier headline is told as attested, not captured."""
    page = STORY / "20240309T060000Z.html"
    (tmp_path / page.name).write_bytes(page.read_bytes())
    said = run("headline_life.py", tmp_path, folder=tmp_path)
    assert "Vesperan forces reopen the Tarn locks after nine weeks\n  attested by a notice" in said


def test_plain_text(tmp_path: Path) -> None:
    """From plain text the changed number is found, and the notice that discloses it."""
    said = run("plain_text.py", folder=tmp_path)
    assert "was: The bridge over the Sill will close for 3 weeks from Monday." in said
    assert "number, disclosed" in said
    assert "notice: Correction: An earlier version" in said


def test_every_script_has_a_test() -> None:
    """A new example script without a test is noticed."""
    tested = set(re.findall(r'run\(\s*"(\w+\.py)"', Path(__file__).read_text(encoding="utf-8")))
    assert {path.name for path in EXAMPLES.glob("*.py")} == tested
