"""JSON that people wrote into a page, mended as far as it can be.

Comments and idle commas, quotation marks and line breaks in strings, several values in one script. The
rest is left out; nothing here raises for a page's mistake.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["values"]

# Line breaks may stand inside its strings.
_DECODER = json.JSONDecoder(strict=False)
# How long one block may be, in characters.
_SOURCE_LONGEST = 2_000_000
# How deep lists and objects may stand in one another (range 20 to 100): pages have below ten, and much
# that is made of a value follows it by calls.
_DEEPEST = 50

_MARK = re.compile(r"""["',{}\[\]]|//|/\*|<!--|-->|<!\[CDATA\[|\]\]>""")
_CLOSED_BY = {"{": "}", "[": "]"}
# Where a string ends: at the next quotation mark; or, where those inside are not escaped, at the next
# one that something follows which may follow a string.
_NEXT = {
    '"': re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*(")', re.DOTALL),
    "'": re.compile(r"[^'\\]*+(?:\\.[^'\\]*+)*(')", re.DOTALL),
}
_FOLLOWED = r"(?=\s*+(?:[:}\]]|,\s*+[\"'{}\[\]\dtfn-]|\Z))"
_FITTING = {
    '"': re.compile(rf'(?:[^"\\]++|\\.|"(?!{_FOLLOWED}))*(")(?={_FOLLOWED})', re.DOTALL),
    "'": re.compile(rf"(?:[^'\\]++|\\.|'(?!{_FOLLOWED}))*(')(?={_FOLLOWED})", re.DOTALL),
}
_IN_STRING = re.compile(r'(\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt]))|\\|(")')
_BETWEEN = re.compile(r"[\s,;]*")


def values(source: str) -> list[object]:
    """The values in a block of JSON that people wrote; none where it cannot be mended."""
    return [value for value in _read(source) if not _is_deep(value)]


def _is_deep(value: object) -> bool:
    """Whether lists and objects stand in one another deeper than Python's own calls can follow."""
    level: list[Any] = [value] if isinstance(value, list | dict) else []
    for _ in range(_DEEPEST):
        lists = [one.values() if isinstance(one, dict) else one for one in level]
        level = [inner for one in lists for inner in one if isinstance(inner, list | dict)]
        if not level:
            return False
    return True


def _read(source: str) -> list[object]:
    if len(source) > _SOURCE_LONGEST:
        return []
    try:
        return [_DECODER.decode(source)]
    except (ValueError, RecursionError):
        pass
    if '"' not in source and "&quot;" in source:
        source = html.unescape(source)
    for ends in (_NEXT, _FITTING):
        if found := list(_decoded(_mended(source, ends))):
            return found
    return []


def _decoded(source: str) -> Iterator[object]:
    """One value after another, up to the first that cannot be read."""
    place = _after(source, 0)
    while place < len(source):
        try:
            value, place = _DECODER.raw_decode(source, place)
        except (ValueError, RecursionError):
            return
        yield value
        place = _after(source, place)


def _after(source: str, place: int) -> int:
    found = _BETWEEN.match(source, place)
    return found.end() if found else place


def _mended(source: str, ends: dict[str, re.Pattern[str]]) -> str:
    """*source* without comments and idle commas, its strings as JSON wants them, its brackets closed.

    *ends* finds where strings end, by their quotation mark.
    """
    source = source.lstrip("\ufeff")
    parts: list[str] = []
    unclosed: list[str] = []
    place = 0
    while (mark := _MARK.search(source, place)) is not None:
        sign = mark[0]
        parts.append(source[place : mark.start()])
        place = mark.end()
        if sign in ends:
            end = ends[sign].match(source, place)
            parts.append(f'"{_IN_STRING.sub(_escaped, source[place : end.start(1) if end else None])}"')
            place = end.end() if end else len(source)
        elif sign == "//":
            place = _behind(source, "\n", place)
        elif sign == "/*":
            place = _behind(source, "*/", place)
        elif sign == ",":
            parts.append(sign)
        elif sign in _CLOSED_BY:
            unclosed.append(_CLOSED_BY[sign])
            parts.append(sign)
        elif sign in "]}":
            _drop_comma(parts)
            if unclosed and unclosed[-1] == sign:
                unclosed.pop()
            parts.append(sign)
    parts.append(source[place:])
    _drop_comma(parts)
    return "".join([*parts, *reversed(unclosed)])


def _behind(source: str, sign: str, place: int) -> int:
    found = source.find(sign, place)
    return found + len(sign) if found >= 0 else len(source)


def _drop_comma(parts: list[str]) -> None:
    """Take the comma away that nothing but white space follows."""
    while parts and (not parts[-1] or parts[-1].isspace()):
        parts.pop()
    if parts and parts[-1] == ",":
        parts.pop()


def _escaped(found: re.Match[str]) -> str:
    return found[1] or ('\\"' if found[2] else "")
