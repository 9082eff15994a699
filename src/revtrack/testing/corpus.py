"""Corpora of invented articles, the same for the same seed, edited at the rates of real news.

from revtrack.testing.corpus import corpus, write_parquet
write_parquet("corpus.parquet", corpus(articles=1_000, seed=7))
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import attrs

from revtrack.extract import from_text
from revtrack.model import Capture, Snapshot
from revtrack.testing import FURNITURE, WORDS, html_page

__all__ = ["NEWSEDITS", "Rates", "corpus", "write_parquet", "write_warc"]


@attrs.frozen(kw_only=True)
class Rates:
    """Shares of sentences or pairs that are edited from one version to the next.

    `edited`, `added`, `deleted` and `moved` are shares of the sentences of the old version, `headline`
    and `corrected` of the pairs: `corrected` pairs have a notice that quotes an edit. `updates` are
    the numbers of updates of an article; each is equally likely.
    """

    edited: float = 0.176
    added: float = 0.068
    deleted: float = 0.036
    moved: float = 0.011
    headline: float = 0.171
    corrected: float = 0.05
    updates: tuple[int, ...] = (1, 1, 1, 2, 2, 3, 4, 6)


NEWSEDITS = Rates()
"""Rates published about news (Spangher et al., NAACL 2022, among others); `corrected` is our choice."""

_GROUP = 1_000
"""Rows of a row group (range 100 to 100,000): a reader keeps the head of each group in memory."""

_SINCE = datetime(2024, 3, 4, 6, 0, tzinfo=UTC)


@attrs.define
class _Draft:
    """An article under construction: its paragraphs are lists of sentences."""

    headline: str
    paragraphs: list[list[str]]
    notices: list[str] = attrs.field(factory=list)

    def page(self, random: Random) -> bytes:
        blocks = [" ".join(one) for one in self.paragraphs if one] + self.notices
        article = from_text("\n\n".join(blocks), headline=self.headline, language="en")
        return html_page(article, furniture=random.sample(FURNITURE, 4))


def corpus(
    *, articles: int, seed: int, outlets: int = 4, rates: Rates = NEWSEDITS
) -> Iterator[Snapshot]:
    """The captures of *articles* invented articles: every version of each, as a page.

    Every third one is captured twice. The same arguments give the same captures on every machine.
    """
    for number in range(articles):
        random = Random(f"{seed} {number}")  # noqa: S311 # repeatable, and no secret
        url = f"https://outlet-{random.randrange(outlets)}.example/story/{seed}-{number}"
        moment = _SINCE + timedelta(minutes=random.randrange(500_000))
        draft = _Draft(
            _sentence(random, 6).rstrip("."),
            [[_sentence(random) for _ in range(random.choice((1, 2, 2, 3)))] for _ in range(9)],
        )
        for version in range(1 + random.choice(rates.updates)):
            if version:
                _revise(draft, random, rates)
            page = draft.page(random)
            for _ in range(2 if random.random() < 1 / 3 else 1):
                yield Snapshot(Capture(url, moment), page, content_type="text/html; charset=utf-8")
                moment += timedelta(minutes=random.randrange(10, 2_000))


def _sentence(random: Random, words: int = 0) -> str:
    chosen = random.sample(WORDS, words or random.randrange(9, 22))
    if not words and random.random() < 0.4:
        chosen.insert(random.randrange(2, len(chosen)), str(random.randrange(12, 990)))
    return " ".join(chosen).capitalize() + "."


def _revise(draft: _Draft, random: Random, rates: Rates) -> None:
    """Edit, add, delete and move sentences of *draft*; some edits are explained by a notice."""
    edits: list[tuple[str, str]] = []
    moved: list[str] = []
    for paragraph in draft.paragraphs:
        for sentence in tuple(paragraph):
            place, drawn = paragraph.index(sentence), random.random()
            if drawn < rates.edited:
                paragraph[place], *edit = _edited(sentence, random)
                edits.append((edit[0], edit[1]))
            elif drawn < rates.edited + rates.deleted:
                del paragraph[place]
            elif drawn < rates.edited + rates.deleted + rates.moved:
                moved.append(paragraph.pop(place))
            if random.random() < rates.added:
                paragraph.insert(place + 1, _sentence(random))
    for sentence in moved:
        draft.paragraphs[random.randrange(len(draft.paragraphs))].append(sentence)
    if random.random() < rates.headline:
        draft.headline = _edited(draft.headline, random)[0]
    if edits and random.random() < rates.corrected:
        old, new = random.choice(edits)
        draft.notices.append(
            f"Correction: An earlier version of this article said “{old}”. It should have said “{new}”."
        )


def _edited(sentence: str, random: Random) -> tuple[str, str, str]:
    """*sentence* with one or two words replaced, a figure by a figure; the old and the new word."""
    words = sentence.split(" ")
    figures = [place for place, word in enumerate(words) if word.isdigit()]
    place = figures[0] if figures else random.randrange(1, len(words) - 1)
    old = words[place]
    new = str(random.randrange(12, 990)) if figures else random.choice(WORDS)
    words[place] = new
    return " ".join(words), old, new


def write_parquet(path: str | os.PathLike[str], snapshots: Iterable[Snapshot]) -> None:
    """Write *snapshots* as a Parquet file with the columns of `revtrack.corpus.CAPTURES`.

    Raises `MissingExtraError` without the extra `corpus`.
    """
    import pyarrow as pa  # noqa: PLC0415 # needs the extra
    import pyarrow.parquet as pq  # noqa: PLC0415 # as above

    from revtrack.corpus import CAPTURES  # noqa: PLC0415 # as above

    rows = (
        {
            "url": one.url,
            "captured_at": one.captured_at,
            "content_type": one.content_type,
            "body": one.body,
        }
        for one in snapshots
    )
    with pq.ParquetWriter(path, CAPTURES, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=CAPTURES))


def write_warc(path: str | os.PathLike[str], snapshots: Iterable[Snapshot]) -> None:
    """Write *snapshots* as a web archive, gzipped."""
    from revtrack.exchange import write_records  # noqa: PLC0415 # slow to import, and needed here alone

    with Path(path).open("wb") as stream:
        stream.writelines(write_records([attrs.evolve(one, status=200) for one in snapshots]))
