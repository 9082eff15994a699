"""Whether `revtrack watch` goes on and stays small while one host of many misbehaves, for hours.

    python bench/watch.py [--hours H] [--articles N] [--rest SECONDS] [--longest SECONDS] [--growth MB]

Twelve hosts on loopback serve made-up articles, 300 in all. Each article changes after every two to ten
looks, and half of them answer 304 until then. One host misbehaves, each time in another way: it drips
bytes, resets, fails, asks for a longer pause than anyone waits, sends a body without end or a redirect
in a circle, lies about its length, or speaks no HTTP. In each round every article is due, and two
programs look at all of them, each with a store of its own: the command, started anew, and one process
that calls the command's function in every round. A line per round says what was checked, stored and
failed, the seconds, and the memory of both in MB. The default is two minutes; `--hours 2` is the full
size. The exit status is 1 when a round takes longer than `--longest`, when an article was not checked,
when one of a sound host failed, or when either needs `--growth` MB more than after its fifth round.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import itertools
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from _timing import table

from revtrack.cli import main
from revtrack.store import Store

HOSTS = 12
WARM = 5
"""Rounds until caches are full: memory is compared with what it was after these."""
WORDS = ("harbour", "lock", "barge", "council", "river", "bridge", "tide", "mayor", "ferry", "keeper")
NETWORK = ("--contact", "desk@paper.example", "--pause", "0.01", "--allow-loopback", "--json")


def _page(number: int, version: int) -> bytes:
    """Version *version* of an article: one paragraph differs from the version before."""
    random = Random(number)  # noqa: S311 - the same pages in every run
    said = [" ".join(random.choices(WORDS, k=14)).capitalize() + "." for _ in range(40)]
    paragraphs = [" ".join(said[start : start + 4]) for start in range(0, 40, 4)]
    paragraphs[version % 10] += f" The council counted {version + 3} barges in lock {number}."
    body = "".join(f"<p>{one}</p>\n" for one in paragraphs)
    title = f"Council counts the barges of lock {number}"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a>"
        f"</nav><main><article><h1>{title}</h1>\n{body}</article></main></body></html>"
    ).encode()


class _Site(BaseHTTPRequestHandler):
    """A host that answers as it should."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[Counter[str]] = Counter()

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""

    def do_GET(self) -> None:
        """Answer with the article of that number, or that it is as it was."""
        if self.path == "/robots.txt":
            self._answer(404)
            return
        number = int(self.path.rpartition("/")[2])
        self.asked[self.path] += 1
        version = self.asked[self.path] // (2 * (2 + number % 9))  # two programs ask
        tag = f'"{version}"' if number % 2 else ""
        if tag and self.headers.get("If-None-Match") == tag:
            self._answer(304, ETag=tag)
        else:
            self._answer(200, _page(number, version), ETag=tag)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class _Misbehaving(_Site):
    """A host that does something else wrong each time it is asked."""

    turn: ClassVar[Iterator[int]] = itertools.count()

    def do_GET(self) -> None:
        """Do the next wrong thing."""
        self.close_connection = True
        wrongs = (
            self._reset, self._fail, self._without_end, self._circle, self._cut_off, self._no_http,
            self._busy, self._for_ever, self._drip,
        )  # fmt: skip
        with suppress(OSError):
            if self.path == "/robots.txt":
                self._answer(404)
            else:
                wrongs[next(self.turn) % len(wrongs)]()

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()

    def _fail(self) -> None:
        self._answer(500, b"<p>Something failed.</p>")

    def _without_end(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
        while True:
            self.wfile.write(b"more and more " * 5000)

    def _circle(self) -> None:
        self._answer(302, Location=f"/turn/{(next(self.turn) + 1) % 3}")

    def _cut_off(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<p>")

    def _no_http(self) -> None:
        self.wfile.write(os.urandom(400))

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            self.wfile.write(b".")
            time.sleep(1)

    def _busy(self) -> None:
        self._answer(503, Retry_After="1")

    def _for_ever(self) -> None:
        self._answer(429, Retry_After="999999999")


def _serve(told: Connection) -> None:
    """Run all hosts in a process of their own, so that their memory is not counted."""
    ports = []
    for number in range(HOSTS):
        handler = _Misbehaving if number == 0 else _Site
        try:
            server = ThreadingHTTPServer((f"127.0.0.{number + 1}", 0), handler)
        except OSError:  # only Linux answers on all of 127.0.0.0/8
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ports.append("{}:{}".format(*server.server_address))
    told.send(ports)
    with suppress(EOFError):
        told.recv()  # the end of the bench


_PEAK = """
import re, resource, sys
from pathlib import Path
from revtrack.cli import main
main(sys.argv[1:])
try:  # what getrusage says of a process begins with what its parent had
    status = Path("/proc/self/status").read_text()
    most = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1])
except OSError:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(most / 1024, file=sys.stderr)
"""
_CAUGHT = io.TextIOWrapper(io.BytesIO(), "utf-8")
"""One stream for all rounds: click keeps what it knows of each stream, and the stream with it."""


def _memory() -> float:
    """The resident memory of this process in MB; its greatest where the system does not say."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _moment(store: Path) -> tuple[str, ...]:
    """The option that makes every article of the store due."""
    with Store.open(store, read_only=True) as opened:
        last = max(row.next_check for row in opened.schedule.followed())
    return ("--at", (last + timedelta(seconds=1)).isoformat())


def _in_process(words: list[str]) -> tuple[str, str, float]:
    err = io.StringIO()
    _CAUGHT.seek(0)
    _CAUGHT.truncate()
    with redirect_stdout(_CAUGHT), redirect_stderr(err):
        main(words)
    _CAUGHT.seek(0)
    return _CAUGHT.read(), err.getvalue(), _memory()


def _started(words: list[str], longest: float) -> tuple[str, str, float]:
    """The same by the command; its memory is the greatest that it ever had."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _PEAK, *words],
        capture_output=True, text=True, timeout=longest, check=True,
    )  # fmt: skip
    said, _, peak = done.stderr.strip().rpartition("\n")
    return done.stdout, said, float(peak)


def _counted(name: str, told: tuple[str, str, float], seconds: float, bad: str) -> dict[str, Any]:
    out, err, memory = told
    rows = [json.loads(line)["value"] for line in out.splitlines()]
    failed = [row for row in rows if row.get("outcome", "failed") == "failed"]
    summary = err.strip().rpartition("\n")[2]
    return {
        "name": name,
        "checked": int(summary.partition(": ")[2].partition(" of ")[0]),
        "stored": sum(row.get("outcome") == "page" for row in rows),
        "failed": len(failed),
        "failed_elsewhere": sum(f"//{bad}/" not in row["capture"]["url"] for row in failed),
        "seconds": round(seconds, 1),
        "MB": round(memory, 1),
    }


def _trouble(row: dict[str, Any], known: list[dict[str, Any]], asked: argparse.Namespace) -> str:
    """What is wrong with a round; nothing where all is well. *known* are the rounds so far."""
    if row["checked"] != asked.articles:
        return f"{row['checked']} of {asked.articles} were checked"
    if row["failed_elsewhere"]:
        return f"{row['failed_elsewhere']} failed at hosts that answer"
    if row["seconds"] > asked.longest:
        return f"{row['seconds']} seconds"
    warm = max([one["MB"] for one in known[:WARM]], default=row["MB"])
    if len(known) > WARM and row["MB"] > warm + asked.growth:
        return f"{row['MB']} MB after {warm} MB"
    return ""


def run(hosts: list[str], folder: Path, asked: argparse.Namespace) -> int:
    """Round after round until the time is over; the exit status."""
    addresses = [f"http://{hosts[number % HOSTS]}/news/{number}" for number in range(asked.articles)]
    known: dict[str, list[dict[str, Any]]] = {"command": [], "process": []}
    stores = {name: folder / f"{name}.db" for name in known}
    for store in stores.values():
        with Store.open(store, create=True) as opened:
            for address in addresses:
                opened.schedule.follow(address, "live", at=datetime.now(UTC))
    end = time.monotonic() + 3600 * asked.hours
    status, lap = 0, 0
    while status == 0 and (time.monotonic() < end or not lap):
        lap += 1
        for name, rows in known.items():
            words = ["watch", "--once", "--store", str(stores[name]), *_moment(stores[name]), *NETWORK]
            faulthandler.dump_traceback_later(asked.longest + 30, exit=True)  # says where it hangs
            start = time.monotonic()
            told = _started(words, asked.longest) if name == "command" else _in_process(words)
            faulthandler.cancel_dump_traceback_later()
            row = _counted(name, told, time.monotonic() - start, hosts[0])
            said = "  ".join(f"{key} {value}" for key, value in row.items() if key != "name")
            clock = time.strftime("%H:%M:%S")
            if trouble := _trouble(row, rows, asked):
                status, said = 1, f"{said}  TROUBLE: {trouble}"
            print(f"{clock}  round {lap:>4}  {name}  {said}", file=sys.stderr, flush=True)
            rows.append(row)
        time.sleep(asked.rest if time.monotonic() < end else 0)
    table(
        f"{asked.articles} articles, {lap} rounds",
        [_all(name, rows) for name, rows in known.items()],
        store_mb={name: round(store.stat().st_size / 2**20, 1) for name, store in stores.items()},
    )
    return status


def _all(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "rounds": len(rows),
        **{key: sum(row[key] for row in rows) for key in ("checked", "stored", "failed")},
        "longest_s": max(row["seconds"] for row in rows),
        "first_MB": rows[0]["MB"],
        "warm_MB": max(row["MB"] for row in rows[:WARM]),
        "most_MB": max(row["MB"] for row in rows),
        "last_MB": rows[-1]["MB"],
        "ms": round(1000 * sum(row["seconds"] for row in rows)),
    }


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hours", type=float, default=1 / 30)
    arguments.add_argument("--articles", type=int, default=300)
    arguments.add_argument("--rest", type=float, default=5.0)
    arguments.add_argument("--longest", type=float, default=900.0)
    arguments.add_argument("--growth", type=float, default=40.0)
    context = get_context("spawn")
    here, there = context.Pipe()
    serving = context.Process(target=_serve, args=(there,), daemon=True)
    serving.start()
    with tempfile.TemporaryDirectory() as made:
        ended = run(here.recv(), Path(made), arguments.parse_args())
    here.send(None)
    sys.exit(ended)
