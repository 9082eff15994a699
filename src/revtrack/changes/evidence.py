"""Evidence: what about a difference speaks for a notice, and how sure that is.

Each kind of evidence is a `Reason` with a score in [0, 1] and a sentence that says it in words. The
scores order the kinds; they are no probabilities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from enum import Enum
from itertools import accumulate
from typing import TypeAlias

import attrs

from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim
from revtrack.changes.kinds import (
    HeadlineChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    TextRemoved,
)
from revtrack.model import NoticeAct, NoticeTarget

__all__ = [
    "IN_WORDS",
    "KINDS",
    "POINTING",
    "QUOTATION",
    "QUOTED",
    "RARE_TOGETHER",
    "SCORES",
    "Link",
    "Rarity",
    "Reason",
    "allows",
    "reason_for",
]


class Reason(Enum):
    """Why a notice is taken to explain a difference, the surest first."""

    WORDS_REPLACED = "wrong words replaced by right ones"
    MARKED_ON_PAGE = "marked on the page"
    WRONG_WORDS_WENT = "wrong words removed"
    RIGHT_WORDS_CAME = "right words added"
    HEADLINE = "headline"
    VALUE_NAMED = "value named"
    NAME_NAMED = "name named"
    KIND_NAMED = "kind of error named"
    COMMON_WORDS = "words in common"
    SAME_PASSAGE = "same passage"
    STANDS_UNDER = "under the notice"
    ACT_NAMED = "act named"
    SUBJECT_NAMED = "subject of the change named"
    GENERAL = "general notice"


QUOTED = frozenset({Reason.WORDS_REPLACED, Reason.WRONG_WORDS_WENT, Reason.RIGHT_WORDS_CAME})
"""The reasons that rest on words which the notice quotes or states."""

POINTING = QUOTED | {
    Reason.HEADLINE,
    Reason.VALUE_NAMED,
    Reason.NAME_NAMED,
    Reason.KIND_NAMED,
    Reason.ACT_NAMED,
}
"""The reasons that point at one difference; words in common may be chance where many changes came."""

SCORES = {
    Reason.WORDS_REPLACED: 1.0,
    Reason.MARKED_ON_PAGE: 1.0,
    Reason.WRONG_WORDS_WENT: 0.95,
    Reason.RIGHT_WORDS_CAME: 0.9,
    Reason.HEADLINE: 0.8,
    Reason.VALUE_NAMED: 0.75,
    Reason.NAME_NAMED: 0.65,
    Reason.KIND_NAMED: 0.6,
    Reason.COMMON_WORDS: 0.55,
    Reason.SAME_PASSAGE: 0.5,
    Reason.STANDS_UNDER: 0.5,
    Reason.ACT_NAMED: 0.5,
    Reason.SUBJECT_NAMED: 0.4,
    Reason.GENERAL: 0.3,
}
"""How sure each reason is, in [0, 1]."""

IN_WORDS = {
    Reason.WORDS_REPLACED: "the notice gives the old and the new wording",
    Reason.MARKED_ON_PAGE: "the page shows the old words struck out",
    Reason.WRONG_WORDS_WENT: "the notice gives the wording that was removed",
    Reason.RIGHT_WORDS_CAME: "the notice gives the wording that was added",
    Reason.HEADLINE: "the notice says that the headline was changed",
    Reason.VALUE_NAMED: "the notice names a number or date that changed",
    Reason.NAME_NAMED: "the notice names a name that changed",
    Reason.KIND_NAMED: "the notice describes this sentence and names the kind of error",
    Reason.COMMON_WORDS: "the notice shares rare words with what changed",
    Reason.SAME_PASSAGE: "it is part of a passage that the notice explains",
    Reason.STANDS_UNDER: "the text was added together with the notice, right below it",
    Reason.ACT_NAMED: "the notice says that text was added or removed, and this was",
    Reason.SUBJECT_NAMED: "the notice names the subject of the changes that were made with it",
    Reason.GENERAL: "the notice says that the article was changed, and not what",
}
"""Each reason as a sentence without its full stop."""

KINDS = {
    NoticeTarget.NUMBER: {Nature.NUMBER, Nature.AMOUNT, Nature.PERCENTAGE},
    NoticeTarget.DATE: {Nature.DATE, Nature.NUMBER},
    NoticeTarget.NAME: {Nature.NAME, Nature.PLACE, Nature.TYPO},
    NoticeTarget.QUOTE: {Nature.QUOTE, Nature.ATTRIBUTION},
}
"""The natures that a notice on a kind of fact can mean."""

# Words in common are evidence when they are rare enough together (each weighs one over the root of how
# often it appears in both articles: .3 is one word that appears there eleven times, or two common
# ones), and when they make out this share of what changed.
RARE_TOGETHER = 0.3
_SHARE = 0.1
_DOZEN = 12
QUOTATION = re.compile('["“”„«»「」『』]')
"""A quotation mark."""

# The wrong words of a notice on the headline that went from the text as well are no chance from so many
# words on: *An earlier version of this story and its headline said three people died*.
_PHRASE = 3


@attrs.frozen(eq=False)
class Link:
    """That a notice explains a difference, or, where it is only *possible*, may explain it."""

    claim: Claim
    candidate: Candidate
    reason: Reason
    possible: bool = False


class Rarity:
    """How rarely words appear in two articles; each is counted when it is asked for."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self._texts = (old_text, new_text)
        self._both: str | None = None
        self._weights: dict[str, float] = {}

    def of(self, stem: str) -> float:
        """One over the root of how often *stem* appears in both texts."""
        weight = self._weights.get(stem)
        if weight is None:
            if self._both is None:
                self._both = "\n".join(self._texts).casefold()
            weight = self._weights[stem] = max(1, self._both.count(stem)) ** -0.5
        return weight


