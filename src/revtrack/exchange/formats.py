"""Formats: what `--format` writes of changes for other programs, in one table.

Each writes any number of histories, in pieces; a single revision is a history of two versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

from revtrack import tables
from revtrack.exchange.annotations import annotation_page
from revtrack.exchange.criticmarkup import critic_markups
from revtrack.exchange.database import database
from revtrack.exchange.newsml import news_message
from revtrack.exchange.worddiff import word_diff
from revtrack.history import History
from revtrack.tables import Row

__all__ = ["FORMATS", "Format"]

Format: TypeAlias = Callable[[Iterable[History]], Iterable[str | bytes]]


def _each(write: Callable[[History], str]) -> Format:
    """A format in which each history is a separate part, followed by a line end."""
    return lambda histories: (write(one).rstrip("\n") + "\n" for one in histories)


def _rows(histories: Iterable[History]) -> Iterator[Row]:
    return chain.from_iterable(map(tables.rows, histories))


def _slim(history: History) -> str:
    from revtrack import codec  # noqa: PLC0415 - slow to import

    return codec.dumps(tables.slim(history))


FORMATS: MappingProxyType[str, Format] = MappingProxyType(
    {
        "json-slim": _each(_slim),
        "csv": lambda histories: tables.as_csv(_rows(histories)),
        "jsonl": lambda histories: tables.as_json_lines(_rows(histories)),
        "parquet": lambda histories: [tables.as_parquet(_rows(histories))],
        "sqlite": database,
        "annotations": annotation_page,
        "newsml": news_message,
        "criticmarkup": _each(critic_markups),
        "word-diff": _each(lambda history: "".join(map(word_diff, history.revisions))),
    }
)
"""The writer of each format by its name on the command line; the reference describes them."""
