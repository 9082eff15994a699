"""What a file of records holds: one pass, without bodies.

A record is a *capture* when it is what a server answered for a web address (``response``, ``revisit``),
or a thing kept without its answer (``resource``). Questions, notes and what was converted are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import attrs

from revtrack.errors import AddressError, MissingExtraError, SourceError
from revtrack.sources.warc.files import DAMAGED, RecordFile
from revtrack.urls import identify

__all__ = ["Entry", "archived_records", "read_index"]

_KINDS = frozenset(["response", "revisit", "resource"])
_DIGITS = re.compile(r"[0-9]{14}")
_STATUS = re.compile(r"[0-9]{3}")


@attrs.frozen
class Entry:
    """One capture: what was captured when, what the server answered, and where the record stands.

    `key` is what all addresses of the article share. `digest` is the record's own digest of the body.
    For a revisit, `seen_at` and `seen_url` are the time and address of the capture with the same body,
    where it says so. `target` is where a redirect leads.
    """

    url: str
    key: str
    moment: datetime
    kind: str
    status: int | None
    digest: str | None
    target: str | None
    seen_url: str | None
    seen_at: datetime | None
    file: RecordFile
    offset: int


def archived_records(
    stream: Any, file: RecordFile, *, check: bool = False
) -> Iterator[tuple[Any, Any]]:
    """The records of *stream* with the iterator that knows where they stand.

    *check* compares a record's digests with its bytes while they are read. Raises `SourceError` where
    the file is damaged and `MissingExtraError` without the package that reads it.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # noqa: PLC0415 # no types; an extra
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # noqa: PLC0415 # as above
    except ImportError as error:
        raise MissingExtraError(
            extra="archive", package="warcio", purpose="reading WARC files"
        ) from error
    try:
        records = ArchiveIterator(stream, arc2warc=True, check_digests=check)
        for record in records:
            yield record, records
    except (ArchiveLoadFailed, *DAMAGED) as error:
        raise SourceError(
            f"{file} is damaged or no web archive: {' '.join(str(error).split())}", location=str(file)
        ) from error


def read_index(file: RecordFile) -> tuple[Entry, ...]:
    """All captures of a file, in its order."""
    entries = []
    with file.opened() as stream:
        for record, records in archived_records(stream, file):
            found = _entry(record, file) if record.rec_type in _KINDS else None
            if found is not None:
                entries.append(attrs.evolve(found, offset=records.get_record_offset()))
    return tuple(entries)


def _entry(record: Any, file: RecordFile) -> Entry | None:
    said = record.rec_headers.get_header
    url = (said("WARC-Target-URI") or "").strip("<> ")  # old writers put it in angle brackets
    moment = _moment(said("WARC-Date"))
    try:
        key = identify(url).key
    except AddressError:
        return None  # dns:, metadata: and the like
    if moment is None:
        return None
    answered = record.http_headers
    status = answered.get_statuscode() if answered else ""
    return Entry(
        url=url,
        key=key,
        moment=moment,
        kind=record.rec_type,
        status=int(status) if _STATUS.fullmatch(status or "") else None,
        digest=said("WARC-Payload-Digest"),
        target=answered.get_header("Location") if answered else None,
        seen_url=(said("WARC-Refers-To-Target-URI") or "").strip("<> ") or None,
        seen_at=_moment(said("WARC-Refers-To-Date")),
        file=file,
        offset=0,
    )


def _moment(written: str | None) -> datetime | None:
    """A time of WARC 1.0 (whole seconds) or 1.1 (fractions), or the fourteen digits of ARC."""
    if not written:
        return None
    try:
        if _DIGITS.fullmatch(written):
            return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
