"""Two clauses of a notice, a wrong one and a right one: their quotations, values, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from revtrack.facts import Fact, FactKind, read, same
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.phrases import fold

__all__ = [
    "SMALL",
    "Texts",
    "differing",
    "facing",
    "is_capital",
    "last_alike",
    "quotations",
    "trimmed",
    "values",
]

Texts = tuple[str | None, str | None]
"""A wrong text and a right one; None where a notice does not give it."""

# Two clauses that share two words, or one of three letters, are compared behind or before these; they
# were rewritten where more words than `_LONGEST_PART` differ. Matching is quadratic, hence the bound.
_SHARED_WORDS, _SHARED_LETTERS, _LONGEST_PART, _LONGEST_CLAUSE = 2, 3, 8, 80
SMALL = 4
"""Articles, prepositions and copulas: a word of so few letters is no part of what was wrong."""

_EDGES = " \t\n.,،;:!?*()[]（）「」『』\"'“”„«»‘’–—"
# A quotation of at most 300 characters; an apostrophe inside a word closes no single quotation marks.
_QUOTED = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|„([^„“”\"]{1,300})[“”\"]"
    r"|「([^「」]{1,300})」|『([^『』]{1,300})』|»([^«»]{1,300})«|《([^《》]{1,300})》"
    r"|(?<![\w'’])['‘]((?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,160})['’](?!\w)"
)
_SPACES = re.compile(r"\s")
# A value is all of what stands without a space within so many characters: *54-45*, *CVE-2016-5325*.
_AROUND = 24
_YEAR = re.compile(r"(?:1\d|20)\d\d")
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


def trimmed(text: str) -> str:
    """*text* without the quotes, brackets and punctuation round it; a closing *N.J.* keeps its dot."""
    bare = text.strip(_EDGES)
    return bare + "." if text.strip(' \t\n,;:"”').endswith(f"{bare}.") and bare[-2:-1] == "." else bare


def quotations(text: str) -> list[tuple[int, str]]:
    """The quotations of a text, each with its place: in any quotation marks, single ones included."""
    return [(m.start(), next(filter(None, m.groups()))) for m in _QUOTED.finditer(text)]


def is_capital(word: str) -> bool:
    """Whether a word begins as names do."""
    return word[:1].isupper()


def differing(wrong: str, right: str, words: Lexicon) -> Iterator[Texts]:
    """The pairs in which two clauses may differ, the likeliest first, the whole clauses last."""
    pairs, cut = [*facing(wrong, right, words)], _cut(wrong.split(), right.split())
    if len(pairs) == 1 or cut is None:
        yield from pairs[:1]
    if cut is not None:
        yield cut
    yield from pairs[1:]
    yield wrong, right


def _cut(one: Sequence[str], other: Sequence[str]) -> Texts | None:
    """The two clauses without what they share: what stands behind it, else what stands before it."""
    if max(len(one), len(other)) > _LONGEST_CLAUSE:
        return None
    match = SequenceMatcher(
        None, [fold(w) for w in one], [fold(w) for w in other], autojunk=False
    ).find_longest_match()
    shared = one[match.a : match.a + match.size]
    if not shared or (len(shared) < _SHARED_WORDS and len(shared[0]) < _SHARED_LETTERS):
        return None
    for left, rest in (
        (one[match.a + match.size :], other[match.b + match.size :]),
        (one[: match.a], other[: match.b]),
    ):
        if left and rest and max(len(left), len(rest)) <= _LONGEST_PART:
            return _behind_prepositions(left, rest)
    return None


def _behind_prepositions(left: Sequence[str], right: Sequence[str]) -> Texts:
    """*came from A* against *was from B* is A against B, and *in A* against *by B*."""
    shared = [w for w in left[:-1] if w in right[:-1] and w.islower() and len(w) <= SMALL]
    if shared:
        left, right = left[left.index(shared[-1]) + 1 :], right[right.index(shared[-1]) + 1 :]
    elif min(len(left), len(right)) > 1 and all(
        words[0].islower() and len(words[0]) <= SMALL for words in (left, right)
    ):
        left, right = left[1:], right[1:]
    return trimmed(" ".join(left)), trimmed(" ".join(right))


def facing(wrong: str, right: str, words: Lexicon) -> Iterator[Texts]:
    """The values of two clauses that stand against each other: the only one of its kind that is wrong.

    A value that both clauses name is what they speak of, and none that was corrected.
    """
    one, other = values(wrong, words), values(right, words)
    for kind in ("number", "date", "name", "year"):
        mine = [v for v in one if v[0] == kind and not any(_alike(v, o) for o in other)]
        theirs = [v for v in other if v[0] == kind and not any(_alike(v, o) for o in one)]
        theirs.sort(key=lambda v: bool(mine) and v[2].kind is not mine[-1][2].kind)
        if theirs and (len(mine) == 1 or (mine and theirs[0][1] == right)):
            yield mine[-1][1], theirs[0][1]


def last_alike(clause: str, right: str, words: Lexicon) -> int | None:
    """Where in *clause* the last value is that is of the kind of the one *right* begins with."""
    wanted = next(iter(values(right, words)), None)
    if wanted is None or wanted[0] == "name" or not right.startswith(wanted[1]):
        return None
    places = [start for kind, _, _, start in values(clause, words) if kind == wanted[0]]
    return places[-1] if places else None


_Value = tuple[str, str, Fact, int]
"""Its kind, how it is written, the fact, and where it begins."""


def _alike(one: _Value, other: _Value) -> bool:
    whole = all(len(fact.span) >= len(text) for _, text, fact, _ in (one, other))
    return one[1].casefold() == other[1].casefold() or (whole and same(one[2], other[2]))


def values(clause: str, words: Lexicon) -> list[_Value]:
    """The values of a clause, each with its kind and as it is written there: *54-45* is one."""
    found: list[_Value] = []
    for fact in read(clause, language=words.language):
        if fact.kind in _KINDS:
            start, stop = fact.span.start, fact.span.stop
            if words.spaced and not clause[start].isalpha():
                start -= len(_SPACES.split(clause[max(0, start - _AROUND) : start])[-1])
            if words.spaced and clause[stop - 1].isdigit():
                stop += len(_SPACES.split(clause[stop : stop + _AROUND])[0])
            text = trimmed(clause[start:stop])
            kind = "year" if _YEAR.fullmatch(text) else _KINDS[fact.kind]
            if text and not (found and found[-1][1] == text):
                found.append((kind, text, fact, start))
    return found
