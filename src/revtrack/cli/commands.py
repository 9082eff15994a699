"""The commands: what each reads, compares and writes.

What only some commands need (the templates, the codec) they import, so that `--help` is quick.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

import revtrack as package
from revtrack.cli import exchanging, keeping, tracking
from revtrack.cli.inputs import read_article, read_snapshot
from revtrack.cli.keeping import nothing_of, opened
from revtrack.cli.output import look_of, show_tracebacks, write
from revtrack.cli.pages import decisions_as_text
from revtrack.cli.progress import watched
from revtrack.cli.reading import reads_pages
from revtrack.cli.times import day, first_moment, last_moment
from revtrack.compare import CompareOptions, compare
from revtrack.extract import BuiltInBody
from revtrack.extract import explain as explained
from revtrack.history import History
from revtrack.notices import draft as proposal
from revtrack.sources.files import Files, is_capture_name
from revtrack.track import track

__all__ = ["diff", "draft", "extract", "history", "ledger", "report", "revtrack"]

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = click.Choice(["text", "json", "markdown", "html"])


def _writes(default: str) -> Callable[[F], F]:
    """The options of a command that writes a result."""

    def decorate(command: F) -> F:
        command = click.option(
            "-o", "--output", metavar="FILE", help="Write to FILE instead of standard output."
        )(command)
        return click.option(
            "-f", "--format", "form", type=FORMATS, default=default, show_default=True,
            help="How the result is written.",
        )(command)  # fmt: skip

    return decorate


def _reads_captures(command: F) -> F:
    """The argument and options of a command that reads captures from a folder or a store."""
    for decorate in (
        click.option("--url", metavar="URL", help="Take only the captures of this address."),
        click.option(
            "--until",
            callback=last_moment,
            metavar="TIME",
            help="Leave out captures after TIME (UTC); a day is included whole.",
        ),
        click.option(
            "--since",
            callback=first_moment,
            metavar="TIME",
            help="Leave out captures before TIME (UTC).",
        ),
        click.option(
            "--store",
            "store_path",
            metavar="FILE",
            envvar="REVTRACK_STORE",
            show_envvar=True,
            help="Take the article at URL from this store, instead of a folder.",
        ),
        click.argument("place", metavar="DIR|URL"),
    ):
        command = decorate(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package.__version__, message="revtrack %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of each row that failed unexpectedly.")
def revtrack(*, debug: bool) -> None:
    """Say how a published article changed.

    Exit status: 0 no change, 1 changes, 2 trouble.
    """
    if debug:
        show_tracebacks()


@revtrack.command()
@click.argument("old")
@click.argument("new")
@click.option("--text", "plain", is_flag=True, help="OLD and NEW are plain text, whatever their names.")
@reads_pages
@_writes("text")
@click.pass_context
def diff(
    context: click.Context,
    /,
    old: str,
    new: str,
    *,
    plain: bool,
    options: CompareOptions,
    form: str,
    output: str | None,
) -> None:
    """Compare two captures of an article.

    OLD and NEW are files of HTML (gzip is fine); one of them may be `-` for standard input.
    Exit status: 0 no change, 1 changes, 2 trouble.
    """
    if old == new == "-":
        raise click.UsageError("OLD and NEW cannot both be standard input.")
    from revtrack.cli.forms import written  # noqa: PLC0415 - slow to import

    sides = [read_article(name, plain=plain, options=options) for name in (old, new)]
    revision = compare(*sides, options=options)
    write(written(revision, form, look_of(output)), output, form=form)
    context.exit(1 if revision.changes else 0)


@revtrack.command()
@_reads_captures
@reads_pages
@_writes("text")
@click.pass_context
def history(
    context: click.Context, /, place: str, form: str, output: str | None, **chosen: Any
) -> None:
    """Show the history of an article from a folder of dated captures, or from a store.

    DIR holds files such as 20240105T123000Z.html; URL is an article in the store. Exit status: 0 no
    change, 1 changes, 2 trouble.
    """
    from revtrack.cli.forms import written  # noqa: PLC0415 - slow to import

    _refuse_among_captures(output, place)
    told = _history_of(place, **chosen)
    write(written(told, form, look_of(output)), output, form=form)
    context.exit(1 if told.revisions else 0)


@revtrack.command()
@_reads_captures
@reads_pages
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json", "markdown"]),
              default="text", show_default=True, help="How the result is written.")  # fmt: skip
@click.pass_context
def ledger(context: click.Context, /, place: str, form: str, output: str | None, **chosen: Any) -> None:
    """List the notices, what each explains, and the changes that no notice explains.

    DIR holds files such as 20240105T123000Z.html; URL is an article in the store. Exit status: 0
    nothing undisclosed, 1 undisclosed changes, 2 trouble.
    """
    from revtrack.cli.forms import written  # noqa: PLC0415 - slow to import

    _refuse_among_captures(output, place)
    kept = _history_of(place, **chosen).ledger()
    write(written(kept, form, look_of(output)), output, form=form)
    context.exit(1 if kept.undisclosed else 0)


@revtrack.command()
@_reads_captures
@reads_pages
@click.option("-o", "--output", metavar="OUT", required=True,
              help="The file to write, or a folder that gets an index.html.")  # fmt: skip
@click.option("-f", "--format", "form", type=FORMATS, default="html", show_default=True,
              help="How the report is written.")  # fmt: skip
def report(place: str, form: str, output: str, **chosen: Any) -> None:
    """Write a report on an article from a folder of dated captures, or from a store.

    DIR holds files such as 20240105T123000Z.html; URL is an article in the store. Exit status: 0
    written, 2 trouble.
    """
    if output.endswith("/") or Path(output).is_dir():
        ending = {"html": "html", "json": "json", "markdown": "md"}.get(form, "txt")
        output = str(Path(output, f"index.{ending}"))
    from revtrack.cli.forms import written  # noqa: PLC0415 - slow to import
    from revtrack.report.neutral import single_line  # noqa: PLC0415 - as above

    _refuse_among_captures(output, place)
    told = _history_of(place, **chosen)
    write(written(told, form, look_of(output)), output, form=form)
    if output != "-":
        click.echo(single_line(f"{output}: {_summary(told)}"), err=True)


@revtrack.command()
@click.argument("page")
@click.option("--url", metavar="URL", help="The address that PAGE was captured from.")
@click.option("--explain", is_flag=True, help="Show each text of PAGE and why it was kept or left out.")
@click.option("--earlier", metavar="PAGE",
              help="An earlier capture: the element that held its article is tried first.")  # fmt: skip
@reads_pages
@_writes("text")
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
    """Show what revtrack takes for the article in a page.

    PAGE is a file of HTML (gzip is fine), of Markdown (.md) or plain text (.txt), or `-` for standard
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
    from revtrack.cli.forms import written  # noqa: PLC0415 - slow to import

    article = read_article(page, url=url, options=options, earlier=last)
    write(written(article, form, look_of(output)), output, form=form)


