"""The files that hold records: WARC, gzip or not, those packed into a WACZ, and their bytes.

Bytes can be looked at ahead and gone through again: of a file, or of one member of gzip in it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import attrs

from revtrack.errors import SourceError
from revtrack.sources.source import unreadable

__all__ = ["GZIP", "Member", "Plain", "RecordFile", "Stream", "next_member", "record_files"]


GZIP = b"\x1f\x8b\x08"
_PIECE = 2**14
_WINDOW = 2**16
_TASTE = 512
"""Bytes of a member that are unpacked to see whether it holds a record (range 64 to 4,096)."""


class Stream(ABC):
    """Bytes from `tell` on. Reading raises `EOFError` and `zlib.error` where they are damaged."""

    def __init__(self) -> None:
        self._held = b""
        self._place = 0

    def tell(self) -> int:
        """Where the next byte stands."""
        return self._place

    def peek(self, size: int) -> bytes:
        """The next *size* bytes, fewer at the end, without going on."""
        while len(self._held) < size and (piece := self._more()):
            self._held += piece
        return self._held[:size]

    def read(self, size: int) -> bytes:
        """The next bytes, *size* at most; none at the end."""
        piece = self.peek(min(size, _WINDOW))
        self._drop(len(piece))
        return piece

    def seek(self, place: int) -> None:
        """Go to *place*, or to the end where that comes first."""
        if place < self._place:
            self._held, self._place = b"", self._restart(place)
        while self._place < place and self.read(min(place - self._place, _WINDOW)):
            pass

    def line(self, limit: int) -> bytes | None:
        """The next line with its end; None where it has none, or is longer than *limit* bytes."""
        looked = size = 0
        while looked < limit:
            size = min(limit, max(2 * looked, _TASTE))
            piece = self.peek(size)
            end = piece.find(b"\n", looked)
            if end >= 0:
                self._drop(end + 1)
                return piece[: end + 1]
            if len(piece) < size:
                return None
            looked = size
        return None

    def skip(self, padding: bytes) -> bool:
        """Go past bytes that are among *padding*; whether anything follows."""
        while piece := self.peek(_WINDOW):
            text = piece.lstrip(padding)
            self._drop(len(piece) - len(text))
            if text:
                return True
        return False

    def _drop(self, size: int) -> None:
        self._held = self._held[size:]
        self._place += size

    @abstractmethod
    def _more(self) -> bytes:
        """The next piece; nothing at the end."""

    @abstractmethod
    def _restart(self, place: int) -> int:
        """Begin anew at *place* or before it; where."""


class Plain(Stream):
    """A file as it is."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, io.SEEK_END)

    def seek(self, place: int) -> None:
        """Go to *place*, or to the end where that comes first."""
        if self._place <= place <= self._place + len(self._held):
            self._drop(place - self._place)
        else:
            self._held, self._place = b"", min(place, self._size)

    def _more(self) -> bytes:
        self._file.seek(self._place + len(self._held))  # others read the same file
        return self._file.read(_PIECE)

    def _restart(self, place: int) -> int:
        return place


class Member(Stream):
    """What the member of gzip at *offset* of a file holds; `end` is where it ends, once it was read."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        super().__init__()
        self._file = file
        self._offset = offset
        self._restart(0)

    def _restart(self, place: int) -> int:
        self._unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._read = self._offset
        self.end: int | None = None
        return 0

    def _more(self) -> bytes:
        while self.end is None:
            packed = self._unpacking.unconsumed_tail
            if not packed:
                self._file.seek(self._read)
                packed = self._file.read(_PIECE)
                self._read += len(packed)
                if not packed:
                    raise EOFError("its gzip data end in the middle")
            piece = self._unpacking.decompress(packed, _WINDOW)
            if self._unpacking.eof:
                self.end = self._read - len(self._unpacking.unused_data)
            if piece:
                return piece
        return b""


def next_member(file: IO[bytes], place: int, begins: tuple[bytes, ...]) -> int | None:
    """Where the next member that holds something that *begins* so stands, from *place* on."""
    held = b""
    while True:
        file.seek(place + len(held))
        piece = file.read(_WINDOW)
        held += piece
        found = held.find(GZIP)
        if found < 0:
            if not piece:
                return None
            place, held = place + max(len(held) - len(GZIP) + 1, 0), held[-len(GZIP) + 1 :]
            continue
        place, held = place + found, b""
        if _taste(file, place).startswith(begins):
            return place
        place += 1


def _taste(file: IO[bytes], place: int) -> bytes:
    file.seek(place)
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(_TASTE), _TASTE).lstrip()
    except zlib.error:
        return b""


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
