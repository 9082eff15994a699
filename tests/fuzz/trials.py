"""What must hold for any input: the laws, the types of exceptions, and how much is called.

``python -m tests.fuzz.trials SECONDS SEED`` goes on for as long as it is told, by hand.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType

from revtrack import Revision, codec, compare, diff, urls
from revtrack.errors import AddressError, CaptureDateError, ExtractionError, RevtrackError, SourceError
from revtrack.model import Capture
from revtrack.network.unpacking import PackedError, unpacked
from revtrack.sources.feeds import read_feed
from revtrack.sources.memento.cdx import read_index
from revtrack.sources.memento.timemap import read_links
from revtrack.sources.mhtml import is_mhtml, saved_page
from revtrack.sources.names import captured_at
from revtrack.sources.warc import Warc
from tests.fuzz import inputs

__all__ = ["TRIALS", "run"]

_CALLS = 100_000
_CALLS_FOR_A_BYTE = 150
"""The calls that one input may take (range 50 to 1,000 for a byte): three times the most of a page."""


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
    return 1_000


TRIALS: tuple[tuple[Callable[[Random], int], int], ...] = (
    (pages, 60),
    (records, 250),
    (lists, 250),
    (addresses, 2_000),
)
"""Each trial with the number of inputs that it gets in an ordinary run."""


def run(trial: Callable[[Random], int], seed: int, *, counted: bool) -> None:
    """One input of a *trial*. Where *counted*, the calls that it takes are held against its size.

    Raises `AssertionError` with the seed, whatever went wrong.
    """
    calls = 0

    def count(_frame: FrameType, _event: str, _what: object) -> None:
        nonlocal calls
        calls += 1

    try:
        size = trial(Random(seed))  # noqa: S311 - the same inputs in every run
        if counted:  # the second time, when words and patterns are loaded
            sys.setprofile(count)
            trial(Random(seed))  # noqa: S311 - as above
    except RevtrackError as error:
        raise AssertionError(f"{trial.__name__} {seed}: of the wrong kind: {error!r}") from error
    except Exception as error:
        raise AssertionError(f"{trial.__name__} {seed}: {error!r}") from error
    finally:
        sys.setprofile(None)
    bound = _CALLS + _CALLS_FOR_A_BYTE * size
    assert calls <= bound, f"{trial.__name__} {seed}: {calls:,} calls for {size:,} bytes"


def main() -> None:
    """Go on for some seconds from a seed; print what fails, and go on."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2])
    end, done, failed = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        for trial, many in TRIALS:
            for _ in range(max(1, many // 60)):
                seed += 1
                done += 1
                try:
                    run(trial, seed, counted=seed % 5 == 0)
                except AssertionError as error:
                    failed += 1
                    print(str(error)[:600], flush=True)  # noqa: T201 - a program that prints
    print(f"{done} inputs, {failed} failed")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
