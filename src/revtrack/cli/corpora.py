"""The commands on corpora: `corpus run` and `corpus stats`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from revtrack.cli.options import gives_rows, reads_pages, writes
from revtrack.cli.output import Destination, Rows, steps
from revtrack.compare import CompareOptions

if TYPE_CHECKING:
    from revtrack.corpus import Engine
    from revtrack.records import CorpusTask

__all__ = ["corpus"]

_SHARDS = 64


@click.group()
def corpus() -> None:
    """Compare the histories of very many articles, and sum them up."""


@corpus.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.argument("out", metavar="OUT")
@click.option("--shards", type=click.IntRange(1), default=_SHARDS, show_default=True,
              help="Into how many shards the articles are partitioned.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Continue the run in OUT: keep completed shards.")
@click.option("--engine", type=click.Choice(["processes", "dask", "spark"]), default="processes",
              show_default=True, help="What runs the shards.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), metavar="N",
              help="Worker processes on this machine; one for each core, unless given.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of Dask, or the master of Spark.")
@reads_pages
@gives_rows
def run(  # noqa: PLR0913 # one for each option
    inputs: tuple[str, ...],
    out: str,
    *,
    shards: int,
    resume: bool,
    options: CompareOptions,
    rows: Rows,
    engine: str,
    workers: int | None,
    scheduler: str | None,
) -> int:
    """Compare the histories of many articles and write them to OUT.

    INPUT is a file of Parquet or JSON lines, a web archive (.warc, .warc.gz, .wacz), a store or a
    NewsEdits file (.db, .sqlite), or a folder of such files. OUT, a folder, gets the folders
    results, one Parquet file for each shard, and bad, with the rows that could not be used. Exit
    status: 0 done, 1 some inputs or shards failed: repeat with --resume, 2 trouble.
    """
    from revtrack.corpus import run as outcomes  # noqa: PLC0415 # needs an extra

    sums: Counter[str] = Counter()
    start = time.monotonic()
    with ExitStack() as bars:
        done = [lambda: None]

        def begun(step: str, tasks: int) -> None:
            bars.close()
            done[0] = bars.enter_context(steps(step, tasks))

        for outcome in outcomes(
            inputs,
            out,
            shards=shards,
            engine=_engine(engine, workers, scheduler),
            resume=resume,
            options=options,
            begun=begun,
        ):
            rows.add(outcome, _line(outcome), failed=outcome.failure is not None)
            if outcome.task.startswith("shard "):
                sums.update(outcome.counts)
                sums["kept"] += not outcome.is_new
                sums["compared"] += outcome.counts.get("rows", 0) * outcome.is_new
            done[0]()
    seconds = max(time.monotonic() - start, 0.001)
    return rows.end(
        f"{out}: {_counted(sums)}; {sums['kept']} shards kept, {rows.failed} failed; "
        f"{seconds:.0f} s, {sums['compared'] / seconds:,.1f} captures a second",
    )


@corpus.command()
@click.argument("out", metavar="OUT")
@writes("text", "json", "html", help="How the statistics are written.")
def stats(out: str, *, to: Destination) -> None:
    """Sum up the run in OUT: by outlet and in all, with 95 % intervals.

    Exit status: 0 written, 2 trouble.
    """
    import json  # noqa: PLC0415 # only for one form

    import attrs  # noqa: PLC0415 # as above

    from revtrack.corpus import statistics  # noqa: PLC0415 # needs an extra
    from revtrack.corpus.summary import page, table  # noqa: PLC0415 # as above

    found = statistics(out)
    if to.form == "json":
        output = json.dumps([attrs.asdict(one) for one in found], indent=1)
    else:
        output = table(found) if to.form == "text" else page(found)
    to.write(output)


def _engine(engine: str, workers: int | None, scheduler: str | None) -> Engine:
    from revtrack.corpus import Dask, Processes, Spark  # noqa: PLC0415 # needs an extra

    if engine == "processes" and scheduler is not None:
        raise click.UsageError("--scheduler is for --engine dask and --engine spark")
    if engine == "spark":
        return Spark(scheduler)
    processes = Processes() if workers is None else Processes(workers)
    return processes if engine == "processes" else Dask(scheduler, processes.workers)


def _line(outcome: CorpusTask) -> str:
    if outcome.failure is not None:
        return f"failed  {outcome.task}: {outcome.failure}"
    return f"{'' if outcome.is_new else 'kept  '}{outcome.task}: {_counted(outcome.counts)}"


def _counted(counts: Mapping[str, int]) -> str:
    names = {
        "rows": "captures",
        "articles": "articles",
        "version": "versions",
        "revision": "revisions",
        "change": "changes",
        "screened": "screened",
        "bad": "bad rows",
    }
    parts = [f"{counts[name]:,} {noun}" for name, noun in names.items() if counts.get(name)]
    return ", ".join(parts) or "nothing"
