"""Captures in a folder: dated pages, each with an optional sidecar that describes it."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import os
import stat
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path

import attrs

from revtrack.errors import CaptureDateError, SourceError
from revtrack.http import iso_date
from revtrack.model import Capture, Screened, Snapshot
from revtrack.sources.mhtml import SavedPage, is_mhtml, replay_of, saved_page
from revtrack.sources.names import captured_at
from revtrack.sources.source import failed, unreadable
from revtrack.urls import alike
from revtrack.urls.replay import stated_replay

__all__ = ["BODY_LIMIT", "SUFFIXES", "Files", "is_capture_name", "read_page", "too_large", "unpacked"]

SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".html.gz", ".htm.gz", ".xhtml.gz")
"""The endings of file names that are captures; all other files in a folder are ignored. Pages that a
browser saved with their resources (``.mhtml``) state when and from where."""

BODY_LIMIT = 32 * 2**20
"""The most bytes of one page, unpacked (range 8 to 64 MiB). The largest of the 380 real
pages measured has 1.5 MB; the bound keeps a gzip bomb (1,000 : 1) or a misplaced film out of memory."""

_SIDECAR_LIMIT = 2**20
_HEAD = 65_536
"""Bytes at the beginning of a page in which its origin is looked for (range 4,096 and more)."""
_GZIP = b"\x1f\x8b"
# A day begins this long before its midnight in UTC, and ends this long after it, in any zone.
_DAY_BEGINS, _DAY_ENDS = timedelta(hours=14), timedelta(hours=36)
_REASONS = {
    errno.ELOOP: "its symbolic links form a loop",
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENOENT: "it does not exist",
    errno.EISDIR: "it is a folder, a file is needed",
    errno.ENOTDIR: "it is a file, a folder is needed",
    errno.ENAMETOOLONG: "its name is too long",
}


def _failure(path: Path, error: OSError) -> SourceError:
    return unreadable(path, _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower())


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError as error:
        raise _failure(path, error) from error


def _must_be_regular(path: Path) -> None:
    """Raise `SourceError` for anything but a regular file: reading a pipe may block for ever."""
    if not stat.S_ISREG(_mode(path)):
        raise unreadable(path, "it is not a regular file")


def _read_bounded(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise _failure(path, error) from error


def unpacked(body: bytes, *, location: str, limit: int = BODY_LIMIT) -> bytes:
    """The page in *body*, unzipped where it begins like gzip, whatever its name.

    Raises `SourceError` when it is damaged or larger than *limit* bytes.
    """
    if body.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
                body = stream.read(limit + 1)
        except (OSError, EOFError, zlib.error) as error:
            why = f"its gzip data are damaged ({error}); fetch it again"
            raise unreadable(location, why) from error
    if len(body) > limit:
        raise too_large(location, location, limit=limit)
    return body


def too_large(what: str, location: object, *, limit: int = BODY_LIMIT) -> SourceError:
    """The error for *what* at *location* with more than *limit* bytes."""
    return SourceError(
        f"{what} is larger than {limit / 2**20:.0f} MiB, the most that one page may hold; is it a web "
        "page?",
        location=str(location),
    )


def read_page(path: str | os.PathLike[str], *, limit: int = BODY_LIMIT) -> bytes:
    """The bytes of one page in a file, unzipped where they are gzip, taken out of an MHTML file.

    At most *limit* bytes are read and unpacked; *path* may be a pipe. Raises `SourceError` when the
    file is missing, a folder, not readable, damaged or too large.
    """
    return _read_saved_page(Path(path), limit=limit).body


def _read_saved_page(path: Path, *, limit: int = BODY_LIMIT) -> SavedPage:
    """The page in a file, with what an MHTML file states about it."""
    body = unpacked(_read_bounded(path, limit), location=str(path), limit=limit)
    if not is_mhtml(body):
        return SavedPage(body, replay=replay_of(body))
    saved = saved_page(body)
    if saved is None:
        raise unreadable(path, "it is an MHTML file without a page in it; save the page again")
    return saved


@attrs.frozen
class _Sidecar:
    """The fields of a sidecar; None for those it does not have."""

    url: str | None = None
    captured_at: datetime | None = None
    content_type: str | None = None


def _stem(name: str) -> str | None:
    """The name without its ending, None for a file that is not a capture."""
    ending = max([one for one in SUFFIXES if name.lower().endswith(one)], key=len, default=None)
    return None if ending is None or name.startswith(".") else name[: -len(ending)]


def is_capture_name(name: str) -> bool:
    """Whether a file of this *name* in a folder is treated as a capture."""
    return _stem(name) is not None


def _read_sidecar(page: Path, stem: str) -> _Sidecar:
    for path in (page.with_name(f"{page.name}.json"), page.with_name(f"{stem}.json")):
        if not os.path.lexists(path):
            continue
        _must_be_regular(path)
        content = _read_bounded(path, _SIDECAR_LIMIT)
        if len(content) > _SIDECAR_LIMIT:
            raise SourceError(f"{path} is larger than 1 MiB: is it a sidecar?", location=str(path))
        try:
            document = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{path} is not JSON: {error}", location=str(path)) from error
        if not isinstance(document, dict):
            raise SourceError(
                f'{path} must contain an object such as {{"url": "https://…"}}', location=str(path)
            )
        url, stated, kind = (document.get(key) for key in ("url", "captured_at", "content_type"))
        for key, value in (("url", url), ("captured_at", stated), ("content_type", kind)):
            if value is not None and not isinstance(value, str):
                message = f"{path}: {key!r} must be text, got {value!r}"
                raise SourceError(message, location=str(path))
        moment = iso_date(stated)
        if moment is None and stated is not None:
            raise CaptureDateError(
                f"{path}: captured_at is {stated!r}, expected ISO 8601 such as 2024-01-05T12:30:00Z",
                location=str(path),
            )
        return _Sidecar(url, moment, kind)
    return _Sidecar()


@attrs.frozen
class Files:
    """A folder of dated captures of one page, or of several pages that differ by their sidecars.

    Captures are files that end in one of `SUFFIXES`, directly in *folder*. The time is read from the
    name (`20240105T123000Z.html`, see `revtrack.sources.names`); a sidecar, `NAME.json` next to
    `NAME.html`, may add or override `url`, `captured_at` (ISO 8601) and `content_type`. A file that
    neither dates, or whose name has a day alone, gets the time stated in its MHTML or, only with
    *file_times*, the time when it was last written, which copying may change. Hidden files, subfolders
    and files of other kinds are ignored.
    """

    folder: Path = attrs.field(converter=Path)
    file_times: bool = False

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures in time order, of one *url* (in any spelling) or of all.

        A capture whose address is not known counts as one of *url*. Raises `SourceError` for a
        missing folder, one without captures, or one whose files cannot be read, and
        `CaptureDateError` for a file whose time cannot be read.
        """
        captures = [self._capture(path, stem, url) for path, stem in self._pages()]
        return self._of_address(captures, url)

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, after a row for each file whose time or sidecar cannot be read.

        Raises like `captures` where there is no other file.
        """
        captures: list[Capture] = []
        rows: list[Screened] = []
        failure: SourceError | None = None
        for path, stem in self._pages():
            try:
                captures.append(self._capture(path, stem, url))
            except SourceError as error:
                failure = failure or error
                rows.append(failed(Capture(None, None, "file", location=str(path)), str(error)))
        if failure is not None and not captures:
            raise failure
        return chain(rows, self._of_address(captures, url))

    def _of_address(self, found: list[Capture], url: str | None) -> Iterator[Capture]:
        captures = [capture for capture in found if url is None or alike(str(capture.url), url)]
        if not captures:
            others = sorted({str(capture.url) for capture in found})
            raise SourceError(
                f"no capture of {url} in {self.folder}; there are captures of {', '.join(others)}",
                location=str(self.folder),
            )
        return iter(sorted(captures, key=lambda capture: (capture.captured_at, capture.location)))

    def fetch(self, capture: Capture) -> Snapshot:
        """The page of a *capture* that this source listed; its digest is filled in.

        Raises `SourceError` when the file is missing, not readable, damaged or too large, and
        `ValueError` for a capture of another kind of source.
        """
        if capture.source != "file" or capture.location is None:
            raise ValueError(f"not a capture from a folder: {capture}")
        path = Path(capture.location)
        _must_be_regular(path)
        saved = _read_saved_page(path)
        sidecar = _read_sidecar(path, _stem(path.name) or path.stem)
        return Snapshot(
            capture=attrs.evolve(capture, digest=hashlib.sha256(saved.body).hexdigest()),
            body=saved.body,
            content_type=sidecar.content_type or saved.content_type,
            headers=() if saved.is_whole else (("WARC-Truncated", "unspecified"),),
        )

    def _pages(self) -> list[tuple[Path, str]]:
        try:
            entries = sorted(self.folder.iterdir())
        except OSError as error:
            failure = _failure(self.folder, error)
            raise SourceError(
                f"{failure}; give a folder of dated captures", location=str(self.folder)
            ) from error
        dated = [(path, stem) for path in entries if (stem := _stem(path.name)) is not None]
        pages = [(path, stem) for path, stem in dated if not path.is_dir()]
        if not pages:
            raise SourceError(
                f"no captures in {self.folder}: put dated pages there, such as "
                f"20240105T123000Z.html (endings: {', '.join(SUFFIXES)})",
                location=str(self.folder),
            )
        return pages

    def _capture(self, path: Path, stem: str, url: str | None) -> Capture:
        sidecar = _read_sidecar(path, stem)
        saved = self._stated(path)
        stated = sidecar.url if sidecar.url is not None else saved.url
        replay = stated_replay(stated) or saved.replay
        if replay is not None:  # the archive's capture, whenever it was saved from there
            return Capture(replay.url, replay.moment, source="file", location=str(path))
        return Capture(
            url=stated if stated is not None else url,
            captured_at=sidecar.captured_at or self._dated(path, stem, saved),
            source="file",
            location=str(path),
        )

    def _stated(self, path: Path) -> SavedPage:
        """What a file states about itself; of a page that is not MHTML, only its beginning is read."""
        if path.name.lower().endswith((".mhtml", ".mht")):
            _must_be_regular(path)
            return _read_saved_page(path)
        if not stat.S_ISREG(_mode(path)):
            return SavedPage(b"")  # fetching it reports what it is
        head = _read_bounded(path, _HEAD)
        return SavedPage(b"", replay=None if head.startswith(_GZIP) else replay_of(head))

    def _dated(self, path: Path, stem: str, saved: SavedPage) -> datetime:
        stated = saved.saved_at
        try:
            dated = captured_at(stem)
        except CaptureDateError:
            if stated is not None:
                return stated
            if not self.file_times:
                raise
        else:  # the file may state a time on the day of its name, in any zone
            is_on_it = stated and dated.time() == time() and -_DAY_BEGINS <= stated - dated < _DAY_ENDS
            return stated if stated and is_on_it else dated
        try:
            return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (ValueError, OverflowError) as error:
            raise CaptureDateError(
                f"{path} was last written at a time outside the calendar; put the time in its name, "
                "such as 20240105T123000Z.html",
                location=str(path),
            ) from error
