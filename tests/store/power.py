"""A power cut, simulated: what SQLite writes and syncs is recorded, and what was not synced is lost.

The recorder sits between SQLite and the system: it replaces three methods of each file that the SQLite
of this interpreter opens. From the record follows what a disk may hold after a cut at any event: what
was synced, and any part of what was not, sector by sector, in any order.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

__all__ = ["Event", "disk_after", "is_reachable", "recorded"]

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

_METHODS = 18
"""Methods of a file that SQLite knows by its third form."""
_WRITE, _TRUNCATE, _SYNC = 2, 3, 4
_VFS_OPEN, _VFS_DELETE = 0, 1

_Pointer, _Int, _Long = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_Open = ctypes.CFUNCTYPE(_Int, _Pointer, _Pointer, _Pointer, _Int, _Pointer)
_Delete = ctypes.CFUNCTYPE(_Int, _Pointer, ctypes.c_char_p, _Int)
_Write = ctypes.CFUNCTYPE(_Int, _Pointer, _Pointer, _Int, _Long)
_Truncate = ctypes.CFUNCTYPE(_Int, _Pointer, _Long)
_Sync = ctypes.CFUNCTYPE(_Int, _Pointer, _Int)


class _Methods(ctypes.Structure):
    _fields_ = (("version", _Int), ("methods", _Pointer * (_METHODS)))


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", _Int),
        ("file_size", _Int),
        ("longest_path", _Int),
        ("next", _Pointer),
        ("name", _Pointer),
        ("own", _Pointer),
        ("methods", _Pointer * 2),
    )


@attrs.frozen
class Event:
    """One thing that happened to the file *name*, or to the folder: what was written where.

    `offset` of a deletion says whether the folder was synced with it.
    """

    kind: str
    name: str = ""
    offset: int = 0
    content: bytes = b""


def _vfs() -> _Vfs:
    """The file system that SQLite uses. Raises `AttributeError` where it cannot be reached."""
    find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    find.restype = ctypes.POINTER(_Vfs)
    return find(None).contents  # type: ignore[no-any-return] # what C gives has no type


def is_reachable() -> bool:
    """Whether the SQLite of this interpreter can be reached from outside of it."""
    try:
        _vfs()
    except (AttributeError, OSError):
        return False
    return True


@contextmanager
def recorded(folder: Path) -> Iterator[list[Event]]:
    """The events of the files below *folder* that are opened in the context, as they happen."""
    vfs = _vfs()
    events: list[Event] = []
    names: dict[int, str] = {}
    held: list[Any] = []  # what C points to must not be collected
    originals = list(vfs.methods)
    open_file, delete = _Open(originals[_VFS_OPEN]), _Delete(originals[_VFS_DELETE])

    def opened(own: int, path: int | None, file: int, flags: int, out: int | None) -> int:
        status = open_file(own, path, file, flags, out)
        name = Path((ctypes.string_at(path) if path else b"").decode())
        if status == 0 and name.parent == folder:
            names[file] = name.name
            place = ctypes.cast(file, ctypes.POINTER(ctypes.POINTER(_Methods)))
            methods = _Methods.from_buffer_copy(place.contents.contents)
            _replace(methods, events, names, held)
            held.append(methods)
            place[0] = ctypes.pointer(methods)
        return int(status)

    def deleted(own: int, path: bytes, sync: int) -> int:
        status = delete(own, path, sync)
        name = Path(path.decode())
        if status == 0 and name.parent == folder:
            events.append(Event("delete", name.name, offset=sync))
        return int(status)

    fsync = os.fsync

    def folder_synced(fd: Any) -> None:
        fsync(fd)
        if os.path.samestat(os.fstat(fd), folder.stat()):
            events.append(Event("folder"))

    replaced = _Open(opened), _Delete(deleted)
    for place, method in enumerate(replaced):
        vfs.methods[place] = ctypes.cast(method, _Pointer).value
    os.fsync = folder_synced
    try:
        yield events
    finally:
        os.fsync = fsync
        vfs.methods[:] = originals
        _KEPT.extend([*held, *replaced])  # a connection may be closed by the collector, much later


_KEPT: list[Any] = []


def _replace(methods: _Methods, events: list[Event], names: dict[int, str], held: list[Any]) -> None:
    """Put a recorder before the methods of one file that change it."""
    write = _Write(methods.methods[_WRITE])
    truncate = _Truncate(methods.methods[_TRUNCATE])
    sync = _Sync(methods.methods[_SYNC])

    def written(file: int, content: int, size: int, offset: int) -> int:
        events.append(Event("write", names[file], offset, ctypes.string_at(content, size)))
        return int(write(file, content, size, offset))

    def truncated(file: int, size: int) -> int:
        events.append(Event("truncate", names[file], size))
        return int(truncate(file, size))

    def synced(file: int, flags: int) -> int:
        status = sync(file, flags)
        events.append(Event("sync", names[file]))
        return int(status)

    recorders = (
        (_WRITE, _Write(written)),
        (_TRUNCATE, _Truncate(truncated)),
        (_SYNC, _Sync(synced)),
    )
    for place, method in recorders:
        methods.methods[place] = ctypes.cast(method, _Pointer).value
        held.append(method)


def disk_after(events: list[Event], survives: Callable[[], bool]) -> dict[str, bytes]:
    """The files after a cut behind *events*: of what was not synced, each sector *survives* or not."""
    synced = {event.name: place for place, event in enumerate(events) if event.kind == "sync"}
    folder = max([place for place, event in enumerate(events) if event.kind == "folder"], default=-1)
    files: dict[str, bytearray] = {}
    for place, event in enumerate(events):
        is_safe = place < synced.get(event.name, -1)
        if event.kind == "write":
            stop = event.offset + len(event.content)
            edges = [event.offset, *range(event.offset // SECTOR * SECTOR + SECTOR, stop, SECTOR), stop]
            for start, end in pairwise(edges):
                if is_safe or survives():
                    held = files.setdefault(event.name, bytearray())
                    held.extend(bytes(max(0, start - len(held))))
                    held[start:end] = event.content[start - event.offset : end - event.offset]
        elif event.kind == "truncate" and (is_safe or survives()):
            del files.setdefault(event.name, bytearray())[event.offset :]
        elif event.kind == "delete" and (place < folder or event.offset or survives()):
            files.pop(event.name, None)
    return {name: bytes(held) for name, held in files.items()}
