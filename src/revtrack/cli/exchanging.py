"""The commands that add captures to a store and write them out: `import` and `export`."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs
import click

from revtrack.cli.keeping import no_capture_of, open_store
from revtrack.cli.options import (
    gives_rows,
    names_store,
    reads_pages,
    source_named,
    store_option,
    writes,
)
from revtrack.cli.output import Destination, Rows, observation_line, say, steps, write_stream
from revtrack.compare import CompareOptions
from revtrack.errors import CodecError, RevtrackError, StoreError
from revtrack.exchange.formats import FORMATS
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.report.nouns import counted
from revtrack.sources.fetching import fetch_all
from revtrack.sources.named import KINDS, SourceContext
from revtrack.sources.source import listed

if TYPE_CHECKING:
    from revtrack.history import History
    from revtrack.network import Client
    from revtrack.store import Store

__all__ = ["export", "import_"]

_FORMS = ("jsonl", "warc", "histories", "git", "git-pages", *[one for one in FORMATS if one != "jsonl"])
_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_ENDINGS = {".warc": "warc", ".warc.gz": "warc", ".wacz": "warc"}
"""Files that a source reads, by their ending; any other place is a folder of captures."""


@click.command("import")
@click.argument("places", metavar="PLACE...", nargs=-1, required=True)
@click.option("--url", metavar="URL", help="The address of captures that have none.")
@store_option
@gives_rows
def import_(
    places: tuple[str, ...],
    *,
    url: str | None,
    store_path: str,
    rows: Rows,
) -> int:
    """Add captures to a store.

    PLACE is a file of JSON lines (`-` for standard input), a folder of dated captures, or a source such
    as files:FOLDER. Stored captures are left alone; a damaged page is replaced by a good copy. Exit
    status: 0 done, 1 some captures could not be read, 2 trouble.
    """
    with open_store(store_path, create=True) as store:
        before = store.counts().observations
        for place in places:
            with (
                _observations_in(place, url) as (total, observed),
                steps("reading captures", total) as done,
            ):
                storable = _storable(observed, url, rows, done)
                for _ in store.add_all(_not_forgotten(storable, store, rows)):
                    pass
        stored = store.counts().observations - before
    return rows.end(f"{store_path}: {stored} stored, {rows.failed} failed")


@contextmanager
def _observations_in(
    place: str, url: str | None
) -> Iterator[tuple[int | None, Iterable[Snapshot | Screened | CodecError]]]:
    """The number of observations in *place*, where it is known, and the observations."""
    from revtrack.exchange.jsonlines import bounded_lines, read_lines  # noqa: PLC0415 - slow to import

    if place == "-" or place.lower().endswith(_LINES):
        with _lines(place) as stream:
            yield None, read_lines(bounded_lines(stream))
        return
    ending = next((kind for end, kind in _ENDINGS.items() if place.lower().endswith(end)), None)

    def no_client() -> Client:
        raise click.UsageError("network captures cannot be imported: use `revtrack track`")

    if place.partition(":")[0] not in {kind.name for kind in KINDS}:
        place = f"{ending or 'files'}:{place}"
    source = source_named(place, SourceContext(client=no_client), option="PLACE")
    captures: list[Capture] = []
    rows: list[Screened] = []
    for one in listed(source, url):
        captures += [one] if isinstance(one, Capture) else []
        rows += [one] if isinstance(one, Screened) else []
    yield len(captures) + len(rows), chain(rows, fetch_all(source, captures))


@contextmanager
def _lines(place: str) -> Iterator[IO[bytes]]:
    try:
        if place == "-":
            yield sys.stdin.buffer
        elif place.lower().endswith(".gz"):
            with gzip.open(place, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]  # a GzipFile is read as any file of bytes
        else:
            with Path(place).open("rb") as stream:
                yield stream
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise click.ClickException(
            f"cannot read {place}: its gzip data are damaged ({error}); what was read before is stored"
        ) from error
    except OSError as error:
        raise click.ClickException(
            f"cannot read {place}: {(error.strerror or str(error)).lower()}"
        ) from error


def _storable(
    observed: Iterable[Snapshot | Screened | CodecError],
    url: str | None,
    rows: Rows,
    done: Callable[[], None],
) -> Iterator[Snapshot | Screened]:
    """The observations that can be stored; the others are failed rows."""
    for one in observed:
        done()
        if isinstance(one, CodecError):
            failed = Screened(Capture(url, None), ScreenReason.FETCH_FAILED, str(one))
            rows.add(failed, f"failed  {one}", failed=True)
            continue
        capture = attrs.evolve(one.capture, url=one.capture.url or url)
        if isinstance(one, Screened) and one.reason is ScreenReason.NO_CAPTURE:
            rows.skip(one)
            continue
        if isinstance(one, Screened) and capture.captured_at is None:
            rows.add(one, f"failed  {capture.location}: {one.detail}", failed=True)
            continue
        if not capture.url or capture.captured_at is None:
            missing = "address (give --url)" if not capture.url else "time"
            rows.fail(capture, f"it has no {missing}", place=capture.location)
            continue
        yield attrs.evolve(one, capture=capture)


def _not_forgotten(
    observed: Iterable[Snapshot | Screened], store: Store, rows: Rows
) -> Iterator[Snapshot | Screened]:
    """The observations that `revtrack forget` did not remove: an import does not restore those."""
    from revtrack.store.observations import key_of  # noqa: PLC0415 - slow to import

    forgotten = {(row.key, row.captured_at) for row in store.forgotten()}
    for one in observed:
        capture = one.capture
        if (key_of(capture.url or ""), capture.captured_at) in forgotten:
            rows.skip(Screened(capture, ScreenReason.NO_CAPTURE, "removed by `revtrack forget`"))
        else:
            yield one


# ------------------------------------------------------------------------------------- export


_export_option = click.option(
    "-o", "--output", metavar="OUT",
    help="The file to write (for git the folder); default: standard output.",
)  # fmt: skip


@click.command()
@click.argument("addresses", metavar="[STORE] [URL...]", nargs=-1)
@names_store("The file of the store, where it is not the first argument.")
@writes(*_FORMS, place=_export_option)
@reads_pages
def export(
    addresses: tuple[str, ...],
    *,
    store_path: str | None,
    to: Destination,
    options: CompareOptions,
) -> int:
    """Write captures, histories or changes of a store to a file or a folder.

    STORE is the file of the store. Without URL: of all articles. jsonl: every observation with its
    page, for `revtrack import`. warc: a web archive of the pages, gzipped unless OUT ends in .warc.
    histories: one line of JSON per article. git: a repository with one commit per version; git-pages:
    the same with the pages as served. sqlite: a database of all changes with full-text search; the
    others are as for `revtrack history`. Exit status: 0 done, 1 some pages are damaged, 2 trouble.
    """
    from revtrack import codec, exchange  # noqa: PLC0415 - slow to import

    form, output = to.form, to.output
    if addresses and (
        Path(addresses[0]).is_file() or (store_path is None and "://" not in addresses[0])
    ):
        store_path, *rest = addresses
        addresses = tuple(rest)
    if store_path is None:
        raise click.UsageError("no store is named: give its file as the first argument, or --store")
    if output not in (None, "-") and Path(str(output)).resolve() == Path(store_path).resolve():
        raise click.UsageError(f"{output} is the store itself: choose another place with --output")
    rows = Rows(json_lines=False)
    with open_store(store_path) as store:
        selected = _selected(addresses, store)
        if form.startswith("git"):
            _as_repository(
                store, _computed(store, selected, options), output, pages=form == "git-pages"
            )
        elif form == "histories":
            lines = (codec.dumps(one) + "\n" for one in _computed(store, selected, options))
            attrs.evolve(to, form="json").write(lines)
        elif form != "jsonl" and form in FORMATS:
            to.write(FORMATS[form](_computed(store, selected, options)))
        elif form == "warc":
            packed = not (output or "").lower().endswith(".warc")
            remaining = _contents(store, addresses, rows)
            write_stream(exchange.write_records(remaining, packed=packed), output)
        else:
            write_stream(exchange.write_lines(_contents(store, addresses, rows)), output)
    articles = counted(len(selected), "article")
    return rows.end(f"{store_path}: {articles} exported, {rows.failed} failed")


def _selected(addresses: tuple[str, ...], store: Store) -> list[str]:
    for address in addresses:
        if not any(store.captures(address)):
            raise click.ClickException(no_capture_of(address, store))
    return list(addresses) or [article.url for article in store.articles()]


def _contents(store: Store, addresses: tuple[str, ...], rows: Rows) -> Iterator[Snapshot | Screened]:
    """The contents of the store, in the order of storing; a damaged page is a failed row."""
    listed = [row for address in addresses or (None,) for row in store.observations(address)]
    listed.sort(key=lambda row: row.number)  # in the order of storing, so that a copy is the same
    with steps("writing captures", len(listed)) as done:
        for row in listed:
            try:
                yield store.recall(row)
            except StoreError as error:
                say(f"failed  {observation_line(row)}: {error}")
                rows.failed += 1
            done()


def _computed(store: Store, selected: list[str], options: CompareOptions) -> Iterator[History]:
    with steps("computing histories", len(selected)) as done:
        for address in selected:
            yield store.history(address, options=options)
            done()


def _as_repository(
    store: Store, histories: Iterable[History], output: str | None, *, pages: bool
) -> None:
    from revtrack.exchange import write_repository  # noqa: PLC0415 - slow to import

    if output in (None, "-"):
        raise click.UsageError("a repository needs a folder: give --output")
    page_of = (lambda capture: store.fetch(capture).body) if pages else None
    try:
        write_repository(str(output), histories, page_of=page_of)
    except RevtrackError as error:
        raise click.ClickException(f"{error}") from error
