"""Work grows no faster than the text: function calls are counted at n, 2n and 4n, never seconds."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import revtrack
from revtrack import codec
from revtrack.diff import align
from revtrack.history import History
from revtrack.model import Capture, Snapshot
from revtrack.text import sentences
from tests.calls import calls

STEEPEST = 1.25
"""The exponent of growth that is still taken for n log n."""

START = datetime(2024, 3, 4, 7, tzinfo=UTC)


def _noticed(size: int, *, later: bool) -> bytes:
    """A page with as many paragraphs as *size*; *later* each has another number and a notice."""
    parts = []
    for number in range(size):
        boats = number * 7 + 11 + later
        lock = (
            1_000 * size + number
        )  # texts of another size are others: what is kept of them is no help
        parts.append(f"<p>The keepers of lock {lock} counted {boats} boats before the gate.</p>")
        if later:
            parts.append(
                f"<p>Correction: An earlier version of this article misstated the number of boats at "
                f"lock {lock}. It was {boats}, not {boats - 1}.</p>"
            )
    return f"<article><h1>Boats at the locks</h1>{''.join(parts)}</article>".encode()


def _notices_and_changes(size: int) -> Callable[[], object]:
    old, new = (revtrack.extract(_noticed(size, later=later)) for later in (False, True))
    return lambda: revtrack.compare(old, new)


def _notices_and_sentences(size: int) -> Callable[[], object]:
    page = _noticed(size, later=True)
    return lambda: revtrack.extract(page)


def _open_headings(size: int) -> Callable[[], object]:
    text = b"<p>The keepers of the lock counted eleven boats before they shut the gate at night.</p>"
    page = b"<title>Boats at the locks</title>" + b"<h1>Boats <div>" * size + b"<i></i>" * size + text
    return lambda: revtrack.extract(page)


def _one_value(size: int) -> Callable[[], object]:
    """Many notices that name one value, written as a document."""
    old, new = (
        b"<article><h1>Boats at the lock</h1><p>The keepers counted %d boats before the gate.</p>%s"
        % (11 + later, b"<p>Correction: It was 12 boats, not 11, at the lock.</p>" * size * later)
        for later in (False, True)
    )
    return lambda: codec.dumps(revtrack.compare(old, new))


def _ledger_of_versions(size: int, *, noticed: bool = False) -> Callable[[], object]:
    said = "<p>Correction: An earlier version counted %d boats at the quay. There were %d.</p>"
    taken = [
        Snapshot(
            Capture("https://paper.example/locks", START + timedelta(hours=number)),
            b"<article><h1>Boats at the locks</h1>"
            + b"".join(
                b"<p>The keepers of lock %d counted %d boats before the gate on Monday morning.</p>"
                % (lock, lock * 100 + (number if number % 6 == lock else 0))
                for lock in range(6)
            )
            + b"<p>The harbour master counted %d boats at the quay.</p>" % (number * 3 * noticed)
            + (said % (number * 3 - 3, number * 3) if noticed else "").encode()
            + b"</article>",
        )
        for number in range(size)
    ]
    told = History.from_snapshots(taken)
    return told.ledger


def _ledger_of_notices(size: int) -> Callable[[], object]:
    return _ledger_of_versions(size, noticed=True)


def _open_quotes(size: int) -> Callable[[], object]:
    text = "He said “the gate is open and the boats wait, she said. " * size
    return lambda: sentences(text, language="en")


def _dates(size: int) -> Callable[[], object]:
    text = "It was seen on Jan. 3, 2024, at 3:45 p.m. EST " * size
    return lambda: sentences(text, language="en")


def _alignment(size: int) -> Callable[[], object]:
    old = [f"The keepers of lock {n} counted {n * 7} boats." for n in range(size)]
    new = [f"The keepers of lock {n} counted {n * 7 + n % 3} boats." for n in range(size) if n % 10]
    return lambda: align(old, new)


def _turns(size: int) -> Callable[[], object]:
    turns = ["Yes.", "No.", "The ferry runs again."]
    old = [turns[n % 2] for n in range(size)]
    new = [turns[n % 3] for n in range(size)]
    return lambda: align(old, new)


@pytest.mark.parametrize(
    ("made", "size"),
    [
        (_notices_and_changes, 40),
        (_notices_and_sentences, 40),
        (_open_headings, 50),
        (_one_value, 40),
        (_ledger_of_versions, 20),
        (_ledger_of_notices, 40),
        (_open_quotes, 300),
        (_dates, 300),
        (_alignment, 150),
        (_turns, 150),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)).strip("_"),
)
def test_work_grows_with_the_text(made: Callable[[int], Any], size: int) -> None:
    """From n to 4n, and from 2n to 4n, function calls grow by no more than n to the power 1.25."""
    work = [made(size * times) for times in (1, 2, 4)]
    work[0]()  # so that what is made once, at the first use, is not counted
    few, more, many = [calls(one) for one in work]
    assert math.log(many / few, 4) <= STEEPEST, (few, more, many)
    assert math.log2(many / more) <= STEEPEST, (few, more, many)
