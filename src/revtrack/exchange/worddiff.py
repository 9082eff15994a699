"""Word diff: a unified diff whose lines are runs of words, like ``git diff --word-diff=porcelain``.

A hunk begins with ``@@ -OLD +NEW @@``, the lines it covers on each side. Each run of words is a line
that begins with a space (kept), a minus (removed) or a plus (added); ``~`` ends a line of both sides,
``-~`` and ``+~`` one of one side. Words that begin with a tilde or a backslash have a backslash in
front, so that no text is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from revtrack import diff
from revtrack.changes.revision import Revision

__all__ = ["pieces", "word_diff"]

CONTEXT = 2
"""Unchanged lines around a changed one: a neighbouring paragraph, and the empty line before it."""


def pieces(revision: Revision) -> Iterator[tuple[str, str]]:
    """The headline, an empty line and the text, in pieces: the words of the old and the new side.

    Joined, they are exactly either side.
    """
    heads = revision.old.headline or "", revision.new.headline or ""
    for op in diff.text(*heads):
        yield op.old.of(heads[0]), op.new.of(heads[1])
    if any(heads):
        yield "\n\n", "\n\n"
    for op in revision.ops:
        yield op.old.of(revision.old.text), op.new.of(revision.new.text)


def word_diff(revision: Revision) -> str:
    """The hunks of *revision* under the names of both sides; none where both are equal."""
    parts = list(pieces(revision))
    if len({"".join(side) for side in zip(*parts, strict=True)}) < 2:
        return ""
    lines: list[list[tuple[str, str]]] = [[]]
    for old, new in parts:
        if old != new:
            lines[-1] += [run for run in (("-", old), ("+", new)) if run[1]]
            continue
        first, *more = old.split("\n")
        lines[-1] += [(" ", first)] if first else []
        lines += [[(" ", part)] if part else [] for part in more]
    changed = [n for n, line in enumerate(lines) if any(sign != " " for sign, _ in line)]
    shown = {at for n in changed for at in range(max(0, n - CONTEXT), n + CONTEXT + 1)}
    written = [f"--- {revision.old.captured_at or 'old'}", f"+++ {revision.new.captured_at or 'new'}"]
    at = {"-": 1, "+": 1}
    for n, line in enumerate(lines):
        if n in shown and n - 1 not in shown:
            written.append("")  # the head of a hunk, written when its size is known
            head, start = len(written) - 1, dict(at)
        ends = {sign: 1 + sum([words.count("\n") for s, words in line if s == sign]) for sign in at}
        at = {sign: at[sign] + ends[sign] for sign in at}
        if n in shown:
            written += [part for run in line for part in _run(*run)]
            written += ["~"] if n + 1 < len(lines) else []
            sizes = [f"{sign}{start[sign]},{at[sign] - start[sign]}" for sign in at]
            written[head] = f"@@ {' '.join(sizes)} @@"
    return "\n".join(written) + "\n"


def _run(sign: str, words: str) -> Iterator[str]:
    """The lines of one run; its line ends belong to its side alone."""
    for n, part in enumerate(words.split("\n")):
        if n:
            yield f"{sign}~"
        if part:
            yield f"{sign}\\{part}" if part[0] in "~\\" else f"{sign}{part}"
