"""Partition: the captures of one input, put in the order of their shards.

A shard is what an article's key falls into, so a history is whole. Each input becomes one Parquet file
whose row groups hold captures of one shard each, in canonical order; a manifest says which is which.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from revtrack.corpus.batches import Row, canonical, keyed
from revtrack.corpus.files import read_manifest, whole, write_manifest
from revtrack.corpus.inputs import captures_in, digest_of
from revtrack.corpus.schema import CAPTURES, FORM

__all__ = ["captures_of", "partition", "shard_digest", "shard_of"]

_HELD = 128 * 2**20
"""Bytes of captures that are held in memory before they are written (range 16 MiB and more): more give
larger row groups, which are read faster."""
_READ = 32
"""Rows of a row group that are read at once (range 8 to 1,024): more take more memory."""


def shard_of(article: str | None, shards: int) -> int:
    """The number of the shard of an article's key: the same in every process and on every machine."""
    return int.from_bytes(sha256((article or "").encode("utf-8", "replace")).digest()[:8]) % shards


def partition(path: Path, folder: Path, shards: int) -> dict[str, Any]:
    """Write the captures of the input *path* into *folder*; the manifest of what was written.

    What was written of the same content before is left as it is. Raises as
    `revtrack.corpus.inputs.captures_in`.
    """
    digest = digest_of(path)
    name = f"{digest[:16]}-{shards}"
    manifest = read_manifest(folder / f"{name}.json")
    target = folder / f"{name}.parquet"
    if manifest.get("form") == FORM and manifest.get("digest") == digest and target.is_file():
        return manifest
    groups: list[dict[str, Any]] = []
    with whole(target) as draft, pq.ParquetWriter(draft, CAPTURES, compression="zstd") as writer:
        for held in _held(captures_in(path)):
            held.sort(key=lambda row: (shard_of(row["article"], shards), canonical(row)))
            for shard, rows in groupby(held, key=lambda row: shard_of(row["article"], shards)):
                group = list(rows)
                table = pa.Table.from_pylist(group, schema=CAPTURES)
                writer.write_table(table, row_group_size=len(group))
                said = "\n".join([repr(canonical(row)) for row in group])
                made = sha256(said.encode("utf-8", "replace")).hexdigest()
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


def _held(rows: Iterable[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    size = 0
    for row in map(keyed, rows):
        held.append(row)
        size += len(row["body"] or b"") + len(row["text"] or "") + 500
        if size > _HELD:
            yield held
            held, size = [], 0
    if held:
        yield held


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
        for batch in file.iter_batches(batch_size=_READ, row_groups=[number]):
            yield from map(keyed, batch.to_pylist())
