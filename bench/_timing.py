"""Time several ways of doing one job side by side, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import json
import platform
import sys
from collections.abc import Callable, Sequence
from statistics import fmean, median
from time import process_time
from typing import Any, Generic, TypeVar

import attrs

__all__ = ["Contestant", "machine", "race", "table"]

Case = TypeVar("Case")


@attrs.frozen
class Contestant(Generic[Case]):
    """One way of doing the job: `prepare` is not timed, `run` is; a case may be declined."""

    name: str
    run: Callable[[Any], object]
    prepare: Callable[[Case], Any] = attrs.field(default=lambda case: case)
    takes: Callable[[Case], bool] = attrs.field(default=lambda _: True)
    rounds: int | None = None


def _timed(run: Callable[[Any], object], prepared: Any) -> float:
    start = process_time()
    run(prepared)
    return process_time() - start


def race(
    cases: Sequence[Case], contestants: Sequence[Contestant[Case]], *, rounds: int
) -> list[dict[str, Any]]:
    """CPU time of each contestant on each case: the median of the rounds, then the mean of the cases.

    The contestants take turns on every case. The first is the floor: `ratio` is a contestant's mean
    divided by the floor's mean on the very cases that it took.
    """
    times: list[list[float]] = [[] for _ in contestants]  # median per case; -1: declined
    for number, case in enumerate(cases, 1):
        print(f"\r  {number}/{len(cases)} pages", end="", file=sys.stderr, flush=True)
        laps: list[list[float]] = [[] for _ in contestants]
        ready = [c.prepare(case) if c.takes(case) else None for c in contestants]
        if number == 1:
            for contestant, prepared in zip(contestants, ready, strict=True):
                if contestant.takes(case):
                    contestant.run(prepared)  # what is loaded once is not the job
        gc.collect()
        for lap in range(rounds):
            for place, contestant in enumerate(contestants):
                if contestant.takes(case) and lap < (contestant.rounds or rounds):
                    laps[place].append(_timed(contestant.run, ready[place]))
        for place, taken in enumerate(laps):
            times[place].append(median(taken) if taken else -1.0)
    print(file=sys.stderr)
    return [_row(contestant, own, times[0]) for contestant, own in zip(contestants, times, strict=True)]


def _row(contestant: Contestant[Any], own: list[float], floor: list[float]) -> dict[str, Any]:
    taken = [(mine, base) for mine, base in zip(own, floor, strict=True) if mine >= 0]
    row: dict[str, Any] = {
        "name": contestant.name,
        "cases": len(taken),
        "ms": None,
        "ratio": None,
        "worst": None,
    }
    if taken:
        row["ms"] = round(1000 * fmean(mine for mine, _ in taken), 3)
        row["ratio"] = round(sum(mine for mine, _ in taken) / sum(base for _, base in taken), 3)
        row["worst"] = round(max(mine / base for mine, base in taken), 2)
    return row


def machine() -> dict[str, str]:
    """What the figures were measured with: Python, lxml and the libxml2 it was built on."""
    from lxml import etree

    return {
        "python": platform.python_version(),
        "lxml": ".".join(map(str, etree.LXML_VERSION)),
        "libxml2": ".".join(map(str, etree.LIBXML_COMPILED_VERSION)),
        "machine": platform.machine(),
    }


def table(title: str, rows: list[dict[str, Any]], **more: Any) -> None:
    """Print the figures: JSON for programs on standard output, a table for people on standard error."""
    print(json.dumps({"title": title, **machine(), **more, "rows": rows}, indent=1))
    columns = list(rows[0])
    cells = [columns, *[["-" if row[c] is None else str(row[c]) for c in columns] for row in rows]]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    print(title, file=sys.stderr)
    for line in cells:
        text = "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print(f"  {text}", file=sys.stderr)
