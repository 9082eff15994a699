"""Only `revtrack.network` opens connections."""

from __future__ import annotations

import ast
from pathlib import Path

NETWORK = {
    "aiohttp", "ftplib", "http.client", "httpcore2", "httpx", "httpx2", "requests", "smtplib", "socket",
    "urllib.request", "urllib3", "xmlrpc",
}  # fmt: skip


def test_nothing_else_speaks_to_the_network(root: Path) -> None:
    """No module outside of `revtrack.network` imports what can open a connection."""
    package = root / "src" / "revtrack"
    found = set()
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package).as_posix()
        if relative.startswith("network/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            found |= {
                f"{relative}: {name}"
                for name in names
                if name in NETWORK or name.split(".")[0] in NETWORK
            }
    assert found == set()
