"""revtrack reports how a published article changed.

What was corrected in the headline, what was added as an update, what was removed, edited or moved,
which notice discloses which change, and which substantive change no notice discloses.

    >>> import revtrack
    >>> old = revtrack.from_text("The fire hurt 45 people.", headline="Fire at the harbour")
    >>> new = revtrack.from_text("The fire hurt 54 people.", headline="Fire at the harbour")
    >>> [(change.nature.value, change.substantive) for change in revtrack.compare(old, new).undisclosed]
    [('number', True)]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from revtrack import diff, notices, text
from revtrack.changes import (
    Change,
    Disclosure,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Revision,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.compare import CompareOptions, compare
from revtrack.errors import RevtrackError
from revtrack.extract import extract, from_text
from revtrack.history import History
from revtrack.model import Article, Capture, Notice, NoticeKind, NoticeTarget, Snapshot, Span
from revtrack.track import track

if TYPE_CHECKING:
    from types import ModuleType

    from revtrack import report, search, sources

__all__ = [
    "Article",
    "Capture",
    "Change",
    "CompareOptions",
    "Disclosure",
    "HeadlineChanged",
    "History",
    "LinkChanged",
    "MediaChanged",
    "MetadataChanged",
    "Nature",
    "Notice",
    "NoticeAdded",
    "NoticeKind",
    "NoticeRemoved",
    "NoticeTarget",
    "Revision",
    "RevtrackError",
    "Snapshot",
    "Span",
    "TextAdded",
    "TextEdited",
    "TextMoved",
    "TextRemoved",
    "UpdateAdded",
    "compare",
    "diff",
    "extract",
    "from_text",
    "notices",
    "report",
    "search",
    "sources",
    "text",
    "track",
]

__version__ = "0.1.0"

_LATER = ("report", "search", "sources")


def __getattr__(name: str) -> ModuleType:
    """`revtrack.report`, `search` and `sources` are imported when they are first asked for."""
    if name in _LATER:
        return import_module(f"revtrack.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
