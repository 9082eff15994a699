"""How pages are read: the options of every command that extracts articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from revtrack.compare import CompareOptions
from revtrack.extract import BodyExtractor, BuiltInBody, SiteRules, TrafilaturaBody

__all__ = ["reads_pages"]

_BODIES: dict[str, Callable[[], BodyExtractor]] = {
    "revtrack": BuiltInBody,
    "trafilatura": TrafilaturaBody,
}


def reads_pages(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options on how pages are read; it gets them as one, named `options`."""

    @click.option("--body", type=click.Choice(list(_BODIES)), default="revtrack", show_default=True,
                  help="What finds the text of the article on a page.")  # fmt: skip
    @click.option("--site-rules", metavar="FILE",
                  help="Read pages by the site rules in FILE (TOML).")  # fmt: skip
    @wraps(command)
    def read(*arguments: Any, body: str, site_rules: str | None, **chosen: Any) -> None:
        rules = SiteRules.load(site_rules) if site_rules is not None else None
        options = CompareOptions(body=_BODIES[body](), site_rules=rules)
        command(*arguments, options=options, **chosen)

    return read
