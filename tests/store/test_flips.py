"""A damaged store never speaks: of a file with one flipped byte what is read is right or refused."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from revtrack.errors import StoreError
from revtrack.history import History
from revtrack.records import KeptArticle
from revtrack.store import Store
from tests.store.made import START, URL, failure, page, snapshot

OTHER = "https://lockkeeper.example/2024/03/ferry"
MIRROR = "https://lockkeeper.example/p/4711"


def _short(number: int) -> bytes:
    return (
        b"<article><h1>The ferry runs again</h1><p>The old ferry made its run %d to the island, and a "
        b"baker watched from the quay.</p><p>The keeper of the pier had said so in May.</p></article>"
    ) % number


FIRST = snapshot(0, body=_short(0), url=OTHER)
STEP = int(os.environ.get("REVTRACK_FLIPS", "13"))
"""Every so manieth byte is flipped: 1 is every byte of the file."""
MASKS = (*(1 << bit for bit in range(8)), 0xFF) if STEP == 1 else (0,)
"""The bits that are flipped of a byte, one trial for each; 0 is one bit, another from byte to byte."""


@attrs.frozen
class Text:
    """All that a store says: what is read of it beside its file."""

    histories: tuple[History, ...]
    pages: tuple[object, ...]
    articles: tuple[KeptArticle, ...]


def _made(path: Path) -> None:
    named = page(3).replace(b"<title>", f'<link rel="canonical" href="{URL}"><title>'.encode())
    with Store.open(path) as store:
        for number in range(4):
            store.add(snapshot(number, body=_short(number // 2), url=OTHER))
        store.add(failure(9))
        store.add(snapshot(1, body=named))
        store.add(snapshot(3, url=MIRROR, body=named.replace(b"3 boats", b"5 boats")))
        for url in (MIRROR, OTHER):
            store.history(url)
        store.schedule.follow(URL, "live", at=START)
    with closing(sqlite3.connect(path)) as file:  # small pages: hardly a byte of the file is unused
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"):
            file.execute(statement)
        file.execute("PRAGMA journal_mode = WAL")


def _said(store: Store) -> Iterator[tuple[str, Any]]:
    """What the store says, piece by piece: a piece that it refuses is none."""
    for url in (URL, OTHER):
        try:
            yield f"history {url}", store.history(url)
        except StoreError:
            yield f"history {url}", None
    for one in (URL, OTHER, None):
        try:
            listed = list(store.observations(one))
        except StoreError:
            continue
        for row in listed:
            try:
                yield f"page {row.number}", store.recall(row)
            except StoreError:
                yield f"page {row.number}", None
        # the size of a page is checked when the page is read
        yield f"listed {one}", [attrs.evolve(row, size=None) for row in listed]
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("articles", store.articles),
        ("followed", store.schedule.followed),
        ("forgotten", store.forgotten),
        ("technical", lambda: store.technical(URL)),
        ("newest", lambda: store.newest(OTHER)),
        ("fetched", lambda: store.fetch(FIRST.capture)),
        # a page that an index hides is fetched again; one that is not there must not be taken as had
        ("held", lambda: attrs.evolve(FIRST.capture, url=MIRROR) in store),
    )
    for name, ask in asked:
        try:
            yield name, ask()
        except StoreError:
            yield name, None


def _is_less(told: History, right: History) -> bool:
    """Whether a history says that captures could not be read, and nothing that is not so."""
    rows = [row for row in told.screened if "damaged" in row.detail]
    captures = {version.captures for version in right.versions}
    return bool(rows) and all(
        any(set(version.captures) <= set(known) for known in captures) for version in told.versions
    )


@pytest.mark.timeout(3600 if STEP == 1 else 600)
@pytest.mark.parametrize("mask", MASKS)
def test_no_flipped_byte_speaks(tmp_path: Path, mask: int) -> None:
    """What is read of a file with one flipped byte is what was stored, or an error that says so."""
    path, broken = tmp_path / "news.db", tmp_path / "broken.db"
    _made(path)
    with Store.open(path) as store:
        right = dict(_said(store))
        rows = [row.part for row in store.verify()]
    good = path.read_bytes()
    wrong: list[tuple[int, str]] = []
    unseen: list[int] = []
    for at in range(0, len(good), STEP):
        for ending in ("", "-wal", "-shm"):
            Path(f"{broken}{ending}").unlink(missing_ok=True)
        broken.write_bytes(good[:at] + bytes([good[at] ^ (mask or 1 << at % 8)]) + good[at + 1 :])
        try:
            with Store.open(broken, read_only=bool(at % 2)) as store:
                differs = [
                    name
                    for name, said in _said(store)
                    if said is not None and not _is(said, right[name])
                ]
                found = list(store.verify())
        except StoreError:
            continue
        sound = not any(row.fault for row in found)
        wrong += [(at, name) for name in differs]
        if sound and [row.part for row in found] != rows:
            unseen.append(at)
    assert wrong == [], wrong
    assert unseen == []


def _is(said: object, right: object) -> bool:
    if isinstance(said, History) and isinstance(right, History):
        return said == right or _is_less(said, right)
    return said == right
