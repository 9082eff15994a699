"""Statements: what is denied or gave way to its opposite, how surely it is said, and who says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance.Postfix import similarity as common_suffix

from revtrack.changes.content import unpaired
from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.spelling import inflects, turned
from revtrack.changes.words import WORD, Placed, key, lies_in
from revtrack.facts import Saying
from revtrack.facts.statements import quotations, quoted
from revtrack.facts.synonyms import opposed, same_meaning
from revtrack.facts.vocabulary import Words

__all__ = [
    "attribution",
    "contrast",
    "hedge",
    "negation",
    "opposite",
    "quote",
    "same_denial",
    "speaker",
]

_NUMERO = re.compile(r"[Nn]o\. ?\d")
"""*No. 2* is a number."""

_STEM = 5
"""Letters of a verb that other words of its family begin with: *alleged*, *allegedly* (4 to 7)."""


def negation(edit: Edit) -> Finding | None:
    """One side denies more often than the other."""
    words = edit.words
    if not words.spaced:
        listed = sorted(words.negations, key=lambda word: (-len(word), word))
        denials = re.compile("|".join(map(re.escape, listed)))
        old, new = (len(denials.findall(side)) for side in edit.around)
        return Finding(Nature.NEGATION, edit.lost, edit.fresh) if old != new else None
    denying = {
        word
        for word in edit.keys
        if not words.negations.isdisjoint(_alone(word, words))
        or word.endswith((*words.denying_endings,))
    }
    refusals = edit.keys & words.refusals
    # what *failed to* happen is said on both sides, unless that is all that came or went
    # … and *declined to* denies as *did not want to* does
    if denying or all(key(word) in words.refusals for side in unpaired(edit) for word, _ in side):
        denying |= refusals
    if not denying and edit.keys.isdisjoint(words.denying_phrases):
        return None

    def denies(side: str, word: str, at: int) -> bool:
        """Whether a word denies, or ends a phrase that does, such as *but* in *all but*."""
        if key(word) in denying and not _NUMERO.match(side, at):
            return True
        return _ends(words.denying_phrases, side, word, at)

    found = edit.chosen(denies)
    sums = [
        sum([counts[word] for word in {key(word) for word, _ in placed}])
        for counts, placed in zip(edit.swapped(), found, strict=True)
    ]
    return Finding(Nature.NEGATION, *found) if sums[0] != sums[1] else None


def _alone(word: str, words: Words) -> tuple[str, str, str]:
    """A word, and what it is without the small word that is written with it: *qu'aucun*, *ولم*."""
    return word, word.rpartition("'")[2], word[word[:1] in words.attached :]


def _ends(phrases: Mapping[str, tuple[str, ...]], side: str, word: str, at: int) -> bool:
    """Whether a word ends one of some phrases, which are given by their last words."""
    leads = phrases.get(key(word))
    return leads is not None and f" {side[:at].casefold().rstrip()}".endswith(leads)


_TAIL = 4
"""How many last letters opposites by prefix share at least, as `turned` has it."""

_COMPOUND = 4
"""Letters of the common end of two compounds (range 3 to 6): *linkermotor*, *rechtermotor*."""

_HYPHENS = frozenset("-‐‑")


def opposite(edit: Edit) -> Finding | None:
    """A word gave way to its opposite by prefix; *non-linear* and *nonlinear* are none."""
    tails = {word[-_TAIL:] for word in edit.lost_keys}
    if tails.isdisjoint([word[-_TAIL:] for word in edit.fresh_keys]):
        return None
    come = {key(p[0]): p for p in _unjoined(edit.new, edit.fresh)}
    for word, at in _unjoined(edit.old, edit.lost):
        for other in turned(key(word)):
            if other in come:
                return Finding(Nature.NEGATION, ((word, at),), (come[other],))
    return None


def _unjoined(side: str, words: Placed) -> Placed:
    return tuple([(word, at) for word, at in words if side[max(0, at - 1) : at] not in _HYPHENS])


def same_denial(edit: Edit) -> Finding | None:
    """A prefix that denies gave way to a word that does: *insufficient*, *not sufficient*."""
    negations = edit.words.negations
    for words, denying in ((edit.lost_keys, edit.fresh_keys), (edit.fresh_keys, edit.lost_keys)):
        if not negations.isdisjoint(denying) and negations.isdisjoint(words):
            turns = [other for word in words for other in turned(word) if len(other) < len(word)]
            if any(
                same_meaning(a, b, language=edit.language) or a == b for a in turns for b in denying
            ):
                return Finding(Nature.WORDING, edit.lost, edit.fresh)
    return None


