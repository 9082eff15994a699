"""The command that publishes: `site`."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from revtrack.cli.options import reads_pages
from revtrack.cli.output import say
from revtrack.cli.places import histories
from revtrack.compare import CompareOptions
from revtrack.report.nouns import counted
from revtrack.report.site import TITLE, write_site

__all__ = ["site"]


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
