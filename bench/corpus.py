"""Histories of a generated corpus: revtrack's batches beside what researchers put together by hand.

    python bench/corpus.py [--articles N] [--rounds N] [--no-peers]

A case is one article with all its versions. Floor: `lxml.html.fromstring` of every version. CPU time. A
peer gets the same captures in the same order, and does not say what a change means.
"""

from __future__ import annotations

import argparse
import difflib
import re
from itertools import groupby, pairwise
from typing import Any

import lxml.html
import pyarrow as pa
from _timing import Contestant, race, table

import revtrack
from revtrack.corpus import CAPTURES, compare_batch
from revtrack.testing.corpus import corpus

Case = list[revtrack.Snapshot]
ALIKE = 0.5
"""Share of the words of a sentence that its counterpart must have, in asymmetric matching."""


def _batch(case: Case, *, text: bool) -> pa.RecordBatch:
    rows: list[dict[str, Any]] = []
    for one in case:
        row = {"url": one.url, "captured_at": one.captured_at, "content_type": one.content_type}
        if text:
            article = revtrack.extract(one)
            row |= {"headline": article.headline, "text": article.text, "language": "en"}
        else:
            row["body"] = one.body
        rows.append(row)
    return pa.RecordBatch.from_pylist(rows, schema=CAPTURES)


def _texts(case: Case) -> list[str]:
    return [revtrack.extract(one).text for one in case]


def _asymmetric(texts: list[str]) -> list[object]:
    """Each sentence matched with the one of the other side that holds most of its words."""
    versions = [
        [set(re.findall(r"\w+", one)) for one in re.split(r"(?<=[.!?])\s", text)] for text in texts
    ]
    found: list[object] = []
    for old, new in pairwise(versions):
        for one, others in [(a, new) for a in old] + [(a, old) for a in new]:
            best = max(others, key=lambda other: len(one & other))
            found.append(best if len(one & best) >= ALIKE * len(one) else None)
    return found


OURS: list[Contestant[Case]] = [
    Contestant(
        "floor: lxml.html.fromstring, every version",
        lambda case: [lxml.html.fromstring(one.body) for one in case],
    ),
    Contestant("compare_batch, pages", compare_batch, prepare=lambda case: _batch(case, text=False)),
    Contestant("compare_batch, texts", compare_batch, prepare=lambda case: _batch(case, text=True)),
]


def _peers() -> list[Contestant[Case]]:
    import trafilatura
    from lxml.html.diff import htmldiff
    from readability import Document

    def extracted(case: Case) -> object:
        texts = [trafilatura.extract(one.body) or "" for one in case]
        return [list(difflib.unified_diff(a.split("\n"), b.split("\n"))) for a, b in pairwise(texts)]

    def readable(case: Case) -> object:
        pages = [Document(one.body.decode()).summary() for one in case]
        return [htmldiff(a, b) for a, b in pairwise(pages)]

    return [
        Contestant("trafilatura + difflib, pages", extracted),
        Contestant("readability + lxml.html.diff, pages", readable),
        Contestant("asymmetric matching of sentences, texts", _asymmetric, prepare=_texts),
    ]


def main() -> None:
    """Race on the articles that the arguments ask for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    captures = corpus(articles=given.articles, seed=1)
    cases = [list(group) for _, group in groupby(captures, key=lambda one: one.url)]
    contestants = [*OURS, *([] if given.no_peers else _peers())]
    table("histories of a generated corpus", race(cases, contestants, rounds=given.rounds))


if __name__ == "__main__":
    main()
