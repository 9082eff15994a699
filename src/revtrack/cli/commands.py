"""The commands on pages and histories: what each reads, compares and writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

import revtrack as package
from revtrack.changes.revision import Revision
from revtrack.cli import corpora, exchanging, keeping, pictures, searching, tracking
from revtrack.cli.forms import (
    compared,
    decisions_as_text,
    drafted,
    formatted,
    read_article,
    read_snapshot,
)
from revtrack.cli.keeping import nothing_of, opened
from revtrack.cli.options import (
    day,
    in_window,
    names_store,
    output_option,
    reads_pages,
    speaks,
    writes,
)
from revtrack.cli.output import look_of, say, show_tracebacks, watched, write
from revtrack.compare import CompareOptions
from revtrack.exchange.formats import FORMATS
from revtrack.extract import BuiltInBody
from revtrack.extract import explain as explained
from revtrack.history import History
from revtrack.notices import draft as proposal
from revtrack.report.nouns import counted, screened_because
from revtrack.report.summary import seen, summary
from revtrack.sources.files import Files, is_capture_name
from revtrack.track import track

__all__ = ["diff", "draft", "extract", "history", "ledger", "report", "revtrack", "schema"]

F = TypeVar("F", bound=Callable[..., Any])

_OF_CHANGES = ("text", "json", "markdown", "html", *FORMATS)
_ENDINGS = {
    "markdown": "md", "text": "txt", "json-slim": "json", "sqlite": "db",
    "annotations": "jsonld", "newsml": "xml", "criticmarkup": "md", "word-diff": "diff",
}  # fmt: skip


def _reads_captures(command: F) -> F:
    """The argument and options of a command that reads captures from a folder or a store."""
    for decorate in (
        click.option("--url", metavar="URL", help="Use only the captures of this address."),
        in_window,
        names_store("Read the article at URL from this store instead of a folder."),
        click.argument("place", metavar="DIR|URL"),
    ):
        command = decorate(command)
    return command


_pair = click.option(
    "--pair", nargs=2, type=click.IntRange(min=1), metavar="OLD NEW",
    help="Compare two versions with each other, by their numbers, such as --pair 3 9.",
)  # fmt: skip
_plain = click.option("--text", "plain", is_flag=True, help="Treat OLD and NEW as plain text.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package.__version__, message="revtrack %(version)s")
@click.option("--debug", is_flag=True, help="Show a traceback for each row that failed unexpectedly.")
def revtrack(*, debug: bool) -> None:
    """Report how a published article changed after publication.

    Exit status: 0 no change, 1 changes, 2 trouble.
    """
    if debug:
        show_tracebacks()


@revtrack.result_callback()
def _end(status: int | None, **_: object) -> None:
    """End with what the command returned."""
    click.get_current_context().exit(status or 0)


@revtrack.command()
@click.argument("old")
@click.argument("new")
@_plain
@reads_pages
@output_option
@writes(*_OF_CHANGES)
@speaks
def diff(
    old: str,
    new: str,
    *,
    plain: bool,
    options: CompareOptions,
    form: str,
    output: str | None,
) -> int:
    """Compare two captures of an article.

    OLD and NEW are files of HTML (gzip is allowed), Markdown (.md) or plain text (.txt); one of them
    may be `-` for standard input. Exit status: 0 no change, 1 changes, 2 trouble.
    """
    revision = compared(old, new, plain=plain, options=options)
    write(formatted(revision, form, look_of(output)), output, form=form)
    return 1 if revision.changes else 0


@revtrack.command()
@_reads_captures
@_pair
@reads_pages
@output_option
@writes(*_OF_CHANGES)
@speaks
def history(place: str, form: str, output: str | None, **chosen: Any) -> int:
    """Show the history of an article.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 no change, 1 changes, 2 trouble.
    """
    _refuse_among_captures(output, place)
    found = _history_of(place, **chosen)
    write(formatted(found, form, look_of(output)), output, form=form)
    changed = found.changes if isinstance(found, Revision) else found.revisions
    return 1 if changed else 0


@revtrack.command()
@_reads_captures
@reads_pages
@output_option
@writes("text", "json", "markdown")
@speaks
def ledger(place: str, form: str, output: str | None, **chosen: Any) -> int:
    """List the notices and the changes that no notice explains.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 nothing undisclosed, 1 undisclosed changes, 2 trouble.
    """
    _refuse_among_captures(output, place)
    found = _history_of(place, pair=None, **chosen)
    assert isinstance(found, History)  # noqa: S101 - a pair alone gives a revision
    made = found.ledger()
    write(formatted(made, form, look_of(output)), output, form=form)
    return 1 if made.undisclosed else 0


@revtrack.command()
@_reads_captures
@_pair
@reads_pages
@click.option("-o", "--output", metavar="OUT", required=True,
              help="The file to write, or a folder that gets an index.html.")  # fmt: skip
@writes("html", *[form for form in _OF_CHANGES if form != "html"])
@speaks
def report(place: str, form: str, output: str, **chosen: Any) -> None:
    """Write a report on the history of an article.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 written, 2 trouble.
    """
    if output.endswith("/") or Path(output).is_dir():
        output = str(Path(output, f"index.{_ENDINGS.get(form, form)}"))
    _refuse_among_captures(output, place)
    found = _history_of(place, **chosen)
    write(formatted(found, form, look_of(output)), output, form=form)
    if output == "-":
        return
    if isinstance(found, Revision):
        say(f"{output}: {summary(found)}")
    else:
        revisions = counted(len(found.revisions), "revision")
        say(f"{output}: {seen(found)}, {revisions}; {summary(*found.revisions)}")


@revtrack.command()
@click.argument("page")
@click.option("--url", metavar="URL", help="The address that PAGE was captured from.")
@click.option("--explain", is_flag=True, help="Show each text of PAGE and why it was kept or left out.")
@click.option("--earlier", metavar="PAGE",
              help="An earlier capture: the element that held its article is tried first.")  # fmt: skip
@reads_pages
@output_option
@writes("text", "json", "markdown", "html")
def extract(
    page: str,
    *,
    url: str | None,
    explain: bool,
    earlier: str | None,
    options: CompareOptions,
    form: str,
    output: str | None,
) -> None:
    """Show the article that revtrack extracts from a page.

    PAGE is a file of HTML (gzip is allowed), Markdown (.md) or plain text (.txt), or `-` for standard
    input. Exit status: 0 shown, 2 trouble.
    """
    if page == earlier == "-":
        raise click.UsageError("PAGE and --earlier cannot both be standard input.")
    last = None if earlier is None else read_article(earlier, url=url, options=options)
    if explain:
        _refuse_with_explain(form, options)
        snapshot = read_snapshot(page, url=url)
        decisions = explained(snapshot, site_rules=options.site_rules, earlier=last)
        write(decisions_as_text(decisions), output)
        return
    article = read_article(page, url=url, options=options, earlier=last)
    write(formatted(article, form, look_of(output)), output, form=form)


@revtrack.command()
@click.argument("old")
@click.argument("new")
@_plain
@click.option("--date", "dated", callback=day, metavar="DAY", help="The day to put on the notices.")
@writes("text", "json", "json-ld")
@output_option
@reads_pages
def draft(
    old: str,
    new: str,
    *,
    plain: bool,
    dated: date | None,
    options: CompareOptions,
    form: str,
    output: str | None,
) -> None:
    """Propose notices for the undisclosed changes between OLD and NEW.

    OLD and NEW are as for `revtrack diff`. Nothing is written when no change is undisclosed. Exit
    status: 0 done, 2 trouble.
    """
    revision = compared(old, new, plain=plain, options=options)
    proposed = proposal(revision, dated=dated)
    if proposed is None:
        say(f"no draft: no change is undisclosed ({summary(revision)})")
        return
    write(drafted(proposed, form), output, form=form)


@revtrack.command()
@output_option
def schema(*, output: str | None) -> None:
    """Write the JSON Schema of what `--format json` writes.

    Exit status: 0 written, 2 trouble.
    """
    from revtrack.schema import json_schema  # noqa: PLC0415 - slow to import

    write(json.dumps(json_schema(), indent=1), output, form="json")


def _refuse_with_explain(form: str, options: CompareOptions) -> None:
    if form != "text":
        raise click.UsageError("--explain is shown as text only: leave out --format")
    if options.body != BuiltInBody():
        raise click.UsageError("--explain shows what revtrack's own rules decide: leave out --body")


def _history_of(
    place: str,
    *,
    store_path: str | None,
    url: str | None,
    pair: tuple[int, int] | None,
    **chosen: Any,
) -> History | Revision:
    """The history in a folder or store; with *pair*, what changed from one version to the other."""
    if store_path is not None and not Path(place).is_dir():
        found = _history_in(store_path, place, url, **chosen)
    elif place.lower().startswith(("http://", "https://")):
        raise click.UsageError(f"{place} is an address: use --store to name the store that holds it.")
    else:
        with watched(Files(Path(place))) as source:
            found = track(source, url, **chosen)
    if found.versions and pair:
        try:
            return found.between(*pair)
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
    if found.versions:
        return found
    if found.screened:
        first = found.screened[0]
        raise click.ClickException(
            f"no capture in {place} shows an article; "
            f"the first, {first.capture.location}: {screened_because(first)}"
        )
    raise click.ClickException(f"no capture in {place} lies between --since and --until")


def _history_in(store_path: str, address: str, url: str | None, **chosen: Any) -> History:
    if url is not None:
        raise click.UsageError("--url is for folders: the address of an article in a store is URL")
    with opened(store_path) as store:
        if not any(store.captures(address)):
            raise click.ClickException(nothing_of(address, store))
        return store.history(address, **chosen)


def _refuse_among_captures(output: str | None, folder: str) -> None:
    """An output that the next run would read as one more capture is trouble before it is written."""
    if output in (None, "-"):
        return
    path = Path(str(output))
    if is_capture_name(path.name) and path.parent.resolve() == Path(folder).resolve():
        raise click.ClickException(
            f"{path} would be among the captures of {folder} and be read as one of them; "
            "choose another folder with --output"
        )


for _command in (
    tracking.track,
    tracking.watch,
    keeping.captures,
    exchanging.import_,
    exchanging.export,
    keeping.verify,
    keeping.rebuild,
    keeping.forget,
    corpora.corpus,
    pictures.card,
    searching.search,
    searching.when,
    searching.site,
):
    revtrack.add_command(_command)
