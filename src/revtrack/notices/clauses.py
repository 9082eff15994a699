"""Two clauses of a notice, a wrong one and a right one: their quotations, values, and what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import takewhile

from revtrack.facts import Fact, FactKind, read, same
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.phrases import fold

__all__ = [
    "QUOTED",
    "SMALL",
    "Texts",
    "differing",
    "facing",
    "is_capital",
    "last_alike",
    "parallel",
    "predicate",
    "quotations",
    "trimmed",
    "values",
]

Texts = tuple[str | None, str | None]
"""A wrong text and a right one; None where a notice does not give it."""

# Two clauses are compared behind what they share from the first or second word of the right one on: its
# subject or verb. They were rewritten where more than `_LONGEST_PART` words differ. Matching is
# quadratic, hence the bound.
_SHARED_WORDS, _FIRST, _LONGEST_PART, _LONGEST_CLAUSE = 2, 2, 8, 80
# *drowned in that river* ends with so few words for a river named before.
_BACK = 2
SMALL = 4
"""Articles, prepositions and copulas: a word of so few letters is no part of what was wrong."""

_EDGES = " \t\n.,،;:!?*()[]（）「」『』\"'“”„«»‘’–—"
# A quotation of at most 300 characters; an apostrophe inside a word closes no single quotation marks.
QUOTED = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|„([^„“”\"]{1,300})[“”\"]"
    r"|「([^「」]{1,300})」|『([^『』]{1,300})』|»([^«»]{1,300})«|《([^《》]{1,300})》"
    r"|(?<![\w'’])['‘]((?:[^'‘’\n]|(?<=\w)['’](?=[^\W\uac00-\ud7a3])){1,160})['’](?![^\W\uac00-\ud7a3])"
)
_SPACES = re.compile(r"\s")
# A value is all of what stands without a space within so many characters: *54-45*, *CVE-2016-5325*.
_AROUND = 24
# What a figure counts, in a script without spaces: a word in katakana, or a counter.
_UNIT = re.compile("[\u30a1-\u30fa\u30fc]+|[\u4e00-\u9fff]")
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
    return [(m.start(), next(filter(None, m.groups()))) for m in QUOTED.finditer(text)]


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


def predicate(clause: str, named: str, words: Lexicon) -> str:
    """What a clause says of the one that *named* names too: *Ann Lee is mayor of Bath*."""
    known = {*fold(named).split()}
    own = clause.split()
    subject = [*takewhile(lambda word: fold(word) in known, own)]
    while subject and len(subject[-1]) <= SMALL and not is_capital(subject[-1]):
        subject.pop()
    rest = own[len(subject) :]
    if subject and fold(" ".join(rest[:1])) in words.copulas:
        rest = rest[1:]
    elif subject and fold(rest[-1] if rest else "") in words.copulas:
        rest = rest[:-1]  # *dass Anna Lie Bürgermeisterin ist*
    return " ".join(rest) or clause


def parallel(wrong: str, right: str, words: Lexicon) -> Texts | None:
    """Two sentences that echo each other, without their subject, or without their verb and its end.

    *Ann Lee was newly rich. Lee has been rich for years* and *45 people drowned in the river Am. Forty
    men drowned in that river*. None where they share less: *Lee has denied this*.
    """
    one, other = wrong.split(), right.split()
    match = _shared(one, other)
    if match is None:
        return None
    rests = one[match.a + match.size :], other[match.b + match.size :]
    echoed = [{fold(w).strip(_EDGES) for w in rest if len(w) > SMALL} for rest in rests]
    if match.b == 0 and echoed[0] & echoed[1]:
        left, rest = [_behind_copula(r, words) for r in rests]
    elif match.size >= _SHARED_WORDS and len(rests[1]) <= _BACK and echoed[0] >= echoed[1] != set():
        left, rest = one[: match.a], other[: match.b]
    else:
        return None
    return (trimmed(" ".join(left)), trimmed(" ".join(rest))) if left and rest else None


def _behind_copula(words: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    return words[1:] if words and fold(words[0]) in lexicon.copulas else words


def _shared(one: Sequence[str], other: Sequence[str]) -> Match | None:
    """The longest run of words that two clauses share."""
    if max(len(one), len(other)) > _LONGEST_CLAUSE:
        return None
    folded = [fold(w) for w in one], [fold(w) for w in other]
    match = SequenceMatcher(None, *folded, autojunk=False).find_longest_match()
    return match if match.size else None


def _cut(one: Sequence[str], other: Sequence[str]) -> Texts | None:
    """What stands behind the words that two clauses share; *two A* stands against *two B*."""
    match = _shared(one, other)
    if match is None or match.b >= _FIRST:
        return None
    left, rest = one[match.a + match.size :], other[match.b + match.size :]
    if not left or not rest or max(len(left), len(rest)) > _LONGEST_PART:
        return None
    if match.b == 0 and match.size < _SHARED_WORDS and other[0].islower():
        return trimmed(" ".join(one[match.a :])), trimmed(" ".join(other))
    return _behind_prepositions(left, rest)


def _behind_prepositions(left: Sequence[str], right: Sequence[str]) -> Texts:
    """*came from A* against *was from B* is A against B, and *in A* against *by B*."""
    shared = [w for w in left[:-1] if w in right[:-1] and w.islower() and len(w) <= SMALL]
    behind = [part[part.index(shared[-1]) + 1 :] for part in (left, right)] if shared else []
    if shared and behind[0][0] != behind[1][0]:
        left, right = behind
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
            said, says = mine[-1][1], theirs[0][1]
            is_subject = wrong.startswith(said) or right == says
            if kind != "name" or is_subject or said.split()[-1] == says.split()[-1]:
                yield said, says


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
            if not words.spaced and clause[stop - 1].isdigit() and (unit := _UNIT.match(clause, stop)):
                stop = unit.end()
            text = trimmed(clause[start:stop])
            kind = "year" if _YEAR.fullmatch(text) else _KINDS[fact.kind]
            if found and found[-1][0] == kind and found[-1][3] == start:
                found.pop()  # *30* of *30–35 percent*
            if text and not (found and found[-1][1] == text):
                found.append((kind, text, fact, start))
    return found
