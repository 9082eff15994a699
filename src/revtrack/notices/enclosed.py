"""Notices inside a sentence: a clause in brackets or between dashes that says what was corrected."""

from __future__ import annotations

import re

from revtrack.notices.folded import fold
from revtrack.notices.grammar import fires
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.sentence import sentences

__all__ = ["enclosed_notice"]

# An enclosed clause has at most 300 characters; a longer one is a text of its own.
_CLAUSE = re.compile(
    r"\[[^\[\]\n]{6,300}\]|\([^()\n]{6,300}\)|（[^（）\n]{3,300}）|【[^【】\n]{3,300}】"
    r"|(?<=\s)[—–](?=\s)[^—–\n]{6,300}\s(?:[—–](?=\s)|$)|(?<=\w)—(?=\w)[^—–\n]{6,300}(?<=\w)—(?=\w)"
)
# *Corrected* opens a notice where what stood before is given, and not where it is *for inflation*.
_BEFORE = ("earlier", "originally", "stated", "wrong", "wrongly", "misstated")
_QUOTED_OR_FIGURE = re.compile(r"[\d“”„\"«»「」]")


def enclosed_notice(text: str, words: Lexicon) -> tuple[int, int, str] | None:
    """Where in a paragraph an enclosed notice begins and ends, and the rule that finds it.

    None where nothing is enclosed, or the clause is all of the paragraph. The span holds the brackets
    or dashes, so that the sentence reads on without it.
    """
    for clause in _CLAUSE.finditer(text):
        start, stop = clause.span()
        if not text[:start].strip(" *") and not text[stop:].strip(" *."):
            continue
        rule = _rule(clause.group()[1:-1].strip(" —–"), words)
        if rule is not None:
            return start, stop, rule
    return None


def _rule(inner: str, words: Lexicon) -> str | None:
    """The rule by which the words of a clause are a notice."""
    inside = sentences(inner, fold(inner), words)
    rule = next((rule for s in inside if (rule := fires(s))), None)
    if rule is not None or not inside:
        return rule
    first = inside[0]
    verb = min(first.of("corrected"), key=_start, default=None)
    if verb is None or first.folded[: verb.start].strip() or first.has("refuse"):
        return None
    given = first.has(*_BEFORE) or _QUOTED_OR_FIGURE.search(first.text)
    return "enclosed" if given else None


def _start(mark: Mark) -> int:
    return mark.start
