"""run: the captures of some inputs, partitioned into shards, each shard compared by an engine.

An engine runs many tasks, on this machine or on others. It schedules nothing itself, and repeats
only a task whose worker died.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol

import attrs
import pyarrow as pa

from revtrack.compare import CompareOptions
from revtrack.corpus.inputs import expand
from revtrack.corpus.shards import compare_shard, partition, read_manifest, write_manifest
from revtrack.errors import ExchangeError, RevtrackError, optional, reason_of
from revtrack.records import CorpusTask

__all__ = ["Dask", "Engine", "Processes", "Spark", "run"]


Task = Callable[[], Any]
"""A function that can be pickled and returns its error instead of raising it."""
Runner = Callable[[Sequence[Task]], Iterator[tuple[int, Any]]]
"""Gives the number and the result of each task as it ends; a `RevtrackError` where its workers died."""

_TRIES = 3
"""How often a task is started whose worker is killed each time (range 2 to 5)."""


class Engine(Protocol):
    """What runs tasks."""

    def open(self) -> AbstractContextManager[Runner]:
        """The engine, ready to run tasks until the context ends."""


def _worker_error(error: BaseException) -> RevtrackError:
    return RevtrackError(
        f"its worker died repeatedly ({type(error).__name__}), perhaps for lack of memory: "
        "resume the run with fewer workers"
    )


@attrs.frozen
class Processes:
    """Processes of this machine; with one worker, this process."""

    workers: int = attrs.field(factory=lambda: os.cpu_count() or 1)

    @contextmanager
    def open(self) -> Iterator[Runner]:
        """See `Engine`. Each worker has a pool of its own: if it dies, only its own task does."""
        if self.workers <= 1:
            yield lambda tasks: ((number, task()) for number, task in enumerate(tasks))
            return
        idle: SimpleQueue[_Worker] = SimpleQueue()
        workers = [_Worker() for _ in range(self.workers)]
        with ThreadPoolExecutor(self.workers) as threads:

            def call(task: Task) -> Any:
                worker = idle.get()
                try:
                    return worker.call(task)
                finally:
                    idle.put(worker)

            def run(tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
                running = {threads.submit(call, task): number for number, task in enumerate(tasks)}
                yield from ((running[done], done.result()) for done in as_completed(running))

            for worker in workers:
                idle.put(worker)
            try:
                yield run
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.close()


class _Worker:
    """A process that is started on first use, and again after it died."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None

    def call(self, task: Task) -> Any:
        """The result of *task*, or an error where the process died each time."""
        spawn_context = multiprocessing.get_context("spawn")  # threads and Arrow do not survive a fork
        for _ in range(_TRIES):
            self.pool = self.pool or ProcessPoolExecutor(1, mp_context=spawn_context)
            try:
                return self.pool.submit(task).result()
            except BrokenProcessPool as error:
                self.close()
                failure = _worker_error(error)
        return failure

    def close(self) -> None:
        """End the process when its task has ended."""
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = None


