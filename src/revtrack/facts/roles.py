"""Roles: who does what to whom, in the passive and in verbs that look from both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revtrack.facts.kinds import Fact, FactKind, Role
from revtrack.facts.pieces import Piece, pieces
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["roles"]

_SIDE = 6
"""Words beside a verb that can hold its subject or object (range 3 to 8)."""

_STEM = 4
"""How many first letters name a verb in all its forms (range 3 to 6)."""


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
    """*The mayor was shot by a man*: the patient, the verb behind *was*, the doer behind *by*."""
    ahead = run[at + 1 : at + 1 + 2 * _SIDE]
    lead = next((n for n, piece in enumerate(ahead) if piece.key in words.agents), None)
    if not lead:
        return
    verb = next((p for p in ahead[:lead] if p.key not in words.function), None)
    agent, patient = _noun(ahead[lead + 1 :], words), _noun(run[max(0, at - _SIDE) : at], words)
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
