"""How a store bears many captures: adding one, reading one history, and the size of the file.

    python bench/store.py [--articles N] [--captures N] [--file FILE]

Fills one store with made-up articles that evolve: a template of the site that every capture shares,
links and counters and tokens that differ in each capture, and a text that is edited in one capture of
four. All articles take turns, as they would when they are watched. After a tenth and after all of it,
one capture and one history are timed: CPU and wall milliseconds, medians of 50. Then every history is
told, and the file is measured without and with them. The default is 200 articles with 50 captures each;
`--articles 2000` is the full size (100,000 captures, some 3.5 GB of pages).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from _timing import table

from revtrack.model import Capture, Snapshot
from revtrack.store import Store
from revtrack.store.bodies import has_zstd

START = datetime(2024, 1, 1, tzinfo=UTC)
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za", "pre", "sto")
SITES = 20
LINKS = 160
PROBES = 50


def _words(random: Random, count: int) -> str:
    words = ("".join(random.choices(SYLLABLES, k=random.choice((1, 2, 2, 3)))) for _ in range(count))
    return " ".join(words).capitalize()


class Article:
    """An article of a site, whose page is another one each time it is asked for."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)  # noqa: S311 - the same pages in every run
        self.url = f"https://paper{number % SITES}.example/2024/{number}"
        site = Random(-1 - number % SITES)  # noqa: S311 - as above
        self.style = "".join(
            f".{_words(site, 1).lower()}-{rule}{{margin:{site.randrange(40)}px;"
            f"color:#{site.randrange(2**24):06x}}}"
            for rule in range(400)
        )
        self.menu = "".join(
            f'<li class="item"><a href="/{_words(site, 1).lower()}/{entry}">{_words(site, 3)}</a></li>'
            for entry in range(LINKS)
        )
        self.headline = _words(self.random, 9)
        self.text = [". ".join(_words(self.random, 14) for _ in range(4)) + "." for _ in range(12)]

    def _edit(self) -> None:
        kind = self.random.randrange(4)
        place = self.random.randrange(len(self.text))
        if kind == 0:
            self.text.insert(place, ". ".join(_words(self.random, 14) for _ in range(3)) + ".")
        elif kind == 1 and len(self.text) > 6:
            del self.text[place]
        elif kind == 2:
            self.headline = _words(self.random, 9)
        else:
            words = self.text[place].split(" ")
            words[self.random.randrange(len(words))] = str(self.random.randrange(1000))
            self.text[place] = " ".join(words)

    def page(self) -> bytes:
        """The next page: edited in one of four cases, with other links, tokens and counters always."""
        random = self.random
        if random.random() < 0.25:
            self._edit()
        related = "".join(
            f'<div class="card"><a href="/r/{random.randrange(10**6)}?t={random.randbytes(6).hex()}">'
            f"{_words(random, 8)}</a><span>{random.randrange(900)} views</span></div>"
            for _ in range(25)
        )
        scripts = "".join(
            f'<script nonce="{random.randbytes(12).hex()}">window.q.push({random.random()})</script>'
            for _ in range(8)
        )
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in self.text)
        return (
            f"<!doctype html><html lang=en><head><title>{self.headline}</title>"
            f"<style>{self.style}</style>{scripts}</head><body><nav><ul>{self.menu}</ul></nav>"
            f"<main><article><h1>{self.headline}</h1>\n{body}</article></main>"
            f"<aside>{related}</aside></body></html>"
        ).encode()


def snapshots(articles: list[Article], captures: int) -> Iterator[Snapshot]:
    """All articles in turn, *captures* times."""
    for lap in range(captures):
        for number, article in enumerate(articles):
            at = START + timedelta(hours=lap, milliseconds=number)
            headers = (("Date", at.isoformat()), ("ETag", f'"{article.random.randrange(10**9)}"'))
            capture = Capture(article.url, at, "http", location=article.url)
            yield Snapshot(capture, article.page(), "text/html; charset=utf-8", headers, 200)


def _timed(job: Callable[[int], object]) -> dict[str, float]:
    """Median CPU and wall milliseconds of one job, and the slowest."""
    cpu, wall = [], []
    for number in range(PROBES):
        begun, start = perf_counter(), process_time()
        job(number)
        cpu.append(1000 * (process_time() - start))
        wall.append(1000 * (perf_counter() - begun))
    return {
        "ms": round(median(cpu), 3),
        "wall": round(median(wall), 3),
        "worst": round(max(wall), 1),
    }


def _probes(store: Store, articles: list[Article], lap: int) -> Iterator[dict[str, Any]]:
    """What one capture and one history take in the store as it is now."""
    size = store.counts().observations
    drawn = Random(lap)  # noqa: S311 - as above
    probed = [drawn.choice(articles) for _ in range(PROBES)]
    at = START + timedelta(hours=lap, minutes=30)
    pages = [article.page() for article in probed]

    def add(number: int) -> None:
        capture = Capture(probed[number].url, at + timedelta(seconds=number), "http")
        store.add(Snapshot(capture, pages[number], "text/html"))

    jobs: dict[str, Callable[[int], object]] = {
        "add a capture": add,
        "tell a history the first time": lambda number: store.history(probed[number].url),
        "read a history": lambda number: store.history(probed[number].url),
        "list its captures": lambda number: list(store.captures(probed[number].url)),
    }
    for name, job in jobs.items():
        yield {"name": f"{name}, of {size:,} captures", **_timed(job)}
    at += timedelta(minutes=10)
    pages = [article.page() for article in probed]
    for number in range(PROBES):
        add(number)
    again = _timed(lambda number: store.history(probed[number].url))
    yield {"name": f"continue a history, of {size:,} captures", **again}


def _fill(store: Store, articles: list[Article], captures: int) -> list[dict[str, Any]]:
    rows = []
    total = len(articles) * captures
    moments = {max(1, total // 10), total}
    for done, _ in enumerate(store.add_all(snapshots(articles, captures)), 1):
        if done in moments:
            rows += list(_probes(store, articles, done // len(articles)))
        if done % 500 == 0:
            print(f"\r  {done}/{total} captures", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rows


def main() -> None:
    """Fill, time, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--captures", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1, help="one round: filling is what takes time")
    parser.add_argument("--file", type=Path, help="keep the store here")
    options = parser.parse_args()
    articles = [Article(number) for number in range(options.articles)]
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "bench.db"
        start = process_time()
        with Store.open(path) as store:
            rows = _fill(store, articles, options.captures)
            filled = process_time() - start
            counts = store.counts()
        size = path.stat().st_size
        start = process_time()
        with Store.open(path) as store:
            told = sum(1 for _ in store.rebuild())
            telling = process_time() - start
        whole = path.stat().st_size
    table(
        "One store",
        rows,
        zstd=has_zstd(),
        captures=counts.observations,
        page_bytes=counts.page_bytes,
        mean_page=round(counts.page_bytes / counts.pages),
        file_bytes=size,
        ratio=round(size / counts.page_bytes, 4),
        fill_ms=round(1000 * filled / counts.observations, 3),
        histories=told,
        histories_ms=round(1000 * telling / told, 1),
        file_bytes_with_histories=whole,
        ratio_with_histories=round(whole / counts.page_bytes, 4),
    )
    print(
        f"  {counts.page_bytes / 1e6:,.1f} MB of pages: {size / 1e6:,.1f} MB, "
        f"with all histories {whole / 1e6:,.1f} MB",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
