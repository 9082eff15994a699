"""Sentences: where each one stands in a text.

The boundaries are those of sentencex (rules for about 300 languages, lossless), but for titles that it
takes for the end of a sentence: *said Ms. Lund*, *a dit M. Dupont*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from revtrack.model import Span
from revtrack.text.markers import marker_of

try:
    import sentencex
except ModuleNotFoundError:  # it has no wheel for every machine
    from revtrack.text import splitter as sentencex  # type: ignore[no-redef]  # the same interface

__all__ = ["sentence_ranges", "sentences"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_DEFAULT_LANGUAGE = "en"
_AT_ONCE = 8_192
"""Characters that sentencex is given at once (range 4,000 to 50,000). It looks for the end of each
quotation to the end of its text, and for each date back to the beginning: time grows with the square or
more of what it is given. No paragraph of the 380 real pages is so long."""
_TITLES = {
    "en": frozenset({"Ms.", "Mx.", "Atty.", "Amb."}),
    "fr": frozenset({"M.", "MM.", "Dr.", "Pr.", "Me.", "Mgr."}),
    "nl": frozenset({"mevr."}),
    "pl": frozenset({"Dr.", "św.", "gen.", "im."}),
    "hu": frozenset({"özv.", "ifj."}),
    "ru": frozenset({"им."}),
}
"""Words with a full stop that stand before a name and never end a sentence, of which sentencex does not
know; found by putting the usual titles of each language before a name."""
_LONGEST_MARKER = 16
_LONGEST_TITLE = max(len(title) for titles in _TITLES.values() for title in titles)


def sentences(text: str, *, language: str | None = None) -> tuple[Span, ...]:
    """The sentences of *text* as spans without surrounding white space, in order.

    Spans never overlap and together cover every character that is not white space. *language* is a
    BCP 47 tag (``de``, ``pt-BR``); None and unknown languages are read with English rules.

    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}")
    return tuple([Span(start, stop) for start, stop in sentence_ranges(text, language=language)])


def sentence_ranges(text: str, *, language: str | None = None) -> list[tuple[int, int]]:
    """Where each sentence starts and stops, as `sentences` has it."""
    ranges: list[tuple[int, int]] = []
    position = 0
    for piece in _pieces(text, language):
        stop = position + len(piece)
        start = stop - len(piece.lstrip())
        end = position + len(piece.rstrip())
        if start < end:
            ranges.append((start, end))
        position = stop
    if len(ranges) > 1 and _is_marker(text, ranges[0][0], ranges[1][0]):
        ranges[:2] = [(ranges[0][0], ranges[1][1])]
    return ranges


def _is_marker(text: str, start: int, following: int) -> bool:
    """Whether all that precedes the second sentence is the marker of a point of a list."""
    if following - start > _LONGEST_MARKER:
        return False
    marker = marker_of(text[start : following + 1])
    return marker is not None and start + marker.length == following


def _pieces(text: str, language: str | None) -> list[str]:
    """The pieces that sentencex cuts; it wants valid Unicode, so lone surrogates are masked."""
    if not text:
        return []
    masked = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    tag = _tag(language or _DEFAULT_LANGUAGE)
    pieces = list(sentencex.segment(tag, masked) if len(text) <= _AT_ONCE else _windows(tag, masked))
    if sum(map(len, pieces)) != len(text):
        return [text]
    return _joined(pieces, titles) if (titles := _TITLES.get(tag)) else pieces


def _windows(tag: str, text: str) -> Iterator[str]:
    """The pieces of a long text, looked at a window at a time.

    The last piece of a window may go on behind it, so the next window begins with it. Only a piece of
    more than half a window is cut, at white space where there is any.
    """
    start = 0
    while start < len(text):
        window = text[start : start + _AT_ONCE]
        is_last = start + len(window) == len(text)
        pieces = list(sentencex.segment(tag, window))
        if sum(map(len, pieces)) != len(window):
            pieces = [window]
        if not is_last and len(pieces[-1]) <= _AT_ONCE // 2:
            pieces.pop()
        elif not is_last:
            last = pieces[-1]
            cut = max(last.rfind(" "), last.rfind("\n")) + 1
            pieces[-1] = last[: cut or len(last)]
        yield from pieces
        start += sum(map(len, pieces))


def _joined(pieces: list[str], titles: frozenset[str]) -> list[str]:
    """The pieces, where one that ends with a title is one with the piece after it."""
    joined: list[str] = []
    titled = False
    for piece in pieces:
        if titled:
            joined[-1] += piece
        else:
            joined.append(piece)
        titled = _ends_with(piece, titles)
    return joined


def _ends_with(piece: str, titles: frozenset[str]) -> bool:
    end = piece[-_LONGEST_TITLE - 2 :].rstrip(" ")  # a line that ends with a title is a line
    return end.endswith(".") and re.split(r"[\s(“\"'«‘-]", end)[-1] in titles


@lru_cache(maxsize=64)
def _tag(language: str) -> str:
    """The tag of a language without country and script; English for what can be none."""
    tag = language.replace("_", "-").split("-")[0].lower()
    return tag if tag.isascii() and tag.isalpha() else _DEFAULT_LANGUAGE
