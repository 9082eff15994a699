"""Fetching many captures: in order, ahead, failures as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Barrier, Lock

import attrs
import pytest

from revtrack.errors import SourceError, reason_of
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.sources import ConcurrentSource, Source, fetch_all


def _listed(count: int) -> list[Capture]:
    return [
        Capture(None, datetime(2024, 5, 1, 12, minute, tzinfo=UTC), location=str(minute))
        for minute in range(count)
    ]


@attrs.define
class Counting:
    """A source that counts how many of its fetches run at one time; every third capture is lost."""

    at_once: int = 4
    running: int = 0
    most: int = 0
    asked: int = 0
    lock: Lock = attrs.field(factory=Lock)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """Nine captures."""
        return iter(_listed(9))

    def fetch(self, capture: Capture) -> Snapshot:
        """The capture's number as a page."""
        with self.lock:
            self.asked += 1
            self.running += 1
            self.most = max(self.most, self.running)
        try:
            if int(str(capture.location)) % 3 == 2:
                raise SourceError("lost", location=str(capture.location))
            return Snapshot(capture, str(capture.location).encode())
        finally:
            with self.lock:
                self.running -= 1


def _read(outcomes: Iterator[Snapshot | Screened]) -> list[str]:
    return [
        one.body.decode() if isinstance(one, Snapshot) else f"{one.reason.name} {one.detail}"
        for one in outcomes
    ]


@pytest.mark.parametrize("at_once", [1, 2, 4, 50])
def test_outcomes_come_in_order_and_failures_are_rows(at_once: int) -> None:
    """Whatever runs at one time, there is one outcome for each capture and they come in order."""
    source = Counting(at_once)
    lost = f"{ScreenReason.FETCH_FAILED.name} lost"
    assert _read(fetch_all(source, source.captures())) == [
        lost if number % 3 == 2 else str(number) for number in range(9)
    ]
    assert source.most <= at_once


def test_fetches_run_at_one_time() -> None:
    """A source that allows three at one time is asked for three before the first is answered."""
    meeting = Barrier(3)

    @attrs.define
    class Meeting(Counting):
        at_once: int = 3

        def fetch(self, capture: Capture) -> Snapshot:
            meeting.wait(timeout=60)
            return Snapshot(capture, b"")

    assert len(list(fetch_all(Meeting(), _listed(9)))) == 9


def test_what_is_not_wanted_any_more_is_not_fetched() -> None:
    """Closing the iterator cancels the fetches that have not begun, and no more are begun."""
    source = Counting(2)
    outcomes = fetch_all(source, _listed(50))
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    assert source.asked <= 4


@pytest.mark.parametrize(
    "error",
    [KeyError("where"), OverflowError("date value out of range"), RecursionError(), MemoryError()],
)
@pytest.mark.parametrize("at_once", [1, 3])
def test_one_capture_never_ends_the_run(
    error: Exception, at_once: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the fetch of one capture raises is a row that names it; its traceback is in the log."""

    @attrs.define
    class Broken(Counting):
        def fetch(self, capture: Capture) -> Snapshot:
            if capture.location == "1":
                raise error
            return Snapshot(capture, b"")

    with caplog.at_level("DEBUG", logger="revtrack"):
        outcomes = list(fetch_all(Broken(at_once), _listed(4)))
    assert [isinstance(outcome, Screened) for outcome in outcomes] == [False, True, False, False]
    (failed,) = [outcome for outcome in outcomes if isinstance(outcome, Screened)]
    assert f"unexpected {type(error).__name__}" in failed.detail
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_what_was_meant_is_not_called_unexpected() -> None:
    """A failure of the source says what it says, and nothing more."""
    assert reason_of(SourceError("the disk is gone", location="x")) == "the disk is gone"


def test_an_interruption_is_no_row() -> None:
    """Ctrl-C ends the run."""

    @attrs.define
    class Interrupted(Counting):
        def fetch(self, capture: Capture) -> Snapshot:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(fetch_all(Interrupted(1), _listed(3)))


def test_what_is_concurrent() -> None:
    """A source is concurrent when it says how many at one time; one without is asked one by one."""

    @attrs.frozen
    class Plain:
        def captures(self, url: str | None = None) -> Iterator[Capture]:
            return iter(())

        def fetch(self, capture: Capture) -> Snapshot:
            return Snapshot(capture, b"")

    assert isinstance(Counting(), ConcurrentSource)
    assert isinstance(Plain(), Source)
    assert not isinstance(Plain(), ConcurrentSource)
    assert len(list(fetch_all(Plain(), _listed(2)))) == 2
