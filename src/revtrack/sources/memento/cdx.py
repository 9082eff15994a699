"""Captures by CDX server: the index that pywb, OpenWayback and the Internet Archive serve.

Its lines are CDXJ, JSON objects, JSON arrays or plain text. The Internet Archive is such a server
with limits of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote

import attrs

from revtrack.errors import SourceError
from revtrack.http import OK, REDIRECTS
from revtrack.model import Capture, Screened
from revtrack.sources.memento.playback import Archive, ListingLimit, archive_address
from revtrack.sources.source import skipped
from revtrack.urls import alike, identify
from revtrack.urls.parts import read_parts
from revtrack.urls.replay import archive_time, written_time

__all__ = ["UNREADABLE_LINE", "Cdx", "IndexLine", "InternetArchive", "Listing", "read_index"]


# The letters of a ` CDX N b a m s k …` head, by their names in JSON.
_LETTERS = {
    "N": "urlkey",
    "b": "timestamp",
    "a": "original",
    "m": "mimetype",
    "s": "statuscode",
    "k": "digest",
}
_DEFAULT_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_OTHER_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_SHA1_LENGTH = 32
"""Characters of a SHA-1 in base 32, as indexes write it without a prefix."""


@attrs.frozen
class IndexLine:
    """One capture of an index; `digest` has its kind as a prefix (``sha1:…``)."""

    moment: datetime
    url: str
    status: int | None
    digest: str | None
    method: str = "GET"

    def capture(self, prefix: str, source: str) -> Capture:
        """The capture of an archive that replays *prefix* a prefix, as *source* lists it."""
        location = f"{prefix}{written_time(self.moment)}/{self.url}"
        return Capture(self.url, self.moment, source, location=location, payload_digest=self.digest)


@attrs.frozen
class Listing:
    """The lines of one answer, the number of unreadable ones, and the key of the next answer."""

    lines: tuple[IndexLine, ...]
    unreadable: int = 0
    resume: str | None = None


def read_index(text: str) -> Listing:
    """Parse the answer of a CDX server, in any of its forms."""
    if text.strip() == "[]":  # an empty list of the Internet Archive
        return Listing(())
    if text.lstrip().startswith("[["):
        return _arrays(text)
    lines: list[IndexLine] = []
    unreadable = 0
    names: Sequence[str] = _DEFAULT_FIELDS
    remaining = iter(text.splitlines())
    for line in remaining:
        if not line.strip():
            # the Internet Archive writes the key after an empty line
            rest = [other.strip() for other in remaining if other.strip()]
            return Listing(tuple(lines), unreadable, rest[0] if len(rest) == 1 else None)
        if line.startswith((" CDX ", "CDX ")):
            names = [_LETTERS.get(letter, letter) for letter in line.split()[1:]]
            continue
        found = _line(line, names)
        if found is None:
            unreadable += 1
        else:
            lines.append(found)
    return Listing(tuple(lines), unreadable)


def _arrays(text: str) -> Listing:
    """JSON arrays, the first of which names the fields; the last may contain the key alone."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return Listing((), unreadable=1)
    resume = None
    if len(rows) > 2 and rows[-2] == [] and isinstance(rows[-1], list) and len(rows[-1]) == 1:
        resume, rows = str(rows[-1][0]), rows[:-2]
    head = [str(name) for name in rows[0]]
    found = [
        _fields(dict(zip(head, row, strict=False))) if isinstance(row, list) else None
        for row in rows[1:]
        if row != []
    ]
    lines = tuple([line for line in found if line is not None])
    return Listing(lines, len(found) - len(lines), resume)


def _line(line: str, names: Sequence[str]) -> IndexLine | None:
    start = line.find("{")
    if start >= 0:
        try:
            fields = json.loads(line[start:])
        except (ValueError, RecursionError):
            return None
        if not isinstance(fields, dict):
            return None
        key = line[:start].split()
        return _fields({"timestamp": key[-1], **fields} if key else fields)
    values = line.split()
    return _fields(dict(zip(names, values, strict=False)))


def _fields(fields: Mapping[str, object]) -> IndexLine | None:
    values = {_OTHER_NAMES.get(name, name): str(value) for name, value in fields.items()}
    moment = archive_time(values.get("timestamp", ""))
    url = values.get("original", "-")
    if moment is None or url == "-":
        return None
    status = values.get("statuscode", "-")
    return IndexLine(
        moment,
        url,
        int(status) if status.isascii() and status.isdigit() and len(status) == 3 else None,
        _digest(values.get("digest", "-")),
        str(values.get("method") or "GET").upper(),
    )


def _digest(value: str) -> str | None:
    if ":" in value:
        return value
    return f"sha1:{value}" if len(value) == _SHA1_LENGTH else None


_PAGE = 5_000
"""Lines per request (range 1 to 150,000): the Internet Archive sends no more."""


SAME_VISIT = timedelta(minutes=10)
"""The time between a captured redirect and a capture of the page that belong to one visit of a crawler
(range 1 minute to 1 hour): it requests the target of a redirect within seconds."""

_INTERNET_ARCHIVE = "https://web.archive.org/"
_SEARCHES = "searches of the Internet Archive"
_SEARCH_PAUSE = 2.5
"""Seconds between two searches there (range 2.5 to 10): it accepts 24 a minute, by the measurements of
EDGI's `wayback`, and blocks for an hour clients that send more."""

UNREADABLE_LINE = "a line of the archive's list cannot be read"
_REDIRECT_OF_PAGE = "a redirect next to a capture of the page"
_FIRST_ERROR = 400


