"""Check the installed wheel in an environment that has nothing else: no extra, no checkout.

    python -I tools/check_wheel.py

The core compares two pages; every module can be imported, or names the extra that it needs; the command
says how to install what it lacks. Ends non-zero where one of these does not hold.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import revtrack
from revtrack.errors import MissingExtraError

OLD, NEW = (
    f"<h1>Boats pass the lock</h1><p>The keeper of the lock counted {number} boats on Monday.</p>"
    for number in (4, 5)
)
OTHERS = {"click": "revtrack.cli.", "docutils": "revtrack.sphinxext", "hypothesis": "revtrack.testing"}
"""Packages that are there wherever such a module is of use; the command line says what is missing."""


def _imports() -> Counter[str]:
    """How many modules there are, by the extra or package that each needs (core: none)."""
    found: Counter[str] = Counter()
    for module in walk_packages(revtrack.__path__, "revtrack.", onerror=lambda _: None):
        name = module.name
        if name.endswith("__main__"):
            continue
        try:
            import_module(name)
        except MissingExtraError as error:
            found[error.extra] += 1
        except ModuleNotFoundError as error:
            if not name.startswith(OTHERS.get(str(error.name), "none")):
                raise
            found[str(error.name)] += 1
        else:
            found["core"] += 1
    return found


def _must(holds: bool, said: str) -> None:
    if not holds:
        raise SystemExit(said)


def main() -> None:
    """Check, and print what was found."""
    place = Path(revtrack.__file__)
    _must("site-packages" in place.parts, f"{place} is not an installed wheel")
    revision = revtrack.compare(OLD, NEW)
    states = [change.state.value for change in revision.changes]
    _must(states == ["undisclosed"], f"the comparison is {revision}")
    found = _imports()
    _must({"core", "click", "corpus", "http"} <= set(found), f"{dict(found)}: extras are installed")
    command = [sys.executable, "-I", "-m", "revtrack", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    is_said = done.returncode == 2 and 'pip install "revtrack[cli]"' in done.stderr
    _must(is_said, f"the command ends so: {done}")
    print("the wheel works alone; modules by extra:", dict(found))


if __name__ == "__main__":
    main()
