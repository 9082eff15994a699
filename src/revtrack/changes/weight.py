"""Weight: how much content went and came in an edit, and whether its words are other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from rapidfuzz.distance.Levenshtein import normalized_similarity as likeness

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key, words_in
from revtrack.changes.kinds import Nature
from revtrack.changes.names import TYPO_SIMILARITY, inflects, initials, is_acronym
from revtrack.changes.references import pointed
from revtrack.facts.synonyms import same_meaning

__all__ = ["clause", "opposite", "other_words", "rewritten", "same_denial", "tense", "typo", "unpaired"]

ADDED_WORDS = 2
REMOVED_WORDS = 3
REWRITTEN_WORDS = 3
"""How many words of content make a change of content: more that came than went, more that went than
came, or at least so many on both sides (ranges 1 to 6). One half of 500 human-labelled sentence
revisions chose them; words that come tell more than words that go."""

KEPT_SHARE = 0.34
"""Below which share of the shorter side's words that stayed a passage was written anew (.2 to .5)."""
SHORT = 4
"""Passages of fewer words are never called written anew."""

_ROOT = 3
"""More letters than these are left of a word that has such a prefix: opposites end alike."""

_HYPHENS = frozenset("-‐‑")

_OPPOSED = (
    *[("", prefix) for prefix in ("un", "in", "im", "il", "ir", "dis", "non", "anti")],
    *(("im", "ex"), ("in", "ex"), ("pre", "post"), ("under", "over"), ("in", "de")),
    *(("up", "down"), ("in", "out"), ("pro", "anti"), ("mini", "maxi"), ("hyper", "hypo")),
)
"""Prefixes that turn a word round, in English and the languages that took them from Latin and Greek."""

PARTNERS_SOUGHT = 80
"""Up to how many changed words a partner is sought for each: more make a change of content anyway, and
seeking costs the square of their number."""

_DEFINED = re.compile(r"\(\s?([^\W\d_a-z]{2,6})s?\s?\)")
"""An acronym in brackets, as it is put behind the words that it stands for."""


def clause(edit: Edit) -> Finding | None:
    """Content came or went: more words than a change of wording takes."""
    if _too_few(edit):
        return None
    lost, fresh = unpaired(edit)
    grew, shrank = len(fresh) - len(lost) >= ADDED_WORDS, len(lost) - len(fresh) >= REMOVED_WORDS
    if grew or shrank or min(len(lost), len(fresh)) >= REWRITTEN_WORDS:
        return Finding(Nature.CONTENT, lost, fresh)
    return None


def _too_few(edit: Edit) -> bool:
    """Whether so few words changed that they make no content, whatever they are."""
    return len(edit.fresh) < min(ADDED_WORDS, REWRITTEN_WORDS) and len(edit.lost) < REMOVED_WORDS


def rewritten(edit: Edit) -> Finding | None:
    """So few words stayed that no single one can be said to have been changed."""
    if _too_few(edit) or _mostly_kept(edit):
        return None
    old, new = len(words_in(edit.old)), len(words_in(edit.new))
    shorter = min(old, new)
    kept = min(old - len(edit.gone_words), new - len(edit.come_words))
    if shorter < SHORT or kept >= KEPT_SHARE * shorter:
        return None
    return clause(edit)


def _mostly_kept(edit: Edit) -> bool:
    """Whether each side has so many more words than changed that no more need be counted."""
    for side, changed in ((edit.old, edit.gone_words), (edit.new, edit.come_words)):
        enough = int(len(changed) / (1 - KEPT_SHARE)) + 2
        if next(islice(WORD.finditer(side), enough - 1, None), None) is None:
            return False
    return True


def other_words(edit: Edit) -> Finding | None:
    """A headline is short: one word of content that gave way to another makes it say something else."""
    lost, fresh = unpaired(edit)
    return Finding(Nature.CONTENT, lost, fresh) if lost and fresh else clause(edit)


def tense(edit: Edit) -> Finding | None:
    """Nothing but auxiliary verbs changed, and the endings of the verbs: *will resign*, *resigned*."""
    tenses = edit.words.tenses
    if edit.keys.isdisjoint(tenses):
        return None
    gone, come = ([w for w in words if key(w[0]) not in tenses] for words in (edit.lost, edit.fresh))
    only = len(gone) == len(come) and all(
        inflects(a, b) for (a, _), (b, _) in zip(gone, come, strict=True)
    )
    return Finding(Nature.TENSE, edit.lost, edit.fresh) if only else None


def typo(edit: Edit) -> Finding | None:
    """Each word that went stands again, spelt a little differently, or is a function word."""
    if not edit.lost or not edit.fresh:
        return None
    gone, come = content(edit)
    if not gone or len(gone) != len(come):
        return None
    alike = all(_alike(key(a), key(b)) for (a, _), (b, _) in zip(gone, come, strict=True))
    return Finding(Nature.TYPO, gone, come) if alike else None


