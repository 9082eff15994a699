"""Tables: the changes of a revision or a history as flat rows, and those as CSV, JSON lines or Arrow.

A `Slim` history is its versions without their texts, and these rows. Each row is one change; `COLUMNS`
names and describes its columns. Cells are text, whole numbers, truth values or None, so that
any table library reads the rows directly.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import attrs

from revtrack.changes.kinds import Change, LinkChanged
from revtrack.changes.revision import Revision
from revtrack.errors import optional
from revtrack.history import History
from revtrack.model import Capture, Version

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COLUMNS",
    "Cell",
    "Row",
    "Slim",
    "SlimVersion",
    "as_arrow",
    "as_csv",
    "as_history",
    "as_json_lines",
    "as_parquet",
    "encodable",
    "rows",
    "slim",
]

Cell: TypeAlias = str | int | bool | None
Row: TypeAlias = dict[str, Cell]

COLUMNS = MappingProxyType(
    {
        "url": "the article's address, where it is known",
        "revision": "the number of the revision in its history, from 1",
        "change": "the number of the change in its revision, from 1",
        "made_after": "the last capture without the change, in UTC (ISO 8601)",
        "made_until": "the first capture with it",
        "kind": "the class of the change, such as TextEdited",
        "nature": "what is different, such as number or wording",
        "substantive": "whether a reader's understanding of the facts could differ",
        "state": "whether it was disclosed: disclosed, disclosed late, undisclosed and so on",
        "old": "the text before the change",
        "new": "the text after it",
        "notices": "the texts of the notices that explain it, or that may, one a line",
        "reason": "why the state is what it is",
        "link": "the text of the link whose target was changed",
        "rule": "the rule of revtrack that decided the nature",
        "old_start": "where its evidence begins in the old article's text, in characters from 0",
        "old_stop": "where it ends",
        "new_start": "where its evidence begins in the new article's text",
        "new_stop": "where it ends",
    }
)
"""The columns of a row, in order, with their descriptions."""

_NUMBERS = frozenset({"revision", "change", "old_start", "old_stop", "new_start", "new_stop"})
_TIMES = frozenset({"made_after", "made_until"})

_ACTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The first characters of a cell that a spreadsheet reads as a formula, with their wide forms."""


def rows(value: Revision | History) -> tuple[Row, ...]:
    """Every change of *value* as a row with the columns of `COLUMNS`."""
    revisions = value.revisions if isinstance(value, History) else (value,)
    url = value.url if isinstance(value, History) else None
    return tuple(
        _row(change, revision, number=number, place=place, url=url)
        for number, revision in enumerate(revisions, 1)
        for place, change in enumerate(revision.changes, 1)
    )


def _row(change: Change, revision: Revision, *, number: int, place: int, url: str | None) -> Row:
    notices = change.disclosed_by or change.possibly_by
    reasons = dict.fromkeys([one.reason for one in change.differences if one.reason])
    old, new = change.old_spans, change.new_spans
    cells: tuple[Cell, ...] = (
        url or revision.new.canonical_url or revision.new.url,
        *(number, place, _time(revision.interval.after), _time(revision.interval.until)),
        *(type(change).__name__, change.nature.value, change.substantive, change.state.value),
        *(change.old, change.new),
        "\n".join([notice.text for notice in notices]) or None,
        "; ".join(reasons) or None,
        change.text if isinstance(change, LinkChanged) else None,
        change.rule,
        *((old[0].start, old[-1].stop) if old else (None, None)),
        *((new[0].start, new[-1].stop) if new else (None, None)),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _time(value: datetime | None) -> str | None:
    if value is None:
        return None
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat()


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    """The rows as lines of CSV (RFC 4180), the names of the columns first.

    A text that a spreadsheet would read as a formula gets an apostrophe in front.
    """
    header: Row = {name: name for name in COLUMNS}
    for row in (header, *found):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(row[name]) for name in COLUMNS])
        yield line.getvalue()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(_ACTS) else text


def as_json_lines(found: Iterable[Row]) -> Iterator[str]:
    """The rows as JSON, one object a line; characters beyond ASCII are escaped."""
    for row in found:
        yield json.dumps(row) + "\n"


def as_arrow(found: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table: whole numbers, truth values and times in UTC have their own types.

    Raises `MissingExtraError` without the extra ``tables``.
    """
    pa = optional("pyarrow", extra="tables", purpose="an Arrow table")
    kinds = {name: pa.string() for name in COLUMNS}
    kinds |= dict.fromkeys(_NUMBERS, pa.int64()) | dict.fromkeys(_TIMES, pa.timestamp("us", tz="UTC"))
    kinds["substantive"] = pa.bool_()
    cells = [{name: _arrow_cell(name, row[name]) for name in COLUMNS} for row in found]
    return pa.Table.from_pylist(cells, schema=pa.schema([(name, kinds[name]) for name in COLUMNS]))


def _arrow_cell(name: str, cell: Cell) -> Cell | datetime:
    if isinstance(cell, str):
        return datetime.fromisoformat(cell) if name in _TIMES else encodable(cell)
    return cell


def encodable(text: str) -> str:
    """*text* with a question mark for each lone surrogate, which has no bytes in UTF-8."""
    return text.encode("utf-8", "replace").decode()


def as_parquet(found: Iterable[Row]) -> bytes:
    """The rows as a Parquet file. Raises as `as_arrow`."""
    table = as_arrow(found)
    pq = optional("pyarrow.parquet", extra="tables", purpose="a Parquet file")
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


# ------------------------------------------------------------------------------------- slim histories


@attrs.frozen
class SlimVersion:
    """A version without its text: number, headline, first and last capture, how many captures."""

    number: int
    headline: str | None
    first_seen: datetime | None
    last_seen: datetime | None
    captures: int


@attrs.frozen
class Slim:
    """A history without the texts of its versions, for programs that need only the changes.

    `changes` are rows with the columns of `COLUMNS`.
    """

    url: str | None
    versions: tuple[SlimVersion, ...]
    changes: tuple[Row, ...]


def slim(history: History) -> Slim:
    """The *history* without the texts of its versions."""
    versions = [
        SlimVersion(one.number, one.article.headline, one.first_seen, one.last_seen, len(one.captures))
        for one in history.versions
    ]
    return Slim(history.url, tuple(versions), rows(history))


def as_history(value: Revision | History) -> History:
    """*value*, a revision as a history of two versions."""
    if isinstance(value, History):
        return value
    versions = [
        Version(number, one, (Capture(one.url or one.canonical_url, one.captured_at),))
        for number, one in enumerate((value.old, value.new), 1)
    ]
    return History(tuple(versions), (value,))
