"""The notebooks among the examples run from the first cell to the last."""

from __future__ import annotations

from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient", reason="the group tests is not installed")
nbformat = pytest.importorskip("nbformat", reason="the group tests is not installed")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    """No cell fails, each cell of code gives something, and none is kept with what it gave before."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in code)
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert all(cell.outputs for cell in code)
    shown = [output.get("data", {}).get("text/html", "") for cell in code for output in cell.outputs]
    assert any("revtrack-report" in one for one in shown) == (path.stem == "one_article")


def test_there_are_notebooks() -> None:
    """They are where the page of examples says."""
    said = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [path.name in said for path in NOTEBOOKS] == [True, True]
