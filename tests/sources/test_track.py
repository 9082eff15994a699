"""From a source to a history."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import attrs
import pytest

from revtrack.compare import CompareOptions
from revtrack.errors import SourceError
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.sources import Files, Source
from revtrack.track import track

URL = "https://example.org/ferry"
PAGE = """<!doctype html><title>Ferry</title><article><h1>The ferry runs again</h1>
<p>The ferry runs every {minutes} minutes until the bridge over the river is open again.</p>
<p>Tickets are sold on board, as they always were, by the woman with the red hat.</p>
<p>Dogs travel free of charge when they are accompanied by a person who paid.</p></article>"""


def at(day: int) -> datetime:
    """Noon of a day in May 2024."""
    return datetime(2024, 5, day, 12, tzinfo=UTC)


@attrs.frozen
class Days:
    """A source with one capture a day; the days without a page cannot be fetched."""

    pages: tuple[str | None, ...]

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """A capture for each day."""
        for day, _ in enumerate(self.pages, 1):
            yield Capture(url=url, captured_at=at(day), source="days", location=str(day))

    def fetch(self, capture: Capture) -> Snapshot:
        """The day's page, with its digest filled in."""
        page = self.pages[int(str(capture.location)) - 1]
        if page is None:
            raise SourceError("the archive did not answer", location=str(capture.location))
        return Snapshot(attrs.evolve(capture, digest="d"), page.encode())


TEN, TWENTY = PAGE.format(minutes=10), PAGE.format(minutes=20)


def test_any_class_with_two_methods_is_a_source() -> None:
    """A source needs no base class."""
    assert isinstance(Days(()), Source)


def test_versions_and_revisions_of_a_source() -> None:
    """Captures that show the same are one version; their address is what was asked for."""
    history = track(Days((TEN, TEN, TWENTY)), URL)
    assert [len(version.captures) for version in history.versions] == [2, 1]
    assert history.versions[0].captures[0].url == URL
    (revision,) = history.revisions
    assert (revision.interval.after, revision.interval.until) == (at(2), at(3))


def test_a_failed_fetch_is_a_row() -> None:
    """A capture that cannot be fetched is screened with what the source said, and stops nothing."""
    history = track(Days((TEN, None, "", TWENTY, None)), URL)
    assert [(row.capture.captured_at, row.reason) for row in history.screened] == [
        (at(2), ScreenReason.FETCH_FAILED),
        (at(3), ScreenReason.EMPTY),
        (at(5), ScreenReason.FETCH_FAILED),
    ]
    assert history.screened[0].detail == "the archive did not answer"
    assert len(history.revisions) == 1


def test_since_and_until_are_included() -> None:
    """The bounds are part of what is taken, in whatever time zone they are given."""
    later = timezone(timedelta(hours=3))
    history = track(Days((TEN, TWENTY, TEN, TWENTY)), URL, since=at(2).astimezone(later), until=at(3))
    assert [capture.captured_at for capture in history.captures] == [at(2), at(3)]


def test_what_is_compared_can_be_chosen() -> None:
    """Options go to the comparison: without metadata a new byline makes no version."""
    author = '<meta name="author" content="{}"><title>'
    bylines = Days(tuple([TEN.replace("<title>", author.format(name)) for name in ("Ida", "Per")]))
    assert len(track(bylines).versions) == 2
    assert len(track(bylines, options=CompareOptions(metadata=False)).versions) == 1


def test_a_capture_of_unknown_time_lies_in_no_bounds() -> None:
    """With bounds, a capture without a time is left out."""

    @attrs.frozen
    class Timeless(Days):
        def captures(self, url: str | None = None) -> Iterator[Capture]:
            for capture in Days.captures(self, url):
                yield attrs.evolve(capture, captured_at=None)

    assert len(track(Timeless((TEN,))).versions) == 1
    assert track(Timeless((TEN,)), since=at(1)).versions == ()


def test_bounds_need_a_time_zone() -> None:
    """A time without a zone is a programming mistake."""
    with pytest.raises(ValueError, match="until needs a time zone"):
        track(Days((TEN,)), until=datetime(2024, 5, 1))


def test_one_page_at_a_time() -> None:
    """A body is fetched when the one before has been compared and let go."""
    fetched: list[weakref.ref[Snapshot]] = []
    most = 0

    @attrs.frozen
    class Watching(Days):
        def fetch(self, capture: Capture) -> Snapshot:
            nonlocal most
            snapshot = Days.fetch(self, capture)
            fetched.append(weakref.ref(snapshot))
            most = max(most, sum(page() is not None for page in fetched))
            return snapshot

    assert len(track(Watching((TEN, TWENTY) * 10)).versions) == 20
    assert most <= 3


def test_a_folder_may_be_given_by_its_name() -> None:
    """A string or a path is a folder of dated captures; an address is refused with what to do."""
    folder = Path("examples/story")
    expected = track(Files(folder)).revisions
    assert track(str(folder)).revisions == track(folder).revisions == expected
    with pytest.raises(ValueError, match="is an address, not a folder"):
        track("https://oll.example/ferry")
