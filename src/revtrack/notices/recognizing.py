"""Whether a part of a page is a notice: asked by extraction for what stands outside the text."""

from __future__ import annotations

from functools import lru_cache

from revtrack.facts import counted
from revtrack.facts.vocabulary import DEFAULT
from revtrack.model import Span
from revtrack.notices.finding import find
from revtrack.notices.lexicon import LANGUAGES, choose, guess, lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import sentences
from revtrack.notices.subject import is_attributed, sets_against

__all__ = ["begins_notice", "is_notice", "may_hold_notice"]

# So much of a text is read to see how it begins, in characters (range 200 to 1,000).
_READ = 600
# A notice begins within so many characters of a text that begins with one: ornaments, a bracket.
_ORNAMENTS = 3
# A label and its colon are within so many characters.
_LABEL = 60
# What may stand before a label.
_MARKS = " *#[(–-•"
# A line that says nothing: what stands below a label.
_BELOW = "–"
# A text that may be a notice by its values has at most so many characters (range 200 to 400).
_SHORT = 300
_AMISS = ("wrong", "wrongly", "misstated", "stated", "right", "actually", "apologise")
# The share of a text that its notices cover where it is nothing else (range .5 to 1): a link to a page
# of corrections may close it, promotion and sign-up do not.
_COVERED = 0.6
# How many answers are kept for the next capture, whose lines are the same. About 2 MB.
_REMEMBERED = 4_096


@lru_cache(maxsize=_REMEMBERED)
def begins_notice(text: str, *, language: str | None) -> bool:
    """Whether *text* begins with a notice in *language*, where it is known, in English or its own.

    A label alone is the beginning of one: what it announces stands below it.
    """
    if not _may_begin(text, language):
        return False
    return any(one.start <= _ORNAMENTS for one in _spans(f"{text[:_READ]}\n{_BELOW}", language))


@lru_cache(maxsize=_REMEMBERED)
def is_notice(text: str, *, language: str | None) -> bool:
    """Whether *text*, paragraphs parted by new lines, is notices and little else, or may be one.

    A short text that sets one value against another may be: an earlier capture shows whether it is.
    """
    if len(text) <= _SHORT and any(map(str.isalpha, text)) and _sets_values_against(text, language):
        return True
    if not _may_begin(text, language):
        return False
    spans = _spans(text, language)
    covered = sum(map(len, spans))
    return bool(spans) and spans[0].start <= _ORNAMENTS and covered >= _COVERED * len(text.strip())


@lru_cache(maxsize=_REMEMBERED)
def _sets_values_against(text: str, language: str | None) -> bool:
    name = choose(language, text)
    if name is None:
        return False
    words = lexicon(name)
    inside = sentences(text, fold(text), words)
    if any(s.asks or s.has("refuse", "service") or is_attributed(s) for s in inside):
        return False
    given = [len(counted(s.text, language=name)) for s in inside]
    if any(n > 1 and sets_against(s) for n, s in zip(given, inside, strict=True)):
        return True
    of_text = any(s.has("noun", "own", "we") and s.has(*_AMISS) for s in inside)
    return of_text and sum(map(bool, given)) > 1


def may_hold_notice(text: str, *, language: str | None) -> bool:
    """Whether a line of *text* has a label or a telling word: most boxes of a page have none."""
    name = choose(language, "") if language else None
    if name is None:
        return True  # a language without a lexicon is read by its form, each part guessed for itself
    lines = text.split("\n")
    return any(lexicon(one).sieve.keeps(line) for one in {name, DEFAULT} for line in lines)


def _may_begin(text: str, language: str | None) -> bool:
    """Whether the first line has a label or a telling word: most lines of a page have none."""
    text = text[:_READ]
    name = choose(language, text)
    if language and name is None:
        return True  # a language without a lexicon is read by its form
    line = text.lstrip().partition("\n")[0]
    names = {name or DEFAULT, DEFAULT}  # syndicated notices are in English on any page
    if ":" in line[:_LABEL] or not line[:_LABEL].isascii():
        names |= {guess(line) or DEFAULT}  # a page may state another language than it is in
        if _labelled_in(line):
            return True
    return any(lexicon(one).sieve.keeps(line) for one in sorted(names))


def _spans(text: str, language: str | None) -> list[Span]:
    names = [language, *([None] if language else []), *_labelled_in(text)]
    found = next((found for name in names if (found := find(text, language=name))), ())
    return [one.span for one in found if one.span is not None]


def _labelled_in(text: str) -> list[str]:
    """The languages with a label that *text* opens with: it may be too short to guess its own by."""
    head = fold(text[:_LABEL])
    if ":" not in head:
        return []
    head = head.lstrip(_MARKS)
    return [name for name in LANGUAGES if lexicon(name).label_finder.match(head)]
