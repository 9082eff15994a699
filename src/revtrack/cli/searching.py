"""The commands over many articles, `site` and `search`, and `when`, which looks for words in one.

Many articles are in the file of a store, or in a folder of captures with its subfolders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from revtrack.cli.keeping import open_store
from revtrack.cli.options import (
    Requests,
    in_window,
    language_option,
    makes_requests,
    names_store,
    reads_pages,
    source_named,
    writes,
)
from revtrack.cli.output import Destination, say, steps, with_progress
from revtrack.compare import CompareOptions
from revtrack.errors import AddressError, SourceError
from revtrack.history import History
from revtrack.model import WordHistory
from revtrack.report.formats import terminal_text
from revtrack.report.nouns import capital, counted, moment
from revtrack.report.nouns import when as when_made
from revtrack.report.outline import Form, Line, Text, Tone
from revtrack.report.site import TITLE, write_site
from revtrack.report.summary import Finding, all_findings, title_of
from revtrack.search import Side, Words
from revtrack.search import when as occurrences
from revtrack.sources.files import Files, is_capture_name
from revtrack.sources.named import KINDS, SourceContext
from revtrack.sources.source import Source
from revtrack.tables import Row, as_csv, as_json_lines
from revtrack.track import track
from revtrack.urls import identify

__all__ = ["search", "site", "when"]


def histories(place: str, *, options: CompareOptions) -> Iterator[History]:
    """The history of every article in *place* that has a version, with a progress bar.

    A folder holds the captures of one article, or of several where sidecars give their addresses; each
    of its subfolders does too. Raises `SourceError` or `StoreError` where *place* cannot be read.
    """
    found = _in_folder(Path(place), options) if Path(place).is_dir() else _in_store(place, options)
    for history in found:
        if history.versions:
            yield history


def _in_store(path: str, options: CompareOptions) -> Iterator[History]:
    with open_store(path) as store:
        articles = store.articles()
        with steps("computing histories", len(articles)) as done:
            for article in articles:
                yield store.history(article.url, options=options)
                done()


def _in_folder(folder: Path, options: CompareOptions) -> Iterator[History]:
    folders = [folder, *sorted([one for one in folder.iterdir() if one.is_dir()])]
    sources = [Files(one) for one in folders if any(is_capture_name(p.name) for p in one.iterdir())]
    if not sources:
        raise SourceError(
            f"no captures in {folder} or its subfolders: put dated pages there, such as "
            "20240105T123000Z.html",
            location=str(folder),
        )
    articles = [(source, url) for source in sources for url in _addresses(source)]
    with steps("computing histories", len(articles)) as done:
        for source, url in articles:
            yield track(source, url, options=options)
            done()


def _addresses(source: Files) -> tuple[str | None, ...]:
    """One address for each article with captures in a folder; None where none is known."""
    found: dict[str, str | None] = {}
    for capture in source.captures():
        try:
            found.setdefault(identify(capture.url or "").key, capture.url)
        except AddressError:
            found.setdefault(capture.url or "", capture.url)
    known = [url for url in found.values() if url]
    return tuple(known) or (None,)


def _folder_address(_: click.Context, option: click.Parameter, value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if value and (parts.scheme not in ("http", "https") or parts.query or parts.fragment):
        raise click.BadParameter(f"{value!r} is not an address such as https://…/", param=option)
    return value if value.endswith("/") or not value else f"{value}/"


@click.command()
@click.argument("place", metavar="STORE|DIR")
@click.option("-o", "--output", metavar="OUT", required=True, help="The folder to write to.")
@click.option("--title", default=TITLE, show_default=True, help="The title of the site.")
@click.option("--address", metavar="URL", default="", callback=_folder_address,
              help="Where the site will be published, for the links of its feeds.")  # fmt: skip
@reads_pages
@language_option
def site(place: str, *, output: str, title: str, address: str, options: CompareOptions) -> None:
    """Write a static site about many articles.

    STORE is the file of a store; DIR is a folder of dated captures, or of such folders. OUT gets an
    index with the recent changes, pages of all changes, of undisclosed ones, of corrections and of
    outlets, a report on each article, and feeds (Atom and JSON Feed).
    Exit status: 0 written, 2 trouble.
    """
    found = histories(place, options=options)
    try:
        articles, counts = write_site(found, output, title=title, address=address)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.ClickException(
            f"cannot write {error.filename or output}: {reason}; choose another folder with --output"
        ) from error
    say(f"{output}/index.html: {counted(articles, 'article')}; {counts}")


_FOUND, _NOT_FOUND = 0, 1


def _at_least_one(_: click.Context, argument: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter("give at least one word.", param=argument)
    return value


@click.command()
@click.argument("place", metavar="DIR|URL")
@click.argument("words", callback=_at_least_one)
@names_store("Read the captures in this store.")
@click.option("--source", metavar="SOURCE", default="wayback", show_default=True,
              help="Where to find captures of URL without a store: "
                   f"{', '.join([kind.form for kind in KINDS])}.")  # fmt: skip
@click.option("--every", is_flag=True, help="Read every capture.")
@in_window
@reads_pages
@makes_requests
@writes("text", "json")
def when(  # noqa: PLR0913 - one keyword for each option
    place: str,
    words: str,
    *,
    store_path: str | None,
    source: str,
    requests: Requests,
    to: Destination,
    every: bool,
    options: CompareOptions,
    since: datetime | None,
    until: datetime | None,
) -> int:
    """Find out when WORDS appeared in an article and were removed.

    DIR is a folder of dated captures; URL is an article in a store or a web archive. Few captures are
    read: some over the whole time, then those between two that differ. Exit status: 0 found, 1 in no
    capture that was read, 2 trouble.
    """
    with _source(place, store_path, source, requests) as (opened_source, url):
        found = occurrences(
            opened_source, url, words, since=since, until=until, options=options, every=every
        )
    if to.form == "json":
        from revtrack import codec  # noqa: PLC0415 - slow to import

        to.write(codec.dumps(found))
    else:
        to.write(terminal_text(_words_lines(found), colour=to.colour, width=to.width))
    return _FOUND if found.occurrences else _NOT_FOUND


@contextmanager
def _source(
    place: str, store_path: str | None, name: str, requests: Requests
) -> Iterator[tuple[Source, str | None]]:
    """The source of the captures of *place*, and the address there."""
    with ExitStack() as closing:
        if Path(place).is_dir():
            yield closing.enter_context(with_progress(Files(place))), None
        elif store_path is not None:
            yield (
                closing.enter_context(with_progress(closing.enter_context(open_store(store_path)))),
                place,
            )
        elif not place.lower().startswith(("http://", "https://")):
            raise click.UsageError(
                f"{place} is neither a folder nor an address: give a folder of dated captures, or the "
                "address of an article."
            )
        else:
            context = SourceContext(client=lambda: closing.enter_context(requests.client()))
            yield closing.enter_context(with_progress(source_named(name, context))), place


@click.command()
@click.argument("place", metavar="STORE|DIR")
@click.argument("words", callback=_at_least_one)
@click.option("--removed", "side", flag_value="removed",
              help="Only changes that removed WORDS.")  # fmt: skip
@click.option("--added", "side", flag_value="added", help="Only changes that added WORDS.")
@reads_pages
@writes("text", "csv", "jsonl")
def search(
    place: str, words: str, *, side: str | None, options: CompareOptions, to: Destination
) -> int:
    """Search the changes of many articles for WORDS.

    STORE is the file of a store; DIR is a folder of dated captures, or of such folders. Without an
    option a change is found where its old or new text has WORDS. Exit status: 0 found, 1 nothing found,
    2 trouble.
    """
    shown, which = Words(words), Side(side or "either")
    counts: Counter[str] = Counter()

    def found() -> Iterator[tuple[History, list[Finding]]]:
        for history in histories(place, options=options):
            counts["articles"] += 1
            if match := _matching(shown, which, history):
                concerned = [
                    shown.met_by(change, which) for one in match for change in one.entry.changes
                ]
                counts["changes"] += sum(concerned)
                yield history, match

    if to.form == "text":
        to.write(terminal_text(_lines(*one), colour=to.colour, width=to.width) for one in found())
    else:
        rows = (row for history, match in found() for row in _rows(history, match, shown, which))
        to.write(as_csv(rows) if to.form == "csv" else as_json_lines(rows))
    changes, articles = counted(counts["changes"], "change"), counted(counts["articles"], "article")
    say(f"{place}: {changes} found in {articles}")
    return _FOUND if counts["changes"] else _NOT_FOUND


def _matching(words: Words, side: Side, history: History) -> list[Finding]:
    """The entries of *history* with a change that meets *words*."""
    return [
        one
        for one in all_findings(history)
        if any(words.met_by(change, side) for change in one.entry.changes)
    ]


def _lines(history: History, match: list[Finding]) -> Iterator[Line]:
    yield Line(Form.TITLE, (Text(title_of(history)),))
    if history.url:
        yield Line(Form.PARAGRAPH, (Text(history.url, Tone.SOFT),))
    for one in match:
        tone = Tone.ALERT if one.entry.undisclosed else Tone.STRONG
        place = f" {capital(one.when)} (revision {one.revision})."
        yield Line(Form.ITEM, (Text(one.entry.sentence, tone), Text(place, Tone.SOFT)))
        yield from [Line(Form.QUOTE, quoted.runs) for quoted in one.entry.quoted]
    yield Line(Form.PARAGRAPH, ())


def _rows(history: History, match: list[Finding], words: Words, side: Side) -> list[Row]:
    shown = {
        (one.revision, one.entry.first + at)
        for one in match
        for at, change in enumerate(one.entry.changes)
        if words.met_by(change, side)
    }
    return [row for row in history.records() if (row["revision"], row["change"]) in shown]


def _words_lines(found: WordHistory) -> Iterator[Line]:
    """When the words appeared and were removed, and what they were part of."""
    read = f"{found.read} of {counted(found.captures, 'capture')} read"
    if not found.occurrences:
        yield Line(Form.PARAGRAPH, (Text(f"“{found.words}” is in none of them: {read}."),))
    for number, one in enumerate(found.occurrences):
        appeared = f"Appeared {when_made(one.interval)}"
        if one.interval.after is None:
            appeared = f"In the first capture that was read, {moment(one.interval.until)}"
        again = " again" if number else ""
        removal = f"removed {when_made(one.last_seen)}"
        if one.last_seen.until is None:
            removal = f"still in the newest, {moment(one.last_seen.after)}"
        yield Line(Form.ITEM, (Text(f"{appeared}{again}; {removal}."),))
        yield Line(Form.QUOTE, (Text(one.sentence),))
    if found.occurrences:
        yield Line(Form.PARAGRAPH, (Text(f"{capital(read)}.", Tone.SOFT),))
