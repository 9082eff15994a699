"""Draw the layers of the library from its code, for the page on its architecture.

    python tools/architecture.py [--check]

The order of the layers is that of the import contract in `pyproject.toml`, the sentence of a package is
the first one of its docstring. Writes `docs/_static/layers.svg` and the table in
`docs/explanation/architecture.md`; with `--check`, ends with 1 where either would change.
"""

from __future__ import annotations

import argparse
import ast
import html
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "revtrack"
PAGE = ROOT / "docs" / "explanation" / "architecture.md"
DRAWING = ROOT / "docs" / "_static" / "layers.svg"
START, END = "<!-- layers: made by tools/architecture.py -->", "<!-- end of layers -->"
_WIDTH, _ROW, _BOX = 720, 44, 32  # of the drawing, of a layer and of a box in it, in pixels


def layers() -> list[list[str]]:
    """The layers from top to bottom, each with the names of its packages and modules."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layered = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    return [
        [name.strip(" ()") for name in layer.replace(":", "|").split("|")]
        for layer in layered
        if "__main__" not in layer
    ]


def sentence(name: str) -> str:
    """What a package or module says of itself: the first sentence of its docstring, in one line."""
    said = ast.get_docstring(ast.parse(_file(name).read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n", 1)[0].split())


def _file(name: str) -> Path:
    package = SOURCE / name / "__init__.py"
    return package if package.is_file() else SOURCE / f"{name}.py"


def size(name: str) -> int:
    """How many modules a package has; one for a module."""
    return len(list((SOURCE / name).rglob("*.py"))) or 1


def table(drawn: list[list[str]]) -> str:
    """The layers as a Markdown table, the highest first."""
    lines = ["| layer | package | modules | what it is |", "| --- | --- | --- | --- |"]
    for number, layer in enumerate(drawn):
        lines += [
            f"| {len(drawn) - number} | `{name}` | {size(name)} | {sentence(name)} |" for name in layer
        ]
    return "\n".join(lines)


def drawing(drawn: list[list[str]]) -> str:
    """The layers as an SVG: a row per layer, and each row imports rows below it only."""
    height = _ROW * len(drawn) + 12
    label = "The layers of revtrack; each imports only those below it"
    box = "rect{fill:#f3f4f6;stroke:#6b7280}"
    text = "text{font:14px system-ui,sans-serif;fill:#111827;text-anchor:middle}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"',
        f'aria-label="{label}"><style>{box}{text}</style>',
        f'<rect x="0" y="0" width="{_WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>',
    ]
    for row, layer in enumerate(drawn):
        width = (_WIDTH - 16) / len(layer)
        for column, name in enumerate(layer):
            left, top = 8 + column * width, 6 + row * _ROW
            parts.append(
                f'<rect x="{left + 3:.0f}" y="{top}" width="{width - 6:.0f}" height="{_BOX}" rx="4"/>'
                f'<text x="{left + width / 2:.0f}" y="{top + 21}">{html.escape(name)}</text>'
            )
    return "\n".join([*parts, "</svg>\n"])


def page(drawn: list[list[str]]) -> str:
    """The page with its table made anew."""
    before, rest = PAGE.read_text(encoding="utf-8").split(START)
    return f"{before}{START}\n\n{table(drawn)}\n\n{END}{rest.split(END)[1]}"


def main() -> int:
    """Write both, or say whether they are as the code has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where it would")
    check = parser.parse_args().check
    drawn = layers()
    stale = [
        path
        for path, text in ((PAGE, page(drawn)), (DRAWING, drawing(drawn)))
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the code says: run tools/architecture.py")
        return bool(stale)
    PAGE.write_text(page(drawn), encoding="utf-8")
    DRAWING.write_text(drawing(drawn), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
