"""Values: the numbers, dates and names that an edit took away and brought, whatever their notation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from revtrack import facts
from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.spelling import inflects, plain, unshortened
from revtrack.changes.words import Placed, key, lies_in, marks, pointed, touched, words_in
from revtrack.diff import Replace
from revtrack.facts import Clock, Day, Era, Fact, FactKind, Quantity
from revtrack.facts.names import PARTICLES, names
from revtrack.facts.units import MONEY, PERCENT, POINTS
from revtrack.facts.vocabulary import Words, words_of

__all__ = ["is_name", "name", "number", "same_value", "title_case"]

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
    if not edit.may_count or any(_of(edit)):
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
    covered = {at for fact in changed for at in range(fact.span.start, fact.span.stop)}
    return tuple([placed for placed in words if placed[1] in covered])


def _of(edit: Edit) -> tuple[list[Fact], list[Fact]]:
    """The values that only one of the sides has, in what the edit touches."""
    if not edit.may_count:
        return [], []
    exchanged = _exchanged(edit.old, edit.new, edit.language, edit.rendered)
    gone, come = (
        [fact for fact in side if any(map(fact.span.overlaps, spans))]
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


@lru_cache(maxsize=2)  # two rules ask, for each part of an edit
def _exchanged(old: str, new: str, language: str, rendered: bool) -> tuple[list[Fact], list[Fact]]:
    """The values that only the old side has, and those that only the new side has."""
    olds, news = (_read(side, language, rendered=rendered) for side in (old, new))
    gone, come = _without(olds, news), _without(news, olds)
    return _disagreeing(gone, come), _disagreeing(come, gone)


def _disagreeing(these: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Those that agree with none of the *others*."""
    by_number: dict[object, list[Fact]] = defaultdict(list)
    for fact in others:
        by_number[getattr(fact.value, "written", None)].append(fact)

    def near(fact: Fact) -> Iterable[Fact]:
        number = getattr(fact.value, "written", None)
        return others if number is None else chain(by_number.get(number, ()), by_number.get(None, ()))

    return [fact for fact in these if not any(_agree(fact, other) for other in near(fact))]


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
        degrees = "°" in (a.unit, b.unit) and (a.unit + b.unit).strip("CF") == "°°"
        return (not a.unit or not b.unit or degrees) and not signs and same
    if isinstance(a, Day) and isinstance(b, Quantity):
        return not b.unit and a == Day(year=int(b.number))  # *of 2000* boats, of *2,000* boats
    if isinstance(a, Clock) and isinstance(b, Quantity):
        return len(other.span) == _FIGURES and b.number == 100 * a.hour + a.minute  # 06:00, 0600
    if isinstance(b, Day | Clock) and isinstance(a, Quantity):
        return _agree(other, one)
    if isinstance(a, Day) and isinstance(b, Day):  # *13 May* and *13 May 2025*
        return bool(a.day and b.day) and not (a.year and b.year) and facts.same(one, other)
    return type(a) is type(b) and isinstance(a, Clock | Era) and facts.same(one, other)


def _referred(edit: Edit, gone: list[Fact], come: list[Fact]) -> bool:
    """Marks of reference are where the numbers of the other side were."""
    if gone and come:
        return False
    old, new = edit.spans
    return (touched(edit.new, new) if gone else touched(edit.old, old)) >= len(gone or come)


# --------------------------------------------------------------------------------------------- names
_PEOPLE = re.compile(r"(?<=...)(?:ian|ean|an|ese|ish|se|sche?)$")
_LAND = re.compile(r"(?<=...)(?:ia|en|[aoey])$")
"""Endings of the people of a place, or what is theirs, and of the place."""

PAIRED = 9
"""Up to how many words on each side make a replacement of one name by another (range 3 to 10)."""

SHORTER = 3
"""How many letters less make an abbreviation (range 2 to 5): one or two less are another spelling."""

ABBREVIATED = 5
"""How many letters an abbreviation has at most (range 3 to 6)."""

"""Languages that make compounds of all nouns: one says no more than its words."""

_JOINED = re.compile(r"[^\W_]_+[^\W_]")
"""Where two words of an identifier meet: each of them is part of a name."""

_GIVEN_BEFORE = re.compile(r"[^\W\d_a-z]\S* (?:[a-z]{2,3} )?$")
"""A word with a capital before a small word of a name, or before two of them: *Ludwig von der*."""

_HYPHEN = re.compile("[-‐‑]")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")


def name(edit: Edit) -> Finding | None:
    """One name, place or title gave way to another; what only came or went is a matter of content."""
    return _qualified(edit) or _title(edit) or _replaced(edit)


def _title(edit: Edit) -> Finding | None:
    """One title gave way to another: *Captain Keller*, *Major Keller*."""
    titles = edit.words.titles
    if not edit.words.spaced or edit.keys.isdisjoint(titles):
        return None
    gone, come = edit.chosen(lambda _, word, __: key(word) in titles)
    return Finding(Nature.NAME, gone, come) if gone and come else None


