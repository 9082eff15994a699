"""The files that contain records: WARC, gzip or not, those packed into a WACZ, and their bytes.

Streams support look-ahead and going back, in a file or in one member of a gzip file.
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
_KEPT = 2**20
"""So many bytes of a member are kept, and a few more (range 2**16 to 2**22): more are unpacked anew."""
_PROBE = 512
"""Bytes of a member that are unpacked to see whether it contains a record (range 64 to 4,096)."""


class Stream(ABC):
    """Bytes from `tell` on. Reading raises `EOFError` and `zlib.error` where they are damaged."""

    def __init__(self) -> None:
        self._buffer = b""
        self._used = 0  # a line is not cut off the buffer: that would copy the rest for each line
        self._place = 0

    def tell(self) -> int:
        """The position of the next byte."""
        return self._place

    def peek(self, size: int) -> bytes:
        """The next *size* bytes, fewer at the end, without advancing."""
        while self._reached() - self._place < size and (piece := self._more()):
            self._buffer, self._used = self._buffer[self._used :] + piece, 0
        return self._buffer[self._used : self._used + size]

    def read(self, size: int) -> bytes:
        """The next bytes, *size* at most; none at the end."""
        piece = self.peek(min(size, _WINDOW))
        self._drop(len(piece))
        return piece

    def seek(self, place: int) -> None:
        """Go to *place*, or to the end where that is nearer."""
        if place < self._place:
            self._go(self._restart(place))
        while self._place < place and self.read(min(place - self._place, _WINDOW)):
            pass

    def line(self, limit: int) -> bytes | None:
        """The next line with its end; None where it has none, or is longer than *limit* bytes."""
        searched = size = 0
        while searched < limit:
            size = min(limit, max(2 * searched, _PROBE))
            piece = self.peek(size)
            end = piece.find(b"\n", searched)
            if end >= 0:
                self._drop(end + 1)
                return piece[: end + 1]
            if len(piece) < size:
                return None
            searched = size
        return None

    def skip(self, padding: bytes) -> bool:
        """Skip bytes that are among *padding*; whether anything follows."""
        while piece := self.peek(_WINDOW):
            text = piece.lstrip(padding)
            self._drop(len(piece) - len(text))
            if text:
                return True
        return False

    def _drop(self, size: int) -> None:
        self._used += size
        self._place += size

    def _go(self, place: int) -> None:
        self._buffer, self._used, self._place = b"", 0, place

    def _holds(self, place: int) -> bool:
        return self._place - self._used <= place <= self._reached()

    def _reached(self) -> int:
        """The position behind the buffer."""
        return self._place + len(self._buffer) - self._used

    @abstractmethod
    def _more(self) -> bytes:
        """The next piece; nothing at the end."""

    @abstractmethod
    def _restart(self, place: int) -> int:
        """Restart at *place* or before it; returns the position."""


class Plain(Stream):
    """A plain file."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, io.SEEK_END)

    def seek(self, place: int) -> None:
        """Go to *place*, or to the end where that is nearer."""
        if self._holds(place):
            self._drop(place - self._place)
        else:
            self._go(min(place, self._size))

    def _more(self) -> bytes:
        self._file.seek(self._reached())  # other streams read the same file
        return self._file.read(_PIECE)

    def _restart(self, place: int) -> int:
        return place