def _default_replay(cdx: Cdx) -> str:
    """The prefix of replay addresses, derived from the address of the index."""
    before, _, _ = cdx.index.partition("?")
    stem = before.rstrip("/")
    if stem.endswith("/cdx/search/cdx"):
        return stem.removesuffix("cdx/search/cdx") + "web/"
    return stem.removesuffix("-cdx").removesuffix("/cdx").removesuffix("/cdx-server") + "/"


@attrs.frozen
class Cdx(Archive):
    """An archive whose index is served at *index* and whose captures are replayed below *replay*.

    ``Cdx(client, "http://127.0.0.1:8080/news/cdx")`` replays at ``http://127.0.0.1:8080/news/``; for
    ``…/cdx/search/cdx`` it is ``…/web/``. Long lists are requested in pieces of *page* lines, by resume
    keys where the server has them, otherwise from the last time on.
    """

    index: str
    replay: str = attrs.field(default=attrs.Factory(_default_replay, takes_self=True))
    page: int = attrs.field(default=_PAGE, validator=attrs.validators.ge(2))
    _name: ClassVar[str] = "cdx"

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The captures, requested in pieces on demand, and rows for lines that are not captures.

        A redirect next to a capture of its target is skipped, and so is the answer to a form.
        """
        return self._without_redirects(self._lines(archive_address(url)))

    def addresses(self, url: str) -> Iterator[str]:
        """The addresses of the site of *url* in the index, each once; see `nearby`."""
        parts = read_parts(identify(url).url)
        lines = self._listing(f"{parts.scheme}://{parts.host}/*", "&collapse=urlkey").lines
        return iter(dict.fromkeys([line.url for line in lines]))

    def _without_redirects(self, lines: Iterator[IndexLine | Screened]) -> Iterator[Capture | Screened]:
        """Captures of *lines*: redirects wait for what follows, in time order."""
        pending: list[IndexLine] = []
        page: datetime | None = None
        failure: SourceError | None = None
        try:
            for line in lines:
                if isinstance(line, Screened):
                    yield line
                    continue
                while pending and line.moment - pending[0].moment > SAME_VISIT:
                    yield self._capture(pending.pop(0))
                if line.status in REDIRECTS and page is not None and line.moment - page <= SAME_VISIT:
                    yield skipped(self._capture(line), _REDIRECT_OF_PAGE)
                elif line.status in REDIRECTS or (pending and not _is_page(line)):
                    pending.append(line)
                else:
                    for one in pending:
                        capture = self._capture(one)
                        yield (
                            skipped(capture, _REDIRECT_OF_PAGE) if one.status in REDIRECTS else capture
                        )
                    pending, page = [], line.moment if _is_page(line) else page
                    yield self._capture(line)
        except SourceError as error:
            failure = error  # pending lines were listed earlier
        yield from map(self._capture, pending)
        if failure is not None:
            raise failure

    def _lines(self, url: str) -> Iterator[IndexLine | Screened]:
        """The lines of *url* in time order, and rows for those that are not captures."""
        more = ""
        seen: set[IndexLine] = set()
        limit = ListingLimit(self.client, self.index)
        while True:
            listing = self._listing(url, more)
            unseen = [line for line in listing.lines if line not in seen]
            seen.update(unseen)
            for line in unseen:
                if alike(line.url, url) is not None:
                    is_page = line.method == "GET"
                    yield line if is_page else skipped(self._capture(line), "an answer to a form")
            unknown = Capture(None, None, self._name, location=self.index)
            yield from [skipped(unknown, UNREADABLE_LINE)] * listing.unreadable
            limit.count(len(unseen))
            if listing.resume is not None:
                more = f"&resumeKey={quote(listing.resume, safe='')}"
            elif unseen and len(listing.lines) >= self.page:
                more = f"&from={_last(listing)}"
                seen = {line for line in seen if written_time(line.moment) == _last(listing)}
            else:
                return
            if not unseen:
                return

    def _listing(self, url: str, more: str) -> Listing:
        query = f"url={quote(url, safe='')}&output=json&limit={self.page}&showResumeKey=true{more}"
        join = "&" if "?" in self.index else "?"
        answer = self.client.get(f"{self.index}{join}{query}", robots=False)
        text = answer.body.decode("utf-8", "replace")
        if answer.status == 404:
            return Listing(())
        listing = read_index(text)
        if answer.status != OK or (listing.unreadable and not listing.lines):
            raise answer.failure(
                f"{self.index} is not a CDX server: status {answer.status}, {text[:80]!r}"
            )
        return listing

    def _capture(self, line: IndexLine) -> Capture:
        return line.capture(self.replay, self._name)


@attrs.frozen
class InternetArchive(Cdx):
    """The captures of the Internet Archive, which is searched at most at the rate it accepts."""

    index: str = f"{_INTERNET_ARCHIVE}cdx/search/cdx"
    replay: str = f"{_INTERNET_ARCHIVE}web/"
    _name: ClassVar[str] = "wayback"

    def _listing(self, url: str, more: str) -> Listing:
        politeness = self.client.politeness
        politeness.slow_down(_SEARCHES, _SEARCH_PAUSE)
        with politeness.turn(_SEARCHES):
            return super()._listing(url, more)


def _is_page(line: IndexLine) -> bool:
    return line.status is None or line.status < _FIRST_ERROR


def _last(listing: Listing) -> str:
    moments: list[datetime] = [line.moment for line in listing.lines]
    return written_time(max(moments))
