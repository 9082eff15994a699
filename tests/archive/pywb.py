"""pywb, a real web archive, in an environment of its own and on loopback alone.

Its pins clash with ours and its licence is the GPL, so it is only ever a program that is started. The
environment is `.venv-pywb` beside `.venv`, or where REVTRACK_PYWB says; it is made where it is missing.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.archive.made import write_warc

ROOT = Path(__file__).resolve().parents[2]
COLLECTION = "news"


def environment() -> Path:
    """The folder of pywb's programs; the environment is made once, whoever asks first."""
    venv = ROOT / (os.environ.get("REVTRACK_PYWB") or ".venv-pywb")
    made = venv / ".made"
    if not made.exists():
        venv.mkdir(parents=True, exist_ok=True)
        with (venv / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                subprocess.run([sys.executable, "-m", "venv", venv], check=True)
                pip = [
                    str(venv / "bin" / "python"),
                    "-m",
                    "pip",
                    "--quiet",
                    "--disable-pip-version-check",
                ]
                subprocess.run([*pip, "install", "pywb>=2.9,<3"], check=True)
                made.touch()
    return venv / "bin"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def archive(folder: Path, *, framed: bool = False) -> Iterator[str]:
    """A pywb that serves the made articles from *folder*; its address, without a slash at the end.

    Where *framed*, as pywb does by itself, pages are shown in a frame.
    """
    programs = environment()
    config = f"framed_replay: {str(framed).lower()}\nenable_memento: true\n"
    folder.joinpath("config.yaml").write_text(config)
    write_warc(folder / "made.warc.gz")
    for words in (["init", COLLECTION], ["add", COLLECTION, "made.warc.gz"]):
        subprocess.run([programs / "wb-manager", *words], cwd=folder, check=True, capture_output=True)
    port = _free_port()
    command = [
        str(programs / "wayback"),
        "-b",
        "127.0.0.1",
        "-p",
        str(port),
    ]  # without -b it listens to all
    with (
        (folder / "log").open("w+b") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT) as running,
    ):
        try:
            _wait_for(port, running, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.kill()


def _wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    """Until the archive answers; it takes a second."""
    pause = threading.Event()
    for _ in range(600):
        if running.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.1)
        else:
            return
    raise RuntimeError(f"pywb did not start: {log.read_text(errors='replace')[-2_000:]}")
