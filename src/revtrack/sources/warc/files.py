"""The files that hold records: WARC, gzip or not, and those packed into a WACZ."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import attrs

from revtrack.errors import SourceError
from revtrack.sources.source import unreadable

__all__ = ["WARC_SUFFIXES", "RecordFile", "record_files"]

WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
"""The endings of the names of files that hold records."""

_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged file may raise."""

_UNOPENED = (
    *_DAMAGED,
    KeyError,
    ValueError,
    OverflowError,  # lengths beyond any file
    NotImplementedError,  # packed in a way that the standard library does not know
    RuntimeError,  # packed with a password
)
"""What opening a packed file may raise besides."""

_PACKED = ".wacz"
_INSIDE = "archive/"


@attrs.frozen(order=True)
class RecordFile:
    """One file of records: a `path`, and for a WACZ the `member` inside it."""

    path: Path
    member: str = ""

    def __str__(self) -> str:
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @classmethod
    def read(cls, written: str) -> RecordFile:
        """The file that `str` of one wrote."""
        path, _, member = written.partition(f"{_PACKED}!")
        return cls(Path(path + _PACKED), member) if member else cls(Path(written))

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes; raises `SourceError` where they cannot be had."""
        with ExitStack() as closing:
            try:
                if self.member:
                    packed = closing.enter_context(zipfile.ZipFile(self.path))
                    stream: IO[bytes] = closing.enter_context(packed.open(self.member))
                else:
                    stream = closing.enter_context(self.path.open("rb"))
            except _UNOPENED as error:
                raise _unreadable(self, error) from error
            try:
                yield stream
            except _DAMAGED as error:
                raise _unreadable(self, error) from error


def record_files(path: Path) -> tuple[RecordFile, ...]:
    """The files of records at *path*: a WARC file, a WACZ file, or a folder of both.

    A packed file that cannot be opened stands for itself, in a folder. Raises `SourceError` where there
    are none.
    """
    try:
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise _unreadable(RecordFile(path), error) from error
    found = [file for one in paths for file in _files_of(one, given=one == path)]
    if not found:
        raise SourceError(
            f"no web archive in {path}: expected files that end in "
            f"{', '.join([*WARC_SUFFIXES, _PACKED])}",
            location=str(path),
        )
    return tuple(found)


def _files_of(path: Path, *, given: bool) -> list[RecordFile]:
    name = path.name.lower()
    if name.endswith(_PACKED):
        try:
            with zipfile.ZipFile(path) as packed:
                inside = sorted(packed.namelist())
        except _UNOPENED as error:
            if given:
                raise _unreadable(RecordFile(path), error) from error
            return [RecordFile(path)]
        return [
            RecordFile(path, member)
            for member in inside
            if member.startswith(_INSIDE) and member.lower().endswith(WARC_SUFFIXES)
        ]
    # a file that was named is read whatever it is called
    return [RecordFile(path)] if given or name.endswith(WARC_SUFFIXES) else []


def _unreadable(file: RecordFile, error: Exception) -> SourceError:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error).strip("'\"")
    return unreadable(file, why.lower())
