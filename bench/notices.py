"""Finding the notices of an article, as a ratio to parsing its page twice (both sides of a compare).

    python bench/notices.py [--rounds N] [--pages N]

The articles are what extraction makes of real pages, nearly all without a notice; the
last line puts a correction at the end of each. Floor: `lxml.html.fromstring` of two pages' bytes.

The floor's trees are freed when it returns, and the next allocation of some kilobytes, whosever it is,
sorts the freed pieces: .2 ms here that no reader of notices causes. A contestant of its own takes it.
"""

from __future__ import annotations

import argparse

import lxml.html
from _pairs import Pair, pairs
from _timing import Contestant, race, table

import revtrack
from revtrack import notices
from revtrack.model import Block, BlockKind

NOTICE = (
    "Correction: An earlier version of this article misstated the number of boats. It was 45, not 54."
)


def _floor(pair: Pair) -> object:
    return lxml.html.fromstring(pair.old), lxml.html.fromstring(pair.new)


def _article(pair: Pair) -> tuple[tuple[Block, ...], str | None]:
    try:
        article = revtrack.extract(pair.old, url=pair.url)
    except revtrack.RevtrackError:
        return (), "en"
    return article.blocks, article.language


def _with_notice(pair: Pair) -> tuple[tuple[Block, ...], str | None]:
    blocks, _ = _article(pair)
    return (*blocks, Block(BlockKind.PARAGRAPH, NOTICE)), "en"


def _find(given: tuple[tuple[Block, ...], str | None]) -> object:
    blocks, language = given
    return notices.in_article(blocks, language=language)


CONTESTANTS = [
    Contestant("floor: lxml.html.fromstring, both pages", _floor),
    Contestant("first allocation after the floor", lambda _: bytes(6000)),
    Contestant("revtrack.notices.in_article", _find, prepare=_article),
    Contestant("revtrack.notices.in_article, with a notice", _find, prepare=_with_notice),
]


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int)
    options = parser.parse_known_args()[0]
    rows = race(pairs(options.pages), CONTESTANTS, rounds=options.rounds)
    table("Notices of an article", rows)


if __name__ == "__main__":
    main()
