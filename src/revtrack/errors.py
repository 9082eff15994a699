"""The exceptions that revtrack raises on purpose.

Everything below descends from `RevtrackError`, carries its evidence as attributes, and says in its
message what was wrong and what to do about it::

    RevtrackError
    ├── ExtractionError      a page holds nothing that can be compared (reason, url)
    ├── SourceError          captures could not be listed or fetched (location)
    │   ├── CaptureDateError a capture's time could not be read from its name (location)
    │   ├── StoreError       a store could not be opened, read or written (location, fault, digest)
    │   └── FetchError       a server gave no usable answer (url, fault, status, retry_after)
    ├── AddressError         a text is not the address of a web page (url); also a ValueError
    ├── ExchangeError        captures could not be exported or imported (location)
    ├── CodecError           JSON that is not what revtrack wrote (path)
    ├── SiteRulesError       a file of site rules is wrong (path, key)
    ├── PatchError           operations that do not fit the text they are applied to
    └── MissingExtraError    an optional part is not installed (extra, package)

Wrong arguments (a number where text belongs, an unknown option) are programming mistakes and raise
`TypeError` or `ValueError` instead.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from typing import Any

from revtrack.model import ScreenReason

__all__ = [
    "AddressError",
    "CaptureDateError",
    "CodecError",
    "ExchangeError",
    "ExtractionError",
    "FetchError",
    "FetchFault",
    "MissingExtraError",
    "PatchError",
    "RevtrackError",
    "SiteRulesError",
    "SourceError",
    "StoreError",
    "StoreFault",
    "optional",
    "reason_of",
]


_SHOWN = 200
"""The most characters of an address in a message."""


class RevtrackError(Exception):
    """The root of every exception that revtrack raises on purpose."""


class ExtractionError(RevtrackError):
    """A page has no article: empty, not HTML, too large, or without any body text.

    `reason` is the closed label of the finding; `url` is the page's address where it is known.
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


class FetchFault(Enum):
    """Why a fetch gave no capture."""

    REFUSED_ADDRESS = "refused address"
    REFUSED_BY_ROBOTS = "refused by robots.txt"
    NO_HOST = "no such host"
    NO_CONNECTION = "no connection"
    TLS = "no trusted TLS connection"
    TOO_SLOW = "too slow"
    BROKEN_OFF = "broken off"
    TOO_LARGE = "too large"
    TOO_MANY_REDIRECTS = "too many redirects"
    BAD_REDIRECT = "bad redirect"
    BAD_ANSWER = "bad answer"
    NOT_A_PAGE = "not a page"
    TOO_MANY_REQUESTS = "too many requests"
    SERVER_ERROR = "server error"
    STATUS = "status"
    OTHER_TIME = "capture of another time"


class FetchError(SourceError):
    """A server gave no usable answer.

    `url` is the requested address (the last of a chain of redirects), `fault` the closed label of
    the failure, `status` the HTTP status where there was one, `retry_after` the seconds after which
    the server allows another request, where it stated them.
    """

    def __init__(
        self,
        message: str,
        *,
        url: str,
        fault: FetchFault,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, location=url)
        self.url = url
        self.fault = fault
        self.status = status
        self.retry_after = retry_after


class StoreFault(Enum):
    """The kind of failure of a store, or of its disk."""

    MISSING = "missing"
    NOT_A_STORE = "not a store"
    NEWER = "written by a newer revtrack"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    FULL = "no room"
    BUSY = "busy"
    UNREADABLE = "unreadable"
    CLOSED = "closed"


class StoreError(SourceError):
    """A store could not be opened, read or written.

    `location` is its file, `fault` the closed label of the failure; `digest` is that of the damaged
    page, where it is a single page and not the file.
    """

    def __init__(
        self, message: str, *, location: str, fault: StoreFault, digest: str | None = None
    ) -> None:
        super().__init__(message, location=location)
        self.fault = fault
        self.digest = digest


class AddressError(RevtrackError, ValueError):
    """A text is not the absolute `http` or `https` address of a page; `url` is the text."""

    def __init__(self, why: str, *, url: str) -> None:
        shown = url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"
        super().__init__(f"{shown!r} is not the address of a web page: {why}")
        self.url = url


class ExchangeError(RevtrackError):
    """Captures or histories could not be written for, or read from, other programs (`location`)."""

    def __init__(self, message: str, *, location: str) -> None:
        super().__init__(message)
        self.location = location


class CodecError(RevtrackError):
    """JSON that does not describe the expected type; `path` names the place in the document."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class SiteRulesError(RevtrackError):
    """A file of site rules cannot be used; `path` is the file, `key` the invalid key.

    `path` is None where a selector, the `key`, cannot be applied to a page.
    """

    def __init__(self, message: str, *, path: str | None = None, key: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.key = key


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


def optional(name: str, *, extra: str, purpose: str) -> Any:
    """The module *name* of an optional package. Raises `MissingExtraError` where there is none."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise MissingExtraError(extra=extra, package=package, purpose=purpose) from error


def reason_of(error: Exception) -> str:
    """The message about *error* in a failed row.

    An unexpected exception is named, and its traceback is written to the log of ``revtrack`` (level
    DEBUG, shown by ``revtrack --debug``).
    """
    if isinstance(error, RevtrackError):
        return str(error)
    import logging  # noqa: PLC0415 # slow to import, for what should not happen

    logging.getLogger("revtrack").debug("a failed row", exc_info=error)
    return f"unexpected {type(error).__name__}: {error}"
