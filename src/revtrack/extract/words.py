"""The words of a site's machinery, from the data files of this package: phrases by matter and language.

A language that a file lacks loses precision and nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from revtrack.notices.phrases import alternation

__all__ = ["finder", "tables", "words"]


@cache
def tables(name: str) -> dict[str, Any]:
    """The tables of the data file called *name*; read when first asked for."""
    import tomllib  # noqa: PLC0415 # slow to import, and needed once

    return tomllib.loads(files("revtrack.extract").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, table: str) -> frozenset[str]:
    """The words of one *table* of a file, of all languages."""
    return frozenset([word for of_language in tables(name)[table].values() for word in of_language])


@cache
def finder(name: str, table: str) -> re.Pattern[str]:
    """What finds the words of one *table* of a file in a folded text, in one pass."""
    return re.compile(alternation(words(name, table), (), ends=("", "")))
