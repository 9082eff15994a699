"""Pairs of texts to compare, from a file that anyone can add to."""

from __future__ import annotations

from pathlib import Path

__all__ = ["pairs"]

_FILE = Path(__file__).parent / "cases" / "pairs.txt"
_GROUPS = {
    sentence.rstrip("."): rows.splitlines()
    for group in _FILE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    for sentence, _, rows in [group.partition("\n")]
}


def pairs(sentence: str) -> list[tuple[str, ...]]:
    """The rows of the group that begins with *sentence*: a language, and the texts that ``>`` parts."""
    rows = [row.strip().partition(" ") for row in _GROUPS[sentence]]
    return [(language, *texts.split(" > ")) for language, _, texts in rows]
