"""Values: the numbers and dates that an edit took away and brought, whatever their notation."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from revtrack import facts
from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.words import Placed, key, lies_in, marks, pointed, touched
from revtrack.facts import Clock, Day, Fact, FactKind, Quantity
from revtrack.facts.units import MONEY, PERCENT, POINTS
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["number", "same_value"]

_DATED = frozenset({FactKind.DATE, FactKind.TIME})
_SHARES = frozenset({PERCENT, POINTS})
_FIGURES = 4  # of a clock time without a colon


def number(edit: Edit) -> Finding | None:
    """What kind of value changed: a percentage, an amount, a date or a number; None where none did.

    The number of a figure, a table or a source is a reference and counts nothing.
    """
    gone, come = _of(edit)
    if not (gone or come) or _referred(edit, gone, come):
        return None
    found = (*gone, *come)
    signs = {fact.value.sign for fact in found if isinstance(fact.value, Quantity)}
    if signs & _SHARES:
        nature = Nature.PERCENTAGE
    elif signs & MONEY:
        nature = Nature.AMOUNT
    else:
        nature = Nature.DATE if all(fact.kind in _DATED for fact in found) else Nature.NUMBER
    return Finding(nature, _within(edit.lost, gone), _within(edit.fresh, come))


def same_value(edit: Edit) -> Finding | None:
    """All that changed is how values are written: *$2.5m* and *2.5 million dollars*."""
    if not edit.may_count() or any(_of(edit)):
        return None
    rewritten = False
    for side, words in edit.sides:
        valued = _within(words, _read(side, edit.language, rendered=edit.rendered))
        rewritten = rewritten or bool(valued)
        if not all(one in valued or _joins(one[0], edit) for one in words):
            return None
    return Finding(Nature.WORDING, edit.lost, edit.fresh) if rewritten else None


def _joins(word: str, edit: Edit) -> bool:
    """Whether a word only joins the others: a hedge, a denial and a word of contrast say something."""
    words, name = edit.words, key(word)
    tells = name in words.negations or name in words.roughly or words.senses.get(name)
    return name in words.function and not tells


def _within(words: Placed, changed: Iterable[Fact]) -> Placed:
    """The words of an edit that are part of the values."""
    spans = [fact.span for fact in changed]
    return tuple([p for p in words if any(span.start <= p[1] < span.stop for span in spans)])


def _of(edit: Edit) -> tuple[list[Fact], list[Fact]]:
    """The values that only one of the sides has, in what the edit touches."""
    if not edit.may_count():
        return [], []
    exchanged = _exchanged(edit.old, edit.new, edit.language, edit.rendered)
    gone, come = (
        [fact for fact in side if any(_meets(fact.span, span) for span in spans)]
        for side, spans in zip(exchanged, edit.spans, strict=True)
    )
    if gone and come:
        return gone, come
    return _weighing(gone, edit.fresh_keys, edit.words), _weighing(come, edit.lost_keys, edit.words)


def _weighing(these: Iterable[Fact], others: frozenset[str], words: Words) -> list[Fact]:
    """Values that nothing takes the place of, but for a place in an order, *one hour* and *1 hour*.

    A place in an order is a word like others then: *first published*.
    """
    one = not others.isdisjoint(words.ones)
    return [
        fact
        for fact in these
        if fact.kind is not FactKind.ORDINAL
        and not (one and isinstance(fact.value, Quantity) and fact.value.written == 1)
    ]


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


@lru_cache(maxsize=2)  # two rules ask, for each part of an edit
def _exchanged(old: str, new: str, language: str, rendered: bool) -> tuple[list[Fact], list[Fact]]:
    """The values that only the old side has, and those that only the new side has."""
    olds, news = (_read(side, language, rendered=rendered) for side in (old, new))
    gone, come = _without(olds, news), _without(news, olds)
    return (
        [fact for fact in gone if not any(_agree(fact, other) for other in come)],
        [fact for fact in come if not any(_agree(fact, other) for other in gone)],
    )


def _read(side: str, language: str, *, rendered: bool) -> list[Fact]:
    """The values of a side, but for the numbers by which it points at its own parts and sources."""
    references = marks(side, rendered=rendered)
    return [
        fact
        for fact in facts.counted(side, language=language)
        if not pointed(side, fact.span.start) and not lies_in(references, fact.span.start)
    ]


def _without(these: Iterable[Fact], those: Iterable[Fact]) -> list[Fact]:
    """The values of one side that the other has nowhere; to say one again says nothing new."""
    said = {fact.value for fact in those}
    return [fact for fact in these if fact.value not in said]


def _agree(one: Fact, other: Fact) -> bool:
    """Whether two values differ only in what one of them leaves out: a unit, a year, a time zone.

    A currency or a per cent sign is never left out: *by 5* is not *by 5%*.
    """
    a, b = one.value, other.value
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        signs = {a.sign, b.sign} & (MONEY | _SHARES)
        same = a.written == b.written and not (a.vague or b.vague)  # *dozens*, *hundreds*
        return (not a.unit or not b.unit) and not signs and same
    if isinstance(a, Day) and isinstance(b, Quantity):
        return not b.unit and a == Day(year=int(b.number))  # *of 2000* boats, of *2,000* boats
    if isinstance(a, Clock) and isinstance(b, Quantity):
        return len(other.span) == _FIGURES and b.number == 100 * a.hour + a.minute  # 06:00, 0600
    if isinstance(b, Day | Clock) and isinstance(a, Quantity):
        return _agree(other, one)
    if isinstance(a, Day) and isinstance(b, Day):  # *13 May* and *13 May 2025*
        return bool(a.day and b.day) and not (a.year and b.year) and facts.same(one, other)
    return isinstance(a, Clock) and isinstance(b, Clock) and facts.same(one, other)


def _referred(edit: Edit, gone: list[Fact], come: list[Fact]) -> bool:
    """Marks of reference are where the numbers of the other side were."""
    if gone and come:
        return False
    old, new = edit.spans
    return (touched(edit.new, new) if gone else touched(edit.old, old)) >= len(gone or come)
