"""Shards: one result for each, whole or not at all, and a manifest that says what it was made from."""

from __future__ import annotations

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
from revtrack.corpus.batches import Row, as_results, compare_rows
from revtrack.corpus.files import read_manifest, whole, write_manifest
from revtrack.corpus.partition import captures_of, shard_digest
from revtrack.corpus.schema import FORM, RESULTS

__all__ = ["compare_shard", "rules_of"]

_BATCH = 200
"""Captures whose histories are made and written at once (range 50 to 5,000); a longer history is one
batch."""


def rules_of(options: CompareOptions) -> str:
    """What a result is made by: the library, the extractor, the site rules and what is compared."""
    extractor = options.body.extractor
    said = repr(options.site_rules)
    site_rules = "none" if options.site_rules is None else sha256(said.encode()).hexdigest()[:12]
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
    """Compare the histories of one shard and write its rows; its manifest.

    *names* are the manifests of the inputs in ``captures``. A result that was made of the same captures
    by the same rules is left as it is. Raises `OSError` or `pyarrow.ArrowException` where it cannot be
    read or written; there is no new result then.
    """
    inputs = [read_manifest(out / "captures" / name) for name in names]
    name = f"shard-{shard:05}"
    made = {"form": FORM, "rules": rules_of(options), "captures": shard_digest(shard, inputs)}
    results, bad = out / "results" / f"{name}.parquet", out / "bad" / f"{name}.parquet"
    kept = out / "manifests" / f"{name}.json"
    manifest = read_manifest(kept)
    is_there = results.is_file() and bad.is_file()
    if is_there and all(manifest.get(key) == value for key, value in made.items()):
        return manifest | {"is_new": False}
    kept.unlink(missing_ok=True)  # until there is a new one, no manifest vouches for the files
    counts: Counter[str] = Counter()
    with (
        whole(results) as draft,
        whole(bad) as bad_draft,
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
    write_manifest(kept, manifest)
    return manifest | {"is_new": True}


def _write(writer: pq.ParquetWriter, batch: pa.RecordBatch) -> None:
    if batch.num_rows:
        writer.write_batch(batch)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of whole articles, some articles at a time."""
    held: list[Row] = []
    for _, captures in groupby(rows, key=lambda row: row["article"]):
        held += captures
        if len(held) >= _BATCH:
            yield held
            held = []
    if held:
        yield held