class Member(Stream):
    """The content of the gzip member at *offset* of a file; `end` is known once it was read."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        super().__init__()
        self._file = file
        self._offset = offset
        self._restart(0)

    def continued(self, file: IO[bytes]) -> Member:
        """The same member where it was left, read from *file*, which was opened anew."""
        self._file = file
        return self

    def seek(self, place: int) -> None:
        """Go to *place*, or to the end where that is nearer; nothing is copied in a small member."""
        if self._holds(place):
            self._drop(place - self._place)
        elif place <= len(self._unpacked) <= _KEPT:
            self._go(place)
        else:
            super().seek(place)

    def _restart(self, place: int) -> int:
        self._unpacked = bytearray()
        self._damage = ""
        self._unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._read = self._offset
        self.end: int | None = None
        return 0

    def _more(self) -> bytes:
        reached = self._reached()
        if reached < len(self._unpacked) <= _KEPT:
            return bytes(self._unpacked[reached : reached + _PIECE])
        if self._damage:
            raise zlib.error(self._damage)
        try:
            piece = self._next_piece()
        except (EOFError, zlib.error) as error:
            self._damage = str(error)  # what is behind it stays unread, however often it is asked for
            raise
        if len(self._unpacked) <= _KEPT:
            self._unpacked += piece
        return piece

    def _next_piece(self) -> bytes:
        while self.end is None:
            packed = self._unpacking.unconsumed_tail
            if not packed:
                self._file.seek(self._read)
                packed = self._file.read(_PIECE)
                self._read += len(packed)
                if not packed:
                    raise EOFError("its gzip data are cut off")
            piece = self._unpacking.decompress(packed, _WINDOW)
            if self._unpacking.eof:
                self.end = self._read - len(self._unpacking.unused_data)
            if piece:
                return piece
        return b""


def next_member(file: IO[bytes], place: int, starts: tuple[bytes, ...]) -> int | None:
    """The offset of the next member whose content *starts* so, from *place* on."""
    buffer = b""
    while True:
        file.seek(place + len(buffer))
        piece = file.read(_WINDOW)
        buffer += piece
        found = buffer.find(GZIP)
        if found < 0:
            if not piece:
                return None
            place, buffer = place + max(len(buffer) - len(GZIP) + 1, 0), buffer[-len(GZIP) + 1 :]
            continue
        place, buffer = place + found, b""
        if _first_bytes(file, place).startswith(starts):
            return place
        place += 1


def _first_bytes(file: IO[bytes], place: int) -> bytes:
    file.seek(place)
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(_PROBE), _PROBE).lstrip()
    except zlib.error:
        return b""


WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
"""The endings of the names of files that contain records."""

_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
"""The errors of reading a damaged file."""

_UNREADABLE = (
    *_DAMAGED,
    KeyError,
    ValueError,
    OverflowError,  # lengths beyond any file
    NotImplementedError,  # packed in a way that the standard library does not know
    RuntimeError,  # packed with a password
)
"""Further errors of opening a packed file."""

_PACKED = ".wacz"
_FOLDER = "archive/"


@attrs.frozen(order=True)
class RecordFile:
    """One file of records: a `path`, and for a WACZ the `member` inside it."""

    path: Path
    member: str = ""

    def __str__(self) -> str:
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @classmethod
    def read(cls, written: str) -> RecordFile:
        """The file from its `str`."""
        path, _, member = written.partition(f"{_PACKED}!")
        return cls(Path(path + _PACKED), member) if member else cls(Path(written))

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes; raises `SourceError` where they cannot be read."""
        with ExitStack() as closing:
            try:
                if self.member:
                    packed = closing.enter_context(zipfile.ZipFile(self.path))
                    stream: IO[bytes] = closing.enter_context(packed.open(self.member))
                else:
                    stream = closing.enter_context(self.path.open("rb"))
            except _UNREADABLE as error:
                raise _unreadable(self, error) from error
            try:
                yield stream
            except _DAMAGED as error:
                raise _unreadable(self, error) from error


def record_files(path: Path) -> tuple[RecordFile, ...]:
    """The files of records at *path*: a WARC file, a WACZ file, or a folder of both.

    In a folder, a packed file that cannot be opened is returned itself. Raises `SourceError` where
    there are none.
    """
    try:
        paths = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise _unreadable(RecordFile(path), error) from error
    found = [file for one in paths for file in _files_of(one, named=one == path)]
    if not found:
        raise SourceError(
            f"no web archive in {path}: expected files that end in "
            f"{', '.join([*WARC_SUFFIXES, _PACKED])}",
            location=str(path),
        )
    return tuple(found)


def _files_of(path: Path, *, named: bool) -> list[RecordFile]:
    name = path.name.lower()
    if name.endswith(_PACKED):
        try:
            with zipfile.ZipFile(path) as packed:
                names = sorted(packed.namelist())
        except _UNREADABLE as error:
            if named:
                raise _unreadable(RecordFile(path), error) from error
            return [RecordFile(path)]
        return [
            RecordFile(path, member)
            for member in names
            if member.startswith(_FOLDER) and member.lower().endswith(WARC_SUFFIXES)
        ]
    # a file that was named is read whatever its name
    return [RecordFile(path)] if named or name.endswith(WARC_SUFFIXES) else []


def _unreadable(file: RecordFile, error: Exception) -> SourceError:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error).strip("'\"")
    return unreadable(file, why.lower())