@attrs.frozen
class Dask:
    """A Dask cluster: that at *scheduler*, or one of *workers* processes on this machine.

    A cluster on this machine binds to loopback and opens no dashboard. The certificates for a
    *scheduler* at ``tls://…`` are those of Dask's own configuration.
    """

    scheduler: str | None = None
    workers: int = attrs.field(factory=lambda: os.cpu_count() or 1)

    @contextmanager
    def open(self) -> Iterator[Runner]:
        """See `Engine`. Raises `OSError` where the scheduler does not answer."""
        distributed = optional("distributed", extra="dask", purpose="the engine dask")
        local = {
            "n_workers": self.workers,
            "threads_per_worker": 1,
            "host": "127.0.0.1",
            "dashboard_address": None,
        }
        with distributed.Client(self.scheduler, **({} if self.scheduler else local)) as client:

            def run(tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
                running = {client.submit(task, pure=False): n for n, task in enumerate(tasks)}
                for done in distributed.as_completed(list(running)):
                    failed = done.exception()
                    if failed is not None and not isinstance(failed, distributed.KilledWorker):
                        raise failed
                    yield running[done], done.result() if failed is None else _worker_error(failed)

            yield run


@attrs.frozen
class Spark:
    """Spark, by `mapInArrow`. *master* is ``local[2]``, ``spark://…`` or None for the configuration's.

    Local Spark binds to loopback; it opens no page of its own.
    """

    master: str | None = None

    @contextmanager
    def open(self) -> Iterator[Runner]:
        """See `Engine`."""
        spark = optional("pyspark.sql", extra="spark", purpose="the engine spark")
        builder = spark.SparkSession.builder.appName("revtrack corpus").config(
            "spark.ui.enabled", "false"
        )
        if self.master is not None:
            builder = builder.master(self.master)
        if (self.master or "").startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()

        def run(tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
            rows = [(number, bytearray(pickle.dumps(task))) for number, task in enumerate(tasks)]
            parts = session.sparkContext.parallelize(rows, max(1, len(rows)))
            frame = session.createDataFrame(parts, "number long, task binary")
            # collected, as an iterator would start a task only when the previous one has ended
            for row in frame.mapInArrow(_call_tasks, "number long, result binary").collect():
                yield row["number"], pickle.loads(row["result"])  # noqa: S301 # made by `_call_tasks`

        try:
            yield run
        finally:
            session.stop()


def _call_tasks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Call the pickled tasks of Arrow batches, one after another."""
    for batch in batches:
        for row in batch.to_pylist():
            result = pickle.dumps(pickle.loads(row["task"])())  # noqa: S301 # made by `Spark.open`
            yield pa.RecordBatch.from_pydict({"number": [row["number"]], "result": [result]})


SHARDS = 64
"""Shards of a corpus (range 1 to 100,000). A shard is the unit that is repeated after a failure, so it
should take some minutes; its captures are never all in memory."""


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
    shard, ``out/bad`` the rows that could not be used, ``out/manifests`` the sources of each. Workers
    on other machines need *inputs* and *out* at the same paths. Gives the outcome of each task as it
    ends, first those of the inputs; *begun* is called with the name of each step and the number of its
    tasks. No shard is compared where an input failed.

    With *resume*, results of the same captures and the same rules are kept. Raises
    `ExchangeError` where *out* contains a run and *resume* is not given, or a run of another number of
    *shards*, or other files; `SourceError` for an invalid input.
    """
    folder = Path(out).resolve()
    files = sorted({one.resolve() for place in inputs for one in expand(Path(place))})
    _prepare(folder, shards, resume=resume)
    begun = begun or (lambda _step, _tasks: None)
    with (engine or Processes()).open() as runner:
        begun("reading inputs", len(files))
        names: set[str] = set()
        is_complete = True
        reading = {str(path): partial(_partition, path, folder, shards) for path in files}
        for outcome in _outcomes(runner, reading):
            yield outcome
            names |= {outcome.manifest} if outcome.manifest is not None else set()
            is_complete = is_complete and outcome.failure is None
        if is_complete:
            for part in ("results", "bad", "manifests"):
                (folder / part).mkdir(exist_ok=True)
            begun("comparing shards", shards)
            arguments = tuple(sorted(names)), options or CompareOptions()
            comparing = {f"shard {n}": partial(_compare, n, folder, *arguments) for n in range(shards)}
            yield from _outcomes(runner, comparing)


def _prepare(folder: Path, shards: int, *, resume: bool) -> None:
    """Prepare *folder* for a run of this many shards."""
    existing = read_manifest(folder / "run.json")
    problem = None
    if existing and not resume:
        problem = "contains a corpus run: resume it (--resume)"
    elif existing and existing.get("shards") != shards:
        problem = f"contains a run of {existing.get('shards')} shards, not {shards}: use that number"
    elif not existing and folder.exists() and any(folder.iterdir()):
        problem = "is not empty and contains no corpus run: empty it"
    if problem is not None:
        raise ExchangeError(f"{folder} {problem}, or choose another folder", location=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    if not existing:
        write_manifest(folder / "run.json", {"shards": shards})
    (folder / "captures").mkdir(exist_ok=True)


def _outcomes(runner: Runner, tasks: Mapping[str, Callable[[], CorpusTask]]) -> Iterator[CorpusTask]:
    names = list(tasks)
    for number, found in runner(list(tasks.values())):
        has_died = isinstance(found, RevtrackError)
        yield CorpusTask(names[number], failure=str(found)) if has_died else found


def _partition(path: Path, folder: Path, shards: int) -> CorpusTask:
    try:
        manifest = partition(path, folder / "captures", shards)
    except Exception as error:  # noqa: BLE001 # one input never ends the run of the others
        return CorpusTask(str(path), failure=reason_of(error))
    return CorpusTask(
        str(path), {"rows": manifest["rows"]}, manifest=manifest["file"].replace("parquet", "json")
    )


def _compare(number: int, folder: Path, names: tuple[str, ...], options: CompareOptions) -> CorpusTask:
    task = f"shard {number}"
    try:
        outcome: dict[str, Any] = compare_shard(number, folder, names, options)
    except MemoryError:
        return CorpusTask(task, failure="out of memory: resume the run with fewer workers")
    except Exception as error:  # noqa: BLE001 # one shard never ends the run of the others
        return CorpusTask(task, failure=reason_of(error))
    return CorpusTask(task, outcome["counts"], is_new=outcome["is_new"])