def reason_for(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> Reason | None:
    """The surest reason for which the notice explains this difference in particular, if any.

    Without *rarity* only values and quoted words count: they are evidence between revisions too, where
    nothing was added together and what else is alike may be chance.
    """
    removed = isinstance(candidate.change, TextRemoved)
    if removed and _is_only_righted(claim) and not _is_covered(claim, candidate):
        return None  # what is corrected is there afterwards
    if (
        removed
        and NoticeTarget.QUOTE in claim.notice.targets
        and not QUOTATION.search(candidate.parts[0])
    ):
        return None
    return next(
        (
            reason
            for reason, test in (EVIDENCE if rarity else LASTING)
            if test(claim, candidate, rarity) and _may(reason, claim, candidate)
        ),
        None,
    )


def _is_only_righted(claim: Claim) -> bool:
    """The notice says that a fact was wrong, and not that text was removed or changed."""
    return set(claim.acts) <= {NoticeAct.CORRECTED, NoticeAct.CLARIFIED} and bool(claim.acts)


def _is_covered(claim: Claim, candidate: Candidate) -> bool:
    """The notice names most of what was removed: it is what was wrong, and not only around it."""
    return 2 * len(claim.stems & candidate.stems) >= len(candidate.stems)


def _words_replaced(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    went, came = _quoted(claim, candidate)
    if went and came:
        return True
    gone, come = candidate.values
    went_value = not claim.said_values.isdisjoint(gone - come)
    came_value = not claim.says_values.isdisjoint(come - gone)
    return went_value and came_value


def _wrong_words_went(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    return _quoted(claim, candidate)[0] and _is_telling(claim.said, claim, candidate)


def _right_words_came(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    return _quoted(claim, candidate)[1] and _is_telling(claim.says, claim, candidate)


def _quoted(claim: Claim, candidate: Candidate) -> tuple[bool, bool]:
    """Whether the wrong words went with this difference, and whether the right ones came with it."""
    gone, come = candidate.keys
    went = (
        bool(claim.said) and _holds(candidate.old, claim.said) and not _holds(candidate.new, claim.said)
    )
    came = (
        bool(claim.says) and _holds(candidate.new, claim.says) and not _holds(candidate.old, claim.says)
    )
    said, says = set(claim.said.split()), set(claim.says.split())
    here = not (said.isdisjoint(gone) and says.isdisjoint(come))
    return went and here, came and here


def _is_telling(words: str, claim: Claim, candidate: Candidate) -> bool:
    """Not one figure that counts something else in this sentence."""
    return words.count(" ") >= 1 or not words.isdigit() or _is_about(claim, candidate)


def _is_about(claim: Claim, candidate: Candidate) -> bool:
    """The notice shares a content word with the sentence that holds the difference."""
    return not claim.stems.isdisjoint(candidate.context)


def _holds(side: str, words: str) -> bool:
    """Whether a folded side holds folded words, as words."""
    return f" {words} " in f" {side} "


def _value_named(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    gone, come = candidate.values
    lost, fresh = (gone - come) & claim.values, (come - gone) & claim.values
    if not lost and not fresh:
        return False
    replaced = gone - come and come - gone
    if replaced and (claim.said_values or claim.says_values) and not (lost and fresh):
        return False  # a figure that the notice gives was replaced by another one here
    return any(map(_is_rare, lost | fresh)) or _is_about(claim, candidate)


def _is_rare(value: Hashable) -> bool:
    """A value that counts few things: a date, or a number above a dozen."""
    return not isinstance(value, tuple) or value[0] != "number" or value[1] > _DOZEN


def _name_named(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    gone, come = candidate.keys
    return not claim.names.isdisjoint(gone ^ come)


def _kind_named(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> bool:
    if claim.said_values or claim.says_values or claim.said or claim.says:
        return False
    if candidate.difference.nature not in KINDS.get(claim.notice.target, ()):
        return False
    shared = sorted(claim.stems & candidate.context - candidate.stems)
    return rarity is not None and sum(map(rarity.of, shared)) >= RARE_TOGETHER


def _common_words(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> bool:
    if rarity is None:
        return False
    shared = sum(map(rarity.of, sorted(candidate.stems & claim.stems)))
    if shared < RARE_TOGETHER:
        return False
    if shared >= _SHARE * len(candidate.stems) or _is_announced(claim, candidate):
        return True  # no stem weighs more than one
    # a long passage has many stems, and to weigh one takes a look through both articles
    weights = accumulate(map(rarity.of, sorted(candidate.stems)))
    return all(shared >= _SHARE * weight for weight in weights)


Test: TypeAlias = Callable[[Claim, Candidate, Rarity | None], bool]

LASTING: Sequence[tuple[Reason, Test]] = [
    (Reason.WORDS_REPLACED, _words_replaced),
    (Reason.WRONG_WORDS_WENT, _wrong_words_went),
    (Reason.RIGHT_WORDS_CAME, _right_words_came),
    (Reason.VALUE_NAMED, _value_named),
]
"""The tests that hold between revisions, the surest first."""


def _is_announced(claim: Claim, candidate: Candidate) -> bool:
    """The notice says that text was added, or removed, and this was: a word in common tells which."""
    gone, come = candidate.parts
    act = NoticeAct.ADDED if not gone.strip() else NoticeAct.REMOVED if not come.strip() else None
    quoted = NoticeTarget.QUOTE not in claim.notice.targets or bool(QUOTATION.search(gone or come))
    return act in claim.acts and quoted


EVIDENCE: Sequence[tuple[Reason, Test]] = [
    *LASTING,
    (Reason.NAME_NAMED, _name_named),
    (Reason.KIND_NAMED, _kind_named),
    (Reason.COMMON_WORDS, _common_words),
]
"""The tests, the surest first."""


def _may(reason: Reason, claim: Claim, candidate: Candidate) -> bool:
    """Whether the notice's target allows the change for this reason."""
    if allows(claim, candidate):
        return True
    if reason in QUOTED:
        whole = reason is not Reason.RIGHT_WORDS_CAME and claim.said.count(" ") >= _PHRASE - 1
        return whole or isinstance(candidate.change, HeadlineChanged)
    # a number appears in the headline and in the text alike, whichever of them the notice speaks of
    beside = isinstance(candidate.change, MediaChanged | MetadataChanged)
    return reason is Reason.VALUE_NAMED and not beside


def allows(claim: Claim, candidate: Candidate) -> bool:
    """Whether the notice's target allows the change at all."""
    notice = claim.notice
    targets = set(notice.targets)
    if isinstance(candidate.change, HeadlineChanged):
        return targets != {NoticeTarget.BODY} or bool(notice.said or notice.says)
    if isinstance(candidate.change, MediaChanged):
        return NoticeTarget.CAPTION in targets
    if isinstance(candidate.change, MetadataChanged):
        return bool({NoticeTarget.BYLINE, NoticeTarget.DATE} & targets)
    return targets != {NoticeTarget.HEADLINE}