def contrast(edit: Edit) -> Finding | None:
    """A word gave way to one that excludes it: *rose*, *fell*; *son*, *daughter*.

    By the lists of the language, by the dictionary, or by how two compounds begin.
    """
    words = edit.words
    if words.spaced:
        held = [[(p, words.senses.get(key(p[0])) or ()) for p in placed] for _, placed in edit.sides]
    else:  # the words that one side has more often
        old, new = edit.around
        held = [
            [
                ((word, 0), listed)
                for word, listed in words.senses.exact.items()
                if a.count(word) > b.count(word)
            ]
            for a, b in ((old, new), (new, old))
        ]
    sides = (edit.old, edit.new)
    for lost, mine in held[0]:
        for fresh, others in held[1]:
            if {key(lost[0]), key(fresh[0])} <= words.tenses and all(_reports(s, words) for s in sides):
                continue  # *said it will*, *said it would*
            giving = not words.givers.isdisjoint([key(lost[0]), key(fresh[0])])
            if giving and len(edit.lost) != len(edit.fresh):
                continue  # *connected to*, *from*: which it is, their verb says
            if _exclude(mine, others):
                if words.spaced:
                    return Finding(Nature.CONTENT, (lost,), (fresh,))
                return Finding(Nature.CONTENT, edit.lost, edit.fresh)
    gone, come = unpaired(edit)
    if len(gone) == len(come) == 1:
        one, other = key(gone[0][0]), key(come[0][0])
        if opposed(one, other, language=edit.language) or _begin_opposed(one, other, words):
            return Finding(Nature.CONTENT, gone, come)
    return None


