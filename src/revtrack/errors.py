"""The exceptions that revtrack raises on purpose.

Everything below descends from `RevtrackError`, carries its evidence as attributes, and says in its
message what was wrong and what to do about it::

    RevtrackError
    ├── ExtractionError      a page holds nothing that can be compared (reason, url)
    ├── SourceError          captures could not be listed or fetched (location)
    │   └── CaptureDateError a capture's time could not be read from its name (location)
    ├── CodecError           JSON that is not what revtrack wrote (path)
    ├── PatchError           operations that do not fit the text they are applied to
    └── MissingExtraError    an optional part is not installed (extra, package)

Wrong arguments (a number where text belongs, an unknown option) are programming mistakes and raise
`TypeError` or `ValueError` instead.
"""

from __future__ import annotations

from revtrack.model import ScreenReason

__all__ = [
    "CaptureDateError",
    "CodecError",
    "ExtractionError",
    "MissingExtraError",
    "PatchError",
    "RevtrackError",
    "SourceError",
]


class RevtrackError(Exception):
    """The root of every exception that revtrack raises on purpose."""


class ExtractionError(RevtrackError):
    """A page holds no article: empty, not HTML, too large, or without any body text.

    `reason` is the closed label of what was found; `url` is the page's address where it is known.
    """

    def __init__(self, message: str, *, reason: ScreenReason, url: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.url = url


class SourceError(RevtrackError):
    """Captures could not be listed or fetched; `location` is the path or address that failed."""

    def __init__(self, message: str, *, location: str) -> None:
        super().__init__(message)
        self.location = location


class CaptureDateError(SourceError):
    """The time of a capture could not be read from its file name (`location`)."""


class CodecError(RevtrackError):
    """JSON that does not describe the expected type; `path` names the place in the document."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class PatchError(RevtrackError):
    """Operations do not fit the text that they are applied to."""


class MissingExtraError(RevtrackError):
    """An optional part of revtrack is needed and not installed.

    `extra` is the name to install (``pip install "revtrack[extra]"``), `package` what was missing.
    """

    def __init__(self, *, extra: str, package: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}, which is not installed: "
            f'run  pip install "revtrack[{extra}]"'
        )
        self.extra = extra
        self.package = package
