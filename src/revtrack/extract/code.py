"""Preformatted text: code keeps its lines, prose that was set in ``<pre>`` has paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from revtrack.model import Link, Span

__all__ = ["as_lines", "links_in_lines", "numbers_lines", "paragraphs_of"]

_BLANK = re.compile(r"\n[ \t\r]*\n")
_PROSE = re.compile(r"[\w\s.,;:!?'’“”\"()-]")
_SENTENCE_END = (".", "!", "?", ":", "”", '"', "。")
# The share of letters, spaces and common signs in prose (range .9 to 1; small: code becomes prose), and
# the fewest characters of a paragraph of it (range 60 to 200; small: verses and commands do).
_SIGNS = 0.97
_SHORTEST = 120


def as_lines(text: str) -> str:
    """*text* in its lines with their indentation, without blank ones and white space at their ends."""
    return "\n".join([kept for line in text.splitlines() if (kept := line.rstrip())])


def links_in_lines(parts: list[str], links: list[tuple[int, int, str]]) -> tuple[Link, ...]:
    """The links with their spans in the lines of code that *parts* become.

    Each link is (index of its first part, index after its last part, address).
    """
    raw = "".join(parts)
    text, found = as_lines(raw), []
    offsets = [0, *accumulate([len(part) for part in parts])]
    lines = raw.splitlines(keepends=True) or [""]
    begins = [0, *accumulate([len(line) for line in lines])]
    before = [0]  # how much of the text stands before each line, with the line's end
    for line in lines:
        kept = len(line.rstrip())
        before.append(before[-1] + (kept + 1 if kept else 0))

    def place(offset: int) -> tuple[int, str]:
        number = min(bisect_right(begins, offset), len(lines)) - 1
        return before[number], lines[number][: offset - begins[number]]

    for first, last, href in sorted(links):
        at, head = place(offsets[first])
        start = at + len(head)
        at, head = place(offsets[last])
        stop = at + len(head.rstrip()) if head.strip() else max(at - 1, 0)
        stop = min(stop, len(text))
        while start < stop and text[start].isspace():
            start += 1
        if href and start < stop:
            found.append(Link(Span(start, stop), href))
    return tuple(found)


def numbers_lines(code: str) -> bool:
    """Whether a block of code is nothing but the numbers of the lines beside it."""
    numbers = code.split()
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of preformatted *text* that is prose, as in releases and letters; none of code."""
    parts = [" ".join(part.split()) for part in _BLANK.split(text)]
    parts = [part for part in parts if part]
    whole = "".join(parts)
    if not whole or len(_PROSE.findall(whole)) < _SIGNS * len(whole):
        return []
    prose = [part for part in parts if len(part) >= _SHORTEST and part.endswith(_SENTENCE_END)]
    return parts if 2 * len("".join(prose)) > len(whole) else []
