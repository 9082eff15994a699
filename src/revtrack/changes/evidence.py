"""Evidence: what about a difference speaks for a notice, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

import attrs

from revtrack.changes.candidates import KINDS, Candidate
from revtrack.changes.claims import Claim
from revtrack.changes.kinds import (
    Difference,
    HeadlineChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    TextRemoved,
)
from revtrack.facts.vocabulary import UNSPACED
from revtrack.model import NoticeAct, NoticeTarget

__all__ = [
    "POINTING",
    "QUOTATION",
    "QUOTED",
    "SET_RIGHT",
    "Link",
    "Rarity",
    "Reason",
    "allows",
    "is_about",
    "may_remove",
    "names_kind",
    "reason_for",
    "set_right",
]


class Reason(Enum):
    """Why a notice is taken to explain a difference, the surest first.

    `score` in [0, 1] orders the reasons and is no probability; `words` is the reason as a sentence
    without its full stop.
    """

    WORDS_REPLACED = (
        "wrong words replaced by right ones", 1.0, "the notice gives the old and the new wording",
    )  # fmt: skip
    MARKED_ON_PAGE = "marked on the page", 1.0, "the page shows the old words struck out"
    WRONG_WORDS_WENT = (
        "wrong words removed", 0.95, "the notice gives the wording that was removed",
    )  # fmt: skip
    RIGHT_WORDS_CAME = "right words added", 0.9, "the notice gives the wording that was added"
    HEADLINE = "headline", 0.8, "the notice says that the headline was changed"
    VALUE_NAMED = "value named", 0.75, "the notice names a number or date that changed"
    PLACE_NAMED = "place named", 0.7, "the notice names the paragraph that was changed"
    NAME_NAMED = "name named", 0.65, "the notice names a name that changed"
    KIND_NAMED = (
        "kind of error named", 0.6, "the notice describes this sentence and names the kind of error",
    )  # fmt: skip
    COMMON_WORDS = "words in common", 0.55, "the notice shares rare words with what changed"
    SAME_PASSAGE = "same passage", 0.5, "it is part of a passage that the notice explains"
    STANDS_UNDER = (
        "under the notice", 0.5, "the text was added together with the notice, right below it",
    )  # fmt: skip
    ACT_NAMED = "act named", 0.5, "the notice says that text was added or removed, and this was"
    SUBJECT_NAMED = (
        "subject of the change named", 0.4,
        "the notice names the subject of the changes that were made with it",
    )  # fmt: skip
    GENERAL = "general notice", 0.3, "the notice says that the article was changed, and not what"
    SHARED_WORD = "a word in common", 0.2, "the notice shares a word with what changed"

    score: float
    words: str

    def __new__(cls, value: str, score: float, words: str) -> Reason:
        """A reason whose value is its name in words."""
        reason = object.__new__(cls)
        reason._value_, reason.score, reason.words = value, score, words
        return reason


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

QUOTATION = re.compile('["“”„«»「」『』‘‚]')
"""A quotation mark."""

RARE_TOGETHER = 0.3
"""Words in common are evidence when they are rare enough together: each weighs one over the root of how
often it appears in both articles (.3 is one word that appears there eleven times; range .2 to .5)."""
_SHARE = 0.1
"""And when they make out this share of what changed (range .05 to .3)."""
_FIGURES = 2
"""A number of so many figures may be a part of another value: a day, an hour (range 1 to 3)."""
_DOZEN = 12
"""Numbers up to this one count many things in one article (range 9 to 31)."""
_RETOLD = 3
"""Words in common with what a notice of another revision says was removed, at least (range 3 to 6)."""
_PHRASE = 3
"""The wrong words of a notice on the headline that went from the text as well are no chance from so
many words on: *An earlier version of this story and its headline said three people died* (2 to 5)."""


SET_RIGHT = "notice.set-right"
"""The rule of a difference that is one of fact: a notice has what was wrong and what is right."""


@attrs.frozen(eq=False)
class Link:
    """That a notice explains a difference, or, where it is only *possible*, may explain it."""

    claim: Claim
    candidate: Candidate
    reason: Reason
    possible: bool = False


def set_right(difference: Difference, links: Iterable[Link]) -> Difference:
    """The difference; what a notice calls wrong, and what right, is no matter of wording."""
    wrong = any(link.reason is Reason.WORDS_REPLACED for link in links)
    if not wrong or difference.nature is not Nature.WORDING:
        return difference
    return attrs.evolve(difference, nature=Nature.CONTENT, substantive=True, rule=SET_RIGHT)


class Rarity:
    """How rarely words appear in two articles; each is counted when it is asked for."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self._texts = (old_text, new_text)
        self._weights: dict[str, float] = {}

    @cached_property
    def _both(self) -> str:
        return "\n".join(self._texts).casefold()

    def of(self, stem: str) -> float:
        """One over the root of how often *stem* appears in both texts."""
        weight = self._weights.get(stem)
        if weight is None:
            weight = self._weights[stem] = max(1, self._both.count(stem)) ** -0.5
        return weight


