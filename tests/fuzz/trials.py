"""What must hold for any input: the laws, the types of exceptions, and how much is called.

``python -m tests.fuzz.trials SECONDS SEED`` goes on by hand for as many seconds of CPU time. It reports
what takes longer than a second and fifty times the parse of as many bytes.
"""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import lxml.html

from revtrack import CompareOptions, Revision, Snapshot, codec, compare, diff, urls
from revtrack.errors import (
    AddressError,
    CaptureDateError,
    CodecError,
    ExtractionError,
    RevtrackError,
    SiteRulesError,
    SourceError,
)
from revtrack.exchange.jsonlines import read_lines
from revtrack.extract import SiteRules
from revtrack.model import Capture, Screened
from revtrack.network.unpacking import PackedError, unpacked
from revtrack.sources.feeds import read_feed
from revtrack.sources.memento.cdx import read_index
from revtrack.sources.memento.timemap import read_links
from revtrack.sources.mhtml import is_mhtml, saved_page
from revtrack.sources.names import captured_at
from revtrack.sources.warc import Warc
from tests.calls import calls
from tests.fuzz import inputs

__all__ = ["TRIALS", "run"]

_CALLS = 100_000
_CALLS_FOR_A_BYTE = 75
"""The calls that one input may take (range 25 to 500 for a byte): three times the most of a page."""
_PARSES = 50
"""The most parses of as many bytes that an input may take beyond a second, by hand only."""
_HANGING = 60
"""Seconds of the CPU after which an input is given up, by hand only."""


def pages(random: Random) -> int:
    """Comparing two pages: nothing but an `ExtractionError`, and the laws of what comes out."""
    old = inputs.page(random)
    new = inputs.broken(random, old)
    with suppress(ExtractionError):
        revision = compare(old, new)
        assert codec.loads(codec.dumps(revision), Revision) == revision
        one, other = revision.old.text, revision.new.text
        assert diff.apply(diff.text(one, other), one) == other
    with suppress(ExtractionError):
        assert compare(new, new).changes == ()
    return len(old) + 2 * len(new)


def records(random: Random) -> int:
    """A damaged file of records: what is listed is fetched or fails as a source does."""
    body = inputs.broken(random, inputs.warc(random))
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.warc")
        path.write_bytes(body)
        source = Warc(path)
        with suppress(SourceError):
            for one in source.ledger():
                if isinstance(one, Capture):
                    with suppress(SourceError):
                        source.fetch(one)
    return 10 * len(body)


def lists(random: Random) -> int:
    """Feeds, saved pages and the lists of archives: a `SourceError` or none."""
    body = inputs.broken(random, inputs.feed(random))
    with suppress(SourceError):
        read_feed(body, url="https://paper.example/feed")
    mail = inputs.broken(random, inputs.mail(random))
    if is_mhtml(mail):
        saved_page(mail)
    text = inputs.broken(random, inputs.index(random)).decode("utf-8", "replace")
    read_index(text)
    list(read_links(text))
    with suppress(PackedError):
        encodings = ", ".join(random.choices(("gzip", "deflate", "br", "zstd"), k=random.randint(1, 4)))
        list(unpacked(iter([body]), encodings))
    return len(body) + 4 * len(mail) + len(text)


def documents(random: Random) -> int:
    """Sources of a page in any form, JSON lines, documents of the codec and site rules."""
    old = inputs.source(random)
    new = inputs.broken(random, old)
    kind = random.choice(
        ("text/markdown", "text/plain", "text/x-rst", "text/asciidoc", "text/x-org", None)
    )
    pages = [
        Snapshot(Capture("https://paper.example/a", None), one, content_type=kind) for one in (old, new)
    ]
    with suppress(ExtractionError):
        compare(*pages)
    lines = inputs.broken(
        random, codec.dumps(pages[0]).encode() + b"\n" + codec.dumps(pages[1]).encode()
    )
    for one in read_lines(lines.split(b"\n")):
        assert isinstance(one, Snapshot | Screened | CodecError)
    rules = inputs.broken(random, inputs.rules(random)).decode("utf-8", "replace")
    with TemporaryDirectory() as folder, suppress(SiteRulesError, ExtractionError):
        path = Path(folder, "rules.toml")
        path.write_text(rules, encoding="utf-8", errors="replace")
        compare(pages[0].body, pages[1].body, options=CompareOptions(site_rules=SiteRules.load(path)))
    return len(old) + 3 * len(new) + len(lines)


