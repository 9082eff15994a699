"""run: the captures of some inputs, partitioned into shards, each shard compared by an engine.

An engine calls many tasks, on this machine or on others. It schedules nothing itself, and does nothing
again but a task whose worker died.
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
"""It can be pickled, and returns what went wrong instead of raising."""
Runner = Callable[[Sequence[Task]], Iterator[tuple[int, Any]]]
"""Gives the number and the result of each task as it ends; a `RevtrackError` where its workers died."""

_TRIES = 3
"""How often a task is begun whose worker is killed each time (range 2 to 5)."""


class Engine(Protocol):
    """What runs tasks."""

    def open(self) -> AbstractContextManager[Runner]:
        """The engine, ready to run tasks until the context ends."""


def _died(error: BaseException) -> RevtrackError:
    return RevtrackError(
        f"its worker died again and again ({type(error).__name__}), perhaps for lack of memory: "
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
    """A process that is begun when it is first needed, and anew where it died."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None

    def call(self, task: Task) -> Any:
        """The result of *task*, or an error where the process died each time."""
        spawning = multiprocessing.get_context("spawn")  # threads and Arrow do not survive a fork
        for _ in range(_TRIES):
            self.pool = self.pool or ProcessPoolExecutor(1, mp_context=spawning)
            try:
                return self.pool.submit(task).result()
            except BrokenProcessPool as error:
                self.close()
                died = _died(error)
        return died

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
                    yield running[done], done.result() if failed is None else _died(failed)

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
            # collected, as an iterator would begin one task when the one before has ended
            for row in frame.mapInArrow(_called, "number long, result binary").collect():
                yield row["number"], pickle.loads(row["result"])  # noqa: S301 # made by `_called`

        try:
            yield run
        finally:
            session.stop()


def _called(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Call the pickled tasks of Arrow batches, one after another."""
    for batch in batches:
        for row in batch.to_pylist():
            result = pickle.dumps(pickle.loads(row["task"])())  # noqa: S301 # made by `Spark.open`
            yield pa.RecordBatch.from_pydict({"number": [row["number"]], "result": [result]})


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
            for part in ("results", "bad", "manifests"):
                (folder / part).mkdir(exist_ok=True)
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
    (folder / "captures").mkdir(exist_ok=True)


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
    except MemoryError:
        return CorpusTask(task, failure="out of memory: resume the run with fewer workers")
    except Exception as error:  # noqa: BLE001 # one shard never ends the run of the others
        return CorpusTask(task, failure=reason_of(error))
    return CorpusTask(task, made["counts"], is_new=made["is_new"])
