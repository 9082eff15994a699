"""Real pages of every kind go through the main job without a traceback."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import revtrack
from revtrack.model import Capture, Snapshot


def _refetched(folder: Path) -> Iterator[tuple[str, Path, Path, str | None]]:
    for line in (folder / "refetch" / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        base = folder / "refetch"
        yield row["id"], base / row["old_file"], base / row["new_file"], row["url"]


def _pages(folder: Path) -> Iterator[tuple[str, Path, Path, str | None]]:
    for line in (folder / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        path = folder / "pages" / row["file"]
        yield row["id"], path, path, row["url"]


def _bodies(folder: Path) -> Iterator[tuple[str, Path, Path, str | None]]:
    truth = json.loads((folder / "body" / "ground-truth.json").read_text(encoding="utf-8"))
    for key, gold in truth.items():
        path = folder / "body" / "html" / f"{key}.html.gz"
        yield key, path, path, gold.get("url")


SETS = {"refetch": _refetched, "pages": _pages, "body": _bodies}


def _snapshot(path: Path, url: str | None) -> Snapshot:
    return Snapshot(Capture(url, None, source="file"), gzip.decompress(path.read_bytes()))


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_page_gives_a_revision(name: str, shared: Path) -> None:
    """Each real pair is compared; none of these pages is refused."""
    for key, old, new, url in SETS[name](shared / "data"):
        revision = revtrack.compare(_snapshot(old, url), _snapshot(new, url))
        if old == new:
            assert revision.changes == (), f"{key}: a page differs from itself"