@revtrack.command()
@click.argument("old")
@click.argument("new")
@click.option("--text", "plain", is_flag=True, help="OLD and NEW are plain text, whatever their names.")
@click.option("--date", "dated", callback=day, metavar="DAY", help="The day to put on the notices.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json", "json-ld"]), default="text",
    show_default=True, help="How the notices are written.",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")
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

    OLD and NEW are files of HTML (gzip is fine); one of them may be `-` for standard input. Where no
    change is undisclosed, nothing is written. Exit status: 0 done, 2 trouble.
    """
    if old == new == "-":
        raise click.UsageError("OLD and NEW cannot both be standard input.")
    from revtrack.cli.forms import drafted  # noqa: PLC0415 - slow to import

    sides = [read_article(name, plain=plain, options=options) for name in (old, new)]
    revision = compare(*sides, options=options)
    proposed = proposal(revision, dated=dated)
    if proposed is None:
        from revtrack.report.summary import summary  # noqa: PLC0415 - slow to import

        click.echo(f"no draft: no change is undisclosed ({summary(revision)})", err=True)
        return
    write(drafted(proposed, form), output, form=form)


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
    **chosen: Any,
) -> History:
    if store_path is not None and not Path(place).is_dir():
        told = _history_in(store_path, place, url, **chosen)
    elif place.lower().startswith(("http://", "https://")):
        raise click.UsageError(f"{place} is an address: give --store with the file that keeps it.")
    else:
        with watched(Files(Path(place))) as source:
            told = track(source, url, **chosen)
    if told.versions:
        return told
    if told.screened:
        from revtrack.report.nouns import screened_because  # noqa: PLC0415 - slow to import

        first = told.screened[0]
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
            f"{path} would lie among the captures of {folder} and be read as one of them; "
            "choose another folder with --output"
        )


def _summary(told: History) -> str:
    from revtrack.report.nouns import counted  # noqa: PLC0415 - slow to import
    from revtrack.report.summary import seen, summary  # noqa: PLC0415 - as above

    revisions = counted(len(told.revisions), "revision")
    return f"{seen(told)}, {revisions}; {summary(*told.revisions)}"


for _command in (
    tracking.track,
    tracking.watch,
    keeping.captures,
    exchanging.import_,
    exchanging.export,
    keeping.verify,
    keeping.rebuild,
    keeping.forget,
):
    revtrack.add_command(_command)
