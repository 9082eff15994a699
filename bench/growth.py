"""How alignment, word operations and whole comparisons grow with the text, and stand hostile ones.

    python bench/growth.py [--rounds N] [--svg FILE]

From 10 KB to 5 MB of made-up prose with one sentence in a hundred edited: CPU seconds (best of the
rounds) of `diff.align` with `diff.text` and of `compare`, peak memory in MB, and the exponents of
growth fitted to the times. Then texts of 20,000 sentences that are built to hurt, and one word of a
million letters, each beside one of half the size: a ratio of 2 is linear.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from _timing import machine

import revtrack
from revtrack.diff import align, text

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 5_000_000)
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za", "pre", "sto")
HOSTILE = 20_000

Sides = tuple[list[str], list[str]]


def _word(number: int) -> str:
    """A made-up word; small numbers, which are drawn more often, give short ones."""
    word = ""
    while True:
        number, rest = divmod(number, len(SYLLABLES))
        word += SYLLABLES[rest]
        if not number:
            return word


def _prose(characters: int) -> list[str]:
    """Sentences of 8 to 30 words, some words much more common than others; the same in every run."""
    state, sentences, size = 1, [], 0
    while size < characters:
        words = []
        state = state * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        for _ in range(8 + state % 23):
            state = state * 1_103_515_245 + 12_345 & 0x7FFFFFFF
            words.append(_word(int(20_000 ** ((state >> 8) / 0x7FFFFF))))
        sentences.append(" ".join(words).capitalize() + ".")
        size += len(sentences[-1]) + 1
    return sentences


def _edited(old: list[str]) -> Sides:
    """One sentence in a hundred with one word changed."""
    return old, [s.replace(" ", " nova ", 1) if n % 100 == 50 else s for n, s in enumerate(old)]


def _compared(sides: Sides) -> None:
    old, new = sides
    for i, j in sorted(align(old, new).pairs):
        if old[i] != new[j]:
            text(old[i], new[j])


def _aligned(sides: Sides) -> None:
    align(*sides)


def _articles(sides: Sides) -> tuple[revtrack.Article, revtrack.Article]:
    """The same as articles, in paragraphs of four sentences."""
    old, new = (
        revtrack.from_text("\n\n".join([" ".join(side[n : n + 4]) for n in range(0, len(side), 4)]))
        for side in sides
    )
    return old, new


def _told(articles: tuple[revtrack.Article, revtrack.Article]) -> None:
    revtrack.compare(*articles)


def _hostile(size: int) -> dict[str, Sides]:
    return {
        "all equal": (["So it is."] * size, ["So it is."] * (size - 99)),
        "all different": ([f"old{n}" for n in range(size)], [f"new{n}" for n in range(size)]),
        "one repeated word": (
            ["so " * (n % 60) for n in range(size)],
            ["so " * (n % 61 + 1) + "it" for n in range(size)],
        ),
        "one-word sentences": (
            [_word(n * 7919 % 5000) for n in range(size)],
            [_word(n * 6101 % 5000) for n in range(size)],
        ),
        "taking turns": (["a", "b"] * (size // 2), ["b", "a"] * (size // 2)),
        "reversed": ([f"w{n}" for n in range(size)], [f"w{n}" for n in reversed(range(size))]),
        "one long word": (["x" * 50 * size], ["x" * 50 * size + "y"]),
        "all edited": (prose := _prose(size * 40), [f"{s} More." for s in prose]),
    }


def _seconds(run: Callable[[Any], object], sides: object, rounds: int) -> float:
    best = math.inf
    for _ in range(rounds):
        start = process_time()
        run(sides)
        best = min(best, process_time() - start)
    return best


def _peak(sides: Sides) -> float:
    tracemalloc.start()
    _compared(sides)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _exponent(rows: list[dict[str, float]], seconds: str) -> float:
    """The slope of log time over log size, by least squares."""
    points = [(math.log(row["characters"]), math.log(row[seconds])) for row in rows]
    x = sum([a for a, _ in points]) / len(points)
    y = sum([b for _, b in points]) / len(points)
    return sum([(a - x) * (b - y) for a, b in points]) / sum([(a - x) ** 2 for a, _ in points])


def _plot(rows: list[dict[str, float]]) -> str:
    """Seconds over characters, both logarithmic, as a small picture; the dashes are linear growth."""
    places = [
        (60 + 90 * (math.log10(row["characters"]) - 4), 240 - 60 * (math.log10(row["seconds"]) + 4))
        for row in rows
    ]
    points = " ".join([f"{x:.0f},{y:.0f}" for x, y in places])
    dots = "".join([f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>' for x, y in places])
    x, y = places[0]
    end = places[-1][0]
    linear = f"M{x:.0f},{y:.0f}L{end:.0f},{y - (end - x) / 90 * 60:.0f}"
    labels = "".join(
        [
            f'<text x="{60 + 90 * k}" y="262" text-anchor="middle">{10 ** (k + 1)} KB</text>'
            for k in range(3)
        ]
        + [
            f'<text x="52" y="{244 - 60 * k}" text-anchor="end">{10.0 ** (k - 4):g} s</text>'
            for k in range(5)
        ]
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 270" font-size="10">'
        f'<path d="{linear}" stroke="#888" stroke-dasharray="4"/>'
        f'<polyline points="{points}" fill="none" stroke="#06c"/>'
        f'<g fill="#06c">{dots}</g>{labels}</svg>\n'
    )


def main() -> None:
    """Measure, print the JSON, and draw the picture where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--svg", type=Path, help="draw the growth into this file")
    options = parser.parse_args()
    rows: list[dict[str, float]] = []
    for size in SIZES:
        sides = _edited(_prose(size))
        print(f"  {size} characters", file=sys.stderr)
        _compared(sides)
        seconds = _seconds(_compared, sides, options.rounds)
        articles = _articles(sides)
        _told(articles)
        whole = _seconds(_told, articles, options.rounds)
        rows.append({"characters": size, "seconds": seconds, "compare": whole, "peak_mb": _peak(sides)})
    hostile: dict[str, dict[str, float]] = {}
    halves, wholes = _hostile(HOSTILE // 2), _hostile(HOSTILE)
    for name, sides in wholes.items():
        print(f"  {name}", file=sys.stderr)
        half, whole = _seconds(_aligned, halves[name], 1), _seconds(_aligned, sides, 1)
        hostile[name] = {"seconds": whole, "ratio_to_half": whole / half}
    exponents = {name: _exponent(rows, name) for name in ("seconds", "compare")}
    report = {"machine": machine(), "growth": rows, "exponents": exponents, "hostile": hostile}
    print(json.dumps(report, indent=2))
    if options.svg:
        options.svg.write_text(_plot(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
