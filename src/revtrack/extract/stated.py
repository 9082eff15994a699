"""Corrections that a page states for programs: schema.org's ``correction`` of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs

from revtrack.extract.headlines import letters_of
from revtrack.extract.linked import value_text
from revtrack.extract.times import read_time
from revtrack.model import Block, Notice, NoticeKind, NoticeTarget
from revtrack.notices import find

__all__ = ["Correction", "corrections", "stated_notices"]

# The most corrections that are read of one page.
_MOST = 100


@attrs.frozen
class Correction:
    """A correction as JSON-LD states it: its text, and the date that it bears."""

    text: str
    dated: datetime | None = None


def corrections(linked: list[dict[str, Any]]) -> tuple[Correction, ...]:
    """The corrections that the page's articles in JSON-LD state: texts, or objects with a text."""
    found: dict[str, Correction] = {}
    for node in linked:
        for value in _flat(node.get("correction")):
            one = _correction(value)
            if one is not None and len(found) < _MOST:
                found.setdefault(one.text, one)
    return tuple(found.values())


def _flat(value: object) -> Iterator[object]:
    """The members of lists in lists, two deep: a page's own and those that stand apart."""
    for one in value if isinstance(value, list) else [value]:
        yield from one if isinstance(one, list) else [one]


def _correction(value: object) -> Correction | None:
    dated = None
    said = value
    if isinstance(value, dict):
        said = value.get("text") or value.get("description") or value.get("articleBody")
        dated = read_time(value_text(value.get("datePublished") or value.get("dateCreated")))
    text = value_text(said) if isinstance(said, str | dict | list) else None
    if text is None or text.startswith(("http://", "https://")):
        return None
    return Correction(text, dated)


def stated_notices(
    stated: Sequence[Correction], blocks: Sequence[Block], *, language: str | None
) -> tuple[Notice, ...]:
    """A notice without a span for each correction in *stated* that is not in the text of *blocks*."""
    if not stated:
        return ()
    body = letters_of(" ".join([block.text for block in blocks]))
    notices = []
    for one in stated:
        if letters_of(one.text) not in body:
            found = find(one.text, language=language)
            notice = found[0] if found else _plain(one.text, language)
            notices.append(
                attrs.evolve(notice, text=one.text, span=None, dated=notice.dated or one.dated)
            )
    return tuple(notices)


def _plain(text: str, language: str | None) -> Notice:
    return Notice(NoticeKind.CORRECTION, NoticeTarget.OTHER, text, language=language)
