"""Forgetting: what was asked to go is gone, and everything else is as sound as before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.errors import StoreError, StoreFault
from revtrack.records import Part
from revtrack.store import Store
from tests.store.made import START, URL, failure, page, snapshot

AT = datetime(2024, 6, 1, 9, tzinfo=UTC)
OTHER = "https://lockkeeper.example/2024/03/keepers-strike"
WHO = "Mira Holm, by letter"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test lies."""
    return tmp_path / "news.db"


def _faults(store: Store) -> list[str]:
    return [f"{row.part.value} {row.number}: {row.fault}" for row in store.verify() if row.fault]


def test_an_article_is_forgotten(path: Path) -> None:
    """Its captures, its history and its place in the schedule go; the other article stays whole."""
    with Store.open(path) as store:
        for number in range(4):
            store.add(snapshot(number))
            store.add(snapshot(number, url=OTHER))
        store.add(failure(9))
        store.schedule.follow(URL, "live", at=START)
        store.schedule.follow(OTHER, "live", at=START)
        assert len(store.history(URL).versions) == 4
        gone = store.forget(URL, asked_by=WHO, reason="named a private person", at=AT)
        assert len(gone) == 5
        assert {(row.asked_by, row.reason, row.forgotten_at) for row in gone} == {
            (WHO, "named a private person", AT)
        }
        assert list(store.captures(URL)) == []
        assert store.history(URL).versions == ()
        assert [row.url for row in store.schedule.followed()] == [OTHER]
        assert [store.fetch(capture).body for capture in store.captures(OTHER)] == [
            page(number) for number in range(4)
        ]
        assert len(store.history(OTHER).versions) == 4
        assert [article.url for article in store.articles()] == [OTHER]
        assert _faults(store) == []
    with Store.open(path) as store:
        assert store.forgotten() == gone
        buried = [(row.number, row.name) for row in store.verify() if row.part is Part.TOMBSTONE]
        assert buried == [(row.number, row.key) for row in gone]


def test_one_capture_is_forgotten(path: Path) -> None:
    """The others of its article stay, those packed against its page too; its history is new."""
    with Store.open(path) as store:
        rows = [store.record(snapshot(number)) for number in range(6)]
        assert len(store.history(URL).versions) == 6
        (gone,) = store.forget(rows[1].number, asked_by=WHO, reason="a wrong picture", at=AT)
        assert (gone.number, gone.captured_at) == (rows[1].number, rows[1].capture.captured_at)
        assert gone.digest == rows[1].capture.digest
        left = [rows[number] for number in (0, 2, 3, 4, 5)]
        assert [store.fetch(row.capture).body for row in left] == [page(n) for n in (0, 2, 3, 4, 5)]
        assert len(store.history(URL).versions) == 5
        assert _faults(store) == []


def test_what_is_forgotten_is_in_the_file_no_more(path: Path) -> None:
    """Neither the words of the page nor those of its headers can be found in the bytes of the file."""
    body = bytes(range(256)) * 3 + b"the name of a private person"
    secret = attrs.evolve(
        snapshot(2, body=body), headers=(("X-Desk", "a header that names Mira Holm"),)
    )
    with Store.open(path) as store:
        store.add(snapshot(1))
        row = store.record(secret)
        store.forget(row.number, asked_by="M. H.", reason="private", at=AT, keep_digest=False)
        held = b"".join(one.read_bytes() for one in path.parent.iterdir())
        assert b"a header that names" not in held
        assert body[-200:] not in held
        assert bytes.fromhex(row.capture.digest or "") not in held
        assert store.forgotten()[0].digest is None


def test_what_is_forgotten_is_not_fetched_again(path: Path) -> None:
    """A source that lists it is told that it is there; a later capture of the address is another."""
    with Store.open(path) as store:
        capture = store.add(snapshot(1))
        store.forget(URL, asked_by=WHO, reason="private", at=AT)
        assert capture in store
        assert snapshot(2).capture not in store
        store.add(snapshot(2))
        assert len(store.history(URL).versions) == 1
        assert _faults(store) == []


def test_a_page_that_another_look_has_too_stays_with_it(path: Path) -> None:
    """One of two looks that gave the same page is forgotten: the other can be read."""
    with Store.open(path) as store:
        first = store.record(snapshot(1))
        second = store.record(snapshot(2, body=page(1)))
        store.forget(first.number, asked_by=WHO, reason="private", at=AT)
        assert store.fetch(second.capture).body == page(1)
        assert _faults(store) == []


@pytest.mark.parametrize("subject", [7, OTHER, 0])
def test_what_is_not_there_cannot_be_forgotten(path: Path, subject: str | int) -> None:
    """An address or a number of which nothing is stored is an error that says so."""
    with Store.open(path) as store:
        store.add(snapshot(1))
        with pytest.raises(StoreError, match="nothing to forget") as caught:
            store.forget(subject, asked_by=WHO, reason="private", at=AT)
        assert caught.value.fault is StoreFault.MISSING
        assert store.counts().observations == 1


def test_a_tombstone_never_changes(path: Path) -> None:
    """The file refuses to alter one; one that was altered past that is found."""
    with Store.open(path) as store:
        store.add(snapshot(1))
        store.forget(URL, asked_by=WHO, reason="private", at=AT)
        with pytest.raises(StoreError, match="never"), store._database.writing() as connection:
            connection.execute("UPDATE tombstones SET reason = 'none'")
        with store._database.writing() as connection:
            connection.execute("DROP TRIGGER tombstones_stay")
            connection.execute("UPDATE tombstones SET reason = 'none'")
        assert _faults(store) == ["tombstone 1: its row of tombstones is not what was stored"]
        with pytest.raises(StoreError, match="damaged"):
            store.forgotten()


@settings(max_examples=12, deadline=None)
@given(
    steps=st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.booleans()), min_size=1, max_size=14)
)
def test_verify_stays_clean(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, int, bool]]
) -> None:
    """Law: whatever is stored and forgotten in turn, verify finds nothing and the rest is readable."""
    kept: dict[int, bytes] = {}
    with Store.open(tmp_path_factory.mktemp("store") / "news.db") as store:
        for minute, (is_added, number, is_first) in enumerate(steps):
            if is_added or not kept:
                row = store.record(snapshot(minute, url=URL if is_first else OTHER, body=page(number)))
                kept[row.number] = page(number)
            else:
                chosen = sorted(kept)[number % len(kept)]
                store.forget(chosen, asked_by=WHO, reason="asked", at=AT)
                del kept[chosen]
        found = {row.number: store.fetch(row.capture).body for row in store.observations()}
        assert found == kept
        assert _faults(store) == []