def reason_for(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> Reason | None:
    """The surest reason for which the notice explains this difference in particular, if any.

    Without *rarity* only values and quoted words count: they are evidence between revisions too, where
    nothing was added together and what else is alike may be chance.
    """
    if not may_remove(claim, candidate):
        return None
    for reason, test in EVIDENCE:
        if test(claim, candidate, rarity) and _may(reason, claim, candidate):
            return reason
    return None


def may_remove(claim: Claim, candidate: Candidate) -> bool:
    """What is corrected is there afterwards: only most of what was removed can be what was wrong.

    Nor is it, where the removed text has a value of which the notice does not speak.
    """
    if not isinstance(candidate.change, TextRemoved):
        return True
    if claim.textless:
        return False
    if NoticeTarget.QUOTE in claim.notice.targets and not QUOTATION.search(candidate.parts[0]):
        return False
    acts = set(claim.acts)
    righted = acts - {NoticeAct.CHANGED} if NoticeAct.CORRECTED in acts else acts  # *amended: it is B*
    only_righted = bool(righted) and righted <= {NoticeAct.CORRECTED, NoticeAct.CLARIFIED}
    if not only_righted:
        return True
    named = candidate.values[0] <= claim.values
    return named and 2 * len(claim.stems & candidate.stems) >= len(candidate.stems)


def _words_replaced(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    gone, come = candidate.values
    valued = [said & (gone - come) and says & (come - gone) for said, says in claim.pairs]
    lost, fresh = candidate.keys
    worded = [bool(lost and fresh) and lost <= said and fresh <= says for said, says in claim.wordings]
    return any(valued) or any(worded) or all(_quoted(claim, candidate))


def _wrong_words_went(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    return _quoted(claim, candidate)[0] and _is_telling(claim.said, claim, candidate)


def _right_words_came(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    return _quoted(claim, candidate)[1] and _is_telling(claim.says, claim, candidate)


def _quoted(claim: Claim, candidate: Candidate) -> tuple[bool, bool]:
    """Whether the wrong words went with this difference, and whether the right ones came with it."""
    gone, come = candidate.keys
    dense = candidate.whole.language in UNSPACED
    said, says = (words if dense else words.split() for words in (claim.said, claim.says))
    if not any(map(said.__contains__, gone)) and not any(map(says.__contains__, come)):
        return False, False
    old, new = candidate.whole.plain
    return _only_in(old, new, claim.said, dense=dense), _only_in(new, old, claim.says, dense=dense)


def _only_in(side: str, other: str, words: str, *, dense: bool) -> bool:
    """Whether one folded side holds folded words, as words, and the other does not."""
    edge = "" if dense else " "
    sought = f"{edge}{words}{edge}"
    return bool(words) and sought in f" {side} " and sought not in f" {other} "


def _is_telling(words: str, claim: Claim, candidate: Candidate) -> bool:
    """Not one figure that counts something else in this sentence."""
    return any(map(str.isalpha, words)) or is_about(claim, candidate)


def is_about(claim: Claim, candidate: Candidate) -> bool:
    """The notice shares a content word with the sentence that holds the difference."""
    return not claim.stems.isdisjoint(candidate.whole.context)


def _value_named(claim: Claim, candidate: Candidate, _: Rarity | None) -> bool:
    gone, come = candidate.values
    lost, fresh = (gone - come) & claim.values, (come - gone) & claim.values
    if not lost and not fresh:
        return False
    replaced = gone - come and come - gone
    given = claim.said_values or claim.says_values
    alone = lost & claim.said_values if not claim.says else fresh & claim.says_values
    if replaced and given and not ((lost and fresh) or (alone and not (claim.said and claim.says))):
        return False  # a figure that the notice gives was replaced by another one here
    rare = any(one[0] != "number" or one[1] > _DOZEN for one in lost | fresh)
    return rare or is_about(claim, candidate)


def _name_named(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> bool:
    gone, come = candidate.keys
    return rarity is not None and not claim.names.isdisjoint(gone ^ come)


def _kind_named(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> bool:
    settled = len(claim.notice.targets) < 2 and (claim.said or claim.says)
    if settled or rarity is None or not names_kind(claim, candidate):
        return False
    shared = sorted(claim.stems & candidate.whole.context - candidate.stems)
    return sum(map(rarity.of, shared)) >= RARE_TOGETHER


def names_kind(claim: Claim, candidate: Candidate) -> bool:
    """The notice is on a kind of fact, or on several, and the difference is one of these."""
    nature = candidate.difference.nature
    return any(nature in KINDS.get(target, ()) for target in claim.notice.targets)


def _is_announced(claim: Claim, candidate: Candidate) -> bool:
    """The notice says that text was added, or removed, and this was: a word in common tells which."""
    gone, come = candidate.parts
    act = NoticeAct.ADDED if not gone.strip() else NoticeAct.REMOVED if not come.strip() else None
    quoted = NoticeTarget.QUOTE not in claim.notice.targets or bool(QUOTATION.search(gone or come))
    return act in claim.acts and quoted


def _common_words(claim: Claim, candidate: Candidate, rarity: Rarity | None) -> bool:
    common = candidate.stems & claim.stems
    if rarity is None:  # of another revision: a notice of a removal that retells most of what went
        retold = len(common) >= _RETOLD and 2 * len(common) >= len(candidate.stems)
        return retold and NoticeAct.REMOVED in claim.acts and not candidate.parts[1].strip()
    gone, come = candidate.values
    settled = claim.said_values and claim.says_values and gone - come and come - gone
    if settled or claim.values.isdisjoint(gone | come):  # the *3* of *3 May* is no word
        common = frozenset(
            [o for o in common if not o.isdigit() or not (settled or len(o) <= _FIGURES)]
        )
    shared = sum(map(rarity.of, sorted(common)))
    if shared < RARE_TOGETHER:
        return False
    if shared >= _SHARE * len(candidate.stems) or _is_announced(claim, candidate):
        return True  # no stem weighs more than one
    # a long passage has many stems, and to weigh one takes a look through both articles
    weights = accumulate(map(rarity.of, sorted(candidate.stems)))
    return all(shared >= _SHARE * weight for weight in weights)


Test: TypeAlias = Callable[[Claim, Candidate, Rarity | None], bool]

EVIDENCE: Sequence[tuple[Reason, Test]] = [
    (Reason.WORDS_REPLACED, _words_replaced),
    (Reason.WRONG_WORDS_WENT, _wrong_words_went),
    (Reason.RIGHT_WORDS_CAME, _right_words_came),
    (Reason.VALUE_NAMED, _value_named),
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
    notice, targets = claim.notice, set(claim.notice.targets)
    match candidate.change:
        case HeadlineChanged():
            return targets != {NoticeTarget.BODY} or bool(notice.said or notice.says)
        case MediaChanged():
            return NoticeTarget.CAPTION in targets
        case MetadataChanged():
            return not targets.isdisjoint({NoticeTarget.BYLINE, NoticeTarget.DATE})
        case _:
            return targets != {NoticeTarget.HEADLINE}
