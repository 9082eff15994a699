"""The inputs of a corpus: Parquet, JSON lines, web archives, stores and the files of NewsEdits."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from html import unescape
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from revtrack.corpus.batches import Row, as_batch, encodable
from revtrack.corpus.schema import CAPTURES
from revtrack.errors import CodecError, SourceError, StoreError
from revtrack.exchange import read_lines
from revtrack.exchange.jsonlines import bounded_lines
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.sources import fetch_all, listed
from revtrack.store import Store
from revtrack.urls import identify

__all__ = ["captures_in", "digest_of", "expand"]

_BATCH = 256
"""Rows of a Parquet file that are read at a time (range 16 to 4,096): more take more memory."""


def expand(place: Path) -> list[Path]:
    """The inputs at *place*: the file itself, or the files of a folder that have a known ending.

    Raises `SourceError` where there are none.
    """
    found = sorted(place.iterdir()) if place.is_dir() else [place]
    found = [one for one in found if _reader_of(one) is not None]
    if not found or not all(one.is_file() for one in found):
        raise SourceError(
            f"{place} is not a corpus: expected a file, or a folder of files, that ends in "
            f"{', '.join([end for ends, _ in _READERS for end in ends])}",
            location=str(place),
        )
    return found


def captures_in(path: Path) -> Iterator[Row]:
    """The rows of the file *path*, in columns of `revtrack.corpus.CAPTURES`.

    A record that cannot be read is a row with its `reason`. Raises `OSError`, `pyarrow.ArrowException`,
    `sqlite3.Error` or `RevtrackError` where the file itself cannot be read.
    """
    reader = _reader_of(path)
    for number, row in enumerate(reader(path) if reader is not None else ()):
        yield {**row, "location": row.get("location") or f"{path.name}#{number}"}


def digest_of(path: Path) -> str:
    """The SHA-256 of the content of the file *path*; of a store, of the list of its observations."""
    if _reader_of(path) is _sqlite and not _is_newsedits(path):
        with Store.open(path, create=False, read_only=True) as store:
            listed_all = "\n".join([repr(row) for row in store.observations()])
        return sha256(listed_all.encode("utf-8", "replace")).hexdigest()
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _parquet(path: Path) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        columns = [name for name in CAPTURES.names if name in file.schema_arrow.names]
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
            yield from as_batch(batch).to_pylist()


# -------------------------------------------------------------------------------- JSON lines


def _json_lines(path: Path) -> Iterator[Row]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        for line in bounded_lines(cast("IO[bytes]", stream)):
            yield from _line(line)


def _line(line: bytes) -> Iterator[Row]:
    """A line of `revtrack export`, or an object with the columns of captures."""
    try:
        found = json.loads(line) if line.strip() else None
    except (ValueError, RecursionError) as error:
        yield {"reason": f"the line is not JSON: {error}"}
        return
    if found is None:
        return
    if not isinstance(found, dict):
        yield {"reason": "the line is not a JSON object"}
    elif found.get("type") in {Snapshot.__name__, Screened.__name__}:
        yield from _observation_rows(read_lines([line]))
    else:
        yield _object(found)


def _object(found: Row) -> Row:
    row = {name: encodable(value) for name, value in found.items() if name in CAPTURES.names}
    moment = row.get("captured_at")
    try:
        row["captured_at"] = None if moment is None else _time(moment)
        for field in CAPTURES:  # a wrong value is one bad row, and does not make the batch fail
            pa.scalar(row.get(field.name), field.type)
    except (ValueError, TypeError, OverflowError, OSError, pa.ArrowException) as error:
        known = {name: row.get(name) for name in ("article", "url") if isinstance(row.get(name), str)}
        return {"reason": f"a column has a wrong value: {error}"} | known
    return row


def _time(value: Any) -> datetime:
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


# --------------------------------------------------------------------- web archives, stores


def _archive(path: Path) -> Iterator[Row]:
    from revtrack.sources.warc import Warc  # noqa: PLC0415 # needs the extra `archive`

    source = Warc(path)
    entries = list(listed(source))
    yield from _observation_rows([one for one in entries if isinstance(one, Screened)])
    yield from _observation_rows(
        fetch_all(source, [one for one in entries if isinstance(one, Capture)])
    )


def _observation_rows(rows: Iterable[Snapshot | Screened | CodecError]) -> Iterator[Row]:
    for one in rows:
        if isinstance(one, CodecError):
            yield {"reason": str(one)}
        elif isinstance(one, Snapshot):
            yield {
                **_where(one.capture),
                "status": one.status,
                "content_type": one.content_type,
                "body": one.body,
            }
        elif one.reason is not ScreenReason.NO_CAPTURE:  # a picture or a style sheet is not a capture
            yield {**_where(one.capture), "reason": one.detail}


def _where(capture: Capture) -> Row:
    return {
        "url": capture.url,
        "captured_at": capture.captured_at,
        "location": capture.location,
    }


def _sqlite(path: Path) -> Iterator[Row]:
    if _is_newsedits(path):
        yield from _newsedits(path)
        return
    with Store.open(path, create=False, read_only=True) as store:
        for article in store.articles():
            key = identify(article.url).key
            for observation in store.observations(article.url):
                try:
                    rows = list(_observation_rows([store.recall(observation)]))
                except StoreError as error:  # its page is damaged
                    rows = [{**_where(observation.capture), "reason": str(error)}]
                yield from ({**row, "article": key} for row in rows)


# ------------------------------------------------------------------------------- NewsEdits


def _is_newsedits(path: Path) -> bool:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return bool(
            connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entryversion'").fetchall()
        )


def _newsedits(path: Path) -> Iterator[Row]:
    """The table `entryversion` of a NewsEdits file: one row for each version.

    Columns that a file lacks are null. `summary` is the text, its paragraphs in ``<p>``.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        for found in connection.execute("SELECT * FROM entryversion ORDER BY entry_id, version"):
            row = {name.lower(): found[name] for name in found.keys()}  # noqa: SIM118 # a Row has no items
            outlet = str(row.get("source") or path.name.partition(".")[0])
            entry = row.get("entry_id")
            made = _object(
                {
                    "article": f"{outlet}/{entry}",
                    "outlet": outlet,
                    "url": row.get("url"),
                    "captured_at": row.get("created"),
                    "number": row.get("version"),
                    "headline": row.get("title"),
                    "text": _paragraphs(row.get("summary")),
                }
            )
            yield {**made, "location": f"{path.name}#{entry}-{row.get('version')}"}


def _paragraphs(summary: Any) -> str | None:
    if not isinstance(summary, str):
        return None
    parts = summary.replace("<p>", "\n\n").replace("</p>", "\n\n")
    return unescape(parts).strip() or None


_READERS: tuple[tuple[tuple[str, ...], Callable[[Path], Iterator[Row]]], ...] = (
    ((".parquet",), _parquet),
    ((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), _json_lines),
    ((".warc", ".warc.gz", ".wacz"), _archive),
    ((".db", ".sqlite", ".sqlite3"), _sqlite),
)


def _reader_of(path: Path) -> Callable[[Path], Iterator[Row]] | None:
    name = path.name.lower()
    return next((reader for endings, reader in _READERS if name.endswith(endings)), None)
