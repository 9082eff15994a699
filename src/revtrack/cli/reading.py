"""How pages are read: the options of every command that extracts articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from revtrack.compare import CompareOptions
from revtrack.extract import BodyExtractor, BuiltInBody, TrafilaturaBody

__all__ = ["reads_pages"]

_BODIES: dict[str, Callable[[], BodyExtractor]] = {
    "revtrack": BuiltInBody,
    "trafilatura": TrafilaturaBody,
}


def reads_pages(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options on how pages are read; it gets them as one, named `options`."""

    @click.option("--body", type=click.Choice(list(_BODIES)), default="revtrack", show_default=True,
                  help="What finds the text of the article on a page.")  # fmt: skip
    @wraps(command)
    def read(*arguments: Any, body: str, **chosen: Any) -> None:
        command(*arguments, options=CompareOptions(body=_BODIES[body]()), **chosen)

    return read
