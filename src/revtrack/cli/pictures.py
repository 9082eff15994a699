"""The command that draws a change: `card`."""

from __future__ import annotations

from pathlib import Path

import click

from revtrack.cli.forms import compared
from revtrack.cli.options import reads_pages, speaks
from revtrack.cli.output import write_stream
from revtrack.compare import CompareOptions
from revtrack.report.card import FORMS, cards

__all__ = ["card"]


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--text", "plain", is_flag=True, help="Treat OLD and NEW as plain text.")
@click.option("--change", type=click.IntRange(min=1), metavar="NUMBER",
              help="The number of the change in the report; default: the gravest.")  # fmt: skip
@click.option("--thread", is_flag=True, help="Show all words, on as many numbered cards as they take.")
@click.option("-o", "--output", metavar="OUT", required=True,
              help="The picture to write: a file that ends in .png or .svg.")  # fmt: skip
@speaks
@reads_pages
def card(
    old: str,
    new: str,
    *,
    plain: bool,
    change: int | None,
    thread: bool,
    output: str,
    options: CompareOptions,
) -> None:
    """Draw one change between OLD and NEW as a picture of 1200 × 630, for a post.

    OLD and NEW are as for `revtrack diff`. The alternative text is printed, and in the file. Exit
    status: 0 drawn, 2 trouble.
    """
    path = Path(output)
    form = next((one for one in FORMS if path.suffix.lower() == f".{one}"), None)
    if form is None:
        raise click.UsageError(f"{output} is no picture: name a file that ends in .png or .svg")
    try:
        drawn = cards(
            compared(old, new, plain=plain, options=options), change=change, form=form, thread=thread
        )
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    for number, one in enumerate(drawn, 1):
        place = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        write_stream([one.picture], str(place))
        click.echo(f"{place}: {one.text}")
