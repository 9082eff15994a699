"""Statistics of a corpus run: by outlet and in total, with intervals from a bootstrap over articles.

`table` and `page` present them as lines of text and as one self-contained HTML page.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pyarrow.parquet as pq

from revtrack.changes import DisclosureState
from revtrack.corpus.shards import shard_of
from revtrack.errors import ExchangeError
from revtrack.report.marks import escape_controls

__all__ = ["Estimate", "OutletStatistics", "page", "statistics", "table"]


ALL = "all outlets"
"""The name of the statistics over all outlets."""

STATES = tuple([one.value for one in DisclosureState if one is not DisclosureState.NONE_NEEDED])
"""The kinds of substantive changes that are counted."""

_GROUPS = 256
"""Groups of articles, by the digests of their keys, that the bootstrap draws from (range 100 to 1,000):
more give the same intervals and take longer."""
_REPLICATES = 400
"""Draws of the bootstrap (range 200 to 2,000): more make the bounds of the intervals more stable."""
_TAIL = 0.025
_SEED = 17
_COLUMNS = ["level", "article", "outlet", "kind", "nature", "state", "made_until", "notice_until"]


@attrs.frozen
class Estimate:
    """A figure, and the bounds of 95 % of the draws of the bootstrap; None without data."""

    value: float | None
    low: float | None = None
    high: float | None = None


@attrs.frozen(kw_only=True)
class OutletStatistics:
    """The statistics of one outlet's articles.

    `versions` are per article: mean and median. `headline` is the share of revisions in which the
    headline changed. `states` are shares of the `substantive` changes, without notices. `delay` is the
    median time, in hours, from the first capture with a change to the first with its notice, over the
    changes that were disclosed late. `natures` count the changes.
    """

    outlet: str
    articles: int
    revisions: int
    substantive: int
    versions: Estimate
    versions_median: Estimate
    headline: Estimate
    states: Mapping[str, Estimate]
    delay: Estimate
    natures: Mapping[str, int]


@attrs.frozen
class _Tally:
    """Sums over some articles: counts by name, and how often each number of versions and delay is."""

    counts: Counter[str] = attrs.field(factory=Counter)
    versions: Counter[float] = attrs.field(factory=Counter)
    delays: Counter[float] = attrs.field(factory=Counter)
    natures: Counter[str] = attrs.field(factory=Counter)

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> _Tally:
        """The tally of one article."""
        one = cls()
        levels = Counter([row["level"] for row in rows])
        one.counts.update(articles=1, revisions=levels["revision"], versions=levels["version"])
        one.versions[levels["version"]] += 1
        for row in rows:
            if row["level"] != "change":
                continue
            one.natures[row["nature"]] += 1
            one.counts["headline"] += row["kind"] == "HeadlineChanged"
            if row["state"] in STATES:
                one.counts.update(["substantive", row["state"]])
            if row["state"] == DisclosureState.LATE.value and row["notice_until"] and row["made_until"]:
                seconds = (row["notice_until"] - row["made_until"]).total_seconds()
                one.delays[seconds // 60 / 60] += 1  # whole minutes, in hours
        return one

    @classmethod
    def sum(cls, tallies: Iterable[_Tally]) -> _Tally:
        """The sum of *tallies*."""
        summed = cls()
        for one in tallies:
            for field in attrs.fields(cls):
                getattr(summed, field.name).update(getattr(one, field.name))
        return summed


def statistics(out: str | os.PathLike[str]) -> tuple[OutletStatistics, ...]:
    """The statistics of the corpus run in *out*: of all outlets, then of each, by its name.

    Only finished shards count. The same run gives the same figures. Raises `ExchangeError` where there
    are none.
    """
    tallies: dict[tuple[str, int], _Tally] = {}
    for (article, outlet), rows in _articles(Path(out)):
        if any(row["level"] == "version" for row in rows):
            for key in ((name, shard_of(article, _GROUPS)) for name in (ALL, outlet or "unknown")):
                tallies[key] = _Tally.sum([tallies.get(key, _Tally()), _Tally.of(rows)])
    outlets = sorted({outlet for outlet, _ in tallies}, key=lambda name: (name != ALL, name))
    groups = {name: [tallies[key] for key in sorted(tallies) if key[0] == name] for name in outlets}
    return tuple([_statistics(outlet, groups[outlet]) for outlet in outlets])


def _articles(out: Path) -> Iterator[tuple[tuple[str, str], list[dict[str, Any]]]]:
    """The rows of each article; an article is in one shard, its rows next to each other."""
    finished = sorted((out / "manifests").glob("shard-*.json"))
    if not finished:
        raise ExchangeError(
            f"{out} contains no finished shard: run `revtrack corpus run`", location=str(out)
        )
    for manifest in finished:
        with pq.ParquetFile(out / "results" / f"{manifest.stem}.parquet") as file:
            batches = file.iter_batches(columns=_COLUMNS)
            rows = (row for batch in batches for row in batch.to_pylist())
            for key, found in groupby(rows, key=lambda row: (row["article"], row["outlet"])):
                yield key, list(found)


def _statistics(outlet: str, tallies: list[_Tally]) -> OutletStatistics:
    whole = _Tally.sum(tallies)
    random = Random(_SEED)  # noqa: S311 # the same intervals in every run
    draws = [_Tally.sum(random.choices(tallies, k=len(tallies))) for _ in range(_REPLICATES)]

    def estimate(figure: Callable[[_Tally], float | None]) -> Estimate:
        found = sorted([value for draw in draws if (value := figure(draw)) is not None])
        tail = int(len(found) * _TAIL)
        bounds = (found[tail], found[-1 - tail]) if found else (None, None)
        return Estimate(figure(whole), *bounds)

    return OutletStatistics(
        outlet=outlet,
        articles=whole.counts["articles"],
        revisions=whole.counts["revisions"],
        substantive=whole.counts["substantive"],
        versions=estimate(_share("versions", "articles")),
        versions_median=estimate(lambda tally: _median(tally.versions)),
        headline=estimate(_share("headline", "revisions")),
        states={state: estimate(_share(state, "substantive")) for state in STATES},
        delay=estimate(lambda tally: _median(tally.delays)),
        natures=dict(sorted(whole.natures.items(), key=lambda item: (-item[1], item[0]))),
    )


def _share(part: str, total: str) -> Callable[[_Tally], float | None]:
    return lambda tally: tally.counts[part] / tally.counts[total] if tally.counts[total] else None


def _median(counted: Counter[float]) -> float | None:
    """The median of numbers with these counts; the lower of two in the middle."""
    left = (counted.total() + 1) // 2
    for number in sorted(counted):
        left -= counted[number]
        if left <= 0:
            return number
    return None


_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid; padding: .3rem .6rem; text-align: end; vertical-align: top; }
th:first-child, td:last-child { text-align: start; }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Corpus statistics</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Corpus statistics</h1>
<p>In parentheses: the 95 % interval, from a bootstrap over articles. The states of disclosure are
shares of the substantive changes; <em>undisclosed</em> means that no notice in the captures explains
the change.</p>
<div class="scroll" role="region" aria-label="Statistics by outlet" tabindex="0">
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


def table(found: Sequence[OutletStatistics]) -> str:
    """The statistics as lines of text, a paragraph for each outlet."""
    return "\n\n".join(
        ["\n".join([f"{name + ':':<22} {value}" for name, value in _figures(one)]) for one in found]
    )


def page(found: Sequence[OutletStatistics]) -> str:
    """The statistics as an HTML page that runs no script, loads nothing and links nowhere."""
    figures = [_figures(one) for one in found]
    names = [name for name, _ in figures[0]] if figures else []
    rows = []
    for (_, outlet), *others in figures:
        cells = "".join([f"<td>{escape(value)}</td>" for _, value in others])
        rows.append(f'<tr><th scope="row">{escape(outlet)}</th>{cells}</tr>')
    return _PAGE.format(
        digest=base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii"),
        style=_STYLE,
        heads="".join([f'<th scope="col">{escape(name)}</th>' for name in names]),
        rows="\n".join(rows),
    )


def _figures(one: OutletStatistics) -> list[tuple[str, str]]:
    """Each figure by its name, as text with its interval."""
    return [
        ("outlet", escape_controls(one.outlet)),
        ("articles", f"{one.articles:,}"),
        ("revisions", f"{one.revisions:,}"),
        ("versions per article", _figure(one.versions, "{:.2f}")),
        ("median", _figure(one.versions_median, "{:.0f}")),
        ("headline changed", _figure(one.headline, "{:.1%}")),
        ("substantive changes", f"{one.substantive:,}"),
        *[(state, _figure(share, "{:.1%}")) for state, share in one.states.items()],
        ("late by (median)", _figure(one.delay, "{:.1f} h")),
        ("natures", ", ".join([f"{name} {count:,}" for name, count in one.natures.items()])),
    ]


def _figure(estimate: Estimate, form: str) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    value, low, high = [form.format(one) for one in (estimate.value, estimate.low, estimate.high)]
    return f"{value} ({low} to {high})"
