"""The commands on a store itself: `captures`, `verify`, `rebuild` and `forget`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from revtrack.cli.options import first_moment, gives_rows, reads_pages, store_option
from revtrack.cli.output import Rows, observation_line, steps
from revtrack.compare import CompareOptions
from revtrack.errors import StoreError, StoreFault
from revtrack.records import Part
from revtrack.report.nouns import counted

if TYPE_CHECKING:
    from revtrack.store import Store

__all__ = ["captures", "forget", "open_store", "rebuild", "verify"]


def open_store(path: str, *, create: bool = False, write: bool = False) -> Store:
    """The store at *path*; read-only where it may not be written, unless *write* requires it."""
    from revtrack.store import Store  # noqa: PLC0415 - slow to import

    try:
        return Store.open(path, create=create)
    except StoreError as error:
        if create or write or error.fault not in (StoreFault.READ_ONLY, StoreFault.UNREADABLE):
            raise
        return Store.open(path, read_only=True)


@click.command()
@click.argument("address", metavar="[URL]", required=False)
@store_option
@gives_rows
def captures(address: str | None, *, store_path: str, rows: Rows) -> None:
    """List the captures of an article in a store, or of all articles.

    One line for each capture: time, outcome (page, unchanged or failed), digest and size of the page,
    address. Exit status: 0 listed, 2 trouble.
    """
    with open_store(store_path) as store:
        for row in store.observations(address):
            rows.add(row, observation_line(row))
        if not rows.printed and address is not None:
            raise click.ClickException(no_capture_of(address, store))


def no_capture_of(address: str, store: Store) -> str:
    """The message that a store has no capture of an address, and which ones it has."""
    articles = counted(store.counts().articles, "article")
    return (
        f"no capture of {address} in {store.path}, which has {articles}: "
        "`revtrack captures` without an address lists them"
    )


@click.command()
@store_option
@gives_rows
def verify(*, store_path: str, rows: Rows) -> int:
    """Check everything in a store against its digests and seals.

    Prints a line for each fault; with --json a line for each part, sound or not. Exit status: 0 sound,
    1 faults found, 2 trouble.
    """
    with open_store(store_path) as store:
        counts = store.counts()
        last = ""
        with steps("checking", counts.pages + counts.observations + 1) as done:
            for row in store.verify():
                if row.fault or rows.json_lines:
                    line = f"{row.part.value} {row.number} {row.name}: {row.fault}"
                    rows.add(row, line, failed=row.fault is not None)
                last = row.name if row.part is Part.OBSERVATION else last
                done()
    found = counted(rows.failed, "fault") if rows.failed else "sound"
    contents = f"{counted(counts.observations, 'observation')}, {counted(counts.pages, 'page')}"
    seal = f", last seal {last}" if counts.observations else ""
    return rows.end(f"{store_path}: {found}; {contents}{seal}")


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Recompute every history, even those that are up to date."
)
@click.option("--apart", metavar="URL", multiple=True,
              help="Permanently separate URL from its joined article. Repeatable.")  # fmt: skip
@store_option
@reads_pages
@gives_rows
def rebuild(
    *,
    everything: bool,
    apart: tuple[str, ...],
    store_path: str,
    options: CompareOptions,
    rows: Rows,
) -> int:
    """Recompute stored histories whose rules changed.

    One line for each article. A revision that only the old or only the new rules report is technical:
    caused by extraction, not by the page. Exit status: 0 done, 2 trouble.
    """
    with (
        open_store(store_path, write=True) as store,
        steps("computing histories", store.counts().articles) as done,
    ):
        for url in apart:
            store.part(url)
        for row in store.rebuild(options=options, everything=everything):
            marks = f", {len(row.technical)} technical" if row.technical else ""
            result = f"{counted(row.versions, 'version')}, {counted(row.revisions, 'revision')}"
            rows.add(row, f"{row.url}: {result}{marks}")
            done()
    return rows.end(f"{store_path}: {counted(rows.printed, 'history')}")


@click.command()
@click.argument("address", metavar="[URL]", required=False)
@click.option("--capture", "number", metavar="ID", type=click.IntRange(min=1),
              help="Remove one capture, by its number in `revtrack captures --json`.")  # fmt: skip
@click.option("--asked-by", required=True, metavar="WHO", help="Who asked for the removal.")
@click.option("--reason", required=True, metavar="WHY", help="Why they asked.")
@click.option("--at", "moment", callback=first_moment, metavar="TIME",
              help="When they asked (UTC); default: now.")  # fmt: skip
@click.option("--drop-digest", is_flag=True, help="Do not keep the digests of the pages either.")
@store_option
@gives_rows
def forget(
    *,
    address: str | None,
    number: int | None,
    moment: datetime | None,
    drop_digest: bool,
    store_path: str,
    rows: Rows,
    **request: str,
) -> int:
    """Remove captures from a store permanently, on request.

    Removes every capture of the article at URL, which is no longer followed, or a single one. Each
    leaves a tombstone: who asked, when and why, and the digest of its page. The seals of the others
    remain valid. Removed captures are not fetched or imported again. Exit status: 0 done, 2 trouble.
    """
    subjects = [one for one in (address, number) if one is not None]
    if len(subjects) != 1:
        raise click.UsageError("name what to remove: URL, or --capture ID")
    with open_store(store_path) as store:
        for row in store.forget(
            subjects[0],
            at=moment or datetime.now(UTC),
            keep_digest=not drop_digest,
            **request,
        ):
            when = f"{row.captured_at:%Y-%m-%d %H:%M:%S}"
            host, end, path = row.key.partition(")")
            place = ".".join(reversed(host.split(","))) + path if end else row.key
            rows.add(row, f"{when}  forgotten  {(row.digest or '')[:12]:<12}  {place}")
    return rows.end(f"{store_path}: {rows.printed} forgotten")
