"""Warc: the captures in WARC and WACZ files as a source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from revtrack.errors import AddressError, SourceError
from revtrack.model import Capture, Redirect, Snapshot
from revtrack.network.unpacking import BetweenError, PackedError, unpacked
from revtrack.sources.files import BODY_LIMIT
from revtrack.sources.redirects import NEAR, REDIRECTS, STEPS
from revtrack.sources.warc.files import RecordFile, record_files
from revtrack.sources.warc.index import Entry, archived_records, read_index
from revtrack.urls import identify
from revtrack.urls.parts import joined

__all__ = ["Warc"]

_NOT_MODIFIED = 304
_PIECE = 2**16


@attrs.frozen
class _Answer:
    """What a record holds: the body, decoded as its headers say, and the headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        return next((value for field, value in self.headers if field.lower() == name), None)


@attrs.frozen
class Warc:
    """The captures in *path*: a WARC file (gzip or not), a WACZ file, or a folder of them.

    A revisit has the body of the capture that it names, or of one with the same digest. A redirect has
    the body of the capture that it led to, and the steps on the way. Files are read through once, when
    captures are first listed.
    """

    path: Path = attrs.field(converter=Path)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """The captures of *url* (however it is written), or of everything, in time order.

        There are none of an address that was not captured. Raises `SourceError` where the files cannot
        be read, `AddressError` for a text that is no address, and `MissingExtraError` without the
        package that reads them.
        """
        key = None if url is None else identify(url).key
        found = [entry for entry in self._entries if key is None or entry.key == key]
        seen: dict[tuple[object, ...], Entry] = {}
        for entry in sorted(found, key=lambda one: (one.moment, one.url)):
            seen.setdefault((entry.moment, entry.url, entry.status, entry.digest), entry)
        return iter([_capture(entry) for entry in seen.values()])

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a *capture* that this source listed.

        Raises `SourceError` where a revisit or redirect leads to nothing in these files, or the record
        is damaged or larger than `revtrack.sources.files.BODY_LIMIT`; `ValueError` for a capture that
        did not come from a WARC file.
        """
        place, _, offset = (capture.location or "").rpartition("#")
        if capture.source != "warc" or not offset.isdigit():
            raise ValueError(f"not a capture from a WARC file: {capture}")
        entry = self._by_place.get((RecordFile.read(place), int(offset)))
        if entry is None:
            raise SourceError(
                f"{self.path} holds no capture at {capture.location}: list the captures again",
                location=str(capture.location),
            )
        steps: list[Redirect] = []
        while entry.status in REDIRECTS and entry.target:
            target = _joined(entry.url, entry.target)
            if len(steps) >= STEPS or target in {entry.url, *[step.url for step in steps]}:
                raise SourceError(
                    f"the capture of {capture.url} is a circle of redirects",
                    location=str(capture.location),
                )
            steps.append(Redirect(entry.url, entry.status or 0, target))
            entry = self._led_to(target, entry)
        answer = self._answer(entry)
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(answer.body).hexdigest()),
            answer.body,
            content_type=answer.header("content-type"),
            headers=answer.headers,
            status=entry.status,
            redirects=tuple(steps),
        )

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple([entry for file in record_files(self.path) for entry in read_index(file)])

    @cached_property
    def _by_place(self) -> dict[tuple[RecordFile, int], Entry]:
        return {(entry.file, entry.offset): entry for entry in self._entries}

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        grouped: dict[str, list[Entry]] = {}
        for entry in self._entries:
            grouped.setdefault(entry.key, []).append(entry)
        return grouped

    @cached_property
    def _by_digest(self) -> dict[str, list[Entry]]:
        grouped: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.digest and entry.kind != "revisit":
                grouped.setdefault(entry.digest, []).append(entry)
        return grouped

    def _led_to(self, target: str, redirect: Entry) -> Entry:
        """The capture of a redirect's *target* that was made with it.

        The scheme may be all that a redirect changes, so the address counts as it is written.
        """
        try:
            wanted = identify(target)
        except AddressError as error:
            said = f"{redirect.url} led to no page: {error}"
            raise SourceError(said, location=redirect.url) from error
        near = [
            entry
            for entry in self._by_key.get(wanted.key, [])
            if entry is not redirect
            and identify(entry.url).url == wanted.url
            and abs(entry.moment - redirect.moment) <= NEAR
        ]
        if not near:
            raise SourceError(
                f"{redirect.url} led to {target}, of which {self.path} has no capture of that time",
                location=target,
            )
        return min(near, key=lambda entry: (abs(entry.moment - redirect.moment), entry.offset))

    def _answer(self, entry: Entry) -> _Answer:
        """What the record of an entry holds; for a revisit, with the body of the capture it names."""
        answer = _read(entry)
        if entry.kind != "revisit":
            return answer
        original = _read(self._original(entry))
        if entry.status == _NOT_MODIFIED or not answer.headers:
            # an answer without a body says little of it: what described the body first holds
            kept = {name.lower() for name, _ in answer.headers}
            more = [field for field in original.headers if field[0].lower() not in kept]
            return _Answer(original.body, (*answer.headers, *more))
        return _Answer(original.body, answer.headers)

    def _original(self, entry: Entry) -> Entry:
        same = [one for one in self._by_key.get(entry.key, []) if one.kind != "revisit"]
        if entry.seen_at is not None:
            wanted = entry.seen_url or entry.url
            for one in same if entry.seen_url is None else self._entries_of(wanted):
                if one.moment == entry.seen_at and one.kind != "revisit":
                    return one
        alike = self._by_digest.get(entry.digest or "", [])
        before = [one for one in alike if one.moment <= entry.moment] or alike
        if not before and entry.status == _NOT_MODIFIED:
            before = [one for one in same if one.moment <= entry.moment]
        if not before:
            raise SourceError(
                f"the capture of {entry.url} at {entry.moment.isoformat()} repeats one that "
                f"{self.path} does not hold",
                location=str(entry.file),
            )
        return max(before, key=lambda one: (one.moment, -one.offset))

    def _entries_of(self, url: str) -> list[Entry]:
        try:
            return self._by_key.get(identify(url).key, [])
        except AddressError:
            return []


def _joined(url: str, target: str) -> str:
    """Where a redirect leads; what is no address is left as it is, and led to nothing."""
    try:
        return joined(url, target)
    except AddressError:
        return target


def _capture(entry: Entry) -> Capture:
    return Capture(
        entry.url,
        entry.moment,
        source="warc",
        location=f"{entry.file}#{entry.offset}",
        payload_digest=entry.digest,
    )


def _read(entry: Entry) -> _Answer:
    """The record of an entry, its body unpacked as its headers say, its digests checked."""
    with entry.file.opened() as stream:
        stream.seek(entry.offset)
        for record, _ in archived_records(stream, entry.file, check=True):
            body = _body(record, entry)
            fields = record.http_headers.headers if record.http_headers else []
            if not fields and entry.kind == "resource":
                fields = [("Content-Type", record.rec_headers.get_header("Content-Type") or "")]
            headers = [(str(name), str(value)) for name, value in fields]
            cut = record.rec_headers.get_header("WARC-Truncated")
            if cut:
                headers.append(("WARC-Truncated", cut))
            return _Answer(body, tuple(headers))
    raise SourceError(f"{entry.file} was cut off at {entry.offset}", location=str(entry.file))


def _body(record: Any, entry: Entry) -> bytes:
    """The body of a record, unpacked; raises `SourceError` where it is damaged or too large."""
    if entry.kind == "revisit":
        return b""
    place, location = f"the capture of {entry.url} in {entry.file}", str(entry.file)
    said = record.http_headers.get_header if record.http_headers else lambda _: None
    held: list[bytes] = []
    size = 0
    try:
        for piece in _unpacked(_pieces(record, said), said("Content-Encoding") or ""):
            held.append(piece)
            size += len(piece)
            if size > BODY_LIMIT:
                raise SourceError(
                    f"{place} is larger than {BODY_LIMIT / 2**20:.0f} MiB, the most that one page may "
                    "hold",
                    location=location,
                )
    except PackedError as error:
        raise SourceError(f"{place} is damaged: {error}", location=location) from error
    while record.raw_stream.read(_PIECE):
        pass  # so that the digests are told of the whole record
    if getattr(record.raw_stream, "limit", 0) > 0:  # what is missing would read as a removal
        raise SourceError(f"{place} is damaged: it ends in the middle", location=location)
    wrong = [one for one in record.digest_checker.problems if one.startswith("block digest failed")]
    if wrong:
        raise SourceError(f"{place} is damaged: {wrong[0]}", location=location)
    return b"".join(held)


def _unpacked(pieces: Iterator[bytes], encodings: str) -> Iterator[bytes]:
    """The content of *pieces*; as they are where they do not begin as they are said to be packed.

    Archives keep the headers of bodies that they unpacked long ago.
    """
    taken: list[bytes] = []
    is_begun = False

    def noted() -> Iterator[bytes]:
        for piece in pieces:
            if not is_begun:
                taken.append(piece)
            yield piece

    try:
        for content in unpacked(noted(), encodings):
            is_begun = is_begun or bool(content)
            yield content
    except PackedError as error:
        if is_begun or not taken or isinstance(error, BetweenError):
            raise
        yield from taken
        yield from pieces


def _pieces(record: Any, said: Any) -> Iterator[bytes]:
    """The body in pieces as it was packed, out of the chunks that it may have been sent in."""
    from warcio.bufferedreaders import (  # type: ignore[import-untyped]  # noqa: PLC0415 # no types; an extra
        ChunkedDataReader,
    )

    stream = record.raw_stream
    if (said("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)  # which gives what is not in chunks as it is
    while piece := stream.read(_PIECE):
        yield piece
