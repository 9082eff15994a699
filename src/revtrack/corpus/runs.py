"""run: the captures of some inputs, partitioned into shards, each shard compared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from revtrack.compare import CompareOptions
from revtrack.corpus.engines import Engine, Processes, Runner
from revtrack.corpus.inputs import expand
from revtrack.corpus.shards import compare_shard, partition, read_manifest, write_manifest
from revtrack.errors import ExchangeError, RevtrackError, reason_of
from revtrack.records import CorpusTask

__all__ = ["SHARDS", "run"]

SHARDS = 64
"""Shards of a corpus (range 1 to 100,000). A shard is what is done again after a failure, so it should
take some minutes; its captures are never in memory at once."""


def run(
    inputs: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    shards: int = SHARDS,
    engine: Engine | None = None,
    resume: bool = False,
    options: CompareOptions | None = None,
    begun: Callable[[str, int], None] | None = None,
) -> Iterator[CorpusTask]:
    """Compare the histories in *inputs* and write their rows into the folder *out*.

    *inputs* are files, or folders of files: Parquet, JSON lines, web archives, stores, NewsEdits. The
    captures are partitioned into *shards* by article; ``out/results`` gets one Parquet file for each
    shard, ``out/bad`` the rows that could not be used, ``out/manifests`` what each was made of. Workers
    on other machines need *inputs* and *out* at the same paths. Gives the outcome of each task as it
    ends, first those of the inputs; *begun* is called with the name of each step and the number of its
    tasks. No shard is compared where an input failed.

    With *resume*, results that were made of the same captures by the same rules are kept. Raises
    `ExchangeError` where *out* holds a run and *resume* is not given, or a run of another number of
    *shards*, or something else; `SourceError` for an input that is none.
    """
    folder = Path(out).resolve()
    files = sorted({one.resolve() for place in inputs for one in expand(Path(place))})
    _settle(folder, shards, resume=resume)
    begun = begun or (lambda _step, _tasks: None)
    with (engine or Processes()).open() as runner:
        begun("reading inputs", len(files))
        names: set[str] = set()
        is_whole = True
        reading = {str(path): partial(_partition, path, folder, shards) for path in files}
        for outcome in _outcomes(runner, reading):
            yield outcome
            names |= {outcome.manifest} if outcome.manifest is not None else set()
            is_whole = is_whole and outcome.failure is None
        if is_whole:
            begun("comparing shards", shards)
            made = tuple(sorted(names)), options or CompareOptions()
            comparing = {f"shard {n}": partial(_compare, n, folder, *made) for n in range(shards)}
            yield from _outcomes(runner, comparing)


def _settle(folder: Path, shards: int, *, resume: bool) -> None:
    """Make *folder* the place of a run of so many shards."""
    known = read_manifest(folder / "run.json")
    wrong = None
    if known and not resume:
        wrong = "holds a corpus run: resume it (--resume)"
    elif known and known.get("shards") != shards:
        wrong = f"holds a run of {known.get('shards')} shards, not {shards}: ask for as many"
    elif not known and folder.exists() and any(folder.iterdir()):
        wrong = "is not empty and holds no corpus run: empty it"
    if wrong is not None:
        raise ExchangeError(f"{folder} {wrong}, or choose another folder", location=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    if not known:
        write_manifest(folder / "run.json", {"shards": shards})
    for part in ("captures", "results", "bad", "manifests"):
        (folder / part).mkdir(exist_ok=True)


def _outcomes(runner: Runner, tasks: Mapping[str, Callable[[], CorpusTask]]) -> Iterator[CorpusTask]:
    names = list(tasks)
    for number, found in runner(list(tasks.values())):
        is_dead = isinstance(found, RevtrackError)
        yield CorpusTask(names[number], failure=str(found)) if is_dead else found


def _partition(path: Path, folder: Path, shards: int) -> CorpusTask:
    try:
        made = partition(path, folder / "captures", shards)
    except Exception as error:  # noqa: BLE001 # one input never ends the run of the others
        return CorpusTask(str(path), failure=reason_of(error))
    return CorpusTask(
        str(path), {"rows": made["rows"]}, manifest=made["file"].replace("parquet", "json")
    )


def _compare(number: int, folder: Path, names: tuple[str, ...], options: CompareOptions) -> CorpusTask:
    task = f"shard {number}"
    try:
        made: dict[str, Any] = compare_shard(number, folder, names, options)
    except Exception as error:  # noqa: BLE001 # one shard never ends the run of the others
        return CorpusTask(task, failure=reason_of(error))
    return CorpusTask(task, made["counts"], is_new=made["is_new"])
