"""A report is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from revtrack import report
from tests.report.made import hostile_history, story


def test_write_puts_the_page_where_it_belongs(tmp_path: Path) -> None:
    """The file holds the HTML report in UTF-8, and nothing else is left in the folder."""
    report.write(story(), tmp_path / "report.html", title="Cranes")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == report.html(
        story(), title="Cranes"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_hostile_text_can_be_written(tmp_path: Path) -> None:
    """Lone surrogates and control characters do not stop a report."""
    report.write(hostile_history(), tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size > 1_000


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """What cannot be written leaves the earlier report untouched and no draft behind."""
    target = tmp_path / "report.html"
    target.write_text("earlier", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        report.write_atomically(target, "half a page \ud800")
    assert target.read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_missing_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    """Folders are not made up; the error names the file that was asked for, and no other."""
    target = tmp_path / "missing" / "report.html"
    with pytest.raises(FileNotFoundError) as error:
        report.write(story(), target)
    assert error.value.filename == str(target)
