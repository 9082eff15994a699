"""Whole pages as publishing systems of many kinds make them, in many languages and scripts.

Each page is invented, with a text file beside it that says what a reader finds on it: its encoding,
headline, byline, date and notices, and after a blank line its blocks with their kinds.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from revtrack.extract import extract

CASES = sorted((Path(__file__).parent / "cases").glob("*.html"))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_page_of_a_publishing_system(path: Path) -> None:
    """Headline, metadata, notices and each block are what stands in the text file."""
    facts, _, expected = path.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")
    encoding = facts.splitlines()[0].removeprefix("encoding: ")
    article = extract(path.read_text(encoding="utf-8").encode(encoding))
    found = [f"encoding: {encoding}", f"headline: {article.headline}"]
    if article.byline is not None:
        found.append(f"byline: {article.byline}")
    if article.published_at is not None:
        found.append(f"published: {article.published_at.isoformat()}")
    found += [f"notice: {notice.text}" for notice in article.notices]
    assert found == facts.splitlines()
    blocks = [f"{block.kind.value}: {block.text}" for block in article.blocks]
    assert blocks == expected.splitlines()
