"""Edit: two wordings of one passage and the words between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias
from unicodedata import category

import attrs

from revtrack.changes.kinds import Nature
from revtrack.changes.references import addresses, lies_in, marks
from revtrack.diff import Equal, TextOp
from revtrack.facts.vocabulary import DEFAULT, Words, words_of
from revtrack.model import Span
from revtrack.text.lexing import ranges

__all__ = ["WORD", "Edit", "Finding", "Placed", "changed_words", "key", "standing", "words_in"]

_MARKS = ranges([code for code in range(0x300, 0x17D4) if category(chr(code)) in {"Mn", "Mc"}])
"""Vowel signs and accents of their own: Hindi, Tamil, Thai, Arabic and others write words with them."""

# runs of letters and, rarely, marks between them: a choice at each letter takes half as long again
_LETTERS = rf"[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*"
_CURRENCY = "$€£¥₹₽₩"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_NUMBER = rf"[{_CURRENCY}]?\d+(?:[.,:٫٬]\d+)*[%½¼¾]?"
_BEGINS = rf"(?=[\w%½¼¾{_CURRENCY}])"  # most other characters are passed over by this alone
WORD = re.compile(rf"{_BEGINS}(?:(?<!\d){_WORD}\d*|{_WORD}|{_NUMBER}|[%½¼¾{_CURRENCY}])")
"""A word (*A320* is one), a number with its currency or per cent sign, or such a sign alone."""

_KEPT_KEYS = 8192
"""How many words are remembered with their keys: prose repeats itself, and two versions even more."""

_LOOKED_THROUGH = 200_000
"""Characters of an article, from its beginning, in which a word is looked for: ten long reads. So the
work grows with the edits and not with their number times the text."""

Placed: TypeAlias = tuple[tuple[str, int], ...]
"""Words with their positions in one side of an edit."""


@attrs.frozen
class Finding:
    """What a rule saw: a nature, and the words that went and came by which it was decided."""

    nature: Nature
    gone: Placed = ()
    come: Placed = ()


@attrs.define(eq=False)  # read once when it is made: each rule asks for all of it
class Edit:
    """Two wordings of one passage and the operations between them; never written after it was made.

    `quoted` says that the whole passage is a quotation; `language` is that of the article, as
    `vocabulary.spoken` names it; `story` is the article's text, where names are looked up.

    `gone_words` and `come_words` are the words that went and came, with their positions in their side;
    `lost` and `fresh` are those among them that did not only change places, `lost_keys` and
    `fresh_keys` these as they are compared, and `keys` both: by them most rules can say no at once.
    """

    old: str
    new: str
    ops: tuple[TextOp, ...]
    quoted: bool = False
    language: str = DEFAULT
    story: str = ""
    words: Words = attrs.field(init=False)
    gone_words: Placed = attrs.field(init=False)
    come_words: Placed = attrs.field(init=False)
    lost: Placed = attrs.field(init=False)
    fresh: Placed = attrs.field(init=False)
    lost_keys: frozenset[str] = attrs.field(init=False)
    fresh_keys: frozenset[str] = attrs.field(init=False)
    keys: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.words = words_of(self.language)
        self.gone_words, self.come_words = self.lost, self.fresh = changed_words(
            self.old, self.new, self.ops
        )
        self.lost_keys = frozenset([key(word) for word, _ in self.lost])
        self.fresh_keys = frozenset([key(word) for word, _ in self.fresh])
        if not self.lost_keys.isdisjoint(self.fresh_keys):
            gone, come = self.swapped()
            self.lost = tuple([placed for placed in self.lost if key(placed[0]) in gone])
            self.fresh = tuple([placed for placed in self.fresh if key(placed[0]) in come])
            self.lost_keys, self.fresh_keys = frozenset(gone), frozenset(come)
        self.keys = self.lost_keys | self.fresh_keys

    @property
    def gone(self) -> tuple[Span, ...]:
        """The stretches of the old side that the new side has not."""
        return tuple([op.old for op in self.ops if not isinstance(op, Equal) and len(op.old)])

    @property
    def come(self) -> tuple[Span, ...]:
        """The stretches of the new side that the old side has not."""
        return tuple([op.new for op in self.ops if not isinstance(op, Equal) and len(op.new)])

    def swapped(self) -> tuple[Counter[str], Counter[str]]:
        """How often words went and came, as they are compared, but for those that changed places."""
        gone = Counter([key(word) for word, _ in self.gone_words])
        come = Counter([key(word) for word, _ in self.come_words])
        return gone - come, come - gone

    def in_lower_case(self, word: str) -> bool:
        """Whether the article writes a word in lower case somewhere: a capital makes no name of it."""
        return word[0].islower() and next(standing(word, self.story), None) is not None

    def by(self, nature: Nature, words: Iterable[str]) -> Finding | None:
        """A finding where one of *words* went or came."""
        wanted = self.keys.intersection(words)
        if not wanted:
            return None
        gone = tuple([placed for placed in self.lost if key(placed[0]) in wanted])
        come = tuple([placed for placed in self.fresh if key(placed[0]) in wanted])
        return Finding(nature, gone, come)


def standing(word: str, story: str) -> Iterator[int]:
    """Where a word stands in an article, as a whole.

    To look for the few words that an edit asks for takes a hundredth of cutting the article into words.
    """
    at = story.find(word, 0, _LOOKED_THROUGH)
    while at >= 0:
        if not _inside_word(story, at) and (match := WORD.match(story, at)) and match.group() == word:
            yield at
        at = story.find(word, at + 1, _LOOKED_THROUGH)


def _inside_word(story: str, at: int) -> bool:
    before = story[max(0, at - 2) : at]
    return bool(before) and (
        _is_letter(before[-1]) or (before[-1] in "'’" and len(before) > 1 and _is_letter(before[0]))
    )


def _is_letter(character: str) -> bool:
    return character.isalpha() or category(character) in {"Mn", "Mc"}


def changed_words(old: str, new: str, ops: Iterable[TextOp]) -> tuple[Placed, Placed]:
    """The words of each side that the operations touch, with their positions.

    What stands in square brackets is a mark of reference, not a word.
    """
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for op in ops:
        if not isinstance(op, Equal):
            for side, span, words in ((old, op.old, gone), (new, op.new, come)):
                for match in WORD.finditer(side, span.start, span.stop):
                    words.append((match.group(), match.start()))
    return _unmarked(old, gone), _unmarked(new, come)


@lru_cache(maxsize=4)  # several rules ask for the whole of one side
def words_in(side: str) -> tuple[str, ...]:
    """All the words of one side."""
    return tuple(WORD.findall(side))


def _unmarked(side: str, words: Iterable[tuple[str, int]]) -> Placed:
    for references in (marks(side), addresses(side)):
        words = [p for p in words if not lies_in(references, p[1])] if references else words
    return tuple(words)


@lru_cache(maxsize=_KEPT_KEYS)
def key(word: str) -> str:
    """A word as it is compared: lower case, straight apostrophe, without a possessive ending."""
    return word.casefold().replace("’", "'").removesuffix("'s")
