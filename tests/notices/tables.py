"""Texts that are notices and texts that are none, from files that anyone can add to."""

from __future__ import annotations

from pathlib import Path

__all__ = ["table"]

FOLDER = Path(__file__).parent


def table(name: str) -> list[tuple[str, str]]:
    """The rows of a table: a language and a text, where ¶ parts paragraphs."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    rows = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(language, text.replace(" ¶ ", "\n")) for language, text in rows]
