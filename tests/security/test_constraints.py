"""What development installs is pinned, with hashes."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=;! ]", requirement)[0].lower().replace(".", "-").replace("_", "-")


def test_every_requirement_is_pinned_with_hashes(root: Path) -> None:
    """Each package that the project, an extra or a group names has one version or more, and hashes."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"]]
    named += chain(*project["project"]["optional-dependencies"].values())
    named += [one for one in chain(*project["dependency-groups"].values()) if isinstance(one, str)]
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    pinned = {_name(entry) for entry in entries if "==" in entry and "--hash=sha256:" in entry}
    assert len(pinned) > 50
    assert {_name(one) for one in named} - pinned - {"revtrack"} == set()
    assert all("--hash=sha256:" in entry for entry in entries)
