"""The commands that look into a store: `captures`, `verify` and `rebuild`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.progress import steps
from revtrack.cli.reading import reads_pages
from revtrack.cli.rows import Rows, as_json, observation_line, store_option
from revtrack.compare import CompareOptions
from revtrack.errors import StoreError, StoreFault
from revtrack.records import Part

if TYPE_CHECKING:
    from revtrack.records import Rebuilt
    from revtrack.store import Store

__all__ = ["captures", "opened", "rebuild", "verify"]


def opened(path: str, *, create: bool = False) -> Store:
    """The store at *path*; where it may not be written, to be read only."""
    from revtrack.store import Store  # noqa: PLC0415 - slow to import

    try:
        return Store.open(path, create=create)
    except StoreError as error:
        if create or error.fault not in (StoreFault.READ_ONLY, StoreFault.UNREADABLE):
            raise
        return Store.open(path, read_only=True)


@click.command()
@click.argument("address", metavar="[URL]", required=False)
@store_option
@as_json
@click.pass_context
def captures(
    context: click.Context, /, address: str | None, *, store_path: str, json_lines: bool
) -> None:
    """List what a store keeps of an article, or of all.

    One line for each look at URL: when, what it gave (page, unchanged or failed), digest and size of
    the page, address. Exit status: 0 listed, 2 trouble.
    """
    rows = Rows(json_lines=json_lines)
    with opened(store_path) as store:
        for row in store.observations(address):
            rows.tell(row, observation_line(row))
        if not rows.told and address is not None:
            raise click.ClickException(nothing_of(address, store))


def nothing_of(address: str, store: Store) -> str:
    """That a store has nothing of an address, and what it has."""
    from revtrack.report.nouns import counted  # noqa: PLC0415 - slow to import

    articles = counted(store.counts().articles, "article")
    return (
        f"no capture of {address} in {store.path}, which keeps {articles}: "
        "`revtrack captures` without an address lists them"
    )


@click.command()
@store_option
@as_json
@click.pass_context
def verify(context: click.Context, /, *, store_path: str, json_lines: bool) -> None:
    """Check everything in a store: each page against its digest, each observation against its seal.

    Prints a line for each fault; with --json a line for each part, sound or not. Exit status: 0 sound,
    1 something is not what was stored, 2 trouble.
    """
    from revtrack.report.nouns import counted  # noqa: PLC0415 - slow to import

    rows = Rows(json_lines=json_lines)
    with opened(store_path) as store:
        counts = store.counts()
        last = ""
        with steps("checking", counts.pages + counts.observations + 1) as done:
            for row in store.verify():
                if row.fault or json_lines:
                    line = f"{row.part.value} {row.number} {row.name}: {row.fault}"
                    rows.tell(row, line, failed=row.fault is not None)
                last = row.name if row.part is Part.OBSERVATION else last
                done()
    found = counted(rows.failed, "fault") if rows.failed else "sound"
    held = f"{counted(counts.observations, 'observation')}, {counted(counts.pages, 'page')}"
    seal = f", last seal {last}" if counts.observations else ""
    rows.end(context, f"{store_path}: {found}; {held}{seal}")


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Tell every history anew, also those that hold."
)
@click.option("--apart", metavar="URL", multiple=True,
              help="Take URL out of the article it was joined to, for good. Repeatable.")  # fmt: skip
@store_option
@reads_pages
@as_json
@click.pass_context
def rebuild(
    context: click.Context,
    /,
    *,
    everything: bool,
    apart: tuple[str, ...],
    store_path: str,
    options: CompareOptions,
    json_lines: bool,
) -> None:
    """Tell the histories of a store anew where the rules changed.

    One line for each article. A revision that only the old or only the new rules tell is technical:
    extraction made it, not the page. Exit status: 0 done, 2 trouble.
    """
    from revtrack.report.nouns import counted  # noqa: PLC0415 - slow to import
    from revtrack.store import Store  # noqa: PLC0415 - as above

    rows = Rows(json_lines=json_lines)
    with (
        Store.open(Path(store_path), create=False) as store,
        steps("telling histories", store.counts().articles) as done,
    ):
        for url in apart:
            store.part(url)
        for row in store.rebuild(options=options, everything=everything):
            rows.tell(row, _rebuilt_line(row))
            done()
    rows.end(context, f"{store_path}: {counted(rows.told, 'history', 'histories')}")


def _rebuilt_line(row: Rebuilt) -> str:
    from revtrack.report.nouns import counted  # noqa: PLC0415 - slow to import

    marks = f", {len(row.technical)} technical" if row.technical else ""
    revisions = counted(row.revisions, "revision")
    return f"{row.url}: {counted(row.versions, 'version')}, {revisions}{marks}"