def _exclude(mine: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> bool:
    """Whether two words have senses of one group, and none in common."""
    groups = {group for group, _ in mine} & {group for group, _ in others}
    return bool(groups) and set(mine).isdisjoint(others)


def _begin_opposed(one: str, other: str, words: Words) -> bool:
    """Whether two compounds end alike and begin with words of which one excludes the other."""
    sizes = range(common_suffix(one, other), _COMPOUND - 1, -1)
    begun = [[words.senses.get(word[:-size]) or () for word in (one, other)] for size in sizes]
    return any(_exclude(*senses) for senses in begun)


# ----------------------------------------------------------------------------------- who says it


def quote(edit: Edit) -> Finding | None:
    """Words inside quotation marks differ, or all is a quotation; an article alone says nothing."""
    if edit.keys <= edit.words.articles:
        return None
    if edit.quoted:
        return Finding(Nature.QUOTE, edit.lost, edit.fresh)
    gone = _inside(edit.old, edit.lost, edit.gone_words)
    come = _inside(edit.new, edit.fresh, edit.come_words)
    return Finding(Nature.QUOTE, gone, come) if gone or come else None


def _inside(side: str, words: Placed, changed: Placed) -> Placed:
    """The words that changed inside a quotation of which something stayed.

    A quotation that came or went as a whole, and a word put in quotation marks, is no other wording.
    """
    found = _quotations(side) if words else ()
    if not found:
        return ()
    places = {at for _, at in changed}
    kept = [
        span
        for span in found
        if any(match.start() not in places for match in WORD.finditer(side, *span))
    ]
    return tuple([p for p in words if lies_in(kept, p[1])])


@lru_cache(maxsize=8)  # each part of an edit asks
def _quotations(side: str) -> tuple[tuple[int, int], ...]:
    return tuple([match.span() for match in quoted(side)])


def speaker(edit: Edit) -> Finding | None:
    """The same words are another's: *the pilot said*, *the captain said*; a name for a role is none."""
    if not edit.lost or len(edit.lost) != len(edit.fresh) or not _quotations(edit.old):
        return None
    forms = [[word[0].isupper() for word, _ in words] for _, words in edit.sides]
    sayings = [[fact.value for fact in quotations(side, edit.words)] for side, _ in edit.sides]
    said, says = (
        {one.words: one.speaker for one in side if isinstance(one, Saying)} for side in sayings
    )
    another = any(
        (other := says.get(words)) and who and set(who.split()).isdisjoint(other.split())
        for words, who in said.items()
    )
    alike = another and forms[0] == forms[1]
    return Finding(Nature.ATTRIBUTION, edit.lost, edit.fresh) if alike else None


def attribution(edit: Edit) -> Finding | None:
    """A verb of saying gave way to one that takes sides (*said*, *claimed*), or the only one was added.

    Where both sides report, one neutral verb for another, or one more of them, is wording; so is one
    next to a quotation, which reports by itself. Many such verbs are something else as well (*reported
    missing*): alone only those count that report and nothing else, and with no other word in their
    place. Another form of a verb is its tense.
    """
    words, whole = edit.words, (edit.old, edit.new)
    gone, come, verbs = _verbs_of_saying(edit)
    if not verbs:
        return None
    if verbs.isdisjoint(words.loaded):
        if all(_reports(side, words) for side in whole) or all(map(_quotations, whole)):
            return None
    elif gone and come:
        return Finding(Nature.ATTRIBUTION, gone, come)
    if words.spaced:
        gone, come = (tuple([p for p in side if key(p[0]) in words.reporting]) for side in (gone, come))
        if all(unpaired(edit)):
            return None
    return Finding(Nature.ATTRIBUTION, gone, come) if gone or come else None


def _reports(side: str, words: Words) -> frozenset[str]:
    """The verbs of saying on one side."""
    if words.spaced:
        return words.attributions.intersection(map(key, WORD.findall(side)))
    return frozenset([verb for verb in words.attributions if verb in side])


def _verbs_of_saying(edit: Edit) -> tuple[Placed, Placed, frozenset[str]]:
    """The verbs of saying on each side that the other has in no form, and both as they are compared.

    Where words do not stand apart, the sides are all that differs.
    """
    words = edit.words
    if not words.spaced:
        near, far = (_reports(side, words) for side in edit.around)
        return edit.lost, edit.fresh, near ^ far
    if edit.keys.isdisjoint(words.attributions):
        return (), (), frozenset()
    found = edit.chosen(lambda side, word, at: key(word) in words.attributions)
    gone, come = (
        tuple([p for p in side if not _has_form(p[0], others, words)])
        for side, others in zip(found, (edit.fresh, edit.lost), strict=True)
    )
    return gone, come, frozenset([key(word) for word, _ in (*gone, *come)])


def _has_form(verb: str, others: Placed, words: Words) -> bool:
    """Whether another form of a verb is among the words of the other side: *claims*, *claimed*."""
    forms = words.verb_forms.get(key(verb))
    return any(
        inflects(verb, other)
        or (len(verb) >= _STEM and key(other).startswith(key(verb)))
        or (forms is not None and words.verb_forms.get(key(other)) == forms)
        for other, _ in others
    )


def hedge(edit: Edit) -> Finding | None:
    """A word that makes a statement less sure came or went; one hedge for another is wording.

    *About* and its like hedge the number that follows them and nothing else.
    """
    words = edit.words
    if not words.spaced:
        return _grown(edit, Nature.HEDGE, words.hedges)
    rounding = words.roughly | words.rough_phrases.keys()
    if edit.keys.isdisjoint(rounding) and words.hedges.isdisjoint(map(_bare, edit.keys)):
        return None
    gone, come = edit.chosen(
        lambda side, word, at: _bare(word) in words.hedges or _rounds(words, side, word, at)
    )
    ranks = [
        Counter(
            [
                words.hedge_ranks.get(_bare(word), "")
                for word, at in side
                if (word, at) in hedging or _bare(word) in words.hedge_ranks
            ]
        )
        for (_, side), hedging in zip(edit.sides, (gone, come), strict=True)
    ]
    return Finding(Nature.HEDGE, gone, come) if (gone or come) and ranks[0] != ranks[1] else None


def _bare(word: str) -> str:
    """A verb without what denies it: *shouldn't* is *should* and has been asked for its denial."""
    return key(word).removesuffix("n't")


def _rounds(words: Words, side: str, word: str, at: int) -> bool:
    rough = key(word) in words.roughly or _ends(words.rough_phrases, side, word, at)
    following = WORD.search(side, at + len(word)) if rough else None
    if following is not None and key(following.group()) in words.articles:  # *about a hundred*
        following = WORD.search(side, following.end())
    return following is not None and (
        any(map(str.isdigit, following.group())) or key(following.group()) in words.numbers
    )


def _grown(edit: Edit, nature: Nature, words: Iterable[str]) -> Finding | None:
    """The same where words do not stand apart: one side holds other such words than the other."""
    old, new = ({word: side.count(word) for word in words} for side in edit.around)
    return Finding(nature, edit.lost, edit.fresh) if old != new else None
