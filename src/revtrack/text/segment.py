"""Sentences: where each one stands in a text.

The boundaries are those of sentencex (rules for about 300 languages, lossless).
"""

from __future__ import annotations

import re
from functools import lru_cache

import sentencex

from revtrack.model import Span

__all__ = ["sentence_ranges", "sentences"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_DEFAULT_LANGUAGE = "en"


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
    return ranges


def _pieces(text: str, language: str | None) -> list[str]:
    """The pieces that sentencex cuts; it wants valid Unicode, so lone surrogates are masked."""
    if not text:
        return []
    masked = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    pieces = list(sentencex.segment(_tag(language or _DEFAULT_LANGUAGE), masked))
    if sum(map(len, pieces)) != len(text):
        return [text]
    return pieces


@lru_cache(maxsize=64)
def _tag(language: str) -> str:
    """The tag of a language without country and script."""
    return language.replace("_", "-").split("-")[0].lower() or _DEFAULT_LANGUAGE