def _qualified(edit: Edit) -> Finding | None:
    """A name became part of a compound, or left one: *US forces*, *US-backed forces*.

    A compound whose parts were beside each other already (*US backed*) is only spelt otherwise.
    """
    if "closed_compounds" in edit.words.traits or not (
        _HYPHEN.search(edit.old) or _HYPHEN.search(edit.new)
    ):
        return None
    found: list[Placed] = []
    for side, spans, other_side, others in zip(
        (edit.old, edit.new), edit.spans, (edit.new, edit.old), (edit.come_words, edit.gone_words),
        strict=True,
    ):  # fmt: skip
        names = {word for word, _ in others if word[0].isupper()}
        joined = [match for span in spans for match in _COMPOUND.finditer(side, span.start, span.stop)]
        found.append(
            tuple(
                [
                    (match.group(), match.start())
                    for match in joined
                    if not names.isdisjoint(parts := _HYPHEN.split(match.group()))
                    and " ".join(parts) not in _HYPHEN.sub(" ", other_side)
                ]
            )
        )
    return Finding(Nature.NAME, *found) if any(found) else None


def _replaced(edit: Edit) -> Finding | None:
    """The names that went and the names that came, where one gave way to another.

    A few words must take the place of a few: in a passage that was written anew nothing says which name
    is put for which. One name in two spellings, two forms, or short and in full is one.
    """
    lost, fresh = edit.chosen(
        lambda side, word, at: is_name(edit, side, word, at) and not pointed(side, at)
    )
    if lost and fresh and edit.words.spaced:  # elsewhere operations part the characters of a name
        lost, fresh = _paired(edit, lost, fresh)
    lost, fresh = unshortened(edit, lost, fresh)
    if not lost or not fresh:
        return None
    if all(_one_name(a, b) or _abbreviates(edit, a, b) for a, b in zip(lost, fresh, strict=False)):
        return None
    places = all(
        (fact := _named(side, at, edit.language)) is not None and fact.kind is FactKind.PLACE
        for side, words in ((edit.old, lost), (edit.new, fresh))
        for _, at in words
    )
    return Finding(Nature.PLACE if places else Nature.NAME, lost, fresh)


def _paired(edit: Edit, lost: Placed, fresh: Placed) -> tuple[Placed, Placed]:
    """The names that are on both sides of one short replacement."""
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for op in edit.ops:
        if isinstance(op, Replace) and max(len(op.deleted.split()), len(op.inserted.split())) <= PAIRED:
            went = [p for p in lost if op.old.start <= p[1] < op.old.stop]
            came = [p for p in fresh if op.new.start <= p[1] < op.new.stop]
            if went and came:
                gone += went
                come += came
    return tuple(gone), tuple(come)


def _one_name(old: tuple[str, int], new: tuple[str, int]) -> bool:
    a, b = old[0], new[0]
    return _short_for(a, b) or inflects(a, b) or plain(a) == plain(b) or _of_one_place(a, b)


def _short_for(old: str, new: str) -> bool:
    """*Alex* is short for *Alexander*: one is the beginning of the other, and not a letter less."""
    short, long = sorted((key(old), key(new)), key=len)
    return len(short) > 1 and len(long) - len(short) >= SHORTER and long.startswith(short)


def _abbreviates(edit: Edit, old: tuple[str, int], new: tuple[str, int]) -> bool:
    """*Va.* is short for *Virginia*: its first letter, others in order, and a full stop; or *VA*."""
    places = (old, edit.old), (new, edit.new)
    for ((short, at), side), ((long, place), other) in (places, places[::-1]):
        ends = short.isupper() and key(short)[-1] == key(long)[-1]
        stopped = side.startswith(".", at + len(short))
        cut = stopped and not other.startswith(".", place + len(long))  # the stop is its own
        letters = iter(key(long))
        if (
            len(short) <= min(ABBREVIATED, len(long) - (SHORTER - cut))
            and (ends or stopped)
            and short[0] == long[0]
            and all(letter in letters for letter in key(short))
        ):
            return True
    return False


def _of_one_place(old: str, new: str) -> bool:
    """*Mexican* and *Mexico* are one place."""
    old, new = key(old).removesuffix("s"), key(new).removesuffix("s")
    return any(
        people != (stem := _PEOPLE.sub("", people)) and stem == _LAND.sub("", land)
        for people, land in ((old, new), (new, old))
    )


def is_name(edit: Edit, side: str, word: str, at: int) -> bool:
    """Whether a word is part of a name; in a headline in title case capitals say nothing."""
    if word in edit.known or _JOINED.search(side, max(0, at - 2), at + len(word) + 2):
        return True
    small = word[0].islower() and not (word in PARTICLES and _GIVEN_BEFORE.search(side, 0, at))
    if not word[0].isalpha() or small or (edit.words.spaced and len(word) < 2):
        return False
    if "capital_nouns" not in edit.words.traits and word[0].isupper() and title_case(side):
        return word.isupper() and not side.isupper()
    return _named(side, at, edit.language) is not None or _written_as_one(word)


def _named(side: str, at: int, language: str) -> Fact | None:
    """The name of which a word is part."""
    return next(
        (one for one in _names_of(side, language) if one.span.start <= at < one.span.stop), None
    )


@lru_cache(maxsize=8)  # each word of an edit asks
def _names_of(side: str, language: str) -> list[Fact]:
    return list(names(side, words_of(language)))


def _written_as_one(word: str) -> bool:
    """More than one capital, or a number grown on: a name wherever it is, in any script."""
    return word[0].isupper() and (sum([c.isupper() for c in word]) > 1 or word[-1].isdigit())


@lru_cache(maxsize=8)  # more than one rule asks for the sides of an edit
def title_case(side: str) -> bool:
    """A headline in title case, which is no sentence: capitals say nothing about names there."""
    if side.endswith("."):
        return False
    first = [word[0] for word in words_in(side) if len(word) > 3 and word[0].isalpha()]
    return len(first) >= 3 and sum(map(str.isupper, first)) > 0.7 * len(first)