@lru_cache(maxsize=1)  # several rules ask for the content of one edit
def content(edit: Edit) -> tuple[Placed, Placed]:
    """The words of content that went and came; numbers have had their own rule."""
    return _telling(edit, edit.old, edit.lost), _telling(edit, edit.new, edit.fresh)


def _telling(edit: Edit, side: str, words: Placed) -> Placed:
    if not words:
        return ()
    language = edit.words
    return tuple(
        [
            (word, at)
            for word, at in words
            if word[0].isalpha()
            and key(word) not in language.function
            and key(word) not in language.numbers
            and not pointed(side, at)
        ]
    )


@lru_cache(maxsize=1)
def unpaired(edit: Edit) -> tuple[Placed, Placed]:
    """The words of content that went and came without a partner on the other side."""
    gone, come = content(edit)
    if len(gone) + len(come) > PARTNERS_SOUGHT:
        return gone, come
    lost = _without_partner(edit, gone, come)
    fresh = come if len(lost) == len(gone) else _without_partner(edit, come, gone)
    return (
        _not_shortened(lost, edit.come_words, edit.old, edit.new),
        _not_shortened(fresh, edit.gone_words, edit.new, edit.old),
    )


def _without_partner(edit: Edit, words: Placed, others: Placed) -> Placed:
    """The words that no word among *others* spells otherwise or means too."""
    keys = [key(other) for other, _ in others]
    return tuple([p for p in words if not any(_one_word(edit, key(p[0]), other) for other in keys)])


def _one_word(edit: Edit, word: str, other: str) -> bool:
    return _alike(word, other) or same_meaning(word, other, language=edit.language)


def _not_shortened(words: Placed, others: Placed, side: str, other_side: str) -> Placed:
    """Without acronyms that the other side spells out, and words of which an acronym is made.

    The acronym is among the words of the other side that changed, or stands in brackets on this side.
    """
    if not words:
        return words
    acronyms = [*[word for word, _ in others if is_acronym(word)], *_DEFINED.findall(side)]
    short = any(is_acronym(word) for word, _ in words)
    if not acronyms and not short:
        return words
    own = initials([word for word, _ in words])
    spelt_out = "".join([key(acronym) for acronym in acronyms if key(acronym) in own])
    spoken = initials(words_in(other_side)) if short else ""
    return tuple(
        [
            (word, at)
            for word, at in words
            if word[0].casefold() not in spelt_out and not (is_acronym(word) and key(word) in spoken)
        ]
    )


def _turned(word: str) -> Iterator[str]:
    """The word with a prefix that turns it round: *legal*, *illegal*; *import*, *export*."""
    for pair in _OPPOSED:
        for prefix, other in (pair, pair[::-1]):
            if word.startswith(prefix) and len(word) > len(prefix) + _ROOT:
                yield other + word[len(prefix) :]


def opposite(edit: Edit) -> Finding | None:
    """A word gave way to its opposite by prefix; *non-linear* and *nonlinear* are none."""
    if {word[-_ROOT - 1 :] for word in edit.lost_keys}.isdisjoint(
        [word[-_ROOT - 1 :] for word in edit.fresh_keys]
    ):
        return None
    come = {key(word): (word, at) for word, at in _unjoined(edit.new, edit.fresh)}
    for word, at in _unjoined(edit.old, edit.lost):
        for other in _turned(key(word)):
            if other in come:
                return Finding(Nature.NEGATION, ((word, at),), (come[other],))
    return None


def same_denial(edit: Edit) -> Finding | None:
    """A prefix that denies gave way to a word that does: *insufficient*, *not sufficient*."""
    negations = edit.words.negations
    for words, denying in ((edit.lost_keys, edit.fresh_keys), (edit.fresh_keys, edit.lost_keys)):
        if negations.isdisjoint(denying) or not negations.isdisjoint(words):
            continue
        if any(
            len(word) > len(other) and other in denying for word in words for other in _turned(word)
        ):
            return Finding(Nature.WORDING, edit.lost, edit.fresh)
    return None


def _unjoined(side: str, words: Placed) -> Placed:
    return tuple([(word, at) for word, at in words if side[max(0, at - 1) : at] not in _HYPHENS])


def _alike(old: str, new: str) -> bool:
    """Two spellings or forms of one word; digits are no letters (*A320*, *A330*)."""
    if old[-1].isdigit() or new[-1].isdigit():
        return False
    alike = likeness(old, new) >= TYPO_SIMILARITY or inflects(old, new)
    return alike and new not in _turned(old)
