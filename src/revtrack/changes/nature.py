"""Nature: what kind of difference an edit is, and whether it could change what a reader understands.

An edit is judged by the words that went and the words that came, as a whole: a number that only
changed places inside a sentence is no change of number. `RULES` are tried in order, the gravest
first; the first that speaks decides, and its name stands on the change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import attrs
from rapidfuzz.distance import Levenshtein

from revtrack.changes.kinds import Nature
from revtrack.changes.vocabulary import (
    ATTRIBUTIONS,
    DATE_WORDS,
    FUNCTION_WORDS,
    HEDGES,
    NEGATIONS,
    NUMBER_WORDS,
    TENSES,
)
from revtrack.diff import Equal, TextOp
from revtrack.model import Span

__all__ = ["RULES", "Edit", "Verdict", "judge", "judge_text"]

SUBSTANTIVE = frozenset(
    {
        Nature.NEGATION,
        Nature.NUMBER,
        Nature.AMOUNT,
        Nature.PERCENTAGE,
        Nature.DATE,
        Nature.NAME,
        Nature.PLACE,
        Nature.QUOTE,
        Nature.ATTRIBUTION,
        Nature.HEDGE,
        Nature.CONTENT,
    }
)
"""Natures that can change what a reader understands of the facts."""

ADDED_WORDS = 2
REMOVED_WORDS = 3
REWRITTEN_WORDS = 3
"""How many words of content make a change of content: more that came than went, more that went than
came, or at least so many on both sides (ranges 1 to 6). One half of 500 human-labelled sentence
revisions chose them; words that come tell more than words that go."""

TYPO_SIMILARITY = 0.75
"""From which likeness of their letters two words are one word spelt twice (range .6 to .9)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[$€£¥₹]?\d+(?:[.,:]\d+)*%?|[%$€£¥₹]")
_REFERENCE = re.compile(r"\[\s?[\w.]{1,12}\s?\]")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"“[^”“]{3,}”|\"[^\"]{3,}\"|«[^»«]{3,}»|„[^“”„]{3,}[“”]|「[^」「]{3,}」")
_MINUS = re.compile(r"[^\w)]?[-−]")
_MONEY = re.compile(r"[$€£¥₹]|\b(?:dollars?|euros?|pounds?|cents?|yen|rupees?)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@attrs.frozen
class Verdict:
    """What a rule decided: the nature of a change, its weight, and the rule's name."""

    nature: Nature
    substantive: bool
    rule: str


@attrs.frozen
class Edit:
    """Two wordings of one passage and the operations between them."""

    old: str
    new: str
    ops: tuple[TextOp, ...]

    @cached_property
    def gone(self) -> tuple[Span, ...]:
        """The stretches of the old side that the new side has not."""
        return tuple([op.old for op in self.ops if not isinstance(op, Equal) and len(op.old)])

    @cached_property
    def come(self) -> tuple[Span, ...]:
        """The stretches of the new side that the old side has not."""
        return tuple([op.new for op in self.ops if not isinstance(op, Equal) and len(op.new)])

    @cached_property
    def gone_words(self) -> tuple[tuple[str, int], ...]:
        """The words that went, with their positions in the old side."""
        return _words(self.old, self.gone)

    @cached_property
    def come_words(self) -> tuple[tuple[str, int], ...]:
        """The words that came, with their positions in the new side."""
        return _words(self.new, self.come)

    @cached_property
    def swapped(self) -> tuple[Counter[str], Counter[str]]:
        """The words that went and came in lower case, without those that only changed places."""
        gone = Counter([_key(word) for word, _ in self.gone_words])
        come = Counter([_key(word) for word, _ in self.come_words])
        return gone - come, come - gone


def _words(side: str, spans: Iterable[Span]) -> tuple[tuple[str, int], ...]:
    """Words with their positions; what stands in square brackets is a mark of reference, not a word."""
    marks = [match.span() for match in _REFERENCE.finditer(side)] if "[" in side else []
    return tuple(
        [
            (match.group(), match.start())
            for span in spans
            for match in _WORD.finditer(side, span.start, span.stop)
            if not any(start < match.start() < stop for start, stop in marks)
        ]
    )


def _key(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _differ(edit: Edit, words: frozenset[str]) -> bool:
    gone, come = edit.swapped
    return any(word in words for word in gone) or any(word in words for word in come)


# ------------------------------------------------------------------------------------------ rules


def _spelling_of_same(edit: Edit) -> Nature | None:
    """The same letters and digits in the same order: only case, spaces or punctuation differ."""
    gone, come = ("".join([w for w, _ in words]) for words in (edit.gone_words, edit.come_words))
    if gone == come:
        return None if _sign_changed(edit) else Nature.PUNCTUATION
    return Nature.FORMAT if gone.casefold() == come.casefold() and gone.isalpha() else None


def _sign_changed(edit: Edit) -> bool:
    """A minus before a digit or a question mark makes another statement."""
    marks = [
        Counter(
            re.findall(r"[-−]\d|\?", "".join([side[max(0, s.start - 1) : s.stop + 1] for s in spans]))
        )
        for side, spans in ((edit.old, edit.gone), (edit.new, edit.come))
    ]
    return marks[0] != marks[1]


def _negation(edit: Edit) -> Nature | None:
    gone, come = edit.swapped
    balance = sum([n for w, n in gone.items() if _negates(w)]) - sum(
        [n for w, n in come.items() if _negates(w)]
    )
    return Nature.NEGATION if balance else None


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _values(side: str, words: Iterable[tuple[str, int]]) -> Counter[str]:
    values: Counter[str] = Counter()
    for word, at in words:
        if _DIGIT.search(word):
            minus = "-" if _MINUS.fullmatch(side, max(0, at - 2), at) else ""
            values[minus + word.replace(",", "").strip("$€£¥₹%")] += 1
        elif (name := word.casefold()) in NUMBER_WORDS:
            values[NUMBER_WORDS[name]] += 1
    return values


def _number(edit: Edit) -> Nature | None:
    gone, come = _values(edit.old, edit.gone_words), _values(edit.new, edit.come_words)
    if gone == come:
        return None
    around = " ".join([edit.old[max(0, s.start - 2) : s.stop + 12] for s in edit.gone])
    around += " " + " ".join([edit.new[max(0, s.start - 2) : s.stop + 12] for s in edit.come])
    if _PERCENT.search(around):
        return Nature.PERCENTAGE
    if _MONEY.search(around):
        return Nature.AMOUNT
    values = [*(gone - come), *(come - gone)]
    if all(_YEAR.fullmatch(value) or ":" in value for value in values) or _dated(around):
        return Nature.DATE
    return Nature.NUMBER


def _dated(around: str) -> bool:
    return any(m.group().casefold() in _MONTHS for m in _WORD.finditer(around))


_MONTHS = DATE_WORDS - {"may", "march", "mars", "mai", "sat", "sun", "am", "mon", "jun", "mar", "dec"}


def _date(edit: Edit) -> Nature | None:
    return Nature.DATE if _differ(edit, _MONTHS) else None


def _name(edit: Edit) -> Nature | None:
    """One name gave way to another; a name that only came or went is a matter of content."""
    if _title_case(edit.old) or _title_case(edit.new):
        return None
    lost = _fresh_names(edit.old, edit.gone_words, edit.new)
    fresh = _fresh_names(edit.new, edit.come_words, edit.old)
    if not lost or not fresh:
        return None
    return Nature.NAME if any(not _short_for(a, b) for a, b in zip(lost, fresh, strict=False)) else None


def _fresh_names(side: str, words: Iterable[tuple[str, int]], other: str) -> list[str]:
    """The names among *words* that the other side does not have, in order."""
    known = {_key(match.group()) for match in _WORD.finditer(other)}
    return [word for word, at in words if _is_name(side, word, at) and _key(word) not in known]


def _short_for(old: str, new: str) -> bool:
    """*Sec.* is short for *Section*: one is the beginning of the other."""
    short, long = sorted((_key(old), _key(new)), key=len)
    return len(short) > 1 and long.startswith(short)


def _is_name(side: str, word: str, at: int) -> bool:
    """A capital inside a sentence, or two capitals anywhere, make a name."""
    if not word[0].isupper() or len(word) < 2:
        return False
    if sum([letter.isupper() for letter in word]) > 1:
        return True
    lead = side[:at].rstrip(" \t\n\"'“‘«„([")
    return bool(lead) and lead[-1] not in ".!?:…•*–—" and word.casefold() not in FUNCTION_WORDS


def _title_case(side: str) -> bool:
    """A headline in title case: capitals say nothing about names there."""
    long = [m.group() for m in _WORD.finditer(side) if len(m.group()) > 3 and m.group()[0].isalpha()]
    return len(long) >= 3 and sum([word[0].isupper() for word in long]) > 0.7 * len(long)


def _quote(edit: Edit) -> Nature | None:
    gone, come = edit.swapped
    if not (gone or come):
        return None
    for side, words, swapped in ((edit.old, edit.gone_words, gone), (edit.new, edit.come_words, come)):
        quoted = [m.span() for m in _QUOTED.finditer(side)]
        for word, at in words:
            if _key(word) in swapped and any(start < at < stop for start, stop in quoted):
                return Nature.QUOTE
    return None


def _attribution(edit: Edit) -> Nature | None:
    return Nature.ATTRIBUTION if _differ(edit, ATTRIBUTIONS) else None


def _hedge(edit: Edit) -> Nature | None:
    return Nature.HEDGE if _differ(edit, HEDGES) else None


def _typo(edit: Edit) -> Nature | None:
    """Each word that went stands again, spelt a little differently, or is a function word."""
    gone, come = _content(edit)
    if not gone and not come:
        return None
    if len(gone) != len(come):
        return None
    return Nature.TYPO if all(_alike(a, b) for a, b in zip(gone, come, strict=True)) else None


def _content(edit: Edit) -> tuple[list[str], list[str]]:
    """The words of content that went and came; numbers have had their own rule."""
    gone, come = edit.swapped
    return [w for w in gone.elements() if _tells(w)], [w for w in come.elements() if _tells(w)]


def _tells(word: str) -> bool:
    return word[0].isalpha() and word not in FUNCTION_WORDS and word not in NUMBER_WORDS


def _alike(old: str, new: str) -> bool:
    return Levenshtein.normalized_similarity(old, new) >= TYPO_SIMILARITY or _stem(old) == _stem(new)


def _stem(word: str) -> str:
    """The first letters of a long word: enough to see *corrects* in *correction*."""
    return word[: max(4, len(word) - 3)] if len(word) > 4 else word


def _clause(edit: Edit) -> Nature | None:
    gone, come = _content(edit)
    lost = len(_without_partner(gone, come, edit.new))
    fresh = len(_without_partner(come, gone, edit.old))
    grew, shrank = fresh - lost >= ADDED_WORDS, lost - fresh >= REMOVED_WORDS
    return Nature.CONTENT if grew or shrank or min(lost, fresh) >= REWRITTEN_WORDS else None


def _without_partner(words: Sequence[str], others: Sequence[str], other_side: str) -> list[str]:
    """The words that no word among *others* spells otherwise, shortens, or is short for."""
    initials = _initials([match.group() for match in _WORD.finditer(other_side)])
    spelt_out = "".join([other for other in others if _abbreviates(other, _initials(words))])
    return [
        word
        for word in words
        if word[0] not in spelt_out
        and not _abbreviates(word, initials)
        and not any(_alike(word, other) for other in others)
    ]


def _initials(words: Iterable[str]) -> str:
    return "".join([word[0] for word in words]).casefold()


def _abbreviates(word: str, initials: str) -> bool:
    """*UN* takes up what *United Nations* said."""
    return 2 <= len(word) <= 6 and word in initials and word.isalpha()


def _tense(edit: Edit) -> Nature | None:
    gone, come = edit.swapped
    changed = {*gone, *come}
    return Nature.TENSE if changed and changed <= TENSES else None


def _wording(edit: Edit) -> Nature | None:
    return Nature.WORDING


RULES: Sequence[tuple[str, Callable[[Edit], Nature | None]]] = [
    ("same-letters", _spelling_of_same),
    ("negation", _negation),
    ("number", _number),
    ("date", _date),
    ("name", _name),
    ("quote", _quote),
    ("attribution", _attribution),
    ("hedge", _hedge),
    ("clause", _clause),
    ("tense", _tense),
    ("typo", _typo),
    ("wording", _wording),
]
"""Name and function of each rule, in the order in which they are asked."""


def judge(old: str, new: str, ops: tuple[TextOp, ...]) -> Verdict:
    """Judge an edit: the first rule that speaks decides. `ops` tile *old* and *new*, in characters."""
    edit = Edit(old, new, ops)
    for name, rule in RULES:
        nature = rule(edit)
        if nature is not None:
            return Verdict(nature, nature in SUBSTANTIVE, name)
    raise AssertionError("the last rule always speaks")


def judge_text(words: str) -> Verdict:
    """Judge text that came or went as a whole: anything with a letter or digit in it is content."""
    if any(character.isalnum() for character in words):
        return Verdict(Nature.CONTENT, True, "content")
    return Verdict(Nature.PUNCTUATION, False, "marks-only")
