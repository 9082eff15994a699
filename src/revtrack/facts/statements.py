"""Statements: who says what in quotation marks, and who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from revtrack.facts.kinds import Fact, FactKind, Role, Saying
from revtrack.facts.pieces import Piece, pieces
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["QUOTED", "quotations", "quoted", "roles"]

QUOTED = re.compile(
    r"“[^”“]{3,}”|\"[^\"]{3,}\"|«[^»«]{3,}»|„[^“”„]{3,}[“”]|「[^」「]{3,}」|『[^』『]{3,}』|‘(?:[^‘’]|’(?=\w)){3,}’"
    r"|(?<![\w.,!?…])”[^”“\n]{3,}”|(?<![\w.,!?…])»[^»«\n]{3,}«"  # in Swedish and Danish
)
_OPENING = '“"«»„「『‘”'
_MARKS = " “”\"«»„「」『』‘’'.,;:!?。、，"

_LONGEST_SPEAKER = 5
"""Words of a speaker beside the verb of saying (range 3 to 8)."""

_SIDE = 6
"""Words beside a verb that can hold its subject or object (range 3 to 8)."""

_STEM = 4
"""How many first letters name a verb in all its forms (range 3 to 6)."""


def quoted(text: str) -> Iterator[re.Match[str]]:
    """Where a text has words in quotation marks; most sentences have no such mark."""
    return QUOTED.finditer(text) if any(map(text.__contains__, _OPENING)) else iter(())


def quotations(text: str, words: Words) -> Iterator[Fact]:
    """The words in quotation marks, each with the speaker that the sentence names beside them."""
    for match in quoted(text):
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


def roles(text: str, words: Words) -> Iterator[Fact]:
    """The roles that the passives of *text* give, and the exchanges (*sold to*, *bought from*)."""
    if not words.spaced:
        return
    run = pieces(text)
    for at, piece in enumerate(run):
        if piece.key in words.exchanges:
            yield from _exchange(run, at, words)
        elif piece.key in words.passives:
            yield from _passive(run, at, words)


def _passive(run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """*The mayor was shot by a man*: the patient, the verb behind *was*, the doer behind *by*.

    In German and Dutch the verb is behind the doer, at the end of the clause.
    """
    ahead = run[at + 1 : at + 1 + 2 * _SIDE]
    lead = next((n for n, piece in enumerate(ahead) if piece.key in words.agents), None)
    if lead is None:
        return
    behind = ahead[lead + 1 :]
    verb = next((p for p in ahead[:lead] if p.key not in words.function), None)
    if verb is None and behind:
        *behind, verb = behind
    agent, patient = _noun(behind, words), _noun(run[max(0, at - _SIDE) : at], words)
    if verb and agent and patient:
        role = Role(verb.key[:_STEM], agent.key, patient.key)
        yield Fact(FactKind.ROLE, role, Span(patient.start, agent.stop))


def _exchange(run: Sequence[Piece], at: int, words: Words) -> Iterator[Fact]:
    """*A sold B to C* and *C bought B from A* are one."""
    verb, giving = words.exchanges[run[at].key]
    leads = words.receivers if giving else words.givers
    ahead = run[at + 1 : at + 1 + 2 * _SIDE]
    lead = next((n for n, piece in enumerate(ahead) if piece.key in leads), None)
    if lead is None:
        return
    subject, other = _noun(run[max(0, at - _SIDE) : at], words), _noun(ahead[lead + 1 :], words)
    if subject and other:
        giver, taker = (subject, other) if giving else (other, subject)
        span = Span(subject.start, other.stop)
        yield Fact(FactKind.ROLE, Role(verb, giver.key, taker.key), span)


def _noun(side: Sequence[Piece], words: Words) -> Piece | None:
    """The last word of the first run of words that say something: *master* of *the harbour master*."""
    found: Piece | None = None
    for piece in side:
        if piece.kind != "word" or piece.key in words.function:
            if found is not None:
                break
            continue
        found = piece
    return found
