"""Corpora: the histories of very many articles, as Arrow and Parquet. Needs the extra `corpus`.

`compare_batch` is the function that every engine calls: captures in, rows on versions, revisions and
changes out. `run` partitions captures into shards by article and compares each shard, on the processes
of one machine, on Dask or on Spark; `statistics` sums up what it wrote.
"""

from revtrack.errors import MissingExtraError

try:
    from revtrack.corpus.batches import compare_batch
    from revtrack.corpus.runs import Dask, Engine, Processes, Spark, run
    from revtrack.corpus.schema import CAPTURES, RESULTS
    from revtrack.corpus.summary import Estimate, OutletStatistics, statistics
except ModuleNotFoundError as error:
    raise MissingExtraError(
        extra="corpus", package=error.name or "pyarrow", purpose="a corpus"
    ) from error

__all__ = [
    "CAPTURES",
    "RESULTS",
    "Dask",
    "Engine",
    "Estimate",
    "OutletStatistics",
    "Processes",
    "Spark",
    "compare_batch",
    "run",
    "statistics",
]
