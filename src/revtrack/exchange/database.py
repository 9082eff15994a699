"""SQLite: the articles, versions and changes of many histories as one database, with full-text search.

Any SQLite program opens it; Datasette shows its links and search without configuration. The search
tables index `versions` and `changes`, and triggers update them when rows are edited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from revtrack.history import History
from revtrack.report.summary import title_of
from revtrack.tables import COLUMNS, Cell, encodable, rows, slim

__all__ = ["database"]

_PIECE = 2**20
_TABLES: dict[str, Sequence[str]] = {
    "articles": ("url", "headline", "versions", "first_seen", "last_seen"),
    "versions": ("number", "headline", "byline", "text", "first_seen", "last_seen", "captures"),
    "changes": tuple(COLUMNS),
}
_SEARCHED = {"versions": ("headline", "text"), "changes": ("old", "new", "notices")}
_UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages without spaces between words: their words are the text between two punctuation marks."""
_BY_WORDS, _BY_CHARACTERS = "unicode61 remove_diacritics 2", "trigram"


def database(histories: Iterable[History]) -> Iterator[bytes]:
    """The file of a database of *histories*, in pieces."""
    with TemporaryDirectory(prefix="revtrack-") as folder:
        path = Path(folder, "changes.db")
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript("\n".join(_tables()))
            languages = [_add(connection, number, one) for number, one in enumerate(histories, 1)]
            unspaced = sum([one in _UNSPACED for one in languages])
            trigrams = 2 * unspaced > len(languages) and sqlite3.sqlite_version_info >= (3, 34)
            cut = _BY_CHARACTERS if trigrams else _BY_WORDS
            connection.executescript("\n".join(_indexes(cut)))
        with path.open("rb") as stream:
            yield from iter(lambda: stream.read(_PIECE), b"")


def _tables() -> Iterator[str]:
    yield "PRAGMA user_version = 1;"
    for table, columns in _TABLES.items():
        of = "" if table == "articles" else "article INTEGER NOT NULL REFERENCES articles(id), "
        yield f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {of}{_names(columns)});"


def _indexes(tokenizer: str) -> Iterator[str]:
    for table, columns in _SEARCHED.items():
        names, index = _names(columns), f"{table}_fts"
        added = f"INTO {index} (rowid, {names}) VALUES (new.id, {_names(columns, 'new.')});"
        removed = (
            f"INTO {index} ({index}, rowid, {names}) "
            f"VALUES ('delete', old.id, {_names(columns, 'old.')});"
        )
        yield (
            f"CREATE VIRTUAL TABLE {index} USING fts5 ({names}, content='{table}', content_rowid='id', "
            f"tokenize='{tokenizer}');"
        )
        existing = f"INTO {index} ({index}) VALUES ('rebuild');"
        yield f"INSERT {existing}"
        for event, done in (("insert", [added]), ("delete", [removed]), ("update", [removed, added])):
            inserts = " ".join([f"INSERT {one}" for one in done])
            yield f"CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN {inserts} END;"


def _names(columns: Iterable[str], of: str = "") -> str:
    return ", ".join([f'{of}"{name}"' for name in columns])


def _add(connection: sqlite3.Connection, number: int, history: History) -> str:
    """Add *history* as the article *number*; returns its language, without the country."""
    versions = slim(history).versions
    seen = [one.isoformat() for v in versions for one in (v.first_seen, v.last_seen) if one]
    times = min(seen, default=None), max(seen, default=None)
    _insert(connection, "articles", (number, history.url, title_of(history), len(versions), *times))
    for one, version in zip(versions, history.versions, strict=True):
        article = version.article
        moments = [moment.isoformat() if moment else None for moment in (one.first_seen, one.last_seen)]
        about = (one.number, one.headline, article.byline, article.text)
        _insert(connection, "versions", (None, number, *about, *moments, one.captures))
    for row in rows(history):
        _insert(connection, "changes", (None, number, *row.values()))
    return (history.versions[-1].article.language or "").lower()[:2] if history.versions else ""


def _insert(connection: sqlite3.Connection, table: str, cells: tuple[Cell, ...]) -> None:
    sound = [encodable(cell) if isinstance(cell, str) else cell for cell in cells]
    places = ", ".join("?" * len(sound))
    connection.execute(f"INSERT INTO {table} VALUES ({places})", sound)  # noqa: S608 - our own names
