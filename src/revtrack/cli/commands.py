"""The commands on pages and histories: their inputs, comparisons and outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

import revtrack as package
from revtrack.changes.revision import Revision
from revtrack.cli import corpora, exchanging, keeping, searching, tracking
from revtrack.cli.forms import (
    compares,
    decisions_as_text,
    formatted,
    formatted_draft,
    read_article,
    read_snapshot,
)
from revtrack.cli.keeping import no_capture_of, open_store
from revtrack.cli.options import (
    day,
    in_window,
    language_option,
    names_store,
    output_option,
    reads_pages,
    writes,
)
from revtrack.cli.output import Destination, say, show_tracebacks, with_progress, write_stream
from revtrack.compare import CompareOptions
from revtrack.exchange.formats import FORMATS
from revtrack.extract import BuiltInBody
from revtrack.extract import explain as explained
from revtrack.history import History
from revtrack.notices import draft as proposal
from revtrack.report.card import FORMS, cards
from revtrack.report.nouns import counted, screened_because
from revtrack.report.summary import capture_counts, summary
from revtrack.sources.files import Files, is_capture_name
from revtrack.track import track

__all__ = ["card", "diff", "draft", "extract", "history", "ledger", "report", "revtrack", "schema"]

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
_report_option = click.option(
    "-o", "--output", metavar="OUT", required=True,
    help="The file to write, or a folder that gets an index.html.",
)  # fmt: skip


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
    """End with the exit status that the command returned."""
    click.get_current_context().exit(status or 0)


@revtrack.command()
@compares
@writes(*_OF_CHANGES)
@language_option
def diff(*, revision: Revision, to: Destination) -> int:
    """Compare two captures of an article.

    OLD and NEW are files of HTML (gzip is allowed), Markdown (.md) or plain text (.txt); one of them
    may be `-` for standard input. Exit status: 0 no change, 1 changes, 2 trouble.
    """
    to.write(formatted(revision, to))
    return 1 if revision.changes else 0


@revtrack.command()
@_reads_captures
@_pair
@reads_pages
@writes(*_OF_CHANGES)
@language_option
def history(place: str, *, to: Destination, **chosen: Any) -> int:
    """Show the history of an article.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 no change, 1 changes, 2 trouble.
    """
    _refuse_among_captures(to.output, place)
    found = _history_of(place, **chosen)
    to.write(formatted(found, to))
    changed = found.changes if isinstance(found, Revision) else found.revisions
    return 1 if changed else 0


@revtrack.command()
@_reads_captures
@reads_pages
@writes("text", "json", "markdown")
@language_option
def ledger(place: str, *, to: Destination, **chosen: Any) -> int:
    """List the notices and the changes that no notice explains.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 nothing undisclosed, 1 undisclosed changes, 2 trouble.
    """
    _refuse_among_captures(to.output, place)
    found = _history_of(place, pair=None, **chosen)
    assert isinstance(found, History)  # noqa: S101 - a pair alone gives a revision
    made = found.ledger()
    to.write(formatted(made, to))
    return 1 if made.undisclosed else 0


@revtrack.command()
@_reads_captures
@_pair
@reads_pages
@writes("html", *[form for form in _OF_CHANGES if form != "html"], place=_report_option)
@language_option
def report(place: str, *, to: Destination, **chosen: Any) -> None:
    """Write a report on the history of an article.

    DIR is a folder with files such as 20240105T123000Z.html; URL is an article in a store. Exit
    status: 0 written, 2 trouble.
    """
    output = str(to.output)
    if output.endswith("/") or Path(output).is_dir():
        output = str(Path(output, f"index.{_ENDINGS.get(to.form, to.form)}"))
        to = attrs.evolve(to, output=output)
    _refuse_among_captures(to.output, place)
    found = _history_of(place, **chosen)
    to.write(formatted(found, to))
    if output == "-":
        return
    if isinstance(found, Revision):
        say(f"{output}: {summary(found)}")
    else:
        revisions = counted(len(found.revisions), "revision")
        say(f"{output}: {capture_counts(found)}, {revisions}; {summary(*found.revisions)}")


@revtrack.command()
@click.argument("page")
@click.option("--url", metavar="URL", help="The address that PAGE was captured from.")
@click.option("--explain", is_flag=True, help="Show each text of PAGE and why it was kept or left out.")
@click.option("--earlier", metavar="PAGE",
              help="An earlier capture: the element that held its article is tried first.")  # fmt: skip
@reads_pages
@writes("text", "json", "markdown", "html")
def extract(
    page: str,
    *,
    url: str | None,
    explain: bool,
    earlier: str | None,
    options: CompareOptions,
    to: Destination,
) -> None:
    """Show the article that revtrack extracts from a page.

    PAGE is a file of HTML (gzip is allowed), Markdown (.md) or plain text (.txt), or `-` for standard
    input. Exit status: 0 shown, 2 trouble.
    """
    if page == earlier == "-":
        raise click.UsageError("PAGE and --earlier cannot both be standard input.")
    last = None if earlier is None else read_article(earlier, url=url, options=options)
    if explain:
        _refuse_with_explain(to.form, options)
        snapshot = read_snapshot(page, url=url)
        decisions = explained(snapshot, site_rules=options.site_rules, earlier=last)
        to.write(decisions_as_text(decisions))
        return
    article = read_article(page, url=url, options=options, earlier=last)
    to.write(formatted(article, to))


@revtrack.command()
@compares
@click.option("--date", "dated", callback=day, metavar="DAY", help="The day to put on the notices.")
@writes("text", "json", "json-ld")
def draft(*, revision: Revision, dated: date | None, to: Destination) -> None:
    """Propose notices for the undisclosed changes between OLD and NEW.

    OLD and NEW are as for `revtrack diff`. Nothing is written when no change is undisclosed. Exit
    status: 0 done, 2 trouble.
    """
    proposed = proposal(revision, dated=dated)
    if proposed is None:
        say(f"no draft: no change is undisclosed ({summary(revision)})")
        return
    to.write(formatted_draft(proposed, to.form))


@revtrack.command()
@compares
@click.option("--change", type=click.IntRange(min=1), metavar="NUMBER",
              help="The number of the change in the report; default: the most important.")  # fmt: skip
@click.option("--thread", is_flag=True, help="Show all words, on as many numbered cards as they take.")
@click.option("-o", "--output", metavar="OUT", required=True,
              help="The picture to write: a file that ends in .png or .svg.")  # fmt: skip
@language_option
def card(*, revision: Revision, change: int | None, thread: bool, output: str) -> None:
    """Draw one change between OLD and NEW as a picture of 1200 × 630, for a post.

    OLD and NEW are as for `revtrack diff`. The alternative text is printed, and in the file. Exit
    status: 0 drawn, 2 trouble.
    """
    path = Path(output)
    form = next((one for one in FORMS if path.suffix.lower() == f".{one}"), None)
    if form is None:
        raise click.UsageError(f"{output} is not a picture: name a file that ends in .png or .svg")
    try:
        drawn = cards(revision, change=change, form=form, thread=thread)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    for number, one in enumerate(drawn, 1):
        place = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        write_stream([one.picture], str(place))
        click.echo(f"{place}: {one.text}")


@revtrack.command()
@output_option
def schema(*, output: str | None) -> None:
    """Write the JSON Schema of what `--format json` writes.

    Exit status: 0 written, 2 trouble.
    """
    from revtrack.schema import json_schema  # noqa: PLC0415 - slow to import

    Destination(output, "json").write(json.dumps(json_schema(), indent=1))


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
        with with_progress(Files(Path(place))) as source:
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
    raise click.ClickException(f"no capture in {place} is between --since and --until")


def _history_in(store_path: str, address: str, url: str | None, **chosen: Any) -> History:
    if url is not None:
        raise click.UsageError("--url is for folders: the address of an article in a store is URL")
    with open_store(store_path) as store:
        if not any(store.captures(address)):
            raise click.ClickException(no_capture_of(address, store))
        return store.history(address, **chosen)


def _refuse_among_captures(output: str | None, folder: str) -> None:
    """Refuse an output that the next run would read as one more capture."""
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
    searching.search,
    searching.when,
    searching.site,
):
    revtrack.add_command(_command)
