"""Captures and histories in forms that other programs read: JSON lines, WARC, git and others.

`formats.FORMATS` is the table of what `--format` writes of changes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from revtrack.exchange.jsonlines import read_lines, write_lines
    from revtrack.exchange.repository import Committed, commits, write_repository
    from revtrack.exchange.webarchive import write_records

__all__ = ["Committed", "commits", "read_lines", "write_lines", "write_records", "write_repository"]

_MODULES = ("jsonlines", "repository", "webarchive")


def __getattr__(name: str) -> Any:
    """Load the names of this package on first use: most programs need one format."""
    if name in __all__:
        modules = (import_module(f"{__name__}.{one}") for one in _MODULES)
        return next(getattr(one, name) for one in modules if name in one.__all__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
