"""Real pages with planted edits, from the measuring data that lies beside the project."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

import attrs

__all__ = ["Pair", "pairs", "shared"]


@attrs.frozen
class Pair:
    """One real page and the same page with known edits."""

    key: str
    url: str | None
    old: bytes
    new: bytes


def shared() -> Path:
    """The folder of the measuring data; ends the program with a word of help where it is missing."""
    folder = Path(os.environ.get("REVTRACK_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "data" / "body").is_dir():
        sys.exit("the measuring data is not here: set REVTRACK_SHARED to its folder")
    return folder


def pairs(limit: int | None = None) -> list[Pair]:
    """The pages of the body set, each with the edits that the planter makes by its default seed."""
    folder = shared()
    sys.path.insert(0, str(folder / "eval"))
    from plant import plant

    truth = json.loads((folder / "data" / "body" / "ground-truth.json").read_text(encoding="utf-8"))
    found = []
    for key, gold in list(truth.items())[:limit]:
        packed = (folder / "data" / "body" / "html" / f"{key}.html.gz").read_bytes()
        old = gzip.decompress(packed).decode("utf-8", "replace")
        new, _ = plant(key, old, gold["articleBody"], gold.get("url"))
        found.append(Pair(key, gold.get("url"), old.encode(), new.encode()))
    return found
