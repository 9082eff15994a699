"""Every page of the gold sets by itself: time and memory of `extract`, as ratios to parsing it.

    python bench/pages.py [--rounds N] [--pages N] [--slowest N]

Floor: `lxml.html.fromstring` of the page's bytes. It stops early where a page declares a charset that
its bytes are not in; a page of which it loses more than half of the elements is parsed from UTF-8
instead, and said so. CPU time; floor and extraction take turns. Memory is the growth of a fresh
process's high-water mark (Linux): with the floor's tree kept, and over one extraction.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import fmean, median
from time import process_time
from typing import Any

import attrs
import lxml.html
from _pairs import shared
from _timing import table

import revtrack
from revtrack.extract.encoding import decode
from revtrack.extract.parsing import parse

LEAST = 1024
"""The smallest growth of memory that is compared, in KiB: below it the system's page size rules."""


@attrs.frozen
class Page:
    """One page, what the floor parses (`told`: as UTF-8), and how often a round repeats it."""

    key: str
    body: bytes
    parsed: bytes
    told: bool
    repeats: int


def _page(key: str, body: bytes) -> Page | None:
    """The page, or None where it holds no article."""
    try:
        revtrack.extract(body)
    except revtrack.RevtrackError:
        return None
    known = sum(1 for _ in parse(body)[0].iter())
    told = 2 * sum(1 for _ in lxml.html.fromstring(body).iter()) < known
    parsed = decode(body)[0].encode() if told else body
    return Page(key, body, parsed, told, max(1, 50_000 // len(body)))


def _pages(limit: int | None) -> list[Page]:
    data: Path = shared() / "data"
    files = [
        file for name in ("body", "pages", "refetch") for file in sorted((data / name).rglob("*.gz"))
    ]
    pages = [
        _page(f"{file.relative_to(data).parts[0]}/{file.name}"[:30], gzip.decompress(file.read_bytes()))
        for file in files[:limit]
    ]
    return [page for page in pages if page is not None]


def _floor(page: Page) -> object:
    if page.told:
        return lxml.html.fromstring(page.parsed, parser=lxml.html.HTMLParser(encoding="utf-8"))
    return lxml.html.fromstring(page.parsed)


def _extract(page: Page) -> object:
    return revtrack.extract(page.body)


def _seconds(run: Callable[[Page], object], page: Page) -> float:
    start = process_time()
    for _ in range(page.repeats):
        run(page)
    return (process_time() - start) / page.repeats


def _timed(page: Page, rounds: int) -> tuple[float, float]:
    laps = [(_seconds(_floor, page), _seconds(_extract, page)) for _ in range(rounds)]
    return median(lap[0] for lap in laps), median(lap[1] for lap in laps)


def _grown(run: Callable[[Page], object], page: Page) -> int:
    """By how many KiB the high-water mark of a child's memory grows while it runs."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        kept = run(page)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start
        os.write(writing, str(grown).encode())
        del kept
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        return int(answer.read())


def _memory(pages: list[Page]) -> dict[str, Any]:
    grown = [(_grown(_floor, page), _grown(_extract, page)) for page in pages]
    told = [(floor, ours) for floor, ours in grown if floor >= LEAST]
    if not told:
        return {"cases": 0}
    return {
        "cases": len(told),
        "ratio": round(sum(ours for _, ours in told) / sum(floor for floor, _ in told), 2),
        "worst": round(max(ours / floor for floor, ours in told), 2),
    }


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=None, help="only the first N files")
    parser.add_argument("--slowest", type=int, default=8, help="how many pages are listed")
    args = parser.parse_args()
    pages = _pages(args.pages)
    memory = _memory(pages)  # first: the children begin with a heap that no timing has grown
    timed = []
    for number, page in enumerate(pages, 1):
        if sys.stderr.isatty():
            print(f"\r  {number}/{len(pages)} pages", end="", file=sys.stderr, flush=True)
        timed.append((page, *_timed(page, args.rounds)))
    rows = []
    for name in dict.fromkeys([page.key.split("/")[0] for page in pages]):
        own = [(floor, ours) for page, floor, ours in timed if page.key.startswith(name + "/")]
        rows.append(
            {
                "name": name,
                "cases": len(own),
                "ms": round(1000 * fmean(ours for _, ours in own), 3),
                "ratio": round(sum(ours for _, ours in own) / sum(floor for floor, _ in own), 3),
                "worst": round(max(ours / floor for floor, ours in own), 2),
            }
        )
    slowest = sorted(timed, key=lambda one: one[1] / one[2])[: args.slowest]
    table(
        "extract, page by page (CPU time, ratio to the parse of the page)",
        rows,
        rounds=args.rounds,
        memory=memory,
        parsed_as_utf8=[page.key for page in pages if page.told],
        slowest=[
            {
                "page": page.key,
                "bytes": len(page.body),
                "ms": round(1000 * ours, 3),
                "ratio": round(ours / floor, 2),
            }
            for page, floor, ours in slowest
        ],
    )


if __name__ == "__main__":
    main()
