"""How long `import revtrack` takes in a fresh process, and what it brings along.

    python bench/import_time.py [--rounds N]

Milliseconds inside the process, without the start of the interpreter: wall clock (median and best)
and CPU time. Each round starts a new process per line of the table, taking turns. Nothing optional
may be imported.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from statistics import median

from _timing import table

LINES = {
    "import revtrack": "import revtrack",
    "of which import lxml.html": "import lxml.html",
    "of which import cattrs": "import cattrs",
    "of which import rapidfuzz": "import rapidfuzz",
}
OPTIONAL = ("click", "rich", "jinja2", "sphinx", "docutils", "trafilatura", "hypothesis", "pytest")
PROBE = """
import json, sys
from time import perf_counter, process_time
wall, cpu = perf_counter(), process_time()
{line}
taken = [perf_counter() - wall, process_time() - cpu]
print(json.dumps([*taken, sorted(set(sys.modules) & set({optional!r}))]))
"""


def _once(line: str) -> tuple[float, float, list[str]]:
    code = PROBE.format(line=line, optional=OPTIONAL)
    # a program that runs twice finds its bytecode: without it each round would compile every module
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=kept
    )
    wall, cpu, optional = json.loads(done.stdout)
    return 1000 * wall, 1000 * cpu, optional


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_known_args()[0].rounds
    walls: dict[str, list[float]] = {name: [] for name in LINES}
    cpus: dict[str, list[float]] = {name: [] for name in LINES}
    optional: dict[str, list[str]] = {}
    for _ in range(rounds):
        for name, line in LINES.items():
            wall, cpu, optional[name] = _once(line)
            walls[name].append(wall)
            cpus[name].append(cpu)
    rows = [
        {
            "name": name,
            "ms": round(median(walls[name]), 1),
            "best": round(min(walls[name]), 1),
            "cpu": round(median(cpus[name]), 1),
            "optional": ", ".join(optional[name]) or "none",
        }
        for name in LINES
    ]
    table("import in a fresh process", rows, rounds=rounds)


if __name__ == "__main__":
    main()
