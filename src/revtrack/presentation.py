"""Presentation: how a result is shown in an interpreter, in `print` and in a notebook.

The words are those of the report, which is loaded when a result is shown for the first time; the
results themselves do not depend on it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Presented", "Tabular"]


class _Words(Protocol):
    def short(self, value: object, /) -> str: ...
    def lines(self, value: object, /) -> str: ...
    def notebook(self, value: object, /) -> str: ...


class _Tables(Protocol):
    def rows(self, value: object, /) -> tuple[dict[str, str | int | bool | None], ...]: ...
    def as_arrow(self, found: object, /) -> pa.Table: ...


def _words() -> _Words:
    return cast("_Words", import_module("revtrack.report.page"))


def _tables() -> _Tables:
    return cast("_Tables", import_module("revtrack.tables"))


class Presented:
    """A result with a short `repr`, a `str` of a few lines, and HTML for notebooks."""

    __slots__ = ()

    def __repr__(self) -> str:
        """One short line: its type and its counts."""
        return _words().short(self)

    def __str__(self) -> str:
        """A few lines, as the command line prints them."""
        return _words().lines(self)

    def _repr_html_(self) -> str:
        """HTML for a notebook: no script, everything escaped."""
        return _words().notebook(self)


class Tabular:
    """A result whose changes are rows of a table."""

    __slots__ = ()

    def records(self) -> tuple[dict[str, str | int | bool | None], ...]:
        """Every change as a flat row; `revtrack.tables.COLUMNS` describes each column."""
        return _tables().rows(self)

    def to_arrow(self) -> pa.Table:
        """The same rows as an Arrow table, for pandas, Polars or DuckDB; needs the extra ``tables``."""
        return _tables().as_arrow(self.records())
