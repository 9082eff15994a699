"""Pages that are named on the command line: files and standard input."""

from __future__ import annotations

import contextlib
import sys
from pathlib import PurePath

import click

from revtrack.compare import CompareOptions
from revtrack.errors import CaptureDateError, ExtractionError
from revtrack.extract import extract, from_text
from revtrack.extract.encoding import decode
from revtrack.model import Article, Capture, ScreenReason, Snapshot
from revtrack.sources.files import BODY_LIMIT, read_page, unpacked
from revtrack.sources.names import captured_at, content_type_of

__all__ = ["read_article", "read_snapshot"]

STDIN = "-"


def read_article(
    argument: str,
    *,
    options: CompareOptions,
    plain: bool = False,
    url: str | None = None,
    earlier: Article | None = None,
) -> Article:
    """The article in the file *argument*, or in standard input for `-`.

    *plain* says that it is text whatever its name, *options* how a page is read, *earlier* is as for
    `extract`. Raises `SourceError` when it cannot be read and `ExtractionError` when it holds no
    article; both say which input they mean.
    """
    if plain:
        name = _name_of(argument)
        return _plain_article(_body_of(argument, name), name)
    snapshot = read_snapshot(argument, url=url)
    try:
        return extract(
            snapshot, url=url, body=options.body, site_rules=options.site_rules, earlier=earlier
        )
    except ExtractionError as error:
        said = f"{snapshot.capture.location}: {error}"
        raise ExtractionError(said, reason=error.reason, url=url) from error


def read_snapshot(argument: str, *, url: str | None = None) -> Snapshot:
    """The page in the file *argument*, or in standard input for `-`.

    The file's own name says when it was captured and whether it is Markdown or plain text. Raises
    `SourceError`, which says which input it means, when it cannot be read.
    """
    name = _name_of(argument)
    moment = None
    with contextlib.suppress(CaptureDateError):  # a date in the file's name is welcome, not needed
        moment = captured_at(PurePath(name).name)
    capture = Capture(url=url, captured_at=moment, source="file", location=name)
    return Snapshot(capture, _body_of(argument, name), content_type=content_type_of(name))


def _name_of(argument: str) -> str:
    return "standard input" if argument == STDIN else argument


def _body_of(argument: str, name: str) -> bytes:
    if argument == STDIN:
        return unpacked(sys.stdin.buffer.read(BODY_LIMIT + 1), location=name)
    if argument.lower().startswith(("http://", "https://")):
        raise click.UsageError(
            f"{argument} is an address: save the page to a file and pass the file, or follow the "
            "article with `revtrack track`."
        )
    return read_page(argument)


def _plain_article(body: bytes, name: str) -> Article:
    text, _ = decode(body)
    if "\0" in text:
        raise ExtractionError(
            f"{name}: this is not text (it holds NUL characters)", reason=ScreenReason.NOT_HTML
        )
    return from_text(text)
