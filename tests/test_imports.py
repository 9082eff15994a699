"""What comes along with `import revtrack`, by name and not by the clock."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

# What may be missing from an installation, or is for tests and servers only.
OPTIONAL = {
    "chardet",
    "chardetng_py",
    "click",
    "docutils",
    "httpcore2",
    "brotli",
    "hypothesis",
    "idna",
    "jinja2",
    "protego",
    "pyarrow",
    "pytest",
    "rich",
    "sphinx",
    "trafilatura",
    "typst",
}
PROBE = """
import json, sys
import revtrack
print(json.dumps(sorted(sys.modules.keys() | {module.split(".")[0] for module in sys.modules})))
"""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """The modules of a fresh process after `import revtrack`, and the packages that they are in."""
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_nothing_optional_is_imported(imported: set[str]) -> None:
    """The package alone brings no optional part and no rarely used detector along."""
    assert imported & OPTIONAL == set()


def test_no_network_is_imported(imported: set[str]) -> None:
    """A library that compares what it is given has no use for sockets."""
    assert imported & {"asyncio", "http", "requests", "socket", "ssl", "urllib3"} == set()


def test_what_few_programs_need_waits(imported: set[str]) -> None:
    """OpenSSL, TOML, folders, addresses and the ledger are loaded when they are asked for."""
    waiting = {"_hashlib", "tomllib", "revtrack.ledger", "revtrack.sources.files"}
    waiting |= {"revtrack.urls.identity", "revtrack.urls.parts"}
    assert imported & waiting == set()


def test_every_requirement_is_used(root: Path) -> None:
    """A package that pyproject.toml requires is imported somewhere in the sources."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {requirement.split(">")[0].split("[")[0].replace("-", "_") for requirement in listed}
    names = {{"markdown_it_py": "markdown_it"}.get(name, name) for name in names}
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((root / "src").rglob("*.py"))
    )
    asked = r"\b(import |from |optional\(\")"
    unused = {name for name in names if not re.search(rf"{asked}{name}\b", sources)}
    assert unused == set()


@pytest.mark.parametrize(
    ("module", "missing", "extra"),
    [
        ("revtrack.corpus", "pyarrow", "corpus"),
        ("revtrack.network", "httpcore2", "http"),
        ("revtrack.sources.live", "brotli", "http"),
    ],
)
def test_a_missing_extra_is_named(module: str, missing: str, extra: str) -> None:
    """Where an optional part is not installed, the error names what to install."""
    probe = f"import sys; sys.modules[{missing!r}] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert f'pip install "revtrack[{extra}]"' in done.stderr
    assert "MissingExtraError" in done.stderr


@pytest.mark.parametrize("package", ["httpcore2", "protego"])
@pytest.mark.parametrize(
    "module", ["revtrack.network", "revtrack.sources.live", "revtrack.sources.warc"]
)
def test_a_part_without_its_packages_names_the_extra(package: str, module: str) -> None:
    """Whichever package of an extra is missing, the message says what to install."""
    program = f"import sys; sys.modules[{package!r}] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "MissingExtraError" in done.stderr
    assert 'pip install "revtrack[http]"' in done.stderr


def test_the_names_that_other_programs_import_are_there(shared: Path) -> None:
    """Every module and name that the scripts of the cases and the scoring programs import exists."""
    scripts = [*(shared / "cases").glob("*/check.py"), *(shared / "eval").glob("*.py")]
    asked = {
        (node.module, alias.name)
        for script in scripts
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "revtrack"
        for alias in node.names
    }
    assert asked
    missing = {(module, name) for module, name in asked if not _is_there(str(module), name)}
    assert missing == set()


def _is_there(module: str, name: str) -> bool:
    try:
        return hasattr(importlib.import_module(module), name) or bool(
            importlib.import_module(f"{module}.{name}")
        )
    except ImportError:
        return False
