"""Quotation marks of many countries: which places of a text are quoted."""

from __future__ import annotations

__all__ = ["closing_quote", "opened_quote"]

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
