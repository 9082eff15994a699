"""Numbers and dates: the values that an edit took away and brought, whatever their notation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from revtrack import facts
from revtrack.changes.edit import Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.references import lies_in, marks, pointed, touched
from revtrack.facts import Clock, Day, Fact, FactKind, Quantity
from revtrack.facts.units import MONEY, PERCENT, POINTS

__all__ = ["number", "same_value"]

_DATED = frozenset({FactKind.DATE, FactKind.TIME})
_SYMBOL = 4
"""Letters of the longest symbol of a unit, sign of scale or numeral of a ruler (range 3 to 6)."""

_SHARES = frozenset({PERCENT, POINTS})


def number(edit: Edit) -> Finding | None:
    """What kind of value changed: a percentage, an amount, a date or a number; None where none did.

    The number of a figure, a table or a source is a reference and counts nothing.
    """
    gone, come = _exchanged(edit)
    if not (gone or come) or _referred(edit, gone, come):
        return None
    return Finding(_counted(gone, come), _words(edit.lost, gone), _words(edit.fresh, come))


def same_value(edit: Edit) -> Finding | None:
    """All that changed is how values are written: *$2.5m* and *2.5 million dollars*."""
    if not any(_may_count(edit, word) for word, _ in (*edit.lost, *edit.fresh)):
        return None
    if any(_exchanged(edit)):
        return None
    rewritten = 0
    for side, words in ((edit.old, edit.lost), (edit.new, edit.fresh)):
        spans = [(f.span.start, f.span.stop) for f in _values_of(edit, side)]
        if not all(_within(spans, at) or _joins(word, edit) for word, at in words):
            return None
        rewritten += sum([_within(spans, at) for _, at in words])
    return Finding(Nature.WORDING, edit.lost, edit.fresh) if rewritten else None


def _may_count(edit: Edit, word: str) -> bool:
    """Whether a word can be a part of a value: most edits touch none, and are not read."""
    words, name = edit.words, key(word)
    if not words.spaced or len(word) <= _SYMBOL or any(map(str.isdigit, word)):
        return name not in words.function or name in words.ones or not words.spaced
    listed = name in words.numbers or name in words.units or name in words.date_words
    return listed or name in words.months_by_name or words.counting(name)


def _joins(word: str, edit: Edit) -> bool:
    """Whether a word only joins the others: a hedge, a denial and a word of contrast say something."""
    words, name = edit.words, key(word)
    tells = name in words.negations or name in words.roughly or words.senses.get(name)
    return name in words.function and not tells


def _within(spans: Iterable[tuple[int, int]], at: int) -> bool:
    return any(start <= at < stop for start, stop in spans)


@lru_cache(maxsize=1)  # two rules ask
def _exchanged(edit: Edit) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The values that only the old side has, and those that only the new side has."""
    if not any(_may_count(edit, word) for word, _ in (*edit.gone_words, *edit.come_words)):
        return (), ()
    old, new = _values_of(edit, edit.old), _values_of(edit, edit.new)
    gone, come = _without(old, new), _without(new, old)
    return (
        tuple([fact for fact in gone if not any(_agree(fact, other) for other in come)]),
        tuple([fact for fact in come if not any(_agree(fact, other) for other in gone)]),
    )


def _values_of(edit: Edit, side: str) -> tuple[Fact, ...]:
    references = marks(side)
    return tuple(
        [
            fact
            for fact in facts.counted(side, language=edit.language)
            if not pointed(side, fact.span.start)
            and not (references and lies_in(references, fact.span.start))
        ]
    )


def _without(these: Iterable[Fact], those: Iterable[Fact]) -> list[Fact]:
    left = Counter([fact.value for fact in those])
    found = []
    for fact in these:
        if left[fact.value]:
            left[fact.value] -= 1
        else:
            found.append(fact)
    return found


def _agree(one: Fact, other: Fact) -> bool:
    """Whether two values differ only in what one of them leaves out: a unit or a time zone.

    A currency or a per cent sign is never left out: *by 5* is not *by 5%*.
    """
    a, b = one.value, other.value
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        signs = {a.sign, b.sign} & (MONEY | _SHARES)
        return (not a.unit or not b.unit) and not signs and a.written == b.written
    if isinstance(a, Quantity) and isinstance(b, Day):
        return not a.unit and b == Day(year=int(a.number))  # *of 2000* boats, of *2,000* boats
    if isinstance(a, Day) and isinstance(b, Quantity):
        return _agree(other, one)
    return isinstance(a, Clock) and isinstance(b, Clock) and facts.same(one, other)


def _referred(edit: Edit, gone: tuple[Fact, ...], come: tuple[Fact, ...]) -> bool:
    """Marks of reference stand where the numbers of the other side stood."""
    if gone and come:
        return False
    marked = touched(edit.new, edit.come) if gone else touched(edit.old, edit.gone)
    return marked >= len(gone or come)


def _counted(gone: tuple[Fact, ...], come: tuple[Fact, ...]) -> Nature:
    found = (*gone, *come)
    signs = {fact.value.sign for fact in found if isinstance(fact.value, Quantity)}
    if signs & _SHARES:
        return Nature.PERCENTAGE
    if signs & MONEY:
        return Nature.AMOUNT
    return Nature.DATE if all(fact.kind in _DATED for fact in found) else Nature.NUMBER


def _words(words: Placed, changed: tuple[Fact, ...]) -> Placed:
    """The words of an edit that are part of the changed values."""
    spans = [(fact.span.start, fact.span.stop) for fact in changed]
    return tuple([placed for placed in words if _within(spans, placed[1])])
