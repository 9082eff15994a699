"""Two clauses that differ in one place: cut to the wrong words and the right words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from revtrack.notices.contrast import trimmed
from revtrack.notices.folded import fold
from revtrack.notices.lexicon import Lexicon

__all__ = ["differing", "echoed", "facing", "figure_of"]

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_FIGURE = re.compile(r"(?:[$€£¥]|R\$ ?)?\d[\d.,]*(?: ?%| [^\W\d_]+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_DATED = re.compile(r"(?:\d{1,2}\.?\s)?([^\W\d_]{3,12})\.?(?:\s\d{4}|\s\d{1,2}(?:,\s\d{4})?)?(?!\w)")
# A right text of at most this many words is set against the like part of the wrong text.
_FRAGMENT = 5
# What both clauses share must be this long to part them: two words, or one of four letters.
_SHARED_WORDS, _SHARED_LETTERS = 2, 4
# Two clauses that differ in more words than this were rewritten: they are kept whole.
_LONGEST_PART = 8
# Longer clauses (words) are not compared: matching is quadratic, and a sentence is shorter.
_LONGEST_CLAUSE = 80
# One number: digits, what stands between them (also in a score, *54-45*), a per cent sign.
_AMOUNT = re.compile(r"(?:[$€£¥]|R\$ ?)?\d(?:[\d.,:–-]*\d)?(?: ?%)?")
# What answers a wrong clause with a number and no word of it is short: *They are 45 by now*.
_SHORT_ANSWER = 8
_ARTICLES = frozenset({"a", "an", "the"})


def _cut(wrong: str, right: str) -> tuple[str, str]:
    """The two clauses without what they share; a short right text against its like."""
    one, other = wrong.split(), right.split()
    if 0 < len(other) <= _FRAGMENT:
        like = _like(one, other)
        if like:
            return like, right
    if max(len(one), len(other)) > _LONGEST_CLAUSE:
        return wrong, right
    match = SequenceMatcher(
        None, [w.casefold() for w in one], [w.casefold() for w in other], autojunk=False
    ).find_longest_match()
    shared = one[match.a : match.a + match.size]
    if (
        match.size >= _SHARED_WORDS
        or (shared and len(shared[0]) >= _SHARED_LETTERS)
        or shared == ["was"]
    ):
        tails = one[match.a + match.size :], other[match.b + match.size :]
        heads = one[: match.a], other[: match.b]
        for left, right_part in (tails, heads):
            if left and right_part and max(len(left), len(right_part)) <= _LONGEST_PART:
                return _without_prepositions(left, right_part)
    return wrong, right


def echoed(wrong: str, answer: str, words: Lexicon) -> tuple[str, str] | None:
    """The two parts in which a sentence differs from the wrong clause that it echoes.

    *said that the bill passed 54-45. It passed 54-46*; *said it began on Tuesday. It began on Monday*.
    """
    figures = _amounts(wrong, answer, words)
    if figures and (len(answer.split()) <= _SHORT_ANSWER or _share_words(wrong, answer)):
        return figures
    said, says = _cut(wrong, answer)
    ends = wrong.endswith(said) and answer.endswith(says) and said != wrong and says != answer
    if not ends or max(len(said.split()), len(says.split())) > _FRAGMENT:
        return None
    return (said, says) if said != says and _form(said) == _form(says) else None


def differing(wrong: str, right: str, words: Lexicon) -> tuple[str, str]:
    """The two clauses without what they share; where numbers differ in unlike clauses, the numbers."""
    said, says = _cut(wrong, right)
    if not (said[:1].isdigit() and says[:1].isdigit()):
        return _amounts(wrong, right, words) or (said, says)
    one, other = said.split(), says.split()
    size = min(len(one), len(other))  # *1978* stands against *1987*, not against *1987 zijn*
    return trimmed(" ".join(one[:size])), trimmed(" ".join(other[:size]))


def _amounts(wrong: str, right: str, words: Lexicon) -> tuple[str, str] | None:
    """The one number of each clause, with its unit where the lexicon names it, if they differ."""
    one, other = _AMOUNT.findall(wrong), _AMOUNT.findall(right)
    if len(one) != 1 or len(other) != 1 or one == other:
        return None
    measured = _figures(wrong, words), _figures(right, words)
    if len(measured[0]) == len(measured[1]) == 1:
        return measured[0][0], measured[1][0]
    return one[0], other[0]


def _share_words(one: str, other: str) -> bool:
    """Whether the two have a word of content in common, which is longer than grammar is."""
    return any(len(word) > _SHARED_LETTERS for word in _letters(one) & _letters(other))


def _letters(clause: str) -> set[str]:
    return set(_LETTERS.findall(fold(clause)))


def _form(part: str) -> str:
    """Whether a part is a number, a name or plain words."""
    if any(character.isdigit() for character in part):
        return "number"
    return "name" if part.rpartition(" ")[2][:1].isupper() else "words"


def figure_of(clause: str, words: Lexicon) -> str | None:
    """The one figure with its unit in a wrong clause that no right text is set against."""
    found = _figures(clause, words)
    return found[0] if len(found) == 1 and len(_NUMBER.findall(clause)) == 1 else None


def facing(wrong: str, later: Sequence[str], words: Lexicon) -> tuple[str, str] | None:
    """The one date, or measured figure, of the wrong clause and the one of the sentence after it."""
    for kind in (_dates, _figures):
        one = kind(wrong, words)
        other = kind(later[0], words) if later and len(one) == 1 else []
        if len(other) == 1 and fold(one[0]) != fold(other[0]):
            return one[0], other[0]
    return None


def _figures(clause: str, words: Lexicon) -> list[str]:
    """The figures that bear a currency or a unit which the lexicon names."""
    found = []
    for match in _FIGURE.finditer(clause):
        figure = match.group().strip()
        if figure[-1] == "%" or not figure[0].isdigit() or _is_unit(figure.rpartition(" ")[2], words):
            found.append(figure)
    return found


def _is_unit(word: str, words: Lexicon) -> bool:
    return "number" in words.words.get(fold(word).strip(".,"), ())


def _dates(clause: str, words: Lexicon) -> list[str]:
    """The dates that name a month: *mei 1990*, *3 mei 1991*."""
    found = []
    for match in _DATED.finditer(clause):
        month = next((part for part in match.groups() if part and fold(part) in words.months), None)
        if month and any(character.isdigit() for character in match.group()):
            found.append(match.group().strip(" ,."))
    return found


def _without_prepositions(left: Sequence[str], right: Sequence[str]) -> tuple[str, str]:
    """*came from A* against *was from B* is A against B; *in April*, *on 24 January* likewise."""
    lower = [w.casefold() for w in right]
    for place in range(len(left) - 2, -1, -1):
        word = left[place].casefold()
        if word in lower[:-1] and word not in _ARTICLES:
            left, right = left[place + 1 :], right[lower.index(word) + 1 :]
            break
    small = [w for w in (left[0], right[0]) if w.islower() and len(w) <= 4 and w not in _ARTICLES]
    if len(small) == 2 and len(left) > 1 and len(right) > 1:
        left, right = left[1:], right[1:]
    return trimmed(" ".join(left)), trimmed(" ".join(right))


def _like(one: Sequence[str], other: Sequence[str]) -> str | None:
    """The part of the wrong clause that is of the kind of a short right text: a number, a name."""
    if _NUMBER.match(other[0].strip("(")):
        units = {w.casefold().strip(".,") for w in other[1:]}
        for place, word in enumerate(one):
            if _NUMBER.search(word):
                unit = one[place + 1 : place + 2]
                keep = unit if unit and unit[0].casefold().strip(".,") in units else []
                return trimmed(" ".join([word, *keep]))
        return None
    if all(w[:1].isupper() for w in other):
        stop = len(one)
        while stop and not one[stop - 1][:1].isupper():
            stop -= 1
        start = stop
        while start and one[start - 1][:1].isupper():
            start -= 1
        return trimmed(" ".join(one[start:stop])) or None
    return None
