"""Files that are there whole or not at all, also when several workers write one at a time."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["read_manifest", "whole", "write_manifest"]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary file to write; when the context ends without an error, it is on the disk as *path*.

    Raises `OSError` where it cannot be written; then *path* is what it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(number)
    draft = Path(name)
    try:
        yield draft
        _sync(draft)
        draft.chmod(0o644)
        draft.replace(path)
        if os.name == "posix":
            _sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Write *manifest* as JSON, whole or not at all."""
    with whole(path) as draft:
        draft.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest at *path*; empty where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
