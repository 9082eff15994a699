"""Sentences: where each one stands in a text.

The boundaries are those of sentencex (rules for about 300 languages, lossless), but for full stops
that it takes for the end of a sentence: behind a title (*said Ms. Lund*, *a dit M. Dupont*), behind a
number or its unit before a small letter (*3 mill. kroner*), and behind an ordinal (*der 3. Umbau*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise

from revtrack.model import Span
from revtrack.text.markers import marker_of
from revtrack.text.markup import is_cut
from revtrack.text.splitter import listed

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
_COUNTED = re.compile(r"\d(?:[ \u00a0]?[^\W\d_]{1,5})?\.[ \u00a0]$")
"""A number, or a number and a short word that may be its unit or its scale cut short."""
_CUT_SHORT = re.compile(r"(?<!\w)([^\W\d_]+)\.[ \u00a0]$")
_DAY = re.compile(r"(?<!\d)\d{1,2}\.[ \u00a0]$")
_TIME = re.compile(r"\d{1,2}[.:]\d\d(?!\d)")
"""What is cut short before a number (*kl. 16*); a day with its full stop, and the time of day behind
it: *május 7. 14:40*."""
_ORDINAL = re.compile(r"(?:^|[\s(“„\"«])([^\W\d_]+) \d{1,3}\.[ \u00a0]$")
_LONGEST_LEAD = 24
"""Characters before a cut in which these are looked for (range 16 to 60)."""
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_MARKER = 16
_LONGEST_TITLE = 8


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
    return _joined(pieces, tag) if len(pieces) > 1 else pieces


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


def _joined(pieces: list[str], tag: str) -> list[str]:
    """The pieces, where one that ends no sentence is one with the piece after it."""
    titles = listed("titles", tag)
    joined: list[str] = []
    for before, piece in pairwise(["", *pieces]):
        ends_none = _ends_with(before, titles) or _counts(before, piece, tag)
        if joined and (ends_none or is_cut(joined[-1], piece)):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _counts(before: str, piece: str, tag: str) -> bool:
    """Whether the full stop belongs to a number: *3 mill. kroner*, *der 3. Umbau*."""
    if piece[:1] in {"º", "ª"}:
        return before.endswith(".")
    if not before.endswith((". ", ".\u00a0")):
        return False
    lead, first = before[-_LONGEST_LEAD:], _FIRST_WORD.match(piece)
    if first is None:
        cut = _CUT_SHORT.search(lead) if piece[0].isdigit() and tag not in {"en", "fr"} else None
        led = cut is not None and cut[1].lower() in listed("led")
        return led or bool(tag in listed("dotted") and _DAY.search(lead) and _TIME.match(piece))
    if first[0][0].islower():
        cased = first[0][1:].islower() or len(first[0]) == 1  # not *iPhone*
        return cased and _COUNTED.search(lead) is not None
    if any(fnmatchcase(first[0], month) for month in listed("months", tag)):
        return _DAY.search(lead) is not None
    ordinal, articles = _ORDINAL.search(lead), listed("articles", tag)
    if ordinal is None or first[0].lower() in articles:
        return False  # *Das Fest beginnt am 3. Der Eintritt ist frei.*
    return ordinal[1].lower() in articles


def _ends_with(piece: str, titles: frozenset[str]) -> bool:
    if not titles:
        return False
    end = piece[-_LONGEST_TITLE - 2 :].rstrip(" ")  # a line that ends with a title is a line
    return end.endswith(".") and re.split(r"[\s(“\"'«‘-]", end)[-1] in titles


@lru_cache(maxsize=64)
def _tag(language: str) -> str:
    """The tag of a language without country and script; English for what can be none."""
    tag = language.replace("_", "-").split("-")[0].lower()
    return tag if tag.isascii() and tag.isalpha() else _DEFAULT_LANGUAGE
