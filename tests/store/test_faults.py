"""What can be wrong with a file or its disk: each fault has its name, and nothing stored is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from revtrack.errors import StoreError, StoreFault
from revtrack.store import Store
from revtrack.store.schema import APPLICATION, NEWEST, STEPS, statements
from revtrack.store.sealing import digest_of
from tests.store.made import URL, page, snapshot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test lies."""
    return tmp_path / "news.db"


def _fault(path: Path, *, create: bool = True, read_only: bool = False, wait: float = 5) -> StoreFault:
    """The fault with which opening *path* ends; the message names the file."""
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create, read_only=read_only, wait=wait)
    assert caught.value.location == str(path)
    assert path.name in str(caught.value)
    return caught.value.fault


def test_a_missing_file(path: Path) -> None:
    """Where none is to be made, or only read, a missing file is said to be missing."""
    assert _fault(path, create=False) is StoreFault.MISSING
    assert _fault(path, read_only=True) is StoreFault.MISSING
    assert not path.exists()


def test_a_missing_folder(path: Path) -> None:
    """A store is not made in a folder that is not there."""
    assert _fault(path / "news.db") is StoreFault.UNREADABLE
    path.mkdir()
    assert _fault(path) is StoreFault.UNREADABLE


def test_a_file_of_another_kind(path: Path) -> None:
    """Text is no store, nor is another program's SQLite file, nor an empty file to be read."""
    path.write_text("The keepers counted nine boats.\n" * 200)
    assert _fault(path) is StoreFault.NOT_A_STORE
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE boats (name TEXT)")
    connection.close()
    assert _fault(path) is StoreFault.NOT_A_STORE
    path.write_bytes(b"")
    assert _fault(path, read_only=True) is StoreFault.NOT_A_STORE


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    """What a crash in the first instant leaves is no trouble."""
    path.write_bytes(b"")
    with Store.open(path) as store:
        store.add(snapshot(1))
        assert store.counts().observations == 1


