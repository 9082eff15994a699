"""Engines: what calls many tasks, on this machine or on others.

An engine schedules nothing itself, and does nothing again but a task whose worker died.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from queue import SimpleQueue
from typing import Any, Protocol

import attrs
import pyarrow as pa

from revtrack.errors import RevtrackError, optional

__all__ = ["Dask", "Engine", "Processes", "Spark"]

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
