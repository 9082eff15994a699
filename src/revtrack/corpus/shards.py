"""Shards: the captures of the inputs in the order of their shards, and one result for each shard.

The key of an article decides its shard, so a history is complete. Each input becomes one Parquet file
whose row groups have captures of one shard each, in canonical order; a manifest maps them.
Every file is written atomically, also when several workers write the same one, and a result
has a manifest of its sources.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import revtrack
from revtrack.compare import CompareOptions
from revtrack.corpus.batches import Row, as_results, canonical, compare_rows, keyed
from revtrack.corpus.inputs import captures_in, digest_of
from revtrack.corpus.schema import CAPTURES, FORM, RESULTS
from revtrack.report import atomic_file

__all__ = ["compare_shard", "partition", "read_manifest", "shard_of", "write_manifest"]


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Write *manifest* as JSON, atomically."""
    with atomic_file(path) as draft:
        draft.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest at *path*; empty where there is no readable one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


_BUFFER_BYTES = 128 * 2**20
"""Bytes of captures that are kept in memory before they are written (range 16 MiB and more): more give
larger row groups, which are read faster."""
_ROWS_READ = 32
"""Rows of a row group that are read at a time (range 8 to 1,024): more take more memory."""


def shard_of(article: str | None, shards: int) -> int:
    """The number of the shard of an article's key: the same in every process and on every machine."""
    return int.from_bytes(sha256((article or "").encode("utf-8", "replace")).digest()[:8]) % shards


def partition(path: Path, folder: Path, shards: int) -> dict[str, Any]:
    """Write the captures of the input *path* into *folder*; returns their manifest.

    Files that were written from the same content are kept. Raises like
    `revtrack.corpus.inputs.captures_in`.
    """
    digest = digest_of(path)
    name = f"{digest[:16]}-{shards}"
    manifest = read_manifest(folder / f"{name}.json")
    target = folder / f"{name}.parquet"
    if manifest.get("form") == FORM and manifest.get("digest") == digest and target.is_file():
        return manifest
    groups: list[dict[str, Any]] = []
    with atomic_file(target) as draft, pq.ParquetWriter(draft, CAPTURES, compression="zstd") as writer:
        for buffer in _buffers(captures_in(path)):
            buffer.sort(key=lambda row: (shard_of(row["article"], shards), canonical(row)))
            for shard, rows in groupby(buffer, key=lambda row: shard_of(row["article"], shards)):
                group = list(rows)
                table = pa.Table.from_pylist(group, schema=CAPTURES)
                writer.write_table(table, row_group_size=len(group))
                text = "\n".join([repr(canonical(row)) for row in group])
                made = sha256(text.encode("utf-8", "replace")).hexdigest()
                groups.append({"shard": shard, "rows": len(group), "digest": made})
    manifest = {
        "form": FORM,
        "input": path.name,
        "digest": digest,
        "file": target.name,
        "rows": sum([group["rows"] for group in groups]),
        "groups": groups,
    }
    write_manifest(folder / f"{name}.json", manifest)
    return manifest


def _buffers(rows: Iterable[Row]) -> Iterator[list[Row]]:
    buffer: list[Row] = []
    size = 0
    for row in map(keyed, rows):
        buffer.append(row)
        size += len(row["body"] or b"") + len(row["text"] or "") + 500
        if size > _BUFFER_BYTES:
            yield buffer
            buffer, size = [], 0
    if buffer:
        yield buffer


def shard_digest(shard: int, manifests: Iterable[dict[str, Any]]) -> str:
    """The digest of all captures of a shard, by the *manifests* of its inputs."""
    made = [
        one["digest"] for manifest in manifests for one in manifest["groups"] if one["shard"] == shard
    ]
    return sha256("\n".join(sorted(made)).encode()).hexdigest()


def captures_of(shard: int, folder: Path, manifests: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """The captures of a shard in canonical order; a few of each row group are in memory at once."""
    streams = []
    for manifest in manifests:
        numbers = [n for n, group in enumerate(manifest["groups"]) if group["shard"] == shard]
        streams += [_group(folder / manifest["file"], number) for number in numbers]
    return heapq.merge(*streams, key=canonical)


def _group(path: Path, number: int) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_READ, row_groups=[number]):
            yield from map(keyed, batch.to_pylist())


_BATCH = 200
"""Captures whose histories are made and written together (range 50 to 5,000); a longer history is one
batch."""


def rules_of(options: CompareOptions) -> str:
    """The rules of a result: the library, the extractor, the site rules and the compared fields."""
    extractor = options.body.extractor
    text = repr(options.site_rules)
    site_rules = "none" if options.site_rules is None else sha256(text.encode()).hexdigest()[:12]
    compared = [name for name in ("metadata", "links", "media") if getattr(options, name)]
    return (
        f"form {FORM}; revtrack {revtrack.__version__}; {extractor.name} {extractor.version}; "
        f"site rules {site_rules}; compared: text {' '.join(compared)}"
    )


def compare_shard(
    shard: int,
    out: Path,
    names: tuple[str, ...],
    options: CompareOptions,
) -> dict[str, Any]:
    """Compare the histories of one shard and write its rows; returns its manifest.

    *names* are the manifests of the inputs in ``captures``. A result of the same captures
    and the same rules is kept. Raises `OSError` or `pyarrow.ArrowException` where it cannot be
    read or written; there is no new result then.
    """
    inputs = [read_manifest(out / "captures" / name) for name in names]
    name = f"shard-{shard:05}"
    made = {"form": FORM, "rules": rules_of(options), "captures": shard_digest(shard, inputs)}
    results, bad = out / "results" / f"{name}.parquet", out / "bad" / f"{name}.parquet"
    manifest_path = out / "manifests" / f"{name}.json"
    manifest = read_manifest(manifest_path)
    exists = results.is_file() and bad.is_file()
    if exists and all(manifest.get(key) == value for key, value in made.items()):
        return manifest | {"is_new": False}
    manifest_path.unlink(missing_ok=True)  # until the new result is complete, there is no manifest
    counts: Counter[str] = Counter()
    with (
        atomic_file(results) as draft,
        atomic_file(bad) as bad_draft,
        pq.ParquetWriter(draft, RESULTS, compression="zstd") as writer,
        pq.ParquetWriter(bad_draft, RESULTS, compression="zstd") as bad_writer,
    ):
        for captures in _batches(captures_of(shard, out / "captures", inputs)):
            counts["rows"] += len(captures)
            counts["articles"] += len({row["article"] for row in captures} - {None})
            batch = as_results(compare_rows(captures, options=options))
            counts.update(batch["level"].to_pylist())
            is_bad = pc.equal(batch["level"], "bad")
            _write(writer, batch.filter(pc.invert(is_bad)))
            _write(bad_writer, batch.filter(is_bad))
    manifest = made | {"shard": shard, "counts": dict(counts)}
    write_manifest(manifest_path, manifest)
    return manifest | {"is_new": True}


def _write(writer: pq.ParquetWriter, batch: pa.RecordBatch) -> None:
    if batch.num_rows:
        writer.write_batch(batch)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of whole articles, some articles at a time."""
    buffer: list[Row] = []
    for _, captures in groupby(rows, key=lambda row: row["article"]):
        buffer += captures
        if len(buffer) >= _BATCH:
            yield buffer
            buffer = []
    if buffer:
        yield buffer
