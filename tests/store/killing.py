"""Four writers that are killed again and again: run by `test_kills.py` as a program of its own.

It forks, which a test run with threads may not. Each writer says on its pipe what the store
acknowledged to it; whatever was said must be there at the end. Prints one line for each file.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random

from revtrack.store import Store
from tests.store.made import URL, page, snapshot

__all__ = ["main"]

WRITERS = 4
"""Writers of one file at a time."""

OPENING = 0.05
"""Seconds from its beginning in which some writers are killed: while they make or open the store."""

WRITING = 0.005
"""Seconds after an acknowledgement in which the others are killed: about as long as one write takes."""

MOST = 8
"""Acknowledgements that a writer lives for at most, so that a slow machine has its writes too."""


def _write(path: Path, pipe: int, seed: int) -> None:
    """Add until it is killed: one by one, in batches, and with histories read between."""
    random = Random(seed)  # noqa: S311 - the same instants in every run
    parent = os.getppid()
    with Store.open(path) as store:
        while os.getppid() == parent:  # who kills it may be killed itself
            numbers = [random.randrange(10**6) for _ in range(random.choice((1, 1, 1, 7)))]
            given = [snapshot(number, url=f"{URL}/{number % 5}") for number in numbers]
            for number, _ in zip(numbers, store.add_all(given), strict=True):
                os.write(pipe, b"%d\n" % number)
            if random.random() < 0.05:
                store.history(f"{URL}/{numbers[0] % 5}")


class _Writer:
    """One writer process and what it said."""

    def __init__(self, path: Path, seed: int) -> None:
        self.pipe, theirs = os.pipe()
        self.number = os.fork()
        if self.number == 0:
            try:
                _write(path, theirs, seed)
            except BaseException:  # noqa: BLE001 - whatever it is, it is no end that a writer has
                traceback.print_exc()
            finally:
                os._exit(1)  # a writer ends by being killed: an error shows as another end
        os.close(theirs)
        self.said = b""

    def live(self, acknowledgements: int) -> None:
        """Wait until it said so many times that something is stored."""
        while self.said.count(b"\n") < acknowledgements:
            more = os.read(self.pipe, 1)
            if not more:
                raise SystemExit("a writer ended by itself")
            self.said += more

    def kill(self) -> set[int]:
        """End it at once; what was acknowledged to it."""
        os.kill(self.number, signal.SIGKILL)
        _, status = os.waitpid(self.number, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit("a writer ended by itself")
        with os.fdopen(self.pipe, "rb") as said:
            return {int(line) for line in (self.said + said.read()).split(b"\n")[:-1]}


def _killed(path: Path, kills: int, random: Random) -> set[int]:
    """What was acknowledged by the writers, of which *kills* were killed."""
    acknowledged: set[int] = set()
    writers = [_Writer(path, random.randrange(2**30)) for _ in range(WRITERS)]
    for _ in range(kills - WRITERS):
        victim = writers.pop(random.randrange(WRITERS))
        first = random.random() < 0.3
        if not first:
            victim.live(random.randint(1, MOST))
        time.sleep(random.uniform(0, OPENING if first else WRITING))  # the instant itself
        acknowledged |= victim.kill()
        writers.append(_Writer(path, random.randrange(2**30)))
    for writer in writers:
        acknowledged |= writer.kill()
    return acknowledged


def main() -> None:
    """Kill; then ask each store for everything that it acknowledged."""
    folder, seed, files, kills = Path(sys.argv[1]), *map(int, sys.argv[2:])
    random = Random(seed)  # noqa: S311 - the same instants in every run
    for file in range(files):
        path = folder / f"{file}.db"
        acknowledged = _killed(path, kills, random)
        with Store.open(path) as store:
            faults = [row.fault for row in store.verify() if row.fault]
            kept = {capture.location: capture for capture in store.captures()}
            lost = [number for number in acknowledged if f"made:{number}" not in kept]
            wrong = [
                number
                for number in acknowledged - set(lost)
                if store.fetch(kept[f"made:{number}"]).body != page(number)
            ]
        print(len(acknowledged), len(lost), len(wrong), faults)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main()
