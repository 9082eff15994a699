"""WARC and WACZ files: captures as web archives store them. Needs the extra `archive`.

`Warc` is a source for `revtrack.track`. A file is indexed in one pass over its records
(`revtrack.sources.warc.index`); a body is read on request.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import attrs

from revtrack.errors import AddressError, SourceError
from revtrack.http import NOT_MODIFIED, REDIRECTS, Headers, value_of
from revtrack.model import Capture, Redirect, Screened, Snapshot
from revtrack.sources.fetching import NEAR, STEPS
from revtrack.sources.source import Ledgered, failed, skipped
from revtrack.sources.warc.files import record_files
from revtrack.sources.warc.index import Entry, Index, Left, read_answer, read_index
from revtrack.urls import identify, key_of
from revtrack.urls.parts import led_to

__all__ = ["Warc"]


@attrs.frozen
class Warc(Ledgered):
    """The captures in *path*: a WARC file (gzip or not), a WACZ file, or a folder of them.

    A revisit has the body of the capture that it names, or of one with the same digest. A redirect has
    the body of the capture of its target, and the steps to it. Files are read through once, when
    captures are first listed; damaged parts are skipped and reported by `ledger`.
    """

    path: Path = attrs.field(converter=Path)

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, and a row for every other record that names *url*: see `LedgerSource`.

        Raises `SourceError` where nothing in the files can be read, and `AddressError` for a text that
        is not an address.
        """
        key = None if url is None else identify(url).key
        index = self._index
        if index.gaps and not index.entries:
            raise SourceError(index.gaps[0][1], location=index.gaps[0][0])
        rows: list[Screened] = [
            failed(Capture(url, None, "warc", location=place), reason) for place, reason in index.gaps
        ]
        captures: dict[tuple[object, ...], Capture] = {}
        found = [entry for entry in index.entries if key is None or entry.key == key]
        found.sort(key=lambda one: (one.moment or _LAST, one.url))
        for entry in found:
            capture = Capture(
                entry.url, entry.moment, "warc", location=entry.location, payload_digest=entry.digest
            )
            seen = (entry.moment, entry.url, entry.status, entry.digest or entry.location)
            if entry.moment is None:
                reason = f"the record at {entry.location} has no readable time: {entry.date!r}"
                rows.append(failed(capture, reason))
                continue
            if entry.names & index.other_requests:
                reason = "it was the answer to a form or to a script"
            elif url is None and entry.media_type.startswith(_RESOURCE_TYPES):
                reason = f"it is {entry.media_type}, not a page"
            elif seen in captures:
                reason = f"it repeats the record at {captures[seen].location}"
            else:
                captures[seen] = capture
                continue
            rows.append(skipped(capture, reason))
        return iter((*rows, *captures.values()))

    def addresses(self, url: str) -> Iterator[str]:
        """The addresses of pages in the files, those of the site of *url* first; see `nearby`."""
        site = identify(url).key.partition(")")[0]
        pages = [one for one in self._index.entries if not one.media_type.startswith(_RESOURCE_TYPES)]
        pages.sort(key=lambda one: one.key.partition(")")[0] != site)
        return iter(dict.fromkeys([one.url for one in pages]))

    def fetch(self, capture: Capture) -> Snapshot:
        """The body of a *capture* that this source listed.

        Raises `SourceError` where the target of a revisit or redirect is not in these files, or the
        record is damaged or larger than `revtrack.sources.files.BODY_LIMIT`; `ValueError` for a capture
        of another kind of source.
        """
        if capture.source != "warc" or not _PLACE.fullmatch(capture.location or ""):
            raise ValueError(f"not a capture from a WARC file: {capture}")
        entry = self._by_place.get(capture.location or "")
        if entry is None:
            reason = f"{self.path} has no capture at {capture.location}: list the captures again"
            raise SourceError(reason, location=str(capture.location))
        steps: list[Redirect] = []
        while entry.status in REDIRECTS and entry.target:
            target = led_to(entry.url, entry.target) or entry.target
            if len(steps) >= STEPS or target in {entry.url, *[step.url for step in steps]}:
                reason = f"the capture of {capture.url} is a redirect loop"
                raise SourceError(reason, location=str(capture.location))
            steps.append(Redirect(entry.url, entry.status or 0, target))
            entry = self._redirect_target(target, entry)
        body, headers = self._answer(entry)
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(body).hexdigest()),
            body,
            content_type=value_of(headers, "content-type"),
            headers=headers,
            status=entry.status,
            redirects=tuple(steps),
        )

    @cached_property
    def _index(self) -> Index:
        return read_index(record_files(self.path))

    @cached_property
    def _left(self) -> Left:
        return {}

    @cached_property
    def _by_place(self) -> dict[str, Entry]:
        return {entry.location: entry for entry in self._index.entries}

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        return _grouped(self._index.entries, lambda entry: entry.key)

    @cached_property
    def _by_digest(self) -> dict[str, list[Entry]]:
        firsts = [entry for entry in self._index.entries if entry.kind != "revisit"]
        return _grouped(firsts, lambda entry: entry.digest or "")

    def _redirect_target(self, target: str, redirect: Entry) -> Entry:
        """The capture of a redirect's *target* that was made with it.

        A redirect may change the scheme alone, so the exact spelling of the address counts.
        """
        try:
            target_address = identify(target)
        except AddressError as error:
            reason = f"{redirect.url} does not redirect to a page: {error}"
            raise SourceError(reason, location=redirect.url) from error
        near = [
            entry
            for entry in self._by_key.get(target_address.key, [])
            if entry is not redirect
            and identify(entry.url).url == target_address.url
            and _distance(entry, redirect) <= NEAR
        ]
        if not near:
            raise SourceError(
                f"{redirect.url} redirected to {target}; {self.path} has no capture of it at that time",
                location=target,
            )
        return min(near, key=lambda entry: (_distance(entry, redirect), entry.offset))

    def _answer(self, entry: Entry) -> tuple[bytes, Headers]:
        """The content of an entry's record; for a revisit, with the body of the capture it names."""
        body, headers = read_answer(entry, self._left)
        if entry.kind != "revisit":
            return body, headers
        body, original_headers = read_answer(self._original(entry), self._left)
        if entry.status == NOT_MODIFIED or not headers:
            # the headers of a revisit do not describe the body; those of the original do
            own = {name.lower() for name, _ in headers}
            headers = (
                *headers,
                *[field for field in original_headers if field[0].lower() not in own],
            )
        return body, headers

    def _original(self, entry: Entry) -> Entry:
        same = [one for one in self._by_key.get(entry.key, []) if one.kind != "revisit"]
        if entry.seen_at is not None:
            target_address = entry.seen_url or entry.url
            for one in same if entry.seen_url is None else self._by_key.get(key_of(target_address), []):
                if one.moment == entry.seen_at and one.kind != "revisit":
                    return one
        same_digest = self._by_digest.get(entry.digest, []) if entry.digest else []
        earlier = [one for one in same_digest if not _is_later(one, entry)] or same_digest
        if not earlier and entry.status == NOT_MODIFIED:
            earlier = [one for one in same if not _is_later(one, entry)]
        if not earlier:
            raise SourceError(
                f"the capture of {entry.url} at {entry.date} repeats one that "
                f"{self.path} does not contain",
                location=str(entry.file),
            )
        return max(earlier, key=lambda one: (one.moment or _FIRST, -one.offset))


_LAST = datetime.max.replace(tzinfo=UTC)
_RESOURCE_TYPES = (
    *("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript"),
    *("application/x-javascript", "application/json", "application/font"),
    "application/vnd.ms-fontobject",
)
"""Media types of page resources: archives of whole pages contain far more of them than of pages."""
_FIRST = datetime.min.replace(tzinfo=UTC)
_PLACE = re.compile(r".*#\d+(?:\+\d+)?", re.DOTALL)


def _distance(one: Entry, other: Entry) -> timedelta:
    if one.moment is None or other.moment is None:
        return timedelta.max
    return abs(one.moment - other.moment)


def _is_later(one: Entry, other: Entry) -> bool:
    return (one.moment or _FIRST) > (other.moment or _LAST)


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(key(entry), []).append(entry)
    return grouped
