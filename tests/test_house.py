"""The house rules that a program can check."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from revtrack.facts.vocabulary import LANGUAGES, words_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
PROGRAMS = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]

FORBIDDEN_NAMES = {"common", "data", "handle", "helpers", "info", "manager", "misc", "process", "utils"}
LONGEST_MODULE = 350
"""Lines. One module holds one idea; most land between 60 and 300."""

# Folders of one machine, written so that this file does not hold them itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:wor[k]|roo[t]|hom[e]|Use[r]s)/\w")
# An exception to a rule names the rule, and says why after another `#`.
EXCEPTION = re.compile(r"#\s*(?:noqa|type: ignore)(?P<rule>:\s*[\w, ]+|\[[\w, -]+\])?(?P<why>.*)")


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_a_module_says_what_it_is_and_what_it_gives(path: Path) -> None:
    """Every module has a docstring, an `__all__`, a name that says something, and is not long."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert len((ast.get_docstring(tree) or "").strip(".")) > 10, "no docstring"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert not set(path.relative_to(ROOT).with_suffix("").parts[2:]) & FORBIDDEN_NAMES
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    if path.name != "__main__.py":
        assert "__all__" in assigned, "no __all__"


@pytest.mark.parametrize("path", TESTS, ids=_relative)
def test_a_test_says_its_behaviour_in_one_sentence(path: Path) -> None:
    """Every test function has a docstring of one paragraph."""
    silent = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = ast.get_docstring(node)
            if not said or "\n\n" in said:
                silent.append(node.name)
    assert silent == []


@pytest.mark.parametrize("path", PROGRAMS, ids=_relative)
def test_an_exception_to_a_lint_rule_carries_its_reason(path: Path) -> None:
    """`noqa` and `type: ignore` name their rule and say why on the same line."""
    bare = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = EXCEPTION.search(line)
        if not found or path == Path(__file__):
            continue
        if not found["rule"] or len(found["why"].strip("# ")) <= 3:
            bare.append(f"{number}: {line.strip()}")
    assert bare == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    """Nothing in the project says where it lies on the machine that made it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of the project's files")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        readable = path.is_file() and path.suffix not in {".png", ".gz"}
        if readable and MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(name)
    assert found == []


def test_every_public_module_has_a_reference_page() -> None:
    """A module or package of the library is named on a page of the reference."""
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "reference").glob("*.md"))
    )
    package = ROOT / "src" / "revtrack"
    public = sorted(
        path.stem
        for path in package.iterdir()
        if not path.name.startswith(("_", "."))
        and (path.suffix == ".py" or (path / "__init__.py").is_file())
    )
    missing = [name for name in public if not re.search(rf"revtrack\.{name}\b", pages)]
    assert missing == []


def test_the_changelog_tells_of_this_version() -> None:
    """CHANGELOG.md has a part for what is not released, or for the version of the package."""
    version = re.search(
        r'__version__ = "([^"]+)"', (ROOT / "src/revtrack/__init__.py").read_text(encoding="utf-8")
    )
    assert version is not None
    said = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{version[1]}]" in said or "## [Unreleased]" in said


def test_every_extra_is_explained() -> None:
    """Each optional part of pyproject.toml is named where the README says how to install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [extra for extra in project["optional-dependencies"] if f"`{extra}`" not in readme] == []


def test_every_trait_of_a_language_is_asked_for_and_is_in_the_guide() -> None:
    """A trait in the file of a language that nothing asks for, or that no reader finds, is a slip."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    guide = (ROOT / "docs/how-to/add-a-language.md").read_text(encoding="utf-8")
    traits = frozenset().union(*[words_of(language).traits for language in LANGUAGES])
    assert traits
    assert [one for one in sorted(traits) if f'"{one}"' not in code or f"`{one}`" not in guide] == []
