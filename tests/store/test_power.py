"""The power may fail at any instant: what was acknowledged is there, and nothing else is made of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import attrs
import pytest

from revtrack.errors import StoreError
from revtrack.store import Store
from tests.store.made import START, URL, page, snapshot
from tests.store.power import Event, disk_after, is_reachable, recorded

CUTS = int(os.environ.get("REVTRACK_CUTS", "40"))
"""Instants at which the power fails, twice each; 0 for every one."""

OTHER = "https://lockkeeper.example/2024/03/ferry"


@attrs.define
class _Said:
    """What a store acknowledged, each with the number of events before it was said."""

    events: list[Event]
    added: dict[int, int] = attrs.field(factory=dict)
    forgotten: int | None = None


def _worked(path: Path, events: list[Event]) -> _Said:
    """Open, add one by one and many at once, tell, forget and close, three times."""
    said = _Said(events)
    for session in range(3):
        with Store.open(path) as store:
            first = 100 * session
            for number in range(first, first + 4):
                store.add(snapshot(number))
                said.added[number] = len(events)
            many = range(first + 10, first + 25)
            given = [snapshot(number, url=OTHER if number % 2 else URL) for number in many]
            for number, _ in zip(many, store.add_all(given), strict=True):
                said.added[number] = len(events)
            store.history(URL)
            if session == 1:
                store._database.row("PRAGMA wal_checkpoint")
                store.add(snapshot(99))
                said.added[99] = len(events)
            if session == 2:
                number = next(one.number for one in store.observations(URL))
                store.forget(number, asked_by="a reader", reason="private", at=START)
                said.forgotten = len(events)
    return said


def _lost(folder: Path, said: _Said, cut: int, survives: Callable[[], bool]) -> list[str]:
    """What is wrong with the store that a cut before event *cut* leaves."""
    folder.mkdir()
    for name, held in disk_after(said.events[:cut], survives).items():
        (folder / name).write_bytes(held)
    acknowledged = {number for number, at in said.added.items() if at <= cut}
    is_forgotten = said.forgotten is not None and said.forgotten <= cut
    try:
        with Store.open(folder / "news.db") as store:
            wrong = [f"{row.part} {row.fault}" for row in store.verify() if row.fault]
            kept = {str(one.location): one for one in store.captures()}
            for number in sorted(acknowledged - ({0} if is_forgotten else set())):
                if f"made:{number}" not in kept:
                    gone = number == 0 and bool(store.forgotten())
                    wrong += [] if gone else [f"{number} is lost"]
            for place, capture in kept.items():
                if store.fetch(capture).body != page(int(place.partition(":")[2])):
                    wrong.append(f"{place} is another page")
            if is_forgotten and "made:0" in kept:
                wrong.append("what was forgotten is there")
    except StoreError as error:
        wrong = [str(error)]
    return wrong


def _recorded(tmp_path: Path) -> _Said:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not is_reachable():  # builds that link SQLite in; the kills of test_kills.py run there, too
        pytest.skip("SQLite is a part of this interpreter and cannot be reached")
    with recorded(folder) as events:
        return _worked(folder / "news.db", events)


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Whatever part of what was not synced is lost, the store opens, is sound and has what it said."""
    said = _recorded(tmp_path)
    random = Random(7)  # noqa: S311 - the same instants in every run
    instants = range(len(said.events) + 1)
    cuts = list(instants) if CUTS == 0 else sorted(random.sample(instants, CUTS))
    wrong = []
    for cut in cuts:
        for way, survives in (("none", lambda: False), ("some", lambda: random.random() < 0.5)):
            found = _lost(tmp_path / f"{cut}-{way}", said, cut, survives)
            wrong += [f"cut before event {cut} of {len(said.events)}, {way}: {one}" for one in found]
    assert wrong == []


def test_the_simulation_finds_what_is_not_synced(
    tmp_path: Path,
) -> None:
    """Without the sync of each commit, or that of a new store's folder, captures would be lost."""
    said = _recorded(tmp_path)
    unsynced = {
        "commits": [one for one in said.events if one.kind != "sync" or one.name != "news.db-wal"],
        "folder": [one for one in said.events if one.kind != "folder"],
    }
    for name, events in unsynced.items():
        careless = _Said(events, {0: 0})
        cut = 1 + [one.kind for one in events].index("write", 70)
        assert _lost(tmp_path / name, careless, cut, lambda: False), name
