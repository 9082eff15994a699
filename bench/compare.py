"""From two real pages to their differences: revtrack beside the peers, as ratios to parsing both pages.

    python bench/compare.py [--rounds N] [--peer-rounds N] [--pages N] [--no-peers]

The pages are real, the edits planted. Floor: `lxml.html.fromstring` of both pages' bytes. CPU time; the
contestants take turns on each page. What a peer is given is said in its name: the peers on pages show a
diff of HTML or of text, none says what a change means.
"""

from __future__ import annotations

import argparse
import difflib

import lxml.html
from _pairs import Pair, pairs
from _timing import Contestant, race, table

import revtrack

XMLDIFF_LIMIT = 100_000
"""Bytes of a page. xmldiff matches every node with every other: 0.1 s for a page of 30 kB, 0.4 s for
one of 100 kB, and minutes for the largest, so it is raced on the smaller pages only."""


def _floor(pair: Pair) -> object:
    return lxml.html.fromstring(pair.old), lxml.html.fromstring(pair.new)


def _articles(pair: Pair) -> tuple[revtrack.Article, revtrack.Article]:
    return revtrack.extract(pair.old, url=pair.url), revtrack.extract(pair.new, url=pair.url)


def _readable(pair: Pair) -> bool:
    try:
        _articles(pair)
    except revtrack.RevtrackError:
        return False
    return True


def _texts(pair: Pair) -> tuple[str, str]:
    old, new = _articles(pair)
    return old.text, new.text


OURS = [
    Contestant("floor: lxml.html.fromstring, both pages", _floor),
    Contestant("revtrack.extract, both pages", _articles),
    Contestant("revtrack.compare(bytes, bytes)", lambda pair: revtrack.compare(pair.old, pair.new)),
    Contestant(
        "revtrack.compare(Article, Article)", lambda both: revtrack.compare(*both), prepare=_articles
    ),
]


def _peers(rounds: int) -> list[Contestant[Pair]]:
    import trafilatura
    from diff_match_patch import diff_match_patch
    from lxml.html.diff import htmldiff
    from readability import Document
    from xmldiff import main as xmldiff

    def html_of(pair: Pair) -> tuple[str, str]:
        return pair.old.decode(), pair.new.decode()

    def readable(both: tuple[str, str]) -> object:
        old, new = (Document(page).summary(html_partial=True) for page in both)
        return htmldiff(old, new)

    def extracted(both: tuple[str, str]) -> object:
        old, new = (trafilatura.extract(page) or "" for page in both)
        words = difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False)
        return words.get_opcodes()

    def characters(both: tuple[str, str]) -> object:
        differ = diff_match_patch()
        differ.Diff_Timeout = 0
        hunks = differ.diff_main(*both)
        differ.diff_cleanupSemantic(hunks)
        return hunks

    def trees(pair: Pair) -> object:
        return xmldiff.diff_trees(
            lxml.html.fromstring(pair.old).getroottree(), lxml.html.fromstring(pair.new).getroottree()
        )

    def small(pair: Pair) -> bool:
        return max(len(pair.old), len(pair.new)) <= XMLDIFF_LIMIT

    return [
        Contestant("lxml.html.diff, whole pages", lambda both: htmldiff(*both), html_of, rounds=rounds),
        Contestant("readability-lxml + lxml.html.diff", readable, html_of, rounds=rounds),
        Contestant("trafilatura + difflib on words", extracted, html_of, rounds=rounds),
        Contestant("diff-match-patch, article texts only", characters, _texts, rounds=rounds),
        Contestant(
            f"xmldiff, pages up to {XMLDIFF_LIMIT // 1000} kB", trees, takes=small, rounds=rounds
        ),
    ]


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-rounds", type=int, default=1)
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    parser.add_argument("--no-peers", action="store_true")
    args = parser.parse_args()
    contestants = [*OURS, *([] if args.no_peers else _peers(args.peer_rounds))]
    cases = pairs(args.pages)
    readable = [pair for pair in cases if _readable(pair)]
    rows = race(readable, contestants, rounds=args.rounds)
    table(
        "two pages in, differences out (CPU time, mean over pages)",
        rows,
        rounds=args.rounds,
        refused=[pair.key for pair in cases if pair not in readable],
    )


if __name__ == "__main__":
    main()
