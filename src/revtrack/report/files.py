"""Writing a report: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write *text* to *path* in UTF-8 so that a reader sees the old file or the new, never half.

    The text goes to a private folder beside the target and is moved into place when it is complete.
    Raises `OSError` when the folder of *path* is missing or cannot be written to.
    """
    target = Path(path)
    with tempfile.TemporaryDirectory(prefix=".revtrack-", dir=target.parent) as folder:
        draft = Path(folder) / "report"
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
