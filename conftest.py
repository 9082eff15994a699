"""Every Python example in README, docs and docstrings is run, from the project's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).resolve().parent


@pytest.fixture
def in_root() -> Iterator[None]:
    """Examples name files as a reader at the project's root would."""
    with chdir(ROOT):
        yield


_pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
    patterns=["README.md", "docs/**/*.md"],
    fixtures=["in_root"],
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=["src/**/*.py"],
    document_types={".py": PythonDocStringDocument},
    fixtures=["in_root"],
)

pytest_collect_file = (_pages + _docstrings).pytest()
