"""Sources by name, for the command line: `live`, `files:FOLDER`, `cdx:ADDRESS` … to a source.

`KINDS` lists them; to add a source, add a line. The module of a kind is imported when it is opened, and
a client is made only where one is needed. `nearby` gives the addresses of a source that are most
similar to one of which it has no captures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import attrs

from revtrack.errors import SourceError
from revtrack.model import Snapshot
from revtrack.sources.source import Source
from revtrack.urls import key_of

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = [
    "KINDS",
    "AddressedSource",
    "SourceContext",
    "SourceKind",
    "absolute_source",
    "named_source",
    "nearby",
]

_MOST_NAMED = 5
"""Addresses in a message (range 1 to 20)."""

_MOST_COMPARED = 2_000
"""Addresses that are compared with the requested one (range 100 to 20,000): archives have millions."""


@attrs.frozen
class SourceContext:
    """What sources may need from the program that opens them.

    *client* gives the client of network sources; it is called where one is needed, and the caller must
    close it. *last* gives the latest stored snapshot of an address, for conditional requests.
    """

    client: Callable[[], Client]
    last: Callable[[str], Snapshot | None] | None = None


@attrs.frozen
class SourceKind:
    """One kind of source: its `name`, and a short summary.

    `place` names what follows the colon, None where nothing does; `class_name` is the module
    and class in `revtrack.sources`.
    """

    name: str
    place: str | None
    summary: str
    class_name: str

    @property
    def is_local(self) -> bool:
        """Whether it is a file or a folder."""
        return self.place in ("FILE", "FOLDER")

    def open(self, place: str, context: SourceContext) -> Source:
        """The source of this kind at *place*."""
        module, _, name = self.class_name.rpartition(".")
        kind = getattr(import_module(f"revtrack.sources.{module}"), name)  # some need an extra
        source: Source
        if self.name == "live":
            source = kind(context.client(), context.last)
        elif self.name == "git":
            repository, inside, path = place.partition("//")
            source = kind(repository, path) if inside else kind.of_file(place)
        elif self.is_local:
            source = kind(place)
        else:
            source = kind(context.client(), *([place] if place else []))
        return source

    @property
    def form(self) -> str:
        """How it is written, for help texts."""
        return self.name if self.place is None else f"{self.name}:{self.place}"


def named_source(written: str, context: SourceContext) -> Source:
    """The source that *written* names, such as ``live`` or ``files:captures``.

    Raises `ValueError` with a list of the forms when there is no such kind, or a place is missing or
    superfluous; `MissingExtraError` when an optional part is not installed.
    """
    name, colon, place = written.partition(":")
    for kind in KINDS:
        if kind.name == name and bool(place) is (kind.place is not None) and (place or not colon):
            return kind.open(place, context)
    forms = ", ".join([kind.form for kind in KINDS])
    raise ValueError(f"there is no source {written!r}; there are {forms}")


def absolute_source(written: str) -> str:
    """The name of a source, with absolute paths so that it is valid in every folder.

    A followed source is read later by a timer, which starts in another folder.
    """
    name, colon, place = written.partition(":")
    if not place or name not in {kind.name for kind in KINDS if kind.is_local}:
        return written
    outside, inside, path = place.partition("//")
    return f"{name}{colon}{Path(outside).absolute() if outside else ''}{inside}{path}"


KINDS: tuple[SourceKind, ...] = (
    SourceKind("live", None, "the page as its server serves it now", "live.Live"),
    SourceKind("wayback", None, "the Internet Archive's Wayback Machine", "memento.InternetArchive"),
    SourceKind("timemap", "ADDRESS", "an archive's TimeMaps (RFC 7089)", "memento.TimeMap"),
    SourceKind("timegate", "ADDRESS", "an archive's TimeGates (RFC 7089)", "memento.TimeGate"),
    SourceKind("cdx", "ADDRESS", "an archive's CDX server", "memento.Cdx"),
    SourceKind("mediawiki", "ADDRESS", "a wiki's revisions, by its api.php", "apis.MediaWiki"),
    SourceKind("wordpress", "ADDRESS", "a site's revisions, by its REST interface", "apis.WordPress"),
    SourceKind("govuk", None, "pages of GOV.UK with their change notes", "apis.GovUk"),
    SourceKind("files", "FOLDER", "a folder of dated captures", "files.Files"),
    SourceKind("warc", "FILE", "a WARC or WACZ file, or a folder of them", "warc.Warc"),
    SourceKind(
        "git", "FILE", "the commits of a file in git; REPOSITORY//FILE where it is bare", "git.Git"
    ),
)
"""Every kind of source, in the order that help texts list them."""


@runtime_checkable
class AddressedSource(Source, Protocol):
    """A source that knows the addresses it has captures of."""

    def addresses(self, url: str) -> Iterable[str]:
        """The addresses of the site of *url* that it has, or all where there are none of that site."""
        ...


def nearby(source: Source, url: str) -> tuple[str, ...]:
    """The addresses that *source* has captures of and that are most similar to *url*, best first."""
    if not isinstance(source, AddressedSource):
        return ()
    try:
        addresses = {key_of(one): one for one in islice(source.addresses(url), _MOST_COMPARED)}
    except SourceError:  # a hint only, so its failure is ignored
        return ()
    matcher = SequenceMatcher(b=key_of(url), autojunk=False)

    def similarity(key: str) -> float:
        matcher.set_seq1(key)
        return matcher.quick_ratio()

    return tuple([addresses[key] for key in nlargest(_MOST_NAMED, sorted(addresses), key=similarity)])
