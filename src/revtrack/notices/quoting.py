"""Quotation marks of many countries: which places of a text are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["closing_quote", "opened_quote", "quotations"]

# A quotation of at most 300 characters; an apostrophe inside a word closes no single quotation marks.
_QUOTED = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|„([^„“”\"]{1,300})[“”\"]"
    r"|「([^「」]{1,300})」|『([^『』]{1,300})』|»([^«»]{1,300})«|《([^《》]{1,300})》"
    r"|(?<![\w'’])['‘]((?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,160})['’](?!\w)"
)

# Each opening mark and the marks that may close it; „ is closed by “ in German, by ” in Polish.
_CLOSED_BY = {
    '"': '"”',
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
}


def opened_quote(text: str, position: int) -> int | None:
    """Where the quotation begins that *position* of a paragraph stands in; None outside of one."""
    start = None
    closers = ""
    for place in range(position):
        character = text[place]
        if start is None:
            if character in _CLOSED_BY:
                start, closers = place, _CLOSED_BY[character]
        elif character in closers:
            start = None
    return start


def closing_quote(text: str, start: int) -> int | None:
    """Where the quotation that begins at *start* ends; None when nothing closes it."""
    closers = _CLOSED_BY.get(text[start : start + 1], "")
    return next((i for i in range(start + 1, len(text)) if text[i] in closers), None)


def quotations(text: str) -> Iterator[tuple[int, str]]:
    """The quotations in a text, each with its place: in any quotation marks, single ones included."""
    for match in _QUOTED.finditer(text):
        yield match.start(), next(group for group in match.groups() if group)
