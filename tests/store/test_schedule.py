"""When an address is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.store import Store
from revtrack.store.observations import moment_of, time_of
from revtrack.store.schedule import LONGEST, SHORTEST, next_check
from tests.store.made import START, URL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "news.db") as opened:
        yield opened


@given(younger=st.integers(0, 10**8), older=st.integers(0, 10**8))
def test_the_older_the_rarer(younger: int, older: int) -> None:
    """The time to the next look grows with the time since the last change, and stays in its bounds."""
    waits = [
        next_check(START, START - timedelta(seconds=age)) - START for age in sorted((younger, older))
    ]
    assert SHORTEST <= waits[0] <= waits[1] <= LONGEST


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(hours=6), timedelta(minutes=30)),
        (timedelta(days=1), timedelta(hours=2)),
        (timedelta(days=36), timedelta(days=3)),
        (timedelta(days=9_999), timedelta(days=30)),
        (-timedelta(days=1), timedelta(minutes=15)),
    ],
)
def test_how_long_a_wait_is(age: timedelta, wait: timedelta) -> None:
    """Young articles are looked at often, old ones rarely, those from the future as the youngest."""
    assert next_check(START, START - age) == START + wait


def test_a_wait_ends_with_the_calendar() -> None:
    """In the last days of the calendar the next look is its last moment."""
    last = datetime.max.replace(tzinfo=UTC)
    assert next_check(last - timedelta(minutes=1), START) == last


def test_a_moment_is_counted_from_1970() -> None:
    """What a file says of times means the same in every revtrack."""
    assert moment_of(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1_000_000
    assert time_of(moment_of(START)) == START


def test_what_is_due(store: Store) -> None:
    """What is due comes with the longest due first; what was looked at is not due until its time."""
    schedule = store.schedule
    for minutes in (3, 1, 2, 60):
        schedule.follow(f"{URL}/{minutes}", "live", at=START + timedelta(minutes=minutes))
    now = START + timedelta(minutes=10)
    due = schedule.due(now)
    assert [row.url[-1] for row in due] == ["1", "2", "3"]
    schedule.set_next_check(due[0], next_check=now + timedelta(hours=1))
    assert [row.url[-1] for row in schedule.due(now)] == ["2", "3"]
    assert len(schedule.followed()) == 4


def test_following_twice_changes_nothing(store: Store) -> None:
    """The time of the next look stays what it was; leaving ends it."""
    store.schedule.follow(URL, "live", at=START)
    store.schedule.follow(URL, "live", at=START + timedelta(days=9))
    assert [row.next_check for row in store.schedule.followed()] == [START]
    assert store.schedule.unfollow(URL)
    assert not store.schedule.unfollow(URL)
    assert store.schedule.followed() == ()


def test_one_look_is_taken_once(store: Store) -> None:
    """Of two processes that see the same address due, one takes it; if it dies, it is due again."""
    store.schedule.follow(URL, "live", at=START)
    (row,) = store.schedule.due(START)
    assert store.schedule.claim(row, START)
    assert not store.schedule.claim(row, START)
    assert store.schedule.due(START) == ()
    assert [row.url for row in store.schedule.due(START + timedelta(minutes=16))] == [URL]
