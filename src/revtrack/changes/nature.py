"""Nature: what kind of difference an edit is, and whether it could change what a reader understands.

An edit is judged by the words that went and the words that came, as a whole: a number that only
changed places inside a sentence is no change of number. `RULES` are tried in order, the gravest
first; the first that speaks decides. Its name stands on the change, with the words it decided by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import attrs

from revtrack.changes.content import clause, content_word, other_words, tense, typo
from revtrack.changes.edit import Edit, Finding, hull
from revtrack.changes.kinds import Difference, Nature
from revtrack.changes.spelling import misspelling
from revtrack.changes.statements import (
    attribution,
    contrast,
    hedge,
    negation,
    opposite,
    quote,
    same_denial,
    speaker,
)
from revtrack.changes.swaps import exchanged, turned_roles
from revtrack.changes.values import name, number, same_value
from revtrack.changes.words import WORD, Placed, addresses, key, lies_in, marks, pointers
from revtrack.facts.vocabulary import DEFAULT, words_of
from revtrack.model import Span

__all__ = ["FACTS", "RULES", "TERSE_RULES", "Edit", "Verdict", "judge", "judge_text"]

FACTS = frozenset(
    {Nature.NEGATION, Nature.NUMBER, Nature.AMOUNT, Nature.PERCENTAGE, Nature.DATE, Nature.NAME}
    | {Nature.PLACE, Nature.QUOTE, Nature.ATTRIBUTION, Nature.HEDGE}
)
"""The natures of differences in which one fact gives way to another."""

SUBSTANTIVE = FACTS | {Nature.CONTENT}
"""Natures that can change what a reader understands of the facts."""

_ORDER = {nature: place for place, nature in enumerate(Nature)}


@attrs.frozen
class Verdict:
    """What a rule decided: the nature of a change, its weight, and the rule's name.

    `old_evidence` and `new_evidence` are the words it decided by, as spans of each side. `differences`
    are the single differences of the edit; the verdict is that of the gravest.
    """

    nature: Nature
    substantive: bool
    rule: str
    old_evidence: tuple[Span, ...] = ()
    new_evidence: tuple[Span, ...] = ()
    differences: tuple[Difference, ...] = ()

    def fields(self, prefix: str) -> dict[str, Any]:
        """What a change takes over from its verdict; its rule begins with *prefix*."""
        return {**attrs.asdict(self, recurse=False), "rule": f"{prefix}.{self.rule}"}


def _same_letters(edit: Edit) -> Finding | None:
    """The same letters and digits in the same order: only case, spaces or punctuation differ."""
    gone = "".join([word for word, _ in edit.gone_words])
    come = "".join([word for word, _ in edit.come_words])
    if gone == come:
        return None if _sign_changed(edit) else Finding(Nature.PUNCTUATION)
    if gone.casefold() != come.casefold() or not gone.isalpha() or number(edit):  # *5 MW*, *5 mW*
        return None
    return Finding(Nature.FORMAT, edit.gone_words, edit.come_words)


def _sign_changed(edit: Edit) -> bool:
    """A minus before a digit or a question mark makes another statement."""
    signs = [
        Counter(_SIGN.findall("".join([side[max(0, s.start - 1) : s.stop + 1] for s in spans])))
        for side, spans in zip((edit.old, edit.new), edit.spans, strict=True)
    ]
    return signs[0] != signs[1]


_SIGN = re.compile(r"[-−]\d|\?")


def _address(edit: Edit) -> Finding | None:
    """An address was changed, or gave way to the words of a link: what the text says is the same."""
    known = addresses(edit.old), addresses(edit.new)
    touched = [
        any(lies_in(spelled, at) for span in spans for at in (span.start, span.stop - 1))
        for spelled, spans in zip(known, edit.spans, strict=True)
    ]
    words = edit.gone_words, edit.come_words  # those outside addresses
    bare = [here and not beside for here, beside in zip(touched, words, strict=True)]
    return Finding(Nature.LINK) if any(bare) and bare == touched else None


def _wording(edit: Edit) -> Finding:
    return Finding(Nature.WORDING, edit.lost, edit.fresh)


Rule: TypeAlias = tuple[str, Callable[[Edit], Finding | None]]

WHOLE_RULES: Sequence[Rule] = [
    ("roles", turned_roles),
    ("exchange", exchanged),
]
"""What is asked of an edit as a whole, before it is taken apart."""

TOGETHER_RULES: Sequence[Rule] = [("clause", clause)]
"""What is asked of an edit none of whose differences is substantive by itself."""

RULES: Sequence[Rule] = [
    ("address", _address),
    ("same-letters", _same_letters),
    ("same-value", same_value),
    ("misspelling", misspelling),
    ("same-denial", same_denial),
    ("negation", negation),
    ("opposite", opposite),
    ("number", number),
    ("contrast", contrast),
    ("name", name),
    ("quote", quote),
    ("speaker", speaker),
    ("attribution", attribution),
    ("hedge", hedge),
    ("clause", clause),
    ("tense", tense),
    ("typo", typo),
    ("content-word", content_word),
    ("wording", _wording),
]
"""Name and function of each rule, in the order in which they are asked."""

TERSE_RULES: Sequence[Rule] = [
    ("other-words", other_words) if label == "clause" else (label, rule) for label, rule in RULES
]
"""The same for a headline or a row of a table, which have no words to spare."""


def judge(edit: Edit, *, terse: bool = False) -> Verdict:
    """Judge an edit: the verdict is that of the gravest of its differences, which it lists.

    What says something of the passage as a whole, such as names that changed places, is asked first and
    makes one difference. So do many small edits that only together come to other content.
    """
    rules = TERSE_RULES if terse else RULES
    whole = _asked(edit, WHOLE_RULES)
    if whole is not None:
        return _verdict(*whole, [(edit, *whole)])
    found = [(part, *asked) for part in edit.parts() if (asked := _asked(part, rules)) is not None]
    if not terse and any(label == RULES[-1][0] and part.lost for part, label, _ in found):
        found = [_reworded(one) for one in found]
    _, label, gravest = min(
        found, key=lambda one: (one[2].nature not in SUBSTANTIVE, _ORDER[one[2].nature])
    )
    if len(found) > 1 and gravest.nature not in SUBSTANTIVE:
        settled = [one for one in found if one[1] != RULES[-1][0]]  # said to be the same
        rest = [op for one in found if one not in settled for op in one[0].changed]
        loose = attrs.evolve(edit, ops=tuple(rest))
        together = _asked(loose, TOGETHER_RULES) if rest else None
        if together is not None:
            return _verdict(*together, [*settled, (loose, *together)])
    return _verdict(label, gravest, found)


_Judged: TypeAlias = tuple[Edit, str, Finding]


def _reworded(one: _Judged) -> _Judged:
    """The same difference in a passage that is reworded: another word may be wording, too."""
    edit, label, finding = one
    if label != "content-word":
        return one
    return edit, RULES[-1][0], attrs.evolve(finding, nature=Nature.WORDING)


def _asked(edit: Edit, rules: Sequence[Rule]) -> tuple[str, Finding] | None:
    """The finding of the first rule that speaks, and its name."""
    for label, rule in rules:
        finding = rule(edit)
        if finding is not None:
            return label, finding
    return None


def _verdict(label: str, gravest: Finding, found: Sequence[_Judged]) -> Verdict:
    """The verdict by the gravest finding, with the differences that were *found*."""
    return Verdict(
        nature=gravest.nature,
        substantive=gravest.nature in SUBSTANTIVE,
        rule=label,
        old_evidence=_spans(gravest.gone),
        new_evidence=_spans(gravest.come),
        differences=tuple(
            [
                Difference(
                    old=hull([op.old for op in part.changed]),
                    new=hull([op.new for op in part.changed]),
                    nature=finding.nature,
                    substantive=finding.nature in SUBSTANTIVE,
                    rule=rule,
                    reason=finding.doubt,
                )
                for part, rule, finding in found
                if part.changed
            ]
        ),
    )


def _spans(words: Placed) -> tuple[Span, ...]:
    return tuple([Span(at, at + len(word)) for word, at in words])


def judge_text(words: str, *, rendered: bool = False) -> Verdict:
    """Judge text that came or went as a whole: anything that says something is content."""
    if not any(character.isalnum() for character in words):
        return Verdict(Nature.PUNCTUATION, False, "marks-only")
    if _only_refers(words, rendered=rendered):
        return Verdict(Nature.FORMAT, False, "references-only")
    return Verdict(Nature.CONTENT, True, "content")


def _only_refers(words: str, *, rendered: bool) -> bool:
    """Nothing but references and markup, and the small words that join them."""
    bracketed, pointing = marks(words, rendered=rendered), pointers(words)
    if not bracketed and not pointing:
        return False
    function = words_of(DEFAULT).function
    return all(
        key(match.group()) in function
        or lies_in(bracketed, match.start())
        or lies_in(pointing, match.start())
        for match in WORD.finditer(words)
    )
