"""Dask and Spark, really started: the same rows as one process, and a cluster that lets nobody in."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.corpus.made import ROOT, SHARDS, command, corpus_file, finished, python_with, rows_of


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus."""
    return corpus_file(tmp_path_factory.mktemp("corpus"), articles=6, seed=3)


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Its rows, by one process."""
    out = tmp_path_factory.mktemp("expected") / "out"
    finished([source], out)
    return rows_of(out)


def test_dask_with_two_worker_processes_gives_the_same(
    source: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A local cluster of two processes gives what one process gives."""
    words = ["run", source, tmp_path / "out", "--shards", SHARDS, "--engine", "dask", "--workers", 2]
    done = command(python_with("dask"), *words)
    assert done.returncode == 0, done.stderr
    assert rows_of(tmp_path / "out") == expected


def test_spark_gives_the_same(source: Path, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    """Spark on two cores of this machine gives what one process gives."""
    words = ["run", source, tmp_path / "out", "--shards", SHARDS, "--engine", "spark"]
    done = command(python_with("spark"), *words, "--scheduler", "local[2]")
    assert done.returncode == 0, done.stderr
    assert rows_of(tmp_path / "out") == expected


# ------------------------------------------------------------------------------- a cluster by TLS


def _certificates(folder: Path) -> dict[str, str]:
    """Files of an authority of our own and of one certificate, as Dask's configuration names them."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    issued.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    files = {"TLS__CA_FILE": "ca.pem", "REQUIRE_ENCRYPTION": "True"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        files |= {f"TLS__{role}__CERT": "both.pem", f"TLS__{role}__KEY": "both.pem"}
    return {
        f"DASK_DISTRIBUTED__COMM__{name}": value if value == "True" else str(folder / value)
        for name, value in files.items()
    }


@contextmanager
def _cluster(python: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A scheduler and two workers on loopback; the scheduler's address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    address = f"tls://127.0.0.1:{port}"
    at_home = ["--host", "tls://127.0.0.1", "--no-dashboard"]
    programs = [
        ["scheduler", "--port", str(port), *at_home],
        *[["worker", address, "--nthreads", "1", "--local-directory", str(folder), *at_home]] * 2,
    ]
    with ExitStack() as running, (folder / "log").open("wb") as log:
        for words in programs:
            program = running.enter_context(
                subprocess.Popen(
                    [python, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
                    cwd=ROOT,
                    env=os.environ | environment,
                    stdout=log,
                    stderr=log,
                )
            )
            running.callback(program.terminate)
            if words[0] == "scheduler":
                _wait_for(port, program)
        yield address


def _wait_for(port: int, program: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(1_200):
        if program.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.1)
        else:
            return
    raise RuntimeError("the scheduler did not start")


def test_a_tls_cluster_gives_the_same_and_refuses_a_plain_client(
    source: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A client with the certificates gets its rows; one without them ends with status 2."""
    python = python_with("dask")
    environment = _certificates(tmp_path)
    plain = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}
    with _cluster(python, tmp_path, environment) as address:
        words = ["--shards", SHARDS, "--engine", "dask", "--scheduler"]
        done = command(python, "run", source, tmp_path / "out", *words, address, **environment)
        assert done.returncode == 0, done.stderr
        for number, refused in enumerate((address, address.replace("tls", "tcp"))):
            out = tmp_path / f"refused-{number}"
            left = command(python, "run", source, out, *words, refused, **plain)
            assert left.returncode == 2, left.stderr
            assert not (out / "results").exists()
    assert rows_of(tmp_path / "out") == expected
