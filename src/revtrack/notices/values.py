"""The values of a clause: what may be wrong in it, and what may put it right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from revtrack.facts import Fact, FactKind, Quantity, read, same
from revtrack.notices.lexicon import Lexicon

__all__ = ["alone", "facing", "trimmed", "value_before"]

_EDGES = " \t\n.,،;:!?*()[]（）「」『』\"'“”„«»‘’–—"
# A value of one of these kinds is put right by another of its kind.
_KINDS = {
    FactKind.QUANTITY: "number",
    FactKind.ORDINAL: "number",
    FactKind.AGE: "number",
    FactKind.DURATION: "number",
    FactKind.DATE: "date",
    FactKind.TIME: "date",
    FactKind.NAME: "name",
    FactKind.PLACE: "name",
}
# What belongs to the digits of a value: *54-45*, *CVE-2016-5325*.
_HEAD = re.compile(r"[\w.:–-]*[\w–-]$")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_TAIL = re.compile(r"(?:[.:–-]?\w)*")
_UNIT = re.compile(r" ([^\W\d_A-Z]\w{1,20})")


def trimmed(text: str) -> str:
    """*text* without the quotes, brackets and punctuation round it; a closing *N.J.* keeps its dot."""
    bare = text.strip(_EDGES)
    return bare + "." if text.strip(' \t\n,;:"”').endswith(f"{bare}.") and bare[-2:-1] == "." else bare


def facing(wrong: str, right: str, words: Lexicon) -> Iterator[tuple[str, str]]:
    """The values of two clauses that stand against each other: the only one of its kind that is wrong.

    A value that both clauses name is what they speak of, and none that was corrected.
    """
    one, other = _values(wrong, words), _values(right, words)
    left = [v for v in one if not any(_alike(v, o) for o in other)]
    rest = [v for v in other if not any(_alike(v, o) for o in one)]
    found = False
    for kind in ("number", "date", "name"):
        mine = [v for v in left if v.kind == kind]
        theirs = [v for v in rest if v.kind == kind]
        years = [bool(_YEAR.fullmatch(v.text)) for v in (*mine[:1], *theirs[:1])]
        if len(mine) == 1 and theirs and len({*years}) == 1:
            found = True
            yield _with_unit(mine[0], theirs[0])
    left, rest = ([v for v in side if _YEAR.fullmatch(v.text)] for side in (left, rest))
    if not found and len(left) == len(rest) == 1:  # a year alone is read as a number
        yield left[0].text, rest[0].text


def _with_unit(one: _Value, other: _Value) -> tuple[str, str]:
    """The texts of two values, with what they count where both count the same: *34 metres*."""
    if one.unit and one.unit == other.unit:
        return f"{one.text} {one.unit}", f"{other.text} {other.unit}"
    return one.text, other.text


def alone(wrong: str, words: Lexicon) -> Iterator[str]:
    """What was wrong in a clause that no right text is set against: its one measure, or all of it."""
    figures = [value for value in _values(wrong, words) if value.kind == "number"]
    only = figures[0] if len(figures) == 1 else None
    measure = only.fact.value if only is not None else None
    if only is not None and isinstance(measure, Quantity) and (measure.unit or measure.sign):
        yield only.text
    yield trimmed(wrong)
    if only is not None:
        yield only.text


def value_before(clause: str, right: str, words: Lexicon) -> int | None:
    """Where in *clause* the last value stands that is of the kind of the one *right* begins with."""
    wanted = next(iter(_values(right, words)), None)
    if (
        wanted is None
        or wanted.kind == "name"
        or not right.casefold().startswith(wanted.text.casefold())
    ):
        return None
    alike = [value.start for value in _values(clause, words) if value.kind == wanted.kind]
    return alike[-1] if alike else None


@attrs.frozen
class _Value:
    """A value as it is written; `unit` is the word behind it, `whole` says it is all of a token."""

    kind: str
    text: str
    fact: Fact
    start: int
    unit: str
    whole: bool


def _alike(one: _Value, other: _Value) -> bool:
    if one.text.casefold() == other.text.casefold():
        return True
    return one.whole and other.whole and same(one.fact, other.fact)


def _values(clause: str, words: Lexicon) -> list[_Value]:
    """The values of a clause, each as it is written there: *54-45* is one."""
    found: list[_Value] = []
    for fact in read(clause, language=words.language):
        if fact.kind in _KINDS:
            start, stop = fact.span.start, fact.span.stop
            if clause[start : start + 1].isdigit() or clause[start - 1 : start].isalnum():
                before, after = _HEAD.search(clause[:start]), _TAIL.match(clause, stop)
                start -= len(before.group()) if before else 0
                stop = after.end() if after else stop
            text = trimmed(clause[start:stop])
            unit = _UNIT.match(clause, stop)
            whole = (start, stop) == (fact.span.start, fact.span.stop)
            if text and not (found and found[-1].text == text):
                behind = unit.group(1) if unit else ""
                found.append(_Value(_KINDS[fact.kind], text, fact, start, behind, whole))
    return found
