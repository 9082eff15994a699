"""How many machine instructions extraction and comparison take, as ratios to parsing both pages.

    python bench/instructions.py [--pages N]

CPU time drifts by half with the load of the machine and instructions do not: the same Python, lxml and
pages give the same figures within a hundredth. Counted by valgrind's callgrind, which runs everything
some 50 times slower (8 pages: two minutes); without valgrind the table is empty. Pages, edits
and floor are those of `compare.py`. Each region is run once before it is counted, so what is loaded
once, and what is remembered of a text, is not counted.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
from _pairs import pairs
from _timing import table

import revtrack

_TOTAL = re.compile(r"^totals: (\d+)", re.MULTILINE)


def _control(*command: str) -> None:
    """Have the callgrind that runs this very program do something."""
    subprocess.run(  # noqa: S603  # our own words
        ["callgrind_control", *command, str(os.getpid())],  # noqa: S607  # valgrind's own
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def _counted(region: Callable[[], object]) -> None:
    """Count *region* alone, and write the count to a file of its own."""
    _control("--instr=on")
    region()
    _control("--instr=off")
    _control("--dump")


def _regions(limit: int) -> dict[str, Callable[[], object]]:
    """What is counted, by name, over the pages that hold an article; the floor first."""
    cases, articles = [], []
    for pair in pairs(limit):
        try:
            both = [revtrack.extract(page, url=pair.url) for page in (pair.old, pair.new)]
        except revtrack.RevtrackError:
            continue
        cases.append(pair)
        articles.append(both)
    pages = [(page, pair.url) for pair in cases for page in (pair.old, pair.new)]
    return {
        "floor: lxml.html.fromstring, both pages": lambda: [
            lxml.html.fromstring(page) for page, _ in pages
        ],
        "revtrack.extract, both pages": lambda: [
            revtrack.extract(page, url=url) for page, url in pages
        ],
        "revtrack.compare(bytes, bytes)": lambda: [
            revtrack.compare(pair.old, pair.new) for pair in cases
        ],
        "revtrack.compare(Article, Article)": lambda: [revtrack.compare(*both) for both in articles],
    }


def _inside(limit: int) -> None:
    """The counted program: each region once to load what is loaded once, then once to count it."""
    regions = _regions(limit)
    for region in regions.values():
        region()
    for region in regions.values():
        _counted(region)
    print("\n".join(regions))


def _under_valgrind(limit: int) -> list[tuple[str, int]]:
    """The instructions of each region; none where there is no valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        print("valgrind is not installed: `apt install valgrind`, then run this again", file=sys.stderr)
        return [("floor: lxml.html.fromstring, both pages", 0)]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603  # our own words
            [
                valgrind,
                "--quiet",
                "--tool=callgrind",
                "--instr-atstart=no",
                f"--callgrind-out-file={folder}/counts",
                sys.executable,
                __file__,
                "--inside",
                f"--pages={limit}",
            ],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        names = done.stdout.splitlines()
        dumps = [Path(folder) / f"counts.{number}" for number in range(1, len(names) + 1)]
        totals = [_TOTAL.findall(dump.read_text(encoding="utf-8")) for dump in dumps]
    return [(name, int(found[-1])) for name, found in zip(names, totals, strict=True)]


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=8, help="only the first N pages")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args, _ = parser.parse_known_args()
    if args.inside:
        _inside(args.pages)
        return
    counts = _under_valgrind(args.pages)
    floor = counts[0][1]
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "millions": round(count / 1e6, 1),
            "ratio": round(count / floor, 3) if floor else None,
        }
        for name, count in counts
    ]
    table("instructions, both pages of each pair", rows, pages=args.pages)


if __name__ == "__main__":
    main()
