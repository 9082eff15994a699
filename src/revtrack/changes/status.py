"""Status lines such as *This is a developing story*: they say how a page stands, not what happened.

Such a line is a short block alone, the first or the last of the article, without a figure or a name in
it. What it says is looked for in ``status.toml``, in the language of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from revtrack.changes.edit import WORD, key
from revtrack.facts.vocabulary import words_of
from revtrack.model import Article, BlockKind, Notice
from revtrack.text import fold

__all__ = ["is_status_line", "may_be_status"]

_LONGEST = 140
"""Characters of a status line; range 80 to 200: longer ones bring news."""
_ENDS = 2
"""Blocks at each end of the article that may be status lines, notices apart; range 1 to 3."""
_KINDS = frozenset([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIVE_ENTRY])
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁĄĆĘŁŃÓŚŹŻŐŰ][^\W\d_A-ZÀ-ÞА-ЯЁĄĆĘŁŃÓŚŹŻŐŰ]")
_MOST_BESIDE = 3
"""Words beside a phrase of `says` (range 1 to 5); letters in scripts without spaces."""


def may_be_status(article: Article) -> frozenset[int]:
    """The numbers of the blocks that may be status lines by their place and form."""
    return frozenset([number for number in _at_ends(article) if _is_short(article.blocks[number].text)])


def _is_short(words: str) -> bool:
    return len(words) <= _LONGEST and not any(map(str.isdigit, words))


def is_status_line(words: str, *, language: str) -> bool:
    """Whether *words* say in which state the page is, and nothing of the story.

    *language* is one of those that `spoken` names. A name in the middle of it makes news of it, except
    in German, where every noun has a capital, and in scripts without capitals.
    """
    if not _is_short(words):
        return False
    folded, lines = fold(words), _lines(language)
    read = folded.casefold()
    if lines.says.search(read) is None and lines.updating.search(read) is None:
        return False
    if language != "de" and not folded.isupper() and _NAME.search(folded):
        return False
    left = lines.updating.sub(" ", lines.says.sub(" ", read))
    if lines.page_parts is not None:
        beside = sum(map(str.isalnum, lines.page_parts.sub("", left)))
    else:
        beside = sum([key(word) not in lines.page for word in WORD.findall(left)])
    return beside <= (_MOST_BESIDE if lines.says.search(read) else 0)


def _at_ends(article: Article) -> Iterator[int]:
    """The blocks at both ends, notices apart."""
    blocks = article.blocks
    noticed = _noticed(article.notices)
    for numbers in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        left = _ENDS
        for number in numbers:
            if blocks[number].kind in _KINDS and not _starts_in(article, number, noticed):
                yield number
                left -= 1
            if not left or (numbers.step > 0 and number > len(blocks) // 2):
                break


def _noticed(notices: tuple[Notice, ...]) -> list[tuple[int, int]]:
    return [(notice.span.start, notice.span.stop) for notice in notices if notice.span]


def _starts_in(article: Article, number: int, stretches: list[tuple[int, int]]) -> bool:
    if not stretches:
        return False
    at = article.block_spans[number].start
    return any(start <= at < stop for start, stop in stretches)


@attrs.frozen(eq=False)
class _Lines:
    """What status lines of a language say, and the words that may stand beside it.

    `page_parts` finds them in languages whose words do not stand apart.
    """

    says: re.Pattern[str]
    updating: re.Pattern[str]
    page: frozenset[str]
    page_parts: re.Pattern[str] | None


@cache
def _lines(language: str) -> _Lines:
    entry, words = _entries()[language], words_of(language)
    page = frozenset(entry["page"].split())
    return _Lines(
        says=_any_of(entry["says"]),
        updating=_any_of(entry["updating"]),
        page=page | words.function,
        page_parts=None if words.spaced else _any_of([*page, *words.function]),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted([fold(phrase).casefold() for phrase in phrases], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    import tomllib  # noqa: PLC0415 # slow to import, and needed once

    file = Path(__file__).with_name("status.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