def _with_form(path: Path, form: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_function("row_digest", -1, digest_of)
    for step in STEPS[:form]:
        for statement in statements(step):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {form}")
    connection.close()


def test_a_newer_file_is_refused(path: Path) -> None:
    """A form from the future is not guessed at, and not touched."""
    _with_form(path, NEWEST)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    held = path.read_bytes()
    assert _fault(path) is StoreFault.NEWER
    assert _fault(path, read_only=True) is StoreFault.NEWER
    assert path.read_bytes() == held


def _pages_of(path: Path) -> Iterator[int]:
    """The places in the file where its pages begin, from the third on."""
    size = int.from_bytes(path.read_bytes()[16:18], "big")
    yield from range(2 * size, path.stat().st_size, size)


def test_damaged_pages_of_the_file(path: Path) -> None:
    """Whichever part of the file is overwritten: an error or a fault in verify, never a wrong page."""
    with Store.open(path) as store:
        for number in range(60):
            store.add(snapshot(number))
        store.history(URL)
    whole = path.read_bytes()
    right = {page(number) for number in range(60)}
    for place in _pages_of(path):
        path.write_bytes(whole[:place] + b"\xa5" * 1024 + whole[place + 1024 :])
        try:
            with Store.open(path) as store:
                faults = [row for row in store.verify() if row.fault]
                for capture in store.captures(URL):
                    assert store.fetch(capture).body in right
                assert faults
        except StoreError as error:
            assert error.fault is StoreFault.DAMAGED  # noqa: PT017 - either way out is right


def test_half_a_file(path: Path) -> None:
    """A file that was cut off is damaged, and says so."""
    with Store.open(path) as store:
        for number in range(60):
            store.add(snapshot(number))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    try:
        with Store.open(path) as store:
            assert [row for row in store.verify() if row.fault]
    except StoreError as error:
        assert error.fault is StoreFault.DAMAGED  # noqa: PT017 - either way out is right


def test_a_busy_store_says_so(path: Path) -> None:
    """A writer that never ends is waited for, up to the bound, and then named."""
    with Store.open(path) as first, Store.open(path, wait=0.01) as second:
        first.add(snapshot(1))
        with first._database.writing():  # a writer in the middle of its work
            with pytest.raises(StoreError) as caught:
                second.add(snapshot(2))
            assert caught.value.fault is StoreFault.BUSY
            assert len(list(second.captures(URL))) == 1, "readers do not wait"
        assert second.add(snapshot(2)).captured_at == snapshot(2).captured_at


def test_a_store_that_others_keep_from_its_log_says_so(path: Path) -> None:
    """Turning to write-ahead logging waits for readers up to the bound, and no longer."""
    with Store.open(path) as store:
        store.add(snapshot(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = DELETE")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM captures").fetchone()
        assert _fault(path, wait=0.01) is StoreFault.BUSY
        reader.execute("ROLLBACK")
    with Store.open(path) as store:
        assert len(list(store.captures(URL))) == 1


def test_a_closed_store_says_so(path: Path) -> None:
    """Using a store after closing it is a clear error; closing it twice is none."""
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError) as caught:
        store.add(snapshot(1))
    assert caught.value.fault is StoreFault.CLOSED


def test_threads_share_a_store(path: Path) -> None:
    """Several threads add and read through one store, and nothing is lost or mixed up."""
    with Store.open(path) as store:
        wrong: list[object] = []

        def work(first: int) -> None:
            try:
                for number in range(first, 120, 4):
                    stored = store.add(snapshot(number, url=f"{URL}/{number % 3}"))
                    if store.fetch(stored).body != page(number):
                        wrong.append(number)
            except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert store.counts().observations == 120
        assert [row.fault for row in store.verify() if row.fault] == []


# ------------------------------------------------------------------------- disks that are full


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """A file system of 1.5 MB in *folder*; the test is skipped where it may not be mounted."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=1500k", "revtrack-test", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        # root has them, so CI runs this; the limit on files below shows the same to everybody
        pytest.skip("mounting a small disk needs rights that this user does not have")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """A full disk is a clear error; every acknowledged capture is there, and with room it goes on."""
    disk = tmp_path / "disk"
    with _small_disk(disk):
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 100_000)
        acknowledged = []
        with Store.open(disk / "news.db") as store:
            with pytest.raises(StoreError) as caught:  # noqa: PT012 - which one fails is open
                for number in range(10_000):
                    body = os.urandom(3_000)
                    acknowledged.append((store.add(snapshot(number, body=body)), body))
            assert caught.value.fault is StoreFault.FULL
            assert [(c, store.fetch(c).body) for c in store.captures(URL)] == acknowledged
            store.history(URL)  # cannot be kept, and is told all the same
            ballast.unlink()
            acknowledged.append((store.add(snapshot(20_000)), page(20_000)))
        with Store.open(disk / "news.db") as store:
            assert [(c, store.fetch(c).body) for c in store.captures(URL)] == acknowledged
            assert [row.fault for row in store.verify() if row.fault] == []
    assert len(acknowledged) > 10


_LIMITED = """
import os, resource, signal, sys
from revtrack.errors import StoreError
from revtrack.store import Store
from tests.store.made import snapshot

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
with Store.open(sys.argv[1]) as store:
    try:
        for number in range(10_000):
            print(store.add(snapshot(number, body=os.urandom(3_000))).digest, flush=True)
    except StoreError as error:
        print(error.fault.name)
"""


def test_a_limit_on_files_loses_nothing(path: Path, root: Path) -> None:
    """A file that may not grow gives the same clear error, and what was acknowledged is there."""
    if sys.platform == "win32":
        pytest.skip("there is no such limit")  # RLIMIT_FSIZE is of POSIX
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    *acknowledged, fault = done.stdout.split()
    assert fault == StoreFault.FULL.name
    assert len(acknowledged) > 10
    with Store.open(path) as store:
        kept = [capture.digest for capture in store.captures(URL)]
        assert kept[: len(acknowledged)] == acknowledged
        assert [row.fault for row in store.verify() if row.fault] == []


# ----------------------------------------------------------------- files that may only be read


@contextmanager
def _read_only_disk(folder: Path) -> Iterator[None]:
    """*folder* as a file system that cannot be written; skipped where it may not be mounted."""
    if (mount := shutil.which("mount")) is None:
        pytest.skip("there is no mount here")  # of util-linux: CI has it
    commands = [["--bind", str(folder), str(folder)], ["-o", "remount,ro,bind", str(folder)]]
    mounted = 0
    try:
        for words in commands:
            if subprocess.run([mount, *words], capture_output=True, check=False).returncode:
                # root has them, so CI runs this
                pytest.skip("mounting a disk read-only needs rights that this user does not have")
            mounted = 1
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_disk(path: Path) -> None:
    """A store on a disk that cannot be written is read and verified; writing is a clear error."""
    with Store.open(path) as store:
        stored = store.add(snapshot(1))
    with _read_only_disk(path.parent):
        with Store.open(path, read_only=True) as store:
            assert store.fetch(stored).body == page(1)
            assert len(store.history(URL).versions) == 1
            assert [row.fault for row in store.verify() if row.fault] == []
            with pytest.raises(StoreError) as caught:
                store.add(snapshot(2))
            assert caught.value.fault is StoreFault.READ_ONLY
        assert _fault(path) in (StoreFault.READ_ONLY, StoreFault.UNREADABLE)


def test_a_store_opened_to_read_is_not_written(path: Path) -> None:
    """`read_only` refuses to write although the file would take it, and sees what others add."""
    with Store.open(path) as store, Store.open(path, read_only=True) as reader:
        stored = store.add(snapshot(1))
        assert list(reader.captures(URL)) == [stored]
        with pytest.raises(StoreError) as caught:
            reader.add(snapshot(2))
        assert caught.value.fault is StoreFault.READ_ONLY


def test_an_older_file_is_not_brought_forward_to_be_read(path: Path) -> None:
    """A form that must change first is refused where nothing may be written, and kept."""
    _with_form(path, NEWEST - 1)
    if NEWEST > 1:
        assert _fault(path, read_only=True) is StoreFault.READ_ONLY
    with Store.open(path) as store:
        assert store.articles() == ()


def _asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


_WITH_DIGESTS = 3
"""The form from which on rows bear digests that nobody computes for them later."""


@pytest.mark.parametrize("form", range(NEWEST))
def test_an_older_file_is_brought_forward(path: Path, form: int) -> None:
    """From every form that ever was, what is in the file stays and the newest form comes."""
    with Store.open(path) as store:
        stored = store.add(snapshot(1))
    rows = _asked(path, "SELECT * FROM captures") if form else []
    bodies = _asked(path, "SELECT * FROM bodies") if form else []
    path.unlink()
    _with_form(path, form)
    if form:
        with sqlite3.connect(path) as connection:
            connection.execute("INSERT INTO articles DEFAULT VALUES")
            connection.execute(
                "INSERT INTO addresses (key, article, reason) VALUES (?, 1, 'first seen')",
                ("example,lockkeeper)/2024/03/tarn-locks-reopen",),
            )
            connection.executemany("INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?)", bodies)
            connection.executemany("INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            if form >= _WITH_DIGESTS:
                connection.create_function("row_digest", -1, digest_of, deterministic=True)
                connection.execute("UPDATE addresses SET digest = row_digest(key, article, reason)")
                connection.execute("UPDATE articles SET observations = 1, digest = row_digest(id, 1)")
        connection.close()
    with Store.open(path) as store:
        assert list(store.captures(URL)) == ([stored] if form else [])
        assert store.schedule.followed() == ()
        assert [row.fault for row in store.verify() if row.fault] == []
    assert _asked(path, "PRAGMA user_version") == [(NEWEST,)]


def test_a_step_that_fails_leaves_the_form_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks off in the middle changes nothing, and the next one succeeds."""
    _with_form(path, NEWEST - 1)
    held = path.read_bytes()[:100]
    with monkeypatch.context() as patched:
        broken = (*STEPS[:-1], STEPS[-1] + "CREATE TABLE articles (id INTEGER) STRICT;\n")
        patched.setattr("revtrack.store.schema.STEPS", broken)
        with pytest.raises(StoreError, match="already exists"):
            Store.open(path)
    assert _asked(path, "PRAGMA user_version") == [(NEWEST - 1,)]
    assert path.read_bytes()[:16] == held[:16]
    Store.open(path).close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("described", "x"),
        ("described", "[]"),
        ("described", "{}"),
        ("described", "[" * 100_000),
        ("described", "9" * 5_000),
        ("outcome", "x"),
        ("captured_at", 2**62),
    ],
)
def test_a_row_that_something_else_wrote(path: Path, column: str, value: object) -> None:
    """A row that revtrack did not write is an error that says so, and `verify` names it."""
    with Store.open(path) as store:
        store.add(snapshot(1))
        store.add(snapshot(2))
    connection = sqlite3.connect(path)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(f"UPDATE captures SET {column} = ? WHERE id = 2", (value,))  # noqa: S608 - ours
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        faults = [row.number for row in store.verify() if row.fault]
        assert faults == [2]
        with pytest.raises(StoreError) as caught:
            store.articles(), store.history(URL)
        assert caught.value.fault is StoreFault.DAMAGED
