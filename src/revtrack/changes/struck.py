"""Struck words: what a page shows as withdrawn discloses a change by itself.

The page says that *14 million* was wrong where it shows the words struck out, beside *19 million* or
alone. Words that the old page showed struck out already were not withdrawn by this change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from revtrack.changes.kinds import Change, TextEdited, TextMoved, TextRemoved
from revtrack.changes.words import WORD, key
from revtrack.diff import Equal
from revtrack.model import Article, Span
from revtrack.text import fold

__all__ = ["STRUCK", "holds_struck", "struck_in"]

STRUCK = "struck"
"""The rule of text that was removed and that the new page still shows, struck out."""


def struck_in(old: Article, new: Article, change: Change, *, within: Span | None = None) -> bool:
    """Whether the new page shows struck out what a change removed, and the old page did not.

    *within* is a stretch of the change's old text, such as that of one difference: what was removed in
    it must be struck out. False where nothing was removed.
    """
    if not any(block.struck for block in new.blocks):
        return False
    struck = _struck(new)
    struck.subtract(_struck(old))
    shown = [_words(words) for words, count in struck.items() if count > 0]
    removed = [words for words in map(_words, _removed(change, within)) if words]
    return bool(removed) and all(any(_holds(one, words) for one in shown) for words in removed)


def holds_struck(article: Article, words: str) -> bool:
    """Whether a page shows *words* struck out, alone or among others."""
    wanted = _words(words)
    return bool(wanted) and any(_holds(_words(one), wanted) for one in _struck(article))


def _struck(article: Article) -> Counter[str]:
    return Counter([one.text for block in article.blocks for one in block.struck])


def _removed(change: Change, within: Span | None) -> Iterator[str]:
    """What a change took from the text, run by run."""
    if isinstance(change, TextRemoved):
        yield change.old or ""
    elif isinstance(change, TextEdited | TextMoved):
        for op in change.ops:
            if isinstance(op, Equal) or not len(op.old):
                continue
            if within is None or op.old.overlaps(within):
                yield op.old.of(change.old or "")


def _words(text: str) -> list[str]:
    return [key(word) for word in WORD.findall(fold(text))]


def _holds(whole: list[str], part: list[str]) -> bool:
    """Whether one run of words holds another."""
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))
