"""Several sources as one time line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from revtrack.errors import SourceError
from revtrack.model import Capture, Snapshot
from revtrack.sources.merged import Merged

START = datetime(2024, 5, 1, tzinfo=UTC)
URL = "https://paper.example/a"


@attrs.frozen
class Shelf:
    """A source of captures at given seconds; those without a body cannot be fetched."""

    name: str
    digests: tuple[tuple[int, str | None], ...]
    lost: tuple[int, ...] = ()
    at_once: int = 2
    url: str = URL

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """One capture for each second."""
        for second, digest in self.digests:
            moment = START + timedelta(seconds=second)
            yield Capture(self.url, moment, self.name, None, str(second), payload_digest=digest)

    def fetch(self, capture: Capture) -> Snapshot:
        """The name of the shelf."""
        assert capture.source == self.name
        if int(str(capture.location)) in self.lost:
            raise SourceError(f"{self.name} lost it", location=URL)
        return Snapshot(attrs.evolve(capture, digest="d"), self.name.encode())


def _told(merged: Merged) -> list[tuple[str, str | None]]:
    return [(capture.source, capture.location) for capture in merged.captures(URL)]


def test_captures_come_in_time_order_whatever_their_source() -> None:
    """The lists are woven into one."""
    merged = Merged((Shelf("a", ((1, "x"), (5, "x"))), Shelf("b", ((0, "x"), (3, "x"), (9, "x")))))
    assert _told(merged) == [("b", "0"), ("a", "1"), ("b", "3"), ("a", "5"), ("b", "9")]


def test_the_same_digest_at_the_same_second_is_there_once() -> None:
    """Of two captures that are one the first source's is kept; another digest is another capture."""
    merged = Merged(
        (Shelf("a", ((1, "x"), (2, "x"), (3, None))), Shelf("b", ((1, "x"), (2, "y"), (3, "z"))))
    )
    assert _told(merged) == [("a", "1"), ("a", "2"), ("b", "2"), ("a", "3")]


def test_two_captures_of_one_source_are_two() -> None:
    """What one archive keeps twice it was given twice."""
    assert len(_told(Merged((Shelf("a", ((1, "x"), (1, "x"))),)))) == 2


def test_without_digests_the_address_decides() -> None:
    """Captures of one second whose digests cannot be compared are one if their addresses are alike."""
    other = Shelf("b", ((1, None),), url="http://www.paper.example/a/")
    assert len(_told(Merged((Shelf("a", ((1, "x"),)), other)))) == 1
    elsewhere = Shelf("b", ((1, None),), url="https://paper.example/b")
    assert len(_told(Merged((Shelf("a", ((1, "x"),)), elsewhere)))) == 2


def test_what_one_cannot_give_another_may() -> None:
    """A body is asked of the next source that lists the capture, and the capture stays as listed."""
    merged = Merged((Shelf("a", ((1, "x"), (2, "x")), lost=(1, 2)), Shelf("b", ((1, "x"),))))
    both, alone = merged.captures(URL)
    snapshot = merged.fetch(both)
    assert (snapshot.body, snapshot.capture) == (b"b", attrs.evolve(both, digest="d"))
    with pytest.raises(SourceError, match="a lost it"):
        merged.fetch(alone)


def test_a_source_that_bears_one_fetch_decides() -> None:
    """As many fetches at one time are of use as every source bears."""
    assert Merged((Shelf("a", (), at_once=4), Shelf("b", (), at_once=3))).at_once == 3
    assert Merged(()).at_once == 1


def test_a_capture_that_was_not_listed() -> None:
    """Fetching what no source listed is a programming mistake."""
    with pytest.raises(ValueError, match="not a capture that these sources listed"):
        Merged((Shelf("a", ()),)).fetch(Capture(URL, START))
