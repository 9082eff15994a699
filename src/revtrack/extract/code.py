"""Preformatted text: code keeps its lines, prose that was set in ``<pre>`` has paragraphs."""

from __future__ import annotations

import re

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
    text, found = as_lines("".join(parts)), []
    for first, last, href in sorted(links):
        start = len(as_lines("".join(parts[:first]) + "|")) - 1
        stop = len(as_lines("".join(parts[:last])))
        while start < stop and text[start].isspace():
            start += 1
        if href and start < stop:
            found.append(Link(Span(start, stop), href))
    return tuple(found)


def numbers_lines(code: str) -> bool:
    """Whether a block of code is nothing but the numbers of the lines beside it."""
    return code.split() == [str(number) for number in range(1, len(code.split()) + 1)]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of preformatted *text* that is prose, as in releases and letters; none of code."""
    parts = [" ".join(part.split()) for part in _BLANK.split(text)]
    parts = [part for part in parts if part]
    whole = "".join(parts)
    if not whole or len(_PROSE.findall(whole)) < _SIGNS * len(whole):
        return []
    prose = [part for part in parts if len(part) >= _SHORTEST and part.endswith(_SENTENCE_END)]
    return parts if 2 * len("".join(prose)) > len(whole) else []
