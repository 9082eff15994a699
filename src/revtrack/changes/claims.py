"""What a notice claims and what a change shows, folded alike, so that the two can be held together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain

import attrs

from revtrack import text
from revtrack.changes.edit import WORD, Placed, changed_words, key
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextMoved,
    UpdateAdded,
)
from revtrack.facts.vocabulary import DEFAULT, words_of
from revtrack.model import Notice

__all__ = ["Claim", "Told", "claim_of", "holds", "stems", "stems_of", "told_of"]

_MARKS = re.compile(r"[\W_]+")
# Words that share so many first letters count as one: *deport*, *deporting*, *deportation*. Four joins
# strangers (*cont*), six parts *remove* from *removal*.
_STEM = 5
# Shorter words are grammar in most languages. Where words do not stand apart, two characters count.
_SHORTEST = 4
_DENSE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))


@attrs.frozen(slots=False)  # what is read off it is kept in its dictionary, the quickest place
class Told:
    """One change as a notice could speak of it: both sides and the words that differ, folded."""

    change: Change

    @cached_property
    def old(self) -> str:
        """The old side without punctuation and letter case."""
        return _plain(self.change.old)

    @cached_property
    def new(self) -> str:
        """The new side likewise."""
        return _plain(self.change.new)

    @cached_property
    def differing(self) -> tuple[Placed, Placed]:
        """The words that went and those that came, each with its position in its side."""
        change = self.change
        if isinstance(change, HeadlineChanged | TextEdited | TextMoved) and change.ops:
            return changed_words(change.old or "", change.new or "", change.ops)
        return _worded(change.old), _worded(change.new)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that went or came."""
        return frozenset([key(word) for side in self.differing for word, _ in side])

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the content words among them begin with."""
        return stems(self.words)


@attrs.frozen
class Claim:
    """What a notice says, folded: the wrong words, the right words, the names and numbers in it.

    `words` are all its words with their positions, `named` its numbers and capitalised words as they
    are compared, `stems` the beginnings of all its content words.
    """

    notice: Notice
    said: str
    says: str
    words: Placed
    named: frozenset[str]
    stems: frozenset[str]


def told_of(change: Change) -> Told | None:
    """The change as a notice could speak of it; None for one that no notice explains."""
    match change:
        case NoticeAdded() | NoticeRemoved() | UpdateAdded() | LinkChanged():
            return None
        case TextMoved() if change.nature is Nature.ORDER:
            return None
        case TextAdded() | TextEdited() | TextMoved() if change.nature is Nature.NOTICE:
            return None  # what a notice says needs no other notice
        case _:
            return Told(change)


def claim_of(notice: Notice) -> Claim:
    """What *notice* claims."""
    words = _worded(notice.text)
    return Claim(
        notice,
        _plain(notice.said),
        _plain(notice.says),
        words,
        frozenset([key(word) for word, _ in words if _telling(word)]),
        stems([key(word) for word, _ in words]),
    )


def holds(side: str, words: str) -> bool:
    """Whether a folded side holds folded words, as words."""
    return f" {words} " in f" {side} "


def stems(words: Iterable[str]) -> frozenset[str]:
    """What content words begin with; of a script without spaces each two neighbouring characters."""
    return frozenset(chain.from_iterable(map(stems_of, words)))


@lru_cache(maxsize=8192)
def stems_of(word: str) -> tuple[str, ...]:
    """The same of one word: at most one, but for a script without spaces."""
    if any(first <= word[0] <= last for first, last in _DENSE):
        return tuple([word[place : place + 2] for place in range(len(word) - 1)])
    if word in words_of(DEFAULT).function or (len(word) < _SHORTEST and not word[0].isdigit()):
        return ()
    return (word[:_STEM],)


def _plain(words: str | None) -> str:
    return _MARKS.sub(" ", text.fold(words)).strip().casefold() if words else ""


def _worded(side: str | None) -> Placed:
    """The words of a text with their positions."""
    return tuple([(match.group(), match.start()) for match in WORD.finditer(side or "")])


def _telling(word: str) -> bool:
    """A number, or a capitalised word that is more than a word of grammar."""
    if word.islower() and word.isalpha():
        return False  # most words
    if word[0].isupper():
        return len(word) > 2 and key(word) not in words_of(DEFAULT).function
    return any(c.isdigit() for c in word)
