"""One archive, asked in every way: the histories are the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from revtrack import History, track
from revtrack.errors import FetchError, FetchFault
from revtrack.model import ScreenReason
from revtrack.network import Answer, Client
from revtrack.sources import ConcurrentSource, Files, Source
from revtrack.sources.memento import Cdx, InternetArchive, TimeGate, TimeMap
from tests.archive.made import ARTICLES, Made, address_of, resolved, same_everywhere, write_folder
from tests.archive.pywb import COLLECTION


class _AsInternetArchive(Client):
    """Asks pywb where the Internet Archive is asked, and gives its answers as that archive's."""

    pywb = ""

    def get(self, url: str, **options: object) -> Answer:
        """Translate the address there and the addresses in the answer back."""
        theirs = url.replace("https://web.archive.org/web/", f"{self.pywb}/{COLLECTION}/")
        index = f"{self.pywb}/{COLLECTION}/cdx"
        theirs = theirs.replace("https://web.archive.org/cdx/search/cdx", index)
        answer = super().get(theirs.replace("id_/", "ir_/"), **options)  # type: ignore[arg-type]  # as above
        headers = tuple([(name, self._back(value)) for name, value in answer.headers])
        return attrs.evolve(answer, url=self._back(answer.url), headers=headers)

    def _back(self, text: str) -> str:
        return text.replace(f"{self.pywb}/{COLLECTION}/", "https://web.archive.org/web/").replace(
            "ir_/", "id_/"
        )


def _by_cdx(client: Client, archive: str) -> Source:
    return Cdx(client, f"{archive}/{COLLECTION}/cdx")


def _by_cdx_in_pieces(client: Client, archive: str) -> Source:
    return Cdx(client, f"{archive}/{COLLECTION}/cdx", page=2)


def _by_timemap(client: Client, archive: str) -> Source:
    return TimeMap(client, f"{archive}/{COLLECTION}/timemap/link/")


def _by_json_timemap(client: Client, archive: str) -> Source:
    return TimeMap(client, archive + "/" + COLLECTION + "/timemap/json/{url}")


def _by_timegate(client: Client, archive: str) -> Source:
    return TimeGate(client, f"{archive}/{COLLECTION}/")


def _by_halving(client: Client, archive: str) -> Source:
    return TimeGate(client, f"{archive}/{COLLECTION}/", halve=True)


def _through_wayback(client: Client, archive: str) -> Source:
    client.__class__ = _AsInternetArchive
    client.pywb = archive  # type: ignore[attr-defined]  # the class that it has now
    return InternetArchive(client)


WAYS = (
    _by_cdx,
    _by_cdx_in_pieces,
    _by_timemap,
    _by_json_timemap,
    _by_timegate,
    _by_halving,
    _through_wayback,
)
ways = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
articles = pytest.mark.parametrize("made", ARTICLES, ids=lambda made: made.url.rpartition("/")[2])

Way = Callable[[Client, str], Source]


@pytest.fixture
def from_folder(tmp_path: Path) -> Callable[[Made], History]:
    """The history that the captures give when they lie in a folder."""

    def read(made: Made) -> History:
        write_folder(tmp_path, made)
        return track(Files(tmp_path), made.url)

    return read


@articles
def test_what_was_made(made: Made, from_folder: Callable[[Made], History]) -> None:
    """The made articles have what archives have: nine captures, four versions, an error and a wall."""
    assert len(resolved(made)) == 9
    history = from_folder(made)
    assert [len(version.captures) for version in history.versions] == [2, 2, 2, 1]
    assert [row.reason for row in history.screened] == [
        ScreenReason.ERROR_PAGE,
        ScreenReason.LOGIN_WALL,
    ]


@ways
@articles
def test_every_way_gives_the_same_history(
    way: Way, made: Made, archive: str, archivist: Client, from_folder: Callable[[Made], History]
) -> None:
    """By each way the history is that of the captures in a folder."""
    history = track(way(archivist, archive), address_of(made))
    assert same_everywhere(history) == same_everywhere(from_folder(made))


@ways
def test_what_a_capture_tells(way: Way, archive: str, archivist: Client) -> None:
    """A capture keeps its status and the chain of redirects that led to its body."""
    made = ARTICLES[0]
    source = way(archivist, archive)
    assert isinstance(source, ConcurrentSource)
    captures = list(source.captures(made.url))
    assert [(one.url, one.captured_at) for one in captures] == [
        (take.url, take.moment) for take in resolved(made)
    ]
    snapshots = [source.fetch(capture) for capture in captures]
    assert [snapshot.body for snapshot in snapshots] == [take.body for take in resolved(made)]
    assert [snapshot.status for snapshot in snapshots] == [take.code for take in resolved(made)]
    assert [
        [(step.url, step.status, step.target) for step in snapshot.redirects] for snapshot in snapshots
    ] == [
        [(take.url, take.code, take.location)] if take.location else []
        for take in made.takes
        if "/archive/" not in take.url
    ]
    assert all(snapshot.capture.digest == snapshot.digest for snapshot in snapshots)


@ways
def test_an_address_that_nobody_captured(way: Way, archive: str, archivist: Client) -> None:
    """Where the archive has nothing there are no captures, which is no failure."""
    assert list(way(archivist, archive).captures("https://heron.example/nothing")) == []


@pytest.mark.parametrize("way", WAYS[:-1], ids=lambda way: way.__name__.strip("_"))
def test_a_near_miss_is_no_capture(way: Way, archive: str, archivist: Client) -> None:
    """Asked for a time at which it has nothing, an archive gives the nearest: that is refused."""
    source = way(archivist, archive)
    capture = next(iter(source.captures(ARTICLES[0].url)))
    assert capture.captured_at is not None
    late = capture.captured_at + timedelta(seconds=1)
    wrong = attrs.evolve(
        capture,
        captured_at=late,
        location=str(capture.location).replace(
            f"{capture.captured_at:%Y%m%d%H%M%S}", f"{late:%Y%m%d%H%M%S}"
        ),
    )
    with pytest.raises(FetchError) as caught:
        source.fetch(wrong)
    assert caught.value.fault is FetchFault.OTHER_TIME


def test_the_index_tells_which_captures_are_alike(archive: str, archivist: Client) -> None:
    """A capture that was seen again has the digest of the first, before anything is fetched."""
    first, again, other, *_ = _by_cdx(archivist, archive).captures(ARTICLES[0].url)
    assert first.payload_digest == again.payload_digest != other.payload_digest
    assert str(first.payload_digest).startswith("sha1:")


def test_what_is_no_archive(archive: str, archivist: Client) -> None:
    """An address that answers something else is an error that says so."""
    for source in (
        Cdx(archivist, f"{archive}/"),
        TimeMap(archivist, f"{archive}/?x="),
        TimeGate(archivist, f"{archive}/?x="),
    ):
        with pytest.raises(FetchError, match=r"is not a (CDX server|TimeMap|TimeGate)"):
            list(source.captures(ARTICLES[0].url))


def test_an_archive_needs_an_address(archivist: Client) -> None:
    """No archive lists everything that it has."""
    for source in (
        TimeMap(archivist, "x"),
        TimeGate(archivist, "x"),
        Cdx(archivist, "x"),
        InternetArchive(archivist),
    ):
        with pytest.raises(ValueError, match="needs the address of a page"):
            source.captures()
