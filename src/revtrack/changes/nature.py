"""Nature: what kind of difference an edit is, and whether it could change what a reader understands.

An edit is judged by the words that went and the words that came, as a whole: a number that only
changed places inside a sentence is no change of number. `RULES` are tried in order, the gravest
first; the first that speaks decides, and its name stands on the change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set

import attrs
from rapidfuzz.distance import Levenshtein

from revtrack.changes.edit import WORD, Edit, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import inflects, qualified, replaced_names, short_for
from revtrack.changes.numbers import number_nature
from revtrack.changes.vocabulary import (
    ATTRIBUTIONS,
    DATE_WORDS,
    FUNCTION_WORDS,
    HEDGES,
    NEGATIONS,
    NUMBER_WORDS,
    TENSES,
)

__all__ = ["HEADLINE_RULES", "RULES", "Edit", "Verdict", "judge", "judge_text"]

SUBSTANTIVE = frozenset(
    {
        Nature.NEGATION,
        Nature.NUMBER,
        Nature.AMOUNT,
        Nature.PERCENTAGE,
        Nature.DATE,
        Nature.NAME,
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

PARTNERS_SOUGHT = 80
"""Up to how many changed words a partner is sought for each: more make a change of content anyway, and
seeking costs the square of their number."""

TYPO_SIMILARITY = 0.75
"""From which likeness of their letters two words are one word spelt twice (range .6 to .9)."""

_QUOTED = re.compile(
    r"“[^”“]{3,}”|\"[^\"]{3,}\"|«[^»«]{3,}»|„[^“”„]{3,}[“”]|「[^」「]{3,}」|‘(?:[^‘’]|’(?=\w)){3,}’"
)


@attrs.frozen
class Verdict:
    """What a rule decided: the nature of a change, its weight, and the rule's name."""

    nature: Nature
    substantive: bool
    rule: str


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
    language = (edit.language or "en").partition("-")[0].casefold()
    words = NEGATIONS.get(language, NEGATIONS["en"])
    balance = _denials(gone, words) - _denials(come, words)
    return Nature.NEGATION if balance else None


def _denials(words: Counter[str], negations: Set[str]) -> int:
    return sum([n for word, n in words.items() if word in negations or word.endswith("n't")])


def _date(edit: Edit) -> Nature | None:
    return Nature.DATE if _differ(edit, DATE_WORDS) else None


def _name(edit: Edit) -> Nature | None:
    """One name gave way to another; a name that only came or went is a matter of content."""
    if qualified(edit):
        return Nature.NAME
    lost, fresh = replaced_names(edit)
    same = (short_for(a, b) or inflects(a, b) for a, b in zip(lost, fresh, strict=False))
    return None if all(same) else Nature.NAME


def _quote(edit: Edit) -> Nature | None:
    gone, come = edit.swapped
    if not (gone or come):
        return None
    if edit.quoted:
        return Nature.QUOTE
    for side, words, swapped in ((edit.old, edit.gone_words, gone), (edit.new, edit.come_words, come)):
        quoted = [m.span() for m in _QUOTED.finditer(side)]
        for word, at in words:
            if key(word) in swapped and any(start < at < stop for start, stop in quoted):
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
    return Levenshtein.normalized_similarity(old, new) >= TYPO_SIMILARITY or inflects(old, new)


def _clause(edit: Edit) -> Nature | None:
    lost, fresh = _weights(edit)
    grew, shrank = fresh - lost >= ADDED_WORDS, lost - fresh >= REMOVED_WORDS
    return Nature.CONTENT if grew or shrank or min(lost, fresh) >= REWRITTEN_WORDS else None


def _other_words(edit: Edit) -> Nature | None:
    """A headline is short: one word of content that gave way to another makes it say something else."""
    return Nature.CONTENT if all(_weights(edit)) else _clause(edit)


def _weights(edit: Edit) -> tuple[int, int]:
    """How many words of content went and came without a partner on the other side."""
    gone, come = _content(edit)
    if len(gone) + len(come) > PARTNERS_SOUGHT:
        return len(gone), len(come)
    lost, fresh = _without_partner(gone, come), _without_partner(come, gone)
    if edit.acronyms:
        lost, fresh = (
            _not_shortened(lost, fresh, edit.acronyms, edit.new),
            _not_shortened(fresh, lost, edit.acronyms, edit.old),
        )
    return len(lost), len(fresh)


def _without_partner(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words that no word among *others* spells otherwise."""
    return [word for word in words if not any(_alike(word, other) for other in others)]


def _not_shortened(
    words: Sequence[str], others: Sequence[str], acronyms: Set[str], other_side: str
) -> list[str]:
    """Without the acronyms that the other side spells out, and the words that it makes acronyms of."""
    initials = _initials([match.group() for match in WORD.finditer(other_side)])
    own = _initials(words)
    spelt_out = "".join([other for other in others if other in acronyms and other in own])
    return [
        word
        for word in words
        if word[0] not in spelt_out and not (word in acronyms and word in initials)
    ]


def _initials(words: Iterable[str]) -> str:
    return "".join([word[0] for word in words]).casefold()


def _tense(edit: Edit) -> Nature | None:
    gone, come = edit.swapped
    changed = {*gone, *come}
    return Nature.TENSE if changed and changed <= TENSES else None


def _wording(edit: Edit) -> Nature | None:
    return Nature.WORDING


RULES: Sequence[tuple[str, Callable[[Edit], Nature | None]]] = [
    ("same-letters", _spelling_of_same),
    ("negation", _negation),
    ("number", number_nature),
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

HEADLINE_RULES: Sequence[tuple[str, Callable[[Edit], Nature | None]]] = [
    ("other-words", _other_words) if name == "clause" else (name, rule) for name, rule in RULES
]
"""The same for a headline."""


def judge(edit: Edit, *, headline: bool = False) -> Verdict:
    """Judge an edit: the first rule that speaks decides."""
    for name, rule in HEADLINE_RULES if headline else RULES:
        nature = rule(edit)
        if nature is not None:
            return Verdict(nature, nature in SUBSTANTIVE, name)
    raise AssertionError("the last rule always speaks")


def judge_text(words: str) -> Verdict:
    """Judge text that came or went as a whole: anything with a letter or digit in it is content."""
    if any(character.isalnum() for character in words):
        return Verdict(Nature.CONTENT, True, "content")
    return Verdict(Nature.PUNCTUATION, False, "marks-only")
