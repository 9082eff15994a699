"""From a real page to its article: revtrack beside trafilatura, as ratios to parsing the page.

    python bench/extract.py [--rounds N] [--peer-rounds N] [--pages N] [--no-peers]

Floor: `lxml.html.fromstring` of the page's bytes. CPU time; the contestants take turns on each page.
The parts of revtrack's own work are timed beside it, so that one sees where the time goes.
"""

from __future__ import annotations

import argparse

import lxml.html
from _pairs import Pair, pairs
from _timing import Contestant, race, table

import revtrack
from revtrack.extract.body import drafts
from revtrack.extract.choose import chosen
from revtrack.extract.elements import scan
from revtrack.extract.frame import find_frame
from revtrack.extract.metadata import read_metadata
from revtrack.extract.outside import left_out
from revtrack.extract.parsing import parse


def _without_notices(pair: Pair) -> object:
    root, _ = parse(pair.old)
    looked = scan(root)
    said = read_metadata(looked)
    frame = find_frame(looked, said.heading)
    if frame is None:
        return ()
    written = drafts(frame)
    blocks = chosen(written, headlines=said.repeated)
    return blocks, left_out(looked, frame, written, [draft.block for draft in blocks])


def _readable(pair: Pair) -> bool:
    try:
        revtrack.extract(pair.old, url=pair.url)
    except revtrack.RevtrackError:
        return False
    return True


OURS = [
    Contestant[Pair]("floor: lxml.html.fromstring", lambda pair: lxml.html.fromstring(pair.old)),
    Contestant[Pair]("revtrack: encoding and parse", lambda pair: parse(pair.old)),
    Contestant[Pair]("revtrack: metadata and body too", _without_notices),
    Contestant[Pair]("revtrack.extract: notices too", lambda pair: revtrack.extract(pair.old)),
]


def _peers(rounds: int) -> list[Contestant[Pair]]:
    import trafilatura

    return [
        Contestant[Pair](
            "trafilatura.extract", lambda pair: trafilatura.extract(pair.old), rounds=rounds
        ),
        Contestant[Pair](
            "trafilatura.bare_extraction, with metadata",
            lambda pair: trafilatura.bare_extraction(pair.old, with_metadata=True),
            rounds=rounds,
        ),
    ]


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peer-rounds", type=int, default=1)
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    parser.add_argument("--no-peers", action="store_true")
    args = parser.parse_args()
    contestants = [*OURS, *([] if args.no_peers else _peers(args.peer_rounds))]
    cases = pairs(args.pages)
    readable = [pair for pair in cases if _readable(pair)]
    rows = race(readable, contestants, rounds=args.rounds)
    table(
        "one page in, its article out (CPU time, mean over pages)",
        rows,
        rounds=args.rounds,
        refused=[pair.key for pair in cases if pair not in readable],
    )


if __name__ == "__main__":
    main()
