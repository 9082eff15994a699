"""Statements: what is denied, hedged or quoted, and words that are facts by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from revtrack.facts.kinds import Fact, FactKind, Saying, Sense
from revtrack.facts.pieces import Piece, pieces
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["QUOTED", "quotations", "statements"]

QUOTED = re.compile(
    r"“[^”“]{3,}”|\"[^\"]{3,}\"|«[^»«]{3,}»|„[^“”„]{3,}[“”]|「[^」「]{3,}」|『[^』『]{3,}』|‘(?:[^‘’]|’(?=\w)){3,}’"
)
_MARKS = " “”\"«»„「」『』‘’'.,;:!?。、，"
_CONTRACTED = ("n't", "s't")
"""Endings of English verbs that deny, the second as it is often misspelt (*does't*)."""

_LONGEST_SPEAKER = 5
"""Words of a speaker beside the verb of saying (range 3 to 8)."""


def statements(text: str, words: Words) -> Iterator[Fact]:
    """What *text* denies and hedges, and its words that are facts."""
    if not words.spaced:
        yield from _inside(text, words)
        return
    run = pieces(text)
    for at, piece in enumerate(run):
        span = Span(piece.start, piece.stop)
        if (
            piece.key in words.negations
            or piece.key in words.refusals
            or piece.key.endswith(_CONTRACTED)
        ):
            yield Fact(FactKind.POLARITY, "refused" if piece.key in words.refusals else "denied", span)
        hedge = piece.key.removesuffix("n't")
        if hedge in words.hedges or (
            piece.key in words.roughly and _number_follows(run[at + 1 : at + 2], words)
        ):
            yield Fact(FactKind.HEDGE, words.hedge_ranks.get(hedge, ""), span)
        for sense in words.senses.get(piece.key) or ():
            yield Fact(FactKind.WORD, Sense(*sense), span)


def _number_follows(behind: tuple[Piece, ...], words: Words) -> bool:
    return any(p.kind in {"number", "sign"} or p.key in words.numbers for p in behind)


def _inside(text: str, words: Words) -> Iterator[Fact]:
    """The same where words do not stand apart."""
    for kind, listed in ((FactKind.POLARITY, words.negations), (FactKind.HEDGE, words.hedges)):
        for word in sorted(listed, key=lambda w: (-len(w), w)):
            place = text.find(word)
            if place >= 0:
                value = "denied" if kind is FactKind.POLARITY else words.hedge_ranks.get(word, "")
                yield Fact(kind, value, Span(place, place + len(word)))
    for word, senses in words.senses.exact.items():
        place = text.find(word)
        while place >= 0:
            for sense in senses:
                yield Fact(FactKind.WORD, Sense(*sense), Span(place, place + len(word)))
            place = text.find(word, place + len(word))


def quotations(text: str, words: Words) -> Iterator[Fact]:
    """The words in quotation marks, each with the speaker that the sentence names beside them."""
    for match in QUOTED.finditer(text):
        said = " ".join(match.group().strip(_MARKS).casefold().split())
        yield Fact(FactKind.QUOTATION, Saying(said, _speaker(text, match, words)), Span(*match.span()))


def _speaker(text: str, match: re.Match[str], words: Words) -> str:
    """Who says it: the words beside the verb of saying that is nearest to the quotation."""
    run = [p for p in pieces(text) if p.start >= match.end()][: 2 * _LONGEST_SPEAKER]
    said = next((n for n, piece in enumerate(run) if piece.key in words.attributions), None)
    if said is None:
        run = [p for p in pieces(text) if p.stop <= match.start()][-2 * _LONGEST_SPEAKER :]
        said = next((n for n in range(len(run) - 1, -1, -1) if run[n].key in words.attributions), None)
        if said is None:
            return ""
    sides = (run[:said][-_LONGEST_SPEAKER:], run[said + 1 : said + 1 + _LONGEST_SPEAKER])
    for side in sides:
        named = [piece.key for piece in side if piece.key not in words.function]
        if named:
            return " ".join(named)
    return ""
