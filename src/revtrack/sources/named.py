"""Sources by name, for the command line: `live`, `files:FOLDER`, `cdx:ADDRESS` … to a source.

`KINDS` is the list of them; whoever adds a source adds a line. What a kind needs is imported when it is
opened, and a client is made only where one is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from revtrack.model import Snapshot
from revtrack.sources.files import Files
from revtrack.sources.source import Source

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = ["KINDS", "SourceKind", "Surroundings", "named_source", "settled"]


def _nothing(_: str) -> Snapshot | None:
    return None


@attrs.frozen
class Surroundings:
    """What sources may need from the program that opens them.

    *client* gives the client of network sources; it is called where one is needed, and who passes it
    closes what it gave. *last* gives the snapshot of an address that was taken last, for
    conditional requests.
    """

    client: Callable[[], Client]
    last: Callable[[str], Snapshot | None] = _nothing


@attrs.frozen
class SourceKind:
    """One kind of source: its `name`, and what it is in a few words.

    `place` is what stands after the colon, None where nothing does; `is_local` says that it is a file.
    """

    name: str
    place: str | None
    summary: str
    opened: Callable[[str, Surroundings], Source]
    is_local: bool = False

    @property
    def form(self) -> str:
        """How it is written, for help texts."""
        return self.name if self.place is None else f"{self.name}:{self.place}"


def named_source(written: str, around: Surroundings) -> Source:
    """The source that *written* names, such as ``live`` or ``files:captures``.

    Raises `ValueError` that lists the forms when there is no such kind, or a place is missing or too
    much; `MissingExtraError` when an optional part is not installed.
    """
    name, colon, place = written.partition(":")
    for kind in KINDS:
        if kind.name == name and bool(place) is (kind.place is not None) and (place or not colon):
            return kind.opened(place, around)
    forms = ", ".join([kind.form for kind in KINDS])
    raise ValueError(f"there is no source {written!r}; there are {forms}")


def settled(written: str) -> str:
    """The source that *written* names, so written that it is the same from every folder.

    What is followed is looked at again by a timer, which starts elsewhere.
    """
    name, colon, place = written.partition(":")
    if not place or name not in {kind.name for kind in KINDS if kind.is_local}:
        return written
    outside, inside, path = place.partition("//")
    return f"{name}{colon}{Path(outside).absolute() if outside else ''}{inside}{path}"


def _live(_: str, around: Surroundings) -> Source:
    from revtrack.sources.live import Live  # noqa: PLC0415 # needs an extra

    return Live(around.client(), around.last)


def _files(place: str, _: Surroundings) -> Source:
    return Files(place)


def _timemap(place: str, around: Surroundings) -> Source:
    from revtrack.sources.memento import TimeMap  # noqa: PLC0415 # needs an extra

    return TimeMap(around.client(), place)


def _timegate(place: str, around: Surroundings) -> Source:
    from revtrack.sources.memento import TimeGate  # noqa: PLC0415 # needs an extra

    return TimeGate(around.client(), place)


def _cdx(place: str, around: Surroundings) -> Source:
    from revtrack.sources.memento import Cdx  # noqa: PLC0415 # needs an extra

    return Cdx(around.client(), place)


def _wayback(_: str, around: Surroundings) -> Source:
    from revtrack.sources.memento.internet_archive import InternetArchive  # noqa: PLC0415 # as above

    return InternetArchive(around.client())


def _warc(place: str, _: Surroundings) -> Source:
    from revtrack.sources.warc import Warc  # noqa: PLC0415 # few programs need it

    return Warc(place)


def _git(place: str, _: Surroundings) -> Source:
    from revtrack.sources.git import Git  # noqa: PLC0415 # few programs need it

    repository, inside, path = place.partition("//")
    return Git(repository, path) if inside else Git.of_file(place)


KINDS: tuple[SourceKind, ...] = (
    SourceKind("live", None, "the page as its server serves it now", _live),
    SourceKind("wayback", None, "the Internet Archive's Wayback Machine", _wayback),
    SourceKind("timemap", "ADDRESS", "an archive's TimeMaps (RFC 7089)", _timemap),
    SourceKind("timegate", "ADDRESS", "an archive's TimeGates (RFC 7089)", _timegate),
    SourceKind("cdx", "ADDRESS", "an archive's CDX server", _cdx),
    SourceKind("files", "FOLDER", "a folder of dated captures", _files, is_local=True),
    SourceKind("warc", "FILE", "a WARC or WACZ file, or a folder of them", _warc, is_local=True),
    SourceKind(
        "git", "FILE", "the commits of a file in git; REPOSITORY//FILE where it is bare", _git,
        is_local=True,
    ),
)  # fmt: skip
"""Every kind of source, in the order that help texts list them."""