def addresses(random: Random) -> int:
    """Addresses and names of files: the safe form of an address is its own safe form."""
    written = inputs.broken(random, inputs.url(random).encode()).decode("utf-8", "replace")
    with suppress(AddressError):
        address = urls.identify(written)
        again = urls.identify(address.url)
        assert (again.url, again.key) == (address.url, address.key)
        assert urls.alike(written, address.url) is not None
    with suppress(CaptureDateError):
        assert captured_at(inputs.name(random)).utcoffset() is not None
    return 1_000 + 20 * len(written)


TRIALS: tuple[tuple[Callable[[Random], int], int], ...] = (
    (pages, 60),
    (records, 250),
    (lists, 250),
    (documents, 120),
    (addresses, 2_000),
)
"""Each trial with the number of inputs that it gets in an ordinary run."""


def run(trial: Callable[[Random], int], seed: int, *, counted: bool) -> int:
    """One input of a *trial*; its size. Where *counted*, its calls are held against that.

    Raises `AssertionError` with the seed, whatever went wrong.
    """
    made = 0
    try:
        size = trial(Random(seed))  # noqa: S311 - the same inputs in every run
        if counted:  # the second time, when words and patterns are loaded
            made = calls(lambda: trial(Random(seed)))  # noqa: S311 - as above
    except RevtrackError as error:
        raise AssertionError(f"{trial.__name__} {seed}: of the wrong kind: {error!r}") from error
    except Exception as error:
        raise AssertionError(f"{trial.__name__} {seed}: {error!r}") from error
    bound = _CALLS + _CALLS_FOR_A_BYTE * size
    assert made <= bound, f"{trial.__name__} {seed}: {made:,} calls for {size:,} bytes"
    return size


def _parse() -> float:
    """The seconds that parsing one byte of a page takes here."""
    random = Random(0)  # noqa: S311 - the same page in every run
    page = b"".join([inputs.page(random) for _ in range(50)])
    start = time.process_time()
    for _ in range(20):
        lxml.html.document_fromstring(page)
    return (time.process_time() - start) / 20 / len(page)


def _hangs(*_: object) -> None:
    raise TimeoutError(f"no end in {_HANGING} s")


def main() -> None:
    """Go on for some seconds from a seed; print what fails, and go on."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2])
    byte = _parse()
    done: Counter[str] = Counter()
    failed, slowest = 0, 0.0
    signal.signal(signal.SIGPROF, _hangs)
    while time.process_time() < seconds:
        for trial, many in TRIALS:
            for _ in range(max(1, many // 60)):
                seed += 1
                signal.setitimer(signal.ITIMER_PROF, _HANGING)
                try:
                    if seed % 5 == 0:
                        run(trial, seed, counted=True)
                    start = time.process_time()
                    size = run(trial, seed, counted=False)
                    bound = 1 + _PARSES * byte * size
                    took = (time.process_time() - start) / bound
                    slowest = max(slowest, took)
                    assert took < 1, f"{trial.__name__} {seed}: {took:.1f} times {bound:.1f} s"
                except AssertionError as error:
                    failed += 1
                    print(str(error)[:600], flush=True)  # noqa: T201 - a program that prints
                done[trial.__name__] += 1
    said = f"{done.total()} inputs {dict(done)}, {failed} failed, slowest {slowest:.2f} of its bound"
    print(said)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
